"""Values as pandas frames: columns of known kinds, and columns whose kind is what all their values have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.texts import whole_characters

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    import pandas as pd

__all__ = ["frame_of", "typed_column", "typed_frame", "varied_first"]

WORD = 2**63
"""Whole numbers from here on need more than 64 bits."""
EXACT = 2**53
"""Up to here every whole number is a binary double."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ])\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?")
"""An ISO date with a time; its groups are what one column's values have in common: separator and zone."""


def frame_of(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a frame of `rows` with exactly `columns` (name → pandas dtype), in that order, also when empty.

    `"str"` is pandas' own text: `str` from pandas 3 on, `object` before. A column of whole numbers of which one needs
    more than 64 bits is `object`. Half a character in a text is escaped.

    >>> frame_of([{"b": 1, "a": ["x"]}], {"a": "object", "b": "Int64"}).dtypes.astype(str).to_dict()
    {'a': 'object', 'b': 'Int64'}
    """
    import pandas as pd  # noqa: PLC0415  frames are made at the edge; importing pandas is most of our start-up

    rows = list(rows)
    return pd.DataFrame({name: _column([row.get(name) for row in rows], kind) for name, kind in columns.items()})


def typed_frame(rows: Sequence[Mapping[str, Any]], before: Mapping[str, pd.Series[Any]]) -> pd.DataFrame:
    """Build a frame of rows of JSON values, a column for each key as they first come, after those of `before`.

    A key that `before` has taken gets an underscore behind it, so that neither hides the other.

    >>> typed_frame([{"id": 1}, {"id": 2, "note": "x"}], {}).dtypes.astype(str)["id"]
    'Int64'
    """
    import pandas as pd  # noqa: PLC0415  see frame_of

    names = dict.fromkeys(name for row in rows for name in row)
    columns = {}
    for name in names:
        free = name
        while free in before or (free != name and free in names):
            free += "_"
        columns[free] = typed_column([row.get(name) for row in rows])
    return pd.DataFrame({**before, **columns}, index=range(len(rows)))


def typed_column(values: Sequence[Any], *, empty: str = "object") -> pd.Series[Any]:
    """Build a column of JSON values with the dtype that holds all of them and loses none; None is missing in each.

    Whole numbers become `Int64` and numbers `Float64`, truth values `boolean`, ISO date-times that agree in their zone
    `datetime64[ns]` with that zone, text stays text (`"00123"`, a date without a time, date-times of several zones or
    beyond the years 1677 to 2262). Everything else is `object`: lists, objects, mixed values, integers past 64 bits.
    Where there is no value at all, the dtype is `empty`.

    >>> columns = [1, None], [1, 0.5], [True, None], ["2026-01-31T08:00:00Z"], ["00123", None], [1, "1"], [2**64]
    >>> [str(typed_column(column).dtype) for column in columns if column[0] != "00123"]
    ['Int64', 'Float64', 'boolean', 'datetime64[ns, UTC]', 'object', 'object']
    """
    present = [value for value in values if value is not None]
    kinds = {type(value) for value in present}
    if not kinds:
        return _column(values, empty)
    if kinds == {str}:
        moments = _moments(values, present)
        return _column(values, "str") if moments is None else moments
    if kinds == {bool}:
        return _column(values, "boolean")
    if kinds == {int}:
        return _column(values, "Int64")
    whole = (value for value in present if isinstance(value, int))
    if float in kinds and kinds <= {int, float} and all(abs(value) <= EXACT for value in whole):
        return _column(values, "Float64")
    return _column(values, "object")


def varied_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the columns whose values vary first, then those of one value, then the empty ones; else as they stand.

    >>> import pandas as pd
    >>> varied_first(pd.DataFrame({"none": [None, None], "one": [2, 2], "id": [1, 2]})).columns.tolist()
    ['id', 'one', 'none']
    """

    def place(name: Hashable) -> int:
        values = {str(value) for value in frame[name] if str(value) not in {"None", "<NA>", "nan", "NaT", "", "[]"}}
        return 2 - min(len(values), 2)

    return frame[sorted(frame.columns, key=place)]


def _column(values: Sequence[Any], kind: str) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415  see frame_of

    if kind == "Int64" and any(value is not None and not -WORD <= value < WORD for value in values):
        kind = "object"
    if kind == "str":
        values = [whole_characters(value) if isinstance(value, str) else value for value in values]
    return pd.Series(values, dtype=kind)


def _moments(values: Sequence[Any], present: Sequence[str]) -> pd.Series[Any] | None:
    """Build a column of date-times if every text is one, written in one way; else give None."""
    matches = [MOMENT.fullmatch(text) for text in present]
    if len({match and match.groups() for match in matches}) != 1 or matches[0] is None:
        return None
    import pandas as pd  # noqa: PLC0415  see frame_of

    try:
        return pd.to_datetime(pd.Series(values, dtype="object"), format="ISO8601").dt.as_unit("ns")
    except ValueError:  # no such day, or beyond what nanoseconds can count
        return None

"""Records turned into columns: the values of each key, sorted by JSON type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import nan
from numbers import Integral, Real
from operator import itemgetter, ne
from typing import Any

__all__ = ["NAN", "by_kind", "columns_of", "number", "plain_numbers", "plain_value"]

JSON_TYPE: Mapping[type, str] = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    Decimal: "number",
    type(None): "null",
}
Columns = Mapping[Any, Sequence[Any]]
Shape = tuple[tuple[Any, ...], int]
"""The keys of some objects, and how many they are."""

SHORT = 17
"""A text of fewer characters has at most 15 digits with its dot, which every double keeps."""
NAN = "NaN"
"""Stand-in for not-a-number, which as a float is unequal to itself and would be counted anew each time."""


def columns_of(objects: Sequence[dict[Any, Any]]) -> tuple[Columns, list[Shape]]:
    """Return the values of each key, and how often which keys came together.

    Objects with the same keys are turned into columns together, one key at a time, which is fastest: objects are
    sorted by their number of keys, and by the keys themselves only if that is not enough.
    """
    sizes = [*map(len, objects)]
    if len(set(sizes)) == 1:
        groups = [objects]
    else:
        by_size: defaultdict[int, list[dict[Any, Any]]] = defaultdict(list)
        for size, record in zip(sizes, objects, strict=True):
            by_size[size].append(record)
        groups = [*by_size.values()]
    parts = [part for group in groups for part in _alike(group)]
    if len(parts) == 1:
        return parts[0][0], [parts[0][1]]
    columns: defaultdict[Any, list[Any]] = defaultdict(list)
    for part, _ in parts:
        for key, column in part.items():
            columns[key].extend(column)
    return columns, [shape for _, shape in parts]


def _alike(objects: Sequence[dict[Any, Any]]) -> list[tuple[Columns, Shape]]:
    """Return the columns of objects with equally many keys, grouping those that have the same keys."""
    keys = tuple(objects[0])
    try:
        return [({key: [*map(itemgetter(key), objects)] for key in keys}, (keys, len(objects)))]
    except KeyError:
        shapes: defaultdict[tuple[Any, ...], list[dict[Any, Any]]] = defaultdict(list)
        for record in objects:
            shapes[tuple(record)].append(record)
        return [
            ({key: [*map(itemgetter(key), group)] for key in keys}, (keys, len(group)))
            for keys, group in shapes.items()
        ]


def by_kind(column: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    """Group the values of a column by their JSON type."""
    kinds = set(map(type, column))
    if not kinds <= JSON_TYPE.keys():
        column = [*map(plain_value, column)]
        kinds = set(map(type, column))
    if len(kinds) == 1:
        return {JSON_TYPE[kind]: column for kind in kinds}
    groups: dict[str, list[Any]] = {}
    for kind in kinds:
        groups.setdefault(JSON_TYPE[kind], []).extend([value for value in column if type(value) is kind])
    return groups


def plain_value(value: Any) -> Any:  # noqa: ANN401  any value
    """Convert `value` to what JSON would make of it; records may come from elsewhere than from a parser."""
    if type(value) in JSON_TYPE:
        return value
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    return str(value)


def number(text: str) -> float | Decimal:
    """Read a number exactly as written: a float if the shortest text for it means the same, else a Decimal.

    >>> number("1.10"), number("0.1234567890123456789"), number("1e400")
    (1.1, Decimal('0.1234567890123456789'), Decimal('1E+400'))
    """
    if len(text) < SHORT and "e" not in text and "E" not in text:
        return float(text)
    exact = Decimal(text)
    if exact.is_nan():
        return nan
    near = float(exact)
    return near if Decimal(repr(near)) == exact else exact


def plain_numbers(column: Sequence[Any]) -> Sequence[Any]:
    """Return numbers that equal themselves, whichever type they came in."""
    if Decimal in set(map(type, column)):
        column = [number(str(value)) if type(value) is Decimal else value for value in column]
    if any(map(ne, column, column)):
        column = [value if value == value else NAN for value in column]  # noqa: PLR0124  not-a-number does not
    return column

"""Lists of names and values, `[{"name": "Season", "value": "Winter"}]`: one field for each name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words

__all__ = ["MOST_NAMES", "REPEATED", "come_again", "name_and_value", "named_columns", "named_path", "values_by_name"]

MOST_NAMES = 200
"""Names of a list of names and values that are fields; with more of them, names are data."""
REPEATED = 2
"""Lists, on average, in which each name of a list of names and values stands at least."""


def named_path(path: str, name: str) -> str:
    r"""Return the path of the element called `name` of the list of names and values at `path`.

    >>> named_path("custom_fields", "Season"), named_path("meta", "a.b}")
    ('custom_fields{Season}', 'meta{a\\.b\\}}')
    """
    marked = re.sub(r"[\\.{}]", lambda sign: f"\\{sign[0]}", name)
    return f"{path}{{{marked}}}"


def name_and_value(element: object) -> tuple[str, str] | None:
    """Return the keys of an element that hold its name and its value.

    >>> name_and_value({"id": 7, "name": "Season", "value": "Winter"})
    ('name', 'value')
    """
    if type(element) is not dict:
        return None
    words = field_words()
    name = next((key for key in words.naming if type(element.get(key)) is str), None)
    value = next((key for key in words.values if key in element), None)
    return (name, value) if name and value else None


def values_by_name(elements: Sequence[Any], keys: tuple[str, str] | None) -> dict[str, Any] | None:
    """Return the values of one list by their names; None if one has no name, or two share one."""
    if keys is None:
        return None
    name, value = keys
    values = {
        one[name]: one[value]
        for one in elements
        if type(one) is dict and value in one and type(one.get(name)) is str and one[name]
    }
    return values if len(values) == len(elements) else None


def come_again(names: int, values: int) -> bool:
    """Tell whether so many names for so many values are fields: each stands in two lists on average at least.

    >>> come_again(2, 4), come_again(2, 3), come_again(0, 0)
    (True, False, False)
    """
    return 0 < names <= MOST_NAMES and values >= REPEATED * names


def named_columns(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, dict[int, Any]]]:
    """Yield a column for each name in the lists of names and values of flat rows: its path, and its values by row."""
    lists: dict[str, dict[int, Sequence[Any]]] = {}
    for at, row in enumerate(rows):
        for key, value in row.items():
            if type(value) is list and value:
                lists.setdefault(key, {})[at] = value
    for key, held in lists.items():
        keys = name_and_value(next(iter(held.values()))[0])
        read = {at: values_by_name(elements, keys) for at, elements in held.items()}
        names = dict.fromkeys(name for values in read.values() for name in values or ())
        if (
            keys is None
            or None in read.values()
            or not come_again(len(names), sum(len(v or ()) for v in read.values()))
        ):
            continue
        for name in sorted(names):
            column = {at: values[name] for at, values in read.items() if values and name in values}
            yield f"{named_path(key, name)}.{keys[1]}", column

"""Records turned into columns: the values of each key, sorted by JSON type."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

__all__ = ["NAN", "by_kind", "columns_of", "plain_number", "plain_value"]

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

NAN = "NaN"
"""What stands for not-a-number, which as a float is unequal to itself and would be counted anew each time."""


def columns_of(objects: list[dict[Any, Any]]) -> dict[Any, list[Any]]:
    """The values of each key. Objects with the same keys are turned into columns together, which is fastest."""
    shapes: defaultdict[tuple[Any, ...], list[dict[Any, Any]]] = defaultdict(list)
    for each in objects:
        shapes[tuple(each)].append(each)
    columns: defaultdict[Any, list[Any]] = defaultdict(list)
    for keys, group in shapes.items():
        if len(group) == 1:
            for key, value in group[0].items():
                columns[key].append(value)
        else:
            for key, column in zip(keys, zip(*map(dict.values, group), strict=True), strict=True):
                columns[key].extend(column)
    return columns


def by_kind(column: list[Any]) -> dict[str, list[Any]]:
    """The values of a column by their JSON type."""
    kinds = set(map(type, column))
    if len(kinds) == 1 and (only := JSON_TYPE.get(*kinds)):
        return {only: column}
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for value in column if kinds <= JSON_TYPE.keys() else map(plain_value, column):
        groups[JSON_TYPE[type(value)]].append(value)
    return groups


def plain_value(value: Any) -> Any:  # noqa: ANN401  any value
    """`value` as what JSON would make of it; records may come from elsewhere than from a parser."""
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


def plain_number(value: Any) -> Any:  # noqa: ANN401  float or Decimal
    """A number that equals itself and shows no negative zero."""
    if value.is_nan() if type(value) is Decimal else math.isnan(value):
        return NAN
    return value or abs(value)

"""Records turned into columns: the values of each key, sorted by JSON type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from math import nan
from numbers import Integral, Real
from operator import itemgetter, ne
from typing import Any

__all__ = ["by_kind", "columns_of", "number", "plain_numbers", "plain_value"]

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
NUMBERS = {float, Decimal}
MISSING = {"NAType", "NaTType", "MaskedConstant"}
"""Types of pandas and numpy whose one value stands for what is missing."""
NOT_A_TIME = "NaT"
UNBOXED = {"bool", "bool_", "ndarray"}
"""Types of numpy that are Python's own when taken out of it."""


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
    """Group the values of a column by their JSON type; not-a-number, as tables write what is missing, is null."""
    kinds = set(map(type, column))
    if not kinds <= JSON_TYPE.keys():
        column = [*map(plain_value, column)]
        kinds = set(map(type, column))
    if len(kinds) == 1 and not kinds & NUMBERS:
        return {JSON_TYPE[kind]: column for kind in kinds}
    groups: dict[str, list[Any]] = {}
    for kind in kinds:
        values = column if len(kinds) == 1 else [value for value in column if type(value) is kind]
        real = _without_nan(values) if kind in NUMBERS else values
        groups.setdefault(JSON_TYPE[kind], []).extend(real)
        groups.setdefault("null", []).extend([None] * (len(values) - len(real)))
    return {kind: values for kind, values in groups.items() if values}


CONVERTED: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Mapping, dict),
    ((list, tuple, set, frozenset), list),
    (Integral, int),
    (Real, float),
    ((date, time), lambda moment: moment.isoformat()),
)
"""Kinds of values that records from elsewhere than a parser may hold, and what makes JSON's of them."""


def plain_value(value: Any) -> Any:  # noqa: ANN401  any value
    """Convert `value` to what JSON would make of it; records may come from elsewhere than from a parser."""
    if type(value) in JSON_TYPE:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if type(value).__name__ in MISSING:
        return None
    convert = next((convert for kind, convert in CONVERTED if isinstance(value, kind)), _unboxed)
    return convert(value)


def _unboxed(value: Any) -> Any:  # noqa: ANN401  any value
    """Take a value of numpy or pandas out of its box; anything else is its text."""
    if type(value).__module__ == "numpy" and type(value).__name__ in UNBOXED:
        return plain_value(value.tolist())
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return None if text == NOT_A_TIME else text


def _without_nan(numbers: Sequence[Any]) -> Sequence[Any]:
    """Return the numbers that equal themselves; a signalling not-a-number refuses to be compared."""
    try:
        return [number for number in numbers if number == number] if any(map(ne, numbers, numbers)) else numbers  # noqa: PLR0124  not-a-number does not
    except ArithmeticError:
        return [number for number in numbers if not Decimal(number).is_nan()]


def number(text: str) -> float | Decimal:
    """Read a number exactly as written: a float if the shortest text for it means the same, else a Decimal.

    One whose exponent no decimal holds is infinite, or 0.

    >>> number("1.10"), number("0.1234567890123456789"), number("1e400"), number("-1e99999999999999999999")
    (1.1, Decimal('0.1234567890123456789'), Decimal('1E+400'), -inf)
    """
    if len(text) < SHORT and "e" not in text and "E" not in text:
        return float(text)
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return float(text)
    if exact.is_nan():
        return nan
    near = float(exact)
    return near if Decimal(repr(near)) == exact else exact


def plain_numbers(column: Sequence[Any]) -> Sequence[Any]:
    """Return numbers in their shortest form, whichever type they came in."""
    if Decimal in set(map(type, column)):
        column = [number(str(value)) if type(value) is Decimal else value for value in column]
    return column

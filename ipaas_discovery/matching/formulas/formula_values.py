"""Values as formulas take and give them: texts, and tuples of texts for the fields of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.operations import Value
from ipaas_discovery.matching.records.columns import values_by_path
from ipaas_discovery.samples.sample import Record

__all__ = ["Column", "Held", "comparable", "formula_value", "held_values", "one_each", "same_value"]

Column = Sequence[Value]
Held = Mapping[str, tuple[Any, ...]]
"""Values of a record, by path."""


def held_values(record: Record) -> Held:
    """Read the values of a record by path: all of a list, else one."""
    return one_each(values_by_path(record))


def one_each(values: Held) -> Held:
    """Keep all values of a list, else one."""
    return {path: (several if "[]" in path else several[:1]) for path, several in values.items()}


def formula_value(values: tuple[Any, ...]) -> Value:
    """Write a field's value as text, that of a field in a list as a tuple of texts.

    >>> formula_value((True,)), formula_value((1.50, 2)), formula_value(())
    ('true', ('1.5', '2'), None)
    """
    if len(values) > 1:
        return tuple(_as_text(value) for value in values if value is not None)
    return _as_text(values[0]) if values and values[0] is not None else None


def _as_text(value: Any) -> str:  # noqa: ANN401  any JSON value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return op.Times(Decimal(1)).run([format(Decimal(str(value)), "f")]) or str(value)  # type: ignore[return-value]
    return str(value)


def same_value(made: Value, wanted: Value) -> bool:
    """Tell whether two values are the same text, or the same number."""
    return made == wanted or comparable(made) == comparable(wanted)


@lru_cache(2**16)
def comparable(value: Value) -> Value | Decimal:
    """Give what is equal for the same texts and for the same numbers; a zero in front makes a text of a number.

    >>> comparable("1.50") == comparable("1.5"), comparable("007") == comparable("7")
    (True, False)
    """
    if not isinstance(value, str) or not value[-1:].isdigit() or (value[:1] == "0" and value[1:2].isdigit()):
        return value
    number = op.plain_number(value)
    return value if number is None else number

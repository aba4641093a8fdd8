"""Values as formulas take and give them: texts, and tuples of texts for the fields of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.operations import Value
from ipaas_discovery.matching.records.columns import values_by_path
from ipaas_discovery.samples.sample import Record

__all__ = ["Column", "Held", "formula_value", "held_values", "same_value"]

Column = Sequence[Value]
Held = Mapping[str, tuple[Any, ...]]
"""Values of a record, by path."""


def held_values(record: Record) -> Held:
    """Read the values of a record by path: all of a list, else one."""
    return {path: (values if "[]" in path else values[:1]) for path, values in values_by_path(record).items()}


def formula_value(values: tuple[Any, ...]) -> Value:
    """Write a field's value as text, that of a field in a list as a tuple of texts.

    >>> formula_value((True,)), formula_value((1.50, 2)), formula_value(())
    ('true', ('1.5', '2'), None)
    """
    texts = tuple(_as_text(value) for value in values if value is not None)
    return texts if len(values) > 1 else texts[0] if texts else None


def _as_text(value: Any) -> str:  # noqa: ANN401  any JSON value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return op.Times(Decimal(1)).run([format(Decimal(str(value)), "f")]) or str(value)  # type: ignore[return-value]
    return str(value)


def same_value(made: Value, wanted: Value) -> bool:
    """Tell whether two values are the same text, or the same number."""
    if made == wanted:
        return True
    if not isinstance(made, str) or not isinstance(wanted, str) or not (made[-1:].isdigit() and wanted[-1:].isdigit()):
        return False
    a, b = op.plain_number(made), op.plain_number(wanted)
    leading = (made[:1] == "0" and made[1:2].isdigit()) or (wanted[:1] == "0" and wanted[1:2].isdigit())
    return a is not None and a == b and not leading

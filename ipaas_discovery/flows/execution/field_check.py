"""Checks of one destination field: what it takes, each different value judged once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from ipaas_discovery.flows.execution.bulk_check import proof_for
from ipaas_discovery.flows.execution.constraints import Judged, judge
from ipaas_discovery.flows.execution.program import LINKED
from ipaas_discovery.schemas.schema import Field

__all__ = ["FieldCheck"]


class FieldCheck:
    """Judges the values of one field.

    Args:
        target: the field.
        key: tells its constraints from others.

    Attributes:
        refuses_null: null is declared not to be taken.
        takes_null: null is declared to be taken.
    """

    def __init__(self, target: Field, key: Hashable = None) -> None:
        declared = target.declared
        self.key, self.fit = key, proof_for(target)
        self._judge = judge(target)
        self._known: dict[tuple[type, Any], Judged] = {}
        self.refuses_null = bool(declared and declared.nullable is False)
        self.takes_null = bool(declared and (declared.nullable or None in declared.enum))
        self._too_short = bool(declared and declared.min_length and not declared.required)

    def all_fit(self, values: Sequence[Any]) -> bool:
        """Tell whether it is proven that every value is filled and fits without loss."""
        return bool(values) and self.fit(values) and "" not in values

    def of_nothing(self, value: Any) -> Judged | None:  # noqa: ANN401  null, an empty text, or the sign of absence
        """Judge null and an empty text, which is left out unless a length is declared; None if nothing is wrong."""
        if value is None and self.refuses_null:
            return Judged(value, "nullable")
        return Judged(value, "length") if value == "" and self._too_short else None

    def __call__(self, value: Any) -> Judged:  # noqa: ANN401  any JSON value
        """Judge one value; the id of a linked record is taken to fit."""
        if value is LINKED:
            return Judged(value)
        try:
            key = value.__class__, value
            if key not in self._known:
                self._known[key] = self._judge(value)
            return self._known[key]
        except TypeError:  # an object or a list
            return self._judge(value)

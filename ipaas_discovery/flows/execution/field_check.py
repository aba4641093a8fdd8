"""Checks of one destination field: what it takes, each different value judged once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

from ipaas_discovery.flows.execution.bulk_check import proof_for
from ipaas_discovery.flows.execution.constraints import Judged, judge
from ipaas_discovery.flows.execution.program import SIGNS
from ipaas_discovery.flows.path_reader import ABSENT
from ipaas_discovery.schemas.schema import Declared, Field

__all__ = ["FieldCheck", "all_filled", "constraints_of", "is_filled"]

FEW = 16
"""Values that are judged one by one; more of them are halved, as most of them fit."""
ABOUT = frozenset({"required", "description", "source", "title"})
"""Declared facts of a field that say nothing of its values."""
NOTHING = {type(None), type(ABSENT)}


_of_values = attrgetter(*(fact.name for fact in fields(Declared) if fact.name not in ABOUT))


def constraints_of(target: Field) -> tuple[Any, ...]:
    """Return all by which the values of a field are judged."""
    declared = target.declared or Declared()
    return target.types, bool(declared.required), _of_values(declared)


def is_filled(value: Any) -> bool:  # noqa: ANN401  any JSON value
    """Tell whether a value is neither null nor absent nor an empty text."""
    return not (value is ABSENT or value is None or value == "")


def all_filled(values: Sequence[Any]) -> bool:
    """Tell of many values whether each is filled."""
    kinds = set(map(type, values))
    return not kinds & NOTHING and not (str in kinds and "" in values)


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
        self._known: dict[tuple[type, Any], Judged] = {(type(sign), sign): Judged(sign) for sign in SIGNS}
        self.refuses_null = bool(declared and declared.nullable is False)
        self.takes_null = bool(declared and (declared.nullable or None in declared.enum))
        self._too_short = bool(declared and declared.min_length and not declared.required)

    def of_nothing(self, value: Any) -> Judged | None:  # noqa: ANN401  null, an empty text, or the sign of absence
        """Judge null and an empty text, which is left out unless a length is declared; None if nothing is wrong."""
        if value is None and self.refuses_null:
            return Judged(value, "nullable")
        return Judged(value, "length") if value == "" and self._too_short else None

    def __call__(self, value: Any) -> Judged:  # noqa: ANN401  any JSON value
        """Judge one value; what no sample shows is taken to fit."""
        try:
            key = value.__class__, value
            if key not in self._known:
                self._known[key] = self._judge(value)
            return self._known[key]
        except TypeError:  # an object or a list
            return self._judge(value)

    def flaws(self, values: Sequence[Any], start: int = 0) -> list[tuple[int, Any, Judged]]:
        """List those of some filled values that break or lose something, each with its place, counted from `start`."""
        if self.fit(values):
            return []
        if len(values) > FEW:
            half = len(values) // 2
            return self.flaws(values[:half], start) + self.flaws(values[half:], start + half)
        judged = ((at, value, self(value)) for at, value in enumerate(values, start))
        return [flaw for flaw in judged if flaw[2].problem or flaw[2].loss]

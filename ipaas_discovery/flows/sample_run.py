"""Outcome of running a flow over a sample: how many records pass, which fields reject how many, what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows

__all__ = ["Execution", "Loss", "Rejection"]


@dataclass(frozen=True, slots=True)
class Rejection(Card):
    """Records that one field would have rejected for one reason.

    `problem` is the name of the constraint: "required", "nullable", "type", "enum", "length", "range",
    "integer size", "multiple of", "precision", "pattern", "date", "format" or "unique". `examples` are values that
    break it, masked where they are personal; `values` the values that break it, most frequent first, with the records
    that have them, for what can be fixed value by value.
    """

    field: str
    problem: str
    records: int
    of: int
    examples: tuple[str, ...] = ()
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Loss(Card):
    """Values of one field that are written, but not as they were: what is lost, and in how many records."""

    field: str
    what: str
    records: int
    of: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Execution(Card):
    """Outcome of a run over the records of a sample.

    `records` counts those of the destination: where each element of a list becomes one, `elements_of` names the list.
    `written` counts, for each field that is filled, the records that would get a value. `source_records` is the number
    of records of the source.
    """

    records: int
    passed: int
    rejections: tuple[Rejection, ...] = ()
    losses: tuple[Loss, ...] = ()
    written: Mapping[str, int] = field(default_factory=dict)
    source_records: int = 0
    elements_of: str = ""

    @property
    def pass_rate(self) -> float | None:
        """Share of the destination's records that would be taken, 0 to 1; None if there are none."""
        return self.passed / self.records if self.records else None

    @shows("Records that are refused")
    def rejected(self, problem: str) -> tuple[Rejection, ...]:
        """Return the rejections for one reason."""
        return tuple(rejection for rejection in self.rejections if rejection.problem == problem)

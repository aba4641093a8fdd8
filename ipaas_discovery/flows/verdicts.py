"""Verdicts of several flows as one table: what people look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.renderings.tables import Table, Tabular, frame_of
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Verdicts"]

COLUMNS = {"ipaas": "str", "third_party": "str", "direction": "str", "method": "str", "outcome": "str", "reason": "str"}


@dataclass(frozen=True, slots=True)
class Verdicts(Tabular):
    """Verdicts in the order they were asked for; iterable."""

    items: tuple[Verdict, ...]

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def frame(self) -> pd.DataFrame:
        """Return one row per flow and method: both collections, direction, method, outcome, the deciding reason."""
        return frame_of(
            (
                {
                    "ipaas": _ipaas(verdict),
                    "third_party": _third_party(verdict),
                    "direction": verdict.direction.value,
                    "method": verdict.method.value,
                    "outcome": verdict.outcome.value,
                    "reason": verdict.reason,
                }
                for verdict in self.items
            ),
            COLUMNS,
        )

    def matrix(self) -> Table:
        """Return one row per collection pair, one column per direction and method, the outcome in each cell."""
        names = [
            f"{direction.value.split()[0]} {method.value}"
            for direction in (Direction.TO, Direction.FROM)
            for method in Method
        ]
        rows: dict[tuple[str, str], dict[str, str]] = {}
        for verdict in self.items:
            pair = _ipaas(verdict), _third_party(verdict)
            row = rows.setdefault(pair, {"ipaas": pair[0], "third_party": pair[1]})
            row[f"{verdict.direction.value.split()[0]} {verdict.method.value}"] = verdict.outcome.value
        return Table(frame_of(rows.values(), dict.fromkeys(["ipaas", "third_party", *names], "str")))

    def possible(self) -> Verdicts:
        """Keep those that are possible, with defaults or without."""
        good = {Outcome.POSSIBLE, Outcome.WITH_DEFAULTS}
        return Verdicts(tuple(verdict for verdict in self.items if verdict.outcome in good))


def _ipaas(verdict: Verdict) -> str:
    return verdict.destination if verdict.direction is Direction.TO else verdict.source


def _third_party(verdict: Verdict) -> str:
    return verdict.source if verdict.direction is Direction.TO else verdict.destination

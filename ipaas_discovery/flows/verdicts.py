"""Verdicts of several flows as one table: what people look at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table, Tabular
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Verdicts"]

COLUMNS = dict.fromkeys(
    ("ipaas", "third_party", "direction", "flow", "method", "outcome", "grade", "reason"), "str"
) | {
    "passed": "Int64",
    "records": "Int64",
    "pass_rate": "Float64",
}


@dataclass(frozen=True, slots=True)
class Verdicts(Tabular):
    """Verdicts in the order they were asked for; iterable."""

    items: tuple[Verdict, ...]

    section: ClassVar[str] = "ipaas"

    def _subject(self) -> str:
        return "Verdicts"

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def frame(self) -> pd.DataFrame:
        """Return one row per flow and method: both collections, direction, method, outcome, grade, reason, what passes.

        `flow` is the name of a flow that people named; empty, all that the direction moves. Dtypes: text, but for
        passed and records (Int64: of the sample's records, as the destination counts them) and pass_rate (Float64, 0
        to 1), which are missing where none was run.
        """
        return frame_of(
            (
                {
                    "ipaas": _ipaas(verdict),
                    "third_party": _third_party(verdict),
                    "direction": verdict.direction.value,
                    "flow": verdict.name,
                    "method": verdict.method.value,
                    "outcome": verdict.outcome.value,
                    "grade": verdict.grade.value,
                    "reason": verdict.reason,
                    "passed": verdict.run.passed if verdict.run else None,
                    "records": verdict.run.records if verdict.run else None,
                    "pass_rate": verdict.pass_rate,
                }
                for verdict in self.items
            ),
            COLUMNS,
        )

    def matrix(self) -> Table:
        """Return one row per collection pair, one column per direction and method (`to_add`), each cell an outcome."""
        headings = {
            f"{way.name}_{method.name}".lower(): f"{way.value.split()[0]} {method.value}"
            for way in (Direction.TO, Direction.FROM)
            for method in Method
        }
        rows: dict[tuple[str, str], dict[str, str]] = {}
        for verdict in self.items:
            if verdict.name or verdict.direction is Direction.BIDIRECTIONAL:
                continue
            pair = _ipaas(verdict), _third_party(verdict)
            row = rows.setdefault(pair, {"ipaas": pair[0], "third_party": pair[1]})
            row[f"{verdict.direction.name}_{verdict.method.name}".lower()] = verdict.outcome.value
        frame = frame_of(rows.values(), dict.fromkeys(["ipaas", "third_party", *headings], "str"))
        return Table(frame, headings=headings, title="Verdicts by direction and method")

    def to_dict(self) -> dict[str, Any]:
        """Return all as plain data: `verdicts`, each as `Verdict.to_dict()` gives it, ready for `json.dumps`."""
        return {"verdicts": [verdict.to_dict() for verdict in self.items]}

    def possible(self) -> Verdicts:
        """Keep those that are possible, with defaults or without."""
        good = {Outcome.POSSIBLE, Outcome.WITH_DEFAULTS}
        return Verdicts(tuple(verdict for verdict in self.items if verdict.outcome in good))


def _ipaas(verdict: Verdict) -> str:
    return verdict.source if verdict.direction is Direction.FROM else verdict.destination


def _third_party(verdict: Verdict) -> str:
    return verdict.destination if verdict.direction is Direction.FROM else verdict.source

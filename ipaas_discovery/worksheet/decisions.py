"""The decisions of a worksheet at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipaas_discovery.renderings.tables import Tabular, frame_of
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["AGAINST", "Decisions", "overview"]

AGAINST = "against the evidence"
"""Column that names what the evidence holds against a decision."""


@dataclass(frozen=True, slots=True)
class Decisions(Tabular):
    """One row per entry: what was decided, against which evidence, by whom, when and why."""

    entries: tuple[Entry, ...]

    def frame(self) -> pd.DataFrame:
        """Return columns: collection, third party, decision, methods, against the evidence, by, on, why (all text)."""
        columns = ("collection", "third party", "decision", "methods", AGAINST, "by", "on", "why")
        rows = [{name: row[name] for name in columns} for row in map(overview, self.entries)]
        return frame_of(rows, dict.fromkeys(columns, "str"))


def overview(entry: Entry) -> dict[str, str]:
    """Put one entry in a row: the two collections, the outcomes, and the decision with who, when and why."""
    decision = entry.decision
    return {
        "collection": entry.collection,
        "third party": entry.third_party + (" (gone)" if entry.gone else ""),
        **{str(direction): entry.outcomes(direction) for direction in Direction.BIDIRECTIONAL.flows},
        "decision": entry.decided,
        "methods": ", ".join(entry.methods),
        AGAINST: "; ".join(entry.against_evidence),
        "by": decision.by if decision else "",
        "on": decision.on if decision else "",
        "why": decision.why if decision else "",
    }

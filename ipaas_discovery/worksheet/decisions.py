"""The decisions of a worksheet at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["HEADINGS", "OVERVIEW", "WORDING", "Decisions", "overview"]

HEADINGS = {
    "third_party": "third party",
    "to": str(Direction.TO),
    "from": str(Direction.FROM),
    "against_evidence": "against the evidence",
}
"""The words above columns of an entry's overview."""
WORDING = {"methods": ", ".join, "against_evidence": "; ".join}
OVERVIEW = {
    "collection": "str",
    "third_party": "str",
    "to": "str",
    "from": "str",
    "decision": "str",
    "methods": "object",
    "against_evidence": "object",
    "by": "str",
    "on": "str",
    "why": "str",
}
"""The columns of an entry's overview, and their dtypes."""


@dataclass(frozen=True, slots=True)
class Decisions(Tabular):
    """One row per entry: what was decided, against which evidence, by whom, when and why.

    `notes` are what should be said of the files it stands in, a sentence each.
    """

    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()

    headings: ClassVar[Mapping[str, str]] = HEADINGS
    wording: ClassVar[Wording] = WORDING

    def frame(self) -> pd.DataFrame:
        """Return one row per entry: collection, third_party, decision, methods, against_evidence, by, on, why.

        Dtypes: text, lists of text for methods and against_evidence.
        """
        columns = {name: kind for name, kind in OVERVIEW.items() if name not in {"to", "from"}}
        return frame_of(map(overview, self.entries), columns)

    def _title(self) -> str:
        decided = sum(entry.decision is not None for entry in self.entries)
        return f"Decisions: {decided} of {counted(len(self.entries), 'pair')} decided"

    def _noted(self) -> Iterable[str]:
        return (f"Note: {note}." for note in self.notes)


def overview(entry: Entry) -> dict[str, Any]:
    """Put one entry in a row: the two collections, the outcomes, and the decision with who, when and why."""
    decision = entry.decision
    return {
        "collection": entry.collection,
        "third_party": entry.third_party + (" (gone)" if entry.gone else ""),
        "to": entry.outcomes(Direction.TO),
        "from": entry.outcomes(Direction.FROM),
        "decision": entry.decided,
        "methods": [method.value for method in entry.methods],
        "against_evidence": list(entry.against_evidence),
        "by": decision.by if decision else "",
        "on": decision.date if decision else "",
        "why": decision.why if decision else "",
    }

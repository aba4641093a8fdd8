"""Figures that the report's template draws: one small value per section, from the compare layer's values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.renderings.texts import cut
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    from ipaas_discovery.display.view import CollectionView
    from ipaas_discovery.flows.verdict import Verdict
    from ipaas_discovery.matching.comparison import Comparison
    from ipaas_discovery.renderings.tabular import Tabular
    from ipaas_discovery.schemas.comparing.returned_vs_received import ShapeDifference
    from ipaas_discovery.schemas.shapes import Shapes
    from ipaas_discovery.worksheet.entry import Entry
    from ipaas_discovery.worksheet.open_work.work_list import WorkItem

__all__ = ["FieldFigures", "Overview", "Section", "group_findings", "overview", "scope_of", "section_of"]

LONGEST_EXAMPLE = 28
"""Characters of an example."""
FIRST = 40
"""Matched fields shown at once; the others follow folded, none is left out."""

HEADINGS = {
    "only returned": "Returned, not accepted",
    "only received": "Accepted, not returned",
    "other type": "Other type or structure",
    "unknown": "Unknown",
    "same": "The same in both",
}
"""Heading of each kind of difference on the page, in the order in which they stand."""

Row = dict[str, Any]
Group = tuple[Finding, tuple[Finding, ...]]
Kinds = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """Rows of a comparison, by the systems that have the field."""

    matched: tuple[Row, ...] = ()
    only_ipaas: tuple[Row, ...] = ()
    only_third: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """Number of all rows."""
        return len(self.matched) + len(self.only_ipaas) + len(self.only_third)

    @property
    def first(self) -> tuple[Row, ...]:
        """Matched rows shown at once."""
        return self.matched[:FIRST]

    @property
    def further(self) -> tuple[Row, ...]:
        """Matched rows that follow folded."""
        return self.matched[FIRST:]


@dataclass(frozen=True, slots=True)
class Section:
    """One pair of collections, ready to be drawn."""

    number: int
    view: CollectionView
    entry: Entry | None
    verdicts: Mapping[tuple[Direction, Method], Verdict]
    fields: FieldFigures
    differences: tuple[Kinds, ...]
    work: tuple[WorkItem, ...] = ()

    @property
    def state(self) -> str:
        """Classes by which the page shows or hides it: decided or not, against the evidence or not."""
        made = self.entry.decision if self.entry else None
        against = " is-against" if self.entry and self.entry.against_evidence else ""
        return ("is-decided" if made else "is-undecided") + against

    @property
    def anchor(self) -> str:
        """Id of the section on the page."""
        return f"pair-{self.number}"

    @property
    def decided(self) -> str:
        """Decision in a word or two."""
        return self.entry.decided if self.entry else "undecided"


@dataclass(frozen=True, slots=True)
class Overview:
    """Numbers of pairs and of decided ones, and the outcomes of each flow counted."""

    pairs: int
    decided: int
    against: int
    counts: Mapping[tuple[Direction, Method], Mapping[Outcome, int]]


def overview(sections: Sequence[Section]) -> Overview:
    """Count the numbers of the page's first screen."""
    flows = [(direction, method) for direction in (Direction.TO, Direction.FROM) for method in Method]
    outcomes_of = {
        flow: [section.verdicts[flow].outcome for section in sections if flow in section.verdicts] for flow in flows
    }
    entries = [section.entry for section in sections if section.entry]
    decided = sum(entry.decision is not None for entry in entries)
    return Overview(
        len(sections),
        decided,
        sum(bool(entry.against_evidence) for entry in entries),
        {flow: Counter(outcomes) for flow, outcomes in outcomes_of.items()},
    )


def section_of(number: int, view: CollectionView, entry: Entry | None, work: Sequence[WorkItem] = ()) -> Section:
    """Draw one pair's part of the page, with what is open there."""
    verdicts = {(verdict.direction, verdict.method): verdict for verdict in view.verdicts if not verdict.name}
    fields = _fields(view.comparison) if view.comparison else FieldFigures()
    return Section(number, view, entry, verdicts, fields, tuple(map(_by_kind, view.differences)), tuple(work))


def scope_of(unpaired: Tabular) -> tuple[tuple[str, str, str], ...]:
    """Put collections of one system that are in no pair for the same reason in one row: system, names, reason."""
    names: dict[tuple[str, str], list[str]] = {}
    for row in unpaired.to_dict()["rows"]:
        names.setdefault((row["system"], row["reason"]), []).append(row["collection"])
    return tuple((system, ", ".join(kept), reason) for (system, reason), kept in names.items())


def group_findings(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Group findings of one rule, effect and fix, each group behind its first finding.

    >>> from ipaas_discovery.flows.finding import Effect
    >>> empty = [Finding("required", Effect.WARNS, field, "never filled", "give a default") for field in "ab"]
    >>> [(first.rule, [finding.field for finding in group]) for first, group in group_findings(empty)]
    [('required', ['a', 'b'])]
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.effect, finding.rule, finding.fix), []).append(finding)
    return tuple((group[0], tuple(group)) for group in groups.values())


def _fields(comparison: Comparison) -> FieldFigures:
    rows = comparison.to_dict()["fields"]
    for row in rows:
        row["ipaas_examples"] = _examples(comparison.ipaas, row["ipaas"])
        row["third_party_examples"] = _examples(comparison.third_party, row["third_party"])
    both = tuple(row for row in rows if row["ipaas"] and row["third_party"])
    ours = tuple(row for row in rows if row["ipaas"] and not row["third_party"])
    theirs = tuple(row for row in rows if row["third_party"] and not row["ipaas"])
    return FieldFigures(both, ours, theirs)


def _examples(shapes: Shapes, path: str | None) -> str:
    """List up to three observed values of a field, each cut with a mark."""
    field = shapes.returned.field(path) if path else None
    values = field.observed.examples[:3] if field and field.observed else ()
    return ", ".join(map(_shortened, map(str, values)))


def _shortened(text: str) -> str:
    """Cut a long value at its end; an address at its start, since its domain tells whether it is a pseudonym.

    >>> _shortened("x" * 30) == "x" * 27 + "…", _shortened("somebody.with.a.name@example.test")
    (True, '…dy.with.a.name@example.test')
    """
    if len(text) <= LONGEST_EXAMPLE:
        return text
    return f"…{text[1 - LONGEST_EXAMPLE :]}" if "@" in text else cut(text, LONGEST_EXAMPLE)


def _by_kind(difference: ShapeDifference | None) -> Kinds:
    """List a difference's rows under the heading of their kind, those that differ first."""
    groups = [(heading, difference.of(kind)) for kind, heading in HEADINGS.items()] if difference else []
    return tuple((heading, rows) for heading, rows in groups if rows)

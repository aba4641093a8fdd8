"""What the report's template draws: one small value a section, taken from the compare layer's values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.vocabulary import Direction, Method, Outcome

if TYPE_CHECKING:
    from ipaas_discovery.display.view import CollectionView
    from ipaas_discovery.flows.verdict import Verdict
    from ipaas_discovery.matching.comparison import Comparison
    from ipaas_discovery.schemas.comparing.returned_vs_received import ShapeDifference
    from ipaas_discovery.schemas.shapes import Shapes
    from ipaas_discovery.worksheet.entry import Entry

__all__ = ["FieldFigures", "Overview", "Section", "alike", "overview", "section_of"]

FIRST = 40
"""Matched fields shown at once; the others follow folded, none is left out."""

HEADINGS = {
    "only returned": "Returned, not accepted",
    "only received": "Accepted, not returned",
    "other type": "Other type or structure",
    "unknown": "Unknown",
    "same": "The same in both",
}
"""How the page names each kind of difference, in the order in which they stand."""

Row = dict[str, Any]
Told = tuple[Finding, tuple[Finding, ...]]
Kinds = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """The rows of a comparison, by where a field is found."""

    matched: tuple[Row, ...] = ()
    only_ipaas: tuple[Row, ...] = ()
    only_third: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """All rows."""
        return len(self.matched) + len(self.only_ipaas) + len(self.only_third)

    @property
    def first(self) -> tuple[Row, ...]:
        """The matched rows shown at once."""
        return self.matched[:FIRST]

    @property
    def further(self) -> tuple[Row, ...]:
        """The matched rows that follow folded."""
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

    @property
    def anchor(self) -> str:
        """The section's id on the page."""
        return f"pair-{self.number}"

    @property
    def decided(self) -> str:
        """The decision in a word or two."""
        return self.entry.decided if self.entry else "undecided"


@dataclass(frozen=True, slots=True)
class Overview:
    """How many pairs there are, how many are decided, and each flow's outcomes counted."""

    pairs: int
    decided: int
    against: int
    counts: Mapping[tuple[Direction, Method], Mapping[Outcome, int]]


def overview(sections: Sequence[Section]) -> Overview:
    """The numbers of the page's first screen."""
    flows = [(direction, method) for direction in (Direction.TO, Direction.FROM) for method in Method]
    found = {flow: [each.verdicts[flow].outcome for each in sections if flow in each.verdicts] for flow in flows}
    entries = [each.entry for each in sections if each.entry]
    decided = sum(entry.decision is not None for entry in entries)
    return Overview(
        len(sections),
        decided,
        sum(bool(entry.against_evidence) for entry in entries),
        {flow: Counter(outcomes) for flow, outcomes in found.items()},
    )


def section_of(number: int, view: CollectionView, entry: Entry | None) -> Section:
    """One pair's part of the page."""
    verdicts = {(each.direction, each.method): each for each in view.verdicts}
    fields = _fields(view.comparison) if view.comparison else FieldFigures()
    return Section(number, view, entry, verdicts, fields, tuple(map(_by_kind, view.differences)))


def alike(findings: Sequence[Finding]) -> tuple[Told, ...]:
    """Findings of one rule, effect and fix together, each group behind its first finding.

    >>> from ipaas_discovery.flows.finding import Effect
    >>> empty = [Finding("required", Effect.WARNS, field, "never filled", "give a default") for field in "ab"]
    >>> [(first.rule, [each.field for each in group]) for first, group in alike(empty)]
    [('required', ['a', 'b'])]
    """
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.effect, each.rule, each.fix), []).append(each)
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
    """Up to three observed values of a field, each cut at 28 characters with a mark."""
    field = shapes.returned.field(path) if path else None
    values = field.observed.examples[:3] if field and field.observed else ()
    return ", ".join(text if len(text) <= 28 else f"{text[:27]}…" for text in map(str, values))  # noqa: PLR2004  said above


def _by_kind(difference: ShapeDifference | None) -> Kinds:
    """A difference's rows under the heading of their kind, those that differ first."""
    found = [(heading, difference.of(kind)) for kind, heading in HEADINGS.items()] if difference else []
    return tuple((heading, rows) for heading, rows in found if rows)

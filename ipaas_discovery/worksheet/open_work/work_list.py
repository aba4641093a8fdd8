"""Open work on an integration: what is unpaired, undecided, unmapped, refused, unconfirmed, unanswered, in order."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.matching.comparison import Comparison, FieldRow
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tables import html_table
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import counted, cut, html_text, listed
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.open_work.pre_answers import pre_answers
from ipaas_discovery.worksheet.open_work.proposed_decision import parent_decision, proposed_decision

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.collections.collection_matches import CollectionMatches

__all__ = ["WorkItem", "WorkKind", "WorkList", "work_list"]

COLUMNS = dict.fromkeys(("kind", "collection", "third_party", "about", "open", "answer", "board", "command"), "str")
SETTLED = {"", "ok", "no source", "no destination", "not writable", "unknown", "required, no source"}
"""Words of a comparison that do not speak of values that differ."""
REQUIRED = {"required", "unmapped"}
LONGEST = 200
"""Characters of a text that a terminal shows."""
SHOWN = 6
"""Fields named where more have a proposal."""
WAYS = {Direction.TO: "to", Direction.FROM: "from"}


class WorkKind(StrEnum):
    """Kind of open work, in the order in which it is worked on: scope, directions, fields, values, questions."""

    UNPAIRED = "unpaired"
    UNDECIDED = "undecided"
    UNMAPPED = "unmapped"
    REFUSED = "refused"
    DISAGREEING = "disagreeing"
    UNCONFIRMED = "unconfirmed"
    UNANSWERED = "unanswered"


HEADINGS = {
    WorkKind.UNPAIRED: "Collections in no pair",
    WorkKind.UNDECIDED: "Directions to decide",
    WorkKind.UNMAPPED: "Required fields that nothing fills",
    WorkKind.REFUSED: "Values that the destination would refuse",
    WorkKind.DISAGREEING: "Matched fields whose values differ in the same records",
    WorkKind.UNCONFIRMED: "Proposals for fields that nobody has accepted or rejected",
    WorkKind.UNANSWERED: "Questions to answer",
}
BOARDS = {
    WorkKind.UNPAIRED: "CollectionBrowser",
    WorkKind.UNDECIDED: "DirectionBoard",
    WorkKind.UNMAPPED: "MatchBoard",
    WorkKind.REFUSED: "MatchBoard",
    WorkKind.DISAGREEING: "MatchBoard",
    WorkKind.UNCONFIRMED: "MatchBoard",
    WorkKind.UNANSWERED: "OpenWork",
}


@dataclass(frozen=True, slots=True)
class WorkItem(Card):
    """One thing that a person has to say: its kind, the pair, what it is about, and why it is open.

    `answer` is what the evidence proposes, empty where it proposes nothing. `board` is where it is said in a notebook,
    `command` how it is said in a terminal or, where a terminal has no word for it, in Python.
    """

    kind: WorkKind
    collection: str
    third_party: str
    about: str
    open: str
    answer: str = ""
    command: str = ""

    @property
    def board(self) -> str:
        """The board on which it is said."""
        return BOARDS[self.kind]

    @property
    def title(self) -> str:
        """The pair of collections, or the one that is in none, or the integration."""
        return " ↔ ".join(filter(None, (self.collection, self.third_party))) or "the integration"

    @property
    @shows("As a terminal lists it", "line")
    def lines(self) -> tuple[str, ...]:
        """The item for a terminal: what it is, what is proposed, how it is said."""
        head = ": ".join(filter(None, (self.title, self.about, cut(self.open, LONGEST))))
        answer = [f"    proposed: {cut(self.answer, LONGEST)}"] if self.answer else []
        return (f"  {head}", *answer, f"    {self.command}")


@dataclass(frozen=True, slots=True)
class WorkList(Tabular):
    """Everything that is still open, in the order to work on it; `notes` say what it leaves out. Iterable."""

    items: tuple[WorkItem, ...] = ()
    notes: tuple[str, ...] = ()

    headings: ClassVar[Mapping[str, str]] = {"third_party": "third party", "open": "what is open", "answer": "proposed"}

    def __iter__(self) -> Iterator[WorkItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    @shows("Open work", "kind", "items")
    def counts(self) -> Mapping[WorkKind, int]:
        """Number of items of each kind, of those that there are."""
        return {kind: len(items) for kind in WorkKind if (items := self.of(kind))}

    @property
    def summary(self) -> str:
        """The numbers in a sentence.

        >>> WorkList().summary, WorkList((WorkItem(WorkKind.UNDECIDED, "CUSTOMER", "users", "direction", ""),)).summary
        ('Nothing is open.', 'Open: 1 undecided.')
        """
        parts = [f"{count:,} {kind}" for kind, count in self.counts.items()]
        return f"Open: {', '.join(parts)}." if parts else "Nothing is open."

    @shows("Open work of one kind")
    def of(self, kind: WorkKind | str) -> tuple[WorkItem, ...]:
        """Return the items of one kind."""
        return tuple(item for item in self.items if item.kind == kind)

    def frame(self) -> pd.DataFrame:
        """Return one row per item: kind, both collections, about, open, answer, board, command; all text."""
        return frame_of(({name: str(getattr(item, name)) for name in COLUMNS} for item in self.items), COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return the numbers, the items and the notes as plain data."""
        items = [{**plain(item), "board": item.board} for item in self.items]
        return {
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "items": items,
            "notes": list(self.notes),
        }

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the numbers, then a table of each kind; all but the first are folded."""
        left = len(self.items) if max_rows is None else max_rows
        parts = [f"<p><b>{html_text(self.summary)}</b></p>"]
        for kind in self.counts:
            items = self.of(kind)[:left]
            left -= len(items)
            title = f"{HEADINGS[kind]}: {len(self.of(kind)):,} · {BOARDS[kind]}"
            table = html_table(_section(WorkList(items)), max_rows=None) if items else "<p>(no rows shown)</p>"
            opened = " open" if len(parts) == 1 else ""
            parts.append(f"<details{opened}><summary><b>{html_text(title)}</b></summary>\n{table}\n</details>")
        return "\n".join([*parts, *(f"<p>{html_text(note)}</p>" for note in self.notes)])

    def to_list(self) -> str:
        """Write the items as a list for a terminal, below the heading of their kind, each with how it is said."""
        lines = [self.summary]
        for kind in self.counts:
            lines += ["", f"{HEADINGS[kind]} ({BOARDS[kind]})"]
            lines += [line for item in self.of(kind) for line in item.lines]
        return "\n".join([*lines, *([""] * bool(self.notes)), *self.notes])

    def _title(self) -> str:
        return f"WorkList: {self.summary}"


def _section(items: WorkList) -> pd.DataFrame:
    """Return the frame of one kind without what its heading says, and without columns that are empty."""
    shown = items.frame().drop(columns=["kind", "board"]).rename(columns=dict(items.headings))
    return shown.loc[:, [bool(shown[name].any()) for name in shown.columns]]


def work_list(
    document: WorksheetDocument,
    comparisons: Mapping[tuple[str, str], Comparison],
    matches: CollectionMatches | None = None,
    unpaired: Iterable[tuple[str, str, str]] = (),
    known: Mapping[str, str] = {},
) -> WorkList:
    """Collect what is still open, by kind and, within each, in the order of implementation.

    Args:
        document: what people said, and the evidence.
        comparisons: both sides of each pair beside each other.
        matches: which collections could belong together.
        unpaired: the collections in no pair: system, name, reason.
        known: what the data answer to questions of the whole integration, by their texts.
    """
    kept = [
        entry for entry in document.entries if not (entry.decision and not entry.decision.direction) and not entry.gone
    ]
    planned = frozenset(entry.collection for entry in kept)
    alone, notes = _alone(document, matches, list(unpaired))
    items = [
        *alone,
        *(_undecided(entry, kept) for entry in kept if entry.decision is None),
        *(item for entry in kept for item in _failing(entry)),
        *(item for entry in kept if entry.key in comparisons for item in _disagreeing(entry, comparisons[entry.key])),
        *(item for entry in kept for item in _unconfirmed(entry)),
        *_asked_once(document, known),
        *_unanswered(kept, comparisons, planned),
    ]
    order = list(WorkKind)
    return WorkList(tuple(sorted(items, key=lambda item: order.index(item.kind))), notes)


def _alone(
    document: WorksheetDocument, matches: CollectionMatches | None, unpaired: list[tuple[str, str, str]]
) -> tuple[list[WorkItem], tuple[str, ...]]:
    """List collections in no pair that could be in one, and the third party's others; what has no partner is a note."""
    out = {(row.system, row.collection) for row in document.left_out}
    open_ones = [row for row in unpaired if row[:2] not in out]
    rows = matches.rows if matches else ()
    theirs = {name for side, name, _ in open_ones if side == "third party"}
    ours = {name for side, name, _ in open_ones if side == "iPaaS.com"}
    items, paired = [], set()
    for row in rows:
        if row.proposed and row.ipaas in ours and row.third_party in theirs:
            items.append(_pairing(row.ipaas, row.third_party, f"{row.why} ({row.score:.0%})"))
            paired |= {row.ipaas, row.third_party}
    items += [_leaving(name, why) for side, name, why in open_ones if side == "third party" and name not in paired]
    rest = [name for name in ours if name not in paired]
    many = f"{counted(len(rest), 'collection type')} of iPaaS.com {'is' if len(rest) == 1 else 'are'} in no pair"
    return items, (f"{many}, and nothing is proposed for {'it' if len(rest) == 1 else 'them'}.",) if rest else ()


def _pairing(ipaas: str, third_party: str, why: str) -> WorkItem:
    command = f'worksheet.pair("{ipaas}", "{third_party}")'
    return WorkItem(WorkKind.UNPAIRED, ipaas, third_party, "pair", "proposed, and nobody has paired them", why, command)


def _leaving(third_party: str, why: str) -> WorkItem:
    command = f'worksheet.leave_out("third party", "{third_party}", why="…")'
    return WorkItem(WorkKind.UNPAIRED, "", third_party, "scope", why, "", command)


def _undecided(entry: Entry, entries: Iterable[Entry]) -> WorkItem:
    proposed = proposed_decision(entry, parent_decision(entry, entries))
    way = proposed.direction
    answer = f"{way}: {', '.join(proposed.methods)}" if way else ""
    command = f"ipaas-discovery decide {entry.collection} {WAYS[way] if way else 'DIRECTION'}"
    return WorkItem(WorkKind.UNDECIDED, *entry.key, "direction", proposed.why, answer, command)


def _failing(entry: Entry) -> Iterator[WorkItem]:
    """List what stands in the way of the flows that are ordered, field by field, each once for all its methods."""
    methods: dict[tuple[Direction, str, Finding], list[str]] = {}
    named = {flow.name for flow in entry.named_flows}
    ordered = {
        (flow.direction, flow.name if flow.name in named else "", method)
        for flow in entry.flows for method in flow.methods
    }  # fmt: skip
    for proof in entry.evidence:
        if (proof.direction, proof.flow, proof.method) in ordered:
            for finding in proof.findings:
                if finding.field and finding.effect in {Effect.BLOCKS, Effect.NEEDS_DEFAULT, Effect.UNKNOWN}:
                    methods.setdefault((proof.direction, proof.title, finding), []).append(proof.method.value)
    for (way, title, finding), names in methods.items():
        kind = WorkKind.UNMAPPED if finding.rule in REQUIRED else WorkKind.REFUSED
        text = f"{title}, {listed(names)}: {finding.fact}"
        option = "--constant VALUE" if kind is WorkKind.UNMAPPED else "--source FIELD --default VALUE"
        command = f"ipaas-discovery map {entry.collection} {WAYS[way]} {shlex.quote(finding.field)} {option}"
        yield WorkItem(kind, *entry.key, finding.field, text, finding.fix, command)


def _disagreeing(entry: Entry, comparison: Comparison) -> Iterator[WorkItem]:
    """List matched fields that differ in nearly all of the same records, and that nobody has settled."""
    for row in comparison.rows:
        ways = {Direction.TO: row.to, Direction.FROM: row.from_}
        open_ways = [way for way in entry.directions or WAYS if ways[way] not in SETTLED]
        word = ways[open_ways[0]] if open_ways else ""
        if row.status == "matched" and word:
            yield WorkItem(
                WorkKind.DISAGREEING, *entry.key, f"{row.ipaas} ↔ {row.third_party}",
                row.agreement.summary if row.agreement else word, word, _mapping_command(entry, row, open_ways[0]),
            )  # fmt: skip


def _mapping_command(entry: Entry, row: FieldRow, way: Direction) -> str:
    to = way is Direction.TO
    field, source = (row.ipaas, row.third_party) if to else (row.third_party, row.ipaas)
    words = ["ipaas-discovery", "map", entry.collection, "to" if to else "from", field, "--source", source, "--accept"]
    return shlex.join(words)


def _unconfirmed(entry: Entry) -> Iterator[WorkItem]:
    """Count, for each direction that is ordered, the fields for which something is proposed and nothing is said."""
    for way in entry.directions:
        rows = [row for row in entry.mappings(way) if row.status == "proposed" and row.sources]
        if rows:
            text = f"{counted(len(rows), 'proposal')}: {listed((row.destination for row in rows), most=SHOWN)}"
            first = min(rows, key=lambda row: (not row.fills, row.destination))
            option = "--accept" if first.fills else "--source FIELD"
            command = f"ipaas-discovery map {entry.collection} {WAYS[way]} {shlex.quote(first.destination)} {option}"
            yield WorkItem(WorkKind.UNCONFIRMED, *entry.key, way.value, text, "", command)


def _asked_once(document: WorksheetDocument, known: Mapping[str, str]) -> Iterator[WorkItem]:
    """List the questions of the whole integration without an answer, each with what the data answer."""
    for number, question in enumerate(document.questions, 1):
        if not question.answer:
            command, answer = f"ipaas-discovery answer {number} TEXT", known.get(question.text, "")
            yield WorkItem(WorkKind.UNANSWERED, "", "", question.text, "", answer, command)


def _unanswered(
    kept: Sequence[Entry], comparisons: Mapping[tuple[str, str], Comparison], planned: frozenset[str]
) -> Iterator[WorkItem]:
    """List the questions of each pair without an answer, each with what the data answer."""
    for entry in kept:
        parent = parent_decision(entry, kept)
        known = pre_answers(entry, comparisons.get(entry.key), planned=planned, parent=parent)
        for number, question in enumerate(entry.questions, 1):
            if not question.answer:
                command = f"ipaas-discovery answer {number} TEXT --collection {entry.collection}"
                answer = known.get(question.text, "")
                yield WorkItem(WorkKind.UNANSWERED, *entry.key, question.text, "", answer, command)

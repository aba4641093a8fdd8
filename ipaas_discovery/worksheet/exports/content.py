"""Content of an export, computed once: seven tables, and the same rows entry by entry. Each form only renders it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.mapping import Mapping as FieldMapping
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.decisions import HEADINGS, OVERVIEW, WORDING, overview
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Cell", "Content", "ExportTable", "content", "summary"]

Cell = str | int | float | None

PAIR = ("collection", "third party")
WEBHOOKS = {None: None, 0: "0 none", 1: "1 full", 2: "2 logical, for polling"}
WHOLE = "(whole integration)"

FEATURES = {
    "support": "support",
    "methods": "sync_methods",
    "API endpoints": "endpoints",
    "external id formats": "external_id_formats",
    "external data types": "external_data_types",
    "allow initialization": "allow_initialization",
    "collision handling": "collision_handling_supported",
    "custom fields": "custom_field_supported",
    "independent transfers": "independent_transfer_supported",
    "polling": "polling_supported",
    "records matching": "record_matching_supported",
    "webhooks": "external_webhook_support",
    "additional information": "additional_information",
}
"""Column of the Supported features table → property of the record."""


NAMES = {heading: name for name, heading in HEADINGS.items()}
KINDS = {"type_id": "Int64", "score": "Float64"}


def _snake_case(heading: str) -> str:
    return re.sub(r"\W+", "_", heading.lower()).strip("_")


@dataclass(frozen=True, slots=True)
class ExportTable(Tabular):
    """Rows of one subject; the first two columns name the entry."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def of(self, pair: tuple[str, str]) -> ExportTable:
        """Return the rows of one entry, without the columns that name it."""
        return ExportTable(self.name, self.columns[2:], tuple(row[2:] for row in self.rows if row[:2] == pair))

    def upright(self, head: str = "") -> ExportTable:
        """Exchange rows and columns, without the properties nobody knows; `head` is the column that names the rows."""
        head_column = self.columns.index(head) if head else None
        titles = ["says"] if head_column is None else [str(row[head_column]) for row in self.rows]
        rows = (
            (name, *(str("" if row[column] is None else row[column]) for row in self.rows))
            for column, name in enumerate(self.columns)
            if column != head_column
        )
        return ExportTable(self.name, ("property", *titles), tuple(row for row in rows if any(row[1:])))

    def frame(self) -> pd.DataFrame:
        """Return the rows as a frame, its columns the headings in snake_case: `third_party`, `to`, `api_endpoints`.

        Dtypes: Int64 for type_id, Float64 for score, text for all others.
        """
        names = [NAMES.get(heading) or _snake_case(heading) for heading in self.columns]
        columns = {name: KINDS.get(name, "str") for name in names}
        return frame_of((dict(zip(names, row, strict=True)) for row in self.rows), columns)

    def _headings(self) -> Mapping[str, str]:
        return {NAMES.get(heading) or _snake_case(heading): heading for heading in self.columns}


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an export shows: a title, what it is about, the tables, and the entries in order."""

    title: str
    about: str
    as_of: str
    tables: tuple[ExportTable, ...]
    verdicts: ExportTable
    entries: tuple[Entry, ...]

    @property
    def order(self) -> ExportTable:
        """One row per entry, without the samples' claims."""
        table = self.table("Order")
        width = len(ORDER) - len(CLAIMS)
        return ExportTable(table.name, table.columns[:width], tuple(row[:width] for row in table.rows))

    def table(self, name: str) -> ExportTable:
        """Return the table of that name.

        Raises:
            UnknownNameError: if there is none, with the nearest.
        """
        known = {table.name: table for table in self.tables}
        if name not in known:
            raise UnknownNameError("table", name, known, where="the worksheet")
        return known[name]

    def sections(self) -> Iterator[tuple[str, tuple[ExportTable, ...]]]:
        """Yield each heading and its tables: the whole integration, then one entry at a time; no empty table."""
        questions = self.table("Questions").of((WHOLE, ""))
        if questions.rows:
            yield "Whole integration", (questions,)
        for entry in self.entries:
            yield entry.title, tuple(table for table in self._section(entry.key) if table.rows)

    def _section(self, pair: tuple[str, str]) -> Iterator[ExportTable]:
        yield replace(self.table("Order").of(pair).upright(), name="Decision")
        yield self.verdicts.of(pair)
        yield self.table("Supported features").of(pair).upright("direction")
        for name in ("Fields To", "Fields From", "Gaps", "Questions"):
            yield self.table(name).of(pair)


def content(document: WorksheetDocument) -> Content:
    """Compute everything an export of `document` shows.

    >>> [table.name for table in content(WorksheetDocument()).tables]
    ['Order', 'Supported features', 'Fields To', 'Fields From', 'Gaps', 'Questions', 'Evidence']
    """
    entries = document.entries
    tables = (
        ExportTable("Order", ORDER, tuple(map(_order, entries))),
        ExportTable("Supported features", (*PAIR, "type id", "direction", *FEATURES), _gather(_features, entries)),
        ExportTable("Fields To", (*PAIR, *FIELDS), _fields(entries, Direction.TO)),
        ExportTable("Fields From", (*PAIR, *FIELDS), _fields(entries, Direction.FROM)),
        ExportTable("Gaps", (*PAIR, *GAPS), _gather(_gaps, entries)),
        ExportTable("Questions", (*PAIR, "question", "answer", "by"), _questions(document)),
        ExportTable("Evidence", (*PAIR, *EVIDENCE), _gather(_evidence, entries)),
    )
    title = document.title or "Worksheet"
    verdicts = ExportTable("Verdicts", (*PAIR, *VERDICT), _gather(_verdicts, entries))
    return Content(title, summary(document), document.as_of, tables, verdicts, entries)


def summary(document: WorksheetDocument) -> str:
    """Sum up the two systems, the date and how far the decisions are, in one line."""
    decided = sum(entry.decision is not None for entry in document.entries)
    sides = " and ".join(str(side) for side in (document.ipaas, document.third_party) if side.name)
    when = f", samples of {document.as_of}" if document.as_of else ""
    return f"{sides}{when}: {decided} of {len(document.entries)} collections decided."


CLAIMS = ("iPaaS.com sample", "third-party sample")
DECIDED = tuple(OVERVIEW)[2:]
ORDER = (*PAIR, "type id", *(HEADINGS.get(name, name) for name in DECIDED), "state", *CLAIMS)
FIELDS = ("destination", "source", "kind", "value", "status", "score", "why")
GAPS = ("direction", "method", "effect", "field", "fact", "fix", "rule")
VERDICT = ("direction", "method", "outcome", "grade", "reason")
EVIDENCE = (*VERDICT, "effect", "field", "fact", "fix", "rule")


def _order(entry: Entry) -> tuple[Cell, ...]:
    row = overview(entry)
    state = "gone" if entry.gone else ""
    claims = entry.claims
    cells = (WORDING.get(name, str)(row[name]) for name in DECIDED)
    return (*entry.key, entry.type_id, *cells, state, claims.ipaas, claims.third_party)


def _features(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    """Yield one row per flow: those ordered, or, while nothing is decided, those that something is known of."""
    known = tuple(way for way in (Direction.TO, Direction.FROM) if entry.features_of(way).known)
    for direction in entry.directions if entry.decision else known:
        record = entry.features_of(direction)
        values = {name: getattr(record, name) for name in FEATURES.values()}
        values["sync_methods"] = entry.sync_types_of(direction)
        values["external_webhook_support"] = WEBHOOKS[record.external_webhook_support]
        yield (*entry.key, entry.type_id, direction.value, *map(_shown, values.values()))


def _shown(value: object) -> str:
    """Write a property's value for people; empty where it is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "\n".join(map(_line, value)) or "none"
    return str(value)


def _line(part: object) -> str:
    if isinstance(part, ExternalId):
        words = [part.record, f"webhook {part.webhook}" if part.webhook else "", part.note]
    elif isinstance(part, Endpoint | DataType):
        words = [part.value, part.note]
    else:
        words = [str(part)]
    return ", ".join(filter(None, words))


def _fields(entries: Iterable[Entry], direction: Direction) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            *entry.key,
            mapping.destination,
            ", ".join(mapping.sources),
            mapping.kind,
            mapping.value or _pairs(mapping),
            mapping.status,
            mapping.score,
            mapping.why or mapping.evidence,
        )
        for entry in entries
        for mapping in entry.mappings(direction)
        if mapping.kind
    )


def _pairs(mapping: FieldMapping) -> str:
    return "; ".join(f"{value} → {other}" for value, other in mapping.values)  # noqa: PD011  no frame


def _gaps(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    for evidence in entry.evidence:
        for gap in evidence.gaps:
            cells = (gap.effect.value, gap.field, gap.fact, gap.fix, gap.rule)
            yield (*entry.key, evidence.title, evidence.method.value, *cells)


def _questions(document: WorksheetDocument) -> tuple[tuple[Cell, ...], ...]:
    ours = ((WHOLE, "", question.text, question.answer, question.by) for question in document.questions)
    theirs = (
        (*entry.key, question.text, question.answer, question.by)
        for entry in document.entries
        for question in entry.questions
    )
    return (*ours, *theirs)


def _verdicts(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    for evidence in entry.evidence:
        judged = evidence.outcome.value, evidence.grade.value, evidence.reason
        yield (*entry.key, evidence.title, evidence.method.value, *judged)


def _evidence(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    """Yield one row per finding; a flow and method without findings has one row of its own."""
    for verdict, evidence in zip(_verdicts(entry), entry.evidence, strict=True):
        for finding in evidence.findings:
            yield (*verdict, finding.effect.value, finding.field, finding.fact, finding.fix, finding.rule)
        if not evidence.findings:
            yield (*verdict, "", "", "", "", "")


def _gather(
    rows: Callable[[Entry], Iterable[tuple[Cell, ...]]], entries: Iterable[Entry]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for entry in entries for row in rows(entry))

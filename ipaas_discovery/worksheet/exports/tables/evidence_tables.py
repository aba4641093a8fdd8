"""Tables of evidence and of what is open: features, gaps, verdicts, findings, questions, changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ipaas_discovery.changes.changes import FlowChange
from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.exports.tables.export_table import PAIR, Cell, ExportTable, yes_no
from ipaas_discovery.worksheet.exports.tables.order_tables import marked, passing
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.synopsis.planning_answers import PlanningAnswer
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = [
    "FEATURES", "WHOLE", "change_table", "evidence_table", "feature_table", "gap_table", "question_table",
    "verdict_table",
]  # fmt: skip

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
"""Column of the Supported Features table → property of the record."""
COLUMNS = {
    "Findings": (*PAIR, "direction", "methods", "effect", "field", "fact", "fix", "rule", "known by", "accepted"),
    "Changes": (
        *PAIR,
        "direction",
        "effect",
        "system",
        "about",
        "part",
        "field",
        "change",
        "before",
        "now",
        "accepted",
    ),
    "Questions": (*PAIR, "no", "question", "answer", "by", "what the data say", "known by"),
}
"""Columns of each table, as people read them."""
VERDICT = ("direction", "method", "outcome", "known by", "reason")
UNCOMPARED = "No earlier pull was compared with this one: the systems were not at hand when this was written."


def feature_table(synopsis: Synopsis) -> ExportTable:
    """List the platform's Supported Features record of each direction, ordered or at least known of."""
    columns = (*PAIR, "type id", "direction", "ordered", *FEATURES)
    about = "The platform's Supported Features, one record for each collection and direction; empty is not known."
    editable = (
        "support", "allow initialization", "collision handling", "custom fields", "independent transfers", "polling",
        "records matching", "additional information",
    )  # fmt: skip
    rows, keys = _gather(_features, synopsis.document.entries), (*PAIR, "direction")
    return ExportTable("Supported Features", columns, rows, about, editable, empty="No flow is known.", keys=keys)


def _features(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    """Yield one row per direction: those ordered, or, while nothing is decided, those that something is known of."""
    known = tuple(way for way in (Direction.TO, Direction.FROM) if entry.features_of(way).known)
    for direction in entry.directions if entry.decision else known:
        record = entry.features_of(direction)
        values = {name: getattr(record, name) for name in FEATURES.values()}
        values["sync_methods"] = entry.sync_types_of(direction)
        values["external_webhook_support"] = WEBHOOKS[record.external_webhook_support]
        ordered = yes_no(direction in entry.directions)
        yield (*entry.key, entry.type_id, direction.value, ordered, *map(_shown, values.values()))


def _shown(value: object) -> str:
    """Write a property's value for people; empty where it is unknown."""
    if value is None or isinstance(value, bool):
        return yes_no(value)
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


def gap_table(synopsis: Synopsis) -> ExportTable:
    """List what stands against each flow, once for all methods that it touches."""
    about = "Everything that asks for something before the order can be delivered, with the fix."
    rows = _gather(lambda entry: _findings(entry, lambda row: row.gaps), synopsis.document.entries)
    return ExportTable("Gaps", COLUMNS["Findings"], rows, about, empty="No gap is known.")


def _findings(entry: Entry, of: Callable[[Evidence], Iterable[Finding]]) -> Iterator[tuple[Cell, ...]]:
    """Yield each finding of an entry once, with the methods that it touches."""
    methods: dict[tuple[str, Finding], list[str]] = {}
    for evidence in entry.evidence:
        for finding in of(evidence):
            methods.setdefault((evidence.title, finding), []).append(evidence.method.value)
    for (title, row), touched in methods.items():
        cells = (row.effect.value, row.field, row.fact, row.fix, row.rule, marked(row.grade, entry), row.accepted)
        yield (*entry.key, title, ", ".join(touched), *cells)


def question_table(synopsis: Synopsis) -> ExportTable:
    """List the planning questions, each asked once, with the answers of every pair and what the data say."""
    columns = COLUMNS["Questions"]
    rows = tuple(
        (*_asked(answer), question.number, question.text, answer.answer, answer.by, answer.proposal, answer.grade)
        for question in synopsis.questions
        for answer in question.answers
    )
    about = "Each question once, an answer for each collection. Where nobody answered, what the data say stands beside."
    keys = (*PAIR, "no")
    return ExportTable("Questions", columns, rows, about, ("answer", "by"), ("question",), "No question is open.", keys)


def _asked(answer: PlanningAnswer) -> tuple[str, str]:
    return answer.pair if any(answer.pair) else (WHOLE, "")


def verdict_table(synopsis: Synopsis) -> ExportTable:
    """List the outcome of each direction and method, with the records that pass."""
    columns = (*PAIR, *VERDICT, "records that pass")
    about = "What the evidence says of each direction and method, in one sentence, and how many records pass."
    rows = _gather(_verdicts, synopsis.document.entries)
    return ExportTable("Verdicts", columns, rows, about, empty="Nothing was examined.")


def _verdicts(entry: Entry) -> Iterator[tuple[Cell, ...]]:
    for evidence in entry.evidence:
        passes = passing([evidence]).rpartition(": ")[2]
        judged = evidence.outcome.value, marked(evidence.known_by, entry), evidence.reason, passes
        yield (*entry.key, evidence.title, evidence.method.value, *judged)


def evidence_table(synopsis: Synopsis) -> ExportTable:
    """List every finding of every flow, once for all methods that it touches."""
    about = "Every fact behind the verdicts: the rule that found it, how it is known, and what to do about it."
    rows = _gather(lambda entry: _findings(entry, lambda row: row.findings), synopsis.document.entries)
    return ExportTable("Evidence", COLUMNS["Findings"], rows, about, empty="Nothing was examined.")


def change_table(synopsis: Synopsis) -> ExportTable:
    """List what changed since an earlier pull, a row for each flow; where nobody compared, it says so."""
    about, changes = "What changed since an earlier pull, and what that means for each flow.", synopsis.changes
    rows = tuple(_changed(row) for row in changes.rows) if changes else ()
    empty = changes.summary if changes else UNCOMPARED
    return ExportTable("Changes", COLUMNS["Changes"], rows, about, empty=empty)


def _changed(row: FlowChange) -> tuple[Cell, ...]:
    about = (row.system, row.aspect.value, row.part, row.field, row.change)
    return (row.collection, row.third_party, row.direction.value, row.effect.value, *about, row.before, row.after,
            row.accepted)  # fmt: skip


def _gather(
    rows: Callable[[Entry], Iterable[tuple[Cell, ...]]], entries: Iterable[Entry]
) -> tuple[tuple[Cell, ...], ...]:
    return tuple(row for entry in entries for row in rows(entry))

"""Tables of what is ordered: decisions, flows, scope, plan, and which records were looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.decisions import HEADINGS, OVERVIEW, WORDING, overview
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.exports.tables.export_table import PAIR, Cell, ExportTable, yes_no
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.synopsis.flow_sheet import FlowSheet
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["flow_table", "marked", "order_table", "passing", "plan_table", "sample_table", "scope_table"]

COLUMNS = {
    "Flows": (
        *PAIR,
        "flow",
        "direction",
        "mapping collections",
        "sync types",
        "methods",
        "condition",
        "meets",
        "error filter",
        "trigger",
        "every",
        "collision",
        "parent",
        "parent only",
        "fields mapped",
        "records that pass",
        "scopes",
        "learning of changes",
        "why",
    ),
    "Scope": ("system", "collection", "scope", "reason", "route"),
    "Plan": (*PAIR, "no", "step", "after", "effort", "owner", "flows", "state"),
    "Samples": (*PAIR, "side", "read", "of", "claim"),
}
"""Columns of each table, as people read them."""
DECIDED = tuple(OVERVIEW)[2:]
OUTDATED = "the evidence is older than what was said last: `discover` examines it anew"
OLDER = "older than what was said last"
"""Mark of each fact that was found before people said something else."""


def passing(rows: Iterable[Evidence]) -> str:
    """Say how many records of the sample each method would take; empty where none was run.

    >>> from ipaas_discovery.vocabulary import Direction, Method, Outcome
    >>> counts = {"passed": 8, "records": 9}
    >>> add, update, _ = (Evidence(Direction.TO, method, Outcome.POSSIBLE, **counts) for method in Method)
    >>> passing([add]), passing([add, update])
    ('add: 8 of 9', 'add, update: 8 of 9')
    """
    methods: dict[str, list[str]] = {}
    for row in rows:
        if row.passed is not None and row.records is not None:
            methods.setdefault(f"{row.passed} of {row.records}", []).append(row.method)
    return "; ".join(f"{', '.join(names)}: {rate}" for rate, names in methods.items())


def marked(fact: str, entry: Entry) -> str:
    """Mark a fact of a pair whose evidence is older than what people said of it last."""
    return "; ".join(filter(None, (fact, OLDER))) if entry.outdated else fact


def order_table(synopsis: Synopsis) -> ExportTable:
    """List what was decided of each pair, against which evidence."""
    columns = (
        *PAIR,
        "type id",
        *(HEADINGS.get(name, name) for name in DECIDED),
        "records that pass",
        "state",
        "comment",
    )
    rows = tuple(map(_order, synopsis.document.entries))
    about = "Which way each collection moves, with which methods, who decided it and why."
    editable = ("decision", "methods", "why", "by", "comment")
    return ExportTable("Order", columns, rows, about, editable, empty="No collection yet.")


def _order(entry: Entry) -> tuple[Cell, ...]:
    row = overview(entry)
    cells = (WORDING.get(name, str)(row[name]) for name in DECIDED)
    rates = [f"{way}: {passing(_of(entry, way))}" for way in (Direction.TO, Direction.FROM) if passing(_of(entry, way))]
    comment = next((remark.text for remark in entry.remarks if not remark.about), "")
    states = {"gone": entry.gone, "proposed": entry.proposed, OUTDATED: entry.outdated}
    state = "; ".join(name for name, holds in states.items() if holds)
    return (*entry.key, entry.type_id, *cells, "\n".join(rates), state, comment)


def _of(entry: Entry, direction: Direction) -> Iterator[Evidence]:
    return (row for row in entry.evidence if row.direction is direction and not row.flow)


def flow_table(synopsis: Synopsis) -> ExportTable:
    """List every flow that is ordered as it is built on the platform."""
    columns = COLUMNS["Flows"]
    rows = tuple(map(_flow, synopsis.flows))
    about = "Every ordered flow: the mapping collections to make, its filter, trigger, collision handling and scopes."
    editable = ("condition", "error filter", "trigger", "every", "collision", "why")
    return ExportTable("Flows", columns, rows, about, editable, empty="No flow is ordered yet.", keys=(*PAIR, "flow"))


def _flow(sheet: FlowSheet) -> tuple[Cell, ...]:
    flow = sheet.flow
    return (
        *sheet.entry.key,
        flow.name,
        flow.direction.value,
        "\n".join(row.name for row in sheet.collections),
        "\n".join(f"{row.sync_type.value} ({row.sync_type_id})" for row in sheet.collections),
        ", ".join(flow.methods),
        flow.condition,
        sheet.meets,
        flow.error_filter,
        flow.trigger,
        flow.every,
        sheet.collision,
        sheet.parent,
        yes_no(sheet.parent_only) if sheet.parent else "",
        sheet.mapped,
        marked(rate, sheet.entry) if (rate := passing(sheet.evidence)) else "",
        "\n".join(f"{action}: {scope}" for action, scope in sheet.scopes),
        sheet.learning,
        flow.why,
    )


def scope_table(synopsis: Synopsis) -> ExportTable:
    """List every collection of both systems: in, left out with the reason, or open."""
    columns = COLUMNS["Scope"]
    about = "Every collection of both systems: in by a pair, left out with the reason, or open."
    return ExportTable("Scope", columns, synopsis.scope, about, empty="No collection is known.")


def plan_table(synopsis: Synopsis) -> ExportTable:
    """List the steps of the project in the order of dependency."""
    columns = COLUMNS["Plan"]
    rows = tuple(
        (*row.pair, row.number, row.step, ", ".join(row.after), row.effort, row.owner, "\n".join(row.flows), row.state)
        for row in synopsis.plan
    )
    about = "What is built after what. Effort stands here only where it is published or somebody gave it."
    return ExportTable("Plan", columns, rows, about, ("effort", "owner"), keys=(*PAIR, "step"))


def sample_table(synopsis: Synopsis) -> ExportTable:
    """List what was read of each collection, and what that can claim."""
    rows = []
    for part in synopsis.collections:
        claims = part.entry.claims
        for side, facts, claim in (
            ("iPaaS.com", part.facts.ipaas, claims.ipaas),
            ("third party", part.facts.third_party, claims.third_party),
        ):
            if claim or facts.collection:
                rows.append((*part.key, side, facts.records, facts.total, claim))
    about = "The records behind every number of this worksheet, and what they can say of the rest."
    columns = COLUMNS["Samples"]
    return ExportTable("Samples", columns, tuple(rows), about, empty="No record was read.")

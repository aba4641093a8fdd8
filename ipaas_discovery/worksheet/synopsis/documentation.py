"""Documentation of an ordered flow under the heads of the platform's own articles, as far as the order fills them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipaas_discovery.flows.finding import Effect
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.knowledge.platform.documentation_heads import documentation_heads
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.facts.pair_facts import Facts
from ipaas_discovery.worksheet.synopsis.flow_sheet import FlowSheet

__all__ = ["DocumentationPart", "documentation"]

OPEN = "not known from this order; write it when the flow is built"


@dataclass(frozen=True, slots=True)
class DocumentationPart:
    """A head, and what the order says under it."""

    head: str
    text: str


def documentation(sheet: FlowSheet, facts: Facts, others: tuple[FlowSheet, ...]) -> tuple[DocumentationPart, ...]:
    """Write what the order says of a flow under each head.

    Args:
        sheet: the flow.
        facts: the facts of both systems.
        others: all flows of the order, among which those that conflict and those of children are looked for.
    """
    fills: dict[str, Callable[[], str]] = {
        "summary": lambda: _summary(sheet),
        "needs": lambda: _needs(sheet),
        "source_needs": lambda: _source_needs(sheet, facts),
        "ids": lambda: _ids(sheet),
        "deletes": lambda: _deletes(sheet),
        "custom_fields": lambda: _custom_fields(sheet, facts),
        "status": lambda: _status(sheet),
        "conflicts": lambda: _conflicts(sheet, others),
        "children": lambda: _children(sheet, others),
        "caveats": lambda: _caveats(sheet),
        "setup": lambda: _setup(facts),
        "log_in": lambda: _log_in(facts),
        "learning": lambda: sheet.learning,
        "mappings": lambda: _mapped(sheet),
    }
    return tuple(DocumentationPart(row.head, fills[row.fills]() or OPEN) for row in documentation_heads())


def _mapped(sheet: FlowSheet) -> str:
    verb = "is" if sheet.mapped == 1 else "are"
    return f"{counted(sheet.mapped, 'field')} {verb} filled; see Fields {sheet.flow.direction.name.title()}"


def _summary(sheet: FlowSheet) -> str:
    methods = ", ".join(sheet.flow.methods)
    ends = (sheet.entry.third_party, sheet.entry.collection)
    source, destination = ends if sheet.flow.direction is Direction.TO else ends[::-1]
    why = f" {sheet.entry.decision.why}" if sheet.entry.decision and sheet.entry.decision.why else ""
    return f"{sheet.flow.direction}: {source} to {destination}, {methods}.{why}"


def _needs(sheet: FlowSheet) -> str:
    known = ipaas_collections().get(sheet.entry.collection)
    return f"{', '.join(known.needs)} must exist" if known and known.needs else "nothing has to exist before"


def _source_needs(sheet: FlowSheet, facts: Facts) -> str:
    side = facts.of(sheet.entry.key).third_party
    return f"records of {side.parent} must exist" if side.parent else ""


def _ids(sheet: FlowSheet) -> str:
    formats = sheet.entry.features_of(sheet.flow.direction).external_id_formats or ()
    return "; ".join(f"{row.record}{f' ({row.note})' if row.note else ''}" for row in formats)


def _deletes(sheet: FlowSheet) -> str:
    return "deletes are transferred" if Method.DELETE in sheet.flow.methods else "deletes are not transferred"


def _custom_fields(sheet: FlowSheet, facts: Facts) -> str:
    known = facts.of(sheet.entry.key)
    lists = [f"{side.system}: {', '.join(side.custom_fields)}" for side in (known.ipaas, known.third_party)]
    return "; ".join(text for text in lists if not text.endswith(": "))


def _status(sheet: FlowSheet) -> str:
    made = "; ".join(f"{row.name}, {row.sync_type.value}" for row in sheet.collections)
    trigger = " ".join(filter(None, (sheet.flow.trigger, sheet.flow.every))) or "trigger not decided"
    return f"{made}; {trigger}"


def _conflicts(sheet: FlowSheet, others: tuple[FlowSheet, ...]) -> str:
    opposite = [other for other in others if other.entry.key == sheet.entry.key and other is not sheet]
    against = [other.flow.name for other in opposite if other.flow.direction is not sheet.flow.direction]
    if not against:
        return "no flow of the opposite direction is ordered"
    owners = [f"{row.field}: {row.owner}" for row in sheet.entry.owners]
    whose = f"; whose value counts: {', '.join(owners)}" if owners else "; whose value counts is not decided"
    return f"{', '.join(against)} writes the same records{whose}"


def _children(sheet: FlowSheet, others: tuple[FlowSheet, ...]) -> str:
    names = (
        other.entry.collection
        for other in others
        if other.parent == sheet.entry.collection and other.flow.direction is sheet.flow.direction
    )
    return ", ".join(dict.fromkeys(names)) or "none is ordered"


def _caveats(sheet: FlowSheet) -> str:
    facts = [
        f"{finding.field}: {finding.fact}" if finding.field else finding.fact
        for row in sheet.evidence
        for finding in row.findings
        if finding.effect in {Effect.WARNS, Effect.BLOCKS, Effect.NEEDS_DEFAULT, Effect.UNKNOWN}
    ]
    return "; ".join(dict.fromkeys(facts)) or "none is known"


def _setup(facts: Facts) -> str:
    return ", ".join(preset.name for preset in facts.third_party.presets)


def _log_in(facts: Facts) -> str:
    return next((row.value for row in facts.third_party.rows if row.subject == "authentication"), "")

"""One ordered flow as it is built on the platform: its mapping collections, filters, trigger and mappings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ipaas_discovery.flows.event_methods import event_methods
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.capabilities import Ability
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts
from ipaas_discovery.worksheet.features import SyncType
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.synopsis.mapping_line import MappingLine, mapping_lines

__all__ = ["FlowSheet", "MappingCollection", "flow_sheet"]

ACTIONS = {Method.ADD: "created", Method.UPDATE: "updated", Method.DELETE: "deleted"}
"""Action in the name of the platform's scope for each method."""
NOT_SHOWN = "unknown: no source shows the platform's scope"
OWN_NAME = "the third party's own name of it; unknown here"


@dataclass(frozen=True, slots=True)
class MappingCollection(Card):
    """One mapping collection of the platform: its name by the platform's naming, and its sync type."""

    name: str
    sync_type: SyncType

    @property
    def sync_type_id(self) -> int:
        """Number of the sync type on the platform."""
        return self.sync_type.platform_id


@dataclass(frozen=True, slots=True)
class FlowSheet(Card):
    """A flow that is ordered.

    Attributes:
        entry: the pair it belongs to.
        flow: what was ordered.
        type_id: the platform's id of the collection type.
        collections: the mapping collections to make.
        lines: what fills each field of the destination, or why nothing does.
        meets: how many records of the sample meet its condition, as far as that was counted.
        parent: the collection type in whose records its own stand.
        parent_only: True if the mappings read the record of the parent.
        scopes: the action of each method, and the scope that tells of it.
        learning: how the source's changes are learned of.
        collision: what happens to a record that is there already, given or by the platform's default.
        evidence: the verdicts of its methods.
    """

    entry: Entry
    flow: OrderedFlow
    type_id: int | None = None
    collections: tuple[MappingCollection, ...] = ()
    lines: tuple[MappingLine, ...] = ()
    meets: str = ""
    parent: str = ""
    parent_only: bool = False
    scopes: tuple[tuple[str, str], ...] = ()
    learning: str = ""
    collision: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def mapped(self) -> int:
        """Number of lines that fill something."""
        return sum(line.sequence is not None for line in self.lines)


def flow_sheet(entry: Entry, flow: OrderedFlow, facts: PairFacts, *, system: str, parent_only: bool) -> FlowSheet:
    """Put together how a flow is built.

    Args:
        entry: the pair's entry.
        flow: the flow.
        facts: the facts of the pair.
        system: the third party's name.
        parent_only: True if the child's records are those of the parent on the other side.
    """
    known = ipaas_collections().get(entry.collection)
    named = flow.name if flow.name != flow.direction.value else ""
    own = flow.name if any(other.name == flow.name for other in entry.named_flows) else ""
    counts = {count.name: str(count) for count in entry.counts}
    return FlowSheet(
        entry,
        flow,
        entry.type_id if entry.type_id is not None else known.id if known else None,
        collections=_collections(entry, flow, system, named),
        lines=mapping_lines(entry, facts, flow.direction, flow=own, parent_only=parent_only),
        meets=counts.get(flow.name, ""),
        parent=known.parent if known else "",
        parent_only=parent_only,
        scopes=tuple((ACTIONS[method], _scope(entry, flow, method, facts)) for method in flow.methods),
        learning=_learning(entry, flow),
        collision=flow.collision,
        evidence=tuple(row for row in entry.evidence_of(flow) if row.method in flow.methods),
    )


def _collections(entry: Entry, flow: OrderedFlow, system: str, named: str) -> tuple[MappingCollection, ...]:
    """Name the mapping collections of a flow: add and update are one, a delete is another.

    The platform's naming is verb, system, noun and direction: "Add/Update Shop Customer TO iPaaS.com".
    """
    methods = set(flow.methods)
    kinds: list[tuple[str, SyncType]] = []
    if {Method.ADD, Method.UPDATE} <= methods:
        kinds.append(("Add/Update", SyncType.ADD_AND_UPDATE))
    elif Method.ADD in methods:
        kinds.append(("Add", SyncType.ADD))
    elif Method.UPDATE in methods:
        kinds.append(("Update", SyncType.UPDATE))
    if Method.DELETE in methods:
        kinds.append(("Delete", SyncType.DELETE))
    extra = set(entry.sync_types_of(flow.direction) or ()) & {SyncType.DELETE_TRIGGERED_UPDATE}
    kinds += [("Delete-triggered update of", SyncType.DELETE_TRIGGERED_UPDATE)] if extra else []
    way = "TO" if flow.direction is Direction.TO else "FROM"
    noun = entry.collection.replace("_", " ").title() + (f" ({named})" if named else "")
    short = re.sub(r"\s*\(.*?\)", "", system).strip() or "Third Party"
    return tuple(MappingCollection(f"{verb} {short} {noun} {way} iPaaS.com", kind) for verb, kind in kinds)


def _scope(entry: Entry, flow: OrderedFlow, method: Method, facts: PairFacts) -> str:
    if flow.direction is Direction.TO:
        known_events = facts.third_party.capability(Ability.WEBHOOK.value)
        events = known_events.call.split(", ") if known_events.offered and known_events.call else []
        return ", ".join(event for event in events if method in event_methods(event)) or OWN_NAME
    known = ipaas_collections().get(entry.collection)
    fits = [scope for scope in (known.scopes if known else ()) if scope.endswith(f"/{ACTIONS[method]}")]
    return ", ".join(fits) or NOT_SHOWN


def _learning(entry: Entry, flow: OrderedFlow) -> str:
    """Say how changes are learned of, as the evidence found it."""
    facts = (finding.fact for row in entry.evidence_of(flow) for finding in row.findings if finding.rule == "changes")
    return next(facts, "")

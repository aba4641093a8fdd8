"""Synopsis of an order: data models of both sides and the way that data will work, computed once for every form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipaas_discovery.changes.changes import Changes
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts
from ipaas_discovery.worksheet.overviews import scope_rows
from ipaas_discovery.worksheet.synopsis.answered_profile import answered_facts
from ipaas_discovery.worksheet.synopsis.flow_sheet import FlowSheet, flow_sheet
from ipaas_discovery.worksheet.synopsis.mapping_line import MappingLine, mapping_lines
from ipaas_discovery.worksheet.synopsis.planning_answers import PlanningQuestion, planning_questions
from ipaas_discovery.worksheet.synopsis.project_plan import PlanStep, plan_steps
from ipaas_discovery.worksheet.synopsis.schema_line import SchemaLine, schema_lines

__all__ = ["CollectionSynopsis", "Synopsis", "synopsis"]


@dataclass(frozen=True, slots=True)
class CollectionSynopsis(Card):
    """One pair of collections.

    Attributes:
        entry: the evidence, and what people said.
        facts: both sides' fields, calls, forecast and conflicts.
        schema: every field of both sides, and where it goes or why it goes nowhere.
        to: what fills iPaaS.com's fields in every flow To, or why nothing does; mappings of one named flow beside.
        from_: what fills the third party's fields.
        flows: the flows that are ordered, as they are built on the platform.
        parent_only: True if the other side keeps the child's values in the records of the parent.
    """

    entry: Entry
    facts: PairFacts
    schema: tuple[SchemaLine, ...] = ()
    to: tuple[MappingLine, ...] = ()
    from_: tuple[MappingLine, ...] = ()
    flows: tuple[FlowSheet, ...] = ()
    parent_only: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The pair of collections."""
        return self.entry.key

    def lines(self, direction: Direction) -> tuple[MappingLine, ...]:
        """List what fills each field in a direction."""
        return self.to if direction is Direction.TO else self.from_


@dataclass(frozen=True, slots=True)
class Synopsis(Card):
    """Everything an order says, for every form to render.

    Attributes:
        document: the worksheet.
        facts: the facts of both systems.
        collections: one for each pair, in the order of implementation.
        scope: each collection of both systems: system, name, in, out or open, reason, route.
        questions: the planning questions, each asked once, with their answers and what the data say.
        plan: the steps in the order of dependency.
        changes: what changed since an earlier pull; None where nobody compared.
    """

    document: WorksheetDocument
    facts: Facts
    collections: tuple[CollectionSynopsis, ...] = ()
    scope: tuple[tuple[str, str, str, str, str], ...] = ()
    questions: tuple[PlanningQuestion, ...] = ()
    plan: tuple[PlanStep, ...] = ()
    changes: Changes | None = None

    @property
    def title(self) -> str:
        """The integration's name."""
        return self.document.title or "Worksheet"

    @property
    def about(self) -> str:
        """The two systems, the date, how far the decisions are, and what changed, in one line."""
        document = self.document
        decided = sum(entry.decision is not None for entry in document.entries)
        sides = " and ".join(str(side) for side in (document.ipaas, document.third_party) if side.name)
        when = f", samples of {document.as_of}" if document.as_of else ""
        changed = f" {self.changes.summary}" if self.changes else ""
        return f"{sides}{when}: {decided} of {len(document.entries)} collections decided.{changed}"

    @property
    @shows("Flows")
    def flows(self) -> tuple[FlowSheet, ...]:
        """Every flow that is ordered."""
        return tuple(flow for collection in self.collections for flow in collection.flows)

    def of(self, pair: tuple[str, str]) -> CollectionSynopsis:
        """Return one pair's part."""
        return next(part for part in self.collections if part.key == pair)


def synopsis(
    document: WorksheetDocument,
    facts: Facts | None = None,
    *,
    unpaired: Iterable[tuple[str, str, str]] = (),
    changes: Changes | None = None,
) -> Synopsis:
    """Put together everything an order says.

    Args:
        document: evidence and decisions.
        facts: the facts of both systems. Defaults to none.
        unpaired: collections in no pair: the system, the name, and why.
        changes: what changed since an earlier pull; None where nobody compared.
    """
    facts = facts or Facts()
    entries = document.entries
    return Synopsis(
        document,
        answered_facts(facts, document.questions),
        tuple(_collection(entry, facts, entries, document.third_party.name) for entry in entries),
        tuple(
            (row["system"], row["collection"], row["scope"], row["reason"], row["route"])
            for row in scope_rows(document, unpaired)
        ),
        planning_questions(document, facts),
        plan_steps(document),
        changes,
    )


def _collection(entry: Entry, facts: Facts, entries: tuple[Entry, ...], system: str) -> CollectionSynopsis:
    known = facts.of(entry.key)
    parent_only = _kept_in_parent(entry, entries)
    to, from_ = (
        mapping_lines(entry, known, way, parent_only=parent_only and way is Direction.TO)
        for way in (Direction.TO, Direction.FROM)
    )
    own = {way: _own_lines(entry, known, way) for way in (Direction.TO, Direction.FROM)}
    return CollectionSynopsis(
        entry,
        known,
        schema_lines(known, to, from_),
        (*to, *own[Direction.TO]),
        (*from_, *own[Direction.FROM]),
        tuple(flow_sheet(entry, flow, known, system=system, parent_only=parent_only) for flow in entry.flows),
        parent_only,
    )


def _own_lines(entry: Entry, facts: PairFacts, direction: Direction) -> tuple[MappingLine, ...]:
    """List the mappings that single named flows have for themselves."""
    named = [flow for flow in entry.named_flows if flow.direction is direction and flow.mappings]
    lines = (line for flow in named for line in mapping_lines(entry, facts, direction, flow=flow.name))
    return tuple(line for line in lines if line.flow)


def _kept_in_parent(entry: Entry, entries: tuple[Entry, ...]) -> bool:
    """Tell whether the third party keeps a child's values in the very records that the parent is paired with."""
    known = ipaas_collections().get(entry.collection)
    above = {other.third_party for other in entries if known and known.parent and other.collection == known.parent}
    return bool(entry.third_party) and entry.third_party in above

"""One entry of the worksheet, and the document that holds them all."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, InstanceOf
from pydantic.dataclasses import dataclass

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.features import Features, SyncType, sync_types
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, FlowCount, OrderedFlow, TwoWayField
from ipaas_discovery.worksheet.parts import (
    STRICT,
    Claims,
    CollectionSide,
    Decision,
    Evidence,
    Question,
    Text,
    in_order,
    ordered,
    rank,
    unique,
)
from ipaas_discovery.worksheet.remarks import AcceptedFinding, LeftOut, Remark

__all__ = ["UNDECIDED", "Entry", "WorksheetDocument"]

UNDECIDED = "undecided"
"""Word for a decision that nobody has made yet."""


def _decision(value: object) -> object:
    return None if value == UNDECIDED else value


def _collection(name: str) -> str:
    if not name.strip():
        raise ValueError("a collection has a name")
    return collection_name(name)


def _by_destination(mappings: tuple[Mapping, ...]) -> tuple[Mapping, ...]:
    """Sort mappings by the field they fill, what is rejected last."""
    return tuple(sorted(mappings, key=lambda row: (row.destination, row.status == "rejected", row.sources)))


Mappings = Annotated[tuple[InstanceOf[Mapping], ...], AfterValidator(_by_destination)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Entry(Card):
    """One pair of collections: iPaaS.com's and the third party's, all that is known of them, and what people said.

    >>> Entry("Customers", 8, "users").decision is None
    True

    Attributes:
        collection: iPaaS.com's collection type.
        type_id: its id on the platform.
        third_party: the other side's collection; empty while it is not known.
        claims: what each sample can claim.
        decision: what the analyst decided; None while nobody did.
        questions: those of planning, answered or not.
        features: the Supported Features records, as the kit proposes them.
        own_features: the properties of these records that people gave; they go before.
        to: what fills iPaaS.com's fields: what people said, and proposals where they said nothing.
        from_: what fills the third party's fields.
        to_sources: paths of the third party's fields, as far as they are known.
        from_sources: paths of iPaaS.com's fields.
        evidence: the outcome of each direction, of each flow that people named, and of both ways; see `evidence_of`.
        two_way: the fields that both sides write.
        counts: the records of the sample that meet the condition of each named flow.
        named_flows: the flows that somebody named; see `flows`.
        owners: the side whose value counts, field by field, where both sides write.
        accepted: findings that somebody accepts.
        remarks: comments and hand-over notes.
        plan: what people say of the project plan: the effort, and who builds it.
        gone: True for a pair that the systems no longer show.
        proposed: True for a pair that names propose, and of which nobody said anything yet.
        under: a mark of what people had said when the evidence was found; empty: nothing.
        outdated: True if they said something else since then.
    """

    collection: Annotated[Text, AfterValidator(_collection)]
    type_id: int | None = None
    third_party: Text = ""
    claims: Claims = field(default_factory=Claims)
    decision: Annotated[Decision | None, BeforeValidator(_decision)] = None
    questions: Annotated[tuple[Question, ...], AfterValidator(unique)] = ()
    features: Annotated[tuple[Features, ...], AfterValidator(ordered)] = ()
    own_features: Annotated[tuple[Features, ...], AfterValidator(ordered)] = ()
    to: Mappings = ()
    from_: Mappings = ()
    to_sources: tuple[Text, ...] = ()
    from_sources: tuple[Text, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], AfterValidator(ordered)] = ()
    two_way: tuple[TwoWayField, ...] = ()
    counts: tuple[FlowCount, ...] = ()
    named_flows: tuple[OrderedFlow, ...] = ()
    owners: tuple[FieldOwner, ...] = ()
    accepted: tuple[AcceptedFinding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    plan: tuple[tuple[Text, Text], ...] = ()
    gone: bool = False
    proposed: bool = False
    under: Text = ""
    outdated: bool = False

    @property
    @shows("Pair of collections", "collection")
    def key(self) -> tuple[str, str]:
        """The pair of collections."""
        return self.collection, self.third_party

    @property
    def title(self) -> str:
        """The pair of collections, for a heading."""
        return f"{self.collection} ↔ {self.third_party}" if self.third_party else self.collection

    @property
    def decided(self) -> str:
        """The decision in a word or two: a direction, "leave out" or "undecided"."""
        return self.decision.title if self.decision else UNDECIDED

    @property
    @shows("Methods", "method")
    def methods(self) -> tuple[Method, ...]:
        """The methods decided."""
        return self.decision.methods if self.decision else ()

    @property
    @shows("Directions", "direction")
    def directions(self) -> tuple[Direction, ...]:
        """The one-way directions that are decided."""
        return self.decision.flows if self.decision else ()

    @property
    @shows("Flows")
    def flows(self) -> tuple[OrderedFlow, ...]:
        """The flows that are ordered: those that somebody named, and one for each other direction decided."""
        named = {flow.direction for flow in self.named_flows}
        whole = (OrderedFlow(way.value, way) for way in self.directions if way not in named)
        listed = (*(flow for flow in self.named_flows if flow.direction in self.directions), *whole)
        filled = (flow if flow.methods else replace(flow, methods=self.methods) for flow in listed)
        return tuple(sorted(filled, key=lambda flow: (rank(flow.direction), flow.name)))

    @property
    @shows("Collections of linked records", "collection")
    def linked(self) -> tuple[str, ...]:
        """Collections of iPaaS.com whose linked records are written by look-ups that people decided."""
        rows = (row for row in (*self.to, *self.from_) if row.kind == "look-up" and row.decided)
        return tuple(dict.fromkeys(row.value for row in rows if row.value in ipaas_collections()))

    @shows("Methods", "method")
    def methods_of(self, direction: Direction) -> tuple[Method, ...]:
        """List the methods ordered in one direction, those of all its flows."""
        return in_order(tuple(method for flow in self.flows if flow.direction is direction for method in flow.methods))

    @shows("Mappings")
    def mappings(self, direction: Direction, flow: str = "") -> tuple[Mapping, ...]:
        """List what fills the destination's fields in `direction`; the mappings of a named flow go before the others.

        Raises:
            UnknownNameError: if there is no flow of that name.
        """
        rows = self.to if direction is Direction.TO else self.from_
        return _by_destination(self.flow(flow).over(rows)) if flow else rows

    @shows("Evidence")
    def evidence_of(self, flow: OrderedFlow) -> tuple[Evidence, ...]:
        """List the evidence on an ordered flow, by method: its own where people named it, else its direction's."""
        rows = [row for row in self.evidence if row.direction is flow.direction]
        own = tuple(row for row in rows if row.flow == flow.name)
        return own or tuple(row for row in rows if not row.flow)

    def owner_of(self, field: str) -> str:
        """Name the side whose value of iPaaS.com's field counts; empty while nobody said so."""
        return next((row.owner for row in self.owners if row.field == field), "")

    def flow(self, name: str) -> OrderedFlow:
        """Find a flow by its name.

        Raises:
            UnknownNameError: if there is none, with the nearest.
        """
        flows = {flow.name: flow for flow in (*self.flows, *self.named_flows)}
        if name not in flows:
            raise UnknownNameError("flow", name, flows, where=self.title)
        return flows[name]

    @property
    @shows("Decided against the evidence", "flow")
    def against_evidence(self) -> tuple[str, ...]:
        """Objections of the evidence to the decision: the flows that are ordered although blocked."""
        return tuple(
            f"{flow.name}, {evidence.method}: blocked" + (f", {evidence.reason}" if evidence.reason else "")
            for flow in self.flows
            for evidence in self.evidence_of(flow)
            if evidence.outcome is Outcome.BLOCKED and evidence.method in flow.methods
        )

    def outcomes(self, direction: Direction) -> str:
        """List the outcome of each method in `direction`, in one line; empty where there is no evidence."""
        return "; ".join(
            f"{evidence.method}: {evidence.outcome}"
            for evidence in self.evidence
            if evidence.direction is direction and not evidence.flow
        )

    def features_of(self, direction: Direction) -> Features:
        """Return the Supported Features record of `direction`: what people gave, and what the kit proposes beside."""
        proposed, own = (
            next((record for record in records if record.direction is direction), Features(direction))
            for records in (self.features, self.own_features)
        )
        return replace(proposed, **own.known)

    def sync_types_of(self, direction: Direction) -> tuple[SyncType, ...] | None:
        """List the platform's sync types of an ordered flow: the decision's methods, and what only the record can say.

        While nothing is decided, those of the record; None if they are unknown.
        """
        recorded = self.features_of(direction).sync_methods
        if direction not in self.directions:
            return recorded
        decided = set(sync_types(self.methods_of(direction)))
        extra = {SyncType.DELETE_TRIGGERED_UPDATE}
        if {SyncType.ADD, SyncType.UPDATE} <= decided:
            extra.add(SyncType.ADD_AND_UPDATE)
        return tuple(kind for kind in SyncType if kind in decided | (extra & set(recorded or ())))


@dataclass(frozen=True, slots=True, config=STRICT)
class WorksheetDocument(Card):
    """Everything a worksheet says."""

    title: Text = ""
    ipaas: CollectionSide = field(default_factory=lambda: CollectionSide("iPaaS.com"))
    third_party: CollectionSide = field(default_factory=CollectionSide)
    as_of: Text = ""
    questions: Annotated[tuple[Question, ...], AfterValidator(unique)] = ()
    entries: Annotated[tuple[Entry, ...], AfterValidator(unique)] = ()
    left_out: tuple[LeftOut, ...] = ()
    lists: tuple[tuple[Text, Text], ...] = ()
    sign_off: tuple[tuple[Text, Text], ...] = ()

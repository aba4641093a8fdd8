"""One entry of the worksheet, and the document that holds them all."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic.dataclasses import dataclass

from ipaas_discovery.knowledge.ipaas_collections import collection_name
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.features import Features, SyncType, sync_types
from ipaas_discovery.worksheet.parts import (
    STRICT,
    Claims,
    CollectionSide,
    Decision,
    Evidence,
    FieldMapping,
    Question,
    Text,
    ordered,
    unique,
)

__all__ = ["UNDECIDED", "Entry", "WorksheetDocument"]

UNDECIDED = "undecided"
"""Word for a decision that nobody has made yet."""


def _decision(value: object) -> object:
    return None if value == UNDECIDED else value


def _collection(name: str) -> str:
    if not name.strip():
        raise ValueError("a collection has a name")
    return collection_name(name)


@dataclass(frozen=True, slots=True, config=STRICT)
class Entry:
    """One pair of collections: iPaaS.com's and the third party's, all that is known of them, and the decision.

    `features` are the Supported Features records as they stand; `proposed_features` keeps what the kit last
    proposed, which is how a later refresh tells a person's change from its own. `gone` marks a pair that the
    systems no longer show but that somebody has worked on.

    >>> Entry("Customers", 8, "users").decision is None
    True
    """

    collection: Annotated[Text, AfterValidator(_collection)]
    type_id: int | None = None
    third_party: Text = ""
    claims: Claims = field(default_factory=Claims)
    decision: Annotated[Decision | None, BeforeValidator(_decision)] = None
    questions: Annotated[tuple[Question, ...], AfterValidator(unique)] = ()
    features: Annotated[tuple[Features, ...], AfterValidator(ordered)] = ()
    mappings: Annotated[tuple[FieldMapping, ...], AfterValidator(ordered)] = ()
    evidence: Annotated[tuple[Evidence, ...], AfterValidator(ordered)] = ()
    proposed_features: Annotated[tuple[Features, ...], AfterValidator(ordered)] = ()
    gone: bool = False

    @property
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
    def methods(self) -> tuple[Method, ...]:
        """The methods decided."""
        return self.decision.methods if self.decision else ()

    @property
    def flows(self) -> tuple[Direction, ...]:
        """The one-way flows that are ordered."""
        return self.decision.flows if self.decision else ()

    @property
    def against_evidence(self) -> tuple[str, ...]:
        """Objections of the evidence to the decision: the flows that are ordered although blocked."""
        return tuple(
            f"{evidence.direction}, {evidence.method}: blocked" + (f", {evidence.reason}" if evidence.reason else "")
            for evidence in self.evidence
            if evidence.outcome is Outcome.BLOCKED
            and evidence.direction in self.flows
            and evidence.method in self.methods
        )

    def outcomes(self, direction: Direction) -> str:
        """List the outcome of each method in `direction`, in one line; empty where there is no evidence."""
        return "; ".join(
            f"{evidence.method}: {evidence.outcome}" for evidence in self.evidence if evidence.direction is direction
        )

    def features_of(self, direction: Direction) -> Features:
        """Return the Supported Features record of `direction`; all unknown where there is none."""
        return next((features for features in self.features if features.direction is direction), Features(direction))

    def sync_types_of(self, direction: Direction) -> tuple[SyncType, ...] | None:
        """List the platform's sync types of an ordered flow: the decision's methods, and what only the record can say.

        While nothing is decided, those of the record; None if they are unknown.
        """
        recorded = self.features_of(direction).sync_methods
        if direction not in self.flows:
            return recorded
        decided = set(sync_types(self.methods))
        extra = {SyncType.DELETE_TRIGGERED_UPDATE}
        if {SyncType.ADD, SyncType.UPDATE} <= decided:
            extra.add(SyncType.ADD_AND_UPDATE)
        return tuple(kind for kind in SyncType if kind in decided | (extra & set(recorded or ())))


@dataclass(frozen=True, slots=True, config=STRICT)
class WorksheetDocument:
    """Everything a worksheet says."""

    title: Text = ""
    ipaas: CollectionSide = field(default_factory=lambda: CollectionSide("iPaaS.com"))
    third_party: CollectionSide = field(default_factory=CollectionSide)
    as_of: Text = ""
    questions: Annotated[tuple[Question, ...], AfterValidator(unique)] = ()
    entries: Annotated[tuple[Entry, ...], AfterValidator(unique)] = ()

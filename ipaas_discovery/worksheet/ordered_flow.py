"""Flows as they are ordered: several between one pair of collections, each its own direction, methods and condition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, InstanceOf
from pydantic.dataclasses import dataclass

from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.parts import STRICT, OneWay, Text, as_value_error, in_order

__all__ = ["Collision", "ConditionText", "FieldOwner", "FlowCount", "OrderedFlow", "Owner", "Trigger", "TwoWayField"]

Trigger = Literal["", "webhook", "poll", "schedule"]
Collision = Literal["", "ERROR", "REMAP_AND_LINK", "UPDATE_AND_LINK", "UPDATE_AND_NO_LINK"]
Owner = Literal["iPaaS.com", "third party", "newest"]
ConditionText = Annotated[Text, BeforeValidator(as_value_error(lambda text: str(Condition.parse(str(text)))))]


@dataclass(frozen=True, slots=True, config=STRICT)
class OrderedFlow(Card):
    """One flow of a pair: one direction, under a name, for the records that meet its condition.

    A decision without flows of its own stands for one flow per direction, named like it.

    Attributes:
        name: what people call it; each flow of a pair has a name of its own.
        direction: To or From.
        methods: of add, update, delete; empty: those of the decision.
        condition: a `Condition` on the source record, as text; empty: every record.
        trigger: what starts it.
        every: how often it polls or runs.
        collision: what the platform does with a record that exists already on the other side.
        mappings: what this flow fills otherwise than the other flows of its direction.
        why: the reason.
        by: who said so.
        date: when (ISO).
        error_filter: what the platform refuses a record for, as its C# or in words; empty: nothing.
    """

    name: Text
    direction: OneWay
    methods: Annotated[tuple[Method, ...], AfterValidator(in_order)] = ()
    condition: ConditionText = ""
    trigger: Trigger = ""
    every: Text = ""
    collision: Collision = ""
    mappings: tuple[InstanceOf[Mapping], ...] = ()
    why: Text = ""
    by: Text = ""
    date: Text = ""
    error_filter: Text = ""

    def over(self, shared: Iterable[Mapping]) -> tuple[Mapping, ...]:
        """Put this flow's own mappings in the place of those that its direction's flows share.

        What it rejects is rejected in this flow alone.
        """
        filled = {row.destination for row in self.mappings if row.decided}
        refused = {(row.destination, row.sources) for row in self.mappings if row.status == "rejected"}
        rest = (
            row
            for row in shared
            if row.status == "rejected"
            or (row.destination not in filled and (row.destination, row.sources) not in refused)
        )
        return (*self.mappings, *rest)


@dataclass(frozen=True, slots=True, config=STRICT)
class FlowCount(Card):
    """Number of a sample's records that meet a flow's condition.

    >>> str(FlowCount("refunds", 14, 267))
    '14 of 267'
    """

    name: Text
    meets: int
    of: int

    def __str__(self) -> str:
        return f"{self.meets} of {self.of}"


@dataclass(frozen=True, slots=True, config=STRICT)
class TwoWayField(Card):
    """A field that both sides write: its path on each, and in how many of the records that have it it comes back.

    `same` of `of` records of the third party's sample would come back as they were.
    """

    ipaas: Text
    third_party: Text
    same: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True, config=STRICT)
class FieldOwner(Card):
    """The side whose value of iPaaS.com's field counts where both sides write it; "newest": whoever wrote last."""

    field: Text
    owner: Owner
    why: Text = ""
    by: Text = ""
    date: Text = ""

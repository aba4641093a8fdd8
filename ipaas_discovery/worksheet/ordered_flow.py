"""Flows as they are ordered: several between one pair of collections, each its own direction, methods and condition."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, InstanceOf
from pydantic.dataclasses import dataclass

from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.parts import STRICT, OneWay, Text, in_order

__all__ = ["AcceptedFinding", "FieldOwner", "OrderedFlow", "ScopeEntry"]

Trigger = Literal["", "webhook", "poll", "schedule"]
Collision = Literal["", "ERROR", "REMAP_AND_LINK", "UPDATE_AND_LINK", "UPDATE_AND_NO_LINK"]
Owner = Literal["iPaaS.com", "third party", "newest"]


@dataclass(frozen=True, slots=True, config=STRICT)
class OrderedFlow:
    """One flow of a pair: one direction, under a name, for the records that meet its condition.

    A decision without flows of its own stands for one flow per direction, named like it. `methods` empty: those of
    the decision. `mappings` are what this flow fills otherwise than the other flows of its direction.
    """

    name: Text
    direction: OneWay
    methods: Annotated[tuple[Method, ...], AfterValidator(in_order)] = ()
    condition: Text = ""
    trigger: Trigger = ""
    every: Text = ""
    collision: Collision = ""
    mappings: tuple[InstanceOf[Mapping], ...] = ()
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class FieldOwner:
    """The side whose value of a field counts where both sides write it; "newest": whoever wrote last."""

    field: Text
    owner: Owner
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class ScopeEntry:
    """A collection that is left out of the integration, with the reason, and the route its data takes instead."""

    system: Literal["iPaaS.com", "third party"]
    collection: Text
    why: Text
    route: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class AcceptedFinding:
    """A finding that somebody accepts, until a day or for good: shown as accepted, never hidden."""

    direction: OneWay
    rule: Text
    field: Text = ""
    method: Method | None = None
    until: Text = ""
    why: Text = ""
    by: Text = ""
    date: Text = ""

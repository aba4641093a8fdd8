"""Remarks of people on the evidence: collections left out, findings accepted, comments."""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Method
from ipaas_discovery.worksheet.parts import STRICT, AnyWay, Text

__all__ = ["AcceptedFinding", "LeftOut", "PlanWord", "Remark", "SignOff"]

PlanWord = Literal["effort", "owner"]
"""Words of the project plan that only people know: what a pair costs, and who builds it."""
SignOff = Literal["prepared", "reviewed", "approved"]
"""Steps by which an order is signed off."""

NO_MODEL = "no model in iPaaS.com"
"""Reason to leave a collection of the third party out that has no type to go to."""


@dataclass(frozen=True, slots=True, config=STRICT)
class LeftOut(Card):
    """A collection that is left out of the integration, with the reason, and the route its data takes instead."""

    system: Literal["iPaaS.com", "third party"]
    collection: Text
    why: Text = ""
    route: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class AcceptedFinding(Card):
    """A finding that somebody accepts, until a day or for good: shown as accepted, never hidden.

    Without a method or the name of a flow it is accepted in each.
    """

    direction: AnyWay
    rule: Text
    field: Text = ""
    method: Method | None = None
    flow: Text = ""
    until: Text = ""
    why: Text = ""
    by: Text = ""
    date: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class Remark(Card):
    """A comment or hand-over note on a field, a flow or, where `about` is empty, the pair."""

    about: Text
    text: Text
    by: Text = ""
    date: Text = ""

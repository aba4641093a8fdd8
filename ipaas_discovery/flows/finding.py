"""Finding of one rule about a flow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Grade

__all__ = ["Effect", "Finding", "observed"]


class Effect(StrEnum):
    """Effect of a finding on the verdict, worst first."""

    BLOCKS = "blocks"
    UNKNOWN = "unknown"
    NEEDS_DEFAULT = "needs a default"
    WARNS = "warns"
    ACCEPTED = "accepted"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Finding(Card):
    """One rule's finding: the field it is about (empty: the whole flow), the fact with its numbers, the fix.

    `grade` says how the fact is known: a `Grade`, with the numbers behind "observed". `accepted` says who accepts the
    finding, until when and why, where somebody does.

    >>> Finding("required", Effect.NEEDS_DEFAULT, "email_address", "empty in 6 of 200", "give a default").effect.value
    'needs a default'
    """

    rule: str
    effect: Effect
    field: str
    fact: str
    fix: str = ""
    grade: str = ""
    accepted: str = ""


def observed(part: int, of: int) -> str:
    """Grade a fact that was seen in some of the records.

    >>> observed(12, 200)
    'observed 12 of 200'
    """
    return f"{Grade.OBSERVED} {part} of {of}"

"""Finding of one rule about a flow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Effect", "Finding"]


class Effect(StrEnum):
    """Effect of a finding on the verdict, worst first."""

    BLOCKS = "blocks"
    UNKNOWN = "unknown"
    NEEDS_DEFAULT = "needs a default"
    WARNS = "warns"
    SUPPORTS = "supports"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's finding: the field it is about (empty: the whole flow), the fact with its numbers, the fix.

    >>> Finding("required", Effect.NEEDS_DEFAULT, "email_address", "empty in 6 of 200", "give a default").effect.value
    'needs a default'
    """

    rule: str
    effect: Effect
    field: str
    fact: str
    fix: str = ""

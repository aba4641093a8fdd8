"""Selection of a flow: which of the source's records it moves."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.renderings.card import Card

__all__ = ["Selection"]


@dataclass(frozen=True, slots=True)
class Selection(Card):
    """Records that a flow moves; without a condition, every one.

    `meets` of the sample's `of` records meet the condition; both are None where nothing was counted.

    >>> str(Selection("status = refunded", 14, 267))
    '14 of 267 meet `status = refunded`'
    """

    condition: str = ""
    meets: int | None = None
    of: int | None = None

    def __str__(self) -> str:
        return f"{self.meets} of {self.of} meet `{self.condition}`"

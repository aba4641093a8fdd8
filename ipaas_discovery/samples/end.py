"""The end of a list as far as it is known: proved by what the system answered, assumed, or not reached."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card

__all__ = ["Certainty", "ListEnd"]


class Certainty(StrEnum):
    """The degrees to which a list's end is known."""

    PROVED = "proved"
    ASSUMED = "assumed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class ListEnd(Card):
    """The knowledge of the end of a list: how far it goes, and why.

    `why` is the proof of an end that is proved, the reason for one that is assumed, and of one that was not reached the
    sign that there is more; empty where the reason to stop says all.

    >>> ListEnd(Certainty.PROVED, "the page after the last one is empty").sentence
    'nothing is left unseen'
    >>> ListEnd(Certainty.ASSUMED, "its last page is short").sentence
    'its end is assumed: its last page is short'
    """

    certainty: Certainty = Certainty.OPEN
    why: str = ""

    @property
    def is_proved(self) -> bool:
        """True if nothing is left unseen behind it."""
        return self.certainty is Certainty.PROVED

    @property
    def sentence(self) -> str:
        """The part of a claim that speaks of it; empty where the end was not reached, and no sign of more is known."""
        if self.certainty is Certainty.PROVED:
            return "nothing is left unseen"
        return f"its end is assumed: {self.why}" if self.certainty is Certainty.ASSUMED else self.why

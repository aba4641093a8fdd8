"""A source and a destination that may be matched, with what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SHOWN", "Candidate"]

SHOWN = 0.5
"""Share of equal records, or of values that both sides hold, from which they speak for a match."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source and a destination, by their places in the two lists of fields, and the score of their match.

    `alone` is the score by the schemas alone, without the same records: it breaks a tie. `named` is what the names have
    in common, `shown` the share of the same records in which both are equal, `valued` that of the values both hold.
    """

    source: int
    destination: int
    score: float
    alone: float = 0.0
    named: float = 1.0
    shown: float = 0.0
    valued: float = 0.0

    @property
    def witnessed(self) -> bool:
        """Tell whether the values speak for it."""
        return self.raised or max(self.shown, self.valued) >= SHOWN

    @property
    def raised(self) -> bool:
        """Tell whether the same records speak for it."""
        return self.score > self.alone

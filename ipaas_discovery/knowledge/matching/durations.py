"""Units of time, and words of names of fields that hold a length of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["TimeWords", "time_words"]


@dataclass(frozen=True, slots=True)
class TimeUnit:
    """The seconds of a unit, and the words for it."""

    seconds: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words of names of fields that hold a length of time, and the units of it."""

    names: frozenset[str]
    units: tuple[TimeUnit, ...]

    def seconds(self, word: str) -> Decimal | None:
        """Give the seconds of a unit, None for a word that is none.

        >>> time_words().seconds("min"), time_words().seconds("kg")
        (Decimal('60'), None)
        """
        return next((unit.seconds for unit in self.units if word in unit.words), None)


@cache
def time_words() -> TimeWords:
    """Read the table, once."""
    return read_toml("matching/durations", TimeWords)

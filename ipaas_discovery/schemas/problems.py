"""Notes on records besides their fields: the keys that come together, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.renderings.card import Card

__all__ = ["Problem", "Variant"]


@dataclass(frozen=True, slots=True)
class Variant(Card):
    """A set of keys that records have, and the number of records with just these."""

    keys: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Problem(Card):
    """Something wrong with some records: how often, and where first.

    `lines` are the numbers of the first few lines of the file (of the records, if there is no file), from 1.
    `kept` is True if they were counted all the same.
    """

    what: str
    count: int
    lines: tuple[int, ...]
    kept: bool = False

    def __str__(self) -> str:
        """Describe the problem in one sentence.

        >>> print(Problem("not JSON", 2, (4, 9)))
        2 lines not counted: not JSON (line 4, 9)
        """
        shown = ", ".join(map(str, self.lines)) + (", …" if self.count > len(self.lines) else "")
        done = "counted all the same" if self.kept else "not counted"
        return f"{self.count} line{'s'[: self.count != 1]} {done}: {self.what} (line {shown})"

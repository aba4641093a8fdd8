"""Names that a record holds, told again in its notes and comments: there they become what they became before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Retold"]

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
PART = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Letters of a name that is looked for; initials stand in too many other words."""
PARTICLES = frozenset({"and", "und", "the", "von", "van", "der", "den", "del", "dos", "das", "mrs", "herr", "frau"})


@dataclass(slots=True, eq=False)
class Retold:
    """The names of one record, and its free texts, which are mended once all of it is known.

    >>> told, record = Retold(), {"note": "Ask ada, or Ada's mother"}
    >>> told.heard("Ada Example"), told.wrote(record, "note"), told.mend(str.swapcase)
    (None, None, None)
    >>> record
    {'note': "Ask ADA, or aDA's mother"}
    """

    whole: bool = False
    """Whether this is a whole answer, in which each object of a list is a record of its own."""
    names: set[str] = field(default_factory=set)
    texts: list[tuple[dict[str, Any], str]] = field(default_factory=list)

    def heard(self, name: str) -> None:
        """Remember what somebody is called."""
        for word in WORD.findall(name.casefold()):
            found = {word, *PART.findall(word)} - PARTICLES
            self.names.update(each for each in found if len(each) >= SHORTEST)

    def wrote(self, record: dict[str, Any], key: str) -> None:
        """Remember where a free text stands."""
        self.texts.append((record, key))

    def mend(self, mask: Callable[[str], str]) -> None:
        """Replace the names in the texts."""
        for record, key in self.texts if self.names else ():
            text = record[key]
            folded = text.casefold()
            if any(name in folded for name in self.names):
                record[key] = WORD.sub(lambda word: self._masked(word[0], mask), text)

    def _masked(self, word: str, mask: Callable[[str], str]) -> str:
        if word.casefold() in self.names:
            return mask(word)
        return PART.sub(lambda part: mask(part[0]) if part[0].casefold() in self.names else part[0], word)

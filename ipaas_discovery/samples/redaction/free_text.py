"""Names of a record repeated in its notes and comments, which get the same pseudonyms there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.sensitive_names import sensitive_names

__all__ = ["NamesInText"]

WORD = re.compile(r"([^\W\d_]+)")
SHORTEST = 3
"""Letters of the shortest name that is looked for: initials occur in too many other words."""


@dataclass(slots=True, eq=False)
class NamesInText:
    """The names of one record and its free texts, in which they are replaced once all of the record is known.

    >>> names, record = NamesInText(), {"note": "Ask ada, or Ada's mother"}
    >>> names.add_name("Ada Example"), names.add_text(record, "note"), names.apply(str.swapcase)
    (None, None, None)
    >>> record
    {'note': "Ask ADA, or aDA's mother"}
    """

    whole: bool = False
    """True for a whole answer, in which each object of a list is a record of its own."""
    names: set[str] = field(default_factory=set)
    texts: list[tuple[dict[str, Any], str]] = field(default_factory=list)

    def add_name(self, name: str) -> None:
        """Remember a person's name."""
        words = {word for word in WORD.findall(name.casefold()) if len(word) >= SHORTEST}
        self.names |= words - sensitive_names().personal.particles

    def add_text(self, record: dict[str, Any], key: str) -> None:
        """Remember a free text of the record, by its key."""
        self.texts.append((record, key))

    def apply(self, mask: Callable[[str], str]) -> None:
        """Replace the names in the texts."""
        names = self.names
        for record, key in self.texts if names else ():
            folded = record[key].casefold()
            if any(name in folded for name in names):
                words = WORD.split(record[key])
                record[key] = "".join([mask(word) if word.casefold() in names else word for word in words])

"""Names that a record holds, told again in its notes and comments: there they become what they became before."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.sensitive_names import sensitive_names

__all__ = ["NamesInText"]

WORD = re.compile(r"([^\W\d_]+)")
SHORTEST = 3
"""Letters of a name that is looked for; initials stand in too many other words."""


@dataclass(slots=True, eq=False)
class NamesInText:
    """The names of one record, and its free texts, which are mended once all of it is known.

    >>> told, record = NamesInText(), {"note": "Ask ada, or Ada's mother"}
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
        found = {word for word in WORD.findall(name.casefold()) if len(word) >= SHORTEST}
        self.names |= found - sensitive_names().personal.particles

    def wrote(self, record: dict[str, Any], key: str) -> None:
        """Remember where a free text stands."""
        self.texts.append((record, key))

    def mend(self, mask: Callable[[str], str]) -> None:
        """Replace the names in the texts."""
        names = self.names
        for record, key in self.texts if names else ():
            folded = record[key].casefold()
            if any(name in folded for name in names):
                words = WORD.split(record[key])
                record[key] = "".join([mask(each) if each.casefold() in names else each for each in words])

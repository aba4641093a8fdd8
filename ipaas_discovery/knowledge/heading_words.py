"""The headings under which tables of fields tell a field's name, type and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["HeadingWord", "HeadingWords", "heading_words"]

_NOTE = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021]+$")
_UNIT = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
"""A unit or a hint in brackets."""


@dataclass(frozen=True, slots=True)
class HeadingWord:
    """The headings of one role in one language, the likeliest first."""

    role: str
    language: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class HeadingWords:
    """All headings."""

    headings: tuple[HeadingWord, ...]

    def words(self, role: str) -> tuple[str, ...]:
        """Give the headings of a role in every language, bare."""
        return tuple(bare(word) for row in self.headings if row.role == role for word in row.words)

    def columns(self, head: Sequence[object]) -> list[str]:
        """Give the role of each column, empty for one not known; the likeliest of several has it.

        >>> heading_words().columns(["Field Name", "Data type", "Optional?", "Since"])
        ['path', 'types', 'optional', '']
        >>> heading_words().columns(["Nom du champ", "Type", "Obligatoire", "Longueur"])
        ['path', 'types', 'required', 'max_length']
        """
        plain = self._bare(head)
        language = self.language(head)
        rows = sorted(self.headings, key=lambda row: row.language != language)
        columns = [""] * len(plain)
        for role in dict.fromkeys(row.role for row in self.headings):
            words = (bare(word) for row in rows if row.role == role for word in row.words)
            at = next((plain.index(word) for word in words if word in plain), None)
            if at is not None and not columns[at]:
                columns[at] = role
        return columns

    def _bare(self, head: Iterable[object]) -> list[str]:
        """Give the headings bare, without signs of footnotes and units in brackets: `Length (chars)`, `Type²`."""
        texts = ["" if cell is None else _NOTE.sub("", str(cell)) for cell in head]
        return [bare(text) if bare(text) in self._known else bare(_UNIT.sub("", text)) for text in texts]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(bare(word) for row in self.headings for word in row.words)

    def language(self, head: Iterable[object]) -> str:
        """Give the language that most of the headings are in; English where none tells.

        >>> heading_words().language(["Nom du champ", "Type", "Obligatoire", "Longueur"])
        'fr'
        """
        plain = set(self._bare(head))
        counts: dict[str, int] = {"en": 0}
        for row in self.headings:
            known = sum(bare(word) in plain for word in row.words)
            counts[row.language] = counts.get(row.language, 0) + known
        return max(counts, key=lambda language: counts[language])


@cache
def heading_words() -> HeadingWords:
    """Read the table of headings, once."""
    return read_toml("headings", HeadingWords)

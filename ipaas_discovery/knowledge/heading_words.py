"""The headings under which tables of fields tell a field's name, type and the rest."""

from __future__ import annotations

import re
from collections import Counter
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
        met = sorted({number for word in plain for number in self._rows.get(word, ())})
        language = self.language(head) if met else ""
        rows = sorted((self.headings[number] for number in met), key=lambda row: row.language != language)
        columns = [""] * len(plain)
        for role in dict.fromkeys(self.headings[number].role for number in met):
            words = (bare(word) for row in rows if row.role == role for word in row.words)
            at = next((plain.index(word) for word in words if word in plain), None)
            if at is not None and not columns[at]:
                columns[at] = role
        return columns

    def _bare(self, head: Iterable[object]) -> list[str]:
        """Give the headings bare, without signs of footnotes and units in brackets: `Length (chars)`, `Type²`."""
        texts = ["" if cell is None else _NOTE.sub("", str(cell)) for cell in head]
        return [bare(text) if bare(text) in self._rows else bare(_UNIT.sub("", text)) for text in texts]

    @cached_property
    def _rows(self) -> dict[str, tuple[int, ...]]:
        """The rows of the table in which a bare word stands, by their numbers: a page may hold thousands of heads."""
        rows: dict[str, tuple[int, ...]] = {}
        for number, row in enumerate(self.headings):
            for word in dict.fromkeys(map(bare, row.words)):
                rows[word] = (*rows.get(word, ()), number)
        return rows

    def language(self, head: Iterable[object]) -> str:
        """Give the language that most of the headings are in; English where none tells.

        >>> heading_words().language(["Nom du champ", "Type", "Obligatoire", "Longueur"])
        'fr'
        """
        met = [self.headings[number] for word in set(self._bare(head)) for number in self._rows.get(word, ())]
        counts = Counter(row.language for row in met)
        return max(self._languages, key=lambda language: counts[language])

    @cached_property
    def _languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(["en", *(row.language for row in self.headings)]))


@cache
def heading_words() -> HeadingWords:
    """Read the table of headings, once."""
    return read_toml("headings", HeadingWords)

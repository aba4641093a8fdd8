"""Words for types and for yes and no, as people, databases and languages write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["TruthWord", "TypeWord", "TypeWords", "type_words"]


@dataclass(frozen=True, slots=True)
class TypeWord:
    """Words for one type: JSON's `type` (empty: any) and a `format`; `only` is the context in which they mean it."""

    type: str
    words: tuple[str, ...]
    format: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class TruthWord:
    """Words for yes, or for no, in lists of a `language`; `values` are those that stand for it in records, too."""

    words: tuple[str, ...]
    language: str = ""
    values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TypeWords:
    """All words for types, for what a database demands of a column, and for yes and no."""

    types: tuple[TypeWord, ...]
    demands: tuple[str, ...]
    fills: tuple[str, ...]
    yes: tuple[TruthWord, ...]
    no: tuple[TruthWord, ...]

    def get(self, word: str, context: str = "") -> TypeWord | None:
        """Find the type that a word means; None for one that is no type.

        Args:
            word: as it is written.
            context: "graphql" and "django" know some words by another meaning, "edi" knows more of them.

        >>> type_words().get("NVARCHAR").type, type_words().get("Währung").type, type_words().get("geo point")
        ('string', 'number', None)
        >>> type_words().get("decimal").type, type_words().get("Decimal", "graphql").type
        ('number', 'string')
        """
        plain = bare(word)
        return self._by_word.get((context, plain)) or self._by_word.get(("", plain))

    @cached_property
    def demand(self) -> re.Pattern[str]:
        """Finds what a database demands, behind a type.

        >>> type_words().demand.search("varchar(20) not  null")[0].strip(), type_words().demand.search("int or null")
        ('not  null', None)
        """
        words = "|".join(self.demands).replace(" ", r"\s+")
        return re.compile(rf"(?<=[\w)])(?<!\bor)\s+(?:{words})\b.*", re.IGNORECASE | re.DOTALL)

    @cached_property
    def _by_word(self) -> dict[tuple[str, str], TypeWord]:
        return {(row.only, bare(word)): row for row in self.types for word in row.words}

    @cached_property
    def known(self) -> tuple[str, ...]:
        """Every word that is a type by itself, as it is written."""
        return tuple(word for row in self.types if not row.only for word in row.words)

    def truth(self, text: str, language: str = "") -> bool | None:
        """Tell whether a cell of yes or no says yes; None where it says neither.

        >>> type_words().truth("Ja"), type_words().truth("O"), type_words().truth("O", "fr"), type_words().truth("?")
        (True, False, True, None)
        """
        plain = text.strip().lower()
        return self._truths.get((language, plain), self._truths.get(("", plain)))

    @cached_property
    def _truths(self) -> dict[tuple[str, str], bool]:
        """The meaning of each word in a language; of one that means both, yes."""
        meant = ((self.no, False), (self.yes, True))
        return {(row.language, word.lower()): truth for rows, truth in meant for row in rows for word in row.words}

    @cached_property
    def true_values(self) -> frozenset[str]:
        """Texts that stand for true in records, in lower case."""
        return frozenset().union(*(row.values for row in self.yes))

    @cached_property
    def false_values(self) -> frozenset[str]:
        """Texts that stand for false in records, in lower case."""
        return frozenset().union(*(row.values for row in self.no))


@cache
def type_words() -> TypeWords:
    """Read the table of words for types, once."""
    return read_toml("types", TypeWords)

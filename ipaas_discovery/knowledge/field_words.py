"""Words in the names of fields that say what the field is: a key, money, a place, the name of a value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FieldWords", "KeyWord", "field_words"]


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word at the end of a name that tells records apart, and the contexts in which it counts."""

    word: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """All words in names of fields that say what the field is, but for those that are personal."""

    keys: tuple[KeyWord, ...]
    described: frozenset[str]
    money: frozenset[str]
    places: frozenset[str]
    phones: frozenset[str]
    naming: tuple[str, ...]
    values: tuple[str, ...]

    def key_words(self, context: str) -> tuple[str, ...]:
        """Give the words that tell records apart in a context, the most telling first.

        >>> field_words().key_words("parent")[:3]
        ('id', 'uuid', 'guid')
        """
        return tuple(row.word for row in self.keys if context in row.counts)


@cache
def field_words() -> FieldWords:
    """Read the table of words in names, once."""
    return read_toml("field_words", FieldWords)

"""Words in the names of fields that say what the field is: a key, money, a place, the name of a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FieldWords", "KeyWord", "ToldOfField", "field_words", "told_of_field"]


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
    withdrawn: tuple[str, ...]
    unwritable: tuple[str, ...]
    naming: tuple[str, ...]
    values: tuple[str, ...]

    def key_words(self, context: str) -> tuple[str, ...]:
        """Give the words that tell records apart in a context, the most telling first.

        >>> field_words().key_words("parent")[:3]
        ('id', 'uuid', 'guid')
        """
        return tuple(row.word for row in self.keys if context in row.counts)


@dataclass(frozen=True, slots=True)
class ToldOfField:
    """Two facts that the text of a reference may tell of a field: it goes away, or only its system writes it.

    >>> told_of_field("Deprecated: use `total`."), told_of_field("The weight (read-only).")
    (ToldOfField(withdrawn=True, unwritable=False), ToldOfField(withdrawn=False, unwritable=True))
    >>> told_of_field("Replaces the deprecated `sum`.")
    ToldOfField(withdrawn=False, unwritable=False)
    """

    withdrawn: bool
    unwritable: bool


@lru_cache(65_536)
def told_of_field(text: str) -> ToldOfField:
    """Read what a description says of its own field: at the start of a sentence, in brackets, or of "this field"."""
    withdrawn, unwritable = _statements()
    return ToldOfField(withdrawn.search(text) is not None, unwritable.search(text) is not None)


@cache
def _statements() -> tuple[re.Pattern[str], re.Pattern[str]]:
    begins = r"(?:^|[.(\[*!;:|] ?|\bthis (?:field|property|attribute|parameter|value) (?:is|has been) |^it is )"
    lists = field_words().withdrawn, field_words().unwritable
    withdrawn, unwritable = (
        re.compile(rf"{begins}(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE) for words in lists
    )
    return withdrawn, unwritable


@cache
def field_words() -> FieldWords:
    """Read the table of words in names, once."""
    return read_toml("field_words", FieldWords)

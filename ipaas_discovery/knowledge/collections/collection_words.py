"""Words of collections' names: what systems call theirs, in several languages, and what that belongs to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["CollectionWords", "Meaning", "SpokenCondition", "collection_words"]

Concepts = tuple[str, ...]
SHORTEST = 3
"""Letters of a word that is looked for inside a longer one."""
JOINTS = ("", "s", "n", "en", "es")
"""Letters by which German and Dutch join words."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Names that belong to a collection type, the likeliest first.

    Attributes:
        type: the platform's.
        names: those that say it.
        likely: those that mostly mean it.
        possible: those that mean it where nothing better is there.
        optional: words that may stand in the names beside.
    """

    type: str
    names: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenCondition:
    """A name that belongs to a type only beside some collections, or unless some are there, and why."""

    type: str
    name: str
    why: str
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionWords:
    """The whole table."""

    light: frozenset[str]
    modifiers: tuple[str, ...]
    against: tuple[str, ...]
    concepts: Mapping[str, tuple[str, ...]]
    meanings: tuple[Meaning, ...]
    conditions: tuple[SpokenCondition, ...]

    def concepts_of(self, name: str) -> Concepts:
        """Read a collection's name as concepts, in its order; a word that is not known stays as it is, in capitals.

        >>> collection_words().concepts_of("Kundengruppen"), collection_words().concepts_of("acme.salesOrderLines_v2")
        (('customer', 'group'), ('ACME', 'sale', 'order', 'line'))
        """
        words = [word for word in map(_folded, split_words(name)) if not word.isdigit()]
        concepts = [
            concept for word in words if not self.light & {word, *singulars(word)} for concept in _concepts(word)
        ]
        return tuple(concepts)


@cache
def collection_words() -> CollectionWords:
    """Read the table of words in collections' names, once."""
    return read_toml("collections/collection_words", CollectionWords)


def _folded(word: str) -> str:
    """Remove the accents of a word, not those letters that only look like it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.replace("ß", "ss")) if ord(sign) not in _MARKS)
    return unicodedata.normalize("NFC", plain)


_MARKS = range(0x300, 0x370)


@cache
def _known() -> Mapping[str, str]:
    """Map each word, and each concept's own, to its concept."""
    table = collection_words().concepts
    return {word: concept for concept, words in table.items() for word in (concept, *words)}


@lru_cache(4096)
def _concepts(word: str) -> Concepts:
    """Read one word: it is known, or is made of known ones, or stays as it is."""
    concept = _look_up(word)
    if concept is not None:
        return (concept,)
    parts = min(_taken_apart(word), key=len, default=())
    return parts or (word.upper(),)


def _look_up(word: str) -> str | None:
    """Return the concept of a word in the singular or plural, its umlauts written in either way."""
    spelled = (word, *singulars(word))
    plain = (one.replace("ae", "a").replace("oe", "o").replace("ue", "u") for one in spelled)
    return next((known for one in (*spelled, *plain) if (known := _known().get(one)) is not None), None)


def _taken_apart(word: str) -> Iterator[Concepts]:
    """Yield the ways to read a word as several known ones: the longest first word first."""
    for end in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        first = _look_up(word[:end])
        if first is None:
            continue
        for joint in JOINTS:
            rest = word[end:].removeprefix(joint) if word[end:].startswith(joint) else ""
            if len(rest) < SHORTEST:
                continue
            second = _look_up(rest)
            if second is not None:
                yield first, second
            else:
                yield from ((first, *others) for others in _taken_apart(rest))

"""Words by which values are told from the names of people, and given names that are frequent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FrequentNames", "ValueWords", "frequent_names", "value_words"]

SHORTEST_PART, SHORTEST_STEM = 5, 4


@dataclass(frozen=True)
class ValueWords:
    """Words of values and of fields that hold no person; `value_words.toml` says what each list is."""

    of_things: frozenset[str]
    of_numbers: frozenset[str]
    of_days: frozenset[str]
    of_people: frozenset[str]
    agent_ends: tuple[str, ...]
    before_capitals: tuple[str, ...]
    generic: frozenset[str]
    of_streets: frozenset[str]
    street_ends: tuple[str, ...]
    titles: frozenset[str]
    of_firms: frozenset[str]
    called_like_people: frozenset[str]
    ordinary: frozenset[str]
    ordinary_ends: tuple[str, ...]

    @cached_property
    def of_thing(self) -> re.Pattern[str]:
        """Finds a joined word that ends with a word for a thing, or has a word for its name behind it: `firmenname`."""
        words = "|".join(sorted(word for word in self.of_things if len(word) >= SHORTEST_PART))
        return re.compile(rf"(?:{words})$|^(?:{words})(?:s|n|en|es)?(?:name|naam|namn|navn)$")

    @cached_property
    def agent(self) -> re.Pattern[str]:
        """Finds the end of a word for who does something."""
        return re.compile(rf"(?:{'|'.join(self.agent_ends)})$")

    @cached_property
    def inner_capital(self) -> re.Pattern[str]:
        """Finds a part of a name with a capital inside."""
        return re.compile(rf"(?:{'|'.join(self.before_capitals)})[A-Z][a-z]+")

    @cached_property
    def street(self) -> re.Pattern[str]:
        """Finds the end of a street's joined name."""
        return re.compile(rf"[^\W\d_]{{3}}(?:{'|'.join(self.street_ends)})$")

    @cached_property
    def ordinary_end(self) -> re.Pattern[str]:
        """Finds the end of an ordinary word."""
        return re.compile(rf"[^\W\d_]{{{SHORTEST_STEM}}}(?:{'|'.join(self.ordinary_ends)})$")


@dataclass(frozen=True, slots=True)
class FrequentNames:
    """Given names that are frequent somewhere, and the family names of East Asia."""

    given: frozenset[str]
    family_of_japan: frozenset[str]
    family_of_china: frozenset[str]
    family_of_korea: frozenset[str]


@cache
def value_words() -> ValueWords:
    """Read the table of words, once."""
    return read_toml("people/value_words", ValueWords)


@cache
def frequent_names() -> FrequentNames:
    """Read the table of names, once."""
    return read_toml("people/given_names", FrequentNames)

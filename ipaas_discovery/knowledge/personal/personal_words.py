"""Words of personal fields and texts in the languages that systems are written in."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.table_reader import converted, read_toml

__all__ = ["PersonalWords", "fold", "folded_words", "personal_words", "spellings", "without_umlauts"]

LETTERS = str.maketrans({"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "đ": "d", "\u0131": "i"})
"""Letters that Unicode does not take apart."""
CUSTOM = re.compile(r"__(?:p?c|r)$")
"""The end of the name of a field that a customer of Salesforce made."""
DISPLAYED = "@OData.Community.Display.V1.FormattedValue"
"""The end of the name under which Dynamics tells what a reference or a code means: `_ownerid_value@…`."""


@dataclass(frozen=True, slots=True)
class BesideWords:
    """Names of members that say what stands beside them; `words.toml` says what each list is."""

    naming: frozenset[str]
    values: frozenset[str]
    ways: frozenset[str]
    changes: frozenset[str]
    kinds: frozenset[str]
    answers: frozenset[str]
    columns: frozenset[str]
    about_columns: frozenset[str]
    kept_by: frozenset[str]
    addresses: frozenset[str]


@dataclass(frozen=True)
class TextWords:
    """Words that stand before a name in a text, or are a name and a word."""

    titles: tuple[str, ...]
    cues: tuple[str, ...]
    labels: frozenset[str]
    no_names: frozenset[str]
    titled_brands: tuple[str, ...]
    says_nothing: frozenset[str]
    says_about: frozenset[str]
    profiles: tuple[str, ...]
    card_lines: tuple[str, ...]
    also_words: frozenset[str]

    @cached_property
    def before_names(self) -> frozenset[str]:
        """All words that may stand before a name, of several the last."""
        return frozenset(words.rpartition(" ")[2] for words in (*self.titles, *self.cues))

    @cached_property
    def nothing(self) -> re.Pattern[str]:
        """Finds one that says nothing among texts in small letters, each on a line of its own."""
        return re.compile(rf"\n(?:{'|'.join(map(re.escape, sorted(self.says_nothing)))}|\{{\{{|\*\|)")

    @cached_property
    def card_line(self) -> re.Pattern[str]:
        """Finds a line of a visiting card."""
        return re.compile(
            rf"(?P<head>^(?:item\d+\.)?(?:{'|'.join(self.card_lines)})(?:;[^:\n]*)?:)(?P<value>[^\r\n]+)", re.MULTILINE
        )

    @cached_property
    def introduced(self) -> re.Pattern[str]:
        """Finds a name after a title, or two words with capitals after a cue."""
        word = r"[^\W\d_a-zà-ÿа-я][^\W\d_]+(?:['\u2019-][^\W\d_]+)*"
        titles, cues = "|".join(map(re.escape, self.titles)), "|".join(map(re.escape, self.cues))
        return re.compile(rf"\b(?i:{titles})\b[.,]?[ ]+({word}(?:[ ]{word})?)|\b(?i:{cues})[ ]+({word}[ ]{word})")


@dataclass(frozen=True)
class PersonalWords:
    """Words of personal fields and texts; `words.toml` says what each list is."""

    names: frozenset[str]
    words: frozenset[str]
    parts: tuple[str, ...]
    whole: frozenset[str]
    on_card: frozenset[str]
    papers: frozenset[str]
    on_papers: frozenset[str]
    vehicles: frozenset[str]
    on_vehicles: frozenset[str]
    after_persons: frozenset[str]
    short: dict[str, str]
    parts_of_name: frozenset[str]
    between: frozenset[str]
    done: dict[str, str]
    agents: tuple[str, ...]
    no_agents: frozenset[str]
    by_things: frozenset[str]
    called: frozenset[str]
    called_for: frozenset[str]
    joined: tuple[str, ...]
    of_a_person: frozenset[str]
    names_of_a_person: frozenset[str]
    persons: frozenset[str]
    done_by: frozenset[str]
    alone: frozenset[str]
    logged_in: frozenset[str]
    nobody: frozenset[str]
    things: frozenset[str]
    of_somebody: frozenset[str]
    reached: frozenset[str]
    no_people: frozenset[str]
    firms: frozenset[str]
    goods: frozenset[str]
    told_of_goods: frozenset[str]
    wraps: frozenset[str]
    codes: frozenset[str]
    beside: BesideWords
    texts: TextWords

    @cached_property
    def part(self) -> re.Pattern[str]:
        """Finds a part that makes joined words personal."""
        return re.compile("|".join(map(fold, self.parts)))

    @cached_property
    def compound(self) -> re.Pattern[str]:
        """Splits a joined word into whose name it is, and the word for a name."""
        return re.compile(rf"(.{{3,60}}?)(?:s|en|n)?(?:{'|'.join(self.joined)})")

    @cached_property
    def agent(self) -> re.Pattern[str]:
        """Finds the end of a word for who does something."""
        return re.compile("|".join(map(fold, self.agents)))


@cache
def personal_words() -> PersonalWords:
    """Read the table of words, once, its words folded as names of fields are."""
    import msgspec  # noqa: PLC0415  an import of the package reads no knowledge

    raw = msgspec.to_builtins(read_toml("personal/words", PersonalWords))
    folded = {name: [*map(fold, value)] for name, value in raw.items() if isinstance(value, list)}
    return converted({**raw, **folded}, PersonalWords)


def fold(text: str) -> str:
    """Remove the accents of a text, whose case stays.

    >>> fold("Straße"), fold("prénom"), fold("miejscowość")
    ('Strasse', 'prenom', 'miejscowosc')
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


def spellings(word: str) -> tuple[str, str, str]:
    """Give a word in small letters as it is, without accents, and with its umlauts spelled out.

    >>> spellings("müller")
    ('müller', 'muller', 'mueller')
    """
    return word, fold(word), fold(word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


@lru_cache(65_536)
def without_umlauts(word: str) -> str:
    """Write a folded word as its umlauts are folded, where it spells them out.

    >>> without_umlauts("kaeufer"), without_umlauts("empfaenger")
    ('kaufer', 'empfanger')
    """
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(65_536)
def folded_words(name: str) -> tuple[str, ...]:
    """Split a name into words without accents.

    >>> folded_words("dirección_envío"), folded_words("FechaNacimiento")
    (('direccion', 'envio'), ('fecha', 'nacimiento'))
    >>> folded_words("_ownerid_value@OData.Community.Display.V1.FormattedValue")
    ('owner',)
    """
    if name.endswith(DISPLAYED):
        name = name.removesuffix(DISPLAYED).removeprefix("_").removesuffix("_value").removesuffix("id")
    return split_words(CUSTOM.sub("", fold(name)))

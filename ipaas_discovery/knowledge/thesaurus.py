"""Words that mean the same in commerce APIs: an editable thesaurus brings a name to one spelling."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.name_words import split_words

__all__ = ["SYNONYMS", "Thesaurus"]

SYNONYMS = Path(__file__).with_name("thesaurus.toml")
"""The thesaurus that ships with the kit; a text file that may be edited."""
FOREIGN = Path(__file__).with_name("matching") / "foreign_words.toml"
"""Words of other languages, which are read beside it."""

Words = tuple[str, ...]

SHORTEST = 3
"""Letters of a piece of words that are written as one."""

NEVER_LAST = frozenset({"a", "is", "of", "or"})
"""Short words that end no name: an editor is no `edit or`."""

LONGEST = 40
"""Letters of a word that is still split."""

MOST = 4
"""Meanings of one name that are followed."""

UNIT = 0.2
"""Weight of a unit in a name: a weight in pounds is a weight."""
NUMBER = 0.5
"""Weight of a number in a name: a second description is no second line of an address."""

COMPOUNDED, WITHIN = 4, 6
"""Letters of a word of another language that is looked for inside a longer one, and inside a longer name as a phrase:
`cap` is a postal code in Italian, and an upper limit in English."""


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """One spelling for each meaning, the fields of meaning that words belong to, and the weight of each word.

    >>> Thesaurus.load().meanings(("first", "name")), Thesaurus.load().meanings(("qty",))
    ((('given', 'name'),), (('quantity',),))
    """

    words: Mapping[str, Words]
    phrases: Mapping[Words, Words]
    containers: Mapping[Words, Words]
    light: Mapping[str, float]
    known: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    opposites: Sequence[Sequence[frozenset[str]]] = ()
    units: frozenset[str] = frozenset()
    short: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    begins: Mapping[str, Words] = field(default_factory=dict)
    also: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    spelled: Mapping[Words, Words] = field(default_factory=dict)
    remembered: dict[tuple[bool, Words], tuple[Words, ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def load(cls, path: Path | None = None) -> Thesaurus:
        """Read the thesaurus in `path`, by default the one that ships; read once.

        Raises:
            ConfigurationError: if the file cannot be read, or a part of it is not what it should be.
        """
        return _load(path or SYNONYMS)

    def meanings(self, words: Words) -> tuple[Words, ...]:
        """List what a field's name may mean, each in the one spelling: `state` is a region or a status."""
        return self._translated(words, self.phrases)

    def literal(self, words: Words) -> Words:
        """Read a name word by word, whatever phrases it holds.

        >>> Thesaurus.load().literal(("business", "name")), Thesaurus.load().meanings(("business", "name"))
        (('company', 'name'), (('company',),))
        """
        spelled = (word for name in words for piece in self.pieces(name) for word in self._word(piece)[:1])
        return tuple(dict.fromkeys(spelled))

    def container(self, words: Words) -> Words:
        """Translate the name of a parent object or list."""
        return self._translated(words, self.containers)[0]

    def weight(self, word: str) -> float:
        """Weigh a word: 1 for an ordinary one, less for those that stand everywhere."""
        return self.light.get(word, NUMBER if word.isdigit() else 1.0)

    def specificity(self, words: Words) -> float:
        """Measure how much a name says, 0 to 1: the mean weight of its words."""
        return sum(map(self.weight, words)) / len(words) if words else 0.0

    def role(self, words: Words) -> str:
        """Tell what sort of value a name stands for, by its last word that says so; empty where none does.

        >>> Thesaurus.load().role(("company", "number")), Thesaurus.load().role(("company", "name"))
        ('key', 'name')
        """
        return next((role for word in reversed(words) if (role := self.roles.get(word))), "")

    def knowing(self, words: Iterable[str]) -> Thesaurus:
        """Give a thesaurus that also knows these words when it splits those that are written as one."""
        more = (word for word in words if len(word) >= SHORTEST and word.isalpha())
        return replace(self, also=frozenset(more), remembered={})

    def nameless(self, words: Words) -> bool:
        """Tell whether words are no name but a number in a row of such: `col 3`.

        >>> [Thesaurus.load().nameless(words) for words in (("col", "3"), ("unnamed", "0"), ("line", "1"), ("field",))]
        [True, True, False, False]
        """
        return any(word.isdigit() for word in words) and all(word.isdigit() or word in self.empty for word in words)

    def place(self, words: Words) -> int:
        """Tell which of several like things a name stands for: 1 for the first, 2 for the second, 0 where it does not.

        >>> Thesaurus.load().place(("billing", "address")), Thesaurus.load().place(("address", "2"))
        (1, 2)
        """
        return next((order for word in words if (order := self.orders.get(word))), 0)

    def unmeasured(self, words: Words) -> Words:
        """Leave out what a name says at its end of how it is measured.

        >>> Thesaurus.load().unmeasured(("weight", "kg")), Thesaurus.load().unmeasured(("kg",))
        (('weight',), ('kg',))
        """
        return words[:-1] if len(words) > 1 and words[-1] in self.units else words

    def sides(self, words: AbstractSet[str]) -> Words:
        """Tell on which side of each row of opposites a name stands, a letter each; empty where on none.

        >>> [side for side in Thesaurus.load().sides({"shipping", "city"}) if side], Thesaurus.load().sides({"city"})[0]
        (['b'], '')
        """
        return tuple(
            "".join(letter for letter, side in zip(ascii_lowercase, row, strict=False) if side & words)
            for row in self.opposites
        )

    def pieces(self, word: str) -> Words:
        """Split words that are written as one, into as few as can be, if every piece is known; `update` is one.

        >>> Thesaurus.load().pieces("companyname"), Thesaurus.load().pieces("update")
        (('company', 'name'), ('update',))
        >>> Thesaurus.load().pieces("numberofemployees"), Thesaurus.load().pieces("ordno")
        (('number', 'of', 'employees'), ('ord', 'no'))
        >>> Thesaurus.load().pieces("translator"), Thesaurus.load().pieces("stateorprovince")
        (('translator',), ('state', 'or', 'province'))
        """
        if not 2 * SHORTEST - 1 <= len(word) <= LONGEST or self.knows(word):
            return (word,)
        best: list[Words | None] = [(), *([None] * len(word))]
        for end in range(SHORTEST - 1, len(word) + 1):
            for start in range(max(0, end - LONGEST), end - 1):
                before, piece = best[start], word[start:end]
                last = end == len(word) and piece in self.ends
                joins = piece in self.short and not (end == len(word) and piece in NEVER_LAST)
                fits = SHORTEST <= len(piece) < len(word) or (start > 0 and (last or joins))
                if before is not None and fits and (last or piece in self.also or self.knows(piece)):
                    longer = (*before, piece)
                    if best[end] is None or len(longer) < len(best[end] or ()):
                        best[end] = longer
        return best[-1] or (word,)

    def knows(self, word: str) -> bool:
        """Tell whether a word stands somewhere in the thesaurus, in the singular or plural."""
        return word in self.known or _singular(word) in self.known

    def _translated(self, words: Words, phrases: Mapping[Words, Words]) -> tuple[Words, ...]:
        key = (phrases is self.containers, words)
        if key not in self.remembered:
            self.remembered[key] = self._looked_up(words, phrases)
        return self.remembered[key]

    def _looked_up(self, words: Words, phrases: Mapping[Words, Words]) -> tuple[Words, ...]:
        """Look up the whole name as a phrase, else phrases of two words and more inside it, else word by word."""
        words = words if words in phrases else self._taken_apart(words)
        if words in phrases:
            return (_counted(phrases[words]),)
        choices: list[tuple[Words, ...]] = []
        start = 0
        while start < len(words):
            ends = (end for end in range(len(words), start + 1, -1) if self._fits(words, start, end, phrases))
            end = next(ends, start + 1)
            known = phrases.get(words[start:end]) if end > start + 1 else self._inside(words[start], phrases)
            choices.append((known,) if known else tuple((word,) for word in self._word(words[start])))
            start = end
        joined = (
            tuple(dict.fromkeys(word for part in choice for word in part)) for choice in islice(product(*choices), MOST)
        )
        turned = len(words) == 2 and not self.foreign.isdisjoint(words)  # noqa: PLR2004  "prix unitaire"
        several = any(len(choice) > 1 for choice in choices)
        spelled = {} if several or phrases is self.containers else self.spelled
        read = (
            phrases.get(one) or spelled.get(one) or (phrases.get(one[::-1]) if turned else None) or one
            for one in joined
        )
        return tuple(dict.fromkeys(map(_counted, read)))

    def _taken_apart(self, words: Words) -> Words:
        """Split what is written as one, without accents, and without the particles of another language."""
        pieces = tuple(piece for word in words for piece in self.pieces(self._plain(word)))
        if self.foreign.isdisjoint(pieces):
            return pieces
        return tuple(word for word in pieces[:-1] if word not in self.particles) + pieces[-1:]

    def _plain(self, word: str) -> str:
        """Spell a word without accents, as it is known, if it is."""
        if word.isascii():
            return word
        return next((spelled for spelled in spellings(word) if self.knows(spelled)), spellings(word)[0])

    @staticmethod
    def _fits(words: Words, start: int, end: int, phrases: Mapping[Words, Words]) -> bool:
        """Tell whether a phrase stands there; one with a number at its end ends the name, else it counts."""
        return words[start:end] in phrases and (end == len(words) or not words[end - 1].isdigit())

    def _inside(self, word: str, phrases: Mapping[Words, Words]) -> Words | None:
        """Look up a phrase of one word inside a longer name, unless the word has a plain meaning: `zip`, not `tax`."""
        plain = (
            word in self.whole
            or word in self.words
            or _singular(word) in self.words
            or word in self.plain
            or phrases is self.containers
        )
        return None if plain else phrases.get((word,))

    def _word(self, word: str) -> Words:
        return self.words.get(word) or self.words.get(_singular(word)) or (_singular(word),)


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))  # noqa: PLR2004  "gas"
    return word[:-1] if plural else word


def _counted(words: Words) -> Words:
    """Say a number of things as their count: it is no number that something is called by."""
    return (*map(_singular, words[2:]), "count") if words[:2] == ("number", "of") and len(words) > 2 else words  # noqa: PLR2004


def spellings(word: str) -> Words:
    """Spell a word without accents, and with ae, oe and ue for umlauts.

    >>> spellings("währung"), spellings("prénom")
    (('wahrung', 'waehrung'), ('prenom',))
    """
    umlauts = "".join(f"{sign}e" if mark == "\u0308" else sign for sign, mark in _marked(word))
    return tuple(dict.fromkeys(("".join(sign for sign, _ in _marked(word)), umlauts)))


def _marked(word: str) -> Iterator[tuple[str, str]]:
    """Yield each letter of a word, with the mark on it."""
    for letter in word.replace("ß", "ss").replace("ł", "l").replace("ø", "o"):
        parts = unicodedata.normalize("NFKD", letter)
        yield parts[0], parts[1:2]


@cache
def _load(path: Path) -> Thesaurus:
    thesaurus = _read(path)
    return thesaurus if path != SYNONYMS else _joined(thesaurus, _parsed(FOREIGN))


def _joined(own: Thesaurus, data: Mapping[str, Any]) -> Thesaurus:
    """Add the words of other languages to a thesaurus; what it knows already stays."""
    words: dict[str, Words] = {}
    for new, olds in _lists(data, "words", FOREIGN):
        for old in (spelled for one in olds for spelled in spellings(one)):
            words[old] = (*words.get(old, ()), *own.words.get(new, (new,)))
    rows = [(split_words(new), olds) for new, olds in _lists(data, "phrases", FOREIGN)]
    phrases = {split_words(spelled): new for new, olds in rows for old in olds for spelled in spellings(old)}
    words = {old: new for old, new in words.items() if old not in own.words and old not in own.plain}
    names = {old: new for old, new in phrases.items() if old not in own.phrases}
    foreign = {*words, *(word for phrase in phrases for word in phrase)} - own.plain
    return replace(
        own,
        words={**own.words, **words},
        phrases={**own.phrases, **names},
        known=own.known | {word for word in foreign if len(word) >= COMPOUNDED},
        foreign=frozenset(foreign),
        whole=frozenset(name[0] for name in names if len(name) == 1 and len(name[0]) < WITHIN),
        particles=frozenset(data["particles"]),
        remembered={},
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(
            f"The thesaurus cannot be read: {error}", where=str(path), then="correct or restore it"
        ) from error


def _read(path: Path) -> Thesaurus:
    data = _parsed(path)
    light = _section(data, "light", path)
    if not all(isinstance(share, int | float) for share in light.values()):
        raise ConfigurationError("A share in [light] is no number", where=str(path), then="write it as 0.5")
    words: dict[str, Words] = {}
    for new, olds in _lists(data, "words", path):
        words |= {old: (*words.get(old, ()), new) for old in olds}
    phrases = _phrases(data, "phrases", path)
    known = {
        *words,
        *light,
        *(word for entry in (*phrases.items(), *words.items()) for part in entry for word in _words_in(part)),
    }
    containers = _phrases(data, "containers", path)
    units = frozenset(word for _, words in _lists(data, "units", path) for word in words)
    weights = dict.fromkeys(units, UNIT) | {word: float(share) for word, share in light.items()}
    short = frozenset(word for word in {"id", *light} if len(word) < SHORTEST)
    plain = frozenset(new for new, _ in _lists(data, "words", path)) | light.keys()
    return Thesaurus(
        words,
        phrases,
        containers,
        light=weights,
        known=frozenset(known),
        plain=plain,
        fields=_fields(data, path),
        roles=_roles(data, path),
        orders=_orders(data, path),
        opposites=tuple(
            tuple(frozenset(word.split()) for word in words) for _, words in _lists(data, "opposites", path)
        ),
        units=units,
        short=short,
        empty=frozenset(word for new, words in _lists(data, "nameless", path) for word in (new, *words)),
        ends=frozenset(word for _, words in _lists(data, "ends", path) for word in words),
        spelled=_spelled(phrases, words),
        begins={short: split_words(new) for new, olds in _lists(data, "begins", path) for short in olds},
    )


def _spelled(phrases: Mapping[Words, Words], words: Mapping[str, Words]) -> dict[Words, Words]:
    """Spell phrases of several words as names of their words' abbreviations are: `person no` as `person number`.

    Those that would then stand for two things are left out, and ids: an item's id is no item number; so are words of
    two meanings.
    """
    spelled: dict[Words, set[Words]] = {}
    for phrase, meaning in phrases.items():
        plain = [words.get(word) or words.get(_singular(word)) or (_singular(word),) for word in phrase]
        name = tuple(dict.fromkeys(meanings[0] for meanings in plain))
        if len(name) > 1 and name[-1] != "id" and all(len(meanings) == 1 for meanings in plain):
            spelled.setdefault(name, set()).add(meaning)
    return {name: meanings.pop() for name, meanings in spelled.items() if len(meanings) == 1}


def _orders(data: Mapping[str, Any], path: Path) -> dict[str, int]:
    return {word: place for place, (_, words) in enumerate(_lists(data, "order", path), 1) for word in words}


def _roles(data: Mapping[str, Any], path: Path) -> dict[str, str]:
    return {word: role for role, words in _lists(data, "roles", path) for word in words}


def _fields(data: Mapping[str, Any], path: Path) -> dict[str, frozenset[str]]:
    fields: dict[str, frozenset[str]] = {}
    for name, words in _lists(data, "near", path):
        fields |= {word: fields.get(word, frozenset()) | {name} for word in [name, *words]}
    return fields


def _words_in(part: str | Sequence[str]) -> Sequence[str]:
    return (part,) if isinstance(part, str) else part


def _phrases(data: Mapping[str, Any], section: str, path: Path) -> dict[Words, Words]:
    pairs = [(split_words(new), olds) for new, olds in _lists(data, section, path)]
    return {split_words(old): new for new, olds in pairs for old in [*olds, " ".join(new)]}


def _lists(data: Mapping[str, Any], section: str, path: Path) -> list[tuple[str, list[str]]]:
    table = _section(data, section, path)
    for new, olds in table.items():
        if not isinstance(olds, list) or not all(isinstance(old, str) for old in olds):
            raise ConfigurationError(
                f"[{section}] {new} is no list of words", where=str(path), then='write it as quantity = ["qty"]'
            )
    return list(table.items())


def _section(data: Mapping[str, Any], section: str, path: Path) -> Mapping[str, Any]:
    table = data.get(section, {})
    if not isinstance(table, dict):
        raise ConfigurationError(f"{section} is no table", where=str(path), then=f"write it as [{section}]")
    return table

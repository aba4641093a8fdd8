"""Names that a record or its pull tells, told again in titles, notes and file names: the same pseudonyms there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import personal_words
from ipaas_discovery.knowledge.sensitive_names import sensitive_names

__all__ = ["KnownNames", "NamesInText"]

WORD = re.compile(r"([^\W\d_]+)")
SHORTEST = 3
"""Letters of the shortest name that is looked for: initials occur in too many other words."""
NEAR = 2
"""Signs between two parts of one name at most."""
MOST_KNOWN = 500_000


class KnownNames:
    """The names that the answers of a pull have told so far; safe to use from several threads.

    >>> known = KnownNames()
    >>> known.add("Xanthe Brown"), known.masked("Ask Xanthe, in brown", str.swapcase)
    (None, 'Ask xANTHE, in brown')
    """

    def __init__(self) -> None:
        self._words: set[str] = set()

    def add(self, name: str) -> None:
        """Remember the words of a name that are no words beside."""
        if len(self._words) < MOST_KNOWN:
            also = personal_words().texts.also_words
            self._words.update(word.title() for word in _words(name) if word not in also)

    def masked(self, text: str, mask: Callable[[str], str]) -> str:
        """Replace the known names in a text, where they are written with a capital."""
        words = WORD.split(text)
        if self._words.isdisjoint(words) and self._words.isdisjoint(map(str.title, filter(str.isupper, words))):
            return text
        return "".join(mask(word) if word.title() in self._words and word[0].isupper() else word for word in words)

    def has(self, text: str) -> bool:
        """Tell whether all words of a text are known names."""
        words = WORD.findall(text)
        return bool(words) and all(word.title() in self._words for word in words)


@dataclass(slots=True, eq=False)
class NamesInText:
    """The names of one record and its texts, in which they are replaced once all of the record is known.

    >>> names, record = NamesInText(), {"note": "Ask ada, or Ada's mother"}
    >>> names.add_name("Ada Example"), names.add_text(record, "note", free=True), names.apply(str.swapcase)
    (None, None, None)
    >>> record
    {'note': "Ask ADA, or aDA's mother"}
    """

    whole: bool = False
    """True for a whole answer, in which each object of a list is a record of its own."""
    names: set[str] = field(default_factory=set)
    texts: list[tuple[Any, Any]] = field(default_factory=list)
    free: list[tuple[Any, Any]] = field(default_factory=list)

    def add_name(self, name: str) -> None:
        """Remember a person's name."""
        self.names.update(_words(name))

    def add_text(self, holder: Any, key: Any, *, free: bool = False) -> None:  # noqa: ANN401  an object and a key, or a list and a position
        """Remember a text of the record, by where it stands; people write what they like in a free one."""
        (self.free if free else self.texts).append((holder, key))

    def apply(self, mask: Callable[[str], str]) -> None:
        """Replace the names in the texts."""
        names = self.names
        if not names:
            return
        also = personal_words().texts.also_words
        for texts, free in ((self.texts, False), (self.free, True)):
            together = "\n".join([holder[key] for holder, key in texts]).lower()
            here = [name for name in names if name in together]
            if not here or not (free or len(here) > 1 or here[0] not in also):
                continue
            for holder, key in texts:
                text = holder[key]
                lower = text.lower()
                inside = [name for name in here if name in lower]
                if inside and (free or len(inside) > 1 or inside[0] not in also):
                    holder[key] = _replaced(text, lower, inside, mask, free=free)

    def apply_known(self, known: KnownNames, mask: Callable[[str], str]) -> None:
        """Replace the names that the pull has told in the free texts."""
        for holder, key in self.free:
            holder[key] = known.masked(holder[key], mask)


def _replaced(text: str, lower: str, names: list[str], mask: Callable[[str], str], *, free: bool) -> str:
    """Replace names in a text; one that is a word as well only in free text, or beside another."""
    if len(lower) != len(text):
        return text  # a letter whose small form is two letters; no alphabet of names has one inside a word
    spans = sorted(span for name in names for span in _whole_words(lower, name))
    also, parts, end = personal_words().texts.also_words, [], 0
    for at, (start, stop) in enumerate(spans):
        near = [
            other for other in spans[max(at - 1, 0) : at + 2] if other[0] - stop <= NEAR and start - other[1] <= NEAR
        ]
        if free or lower[start:stop] not in also or len(near) > 1:
            parts += [text[end:start], mask(text[start:stop])]
            end = stop
    return "".join([*parts, text[end:]])


def _whole_words(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text as a word of its own."""
    start = text.find(name)
    while start >= 0:
        stop = start + len(name)
        if not text[start - 1 : start].isalpha() and not text[stop : stop + 1].isalpha():
            yield start, stop
        start = text.find(name, stop)


def _words(name: str) -> Iterator[str]:
    particles = sensitive_names().personal.particles
    for word in WORD.findall(name.lower()):
        if len(word) >= SHORTEST and word not in particles:
            yield word

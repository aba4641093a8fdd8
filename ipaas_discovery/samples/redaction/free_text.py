"""Names that a record tells, told again in its titles, notes and file names: the same pseudonyms there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import personal_words, spellings
from ipaas_discovery.knowledge.sensitive_names import sensitive_names

__all__ = ["WORD", "NamesInText"]

WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3
"""Letters of the shortest name that is looked for: initials occur in too many other words."""
NEAR, BETWEEN = 2, "\n" * 3
"""Signs between two parts of one name at most, and what stands between two texts."""


@dataclass(slots=True, eq=False)
class NamesInText:
    """The names of one record and its texts, in which they are replaced once all of the record is known.

    >>> names, record = NamesInText(), {"note": "Ask ada, or Ada's mother"}
    >>> names.add_name("Ada Example"), names.add_text(record, "note", free=True), names.apply(str.swapcase)
    (None, None, None)
    >>> record
    {'note': "Ask ADA, or aDA's mother"}

    Attributes:
        whole: true for a whole answer, in which each object of a list is a record of its own.
        names: the words of the record's names.
        shared: the words of all names of the answer that are no words beside, with a capital.
        texts: the places of its texts: an object and a key, or a list and a position.
        free: the places of those where people write what they like.
        keyed: its objects with a key that may be a name.
    """

    whole: bool = False
    names: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    texts: list[tuple[Any, Any]] = field(default_factory=list)
    free: list[tuple[Any, Any]] = field(default_factory=list)
    keyed: list[dict[str, Any]] = field(default_factory=list)

    def add_name(self, name: str) -> None:
        """Remember a person's name."""
        words, capitalised = _words(name)
        self.names.update(words)
        self.shared.update(capitalised)

    def add_text(self, holder: Any, key: Any, *, free: bool = False) -> None:  # noqa: ANN401  an object and a key, or a list and a position
        """Remember a text of the record, by where it stands; people write what they like in a free one."""
        (self.free if free else self.texts).append((holder, key))

    def apply(self, mask: Callable[[str], str]) -> None:
        """Replace the names in the texts."""
        if not self.names:
            return
        for places, free in ((self.texts, False), (self.free, True)):
            texts = [holder[key] for holder, key in places]
            joined = BETWEEN.join(texts)
            if (without := self._without(joined, mask, free=free)) is joined:
                continue
            parts = without.split(BETWEEN)
            if len(parts) != len(texts):  # one of them holds as many lines
                parts = [self._without(text, mask, free=free) for text in texts]
            for (holder, key), text, part in zip(places, texts, parts, strict=True):
                if part != text:
                    holder[key] = part

    def _without(self, text: str, mask: Callable[[str], str], *, free: bool) -> str:
        """Replace the names in a text."""
        spans = self._spans(text, free=free)
        return _replaced(text, spans, mask) if spans else text

    def _spans(self, written: str, *, free: bool) -> list[tuple[int, int]]:
        """Find the names in a text; one that is a word as well only in free text, or beside another."""
        text, also = lower(written), personal_words().texts.also_words
        names = [name for name in self.names if name in text]
        if not names or not (free or len(names) > 1 or names[0] not in also):
            return []
        spans = _apart(written, _places(names, text), {name[0] for name in self.names})
        if free or not any(start - stop <= NEAR for (_, stop), (start, _) in pairwise(spans)):
            return spans if free else [span for span in spans if text[slice(*span)] not in also]
        return [
            span for at, span in enumerate(spans) if text[slice(*span)] not in also or _has_neighbour(text, spans, at)
        ]

    def part(self) -> NamesInText:
        """Begin a record of its own inside of the answer."""
        return NamesInText(shared=self.shared, keyed=self.keyed)

    def take_up(self, part: NamesInText) -> None:
        """Take up the texts of a record that is done."""
        self.texts += part.texts
        self.free += part.free


def lower(text: str) -> str:
    """Write a text in small letters, as many as before."""
    return text.replace("\u0130", "I").lower()


def _places(parts: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Find each place of some parts in a text, in their order."""
    spans = []
    for part in parts:
        start, length = text.find(part), len(part)
        while start >= 0:
            spans.append((start, start + length))
            start = text.find(part, start + length)
    return sorted(spans)


def _replaced(text: str, spans: Iterable[tuple[int, int]], mask: Callable[[str], str]) -> str:
    """Replace the parts of a text."""
    parts, end = [], 0
    for start, stop in spans:
        if start < end:
            continue
        parts += [text[end:start], mask(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def _has_neighbour(text: str, spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether another name stands beside one."""
    start, stop = spans[at]
    near = [span for span in spans[max(at - 1, 0) : at + 2] if span[0] - stop <= NEAR and start - span[1] <= NEAR]
    return len({text[slice(*span)] for span in near}) > 1


def _apart(text: str, spans: list[tuple[int, int]], initials: set[str]) -> list[tuple[int, int]]:
    """Keep the names that stand apart from other letters.

    A sign or a capital parts them, or another name to which they are glued, or the initial of one: `aexample`.

    Args:
        text: the text.
        spans: where names stand.
        initials: the first letters of all names.
    """
    for start, stop in spans:
        if text[start - 1 : start].isalpha() or text[stop : stop + 1].isalpha():
            break
    else:
        return spans
    starts, ends = ({span[at] for span in spans} for at in (0, 1))
    return [
        (start, stop)
        for start, stop in spans
        if (start in ends or _begins(text, start, initials)) and (stop in starts or _stops(text, stop, initials))
    ]


def _begins(text: str, at: int, initials: set[str]) -> bool:
    """Tell whether a name may begin there."""
    if not text[at - 1 : at].isalpha() or _turns(text, at):
        return True
    return text[at - 1].lower() in initials and not text[max(at - 2, 0) : at - 1].isalpha()


def _stops(text: str, at: int, initials: set[str]) -> bool:
    """Tell whether a name may end there; one letter after it is an initial or makes it a possessive."""
    if not text[at : at + 1].isalpha() or _turns(text, at):
        return True
    return text[at].lower() in initials | {"s"} and not text[at + 1 : at + 2].isalpha()


def _turns(text: str, at: int) -> bool:
    """Tell whether a capital follows a small letter there."""
    return text[at - 1 : at].islower() and text[at : at + 1].isupper()


@lru_cache(65_536)
def _words(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List the words of a name, and those that are no words beside, with a capital."""
    particles, also = sensitive_names().personal.particles, personal_words().texts.also_words
    written = [word for word in WORD.findall(lower(name)) if len(word) >= SHORTEST and word not in particles]
    words = written if name.isascii() else [*dict.fromkeys(form for word in written for form in spellings(word))]
    return tuple(words), tuple(word.title() for word in words if word not in also)

"""Names that the answers of one pull tell, and the free texts of others in which they are replaced at its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from threading import Lock
from typing import Any

from ipaas_discovery.knowledge.personal.personal_words import personal_words
from ipaas_discovery.samples.redaction.free_text import WORD, NamesInText
from ipaas_discovery.samples.redaction.map_keys import is_like_name

__all__ = ["PullNames", "Waiting", "with_changes"]

CAPITALISED = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*")
"""A word that may begin with a capital."""
Waiting = Mapping[str, bool]
"""Texts that wait for names, and whether each is a key, which is a name as a whole or not at all."""
SHORTEST = 5
"""Letters of the shortest name that is known with an `s` behind it."""
MOST_NAMES, MOST_WAITING = 500_000, 30_000_000
"""Names that are remembered, and letters of the texts that wait for them."""


class PullNames:
    """The names that a pull has told, safe to use from several threads.

    An answer's own names are replaced in its free texts at once, those of other answers when the pull is settled: so
    what becomes of a text does not depend on the order in which answers come.

    >>> names = PullNames(str.swapcase)
    >>> names.hear(NamesInText(shared={"Xanthe"}))
    {}
    >>> note = {"note": "Ask Xanthe, in brown"}
    >>> names.hear(NamesInText(free=[(note, "note")])), names.settle()
    ({'Ask Xanthe, in brown': False}, {'Ask Xanthe, in brown': 'Ask xANTHE, in brown'})

    Args:
        mask: gives the pseudonym of a text.
    """

    def __init__(self, mask: Callable[[str], str]) -> None:
        self._mask = mask
        self._lock = Lock()
        self._heard: set[str] = set()
        self._settled: frozenset[str] = frozenset()
        self._pseudonyms: set[str] = set()
        self._waiting: dict[str, bool] = {}
        self._letters = 0

    @property
    def overflows(self) -> bool:
        """True if more texts wait than are remembered."""
        return self._letters > MOST_WAITING

    def hear(self, answer: NamesInText) -> Waiting:
        """Replace an answer's own names in its free texts, and give those that wait for the names of others."""
        waiting: dict[str, bool] = {}
        for holder, key in answer.free:
            text = holder[key]
            if text.islower() or not (words := CAPITALISED.findall(text)):
                continue
            if any(self._masked_word(word, answer.shared) != word for word in words):
                text = holder[key] = self._without(text, answer.shared)
            waiting[text] = False
        for holder in answer.keyed:
            for key in self._renamed(holder, answer.shared):
                waiting.setdefault(key, True)
        with self._lock:
            if len(self._heard) < MOST_NAMES:
                self._heard |= answer.shared
            self._wait(waiting)
        return waiting

    def hear_again(self, answer: NamesInText) -> Waiting:
        """Take the pseudonyms of names, and the free texts, from an answer that is redacted already."""
        waiting = {holder[key]: False for holder, key in answer.free if CAPITALISED.search(holder[key])}
        for key in (key for holder in answer.keyed for key in holder if is_like_name(key)):
            waiting.setdefault(key, True)
        with self._lock:
            self._pseudonyms |= answer.shared
            self._wait(waiting)
        return waiting

    def _wait(self, texts: Waiting) -> None:
        for text, is_key in texts.items():
            if text not in self._waiting:
                self._letters += len(text)
            if not self.overflows:
                self._waiting[text] = is_key and self._waiting.get(text, True)

    def settle(self) -> Mapping[str, str]:
        """Take all names told so far as known, and give what becomes of the texts that waited for them."""
        with self._lock:
            self._settled = frozenset(self._heard)
            waiting = dict(self._waiting)
        changes = self.changes_of(waiting)
        with self._lock:
            for text, masked in changes.items():
                self._waiting[masked] = self._waiting.pop(text)
        return changes

    def changes_of(self, waiting: Waiting) -> Mapping[str, str]:
        """Give what becomes of texts under the names that are known; those that stay are left out."""
        settled = {text: self._settled_text(text, is_key) for text, is_key in waiting.items()}
        return {text: masked for text, masked in settled.items() if masked != text}

    def masked(self, text: str) -> str:
        """Replace the names that are known in a text outside of any record, such as a header."""
        return self._without(text, self._settled)

    def _settled_text(self, text: str, is_key: bool) -> str:  # noqa: FBT001  a text and what it is
        if not is_key:
            return self._without(text, self._settled)
        return self._mask(text) if self._is_whole_name(text, self._settled) else text

    def _without(self, text: str, names: Container[str]) -> str:
        """Replace known names in a text, where they are written with a capital."""
        return CAPITALISED.sub(lambda match: self._masked_word(match[0], names), text)

    def _masked_word(self, word: str, names: Container[str]) -> str:
        """Replace a word that is a name, or somebody's."""
        if self._is_name(word, names):
            return self._mask(word)
        stem = word.removesuffix("s")
        return self._mask(stem) + "s" if stem != word and len(stem) >= SHORTEST and self._is_name(stem, names) else word

    def _is_name(self, word: str, names: Container[str]) -> bool:
        """Tell whether a word is a name that was told just now, or that is known."""
        if not word[0].isupper():
            return False
        title = word.title()
        if title in names or title in self._settled:
            return True
        also = personal_words().texts.also_words
        return bool(self._pseudonyms) and word.lower() not in also and self._mask(word).title() in self._pseudonyms

    def _is_whole_name(self, key: str, names: Container[str]) -> bool:
        return all(self._is_name(word, names) for word in WORD.findall(key))

    def _renamed(self, holder: dict[str, Any], names: Container[str]) -> list[str]:
        """Mask an object's keys that are names, in their places, and give those that may turn out to be some."""
        named = {key: self._is_whole_name(key, names) for key in holder if is_like_name(key)}
        if any(named.values()):
            members = [(self._mask(key) if named.get(key) else key, item) for key, item in holder.items()]
            holder.clear()
            holder.update(members)
        return [key for key, is_name in named.items() if not is_name]


def with_changes(value: Any, changes: Mapping[str, str]) -> Any:  # noqa: ANN401  any JSON value
    """Replace whole texts and keys in a JSON value; what does not change stays the same object.

    >>> with_changes([{"note": "Ask Ada", "Ada": 1}], {"Ask Ada": "Ask Esw"})
    [{'note': 'Ask Esw', 'Ada': 1}]
    """
    if isinstance(value, str):
        return changes.get(value, value)
    if isinstance(value, dict):
        inner = {changes.get(key, key): with_changes(item, changes) for key, item in value.items()}
        same = len(inner) == len(value) and all(
            key is other and item is value[key] for (key, item), other in zip(inner.items(), value, strict=True)
        )
        return value if same else inner
    if isinstance(value, list | tuple):
        items = [with_changes(item, changes) for item in value]
        same = all(item is other for item, other in zip(items, value, strict=True))
        return value if same else type(value)(items)
    return value

"""Likeness of names: word by word, rare words counting more, and by the runs of letters they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

__all__ = ["Lexicon", "Table", "as_known", "hashed", "letters", "rarity", "spread", "word_likeness"]

Table = NDArray[np.float32]
Words = tuple[str, ...]
Weight = Callable[[str], float]
Fields = Mapping[str, frozenset[str]]

BUCKETS = 2048
"""Places that terms are put in; two that fall together only blur."""
RUN = 3
"""Letters of a run."""
STEM = 4
"""Letters that words of one stem have in common at least."""
SHORTENED, STEMMED, SPELLED, CONTRACTED, NEAR = 0.65, 0.5, 0.85, 0.55, 0.6
ALIKE = 0.84
"""Share of equal letters from which a word may be the other misspelled."""
COMMON = 0.25
"""Weight of a word that every name has, beside one that a single name has."""
BLOCK = 512
"""Names that are compared at a time."""


@lru_cache(65_536)
def word_likeness(left: str, right: str) -> float:
    """Measure how alike two words are: 1 for the same, something for an abbreviation, a stem or a slip, else 0.

    >>> word_likeness("desc", "description"), word_likeness("modified", "modification"), word_likeness("tax", "fax")
    (0.65, 0.5, 0.0)
    """
    if left == right:
        return 1.0
    short, long = sorted((left, right), key=len)
    if len(short) < RUN or not (short.isalpha() and long.isalpha()):
        return 0.0
    if long.startswith(short):
        return SHORTENED if len(short) > RUN or len(long) > 2 * RUN else STEMMED
    if len(short) > STEM and Indel.normalized_similarity(short, long) >= ALIKE and short[0] == long[0]:
        return SPELLED if short[:STEM] == long[:STEM] else STEMMED
    common = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if common >= STEM and common >= 0.6 * len(short) and common >= len(long) / 2:
        return STEMMED
    return CONTRACTED if len(short) <= STEM and _contracts(short, long) else 0.0


def _contracts(short: str, long: str) -> bool:
    """Tell whether `short` is `long` with letters left out, its vowels first: `nbr` of `number`, `mgr` of `manager`."""
    if short[0] != long[0] or set(short[1:]) & set("aeiou"):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def rarity(sides: Sequence[Sequence[Words]]) -> Mapping[str, float]:
    """Weigh the words of names: 1 for a word in one name, less the larger the part of a side's names that has it.

    >>> weights = rarity([[("tax", "id"), ("tax", "name"), ("tax",)]])
    >>> weights["id"], weights["tax"]
    (1.0, 0.5)
    """
    weights: dict[str, float] = {}
    for names in sides:
        counts = Counter(word for name in names for word in set(name))
        for word, times in counts.items():
            weight = math.log(1 + len(names) / times) / math.log(1 + len(names))
            weights[word] = min(weights.get(word, 1.0), max(weight, COMMON))
    return weights


class Lexicon:
    """The words of both sides, how alike each two of them are, and what each weighs."""

    def __init__(self, left: Iterable[Words], right: Iterable[Words], weight: Weight, fields: Fields) -> None:
        """Take all names that will be compared; `fields` are the fields of meaning that a word belongs to."""
        self._ours, self._theirs = (sorted({word for name in side for word in name}) for side in (left, right))
        self._alike = _alike(self._ours, self._theirs, fields)
        self._at = [{word: place for place, word in enumerate(side)} for side in (self._ours, self._theirs)]
        self._weights = [np.array([*map(weight, side), 0.0], np.float32) for side in (self._ours, self._theirs)]

    def compare(self, rows: Sequence[Words], columns: Sequence[Words]) -> Table:
        """Measure the weighted share of words that have a like one on the other side: 1 for all, 0 for none.

        It is Dice's coefficient, each word counted by its likeness to the nearest word opposite.
        Every different pair of names is compared once: names repeat a lot.
        """
        ours, theirs = [*dict.fromkeys(rows)], [*dict.fromkeys(columns)]
        if not ours or not theirs:
            return np.zeros((len(rows), len(columns)), np.float32)
        places, opposite = self._places(ours, 0), self._places(theirs, 1)
        weights = self._weights[0][places], self._weights[1][opposite]
        total = np.add.outer(weights[0].sum(axis=1), weights[1].sum(axis=1))
        common = _summed(_nearest(self._alike, opposite), places, weights[0])
        common += _summed(_nearest(self._alike.T, places), opposite, weights[1]).T
        table: Table = np.divide(common, total, out=np.zeros_like(common), where=total > 0)
        return spread(table, ours, theirs, rows, columns)

    def _places(self, names: Sequence[Words], side: int) -> NDArray[np.intp]:
        """Look up the words of each name; a place beyond the last stands for no word."""
        at, none = self._at[side], len(self._at[side])
        longest = max((len(name) for name in names), default=0)
        places = np.full((len(names), max(longest, 1)), none, np.intp)
        for row, name in enumerate(names):
            places[row, : len(name)] = [at[word] for word in name]
        return places


def _alike(ours: Sequence[str], theirs: Sequence[str], fields: Fields) -> Table:
    """Compare every word with every other, and leave room for no word; spelling needs one first letter."""
    table = np.zeros((len(ours) + 1, len(theirs) + 1), np.float32)
    beginning, meaning = _grouped(theirs, lambda word: [word[:1]]), _grouped(theirs, lambda word: fields.get(word, ()))
    for row, word in enumerate(ours):
        for name in fields.get(word, ()):
            table[row, meaning.get(name, [])] = NEAR
        for column in beginning.get(word[:1], []):
            table[row, column] = max(word_likeness(word, theirs[column]), table[row, column])
    return table


def _grouped(words: Sequence[str], names: Callable[[str], Iterable[str]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for name in names(word):
            groups.setdefault(name, []).append(place)
    return groups


def _nearest(alike: Table, names: NDArray[np.intp]) -> Table:
    """Look up for each word how alike the nearest word of each name is."""
    table: Table = alike[:, names[:, 0]]
    for place in range(1, names.shape[1]):
        np.maximum(table, alike[:, names[:, place]], out=table)
    return table


def _summed(nearest: Table, names: NDArray[np.intp], weights: Table) -> Table:
    """Add up the likeness of each name's words, as they weigh."""
    table: Table = nearest[names[:, 0]] * weights[:, :1]
    for place in range(1, names.shape[1]):
        filled = weights[:, place] > 0
        table[filled] += nearest[names[filled, place]] * weights[filled, place : place + 1]
    return table


def letters(rows: Sequence[str], columns: Sequence[str]) -> Table:
    """Compare texts by the runs of three letters they share, rare runs counting more."""
    ours, theirs = (
        [[f"^{text}$"[at : at + RUN] for at in range(len(text))] for text in side] for side in (rows, columns)
    )
    left, right = hashed(ours, theirs)
    table: Table = left @ right.T
    return table


def hashed(rows: Sequence[Sequence[str]], columns: Sequence[Sequence[str]]) -> tuple[Table, Table]:
    """Turn lists of terms into vectors of length 1, each term weighed by how few lists have it."""
    counted = [[Counter(terms) for terms in side] for side in (rows, columns)]
    frequency = Counter(term for side in counted for terms in side for term in terms)
    ours, theirs = ({term for terms in side for term in terms} for side in counted)
    places = {term: place % BUCKETS for place, term in enumerate(sorted(ours & theirs))}
    total = len(rows) + len(columns)
    rare = {term: math.log(1 + total / times) for term, times in frequency.items()}
    width = min(max(len(places), 1), BUCKETS)
    left, right = (_vectors(side, places, rare, width) for side in counted)
    return left, right


def _vectors(side: Sequence[Counter[str]], places: Mapping[str, int], rare: Mapping[str, float], width: int) -> Table:
    """Put each list's terms in their places; a term that only one side has lengthens its vector."""
    rest = np.zeros(len(side), np.float32)
    cells, weights = [], []
    for row, terms in enumerate(side):
        for term, times in terms.items():
            weight = (1 + math.log(times)) * rare[term]
            place = places.get(term)
            if place is None:
                rest[row] += weight * weight
            else:
                cells.append(row * width + place)
                weights.append(weight)
    table = np.bincount(cells, weights, len(side) * width).reshape(len(side), width).astype(np.float32)
    length = np.sqrt((table * table).sum(axis=1) + rest)
    scaled: Table = np.divide(table, length[:, None], out=table, where=length[:, None] > 0)
    return scaled


def as_known(table: Table, rows: Sequence[Any], columns: Sequence[Any]) -> Table:
    """Blank out the cells for which one side has nothing to compare."""
    empty = np.logical_or.outer([not row for row in rows], [not column for column in columns])
    table[empty] = np.nan
    return table


def spread(
    small: Table, ours: Sequence[Any], theirs: Sequence[Any], rows: Sequence[Any], columns: Sequence[Any]
) -> Table:
    """Look up each row's and each column's key in the table of the different ones."""
    if len(ours) == len(rows) and len(theirs) == len(columns):
        return small
    at_row, at_column = ({key: at for at, key in enumerate(keys)} for keys in (ours, theirs))
    table: Table = small[np.ix_([at_row[key] for key in rows], [at_column[key] for key in columns])]
    return table

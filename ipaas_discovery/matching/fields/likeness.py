"""Likeness of names: word by word, rare words counting more, and by the runs of letters they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

__all__ = ["Table", "as_known", "hashed", "letters", "rarity", "soft_words", "word_likeness"]

Table = NDArray[np.float32]
Words = tuple[str, ...]
Weight = Callable[[str], float]

BUCKETS = 2048
"""Places that terms are hashed to; two that fall together only blur."""
RUN = 3
"""Letters of a run."""
STEM = 4
"""Letters that words of one stem have in common at least."""
SHORTENED, STEMMED, SPELLED, CONTRACTED = 0.85, 0.75, 0.9, 0.7
ALIKE = 0.84
"""Share of equal letters from which a word may be the other misspelled."""


def word_likeness(left: str, right: str) -> float:
    """Measure how alike two words are: 1 for the same, something for an abbreviation, a stem or a slip, else 0.

    >>> word_likeness("desc", "description"), word_likeness("modified", "modification"), word_likeness("tax", "fax")
    (0.85, 0.75, 0.0)
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


def rarity(names: Iterable[Words]) -> Mapping[str, float]:
    """Weigh the words of names: 1 for a word in one name, less the more names have it."""
    counts = Counter(word for name in names for word in set(name))
    most = math.log(2 + max(counts.values(), default=0))
    return {word: 1 - 0.5 * math.log(1 + times) / most for word, times in counts.items()}


def soft_words(rows: Sequence[Words], columns: Sequence[Words], weight: Weight) -> Table:
    """Measure the weighted share of words that have a like one on the other side: 1 for all, 0 for none.

    It is Dice's coefficient, each word counted by its likeness to the nearest word opposite.
    """
    ours, theirs = (sorted({word for name in side for word in name}) for side in (rows, columns))
    if not ours or not theirs:
        return np.zeros((len(rows), len(columns)), np.float32)
    alike = _alike(ours, theirs)
    ours_of, theirs_of = _weights(rows, ours, weight), _weights(columns, theirs, weight)
    common = ours_of @ _nearest(alike, columns, theirs) + (theirs_of @ _nearest(alike.T, rows, ours)).T
    total = np.add.outer(ours_of.sum(axis=1), theirs_of.sum(axis=1))
    table: Table = np.divide(common, total, out=np.zeros_like(common), where=total > 0)
    return table


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> Table:
    """Compare every word with every other; only words with one first letter can be alike."""
    table = np.zeros((len(ours), len(theirs)), np.float32)
    columns: dict[str, list[int]] = {}
    for column, word in enumerate(theirs):
        columns.setdefault(word[:1], []).append(column)
    for row, word in enumerate(ours):
        for column in columns.get(word[:1], ()):
            table[row, column] = word_likeness(word, theirs[column])
    return table


def _weights(names: Sequence[Words], words: Sequence[str], weight: Weight) -> Table:
    at = {word: place for place, word in enumerate(words)}
    table = np.zeros((len(names), len(words)), np.float32)
    for row, name in enumerate(names):
        for word in name:
            table[row, at[word]] = weight(word)
    return table


def _nearest(alike: Table, names: Sequence[Words], words: Sequence[str]) -> Table:
    """Look up for each word how alike the nearest word of each name is."""
    at = {word: place for place, word in enumerate(words)}
    filled = [index for index, name in enumerate(names) if name]
    table = np.zeros((len(alike), len(names)), np.float32)
    if filled:
        flat = [at[word] for index in filled for word in names[index]]
        starts = np.cumsum([0, *(len(names[index]) for index in filled[:-1])])
        table[:, filled] = np.maximum.reduceat(alike[:, flat], starts, axis=1)
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
    shared = {term for terms in rows for term in terms} & {term for terms in columns for term in terms}
    frequency = Counter(term for side in (rows, columns) for terms in side for term in set(terms))
    total = len(rows) + len(columns)

    def vectors(side: Sequence[Sequence[str]]) -> Table:
        table = np.zeros((len(side), BUCKETS), np.float32)
        rest = np.zeros(len(side), np.float32)
        for row, terms in enumerate(side):
            for term, times in Counter(terms).items():
                weight = (1 + math.log(times)) * math.log(1 + total / frequency[term])
                if term in shared:
                    table[row, _bucket(term)] += weight
                else:
                    rest[row] += weight * weight
        length = np.sqrt((table * table).sum(axis=1) + rest)
        scaled: Table = np.divide(table, length[:, None], out=table, where=length[:, None] > 0)
        return scaled

    return vectors(rows), vectors(columns)


@cache
def _bucket(term: str) -> int:
    return crc32(term.encode("utf-8", "surrogatepass")) % BUCKETS


def as_known(table: Table, rows: Sequence[Any], columns: Sequence[Any]) -> Table:
    """Blank out the cells for which one side has nothing to compare."""
    empty = np.logical_or.outer([not row for row in rows], [not column for column in columns])
    table[empty] = np.nan
    return table

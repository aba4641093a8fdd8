"""Weighable for two records being the same, field by field, in bits: the rarer the value that agrees, the more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.records.names import Name, alike_given

__all__ = ["Bits", "Coded", "PersonEvidence", "Rows", "ValueEvidence", "Weighable", "Weights"]

Bits = NDArray[np.float32]
Rows = NDArray[np.int64]

CLOSE = 0.88
"""Likeness (Jaro-Winkler) from which two names are one with a slip of the pen."""
WORD = 4
"""Letters from which two words of the same letters are one."""
SHORT_WORD = 3
"""Letters from which two words are one with a letter missing, added, changed or swapped."""
SLIP = 0.7
"""Share of the bits of equal values that values with a slip of the pen carry."""
SHORT_FORM = 0.75
"""Share of the bits of equal given names that a short form carries."""
INITIAL = 2.0
OTHER_GIVEN, OTHER_FAMILY = -10.0, -5.0
"""Bits of names that differ: a family name changes with a wedding, a given name does not."""
SWAPPED = -2.0
LEAST, MOST_GIVEN, MOST_FAMILY = 3.0, 12.0, 13.0


class Weighable(Protocol):
    """One field, or some that belong together, of two records."""

    @property
    def aspect(self) -> str:
        """The side of a record that it speaks of; evidence of one aspect is added up before it is limited."""

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Weigh pairs of records, given by their positions: above 0 for, below 0 against."""

    def within(self, side: int) -> Weighable:
        """Give the same evidence for two records of one side: 0 is left, 1 is right."""


@dataclass(frozen=True)
class Coded:
    """One value a record on each side as numbers of one vocabulary; -1 where there is none."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    vocabulary: Sequence[str]

    @classmethod
    def of(cls, left: Sequence[Sequence[str]], right: Sequence[Sequence[str]]) -> Coded:
        """Number the values of both sides; a column for each value that a record may hold at once."""
        numbers: dict[str, int] = {}
        sides = [_numbered(side, numbers) for side in (left, right)]
        return cls(sides[0], sides[1], [*numbers])

    def within(self, side: int) -> Coded:
        """Lay one side's values beside themselves."""
        codes = (self.left, self.right)[side]
        return Coded(codes, codes, self.vocabulary)

    def rarity(self) -> Bits:
        """Give the bits of each value: how seldom a record of the side that holds it more often holds it."""
        shares = [
            np.bincount(side[side >= 0], minlength=len(self.vocabulary)) / max(1, len(side))
            for side in (self.left, self.right)
        ]
        return np.asarray(-np.log2(np.maximum(np.maximum(*shares), 1e-9)), dtype=np.float32)

    def most(self) -> NDArray[np.int64]:
        """Count for each value the records that hold it, on the side that has more of them."""
        counts = [np.bincount(side[side >= 0], minlength=len(self.vocabulary)) for side in (self.left, self.right)]
        return np.asarray(np.maximum(*counts))


def _numbered(rows: Sequence[Sequence[str]], numbers: dict[str, int]) -> NDArray[np.int32]:
    width = max(map(len, rows), default=0) or 1
    codes = np.full((len(rows), width), -1, dtype=np.int32)
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            codes[at, place] = numbers.setdefault(value, len(numbers))
    return codes


@dataclass(frozen=True)
class Weights:
    """Bits of values that agree and of values that differ.

    `agree` holds them for each value of the vocabulary; `close` gives the share of them for values that are only
    alike, 0 where they are not.
    """

    agree: Bits
    differ: float
    close: Callable[[Iterable[tuple[str, str]]], Bits] | None = None


@dataclass(frozen=True)
class ValueEvidence:
    """One field on each side."""

    aspect: str
    coded: Coded
    weights: Weights

    def within(self, side: int) -> ValueEvidence:
        """Give the evidence for two records of one side."""
        return replace(self, coded=self.coded.within(side))

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Weigh pairs: the best of their values counts."""
        total = np.zeros(len(left), dtype=np.float32)
        if not len(self.weights.agree):  # no side has a value
            return total
        both = np.zeros(len(left), dtype=bool)
        for i in range(self.coded.left.shape[1]):
            for j in range(self.coded.right.shape[1]):
                ours, theirs = self.coded.left[left, i], self.coded.right[right, j]
                filled = (ours >= 0) & (theirs >= 0)
                both |= filled
                bits = np.where(ours == theirs, self.weights.agree[ours], 0).astype(np.float32)
                if self.weights.close:
                    bits = np.maximum(bits, self._alike(ours, theirs, filled & (ours != theirs)))
                total = np.maximum(total, np.where(filled, bits, 0))
        return np.where(both & (total == 0), np.float32(self.weights.differ), total)

    def _alike(self, ours: NDArray[np.int32], theirs: NDArray[np.int32], where: NDArray[np.bool_]) -> Bits:
        bits = np.zeros(len(ours), dtype=np.float32)
        if self.weights.close and where.any():
            shares = per_pair(ours[where], theirs[where], self.coded.vocabulary, self.weights.close)
            bits[where] = shares * np.minimum(self.weights.agree[ours[where]], self.weights.agree[theirs[where]])
        return bits


@dataclass(frozen=True)
class PersonEvidence:
    """Given and family name together, as they may be swapped."""

    aspect: str
    given: Coded
    family: Coded
    """Both of one vocabulary."""

    @classmethod
    def of(cls, left: Sequence[Name], right: Sequence[Name]) -> PersonEvidence:
        """Number the names of both sides."""
        numbers: dict[str, int] = {}
        sides = [
            [_numbered([(name[part],) if name[part] else () for name in side], numbers) for side in (left, right)]
            for part in (0, 1)
        ]
        given, family = (Coded(left_codes, right_codes, [*numbers]) for left_codes, right_codes in sides)
        return cls("name", given, family)

    def within(self, side: int) -> PersonEvidence:
        """Give the evidence for two records of one side."""
        return replace(self, given=self.given.within(side), family=self.family.within(side))

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Weigh pairs as they stand and swapped; the better counts."""
        straight = self._part(self.given, self.given, left, right, given=True)
        straight += self._part(self.family, self.family, left, right, given=False)
        crossed = self._part(self.given, self.family, left, right, given=False)
        crossed += self._part(self.family, self.given, left, right, given=False) + SWAPPED
        return np.maximum(straight, np.where(crossed > -SWAPPED, crossed, straight))

    def other_person(self, left: Rows, right: Rows) -> NDArray[np.bool_]:
        """Tell where the given names differ, swapped or not."""
        ours, theirs = self.given.left[left, 0], self.given.right[right, 0]
        crossed = self._part(self.given, self.family, left, right, given=False)
        crossed += self._part(self.family, self.given, left, right, given=False)
        straight = self._part(self.given, self.given, left, right, given=True)
        return np.asarray((ours >= 0) & (theirs >= 0) & (straight < 0) & (crossed <= 0))

    def _part(self, ours: Coded, theirs: Coded, left: Rows, right: Rows, *, given: bool) -> Bits:
        a, b = ours.left[left, 0], theirs.right[right, 0]
        filled, same = (a >= 0) & (b >= 0), a == b
        rarity = np.minimum(
            *(np.clip(side.rarity(), LEAST, MOST_GIVEN if given else MOST_FAMILY) for side in (ours, theirs))
        )
        bits = np.where(same, rarity[a], 0).astype(np.float32)
        other = filled & ~same
        if other.any():
            shares = per_pair(a[other], b[other], ours.vocabulary, _alike_given if given else _alike_family)
            lesser = np.minimum(rarity[a[other]], rarity[b[other]])
            bits[other] = np.select(
                [shares > 1, shares > 0], [INITIAL, shares * lesser], OTHER_GIVEN if given else OTHER_FAMILY
            )
        return np.where(filled, bits, np.float32(0))


def _alike_given(pairs: Iterable[tuple[str, str]]) -> Bits:
    pairs = [*pairs]
    shares = alike(pairs)
    for at, (a, b) in enumerate(pairs):
        if not shares[at]:
            if (len(a) == 1 or len(b) == 1) and a[0] == b[0]:
                shares[at] = 2
            elif alike_given(a, b):
                shares[at] = SHORT_FORM
    return shares


def _alike_family(pairs: Iterable[tuple[str, str]]) -> Bits:
    pairs = [*pairs]
    shares = alike(pairs)
    for at, (a, b) in enumerate(pairs):
        if not shares[at] and (" " in a or " " in b) and set(a.split()) & set(b.split()):
            shares[at] = SLIP
    return shares


def alike(pairs: Iterable[tuple[str, str]]) -> Bits:
    """Give the share of the bits for texts that are spelled alike, 0 where they are not."""
    from rapidfuzz.distance import OSA, JaroWinkler  # noqa: PLC0415  only what is not equal needs it
    from rapidfuzz.process import cpdist  # noqa: PLC0415  only what is not equal needs it

    pairs = [*pairs]
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    likeness = cpdist(ours, theirs, scorer=JaroWinkler.normalized_similarity, dtype=np.float32)
    slips = cpdist(ours, theirs, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) <= 1
    short = np.asarray([min(len(a), len(b)) >= SHORT_WORD for a, b in pairs])
    swapped = np.asarray([len(a) >= WORD and len(a) == len(b) and sorted(a) == sorted(b) for a, b in pairs])
    return np.where((likeness >= CLOSE) | swapped | (slips & short), SLIP, 0).astype(np.float32)


def per_pair(
    ours: NDArray[Any], theirs: NDArray[Any], words: Sequence[str], compute: Callable[[Iterable[tuple[str, str]]], Bits]
) -> Bits:
    """Compute once for each two words that meet."""
    met, where = np.unique(ours.astype(np.int64) * len(words) + theirs, return_inverse=True)
    return np.asarray(compute([(words[pair // len(words)], words[pair % len(words)]) for pair in met.tolist()])[where])

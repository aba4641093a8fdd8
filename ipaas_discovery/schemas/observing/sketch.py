"""Estimate how many different values there are, of more values than are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from math import inf, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DistinctSketch"]

PRECISION = 12
REGISTERS = 1 << PRECISION
"""One byte each: 4 kB a sketch."""
RANK_BITS = 64 - PRECISION
WIDE = 256
"""Characters of a text that are hashed in one step, side by side with other texts."""
GOLDEN = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio, the step of SplitMix64 (Steele, Lea, Flood 2014), whose mixer this is, too."""
MINUS_ONE = 0x1234567890ABCDEF
"""Beyond the hashes that Python gives to numbers, which stay below 2^61."""
Hashes = NDArray[np.uint64]


class DistinctSketch:
    """The number of different values, by a HyperLogLog of 4,096 registers (Flajolet et al. 2007).

    The standard error is 1.04 / sqrt(4096) = 1.6 %: two estimates of three are as near as that to the truth, 19 of 20
    within 3.3 %. The estimator is Ertl's (New cardinality estimation algorithms for HyperLogLog sketches, 2017),
    which needs no correction for few values or many. Registers only grow, so the estimate is the same to the last
    digit however values are split among sketches, in whichever order these are merged, in whichever process.

    >>> sketch = DistinctSketch()
    >>> sketch.add([f"SKU-{number}" for number in range(50_000)], texts=True)
    >>> 0.95 < sketch.estimate() / 50_000 < 1.05
    True
    """

    __slots__ = ("registers",)
    error = 1.04 / sqrt(REGISTERS)

    def __init__(self) -> None:
        self.registers = np.zeros(REGISTERS, np.uint8)

    def add(self, values: Collection[Any], *, texts: bool) -> None:
        """Enter values, all of them texts or all of them numbers."""
        if not values:
            return
        hashes = _mixed(_hashed(values, texts=texts))
        places = hashes >> np.uint64(RANK_BITS)
        rest = (hashes & np.uint64((1 << RANK_BITS) - 1)).astype(np.float64)  # exact: a double keeps 53 bits
        ranks = (RANK_BITS + 1 - np.frexp(rest)[1]).astype(np.uint8)
        higher = ranks > self.registers[places]
        np.maximum.at(self.registers, places[higher], ranks[higher])

    def merge(self, other: DistinctSketch) -> None:
        """Take over what `other` has seen."""
        np.maximum(self.registers, other.registers, out=self.registers)

    def estimate(self) -> float:
        """Estimate how many different values there were, give or take `error`."""
        counts: list[int] = np.bincount(self.registers, minlength=RANK_BITS + 2).tolist()
        total: float = REGISTERS * _tau(1 - counts[RANK_BITS + 1] / REGISTERS)
        for count in reversed(counts[1 : RANK_BITS + 1]):
            total = 0.5 * (total + count)
        total += REGISTERS * _sigma(counts[0] / REGISTERS)
        return REGISTERS * REGISTERS / (2 * log(2) * total)


def _sigma(share: float) -> float:
    """Sum x^(2^k) 2^(k-1) over k, Ertl's correction for registers that are empty."""
    if share == 1:
        return inf
    weight, total, before = 1.0, share, -1.0
    while total != before:
        share *= share
        before = total
        total += share * weight
        weight += weight
    return total


def _tau(share: float) -> float:
    """Sum (1 - x^(2^-k))^2 2^-k over k, Ertl's correction for registers that are full."""
    if share in {0.0, 1.0}:
        return 0.0
    weight, total, before = 1.0, 1 - share, -1.0
    while total != before:
        share = sqrt(share)
        before = total
        weight *= 0.5
        total -= (1 - share) * (1 - share) * weight
    return total / 3


def _hashed(values: Collection[Any], *, texts: bool) -> Hashes:
    """Hash values, the same in every process: Python's own hash of a text is another in each."""
    if texts:
        return _hashed_texts([*values])
    return _hashed_numbers([*values])


def _hashed_numbers(numbers: list[Any]) -> Hashes:
    """Hash numbers as Python does: equal ones of any type alike, the same in every process."""
    hashes = np.fromiter(map(hash, numbers), np.int64, len(numbers))
    for index in np.flatnonzero(hashes == hash(-1)):  # Python's hash of -1 is that of -2
        if numbers[index] == -1:
            hashes[index] = MINUS_ONE
    return hashes.view(np.uint64)


def _hashed_texts(texts: list[str]) -> Hashes:
    """Hash texts: plain ones, which most are, four characters at a time."""
    whole = "".join(texts)
    if _is_plain(whole):
        return _by_width(texts, _hashed_plain)
    plain = np.fromiter(map(_is_plain, texts), np.bool_, len(texts))
    hashes = np.empty(len(texts), np.uint64)
    for wanted, hashed in ((True, _hashed_plain), (False, _hashed_other)):
        if alike := [text for text, is_one in zip(texts, plain, strict=True) if is_one == wanted]:
            hashes[plain == wanted] = _by_width(alike, hashed)
    return hashes


def _is_plain(text: str) -> bool:
    """Tell whether a text is ASCII without a NUL, which numpy would drop at the end."""
    return text.isascii() and "\0" not in text


def _by_width(texts: list[str], hashed: Callable[[list[str], int], Hashes]) -> Hashes:
    """Hash texts that are about as long in one step each, so that one long text does not widen all."""
    longest = max(map(len, texts))
    if longest <= WIDE:
        return hashed(texts, longest)
    hashes = np.empty(len(texts), np.uint64)
    widths = np.array([len(text).bit_length() for text in texts])
    for width in np.unique(widths):
        alike = np.flatnonzero(widths == width)
        hashes[alike] = hashed([texts[index] for index in alike], (1 << int(width)) - 1)
    return hashes


def _hashed_plain(texts: list[str], longest: int) -> Hashes:
    """Sum the words of each text, each times a random number of its place (Lemire and Kaser 2014)."""
    words = longest // 4 + 1
    return _sums(np.array(texts, f"S{4 * words}").view(np.uint32).reshape(len(texts), words))


def _hashed_other(texts: list[str], longest: int) -> Hashes:
    """Sum the code points in the same way, and the length, which tells texts apart that end in NULs."""
    points = np.array(texts, f"U{longest + 1}").view(np.uint32).reshape(len(texts), longest + 1)
    lengths = np.fromiter(map(len, texts), np.uint64, len(texts))
    return _sums(points) + (lengths + np.uint64(1)) * np.uint64(GOLDEN)


def _sums(words: NDArray[np.uint32]) -> Hashes:
    width = words.shape[1]
    sums: Hashes = words.astype(np.uint64) @ _coefficients(1 << width.bit_length())[:width]
    return sums


@cache
def _coefficients(width: int) -> Hashes:
    return _mixed(np.arange(1, width + 1, dtype=np.uint64) * np.uint64(GOLDEN)) | np.uint64(1)


def _mixed(hashes: Hashes) -> Hashes:
    """Spread what differs over all bits: the finalizer of SplitMix64."""
    mixed = hashes + np.uint64(GOLDEN)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))

"""Estimate how many different values there are, of more values than are kept."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from math import inf, log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.schemas.observing.value_columns import NAN

__all__ = ["DistinctSketch"]

PRECISION = 12
REGISTERS = 1 << PRECISION
"""One byte each: 4 kB a sketch."""
RANK_BITS = 64 - PRECISION
WIDE = 64
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
    >>> sketch.add([f"SKU-{number}" for number in range(50_000)])
    >>> 0.95 < sketch.estimate() / 50_000 < 1.05
    True
    """

    __slots__ = ("registers",)
    error = 1.04 / sqrt(REGISTERS)

    def __init__(self) -> None:
        self.registers = np.zeros(REGISTERS, np.uint8)

    def add(self, values: Collection[Any]) -> None:
        """Enter values, all of them texts or all of them numbers; not-a-number is written as `NAN`."""
        if not values:
            return
        hashes = _mixed(_hashed(values))
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


def _hashed(values: Collection[Any]) -> Hashes:
    """Hash values, the same in every process: Python's own hash of a text is another in each."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return _hashed_texts([*values])
    if str in kinds:  # NAN among numbers
        numbers = [value for value in values if value != NAN]
        return np.append(_hashed_numbers(numbers), _hashed_texts([NAN]))
    return _hashed_numbers([*values])


def _hashed_numbers(numbers: list[Any]) -> Hashes:
    """Hash numbers as Python does: equal ones of any type alike, the same in every process."""
    hashes = np.fromiter(map(hash, numbers), np.int64, len(numbers))
    for index in np.flatnonzero(hashes == hash(-1)):  # Python's hash of -1 is that of -2
        if numbers[index] == -1:
            hashes[index] = MINUS_ONE
    return hashes.view(np.uint64)


def _hashed_texts(texts: list[str]) -> Hashes:
    """Hash texts by their code points, those that are about as long in one step each."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    if int(lengths.max()) <= WIDE:
        return _multilinear(texts, lengths)
    hashes = np.empty(len(texts), np.uint64)
    widths = np.frexp(np.maximum(lengths - 1, WIDE - 1))[1]
    for width in np.unique(widths):
        alike = np.flatnonzero(widths == width)
        hashes[alike] = _multilinear([texts[index] for index in alike], lengths[alike])
    return hashes


def _multilinear(texts: list[str], lengths: NDArray[np.int64]) -> Hashes:
    """Sum each text's code points, each times a random number of its place (Lemire and Kaser 2014), and its length.

    The length keeps apart what differs in closing NULs, which numpy drops.
    """
    width = max(1, int(lengths.max()))
    points = np.array(texts, f"U{width}").view(np.uint32).reshape(len(texts), width)
    sums: Hashes = points.astype(np.uint64) @ _coefficients(1 << (width - 1).bit_length())[:width]
    return sums + lengths.astype(np.uint64) * np.uint64(GOLDEN)


@cache
def _coefficients(width: int) -> Hashes:
    return _mixed(np.arange(1, width + 1, dtype=np.uint64) * np.uint64(GOLDEN)) | np.uint64(1)


def _mixed(hashes: Hashes) -> Hashes:
    """Spread what differs over all bits: the finalizer of SplitMix64."""
    mixed = hashes + np.uint64(GOLDEN)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))

"""Tests of whether two samples differ by more than chance."""

from __future__ import annotations

from math import sqrt

__all__ = ["CHANCE", "beyond_chance", "missed_by_chance"]

CHANCE = 0.01
"""Probability below which an observation counts as a change, not as chance; a schema has hundreds of fields."""
Z = 1.96
"""Half the width of a 95 % interval, in standard deviations."""


def missed_by_chance(present: int, of: int, chances: int) -> bool:
    """Tell whether a field seen in `present` of `of` objects may be missing from `chances` others by chance alone.

    If it is as frequent in both, the probability that all that have it are among the first (Fisher's exact
    test): what was seen once may have been luck, however many others lack it.

    >>> missed_by_chance(1, 100, 1000), missed_by_chance(3, 100, 1000), missed_by_chance(100, 100, 2)
    (True, False, False)
    """
    probability = 1.0
    for number in range(min(present, of)):
        probability *= (of - number) / (of + chances - number)
        if probability <= CHANCE:
            return False
    return True


def beyond_chance(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two shares, each a count and its denominator, differ by more than chance explains.

    Their 95 % intervals (Wilson's, which also holds for none and for all) do not overlap.

    >>> beyond_chance((200, 200), (150, 200)), beyond_chance((3, 4), (2, 4))
    (True, False)
    """
    (low, high), (other_low, other_high) = _interval(*one), _interval(*other)
    return high < other_low or other_high < low


def _interval(count: int, of: int) -> tuple[float, float]:
    if not of:
        return 0.0, 1.0
    share, weight = count / of, Z * Z / of
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    return middle - half, middle + half

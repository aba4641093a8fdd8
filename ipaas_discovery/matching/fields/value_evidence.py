"""Evidence of the values: how many both sides hold, which words they share, and how they look."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from ipaas_discovery.matching.fields.likeness import Table, as_known, hashed
from ipaas_discovery.matching.normalised_values import informative
from ipaas_discovery.matching.traits import Traits

__all__ = ["SharedValues", "looks", "shared_values", "texts"]

Side = Sequence[Traits]

SHORT = 0.25
"""Weight of a value that is short or stands for yes or no."""
ENOUGH = 3.0
"""Weight of shared values at which a good part of the doubt is gone."""
WORDED = {"text", "array", "url", ""}
"""Kinds of value that are made of words."""
READ = 300
"""Values of a field whose words are read, and whose look is taken."""


@dataclass(frozen=True, slots=True)
class SharedValues:
    """Values that two fields have in common.

    `share` is the part of the smaller side's different values that the other side holds, `count` their
    number, `strength` the share by how telling the values are: long ones that few fields hold.
    """

    share: Table
    count: Table
    strength: Table


def shared_values(left: Side, right: Side) -> SharedValues:
    """Count the values that each two fields share."""
    shape = (len(left), len(right))
    count, weight = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    ours, theirs = _holders(left), _holders(right)
    for value in sorted(ours.keys() & theirs.keys()):
        cells = np.ix_(ours[value], theirs[value])
        count[cells] += 1
        weight[cells] += (1.0 if informative(value) else SHORT) / math.sqrt(len(ours[value]) * len(theirs[value]))
    smaller = np.minimum.outer([len(traits.values) for traits in left], [len(traits.values) for traits in right])
    share = as_known(
        np.asarray(count / np.maximum(smaller, 1), np.float32),
        [traits.values for traits in left],
        [traits.values for traits in right],
    )
    return SharedValues(share, count, (np.nan_to_num(share) * (1 - np.exp(-weight / ENOUGH))).astype(np.float32))


def _holders(side: Side) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = {}
    for index, traits in enumerate(side):
        for value in sorted(traits.values):
            holders.setdefault(value, []).append(index)
    return holders


def texts(left: Side, right: Side) -> Table:
    """Compare the words that the values are made of, rare words counting more; none where a side has no text."""
    ours, theirs = ([_terms(traits) for traits in side] for side in (left, right))
    rows, columns = hashed(ours, theirs)
    return as_known(rows @ columns.T, ours, theirs)


def _terms(traits: Traits) -> list[str]:
    if traits.kind not in WORDED:
        return []
    return [word for value in islice(sorted(traits.values), READ) for word in value.split()]


def looks(left: Side, right: Side) -> Table:
    """Compare lengths and sorts of letters of the values, and the size of numbers; none where nothing was observed."""
    ours, theirs = ([_look(traits) for traits in side] for side in (left, right))
    table = np.full((len(left), len(right)), np.nan, np.float32)
    rows, columns = ([index for index, look in enumerate(side) if look] for side in (ours, theirs))
    if rows and columns:
        a, b = (np.array([look for look in side if look], np.float32) for side in (ours, theirs))
        distance = sum(np.abs(np.subtract.outer(a[:, part], b[:, part])) for part in range(a.shape[1]))
        table[np.ix_(rows, columns)] = np.exp(-distance)
    return table


def _look(traits: Traits) -> tuple[float, ...]:
    values = [*islice(sorted(traits.values), READ)] if traits.observed else []
    if not values:
        return ()
    letters = "".join(values)
    size = max(len(letters), 1)
    length = math.log1p(sum(map(len, values)) / len(values))
    digits, alphas, spaces = (sum(map(test, letters)) / size for test in (str.isdigit, str.isalpha, str.isspace))
    return (length, digits, alphas, 3 * spaces, _magnitude(values))


def _magnitude(values: list[str]) -> float:
    """Give the middle order of magnitude of numbers, scaled; 0 for texts."""
    try:
        sizes = sorted(math.log10(1 + abs(float(value))) for value in values)
    except ValueError:
        return 0.0
    middle = sizes[len(sizes) // 2]
    return min(middle, 12.0) / 2 if math.isfinite(middle) else 0.0

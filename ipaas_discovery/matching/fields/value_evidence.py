"""Evidence of the values: how many both sides hold, which words they share, and how they look."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.knowledge.countries import places
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
READ, LOOKED_AT = 300, 60
"""Values of a field whose words are read, and whose look is taken."""
LISTED, LONGEST_CODE = 40, 3
"""Values of a list at most, and letters of a code."""
AT_ONCE = 2048
"""Values that are counted at once."""
OFTEN = 256
"""Pairs of fields that hold one value, from which it is counted in tables."""

_WORD = re.compile(r"[^\W_]+")


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
    both = sorted(
        frozenset().union(*(traits.values for traits in left)) & frozenset().union(*(t.values for t in right))
    )
    place = {value: at for at, value in enumerate(both)}
    ours, theirs = (_held(side, place) for side in (left, right))
    telling = np.array([1.0 if informative(value) else SHORT for value in both], np.float32)
    times = [np.bincount(held[1], minlength=len(both)) for held in (ours, theirs)]
    telling /= np.sqrt(np.maximum(times[0] * times[1], 1))
    often = times[0] * times[1] > OFTEN
    for start in range(0, int(often.sum()), AT_ONCE):
        some = np.flatnonzero(often)[start : start + AT_ONCE]
        a, b = (_marked(held, some, len(side)) for held, side in ((ours, left), (theirs, right)))
        count += a @ b.T
        weight += (a * telling[some]) @ b.T
    row, column, value = _met(ours, theirs, np.where(often, 0, times[1]))
    cells = row * len(right) + column
    count += np.bincount(cells, minlength=count.size).reshape(shape)
    weight += np.bincount(cells, telling[value], count.size).reshape(shape)
    smaller = np.minimum.outer([len(traits.values) for traits in left], [len(traits.values) for traits in right])
    share = as_known(
        np.asarray(count / np.maximum(smaller, 1), np.float32),
        [traits.values for traits in left],
        [traits.values for traits in right],
    )
    return SharedValues(share, count, (np.nan_to_num(share) * (1 - np.exp(-weight / ENOUGH))).astype(np.float32))


Held = tuple[NDArray[np.intp], NDArray[np.intp]]


def _held(side: Side, place: Mapping[str, int]) -> Held:
    """List which field holds which of the values that both sides know, in the order of the values."""
    pairs = sorted((place[value], row) for row, traits in enumerate(side) for value in traits.values if value in place)
    values, rows = np.array(pairs, np.intp).reshape(-1, 2).T
    return rows, values


def _marked(held: Held, some: NDArray[np.intp], rows: int) -> Table:
    """Mark which of some values each field has."""
    row, value = held
    place = np.searchsorted(some, value)
    kept = (place < len(some)) & (some[np.minimum(place, len(some) - 1)] == value)
    table = np.zeros((rows, len(some)), np.float32)
    table[row[kept], place[kept]] = 1
    return table


def _met(ours: Held, theirs: Held, times: NDArray[np.intp]) -> tuple[NDArray[np.intp], ...]:
    """List each two fields that hold one value, and the value; `times` is how many of theirs hold it."""
    repeats = times[ours[1]]
    value = np.repeat(ours[1], repeats)
    within = np.arange(len(value)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return np.repeat(ours[0], repeats), theirs[0][np.searchsorted(theirs[1], value) + within], value


def texts(left: Side, right: Side) -> Table:
    """Compare the words that the values are made of, rare words counting more; none where a side has no text.

    Values count as alike, too, where those of one side are codes for the other's: m for male, DE for Germany.
    """
    ours, theirs = ([_terms(traits) for traits in side] for side in (left, right))
    rows, columns = hashed(ours, theirs)
    table = as_known(rows @ columns.T, ours, theirs)
    lists = [[_listed(traits) for traits in side] for side in (left, right)]
    for meant in _meanings(*lists):
        table = np.fmax(table, _stood_for(meant, lists))
    return table


def _terms(traits: Traits) -> list[str]:
    if traits.kind not in WORDED:
        return []
    return [word for value in islice(sorted(traits.values), READ) for word in _WORD.findall(value)]


Meant = Sequence[frozenset[str]]


def _meanings(ours: Meant, theirs: Meant) -> Iterator[tuple[Meant, Meant]]:
    """List what the values of both sides stand for: codes beside beginnings, beginnings beside codes, places."""
    yield [*map(_codes, ours)], [*map(_beginnings, theirs)]
    yield [*map(_beginnings, ours)], [*map(_codes, theirs)]
    yield [*map(_places, ours)], [*map(_places, theirs)]


def _listed(traits: Traits) -> frozenset[str]:
    """Give the values of a field that has few, none of another's."""
    return traits.values if traits.kind in WORDED and 1 < len(traits.values) <= LISTED else frozenset()


def _codes(values: frozenset[str]) -> frozenset[str]:
    return values if all(len(value) <= LONGEST_CODE and value.isalpha() for value in values) else frozenset()


def _beginnings(values: frozenset[str]) -> frozenset[str]:
    """List what only one of the values begins with, and the initials of those of several words."""
    words = [several for value in sorted(values) if len(value) > LONGEST_CODE and (several := _WORD.findall(value))]
    starts = Counter(first[:size] for first, *_ in words for size in range(1, LONGEST_CODE + 1))
    initials = Counter("".join(word[0] for word in several) for several in words if len(several) > 1)
    return frozenset(text for text, times in (*starts.items(), *initials.items()) if times == 1)


def _places(values: frozenset[str]) -> frozenset[str]:
    """List the countries, and the parts of them, that all of the values may be."""
    meant = [places().get(value, ()) for value in values]
    return frozenset(place for several in meant for place in several) if all(meant) else frozenset()


def _marks(side: Meant, place: Mapping[str, int]) -> Table:
    """Mark which of the known texts each field's values stand for."""
    table = np.zeros((len(side), len(place)), np.float32)
    for row, values in enumerate(side):
        table[row, [place[text] for text in values if text in place]] = 1
    return table


def _stood_for(meant: tuple[Meant, Meant], lists: Sequence[Meant]) -> Table:
    """Measure the share of the shorter list that the other stands for, by how telling that is; NaN for none.

    A code of one letter says less than one of three.
    """
    left, right = meant
    known = sorted(frozenset().union(*left) & frozenset().union(*right))
    place = {text: at for at, text in enumerate(known)}
    ours, theirs = (_marks(side, place) for side in (left, right))
    rows, columns = (np.flatnonzero(side.any(axis=1)) for side in (ours, theirs))
    ours, theirs = ours[rows], theirs[columns].T
    telling = np.array([min(len(text) / LONGEST_CODE, 1) for text in known], np.float32)
    sizes = [[len(values) for values in side] for side in lists]
    share = (ours @ theirs) / np.maximum(np.minimum.outer(*sizes)[np.ix_(rows, columns)], 1)
    trusted = np.minimum(share, 1) * (1 - np.exp(-((ours * telling) @ theirs)))
    table = np.full((len(left), len(right)), np.nan, np.float32)
    table[np.ix_(rows, columns)] = np.where(trusted > 0, trusted, np.nan)
    return table


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
    values = sorted(traits.values) if traits.observed else []
    if not values:
        return ()
    values = values[:: -(-len(values) // LOOKED_AT)]
    letters = "".join(values)
    size = max(len(letters), 1)
    length = math.log1p(size / len(values))
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

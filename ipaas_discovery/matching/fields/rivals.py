"""Rivals of a match: the other destinations of its source, and the other sources of its destination."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.fields.likeness import Table
from ipaas_discovery.matching.fields.object_groups import best_of, mean_of, numbered
from ipaas_discovery.matching.fields.place_likeness import NAMED, place_likeness
from ipaas_discovery.matching.fields.refusals import is_own
from ipaas_discovery.matching.traits import Traits

__all__ = ["Rivals", "best_other"]

UNRIVALLED = 0.35
"""Weighted sum of a rival where there is none, or none worth the name."""
TOGETHER = 1.2
"""Sum of the mean likeness of both objects' fields from which they go together."""
ALL = -1
"""Number of the sources that have all others for rivals."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The other destinations that a source might go to, and the other sources that want its destination.

    `objects` numbers the object of each source, -1 for what has all others for rivals: a list has room for several
    objects of which there is one each, as a billing and a shipping address, whose fields are no rivals; `room` tells
    for each object which destinations have room for it beside others. `taken` marks cells whose two objects each go
    with another one, and those of both systems' own ids, so that they are out of the race.
    """

    objects: NDArray[np.intp]
    room: NDArray[np.bool_]
    taken: NDArray[np.bool_]

    @classmethod
    def of(cls, left: Sequence[Traits], right: Sequence[Traits], sums: Table) -> Rivals:
        """Find the objects of the source that fit into lists of the destination, and those that go together."""
        lists = [traits.place if "[]" in traits.parent else () for traits in right]
        known = dict.fromkeys(place for place in lists if place)
        numbers: dict[str, int] = {}
        room: list[list[bool]] = []
        objects = []
        for traits in left:
            if traits.parent and "[]" not in traits.parent and traits.parent not in numbers:
                fits = {place: place_likeness(traits.place, place) >= NAMED for place in known}
                numbers[traits.parent] = len(room) if any(fits.values()) else ALL
                if any(fits.values()):
                    room.append([fits.get(place, False) for place in lists])
            objects.append(numbers.get(traits.parent, ALL))
        return cls(
            np.array(objects, np.intp),
            np.array(room, np.bool_).reshape(len(room), len(right)),
            _taken(sums, *([traits.parent for traits in side] for side in (left, right))) | _own_ids(left, right),
        )

    def without(self, settled: Mapping[int, int], same: NDArray[np.bool_]) -> Rivals:
        """Take the sources of settled matches out of the race for all destinations but those that mean the same."""
        taken = self.taken.copy()
        for source, destination in settled.items():
            taken[source] |= ~same[source]
            taken[source, destination] = self.taken[source, destination]
        return replace(self, taken=taken)

    def best_destination(self, sums: Table) -> Table:
        """Find for each cell the best other destination of its source."""
        return best_other(np.where(self.taken, 0, sums))

    def best_source(self, sums: Table) -> Table:
        """Find for each cell the best other source of its destination."""
        running = np.where(self.taken, 0, sums)
        best = best_other(running.T).T
        others = np.full(sums.shape[1], UNRIVALLED, np.float32)
        alone = self.objects == ALL
        if alone.any():
            others = np.maximum(others, running[alone].max(axis=0))
        for number, room in enumerate(self.room):
            rows = np.flatnonzero(self.objects == number)
            own = np.maximum(best_other(running[rows].T).T, others)
            best[rows] = np.where(room, own, best[rows])
        return best


def _own_ids(left: Sequence[Traits], right: Sequence[Traits]) -> NDArray[np.bool_]:
    """Mark the cells of the ids that both systems give their records: neither goes to the other."""
    ours = [traits.words == ("id",) and not traits.field.parent for traits in left]
    theirs = [traits.words == ("id",) and is_own(traits) for traits in right]
    own: NDArray[np.bool_] = np.logical_and.outer(ours, theirs)
    return own


def _taken(sums: Table, left: Sequence[str], right: Sequence[str]) -> NDArray[np.bool_]:
    """Mark the cells of two objects below the top that each have a better one opposite, which has them for its best."""
    rows, columns = numbered(left), numbered(right)
    ours, theirs = [*dict.fromkeys(left)], [*dict.fromkeys(right)]
    fit = mean_of(best_of(sums, columns).T, rows).T + mean_of(best_of(sums.T, rows).T, columns)
    fit[[not name for name in ours]] = 0
    fit[:, [not name for name in theirs]] = 0
    best = fit.argmax(axis=1)
    pairs = {
        at: int(other) for at, other in enumerate(best) if fit[at, other] >= TOGETHER and fit[:, other].argmax() == at
    }
    partners = [_in_line(theirs, other) for other in pairs.values()]
    outside = np.ones((len(ours), len(theirs)), np.bool_)
    for at, line in zip(pairs, partners, strict=True):
        outside[at] = ~line
    known = np.isin(np.arange(len(ours)), [*pairs])
    claimed = np.any(partners, axis=0) if partners else np.zeros(len(theirs), np.bool_)
    taken: NDArray[np.bool_] = (outside & known[:, None] & claimed)[np.ix_(rows, columns)]
    return taken


def _in_line(objects: Sequence[str], at: int) -> NDArray[np.bool_]:
    """Mark the object itself, and those that it stands in."""
    return np.array([bool(name) and f"{objects[at]}.".startswith(f"{name}.") for name in objects], np.bool_)


def best_other(sums: Table) -> Table:
    """Find for each cell the best other cell of its row."""
    if sums.shape[1] == 1:
        return np.full_like(sums, UNRIVALLED)
    second, first = np.partition(sums, -2, axis=1)[:, -2:].T[:, :, None]
    rival: Table = np.maximum(np.where(sums >= first, second, first), UNRIVALLED)
    return rival

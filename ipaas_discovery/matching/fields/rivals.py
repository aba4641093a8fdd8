"""Rivals of a match: the other destinations of its source, and the other sources of its destination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.field_places import NAMED, place_likeness
from ipaas_discovery.matching.fields.likeness import Table
from ipaas_discovery.matching.traits import Traits

__all__ = ["Rivals", "best_other"]

UNRIVALLED = 0.35
"""Weighted sum of a rival where there is none, or none worth the name."""
ALL = -1
"""Number of the sources that have all others for rivals."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The sources that want the same destination.

    A list has room for several objects of which there is one each, as a billing and a shipping address: their fields are
    no rivals. `objects` numbers the object of each source, -1 for what has all others for rivals, and `room` tells for
    each object which destinations have room for it beside others.
    """

    objects: NDArray[np.intp]
    room: NDArray[np.bool_]

    @classmethod
    def of(cls, left: Sequence[Traits], right: Sequence[Traits]) -> Rivals:
        """Find the objects of the source that fit into lists of the destination, by the words of their names."""
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
        return cls(np.array(objects, np.intp), np.array(room, np.bool_).reshape(len(room), len(right)))

    def best(self, sums: Table) -> Table:
        """Find for each cell the best other source of its destination."""
        best = best_other(sums.T).T
        others = np.full(sums.shape[1], UNRIVALLED, np.float32)
        alone = self.objects == ALL
        if alone.any():
            others = np.maximum(others, sums[alone].max(axis=0))
        for number, room in enumerate(self.room):
            rows = np.flatnonzero(self.objects == number)
            own = np.maximum(best_other(sums[rows].T).T, others)
            best[rows] = np.where(room, own, best[rows])
        return best


def best_other(sums: Table) -> Table:
    """Find for each cell the best other cell of its row."""
    if sums.shape[1] == 1:
        return np.full_like(sums, UNRIVALLED)
    second, first = np.partition(sums, -2, axis=1)[:, -2:].T[:, :, None]
    rival: Table = np.maximum(np.where(sums >= first, second, first), UNRIVALLED)
    return rival

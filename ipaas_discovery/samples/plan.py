"""The pages to ask for, and when to stop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.renderings.card import Card

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan(Card):
    """The part of a collection to read: `pages` pages of `size` records, spread over all of it, and its edges.

    The default, ten spaced pages of twenty records, finds what one page of two hundred misses: fields that only some
    stretch of the records has. It goes on until the last five pages brought nothing new. `size` is a wish; an
    API without a size parameter ignores it.

    Attributes:
        pages: pages spread over the collection.
        size: records per page.
        edges: read the newest page, the oldest page and one page per filter value as well, as far as the connector
            names a sort and filters, where the spread pages are not the whole collection.
        values: the most filter values that get a page of their own.
        until_quiet: go on past `pages` until the last so many pages brought no new path; 0 stops at `pages`.
        most_pages: the most pages of one collection when going on, or when looking for an end that is not announced.
        requests: the most calls for one collection; None for no bound.
        seconds: the most time for the whole pull; None for no bound.
        details: records that are asked for one by one as well, where the connector names a `detail` call: it often
            gives more than the list.

    >>> Plan(pages=4).positions(100)
    (0, 33, 66, 99)
    >>> Plan(pages=4).positions(3)
    (0, 1, 2)
    """

    pages: int = 10
    size: int = 20
    edges: bool = True
    values: int = 20
    until_quiet: int = 5
    most_pages: int = 100
    requests: int | None = None
    seconds: float | None = None
    details: int = 0

    def __post_init__(self) -> None:
        if self.pages < 1 or self.size < 1:
            raise ConfigurationError(
                f"A plan of {self.pages} pages of {self.size} records reads nothing", then="give both at least 1"
            )
        bounds = {"requests": self.requests, "seconds": self.seconds}
        for name, bound in bounds.items():
            if bound is not None and bound <= 0:
                raise ConfigurationError(f"A plan of {bound:g} {name} reads nothing", then="give more, or leave it out")
        if min(self.values, self.until_quiet, self.details) < 0 or self.most_pages < 1:
            raise ConfigurationError(
                "A plan counts `values`, `until_quiet` and `details` from 0, `most_pages` from 1",
                then="correct the plan",
            )

    def positions(self, count: int) -> tuple[int, ...]:
        """Choose the positions, from 0, of the pages to read of `count`: the first, the last, and evenly between."""
        if count <= self.pages:
            return tuple(range(count))
        if self.pages == 1:
            return (0,)
        return tuple(round(step * (count - 1) / (self.pages - 1)) for step in range(self.pages))

    def further(self, count: int, read: Collection[int], wanted: int) -> tuple[int, ...]:
        """Choose up to `wanted` positions of `count` not in `read`, each in the middle of the widest gap left.

        >>> Plan().further(100, {0, 33, 66, 99}, 3)
        (16, 49, 82)
        """
        known = sorted({position for position in read if 0 <= position < count})
        positions: list[int] = []
        while len(positions) < wanted and len(known) < count:
            ends = [-1, *known, count]
            _, left, right = max((right - left, -left, right) for left, right in pairwise(ends) if right - left > 1)
            positions.append((right - left) // 2)  # `left` is negative: the earliest of equal gaps comes first
            known = sorted([*known, positions[-1]])
        return tuple(positions)

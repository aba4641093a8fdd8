"""Which pages to ask for."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.errors import ConfigurationError

__all__ = ["Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of a collection to read: at most `pages` pages of `size` records, spread over all of it.

    The default, ten spaced pages of twenty, finds what one page of two hundred misses: fields that
    only some stretch of the records has. `size` is a wish; an API without a size parameter ignores it.

    >>> Plan(pages=4).positions(100)
    (0, 33, 66, 99)
    >>> Plan(pages=4).positions(3)
    (0, 1, 2)
    """

    pages: int = 10
    size: int = 20

    def __post_init__(self) -> None:
        if self.pages < 1 or self.size < 1:
            raise ConfigurationError(
                f"A plan of {self.pages} pages of {self.size} records reads nothing", then="give both at least 1"
            )

    def positions(self, count: int) -> tuple[int, ...]:
        """Positions, from 0, of the pages to read of `count`: the first, the last, and evenly between."""
        if count <= self.pages:
            return tuple(range(count))
        if self.pages == 1:
            return (0,)
        return tuple(round(step * (count - 1) / (self.pages - 1)) for step in range(self.pages))

"""Objects that are maps: their keys are data (`attributes.attr_17`), and are shown as one path (`attributes.*`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Protocol

__all__ = ["MOST_KEYS", "is_map"]

MOST_KEYS = 2_000
"""An object with more different keys than these is a map whatever it holds: no API names so many fields."""
FEWEST_KEYS = 30
"""With fewer keys, only keys that look like data tell a map."""
SPARSE = 1 / 4
"""The keys of a map: each is in so many of the objects at most, on average."""
FEWEST_DATA_KEYS = 5
_DATA = re.compile(
    r"-?[0-9]+|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2}.*)?|[^@\s]+@[^@\s]+"
)
"""Numbers, UUIDs, dates and e-mail addresses: no API names fields like these."""


class KeyCounts(Protocol):
    """Counts of the values of one key."""

    @property
    def kinds(self) -> Mapping[str, int]:
        """Number of values of each JSON type."""

    @property
    def names(self) -> Collection[str]:
        """The keys of the objects among the values."""


def is_map(members: Mapping[str, KeyCounts], objects: int) -> bool:
    """Tell whether `objects` objects, with the counts of each of their keys in `members`, are maps.

    They are maps if the keys are many, each in few of the objects, or look like data; and the values are similar.
    """
    if len(members) < FEWEST_DATA_KEYS:
        return False
    entries = sum(sum(member.kinds.values()) for member in members.values())
    many = len(members) >= FEWEST_KEYS and entries <= SPARSE * objects * len(members)
    return (many or all(map(_DATA.fullmatch, members))) and _alike(members)


def _alike(members: Mapping[str, KeyCounts]) -> bool:
    """Tell whether all values but null are of one JSON type, and whether most keys of objects recur or are data."""
    kinds = {"number" if kind == "integer" else kind for member in members.values() for kind in member.kinds} - {"null"}
    names = [{name for name in member.names if not _DATA.fullmatch(name)} for member in members.values()]
    return len(kinds) <= 1 and len(set().union(*names)) <= 2 * max(map(len, names), default=0)

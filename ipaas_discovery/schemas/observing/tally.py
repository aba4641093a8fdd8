"""Counts of the values at every path of some records, which can be merged with those of other records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from ipaas_discovery.samples.named_lists import MOST_NAMES, name_and_value, values_by_name
from ipaas_discovery.schemas.observing.distinct import Span, Values, span
from ipaas_discovery.schemas.observing.maps import MOST_KEYS
from ipaas_discovery.schemas.observing.value_columns import Shape, by_kind, columns_of, plain_numbers, plain_value

__all__ = ["MAX_DEPTH", "Members", "PathTally", "Tally"]

MAX_DEPTH = 100
"""Objects and lists inside one another that are looked into; deeper ones are counted and left."""
MOST_VARIANTS = 1_000
"""Sets of keys that are distinguished; records with more of them have no variants to speak of."""


class PathTally:
    """Counts at one path: types, the values of each, and the contents of objects and lists."""

    __slots__ = ("elements", "empties", "kinds", "members", "named", "sizes", "values")

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.empties = 0
        self.sizes: Span = None
        self.values: dict[str, Values] = {}
        self.members: Members | None = None
        self.elements: PathTally | None = None
        self.named: NamedValues | None = None
        """Values of a list of names and values, by name."""

    @property
    def count(self) -> int:
        """Number of values."""
        return self.kinds.total()

    @property
    def names(self) -> Collection[str]:
        """The keys of the objects."""
        return self.members.by_key.keys() if self.members else ()

    def entries(self) -> int:
        """Count the keys of all the objects together, including those inside lists and below."""
        inside = self.members.entries() if self.members else 0
        return inside + (self.elements.entries() if self.elements else 0)

    def add(self, column: Sequence[Any], depth: int) -> None:
        """Count a column of values, `depth` objects and lists deep."""
        for kind, values in by_kind(column).items():
            self.kinds[kind] += len(values)
            if kind == "object":
                self._add_objects(values, depth)
            elif kind == "array":
                self._add_lists(values, depth)
            elif kind != "null":
                if kind not in self.values:
                    self.values[kind] = Values(kind)
                self.values[kind].add(plain_numbers(values) if kind == "number" else values)

    def _add_objects(self, objects: Sequence[dict[Any, Any]], depth: int) -> None:
        self.empties += len(objects) - sum(map(bool, objects))
        if depth < MAX_DEPTH:
            if self.members is None:
                self.members = Members()
            self.members.add(objects, depth + 1)

    def _add_lists(self, lists: Sequence[list[Any]], depth: int) -> None:
        sizes = [*map(len, lists)]
        self.empties += sizes.count(0)
        self.sizes = span(self.sizes, (min(sizes), max(sizes)))
        if depth < MAX_DEPTH:
            if self.elements is None:
                self.elements = PathTally()
            self.elements.add([*chain.from_iterable(lists)], depth + 1)
            if self.named is None:
                self.named = NamedValues()
            self.named.add(lists, depth + 2)

    def merge(self, other: PathTally) -> None:
        """Take over what `other` counted; `other` is used up."""
        self.kinds.update(other.kinds)
        self.empties += other.empties
        self.sizes = span(self.sizes, other.sizes)
        for kind, values in other.values.items():
            if kind in self.values:
                self.values[kind].merge(values)
            else:
                self.values[kind] = values
        if self.members is None:
            self.members = other.members
        elif other.members is not None:
            self.members.merge(other.members)
        if self.elements is None:
            self.elements = other.elements
        elif other.elements is not None:
            self.elements.merge(other.elements)
        if self.named is None:
            self.named = other.named
        elif other.named is not None:
            self.named.merge(other.named)


class NamedValues:
    """Counts of the values in lists of names and values, `[{"name": "Season", "value": "Winter"}]`, one tally a name.

    An element of another form, a name twice in a list, or too many names show that the list is none.
    """

    __slots__ = ("by_name", "is_one", "keys", "lists")

    def __init__(self) -> None:
        self.by_name: dict[str, PathTally] = {}
        self.is_one = True
        self.lists = 0
        """Number of lists that are not empty."""
        self.keys: tuple[str, str] | None = None
        """The keys of the name and of the value."""

    def add(self, lists: Sequence[list[Any]], depth: int) -> None:
        """Count the values of `lists`."""
        columns: dict[str, list[Any]] = {}
        for elements in filter(None, lists):
            if not self.is_one:
                return
            self.lists += 1
            self.keys = self.keys or name_and_value(elements[0])
            values = values_by_name(elements, self.keys)
            self._settle(values is not None)
            for name, value in (values or {}).items():
                columns.setdefault(name, []).append(value)
        if self.is_one:
            for name, column in columns.items():
                self.by_name.setdefault(name, PathTally()).add(column, depth)
            self._settle(len(self.by_name) <= MOST_NAMES)

    def merge(self, other: NamedValues) -> None:
        """Take over what `other` counted; `other` is used up."""
        alike = self.keys is None or other.keys is None or self.keys == other.keys
        self._settle(alike and other.is_one)
        if not self.is_one:
            return
        self.keys, self.lists = self.keys or other.keys, self.lists + other.lists
        for name, tally in other.by_name.items():
            if name in self.by_name:
                self.by_name[name].merge(tally)
            else:
                self.by_name[name] = tally
        self._settle(len(self.by_name) <= MOST_NAMES)

    def _settle(self, fits: bool) -> None:  # noqa: FBT001  one fact, given by position
        if not fits:
            self.is_one, self.by_name = False, {}


class Members:
    """Counts inside the objects at one path: one tally for each key, or one for all keys of a map."""

    __slots__ = ("by_key", "keys", "objects", "whole")

    def __init__(self) -> None:
        self.objects = 0
        self.by_key: dict[str, PathTally] = {}
        self.whole: PathTally | None = None
        """Tally of the values of all keys, once there were more than `MOST_KEYS` of them."""
        self.keys = Values("string")

    def add(self, objects: Sequence[dict[Any, Any]], depth: int) -> list[Shape]:
        """Count the members of `objects` and return their shapes."""
        self.objects += len(objects)
        columns, shapes = columns_of(objects)
        for key, column in columns.items():
            name = key if type(key) is str else str(key)
            member = self.whole or self.by_key.get(name)
            if member is None:
                member = self.by_key[name] = PathTally()
            if self.whole is not None:
                self.keys.add([name] * len(column))
            member.add(column, depth)
        if len(self.by_key) > MOST_KEYS:
            self.collapse()
        return shapes

    def merge(self, other: Members) -> None:
        """Take over what `other` counted; `other` is used up."""
        self.objects += other.objects
        if self.whole is None and other.whole is None:
            for key, member in other.by_key.items():
                if key in self.by_key:
                    self.by_key[key].merge(member)
                else:
                    self.by_key[key] = member
            if len(self.by_key) > MOST_KEYS:
                self.collapse()
            return
        self.collapse().merge(other.collapse())
        self.keys.merge(other.keys)

    def entries(self) -> int:
        """Count the keys of all objects together, here and below."""
        members = [*self.by_key.values()] if self.whole is None else [self.whole]
        return sum(member.count + member.entries() for member in members)

    def collapse(self) -> PathTally:
        """Count the values of all keys as of one: from here on the keys are data."""
        if self.whole is None:
            self.whole = PathTally()
        for key, member in sorted(self.by_key.items()):
            self.keys.counts[key] += member.count
            self.whole.merge(member)
        self.by_key = {}
        self.keys.cap()
        return self.whole


class Tally:
    """Counts for every path of some records: add records, merge with other tallies, then read the fields.

    `merge` is associative and commutative but for the counts that sketches may miss (see `distinct.Sketch`):
    splitting records into parts changes nothing.
    """

    def __init__(self) -> None:
        self.records = 0
        self.members = Members()
        self.variants: Counter[tuple[str, ...]] | None = Counter()
        """Number of records with each set of keys; None once there were more than `MOST_VARIANTS` sets of them."""

    def add(self, records: Iterable[Any]) -> None:
        """Count `records`; one that is no object counts as a record and has no fields."""
        records = [*map(plain_value, records)]
        self.records += len(records)
        objects = [record for record in records if type(record) is dict]
        shapes = self.members.add(objects, 1) if objects else []
        if self.variants is not None:
            for keys, count in shapes:
                self.variants[tuple(sorted(map(str, keys)))] += count
            self._cap()

    def merge(self, other: Tally) -> None:
        """Take over what `other` counted; `other` is used up."""
        self.records += other.records
        self.members.merge(other.members)
        if self.variants is None or other.variants is None:
            self.variants = None
        else:
            self.variants.update(other.variants)
            self._cap()

    def _cap(self) -> None:
        if self.variants is not None and len(self.variants) > MOST_VARIANTS:
            self.variants = None

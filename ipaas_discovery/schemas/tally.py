"""Counts of the values at every path of some records, which can be merged with those of other records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain
from typing import Any
from zlib import crc32

from ipaas_discovery.schemas.columns import NAN, by_kind, columns_of, plain_number, plain_value
from ipaas_discovery.schemas.formats import text_format
from ipaas_discovery.schemas.paths import escape, list_depth, split_path
from ipaas_discovery.schemas.schema import Observed

__all__ = ["DISTINCT_CAP", "MAX_DEPTH", "PathTally", "Tally"]

DISTINCT_CAP = 2_000
"""Different values of a path that are told apart; beyond it only "at least so many" is known."""
MAX_DEPTH = 100
"""Objects and lists inside one another that are looked into; deeper ones are counted and left."""
EXAMPLES, TOP = 5, 25
Value = tuple[str, Any]
"""A value and its JSON type, since Python takes True, 1 and 1.0 for the same."""


@dataclass(slots=True)
class PathTally:
    """What was counted at one path. `values` is None once there were more than `DISTINCT_CAP`."""

    types: Counter[str] = field(default_factory=Counter)
    empties: int = 0
    formats: Counter[str] = field(default_factory=Counter)
    numbers: tuple[Any, Any] | None = None
    lengths: tuple[int, int] | None = None
    values: Counter[Value] | None = field(default_factory=Counter)
    examples: tuple[Value, ...] = ()

    def add(self, kind: str, column: Sequence[Any]) -> None:
        """Count a column of values of one JSON type."""
        self.types[kind] += len(column)
        if kind in {"object", "array"}:
            sizes = list(map(len, column))
            self.empties += sizes.count(0)
            if kind == "array":
                self.lengths = _span(self.lengths, (min(sizes), max(sizes)))
        elif kind == "string":
            self._add_texts(Counter(column))
        elif kind != "null":
            self._add_numbers(kind, Counter(map(plain_number, column) if kind == "number" else column))

    def _add_texts(self, counts: Counter[str]) -> None:
        sizes = list(map(len, counts))
        self.lengths = _span(self.lengths, (min(sizes), max(sizes)))
        self.empties += counts.pop("", 0)
        for text, times in counts.items():
            name = text_format(text)
            if name:
                self.formats[name] += times
        self._add_values("string", counts)

    def _add_numbers(self, kind: str, counts: Counter[Any]) -> None:
        if kind != "boolean":
            real = [value for value in counts if value != NAN]
            if real:
                self.numbers = _span(self.numbers, (min(real), max(real)))
        self._add_values(kind, counts)

    def _add_values(self, kind: str, counts: Counter[Any]) -> None:
        self.examples = _examples(chain(self.examples, ((kind, value) for value in counts)))
        if self.values is not None:
            for value, times in counts.items():
                self.values[kind, value] += times
            self._cap()

    def _cap(self) -> None:
        if self.values is not None and len(self.values) > DISTINCT_CAP:
            self.values = None

    def merge(self, other: PathTally) -> None:
        """Take over what `other` counted."""
        self.types += other.types
        self.empties += other.empties
        self.formats += other.formats
        self.numbers = _span(self.numbers, other.numbers)
        self.lengths = _span(self.lengths, other.lengths)
        self.examples = _examples(chain(self.examples, other.examples))
        if self.values is None or other.values is None:
            self.values = None
        else:
            self.values += other.values
            self._cap()

    def observed(self, of: int) -> Observed:
        """What was counted, for `of` objects that could have held the field."""
        ranked = sorted(self.values.items(), key=lambda item: (-item[1], _order(item[0]))) if self.values else []
        return Observed(
            of=of,
            present=self.types.total(),
            nulls=self.types["null"],
            empties=self.empties,
            types=dict(sorted(self.types.items())),
            formats=dict(sorted(self.formats.items())),
            values=self.numbers,
            lengths=self.lengths,
            distinct=DISTINCT_CAP if self.values is None else len(self.values),
            top=tuple((value, times) for (_, value), times in ranked[:TOP]),
            examples=tuple(value for _, value in self.examples),
        )


class Tally:
    """Counts for every path of some records: add records, merge with other tallies, then read the fields.

    `merge` is associative and commutative: how records are split into parts changes nothing.
    """

    def __init__(self) -> None:
        self.records = 0
        self.objects: Counter[str] = Counter()
        """Objects seen at each place, and elements of each list: what fields are counted against."""
        self.paths: defaultdict[str, PathTally] = defaultdict(PathTally)

    def add(self, records: Iterable[Any]) -> None:
        """Count `records`; one that is no object counts as a record and has no fields."""
        records = list(records)
        self.records += len(records)
        objects = [each for each in map(plain_value, records) if type(each) is dict]
        todo: list[tuple[str, list[dict[Any, Any]], int]] = [("", objects, 0)]
        while todo:
            prefix, found, depth = todo.pop()
            if found:
                self.objects[prefix] += len(found)
            for key, column in columns_of(found).items():
                todo.extend(self._column(prefix + escape(str(key)), column, depth + 1))

    def _column(self, path: str, column: list[Any], depth: int) -> list[tuple[str, list[dict[Any, Any]], int]]:
        """Count the values at one path; gives the objects inside that are still to be looked into."""
        inside = []
        while column:
            kinds = by_kind(column)
            for kind, values in kinds.items():
                self.paths[path].add(kind, values)
            if depth >= MAX_DEPTH:
                break
            if "object" in kinds:
                inside.append((f"{path}.", kinds["object"], depth))
            path, depth = f"{path}[]", depth + 1
            column = list(chain.from_iterable(kinds.get("array", ())))
            self.objects[path] += len(column)
        return inside

    def merge(self, other: Tally) -> None:
        """Take over what `other` counted."""
        self.records += other.records
        self.objects += other.objects
        for path, theirs in other.paths.items():
            self.paths[path].merge(theirs)

    def observed(self) -> list[tuple[str, Observed]]:
        """Every path with what was counted, sorted; a list of nothing but objects has no path for its elements."""
        found = []
        for path, tally in sorted(self.paths.items()):
            if is_elements(path):
                if set(tally.types) != {"object"}:
                    found.append((path, tally.observed(self.objects[path])))
            else:
                found.append((path, tally.observed(self.objects[parent_prefix(path)])))
        return found


def is_elements(path: str) -> bool:
    """Whether `path` stands for a list's elements themselves: `tags[]`."""
    return path.endswith("[]") and list_depth(split_path(path)[-1])[1] > 0


def parent_prefix(path: str) -> str:
    """What stands before the last key of `path`: `lines[].` of `lines[].sku`, nothing at the top."""
    return "".join(f"{part}." for part in split_path(path)[:-1])


def _span(one: tuple[Any, Any] | None, other: tuple[Any, Any] | None) -> tuple[Any, Any] | None:
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _examples(values: Iterable[Value]) -> tuple[Value, ...]:
    """A few values, picked by checksum: as good as by chance, and the same however the records were split."""
    return tuple(nsmallest(EXAMPLES, dict.fromkeys(values), key=lambda each: (_checksum(each[1]), _order(each))))


def _checksum(value: object) -> int:
    return crc32(str(value).encode("utf-8", "surrogatepass"))


def _order(value: Value) -> tuple[str, bool, Any]:
    """A sort key for values of any type; NaN, a text among numbers, stands apart."""
    kind, each = value
    return kind, isinstance(each, str), each

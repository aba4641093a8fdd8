"""Records read column by column: all values at one path, each object and list on the way looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ipaas_discovery.flows.execution.element_records import unfolded
from ipaas_discovery.flows.path_reader import ABSENT, Index, depth_of, plain_reader
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import split_path, unescape

__all__ = ["EVERY", "ListColumn", "Place", "RecordColumns"]

Place = tuple[str, Index]
"""The element of a destination's list: the source's list or object that makes it, and the index there."""
EVERY: Place = ("", ())
"""Place of a value that every element of the list gets."""


class ListColumn(NamedTuple):
    """Values of a field in a list: for each record its elements, and the value of each of them."""

    places: Sequence[Sequence[Place]]
    values: Sequence[Sequence[Any]]


class RecordColumns:
    """Columns of some records, which several flows may share.

    Args:
        records: the records.

    Attributes:
        kept: what was worked out of these columns once, by whatever tells it apart.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self.records = records
        self.kept: dict[Any, Any] = {}
        self._unfolded: dict[str, RecordColumns] = {}
        self._selected: dict[str, RecordColumns] = {}
        self._plain: dict[str, list[Any]] = {}
        self._columns: dict[str, ListColumn] = {}
        self._lists: dict[str, tuple[Sequence[Sequence[Place]], list[Sequence[Any]]]] = {}
        self._known: dict[tuple[str, int], tuple[Place, ...]] = {}

    def plain(self, path: str) -> list[Any] | None:
        """Return what each record holds at a path through objects alone, or `ABSENT`; None for any other path.

        >>> RecordColumns([{"a": {"b": 1}}, {}]).plain("a.b")
        [1, absent]
        """
        if path not in self._plain:
            if plain_reader(path) is None:
                return None
            *holders, last = split_path(path)
            key = unescape(last)
            above = (self.plain(".".join(holders)) if holders else self.records) or ()
            if {*map(type, above)} == {dict}:
                self._plain[path] = [holder.get(key, ABSENT) for holder in above]
            else:
                self._plain[path] = [
                    holder.get(key, ABSENT) if isinstance(holder, Mapping) else ABSENT for holder in above
                ]
        return self._plain[path]

    def unfolded(self, name: str) -> RecordColumns:
        """Return the columns of the records that the elements of a list make."""
        if name not in self._unfolded:
            self._unfolded[name] = RecordColumns([*unfolded(self.records, name)])
        return self._unfolded[name]

    def selected(self, condition: Condition) -> RecordColumns:
        """Return the columns of the records that meet a condition."""
        if condition.text not in self._selected:
            self._selected[condition.text] = RecordColumns([*filter(condition.holds, self.records)])
        return self._selected[condition.text]

    def in_list(self, path: str) -> ListColumn | None:
        """Return the values of a field of the elements of one list, `ABSENT` where one lacks it; None for other paths.

        >>> RecordColumns([{"l": [{"a": 1}, {}]}, {}]).in_list("l[].a").values
        [[1, absent], []]
        """
        if path in self._columns:
            return self._columns[path]
        name, mark, inner = path.partition("[].")
        if not mark or depth_of(path) != 1 or plain_reader(inner) is None or plain_reader(name) is None:
            return None
        places, elements = self._elements(name)
        read = plain_reader(inner)
        if "." in inner or "\\" in inner:
            values = [[read(element) if read else ABSENT for element in row] for row in elements]
        else:
            values = [[element.get(inner, ABSENT) for element in row] for row in elements]
        self._columns[path] = ListColumn(places, values)
        return self._columns[path]

    def _elements(self, name: str) -> tuple[Sequence[Sequence[Place]], list[Sequence[Any]]]:
        """Find the elements of a list in each record; what is no object counts as one without fields."""
        if name not in self._lists:
            held = self.plain(name) or ()
            rows: list[Sequence[Any]] = [
                [element if isinstance(element, Mapping) else {} for element in row]
                if isinstance(row, list | tuple)
                else ()
                for row in held
            ]
            self._lists[name] = [self._places(f"{name}[]", len(row)) for row in rows], rows
        return self._lists[name]

    def _places(self, name: str, count: int) -> tuple[Place, ...]:
        key = name, count
        if key not in self._known:
            self._known[key] = tuple((name, (at,)) for at in range(count))
        return self._known[key]

"""Records of the destination that are elements of a list in the source: where most of their fields come from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ipaas_discovery.flows.path_reader import ABSENT, depth_of, list_of, plain_reader
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import list_depth, split_path, unescape

__all__ = ["element_list", "unfolded"]


def element_list(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the list of the source whose elements become the destination's records; empty if its records do.

    That is the one list from which most of the fields come that the destination's records have once.

    >>> element_list([("locations[].sku", "sku"), ("locations[].onhand", "qty"), ("name", "name")])
    'locations[]'
    >>> element_list([("addresses[].city", "city"), ("name", "name")])
    ''
    """
    single = [list_of(source) if depth_of(source) == 1 else "" for source, to in pairs if not depth_of(to)]
    counts = Counter(single)
    lists = [name for name in counts if name.endswith("[]")]
    return lists[0] if len(lists) == 1 and counts[lists[0]] > counts[""] else ""


def unfolded(records: Sequence[Record], path: str) -> Iterator[Record]:
    """Yield a record for each element of the list at `path`, the only one that is left in it.

    >>> [*unfolded([{"id": 1, "lines": ["a", "b"]}, {"id": 2, "lines": []}], "lines[]")]
    [{'id': 1, 'lines': ['a']}, {'id': 1, 'lines': ['b']}]
    """
    keys = [unescape(list_depth(part)[0]) for part in split_path(path)]
    read = plain_reader(path.removesuffix("[]"))
    for record in records:
        elements: Any = read(record) if read else ABSENT
        for element in elements if isinstance(elements, list | tuple) else ():
            yield _with(record, keys, [element])


def _with(record: Mapping[str, Any], keys: Sequence[str], value: Any) -> dict[str, Any]:  # noqa: ANN401  any JSON value
    inner = value if len(keys) == 1 else _with(record[keys[0]], keys[1:], value)
    return {**record, keys[0]: inner}

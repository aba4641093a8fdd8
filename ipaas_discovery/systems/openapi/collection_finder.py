"""Find the collections of an API in its paths: what can be listed, read or written, and the calls for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.call_finder import CallFinder, variants
from ipaas_discovery.systems.openapi.collection_names import named
from ipaas_discovery.systems.openapi.envelope import is_listing, records_of
from ipaas_discovery.systems.openapi.node import Node
from ipaas_discovery.systems.openapi.operation import Operation, Operations
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.subject_paths import ACTIONS
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, segments, statics

__all__ = ["find_collections"]

NO_COLLECTION = frozenset({"count", "summary"}) | ACTIONS
"""Last segments that report on a collection, or say what is done with it, instead of being one."""
WRITES = ("PUT", "PATCH", "DELETE")


def find_collections(
    operations: Iterable[Operation], resolver: Resolver
) -> tuple[dict[str, Operations], tuple[Operation, ...]]:
    """Find each collection's calls by its name, sorted, and the calls that belong to no collection.

    A collection is a path that can be listed (by GET, or by POST to its `search`), one whose records are
    read by id or made and changed, or one that always gives the same single record. Its name is the path's
    last word, after those of the collections it stands under: `orders`, `orders_products`.
    """
    operations = list(operations)
    calls: dict[tuple[str, Path], Operation] = {}
    for operation in sorted(operations, key=_detour):
        calls.setdefault((operation.method, operation.place), operation)
    bases = _Bases(calls, resolver).find(operations)
    grouped: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for base in sorted(bases, key=lambda path: (len(path), path)):
        grouped[tuple(statics(base))].append(base)  # with and without ids, equal words mean equal records
    finder = CallFinder(calls, resolver)
    paths = {name: grouped[words] for name, words in sorted(named(grouped).items())}
    owners = {path: name for name, bases in paths.items() for base in bases for path in variants(base, calls)}
    collections = {name: finder.operations([*bases, tuple(statics(bases[0]))]) for name, bases in paths.items()}
    used = {id(call) for five in collections.values() if five.list for call in five}
    beside = [call for call in operations if id(call) not in used]
    collections = {name: finder.completed(five, paths[name][0], beside) for name, five in collections.items()}
    return _with_others(collections, operations, owners)


@dataclass(frozen=True, slots=True)
class _Bases:
    """A finder of the paths that are collections."""

    calls: Mapping[tuple[str, Path], Operation]
    resolver: Resolver

    def find(self, operations: Iterable[Operation]) -> set[Path]:
        """Find the paths of all collections, without the ids at their ends."""
        listed = {base for operation in operations if (base := self._listed(operation))}
        owned = {variant for base in listed for variant in variants(base, self.calls)}
        by_id = {path[:-1] for method, path in self.calls if path[-1] == PLACEHOLDER and self._by_id(method, path)}
        bases = listed | {base for base in by_id if _names_something(base) and base not in owned}
        owned |= {variant for base in bases for variant in variants(base, self.calls)}
        return bases | {path for method, path in self.calls if path not in owned and self._single(method, path, owned)}

    def _listed(self, call: Operation) -> Path | None:
        """Return the path that the call lists, if it lists one."""
        path = call.place
        base = path[:-1] if path[-1] in request_words().paths.listing and _names_something(path[:-1]) else path
        if not is_listing(call) or not _names_something(base):
            return None
        records = records_of(call, self.resolver, sent=False)
        if records is None or not self.resolver.node(call.response).has_content:
            rest = (("GET", (*base, PLACEHOLDER)), ("POST", base))
            return base if call.method == "GET" and any(key in self.calls for key in rest) else None
        return base if records.many and _is_record(self.resolver.node(records.schema)) else None

    def _by_id(self, method: str, path: Path) -> bool:
        """Tell whether a record is read by id, or created and then written by id."""
        if method != "GET":
            return method in WRITES and ("POST", path[:-1]) in self.calls
        call = self.calls[method, path]
        records = records_of(call, self.resolver, sent=False)
        return records is None or _is_record(self.resolver.node(records.schema))

    def _single(self, method: str, path: Path, owned: Collection[Path]) -> bool:
        """Tell whether the path returns one record, always the same: a shop's settings, an order's only address."""
        if method != "GET" or not _names_something(path) or path[-1] in request_words().paths.listing:
            return False
        if path[:-1] in owned and not any((way, path) in self.calls for way in ("POST", *WRITES)):
            return False  # it belongs to the collection above, such as its settings
        records = records_of(self.calls[method, path], self.resolver, sent=False)
        return records is not None and not records.many and bool(self.resolver.node(records.schema).properties)


def _detour(operation: Operation) -> tuple[bool, bool]:
    """Sort calls whose path is their place before those with a verb, and a plain id before a named key."""
    return operation.place != segments(operation.path) and not operation.scope, "={" in operation.path


def _names_something(base: Path) -> bool:
    """Tell whether a path can be a collection's: it ends with a word that is its subject."""
    if not base or base[-1] in {PLACEHOLDER, *NO_COLLECTION} or all(map(is_root, statics(base))):
        return False
    return not is_root(base[-1]) and re.search(r"\w", base[-1]) is not None


def _is_record(node: Node) -> bool:
    """Tell whether a schema describes objects, or nothing."""
    return bool(node.properties) or node.types in {(), ("object",)}


def _with_others(
    collections: Mapping[str, Operations], operations: Iterable[Operation], owners: Mapping[Path, str]
) -> tuple[dict[str, Operations], tuple[Operation, ...]]:
    """Add the calls that are none of the five to their collections, and return the remaining ones."""
    used = {id(call) for calls in collections.values() for call in calls}
    others: dict[str, list[Operation]] = defaultdict(list)
    left: list[Operation] = []
    for operation in operations:
        if id(operation) not in used:
            path = operation.place
            above = (path[:end] for end in range(len(path), 0, -1))
            owner = next((owners[base] for base in above if base in owners), None)
            (left if owner is None else others[owner]).append(operation)
    return {name: replace(calls, others=tuple(others[name])) for name, calls in collections.items()}, tuple(left)

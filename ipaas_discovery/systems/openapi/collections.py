"""The collections of an API, found in its paths: what can be listed, and the calls that go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ipaas_discovery.systems.openapi.envelope import LIST_VERBS, is_listing, records_of
from ipaas_discovery.systems.openapi.operation import Operation, Operations
from ipaas_discovery.systems.openapi.paths import PLACEHOLDER, Path, segments, singulars, statics
from ipaas_discovery.systems.openapi.resolve import Resolver

__all__ = ["find_collections"]

NO_COLLECTION = frozenset({"count", "summary"})
"""Last segments that tell about a collection instead of being one."""

Calls = Mapping[tuple[str, Path], Operation]


def find_collections(operations: Iterable[Operation], resolver: Resolver) -> dict[str, Operations]:
    """Each collection's calls by its name, sorted.

    A collection is a path that can be listed (by GET, or by POST to its `search`), or one where records
    are both made and read by id. Its name is the path's last word, after those of the collections it
    stands under: `orders`, `orders_products`.
    """
    operations = list(operations)
    calls: dict[tuple[str, Path], Operation] = {}
    for each in operations:
        calls.setdefault((each.method, segments(each.path)), each)
    bases = _listed(operations, resolver)
    bases |= _unlisted(calls, bases)
    grouped: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for base in sorted(bases, key=lambda path: (len(path), path)):
        grouped[tuple(statics(base))].append(base)  # the same words with and without ids: the same records
    named = _names(grouped)
    return {name: _merged(calls, grouped[words]) for name, words in sorted(named.items())}


def _listed(operations: Iterable[Operation], resolver: Resolver) -> set[Path]:
    found = set()
    for each in operations:
        path = segments(each.path)
        base = path[:-1] if path[-1] in LIST_VERBS else path
        if not base or base[-1] in {PLACEHOLDER, *NO_COLLECTION} or not is_listing(each):
            continue
        records = records_of(each, resolver, sent=False)
        if records and records.many and resolver.node(records.schema).properties:
            found.add(base)
    return found


def _unlisted(calls: Calls, listed: set[Path]) -> set[Path]:
    """Paths without a list call where records are made and read by id, unless a plural path owns them."""
    owned = {variant for base in listed for variant in _variants(base)}
    made = {path for method, path in calls if method == "POST" and path[-1] != PLACEHOLDER}
    return {path for path in made if ("GET", (*path, PLACEHOLDER)) in calls and path not in owned}


def _variants(base: Path) -> list[Path]:
    """The path itself, and with its last word in the singular: `/Products` is read at `/Product/{id}`."""
    return [base, *((*base[:-1], one) for one in singulars(base[-1]))]


def _names(grouped: Mapping[tuple[str, ...], list[Path]]) -> dict[str, tuple[str, ...]]:
    """A unique name for each group; of two that would share one, the shorter and later path keeps it."""
    roots = {words for words, paths in grouped.items() if any(PLACEHOLDER not in path for path in paths)}
    named: dict[str, tuple[str, ...]] = {}
    newest_first = sorted(grouped, reverse=True)
    for words in sorted(newest_first, key=lambda each: min(map(len, grouped[each]))):
        start = min(_start(words, roots, path) for path in grouped[words])
        while "_".join(words[start:]) in named and start:
            start -= 1
        named.setdefault("_".join(words[start:]), words)
    return named


def _start(words: tuple[str, ...], roots: set[tuple[str, ...]], path: Path) -> int:
    """Where in `words` the name begins: at the first collection above it, or at the word before its first id."""
    above = [end - 1 for end in range(1, len(words)) if words[:end] in roots]
    if above:
        return above[0]
    first_id = path.index(PLACEHOLDER) if PLACEHOLDER in path else 0
    versioned = first_id and words[first_id - 1][:1] == "v" and words[first_id - 1][1:].isdecimal()
    return first_id - 1 if first_id and not versioned else len(words) - 1


def _merged(calls: Calls, bases: list[Path]) -> Operations:
    found = [_operations(calls, base) for base in bases]
    return Operations(
        *(
            next((call for each in found if (call := getattr(each, name)) is not None), None)
            for name in ("list", "detail", "create", "update", "delete")
        )
    )


def _operations(calls: Calls, base: Path) -> Operations:
    """The calls of one path. An update by id comes before one of many; PATCH, which asks for least, before PUT."""
    variants = _variants(base)
    by_id = [(*path, PLACEHOLDER) for path in variants]
    searches = [("GET", base), *((method, (*base, verb)) for method in ("GET", "POST") for verb in sorted(LIST_VERBS))]
    creates = [("POST", path) for path in (*variants, (*base, "create"))]
    updates = [(method, path) for path in by_id for method in ("PATCH", "PUT", "POST")]
    updates += [(method, path) for path in variants for method in ("PATCH", "PUT")]
    return Operations(
        list=_first(calls, searches),
        detail=_first(calls, [("GET", path) for path in by_id]),
        create=_first(calls, creates),
        update=_first(calls, updates),
        delete=_first(calls, [("DELETE", path) for path in (*by_id, *variants)]),
    )


def _first(calls: Calls, wanted: Iterable[tuple[str, Path]]) -> Operation | None:
    return next((calls[each] for each in wanted if each in calls), None)

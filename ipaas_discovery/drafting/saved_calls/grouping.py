"""Which collections a file of saved calls tells of: what it lists, what it reads by id, what it writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ipaas_discovery.drafting.saved_calls.collected import Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.guesses import id_field
from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, segments, statics

__all__ = ["CollectionGroup", "Grouped", "group"]

_UPDATES = ("PATCH", "PUT")
_Calls = Mapping[tuple[str, Path], SavedRequest]


@dataclass(frozen=True, slots=True)
class CollectionGroup:
    """One collection: the call that lists it, its parent and id, the calls that go with it, and saved answers.

    `path` is where its list is, under the base URL; a child's has the parent's id field as placeholder.
    `examples` are lists of its records, `details` single ones. `scope` names placeholders that no collection
    fills. `writes` are calls by what they do: create, update, delete.
    """

    name: str
    path: str
    query: tuple[str, ...]
    parent: str | None
    id: str
    detail: str | None
    writes: Mapping[str, str]
    examples: tuple[Example, ...]
    details: tuple[Example, ...]
    scope: tuple[str, ...]

    @property
    def place(self) -> str | None:
        """Where the records are in an answer, as the examples show; None without an example."""
        return self.examples[0].place if self.examples else None


@dataclass(frozen=True, slots=True)
class Grouped:
    """The collections of a file, the address they are under, and calls that fit into none, each with the reason."""

    base_url: str
    collections: Mapping[str, CollectionGroup]
    left_out: tuple[str, ...]


def group(collected: Collected) -> Grouped:
    """The collections that the saved calls tell of, by name, in the file's order, parents before children."""
    base_url = _common(collected.base_urls)
    placed = [(each, _under(base_url, each)) for each in collected.requests]
    calls: dict[tuple[str, Path], SavedRequest] = {}
    for each, path in placed:
        if path is not None:
            calls.setdefault((each.method, segments(path)), replace(each, path=path))
    known = _Examples(collected, base_url)
    found: dict[Path, CollectionGroup] = {}
    for (method, base), request in sorted(calls.items(), key=lambda call: len(call[0][1])):
        if method == "GET" and _is_list(base, calls, known.of(base), request):
            found[base] = _found(request, base, calls, known, found)
    left = [f"{each.label} is at another address, {each.server}" for each, path in placed if path is None]
    left += [f"{each.label}: {_reason(key)}" for key, each in calls.items() if not _used(key, found)]
    return Grouped(base_url, {each.name: each for each in found.values()}, tuple(left))


class _Examples:
    """The saved answers to GET by their path's segments."""

    def __init__(self, collected: Collected, base_url: str) -> None:
        self._by_path: dict[Path, list[Example]] = {}
        for each in (example for examples in collected.examples.values() for example in examples):
            path = _under(base_url, each.request)
            if each.request.method == "GET" and path is not None:
                self._by_path.setdefault(segments(path), []).append(each)

    def of(self, path: Path, *, many: bool | None = None) -> tuple[Example, ...]:
        """Those of a path; with `many`, only the lists or only the single records."""
        held = self._by_path.get(path, [])
        return tuple(each for each in held if many is None or each.many is many)


def _common(servers: Iterable[str]) -> str:
    """The address that most of the calls to the most used host share."""
    split = [re.fullmatch(r"(\w+://[^/]+|[^/]*)(.*)", each) for each in servers]
    parted = [(each.group(1), segments(each.group(2))) for each in split if each]
    if not parted:
        return ""
    paths = [path for host, path in parted if host == parted[0][0]]
    shared: list[str] = []
    for names in zip(*paths, strict=False):
        if len(set(names)) > 1:
            break
        shared.append(names[0])
    return "/".join([parted[0][0], *shared])


def _under(base_url: str, request: SavedRequest) -> str | None:
    """The request's path under the base URL; None if it is elsewhere."""
    if not request.server:
        return request.path
    whole = request.server + request.path
    inside = whole == base_url or whole.startswith(base_url + "/")
    return (whole[len(base_url) :] or "/") if inside else None


def _is_list(base: Path, calls: _Calls, examples: tuple[Example, ...], request: SavedRequest) -> bool:
    """Whether a GET gives a list: an example shows one, or, without any, the other calls and the name say so."""
    if not base or base[-1] in {PLACEHOLDER, *request_words().paths.about}:
        return False
    if base[-1] in request_words().paths.listing and ("GET", base[:-1]) in calls:
        return False
    if examples:
        return any(each.many for each in examples)
    beside = ("GET", (*base, PLACEHOLDER)) in calls or ("POST", base) in calls
    return beside or bool(paging_words().roles(request.query)) or bool(singulars(base[-1]))


def _found(
    request: SavedRequest, base: Path, calls: _Calls, known: _Examples, before: Mapping[Path, CollectionGroup]
) -> CollectionGroup:
    above = before.get(base[:-2]) if base[-2:-1] == (PLACEHOLDER,) else None
    by_id = (*base, PLACEHOLDER)
    detail = calls.get(("GET", by_id))
    examples, details = known.of(base, many=True), known.of(by_id)
    path, scope = _path(request.path, above)
    word = next((part for part in reversed(statics(base)) if part not in request_words().paths.listing), base[-1])
    records = [record for each in examples or details for record in each.records]
    asked = re.findall(r"\{(\w+)\}", detail.path)[-1:] if detail else []
    return CollectionGroup(
        name=_name(word, base, above, {each.name for each in before.values()}),
        path=path,
        query=request.query,
        parent=above.name if above else None,
        id=id_field(records, word, asked[0] if asked else ""),
        detail=_with_id(detail.path, scope) if detail else None,
        writes=_writes(calls, base, by_id),
        examples=examples,
        details=details,
        scope=scope,
    )


def _path(path: str, above: CollectionGroup | None) -> tuple[str, tuple[str, ...]]:
    """The list's path, a child's with the parent's id field, and the names that only a scope can fill."""
    parts = path.split("/")
    if above:
        parts = [*above.path.split("/"), f"{{{above.id}}}", *parts[-1:]]
        return "/".join(parts), above.scope
    scope: list[str] = []
    for at, part in enumerate(parts):
        if name := re.fullmatch(r"(.*)\{(\w+)\}(.*)", part):
            scope.append(_scope_name(name.group(2), parts[at - 1] if at else ""))
            parts[at] = f"{name.group(1)}{{{scope[-1]}}}{name.group(3)}"
    return "/".join(parts), tuple(scope)


def _scope_name(name: str, above: str) -> str:
    """A placeholder's name; one that says nothing is named for what it is the id of."""
    if name.lower() != "id" or not above:
        return name
    return re.sub(r"\W+", "_", f"{next(iter(singulars(above)), above)}_id".lower())


def _with_id(path: str, scope: tuple[str, ...]) -> str:
    """A detail path: the last placeholder is `{id}`, the ones before it are the scope's."""
    names = iter((*scope, "id"))
    count = len(re.findall(r"\{\w+\}", path))
    if count != len(scope) + 1:
        return path
    return re.sub(r"\{\w+\}", lambda _: f"{{{next(names)}}}", path)


def _writes(calls: _Calls, base: Path, by_id: Path) -> dict[str, str]:
    """The calls that write; an update by id comes before one of many, PATCH before PUT."""
    wanted = {
        "create": [("POST", base)],
        "update": [(method, path) for path in (by_id, base) for method in _UPDATES],
        "delete": [("DELETE", by_id), ("DELETE", base)],
    }
    found = {name: next((calls[key] for key in keys if key in calls), None) for name, keys in wanted.items()}
    return {name: each.label for name, each in found.items() if each}


def _name(word: str, base: Path, above: CollectionGroup | None, taken: set[str]) -> str:
    """A name that no other collection has: the path's last word, a child's behind its parent's name."""
    words = [re.sub(r"\W+", "_", part).strip("_") or "records" for part in statics(base)]
    plain = re.sub(r"\W+", "_", word).strip("_") or "records"
    candidates = [f"{above.name}_{plain}" if above else plain]
    candidates += ["_".join(words[start:]) for start in range(len(words) - 1, -1, -1)]
    counted = (f"{candidates[0]}_{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (*candidates, *counted) if name not in taken)


def _used(key: tuple[str, Path], found: Mapping[Path, CollectionGroup]) -> bool:
    path = key[1]
    return path in found or (path[-1:] == (PLACEHOLDER,) and path[:-1] in found)


def _reason(key: tuple[str, Path]) -> str:
    """Why a call belongs to no collection."""
    method, path = key
    if method == "POST" and path and path[-1] in request_words().paths.listing:
        return "looks like a search by POST; if it only asks, write it as `search`"
    if method == "POST" and path and path[-1].lower() == "graphql":
        return "GraphQL; write each list as a collection with `search` and its query"
    if method == "GET" and Counter(path)[PLACEHOLDER] > 1:
        return "asks for more than one id"
    return "no list of the same records is in the file"

"""Group saved calls into collections: those that list, read by id, and write the same records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.guesses import id_field
from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, segments, statics

__all__ = ["CollectionGroup", "Grouped", "group"]

_UPDATES = ("PATCH", "PUT")
_Calls = Mapping[tuple[str, Path], SavedRequest]


@dataclass(frozen=True, slots=True)
class CollectionGroup:
    """One collection: the call that lists it, its parent and id, the calls that go with it, and saved answers.

    `path` is the path of its list under the base URL; a child's has the parent's id field as placeholder.
    `examples` are lists of its records, `details` single ones. `scope` names placeholders that no collection
    fills. `writes` are calls by what they do: create, update, delete. `fixed` are parameters that every call has,
    `embedded` the field of the parent's records that holds the list, `entity` what a query
    language calls it in a POST, where a GET is tried. `search` are the settings of a POST that only asks.
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
    fixed: Mapping[str, str] = field(default_factory=dict)
    embedded: str | None = None
    entity: str = ""
    search: Mapping[str, Any] | None = None

    @property
    def place(self) -> str | None:
        """The path of the records in an answer, as the examples show; None without an example."""
        return self.examples[0].place if self.examples else None


@dataclass(frozen=True, slots=True)
class Grouped:
    """The collections of a file, their address, and the calls that fit into none, each with its reason in words."""

    base_url: str
    collections: Mapping[str, CollectionGroup]
    left_out: tuple[tuple[SavedRequest, str], ...]


def group(collected: Collected) -> Grouped:
    """Group the saved calls into collections, by name, in the file's order, parents before children."""
    base_url = _common(collected.base_urls)
    placed = [(request, _under(base_url, request)) for request in collected.requests]
    calls: dict[tuple[str, Path], SavedRequest] = {}
    saved: dict[tuple[str, Path], SavedRequest] = {}
    for request, path in placed:
        if path is not None and not (request.entity or request.subject):
            saved.setdefault(key := (request.method, segments(path)), request)
            calls.setdefault(key, replace(request, path=path))
    known = _Examples(collected, base_url)
    groups: dict[Path, CollectionGroup] = {}
    for (method, base), request in sorted(calls.items(), key=lambda call: len(call[0][1])):
        if method == "GET" and _is_list(base, calls, known.of(base), request):
            groups[base] = _collection(request, base, calls, known, groups)
            for inside in _expanded(groups[base]):
                groups[*base, PLACEHOLDER, f"({inside.embedded})"] = inside
    for request, path in placed:
        if path is not None and request.entity:
            asked = [example for several in collected.examples.values() for example in several]
            examples = tuple(example for example in asked if example.many and example.request.entity == request.entity)
            groups[*segments(path), request.entity.lower()] = _queried(request, path, calls, groups, examples)
    asking = [(request, path) for request, path in placed if path is not None and request.subject]
    others = [request for request, path in placed if path is None]
    left = [(request, f"{_label(request)} is at another address, {request.server}") for request in others]
    unused = [(key, request) for key, request in calls.items() if not _used(key, groups)]
    left += [(saved[key], f"{_label(request)}: {_reason(key)}") for key, request in unused]
    left += [(request, f"{_label(request)}: {_reason(('POST', segments(path)))}") for request, path in asking]
    return Grouped(base_url, {collection.name: collection for collection in groups.values()}, tuple(left))


class _Examples:
    """The saved answers to GET by their path's segments."""

    def __init__(self, collected: Collected, base_url: str) -> None:
        self._by_path: dict[Path, list[Example]] = {}
        for example in (example for examples in collected.examples.values() for example in examples):
            path = _under(base_url, example.request)
            if example.request.method == "GET" and path is not None:
                self._by_path.setdefault(segments(path), []).append(example)

    def of(self, path: Path, *, many: bool | None = None) -> tuple[Example, ...]:
        """Return the answers of a path; with `many`, only the lists or only the single records."""
        examples = self._by_path.get(path, [])
        return tuple(example for example in examples if many is None or example.many is many)


def _common(servers: Iterable[str]) -> str:
    """Return the address that most of the calls to the most used host share."""
    matches = [re.fullmatch(r"(\w+://[^/]+|[^/]*)(.*)", server) for server in servers]
    parted = [(match.group(1), segments(match.group(2))) for match in matches if match]
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
    """Return the request's path under the base URL; None if it is elsewhere."""
    if not request.server:
        return request.path
    whole = request.server + request.path
    inside = whole == base_url or whole.startswith(base_url + "/")
    return (whole[len(base_url) :] or "/") if inside else None


def _is_list(base: Path, calls: _Calls, examples: tuple[Example, ...], request: SavedRequest) -> bool:
    """Tell whether a GET returns a list, by its examples or else by its name and the calls beside it."""
    if not base or base[-1] in {PLACEHOLDER, *request_words().paths.about}:
        return False
    if base[-1] in request_words().paths.listing and ("GET", base[:-1]) in calls:
        return False
    if examples:
        return any(example.many for example in examples)
    beside = ("GET", (*base, PLACEHOLDER)) in calls or ("POST", base) in calls
    return beside or bool(paging_words().roles(request.query)) or bool(singulars(base[-1]))


def _collection(
    request: SavedRequest, base: Path, calls: _Calls, known: _Examples, before: Mapping[Path, CollectionGroup]
) -> CollectionGroup:
    """Build the group of one list."""
    above = before.get(base[:-2]) if base[-2:-1] == (PLACEHOLDER,) else None
    by_id = (*base, PLACEHOLDER)
    detail = calls.get(("GET", by_id))
    examples, details = known.of(base, many=True), known.of(by_id)
    path, scope = _path(request.path, above)
    word = next((part for part in reversed(statics(base)) if part not in request_words().paths.listing), base[-1])
    records = [record for example in examples or details for record in example.records]
    asked = re.findall(r"\{(\w+)\}", detail.path)[-1:] if detail else []
    id_name = id_field(records, word, asked[0] if asked else "")
    by = asked[0] if asked and any(asked[0] in record for record in records) else id_name
    return CollectionGroup(
        name=_name(word, base, above, {collection.name for collection in before.values()}),
        path=path,
        query=request.query,
        parent=above.name if above else None,
        id=id_name,
        detail=_with_id(detail.path, scope, by) if detail else None,
        writes=_writes(calls, base, by_id),
        examples=examples,
        details=details,
        scope=scope,
        fixed=request.fixed,
    )


def _expanded(collection: CollectionGroup) -> Iterator[CollectionGroup]:
    """Yield the lists inside the records that the calls ask to be expanded."""
    records = [record for example in (*collection.examples, *collection.details) for record in example.records]
    for name in collection.fixed.get("$expand", "").split(","):
        inner = [item for record in records if isinstance(record.get(name), list) for item in record[name]]
        if inner and all(isinstance(item, Mapping) for item in inner):
            yield CollectionGroup(
                f"{collection.name}_{name}", "", (), collection.name, id_field(inner, name, ""), None, {}, (), (), (),
                embedded=name,
            )  # fmt: skip


def _queried(
    request: SavedRequest,
    path: str,
    calls: _Calls,
    before: Mapping[Path, CollectionGroup],
    examples: tuple[Example, ...],
) -> CollectionGroup:
    """Build the group of the records that a text in a query language asks for."""
    listed, scope = _path(path, None)
    above = segments(path)[:-1]
    id_name = id_field([record for example in examples for record in example.records], request.entity.lower(), "")
    detail = calls.get(("GET", (*above, request.entity.lower(), PLACEHOLDER)))
    return CollectionGroup(
        name=_name(request.entity.lower(), above, None, {collection.name for collection in before.values()}),
        path=listed, query=(), parent=None, id=id_name,
        detail=_with_id(detail.path, scope, id_name) if detail else None,
        writes=_writes(calls, (*above, request.entity.lower()), (*above, request.entity.lower(), PLACEHOLDER)),
        examples=examples, details=(), scope=scope, fixed={request.asked_in: request.statement},
        entity=request.entity if request.method == "POST" else "",
    )  # fmt: skip


def _path(path: str, above: CollectionGroup | None) -> tuple[str, tuple[str, ...]]:
    """Return the list's path, a child's with the parent's id field, and the names that only a scope can fill."""
    closing = "/" if path.endswith("/") else ""
    parts = path.rstrip("/").split("/")
    if above:
        parts = [*above.path.rstrip("/").split("/"), f"{{{above.id}}}", *parts[-1:]]
        return "/".join(parts) + closing, above.scope
    scope: list[str] = []
    for index, part in enumerate(parts):
        if name := re.fullmatch(r"(.*)\{(\w+)\}(.*)", part):
            scope.append(_scope_name(name.group(2), parts[index - 1] if index else ""))
            parts[index] = f"{name.group(1)}{{{scope[-1]}}}{name.group(3)}"
    return "/".join(parts) + closing, tuple(scope)


def _scope_name(name: str, above: str) -> str:
    """Name a placeholder; a bare `id` is named after the segment before it."""
    if name.lower() != "id" or not above:
        return name
    return re.sub(r"\W+", "_", f"{next(iter(singulars(above)), above)}_id".lower())


def _with_id(path: str, scope: tuple[str, ...], field: str) -> str:
    """Rewrite a detail path: its last placeholder is the field asked for, the ones before it are the scope's."""
    names = iter((*scope, field))
    count = len(re.findall(r"\{\w+\}", path))
    if count != len(scope) + 1:
        return path
    return re.sub(r"\{\w+\}", lambda _: f"{{{next(names)}}}", path)


def _writes(calls: _Calls, base: Path, by_id: Path) -> dict[str, str]:
    """Find the calls that write; an update by id comes before one of many, PATCH before PUT."""
    wanted = {
        "create": [("POST", base)],
        "update": [(method, path) for path in (by_id, base) for method in _UPDATES],
        "delete": [("DELETE", by_id), ("DELETE", base)],
    }
    writes = {name: next((calls[key] for key in keys if key in calls), None) for name, keys in wanted.items()}
    return {name: request.label for name, request in writes.items() if request}


def _name(word: str, base: Path, above: CollectionGroup | None, taken: set[str]) -> str:
    """Choose a unique name: the path's last word, a child's behind its parent's name."""
    words = [re.sub(r"\W+", "_", part).strip("_") or "records" for part in statics(base)]
    plain = re.sub(r"\W+", "_", word).strip("_") or "records"
    candidates = [f"{above.name}_{plain}" if above else plain]
    candidates += ["_".join(words[start:]) for start in range(len(words) - 1, -1, -1)]
    counted = (f"{candidates[0]}_{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (*candidates, *counted) if name not in taken)


def _used(key: tuple[str, Path], groups: Mapping[Path, CollectionGroup]) -> bool:
    """Tell whether a call belongs to a collection."""
    path = key[1]
    return path in groups or (path[-1:] == (PLACEHOLDER,) and path[:-1] in groups)


def _label(request: SavedRequest) -> str:
    """Name a call that nothing was made of; what stands behind a plural may be somebody's name or key."""
    parts = request.path.split("/")
    for index, (above, part) in enumerate(pairwise(parts), 1):
        plain = request_words().paths
        known = {*plain.about, *plain.listing, *plain.creating, "me", "graphql"}
        if (
            part
            and "{" not in part
            and not is_root(part)
            and singulars(above)
            and not singulars(part)
            and part.lower() not in known
        ):
            parts[index] = "{id}"
    return f"{request.method} {'/'.join(parts)}"


def _reason(key: tuple[str, Path]) -> str:
    """Explain why a call belongs to no collection."""
    method, path = key
    if method == "POST" and path and path[-1] in request_words().paths.listing:
        return "looks like a search by POST; if it only asks, write it as `search`"
    if method == "POST" and path and path[-1].lower() == "graphql":
        return "GraphQL; write each list as a collection with `search` and its query"
    if method == "GET" and Counter(path)[PLACEHOLDER] > 1:
        return "asks for more than one id"
    return "no list of the same records is in the file"

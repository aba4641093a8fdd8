"""Calls on other paths of a description that may write a collection."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.schemas.declaring.offered_calls import is_for_all
from ipaas_discovery.systems.openapi import ApiDescription, Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, segments

__all__ = ["calls_elsewhere"]


def calls_elsewhere(api: ApiDescription, calls: Operations) -> Iterator[Operation]:
    """Yield the calls that may write a collection from another path, the likeliest first.

    They are those that change what is in stock, if it holds that, those whose last word is its name, those that take
    its very record, those beside it that no list has, and those for many records of any kind.

    >>> from ipaas_discovery.systems.openapi import read_openapi
    >>> every = {"/orders": {"get": {}}, "/orders/{id}": {"get": {}}, "/batch/orders": {"post": {}}}
    >>> api = read_openapi({"openapi": "3.0.0", "info": {}, "paths": every})
    >>> [call.label for call in calls_elsewhere(api, api.operations("orders"))]
    ['POST /batch/orders']
    """
    names = [name for name in api.collections() if api.operations(name) is calls]
    own = [word for name in names for word in _name_words(name)]
    if not own:
        return
    known = {call.label for call in (*calls, *calls.others)}
    listed = {id(call) for name in api.collections() if (one := api.operations(name)).list for call in one}
    taking = {id(call) for call in api.taking(_record(api, calls))} - listed
    read = calls.list or calls.detail
    of_stock = not request_words().stock.isdisjoint(_nouns(read.path)[0] if read else own)
    ways = (
        lambda call: of_stock and _moves_stock(call),
        lambda call: _is_named(call, own),
        lambda call: id(call) in taking,
        lambda call: _is_beside(call, calls, free=call in api.unassigned),
        is_for_all,
    )
    given: set[int] = set()
    for is_one in ways:
        for call in api.every:
            writes = call.method != "GET" and not call.graphql and call.label not in known
            if writes and id(call) not in given and is_one(call):
                given.add(id(call))
                yield call


def _is_named(call: Operation, own: list[str]) -> bool:
    """Tell whether the last word of a path is the collection's name, and the words of its parents stand there too."""
    nouns, last = _nouns(call.path)
    return own[-1] in last and nouns.issuperset(own)


def _is_beside(call: Operation, calls: Operations, *, free: bool) -> bool:
    """Tell whether a call stands under the same word, or is one for many records right below: `/products/imports`."""
    read = calls.list or calls.detail
    base = _without_id(segments(read.path)) if read else ()
    path, last = segments(call.path), segments(call.path)[-1:]
    if path[:-1] == base and last != (PLACEHOLDER,) and request_words().done["many"].search(last[0]):
        return True
    under = base[:-1]
    if not free or not under or is_root(under[-1]) or under[-1] == PLACEHOLDER or path[: len(under)] != under:
        return False
    words = f"{call.name} {' '.join(path[len(under) :])}"
    return any(request_words().done[word].search(words) for word in ("moves", "changes", "many"))


def _moves_stock(call: Operation) -> bool:
    """Tell whether a call changes what is in stock by a record of its own: `POST /adjustments`."""
    return request_words().done["moves"].search(" ".join(segments(call.path))) is not None


def _record(api: ApiDescription, calls: Operations) -> str:
    """Name the schema of the record that a collection lists; empty without a name."""
    records = api.returned(calls.list) if calls.list else None
    ref = records.schema.get("$ref") if records and isinstance(records.schema, dict) else ""
    return ref if isinstance(ref, str) else ""


def _without_id(path: Path) -> Path:
    return path[:-1] if path[-1:] == (PLACEHOLDER,) else path


@lru_cache(4_096)
def _nouns(path: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """List the words of a path, and those of its last part that is no placeholder, in the singular."""
    parts = [_singular_words(part) for part in segments(path) if part != PLACEHOLDER]
    return frozenset(word for part in parts for word in part), parts[-1] if parts else ()


def _name_words(name: str) -> tuple[str, ...]:
    """List the words of a collection's name in the singular, without one that only says that it is a list."""
    words = _singular_words(name)
    return words[:-1] if len(words) > 1 and words[-1] in request_words().verbs.everything else words


def _singular_words(name: str) -> tuple[str, ...]:
    return tuple((singulars(word) or (word,))[0] for word in split_words(name))

"""Calls by which a collection can be written, as a description lists them, and those that may do it as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi import ApiDescription, Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, segments
from ipaas_discovery.vocabulary import Method

__all__ = ["PERHAPS", "calls_elsewhere", "offered_calls"]

PERHAPS = "perhaps "
"""Before a call of which its description does not say for certain that it is the one."""

_DOES = {Method.ADD: "makes", Method.UPDATE: "changes", Method.DELETE: "removes"}
_VERBS = {Method.ADD: {"PUT"}, Method.UPDATE: {"PUT", "PATCH"}, Method.DELETE: {"DELETE"}}
"""Verbs of HTTP that do it to many records at once, on the path of the collection itself."""


def offered_calls(
    calls: Operations, label: Callable[[Operation], str], elsewhere: Iterable[Operation] = ()
) -> dict[Method, str | None]:
    """Return the call of each method; None where the description lists none, and none that may do it as well.

    Args:
        calls: the calls of the collection.
        label: writes a call.
        elsewhere: calls on other paths that name the collection, as `calls_elsewhere` gives them.
    """
    listed = {Method.ADD: calls.create, Method.UPDATE: calls.update, Method.DELETE: calls.delete}
    named = () if all(listed.values()) else tuple(elsewhere)
    offered: dict[Method, str | None] = {}
    near = [call for call in calls.others if _is_near(call, calls)]
    for method, call in listed.items():
        beside = () if call else (*filter(None, (calls.create, calls.update)), *near)
        other = None if call else _other(beside, method) or _named(named, method)
        if other is None and method is Method.ADD and calls.update and _is_for_another(calls.update):
            other = calls.update
        offered[method] = label(call) if call else f"{PERHAPS}{label(other)}" if other else None
    return offered


def calls_elsewhere(api: ApiDescription, calls: Operations) -> Iterator[Operation]:
    """Yield the calls that may write a collection from another path: those whose last word is its name.

    >>> from ipaas_discovery.systems.openapi import read_openapi
    >>> every = {"/orders": {"get": {}}, "/orders/{id}": {"get": {}}, "/batch/orders": {"post": {}}}
    >>> api = read_openapi({"openapi": "3.0.0", "info": {}, "paths": every})
    >>> [call.label for call in calls_elsewhere(api, api.operations("orders"))]
    ['POST /batch/orders']
    """
    names = [name for name in api.collections() if api.operations(name) is calls]
    own = [word for name in names for word in _singular_words(name)]
    known = {call.label for call in (*calls, *calls.others)}
    for call in api.every if own else ():
        nouns, last = _nouns(call.path)
        named = own[-1] in last and nouns.issuperset(own)
        if named and call.method != "GET" and not call.graphql and call.label not in known:
            yield call


def _is_for_another(call: Operation) -> bool:
    """Tell whether a path ends with the id of another record, under which there may be nothing yet.

    >>> [_is_for_another(Operation("PUT", path)) for path in ("/stocks/{itemId}", "/items/{itemId}", "/taxes/{id}")]
    [True, False, False]
    """
    match = re.fullmatch(r".*/([^/{}]+)/\{([^{}]+)\}", call.path)
    noun, owner = (_singular_words(part) for part in match.groups()) if match else ((), ())
    return len(owner) > 1 and bool(noun) and not noun[-1].startswith(owner[-2])


@lru_cache(4_096)
def _nouns(path: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """List the words of a path, and those of its last part that is no placeholder, in the singular."""
    parts = [_singular_words(part) for part in segments(path) if part != PLACEHOLDER]
    return frozenset(word for part in parts for word in part), parts[-1] if parts else ()


def _singular_words(name: str) -> tuple[str, ...]:
    return tuple((singulars(word) or (word,))[0] for word in split_words(name))


def _named(calls: Iterable[Operation], method: Method) -> Operation | None:
    """Find a call on another path that may do it: by its verb, by what its name says, or to many records at once."""
    words = request_words().done
    for call in calls:
        name = f"{call.name} {call.path.replace('/', ' ')}"
        by_verb = method is not Method.ADD and call.method in _VERBS[method]
        for_many = method is not Method.DELETE and words["many"].search(name)
        if by_verb or for_many or words[_DOES[method]].search(name):
            return call
    return None


def _is_near(call: Operation, calls: Operations) -> bool:
    """Tell whether a call is about the collection itself: at most one word stands behind its path."""
    lengths = [len(segments(other.path)) - segments(other.path)[-1:].count(PLACEHOLDER) for other in calls]
    rest = segments(call.path)[min(lengths, default=0) :]
    return not lengths or sum(part != PLACEHOLDER for part in rest) <= 1


def _other(others: Iterable[Operation], method: Method) -> Operation | None:
    """Find a call beside the five that does it, for many records at once or by a name of its own."""
    words = request_words().done
    for call in others:
        path = segments(call.path)
        name = f"{call.name} {path[-1] if path else ''}"
        for_many = call.method in _VERBS[method] and (not path or path[-1] != PLACEHOLDER)
        named = call.method in {"POST", *_VERBS[method]} and words[_DOES[method]].search(name)
        # what changes a record without naming one, such as `inventory/set`, makes it as well
        making = method is Method.ADD and PLACEHOLDER not in path and words[_DOES[Method.UPDATE]].search(name)
        if for_many or named or (making and call.method in {"POST", "PUT"}):
            return call
    return None

"""Calls by which a collection can be written, as a description lists them, and those that may do it as well."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi import Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, segments
from ipaas_discovery.vocabulary import Method

__all__ = ["PERHAPS", "offered_calls"]

PERHAPS = "perhaps "
"""Before a call of which its description does not say for certain that it is the one."""

_DOES = {Method.ADD: "makes", Method.UPDATE: "changes", Method.DELETE: "removes"}
_VERBS = {Method.ADD: {"PUT"}, Method.UPDATE: {"PUT", "PATCH"}, Method.DELETE: {"DELETE"}}
"""Verbs of HTTP that do it to many records at once, on the path of the collection itself."""


def offered_calls(calls: Operations, label: Callable[[Operation], str]) -> dict[Method, str | None]:
    """Return the call of each method; None where the description lists none, and none that may do it as well.

    Args:
        calls: the calls of the collection.
        label: writes a call.
    """
    listed = {Method.ADD: calls.create, Method.UPDATE: calls.update, Method.DELETE: calls.delete}
    offered: dict[Method, str | None] = {}
    near = [call for call in calls.others if _is_near(call, calls)]
    for method, call in listed.items():
        other = None if call else _other((*filter(None, (calls.create, calls.update)), *near), method)
        offered[method] = label(call) if call else f"{PERHAPS}{label(other)}" if other else None
    return offered


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

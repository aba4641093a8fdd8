"""Calls by which a collection can be written, as a description lists them, and those that may do it as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi import Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, is_root, segments
from ipaas_discovery.vocabulary import Method

__all__ = ["PERHAPS", "is_for_all", "offered_calls"]

PERHAPS = "perhaps "
"""Before a call of which its description does not say for certain that it is the one."""

_DOES = {Method.ADD: "makes", Method.UPDATE: "changes", Method.DELETE: "removes"}
_VERBS = {Method.ADD: {"PUT"}, Method.UPDATE: {"PUT", "PATCH"}, Method.DELETE: {"DELETE"}}
"""Verbs of HTTP that do it to many records at once, on the path of the collection itself."""
_ONE = {**_VERBS, Method.ADD: {"POST"}}
"""Verbs that do it to one record, whose kind the path names: `POST /objects/{objectType}`."""
_WRITES = {"POST", "PUT", "PATCH"}


def offered_calls(
    calls: Operations, label: Callable[[Operation], str], elsewhere: Iterable[Operation] = ()
) -> dict[Method, str | None]:
    """Return the call of each method; None where the description lists none, and none that may do it as well.

    Args:
        calls: the calls of the collection.
        label: writes a call.
        elsewhere: calls on other paths that may write the collection, as `calls_elsewhere` gives them.
    """
    listed = {Method.ADD: calls.create, Method.UPDATE: calls.update, Method.DELETE: calls.delete}
    named = () if all(listed.values()) else tuple(elsewhere)
    near = [(call, rest) for call in calls.others if (rest := _behind(call, calls)) is not None]
    beside = [(call, _behind(call, calls) or ()) for call in (calls.create, calls.update) if call]
    offered: dict[Method, str | None] = {}
    for method, call in listed.items():
        other = None if call else _other([*beside, *near], method) or _named(named, method)
        if not call and not other and method is not Method.DELETE:
            other = _perhaps(near, method)
        if not call and not other and method is Method.ADD:
            other = _may_make(calls)
        offered[method] = label(call) if call else f"{PERHAPS}{label(other)}" if other else None
    return offered


def is_for_all(call: Operation) -> bool:
    """Tell whether a call takes records of any kind: many of them, or one of a kind that its path leaves open.

    >>> paths = ("/feeds", "/jobs/ingest", "/feeds/prices", "/jobs", "/objects/{objectType}", "/orders/{id}")
    >>> [is_for_all(Operation("POST", path)) for path in paths]
    [True, True, False, False, True, False]
    """
    return bool(_for_all(call))


def _for_all(call: Operation) -> set[Method]:
    """List what a call for records of any kind may do to one; nothing if it is for one kind."""
    does, path = request_words().does, segments(call.path)
    words = {word for part in path if not is_root(part) for word in split_words(part)}
    many = words.intersection(does["many"])
    if call.method == "POST" and many and words <= many.union(does["carried"]) and PLACEHOLDER not in path:
        return set(Method) if many.intersection(does["any_deed"]) else {Method.ADD, Method.UPDATE}
    keys = re.findall(r"\{([^{}]*)\}", call.path)
    named = split_words(next(iter(keys[-1:] if call.method == "POST" else keys[-2:-1]), ""))
    open_kind = path[-1:] == (PLACEHOLDER,) and not set(does["kinds"]).isdisjoint(named) and "id" not in named
    return {method for method, verbs in _ONE.items() if call.method in verbs} if open_kind else set()


def _may_make(calls: Operations) -> Operation | None:
    """Find an update that may make a record where there is none yet: HTTP's PUT does, and a PATCH by a chosen key."""
    ways = [call for call in (calls.update, *calls.others) if call and call.method in _WRITES]
    by_id = [call for call in ways if calls.update and call.place == calls.update.place]
    puts = [call for call in by_id if call.method == "PUT" and len(by_id) > 1]
    return next((call for call in by_id if _is_for_another(call) or _is_by_chosen_key(call)), next(iter(puts), None))


def _is_by_chosen_key(call: Operation) -> bool:
    """Tell whether a path ends with a key that its sender chooses, or with two of them, as what relates two records.

    >>> paths = ("/families/{code}", "/links/{fromId}/{toId}", "/orders/{orderId}")
    >>> [_is_by_chosen_key(Operation("PUT", path)) for path in paths]
    [True, True, False]
    """
    keys = re.findall(r"\{([^{}]*)\}", call.path)
    chosen = bool(keys) and not request_words().chosen_keys.isdisjoint(split_words(keys[-1]))
    return call.place[-2:] == (PLACEHOLDER, PLACEHOLDER) or (call.place[-1:] == (PLACEHOLDER,) and chosen)


def _is_for_another(call: Operation) -> bool:
    """Tell whether a path ends with the id of another record, under which there may be nothing yet.

    >>> [_is_for_another(Operation("PUT", path)) for path in ("/stocks/{itemId}", "/items/{itemId}", "/taxes/{id}")]
    [True, False, False]
    """
    match = re.fullmatch(r".*/([^/{}]+)/\{([^{}]+)\}", call.path)
    noun, owner = (_singular_words(part) for part in match.groups()) if match else ((), ())
    return len(owner) > 1 and bool(noun) and not noun[-1].startswith(owner[-2])


def _singular_words(name: str) -> tuple[str, ...]:
    return tuple((singulars(word) or (word,))[0] for word in split_words(name))


def _named(calls: Iterable[Operation], method: Method) -> Operation | None:
    """Find a call on another path that may do it: by its verb, by what its name says, or to many records at once."""
    words = request_words().done
    for call in calls:
        name = f"{call.name} {call.path.replace('/', ' ')}"
        by_verb = method is not Method.ADD and call.method in _VERBS[method]
        by_verb |= method is Method.ADD and call.method == "POST" and _stands_last(call)
        if is_for_all(call):
            if method in _for_all(call):
                return call
            continue
        for_many = method is not Method.DELETE and (words["many"].search(name) or words["moves"].search(name))
        if by_verb or for_many or words[_DOES[method]].search(name):
            return call
    return None


def _stands_last(call: Operation) -> bool:
    """Tell whether a path ends with a kind of its records, or with those of another one: `/draft-orders`."""
    *before, last = ("", *segments(call.path))
    return last != PLACEHOLDER and (len(split_words(last)) > 1 or before[-1] == PLACEHOLDER)


def _behind(call: Operation, calls: Operations) -> Path | None:
    """Give what stands behind the collection's path in a call; None if the call is about something else below it.

    At most one word stands behind the path and the record's id, beside one that says that it is done to many.
    """
    path = segments(call.path)
    bases = [base[:-1] if base[-1:] == (PLACEHOLDER,) else base for base in (segments(one.path) for one in calls)]
    own = [len(base) for base in bases if path[: len(base)] == base]
    rest = path[max(own) if own else min(map(len, bases), default=0) :]
    words = [part for part in rest if part != PLACEHOLDER and not request_words().done["many"].fullmatch(part)]
    return rest if not bases or (len(words) <= 1 and rest.count(PLACEHOLDER) <= 1) else None


def _other(others: Iterable[tuple[Operation, Path]], method: Method) -> Operation | None:
    """Find a call beside the five that does it, for many records at once or by a name of its own."""
    words = request_words().done
    for call, rest in others:
        path = segments(call.path)
        name = f"{call.name} {path[-1] if path else ''}"
        only_makes = words["makes"].search(call.name) and not words["changes"].search(call.name)
        for_many = call.method in _VERBS[method] and PLACEHOLDER not in rest[-2:]
        for_many = for_many and not (method is Method.UPDATE and only_makes)
        part = method is Method.ADD and PLACEHOLDER in rest  # it makes a part of a record
        named = call.method in {"POST", *_VERBS[method]} and words[_DOES[method]].search(name) and not part
        # what changes a record without naming one, such as `inventory/set`, makes it as well
        making = method is Method.ADD and PLACEHOLDER not in path and words[_DOES[Method.UPDATE]].search(name)
        if for_many or named or (making and call.method in {"POST", "PUT"}):
            return call
    return None


def _perhaps(near: Iterable[tuple[Operation, Path]], method: Method) -> Operation | None:
    """Find a call that nobody understood, and that may do it: `/orders/{id}/ship`, `/shipments/createlabel`.

    One that makes nothing else comes first, and one that sends something before one that only says what is to be done.
    """
    done, verbs, removes = request_words().done, request_words().verbs, request_words().does["removes"]
    makes = tuple(verb for verb in verbs.makes if verb not in verbs.ambiguous)
    candidates: list[tuple[bool, bool, Operation]] = []
    for call, rest in near:
        name = f"{call.name} {' '.join(part for part in rest if part != PLACEHOLDER)}"
        removed = done["removes"].search(name) or "".join(rest[-1:]).lower().startswith(removes)
        understood = removed or done["asks"].search(name)
        if call.method in _WRITES and rest and not understood:
            made = rest[-1].lower().startswith(makes)
            if made and PLACEHOLDER not in rest if method is Method.ADD else rest[-1] != PLACEHOLDER:
                candidates.append((made and method is Method.UPDATE, call.request is None, call))
    return min(candidates, key=lambda one: one[:2])[2] if candidates else None

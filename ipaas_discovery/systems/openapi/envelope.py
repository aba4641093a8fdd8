"""What a body wraps its records in: `{"data": [...], "meta": {...}}`, `{"customer": {...}}`, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ipaas_discovery.systems.openapi.node import Node
from ipaas_discovery.systems.openapi.operation import Operation, Records
from ipaas_discovery.systems.openapi.paths import PLACEHOLDER, plain, segments, singulars, statics
from ipaas_discovery.systems.openapi.resolve import Resolver

__all__ = ["LIST_VERBS", "is_listing", "records_of"]

LIST_VERBS = frozenset({"search", "list", "query", "find"})
"""Last segments that ask for a collection's records by another call than GET on its path."""
ACTION = re.compile(r"(batch|bulk)\b.*|create|update|upsert", re.IGNORECASE)
"""Last segments that say what is done to the records before them: `/inventory/changes/batch-create`."""
COMPANIONS = frozenset(
    {
        "count",
        "cursor",
        "error",
        "errors",
        "hasmore",
        "idempotencykey",
        "included",
        "jsonapi",
        "limit",
        "link",
        "links",
        "message",
        "messages",
        "meta",
        "metadata",
        "next",
        "offset",
        "page",
        "pagination",
        "paging",
        "previous",
        "status",
        "success",
        "total",
        "totalcount",
        "totalpages",
        "warnings",
    }
)
"""What stands beside the records in an envelope; no record of commerce consists of these alone."""
HOLDERS = ("data", "entity")
PAGING = frozenset({"cursor", "hasmore", "next", "pagination", "paging", "totalcount", "totalpages"})
"""Companions that only a page of records has, whatever its list is called."""
BATCHES = frozenset({"elements", "entries", "items", "records", "rows"})
"""What records may be called in an envelope whatever they are, where nothing but companions stands beside them."""
DEPTH = 3
"""Envelopes inside one another that are still opened."""


def records_of(operation: Operation, resolver: Resolver, *, sent: bool) -> Records | None:
    """Where the call's response, or its request if `sent`, holds its records; None if the document says nothing."""
    raw = operation.request if sent else operation.response
    if raw is None:
        return None
    listing = not sent and is_listing(operation)
    names = _names(operation)
    wrapped: list[str] = []
    node = resolver.node(raw)
    for _ in range(DEPTH):
        if _is_list(node):
            return Records(node.items, ".".join(wrapped), many=True)
        inner = _inner(node, resolver, names, listing=listing)
        if inner is None:
            break
        wrapped.append(inner)
        listing = listing and inner in HOLDERS
        raw = node.properties[inner]
        node = resolver.node(raw)
    if _is_list(node):
        return Records(node.items, ".".join(wrapped), many=True)
    return Records(raw, ".".join(wrapped))


def is_listing(operation: Operation) -> bool:
    """Whether the call asks for many records, as far as its method and path tell."""
    last = segments(operation.path)[-1]
    return last != PLACEHOLDER if operation.method == "GET" else operation.method == "POST" and last in LIST_VERBS


def _names(operation: Operation) -> frozenset[str]:
    """What the records may be called in an envelope: the path's last name, in plural and singular."""
    words = statics(segments(operation.path))
    named = [part for part in words if part not in LIST_VERBS and not ACTION.fullmatch(part)]
    last = named[-1] if named else ""
    return frozenset(plain(each) for each in (last, *singulars(last))) - {""}


def _is_list(node: Node) -> bool:
    return node.types == ("array",) and node.items is not None


def _inner(node: Node, resolver: Resolver, names: frozenset[str], *, listing: bool) -> str | None:
    """The property that holds the records, or None if `node` is itself a record."""
    children = {name: resolver.node(raw) for name, raw in node.properties.items()}
    holding = [name for name, child in children.items() if _holds_objects(child, resolver)]
    lists = [name for name in holding if _is_list(children[name]) and plain(name) not in COMPANIONS]
    for name in holding:
        beside = {other: child for other, child in children.items() if other != name}
        alone = all(plain(other) in COMPANIONS for other in beside)
        if name in HOLDERS and (alone or (listing and name in lists)):
            return name
        batch = name in lists and (plain(name) in BATCHES or bool(PAGING & set(map(plain, beside))))
        if alone and (batch or plain(name).endswith(tuple(names))):
            return name
        if plain(name) in names and "id" not in beside and _few(beside, resolver):
            return name
    if not listing:
        return None
    if len(lists) == 1:
        return lists[0]
    return next((name for name in lists if plain(name) in names), None) or _only_holder(holding)


def _few(beside: Mapping[str, Node], resolver: Resolver) -> bool:
    """Whether what stands beside a property are options of the call, not fields of a record."""
    return all(plain(name) in COMPANIONS or _is_scalar(each, resolver) for name, each in beside.items())


def _only_holder(holding: list[str]) -> str | None:
    """`data` that is an object around the list."""
    return next((name for name in HOLDERS if name in holding), None)


def _holds_objects(child: Node, resolver: Resolver) -> bool:
    if _is_list(child):
        element = resolver.node(child.items)
        return bool(element.properties) or element.types == ("object",)
    return bool(child.properties)


def _is_scalar(child: Node, resolver: Resolver) -> bool:
    if _is_list(child):
        return not _holds_objects(child, resolver)
    return not child.properties and child.types != ("object",)

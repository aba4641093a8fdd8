"""Find the records in a body's envelope: `{"data": [...], "meta": {...}}`, `{"customer": {...}}`, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ipaas_discovery.knowledge.answer_words import envelope_words
from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.openapi.node import Node
from ipaas_discovery.systems.openapi.operation import EnvelopedRecords, Operation
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, statics

__all__ = ["is_listing", "records_of"]

ACTION = re.compile(r"(batch|bulk)\b.*|create|update|upsert", re.IGNORECASE)
"""Last segments that act on the records before them: `/inventory/changes/batch-create`."""
FEW = 2
"""The most fields beside an unnamed list that still belong to a page; a record has more."""
DEPTH = 4
"""The deepest nesting of envelopes that is opened."""


def records_of(operation: Operation, resolver: Resolver, *, sent: bool) -> EnvelopedRecords | None:
    """Find the records of a call's response, or of its request if `sent`; None if the document describes none."""
    raw = operation.request if sent else operation.response
    if raw is None:
        return None
    names = _names(operation)
    if not sent and is_listing(operation):
        records = _Page(resolver, names).records(raw, (), 0)
        if records:
            return records
    return _record(raw, resolver, names, made=sent and operation.method in {"POST", "PUT"})


def is_listing(operation: Operation) -> bool:
    """Tell whether the call asks for many records, judged by its method and path."""
    last = operation.place[-1]
    return (
        last != PLACEHOLDER
        if operation.method == "GET"
        else operation.method == "POST" and last in request_words().paths.listing
    )


def _record(raw: object, resolver: Resolver, names: frozenset[str], *, made: bool) -> EnvelopedRecords:
    """Find the record of a body that need not hold many; it may be a list of several all the same."""
    wrapped: list[str] = []
    node = resolver.node(raw)
    for _ in range(DEPTH):
        if _is_list(node):
            return EnvelopedRecords(node.items, ".".join(wrapped), many=True)
        inner = _inner(node, resolver, names, made=made and not wrapped)
        if inner is None:
            break
        wrapped.append(inner)
        raw = node.properties[inner]
        node = resolver.node(raw)
    if _is_list(node):
        return EnvelopedRecords(node.items, ".".join(wrapped), many=True)
    return EnvelopedRecords(raw, ".".join(wrapped))


@dataclass(frozen=True, slots=True)
class _Page:
    """A finder of the list in the answer of a call that asks for many."""

    resolver: Resolver
    names: frozenset[str]

    def records(self, raw: object, wrapped: tuple[str, ...], depth: int) -> EnvelopedRecords | None:
        """Find the list, however deep in envelopes; None if the answer is a single record."""
        node = self.resolver.node(raw)
        if "array" in node.types and node.items is not None:  # the schema may allow an error or a single record as well
            return EnvelopedRecords(node.items, ".".join(wrapped), many=True)
        children = {name: self.resolver.node(schema) for name, schema in node.properties.items()}
        for name in self._inside(children) if depth < DEPTH else ():
            if inner := self.records(node.properties[name], (*wrapped, name), depth + 1):
                return inner
        return None

    def _inside(self, children: Mapping[str, Node]) -> list[str]:
        """List the properties that may hold the list, the likeliest first."""
        holding = [name for name, child in children.items() if _may_hold(child, self.resolver)]
        lists = [name for name in holding if _is_list(children[name]) and bare(name) not in envelope_words().companions]
        named = [name for name in lists if _called(name, self.names)]
        if "id" not in children:
            # an order has lines and a total as well: only a list named like the path makes a page
            named += [name for name in lists if name not in named and _begins(name, self.names)]
        beside = {name: child for name, child in children.items() if not envelope_words().is_companion(name)}
        held = [name for name in envelope_words().holders if name in holding]
        generic = [name for name in lists if bare(name) in envelope_words().batches and self._page_of(name, beside)]
        lone = lists if len(lists) == 1 and not generic and self._page_of(lists[0], beside, few=FEW) else []
        wrappers = [
            name
            for name in holding
            if name not in (*lists, *held) and "id" not in children and self._wraps(name, children, beside)
        ]
        return list(dict.fromkeys((*held, *named, *generic, *lone, *wrappers)))

    def _wraps(self, name: str, children: Mapping[str, Node], beside: Mapping[str, Node]) -> bool:
        """Tell whether an object holds the page: by its name, or because nothing stands beside it."""
        return (
            bare(name) in envelope_words().wrappers
            or set(children) == {name}
            or (_called(name, self.names) and set(beside) == {name})
        )

    def _page_of(self, name: str, beside: Mapping[str, Node], few: int = FEW + 1) -> bool:
        """Tell whether the fields beside a list describe a page, and not a record."""
        others = {other: child for other, child in beside.items() if other != name}
        return (
            len(others) <= few
            and not any(bare(other) == "id" for other in others)
            and all(
                _is_scalar(child, self.resolver) or bare(name) in envelope_words().batches for child in others.values()
            )
        )


def _names(operation: Operation) -> frozenset[str]:
    """List the names that the records may have in an envelope: the path's last name, in plural and singular."""
    words = statics(operation.place)
    named = [part for part in words if part not in request_words().paths.listing and not ACTION.fullmatch(part)]
    last = named[-1] if named else ""
    return frozenset(bare(word) for word in (last, *singulars(last))) - {""}


def _called(name: str, names: frozenset[str]) -> bool:
    """Tell whether a property is named like the records."""
    return bool(names) and bare(name).endswith(tuple(names))


def _begins(name: str, names: frozenset[str]) -> bool:
    """Tell whether a property is named like a list of the records: `orderList` for orders."""
    return bool(
        re.fullmatch(rf"({'|'.join(map(re.escape, sorted(names))) or '(?!)'})(list|records|items|data)", bare(name))
    )


def _is_list(node: Node) -> bool:
    """Tell whether a node is a list with described elements."""
    return node.types == ("array",) and node.items is not None


def _inner(node: Node, resolver: Resolver, names: frozenset[str], *, made: bool) -> str | None:
    """Return the property that holds the record, or None if `node` is itself the record.

    The only object beside an error's code holds it, whatever its name; so does the only object of a body that
    creates (`made`) or replaces a record, while an update may well be of one part alone.
    """
    children = {name: resolver.node(raw) for name, raw in node.properties.items()}
    own = {name for name in children if not envelope_words().is_companion(name)}
    lone = len(own) == 1 and (made or bool(envelope_words().outcome & {bare(name) for name in children}))
    lone = lone and all(name in own or _is_scalar(child, resolver) for name, child in children.items())
    objects = {name for name in own if not _is_scalar(children[name], resolver)}
    paged = any(map(envelope_words().tells_page, children))
    for name in (name for name, child in children.items() if _holds_objects(child, resolver)):
        alone = own <= {name}
        batch = (
            _is_list(children[name])
            and bare(name) not in envelope_words().companions
            and (bare(name) in envelope_words().batches or paged)
        )
        if alone and (name in envelope_words().holders or batch or bare(name).endswith(tuple(names))):
            return name
        if alone and lone and not _is_list(children[name]) and name in own:
            return name
        # the other fields are options of the call, not fields of a record
        if bare(name) in names and "id" not in children and objects <= {name}:
            return name
    return None


def _may_hold(child: Node, resolver: Resolver) -> bool:
    """Tell whether a property can hold records: objects, or values without a description."""
    return _holds_objects(child, resolver) or (_is_list(child) and not resolver.node(child.items).types)


def _holds_objects(child: Node, resolver: Resolver) -> bool:
    """Tell whether a property holds an object or a list of objects."""
    if _is_list(child):
        element = resolver.node(child.items)
        return bool(element.properties) or element.types == ("object",)
    return bool(child.properties)


def _is_scalar(child: Node, resolver: Resolver) -> bool:
    """Tell whether a property holds plain values."""
    if _is_list(child):
        return not _holds_objects(child, resolver)
    return not child.properties and child.types != ("object",)

"""Make collections of saved POSTs that only ask: GraphQL queries, remote calls that read, searches with a body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, count
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import Collected, Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.grouping import CollectionGroup, Grouped, group
from ipaas_discovery.drafting.saved_calls.guesses import id_field, without_remarks
from ipaas_discovery.drafting.saved_calls.record_finder import find_records
from ipaas_discovery.knowledge.name_words import bare, split_words
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.answers.json_path import leaves
from ipaas_discovery.systems.answers.write_detection import objection_to_members, objection_to_path

__all__ = ["group_calls", "left_out_of"]

PLAIN = re.compile(r"[A-Za-z_][\w ,.:/-]{0,79}")
"""A text that may be the name of a field, a model or a method."""
LITERAL = re.compile(r'"|\d{5}')
"""A text or a long number inside a GraphQL document."""
CALL = 1
"""The number of every remote call, which its answer repeats."""


def group_calls(collected: Collected) -> Grouped:
    """Group saved calls into collections, those among them that are read by POST."""
    groups = group(collected)
    collections, left = dict(groups.collections), list[tuple[SavedRequest, str]]()
    for request, reason in groups.left_out:
        if not request.subject:
            left.append((request, reason))
            continue
        examples = tuple(_examples(collected, request))
        if objection := _objection(request, examples):
            left.append((request, f"{request.label} ({request.subject}): {objection}"))
            continue
        collection = _collection(request, examples, groups.base_url, collections)
        collections[collection.name] = collection
    return Grouped(groups.base_url, collections, tuple(left))


def left_out_of(collection: CollectionGroup) -> list[str]:
    """List the members of a saved body that its collection leaves out, as they may name somebody or something."""
    if collection.search is None or not collection.examples:
        return []
    body = collection.examples[0].request.body
    places = [place for place, _ in leaves(body)]
    paged = {*paging_words().roles(places).values(), "query", "operationName"}
    return [place for place in _lost(body, collection.search["body"], "") if place not in paged]


def _lost(body: Mapping[str, Any], kept: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield the places of a body whose values were not kept."""
    for name, value in body.items():
        place = f"{path}.{name}".lstrip(".")
        if isinstance(value, Mapping):
            yield from _lost(value, kept.get(name, {}), place)
        elif name not in kept or (isinstance(value, list) and value != kept[name]):
            yield place


def _examples(collected: Collected, request: SavedRequest) -> Iterator[Example]:
    """Yield the saved answers to a POST that hold a list, their records found by what it asks for."""
    for example in collected.examples.get(request.path, ()):
        if example.request == request:
            records, place, many = find_records(example.body, f"/{request.subject}")
            if many:
                yield replace(example, records=records, place=place, many=many)


def _objection(request: SavedRequest, examples: tuple[Example, ...]) -> str:
    """Say why no collection is made of a POST; empty for one that only asks."""
    document = request.body.get("query")
    graphql = isinstance(document, str) and "{" in document
    written = objection_to_path(request.path, posted=True) or objection_to_members(request.body, graphql=graphql)
    if written:
        return f"it may change something, {written}"
    if graphql and LITERAL.search(without_remarks(document)):
        return "its query holds values of its own; write it as a collection with `search`, and those as variables"
    method = request.body.get("method")
    params = request.body.get("params")
    inner = params.get("method") if isinstance(params, Mapping) else None
    words = split_words(str(inner or method or ""))
    if method is not None and not graphql and request_words().writes.verbs.reading.isdisjoint(words):
        return "the name of its method does not say that it only reads; if it does, write it as `search`"
    return "" if examples else "no saved answer to it holds a list of records; if it lists some, write it as `search`"


def _collection(
    request: SavedRequest, examples: tuple[Example, ...], base_url: str, taken: Mapping[str, CollectionGroup]
) -> CollectionGroup:
    """Build the group of the records that a POST asks for."""
    words = [word for word in split_words(request.subject) if word not in request_words().writes.verbs.reading]
    plain = "_".join(words) or "records"
    name = next(name for name in chain([plain], (f"{plain}_{number}" for number in count(2))) if name not in taken)
    body = {key: value for key, value in request.body.items() if key not in {"query", "operationName"}}
    document = request.body.get("query")
    graphql = isinstance(document, str) and "{" in document
    search = {"path": f"{request.server}{request.path}"[len(base_url) :] or "/", "body": _kept(body)}
    places = () if graphql else tuple(place for place, _ in leaves(request.body))
    return CollectionGroup(
        name=name,
        path="",
        query=places,
        parent=None,
        id=id_field([record for example in examples for record in example.records], plain, ""),
        detail=None,
        writes={},
        examples=examples,
        details=(),
        scope=(),
        search=search | ({"query": without_remarks(document)} if graphql else {}),
    )


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of a body what says which call it is and which fields it wants; nothing that may name somebody."""
    kept: dict[str, Any] = {}
    for name, value in body.items():
        known = bare(name) in request_words().kept_in_searches
        if isinstance(value, Mapping):
            kept[name] = _kept(value)
        elif isinstance(value, list):
            plain = known and all(isinstance(item, str) and PLAIN.fullmatch(item) for item in value)
            kept[name] = value if plain else []
        elif (
            isinstance(value, bool)
            or (known and isinstance(value, str) and PLAIN.fullmatch(value))
            or name == "jsonrpc"
        ):
            kept[name] = value
        elif name == "id" and "jsonrpc" in body:
            kept[name] = CALL
    return kept

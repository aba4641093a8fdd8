"""The store's OpenAPI 3.0.3 documents, built from the field tables and the list of end points."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ipaas_discovery.sandbox.store_api.endpoints import DOCUMENTS, ENDPOINTS, Body, Endpoint
from ipaas_discovery.sandbox.store_api.fields import StoreField
from ipaas_discovery.sandbox.store_api.tables import fields_of

__all__ = ["document"]

_SUFFIX = {"R": "", "C": "Create", "U": "Update"}
_PARAMETERS = re.compile(r"{(\w+)}")
_TEXT = {"type": "string"}
_COUNTS = {name: {"type": "integer"} for name in ("total", "count", "per_page", "current_page", "total_pages")}
_META = {
    "type": "object",
    "properties": {
        "pagination": {"type": "object", "properties": {**_COUNTS, "links": {"type": "object"}}},
        "cursor_pagination": {
            "type": "object",
            "properties": {"start_cursor": _TEXT, "end_cursor": _TEXT, "links": {"type": "object"}},
        },
    },
}

Node = dict[str, Any]


@cache
def document(name: str) -> Node:
    """The document `name` (a key of `DOCUMENTS`), as the store serves it; shared, so do not change it.

    Raises:
        KeyError: if there is no such document.

    >>> sorted(document("customers.v3")["paths"])
    ['/customers', '/customers/addresses']
    """
    about = DOCUMENTS[name]
    listed = [endpoint for endpoint in ENDPOINTS if endpoint.document == name]
    paths: dict[str, Node] = {}
    for endpoint in listed:
        _add_calls(paths, endpoint)
    if name == "orders.v2":
        paths["/orders/count"] = {"get": _count()}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"Sandbox store (shaped like BigCommerce): {about}",
            "version": "1.0.0",
            "description": "A sandbox with synthetic records. It answers GET; what it says of other verbs is what"
            " a store of this shape receives, and is documentation only.",
        },
        "servers": [{"url": f"/{name.rpartition('.')[2]}"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "X-Auth-Token"}},
            "schemas": {"Meta": _META, **_schemas(listed)},
        },
    }


def _add_calls(paths: dict[str, Node], endpoint: Endpoint) -> None:
    """The calls of one collection, each under its path."""
    calls = [
        (endpoint.path, "get", _list(endpoint)),
        (endpoint.path, "post", _write(endpoint, "C", endpoint.create)),
        (endpoint.detail, "get", _detail(endpoint)),
        (endpoint.update_path, "put", _write(endpoint, "U", endpoint.update)),
        (endpoint.delete, "delete", _delete(endpoint)),
    ]
    wanted = [True, bool(endpoint.create), bool(endpoint.detail), bool(endpoint.update), bool(endpoint.delete)]
    for (path, verb, call), real in zip(calls, wanted, strict=True):
        if real:
            paths.setdefault(path, _path_parameters(path))[verb] = call


def _path_parameters(path: str) -> Node:
    names = _PARAMETERS.findall(path)
    found = [{"name": name, "in": "path", "required": True, "schema": {"type": "integer"}} for name in names]
    return {"parameters": found} if found else {}


def _list(endpoint: Endpoint) -> Node:
    rows = {"type": "array", "items": _ref(endpoint.schema, "R")}
    body = rows if endpoint.version == "v2" else _enveloped(rows)
    names = ["page", "limit", *(["after"] if endpoint.cursor else []), *endpoint.filters]
    names += (["sort"] if endpoint.sorts else []) + (["direction"] if endpoint.schema == "Product" else [])
    counted = {"page", "limit"}
    answers = {"200": _answer(body), **({"204": {"description": "Nothing left"}} if endpoint.version == "v2" else {})}
    return {
        "summary": f"List {endpoint.records.replace('_', ' ')}",
        "tags": [endpoint.records],
        "parameters": [
            {"name": name, "in": "query", "schema": {"type": "integer"} if name in counted else _TEXT} for name in names
        ],
        "responses": {**answers, **_refusals()},
    }


def _detail(endpoint: Endpoint) -> Node:
    one = _ref(endpoint.schema, "R")
    return {
        "summary": f"One of {endpoint.records.replace('_', ' ')}",
        "tags": [endpoint.records],
        "responses": {"200": _answer(one if endpoint.version == "v2" else _enveloped(one)), **_refusals()},
    }


def _write(endpoint: Endpoint, shape: str, body: Body) -> Node:
    record = _ref(endpoint.schema, shape)
    many = {"type": "array", "items": record}
    bodies: dict[Body, Node] = {
        "": {},
        "object": record,
        "array": many,
        "items": {"type": "object", "required": ["items"], "properties": {"items": many}},
    }
    answer = _ref(endpoint.schema, "R") if body == "object" else {"type": "array", "items": _ref(endpoint.schema, "R")}
    return {
        "summary": f"{'Create' if shape == 'C' else 'Update'} {endpoint.records.replace('_', ' ')}",
        "tags": [endpoint.records],
        "requestBody": {"required": True, "content": {"application/json": {"schema": bodies[body]}}},
        "responses": {"200": _answer(answer if endpoint.version == "v2" else _enveloped(answer)), **_refusals()},
    }


def _delete(endpoint: Endpoint) -> Node:
    by_query = [{"name": "id:in", "in": "query", "required": True, "schema": _TEXT}]
    return {
        "summary": f"Delete {endpoint.records.replace('_', ' ')}",
        "tags": [endpoint.records],
        **({} if "{" in endpoint.delete else {"parameters": by_query}),
        "responses": {"204": {"description": "Deleted"}, **_refusals()},
    }


def _count() -> Node:
    counted = {
        "type": "object",
        "properties": {"count": {"type": "integer"}, "statuses": {"type": "array", "items": {}}},
    }
    return {"summary": "How many orders there are", "tags": ["orders"], "responses": {"200": _answer(counted)}}


def _enveloped(data: Node) -> Node:
    return {"type": "object", "properties": {"data": data, "meta": {"$ref": "#/components/schemas/Meta"}}}


def _answer(schema: Node) -> Node:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}


def _refusals() -> Node:
    return {"401": {"description": "The X-Auth-Token is missing or wrong"}, "429": {"description": "Over the quota"}}


def _ref(schema: str, shape: str) -> Node:
    return {"$ref": f"#/components/schemas/{schema}{_SUFFIX[shape]}"}


def _schemas(endpoints: Iterable[Endpoint]) -> dict[str, Node]:
    """Every schema the end points name in a shape they have, and those nested in them, by name."""
    wanted = [
        (endpoint.schema, shape)
        for endpoint in endpoints
        for shape, real in (("R", True), ("C", bool(endpoint.create)), ("U", bool(endpoint.update)))
        if real
    ]
    found: dict[str, Node] = {}
    while wanted:
        schema, shape = wanted.pop()
        name = f"{schema}{_SUFFIX[shape]}"
        if name not in found:
            fields = [field for field in fields_of(schema) if shape in field.shapes]
            found[name] = _object(fields, shape)
            wanted += [(field.of, shape) for field in fields if field.of[:1].isupper()]
    return dict(sorted(found.items()))


def _object(fields: list[StoreField], shape: str) -> Node:
    required = [field.name for field in fields if shape in field.required]
    properties = {field.name: _property(field, shape) for field in fields}
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _property(field: StoreField, shape: str) -> Node:
    """One field's schema; a nested record is a reference, and `any` declares no type, as the vendor does."""
    item = _ref(field.of, shape) if field.of[:1].isupper() else {"type": field.of}
    if field.type == "array":
        return {"type": "array", "items": item}
    if field.type == "object":
        return {"allOf": [item], "nullable": True} if field.nullable else item
    said: Node = {} if field.type == "any" else {"type": field.type}
    said |= {"format": field.format} if field.format else {}
    said |= {"maxLength": field.max_length} if field.max_length else {}
    said |= {"enum": list(field.enum)} if field.enum else {}
    said |= {"nullable": True} if field.nullable else {}
    # Read-only is said of what a returned record alone has; where the shapes differ, the schemas themselves tell.
    return said | ({"readOnly": True} if field.shapes == {"R"} else {})

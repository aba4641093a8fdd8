"""A schema as JSON Schema 2020-12, its objects and lists rebuilt from the dotted paths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipaas_discovery.schemas.field import Declared, Field
from ipaas_discovery.schemas.paths import list_depth, split_path, unescape

__all__ = ["json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FORMATS = {"url": "uri"}
"""Formats that JSON Schema calls by another name; names it does not know stay, as annotations."""


def json_schema(fields: Iterable[Field], title: str = "") -> dict[str, Any]:
    """The JSON Schema of one record with these fields.

    What is required, enumerated or limited in length comes from what is declared; types come from what
    was observed, where anything was. A field that may be null has `"null"` among its types.

    >>> sku, id_ = Declared(types=("string",)), Declared(types=("integer",), required=True)
    >>> made = json_schema([Field("id", id_), Field("lines[].sku", sku)], "orders")
    >>> made["required"], made["properties"]["lines"]["items"]["properties"]
    (['id'], {'sku': {'type': 'string'}})
    """
    root: dict[str, Any] = {"$schema": DIALECT}
    if title:
        root["title"] = title
    root["type"] = "object"
    for each in sorted(fields, key=lambda field: split_path(field.path)):
        _fill(_node(root, each), each)
    return root


def _node(root: dict[str, Any], each: Field) -> dict[str, Any]:
    """The sub-schema at the field's path, made where it is missing; marks a required field in its parent."""
    node = root
    parts = split_path(each.path)
    for position, part in enumerate(parts):
        key, depth = list_depth(part)
        node = _grow(node, "object", "properties").setdefault(unescape(key), {})
        for _ in range(depth):
            node = _grow(node, "array", "items")
        if position == len(parts) - 1 and each.required and not depth:
            _require(root, parts, unescape(key))
    return node


def _require(root: dict[str, Any], parts: list[str], name: str) -> None:
    node = root
    for part in parts[:-1]:
        key, depth = list_depth(part)
        node = node["properties"][unescape(key)]
        for _ in range(depth):
            node = node["items"]
    node["required"] = sorted({*node.get("required", ()), name})


def _grow(node: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    """The part of `node` that holds children; `node` is of `kind` if nothing said otherwise."""
    node.setdefault("type", kind)
    child: dict[str, Any] = node.setdefault(key, {})
    return child


def _fill(node: dict[str, Any], each: Field) -> None:
    declared, seen = each.declared or Declared(), each.observed
    may_be_null = bool(declared.nullable or (seen and seen.nulls))
    if each.types:
        types = [*each.types, "null"] if may_be_null else list(each.types)
        node["type"] = types[0] if len(types) == 1 else types
    if declared.enum:
        node["enum"] = [*declared.enum, None] if may_be_null and None not in declared.enum else list(declared.enum)
    if each.format:
        node["format"] = FORMATS.get(each.format, each.format)
    if declared.max_length is not None:
        node["maxLength"] = declared.max_length
    if declared.description:
        node["description"] = declared.description
    for name, flag in (("readOnly", declared.read_only), ("writeOnly", declared.write_only)):
        if flag:
            node[name] = True

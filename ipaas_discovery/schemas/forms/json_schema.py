"""A schema as JSON Schema 2020-12, its objects and lists rebuilt from the dotted paths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.schemas.field import Declared, Field
from ipaas_discovery.schemas.field_paths import list_depth, named_part, split_path, unescape
from ipaas_discovery.vocabulary import JSON_TYPES

__all__ = ["json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ANY_KEY = "*"
"""The path part for any key of a map."""


def json_schema(fields: Iterable[Field], title: str = "") -> dict[str, Any]:
    """Build the JSON Schema of one record with these fields.

    Required fields, enumerations and lengths come from the declared facts; types come from the observed values,
    if there are any. A field that may be null has `"null"` among its types. The values of a map under any key
    (`*`) become its `additionalProperties`. Titles and descriptions come along.

    >>> sku, id_ = Declared(types=("string",)), Declared(types=("integer",), required=True)
    >>> document = json_schema([Field("id", id_), Field("lines[].sku", sku)], "orders")
    >>> document["required"], document["properties"]["lines"]["items"]["properties"]
    (['id'], {'sku': {'type': 'string'}})
    """
    root: dict[str, Any] = {"$schema": DIALECT}
    if title:
        root["title"] = title
    root["type"] = "object"
    for field in sorted(fields, key=lambda field: split_path(field.path)):
        if not any(map(named_part, split_path(field.path))):  # the list itself says what JSON can hold
            _fill(_node(root, field), field)
    return root


def _node(root: dict[str, Any], field: Field) -> dict[str, Any]:
    """Return the sub-schema at the field's path, made if it is missing; marks a required field in its parent."""
    node = root
    parts = split_path(field.path)
    for position, part in enumerate(parts):
        key, depth = list_depth(part)
        holder, node = node, _child(node, key)
        for _ in range(depth):
            node = _grow(node, "array", "items")
        if position == len(parts) - 1 and field.required and not depth and key != ANY_KEY:
            holder["required"] = sorted({*holder.get("required", ()), unescape(key)})
    return node


def _child(node: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the sub-schema of a key of the object `node`; any key of a map is its `additionalProperties`."""
    if key == ANY_KEY:
        return _grow(node, "object", "additionalProperties")
    child: dict[str, Any] = _grow(node, "object", "properties").setdefault(unescape(key), {})
    return child


def _grow(node: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    """Return the part of `node` that holds children; `node` is of `kind` unless something said otherwise."""
    node.setdefault("type", kind)
    child: dict[str, Any] = node.setdefault(key, {})
    return child


def _fill(node: dict[str, Any], field: Field) -> None:
    declared, seen = field.declared or Declared(), field.observed
    may_be_null = bool(declared.nullable or (seen and seen.nulls))
    known = [kind for kind in field.types if kind in JSON_TYPES]
    if known:
        types = [*known, "null"] if may_be_null else known
        node["type"] = types[0] if len(types) == 1 else types
    if declared.enum:
        values = [plain(value) for value in declared.enum]
        node["enum"] = [*values, None] if may_be_null and None not in values else values
    if field.format:
        node |= field_formats().json_schema(field.format)
    if declared.max_length is not None and declared.max_length >= 0:
        node["maxLength"] = declared.max_length
    node |= {name: text for name in ("title", "description") if (text := getattr(declared, name))}
    for name, flag in (("readOnly", declared.read_only), ("writeOnly", declared.write_only)):
        if flag:
            node[name] = True

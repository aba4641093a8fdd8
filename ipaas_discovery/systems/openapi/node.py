"""One schema node of an API description, and what a raw schema says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["VARIANTS", "Node", "own_node"]

VARIANTS: Any = object()
"""Key under which a merged property keeps the names of the alternatives that have it; no document can say it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One schema, its references followed and its parts merged; children are still raw.

    `types` are JSON types without null, sorted; `refs` are the references followed to get here, by which
    a walker notices that it walks in a circle. `variants` names the alternatives of a oneOf or anyOf
    that have this property, where others of them have not.
    """

    types: tuple[str, ...] = ()
    nullable: bool | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Any = None
    format: str | None = None
    enum: tuple[Any, ...] = ()
    max_length: int | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    description: str = ""
    refs: frozenset[str] = frozenset()
    variants: tuple[str, ...] = ()


def own_node(schema: dict[str, Any], refs: frozenset[str]) -> Node:
    """What `schema` itself says, without its allOf, oneOf and anyOf."""
    types, nullable = _types(schema)
    enum = schema.get("enum", [schema["const"]] if "const" in schema else [])
    values = tuple(enum) if isinstance(enum, list) else ()
    said, listed = schema.get("properties"), schema.get("required")
    properties = said if isinstance(said, dict) else {}
    required = set(filter(_is_text, listed)) if isinstance(listed, list) else set()
    # A mark on the property itself, as JSON Schema had it once, is a common slip.
    required |= {name for name, raw in properties.items() if isinstance(raw, dict) and raw.get("required") is True}
    return Node(
        types=types,
        nullable=True if None in values and "enum" in schema and nullable is None else nullable,
        properties=properties,
        required=frozenset(required),
        items=schema.get("items"),
        format=schema["format"] if _is_text(schema.get("format")) else None,
        enum=tuple(value for value in values if value is not None),
        max_length=_whole(schema.get("maxLength")),
        read_only=_flag(schema.get("readOnly")),
        write_only=_flag(schema.get("writeOnly")),
        description=schema["description"].strip() if _is_text(schema.get("description")) else "",
        refs=refs,
        variants=schema.get(VARIANTS, ()),
    )


def _types(schema: dict[str, Any]) -> tuple[tuple[str, ...], bool | None]:
    said = schema.get("type")
    names = [name for name in (said if isinstance(said, list) else [said]) if isinstance(name, str)]
    nullable = _flag(schema.get("nullable"))
    if nullable is None:
        nullable = _flag(schema.get("x-nullable"))
    if "null" in names:
        nullable = True
    elif nullable is None and isinstance(said, list) and names:
        nullable = False
    kinds = {{"file": "string", "float": "number"}.get(name, name) for name in names} - {"null"}
    if not names:
        if isinstance(schema.get("properties"), dict) or isinstance(schema.get("additionalProperties"), dict):
            kinds = {"object"}
        elif "items" in schema:
            kinds = {"array"}
    return tuple(sorted(kinds & _KNOWN)), nullable


_KNOWN = frozenset({"array", "boolean", "integer", "number", "object", "string"})


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None

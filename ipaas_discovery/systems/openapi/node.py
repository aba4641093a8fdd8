"""One schema node of an API description, and what a raw schema says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["VARIANTS", "Node", "own_node"]

VARIANTS: Any = object()
"""Key under which a merged property keeps the names of the alternatives that have it; no document can say it."""


@dataclass(frozen=True, slots=True)
class Node:
    """One schema, its references followed and its parts merged; children are still raw.

    `types` are JSON types without null, sorted; `refs` are the references followed to get here, by which
    a walker notices that it walks in a circle. `values` is the raw schema of a map's values, whatever their
    keys. `variants` names the alternatives of a oneOf or anyOf that have this property, where others of
    them have not. `minimum` to `exclusive_maximum` limit numbers, `pattern` is a regular expression.
    """

    types: tuple[str, ...] = ()
    nullable: bool | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    items: Any = None
    values: Any = None
    format: str | None = None
    enum: tuple[Any, ...] = ()
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    title: str = ""
    description: str = ""
    refs: frozenset[str] = frozenset()
    variants: tuple[str, ...] = ()

    @property
    def told(self) -> bool:
        """Whether anything is said of what stands here."""
        return bool(self.types or self.properties or self.items is not None or self.values is not None or self.enum)

    @property
    def holds(self) -> bool:
        """Whether it is said what is inside: fields, elements or a map's values."""
        return bool(self.properties) or self.items is not None or self.values is not None


def own_node(schema: dict[Any, Any], refs: frozenset[str]) -> Node:
    """What `schema` itself says, without its allOf, oneOf and anyOf."""
    enum = schema.get("enum", [schema["const"]] if "const" in schema else [])
    values = tuple(enum) if isinstance(enum, list) else ()
    types, nullable = _types(schema, values)
    said, listed = schema.get("properties"), schema.get("required")
    properties = {str(name): raw for name, raw in said.items()} if isinstance(said, dict) else {}
    required = set(filter(_is_text, listed)) if isinstance(listed, list) else set()
    # A mark on the property itself, as JSON Schema had it once, is a common slip.
    required |= {name for name, raw in properties.items() if isinstance(raw, dict) and raw.get("required") is True}
    low, over = _limits(schema, "minimum", "exclusiveMinimum")
    high, under = _limits(schema, "maximum", "exclusiveMaximum")
    return Node(
        types=types,
        nullable=True if None in values and nullable is None else nullable,
        properties=properties,
        required=frozenset(required),
        items=schema.get("items"),
        values=_values(schema),
        format=_text(schema, "format"),
        enum=tuple(value for value in values if value is not None),
        min_length=_whole(schema.get("minLength")),
        max_length=_whole(schema.get("maxLength")),
        pattern=_text(schema, "pattern"),
        minimum=low,
        maximum=high,
        exclusive_minimum=over,
        exclusive_maximum=under,
        read_only=_flag(schema.get("readOnly")),
        write_only=_flag(schema.get("writeOnly")),
        title=(_text(schema, "title") or "").strip(),
        description=(_text(schema, "description") or "").strip(),
        refs=refs,
        variants=schema.get(VARIANTS, ()),
    )


def _types(schema: dict[Any, Any], values: Iterable[Any]) -> tuple[tuple[str, ...], bool | None]:
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
        else:
            kinds = {_json_type(value) for value in values} - {"null"}
    return tuple(sorted(kinds & _KNOWN)), nullable


_KNOWN = frozenset({"array", "boolean", "integer", "number", "object", "string"})
_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def _json_type(value: object) -> str:
    return _JSON_TYPES.get(type(value), "null")


def _values(schema: dict[Any, Any]) -> Any:  # noqa: ANN401  a raw schema
    """The schema of a map's values, if it says anything: `additionalProperties`, or its patterns' together."""
    patterns = schema.get("patternProperties")
    found = list(patterns.values()) if isinstance(patterns, dict) else []
    found = [each for each in (*found, schema.get("additionalProperties")) if isinstance(each, dict) and each]
    return {"anyOf": found} if len(found) > 1 else found[0] if found else None


def _limits(schema: dict[Any, Any], inclusive: str, exclusive: str) -> tuple[float | None, float | None]:
    """A limit that may be reached, and one that may not; before OpenAPI 3.1 the second is a mark on the first."""
    reached, passed = _number(schema.get(inclusive)), _number(schema.get(exclusive))
    return (None, reached) if schema.get(exclusive) is True else (reached, passed)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _text(schema: dict[Any, Any], key: str) -> str | None:
    value = schema.get(key)
    return value if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number % 1 == 0 else None

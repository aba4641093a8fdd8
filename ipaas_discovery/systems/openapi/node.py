"""One schema node of an API description, and the reading of a raw schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import JSON_TYPES

__all__ = ["VARIANTS", "Node", "own_node"]

VARIANTS: Any = object()
"""Key of a merged property for the names of the alternatives that have it; no document can contain it."""


@dataclass(frozen=True, slots=True)
class Node(Card):
    """One schema, its references followed and its parts merged; children are still raw.

    `types` are JSON types without null, sorted; `refs` are the references followed to get here, which
    stop a walk in a circle. `values` is the raw schema of a map's values, whatever their
    keys. `variants` names the alternatives of a oneOf or anyOf that have this property, if others
    lack it. `minimum` to `exclusive_maximum` limit numbers, `pattern` is a regular expression.
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
    multiple_of: float | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    title: str = ""
    description: str = ""
    refs: frozenset[str] = frozenset()
    variants: tuple[str, ...] = ()

    @property
    def is_described(self) -> bool:
        """True if the schema describes anything."""
        return bool(self.types or self.properties or self.items is not None or self.values is not None or self.enum)

    @property
    def has_content(self) -> bool:
        """True if the schema describes its content: fields, elements or a map's values."""
        return bool(self.properties) or self.items is not None or self.values is not None


def own_node(schema: dict[Any, Any], refs: frozenset[str]) -> Node:
    """Read what `schema` itself says, without its allOf, oneOf and anyOf."""
    enum = schema.get("enum", [schema["const"]] if "const" in schema else [])
    values = tuple(enum) if isinstance(enum, list) else ()
    types, nullable = _types(schema, values)
    raw_properties, listed = schema.get("properties"), schema.get("required")
    properties = {str(name): raw for name, raw in raw_properties.items()} if isinstance(raw_properties, dict) else {}
    required = set(filter(_is_text, listed)) if isinstance(listed, list) else set()
    # a mark on the property itself, as in JSON Schema draft 3, is a common slip
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
        multiple_of=_step(schema.get("multipleOf")),
        read_only=_flag(schema.get("readOnly")),
        write_only=_flag(schema.get("writeOnly")),
        title=(_text(schema, "title") or "").strip(),
        description=_described(schema),
        refs=refs,
        variants=schema.get(VARIANTS, ()),
    )


def _described(schema: dict[Any, Any]) -> str:
    """Read the description; a field that is marked as deprecated is described so first."""
    text = (_text(schema, "description") or "").strip()
    marked = schema.get("deprecated") is True and "deprecated" not in text.lower()
    return f"Deprecated. {text}".strip() if marked else text


def _types(schema: dict[Any, Any], values: Iterable[Any]) -> tuple[tuple[str, ...], bool | None]:
    """Read the types of a schema, and whether it allows null."""
    declared = schema.get("type")
    names = [name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)]
    nullable = _flag(schema.get("nullable"))
    if nullable is None:
        nullable = _flag(schema.get("x-nullable"))
    if "null" in names:
        nullable = True
    elif nullable is None and isinstance(declared, list) and names:
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


def _step(value: object) -> float | None:
    """Read what numbers are multiples of; only a number above zero says anything."""
    number = _number(value)
    return number if number is not None and 0 < number < float("inf") else None


_KNOWN = frozenset(JSON_TYPES) - {"null"}
_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def _json_type(value: object) -> str:
    """Name the JSON type of a value."""
    return _JSON_TYPES.get(type(value), "null")


def _values(schema: dict[Any, Any]) -> Any:  # noqa: ANN401  a raw schema
    """Return the schema of a map's values, if it says anything: `additionalProperties`, or its patterns' together."""
    patterns = schema.get("patternProperties")
    schemas = list(patterns.values()) if isinstance(patterns, dict) else []
    schemas = [value for value in (*schemas, schema.get("additionalProperties")) if isinstance(value, dict) and value]
    return {"anyOf": schemas} if len(schemas) > 1 else schemas[0] if schemas else None


def _limits(schema: dict[Any, Any], inclusive: str, exclusive: str) -> tuple[float | None, float | None]:
    """Read an inclusive and an exclusive limit; before OpenAPI 3.1 the second is a mark on the first."""
    reached, passed = _number(schema.get(inclusive)), _number(schema.get(exclusive))
    return (None, reached) if schema.get(exclusive) is True else (reached, passed)


def _is_text(value: object) -> bool:
    """Tell whether a value is text."""
    return isinstance(value, str)


def _text(schema: dict[Any, Any], key: str) -> str | None:
    """Return a text of a schema, or None."""
    value = schema.get(key)
    return value if isinstance(value, str) else None


def _flag(value: object) -> bool | None:
    """Return a boolean, or None for any other value."""
    return value if isinstance(value, bool) else None


def _number(value: object) -> float | None:
    """Return a number, or None for any other value."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _whole(value: object) -> int | None:
    """Return a whole number, or None for any other value."""
    number = _number(value)
    return int(number) if number is not None and number % 1 == 0 else None

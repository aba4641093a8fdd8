"""Schema nodes of an API description, with `$ref`, `allOf`, `oneOf` and `anyOf` worked in, one level at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

__all__ = ["MISSING", "Node", "Resolver"]

MISSING = object()
DATA_KEYS = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys whose values are data: a `$ref` in there is only shown."""
NAME_KEYS = frozenset({"properties", "patternProperties", "definitions", "schemas", "parameters", "responses", "$defs"})
"""Keys whose children are names, so that a property called `example` is still looked into."""

DEPTH = 30
"""Compositions inside one another that are merged; a YAML anchor can nest one in itself without a `$ref`."""


@dataclass(frozen=True, slots=True)
class Node:
    """One schema, its references followed and its parts merged; children are still raw.

    `types` are JSON types without null, sorted; `refs` are the references followed to get here, by which
    a walker notices that it walks in a circle.
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


class Resolver:
    """Follows references inside one document; those that lead out of it or nowhere are empty, never fetched."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def warnings(self) -> tuple[str, ...]:
        """One sentence a reference that cannot be followed, sorted, with the number of places that use it."""
        used: dict[str, Counter[bool]] = {}
        for ref, shown in _references(self._document):
            if self._target(ref) is MISSING and not (shown and ref.startswith("#")):
                used.setdefault(ref, Counter())[shown] += 1
        return tuple(_warning(ref, used[ref]) for ref in sorted(used))

    def follow(self, raw: object, seen: frozenset[str] = frozenset()) -> tuple[Any, frozenset[str]]:
        """`raw` with its reference replaced by what it refers to, and the references followed; {} if none."""
        refs = set(seen)
        while isinstance(raw, dict) and isinstance(raw.get("$ref"), str):
            ref = raw["$ref"]
            beside = {key: value for key, value in raw.items() if key != "$ref"}
            target = self._target(ref)
            if target is MISSING or ref in refs:
                return beside, frozenset(refs)
            refs.add(ref)
            raw = {**target, **beside} if isinstance(target, dict) else target
        return raw, frozenset(refs)

    def node(self, raw: object) -> Node:
        """The schema `raw` stands for, one level deep."""
        return self._node(raw, frozenset(), 0)

    def _node(self, raw: object, seen: frozenset[str], depth: int) -> Node:
        schema, refs = self.follow(raw, seen)
        if not isinstance(schema, dict):
            return Node(refs=refs)
        node = _own(schema, refs)
        if depth == DEPTH:
            return node
        for part in _schemas(schema.get("allOf")):
            node = _both(node, self._node(part, refs, depth + 1))
        for key in ("oneOf", "anyOf"):
            if branches := _schemas(schema.get(key)):
                node = _both(node, _either([self._node(part, refs, depth + 1) for part in branches]))
        return node

    def _target(self, ref: str) -> Any:  # noqa: ANN401  any part of a document
        """What `ref` points at, or MISSING; only pointers into this document are followed."""
        if not ref.startswith("#"):
            return MISSING
        found: Any = self._document
        for step in filter(None, ref[1:].split("/")):
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(found, Mapping) and key in found:
                found = found[key]
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                return MISSING
        return found


def _warning(ref: str, used: Counter[bool]) -> str:
    places = f"used in {used.total()} places" if used.total() > 1 else "used in one place"
    if not used[False]:
        places += ", only in examples"
    if ref.startswith("#"):
        return f"The reference '{ref}' leads nowhere ({places}); what it stands for is unknown."
    return f"The reference '{ref}' leads out of the document ({places}); it is not fetched."


def _references(document: object) -> Iterator[tuple[str, bool]]:
    """Every reference of the document and whether it only stands in shown data; documents may nest deeply."""
    todo: list[tuple[object, bool, bool]] = [(document, False, False)]
    visited: set[int] = set()  # YAML anchors make one node stand in many places, even inside itself
    while todo:
        part, named, shown = todo.pop()
        if not isinstance(part, dict | list) or id(part) in visited:
            continue
        visited.add(id(part))
        if isinstance(part, list):
            todo.extend((each, False, shown) for each in part)
            continue
        ref = part.get("$ref")
        if isinstance(ref, str) and not named:
            yield ref, shown
        for key, value in part.items():
            data = not named and (key in DATA_KEYS or str(key).startswith("x-"))
            todo.append((value, key in NAME_KEYS and not named, shown or data))


def _schemas(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _own(schema: dict[str, Any], refs: frozenset[str]) -> Node:
    """What `schema` itself says, without its allOf, oneOf and anyOf."""
    types, nullable = _types(schema)
    enum = schema.get("enum", [schema["const"]] if "const" in schema else [])
    values = tuple(enum) if isinstance(enum, list) else ()
    properties, required = schema.get("properties"), schema.get("required")
    return Node(
        types=types,
        nullable=True if None in values and "enum" in schema and nullable is None else nullable,
        properties=properties if isinstance(properties, dict) else {},
        required=frozenset(filter(_is_text, required)) if isinstance(required, list) else frozenset(),
        items=schema.get("items"),
        format=schema["format"] if _is_text(schema.get("format")) else None,
        enum=tuple(value for value in values if value is not None),
        max_length=_whole(schema.get("maxLength")),
        read_only=_flag(schema.get("readOnly")),
        write_only=_flag(schema.get("writeOnly")),
        description=schema["description"].strip() if _is_text(schema.get("description")) else "",
        refs=refs,
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


def _both(one: Node, other: Node) -> Node:
    """A schema that says what both say: the parts of an allOf; the first wins where they differ."""
    properties = dict(one.properties)
    for name, raw in other.properties.items():
        properties[name] = {"allOf": [properties[name], raw]} if name in properties else raw
    return Node(
        types=one.types or other.types,
        nullable=other.nullable if one.nullable is None else one.nullable,
        properties=properties,
        required=one.required | other.required,
        items=other.items if one.items is None else one.items,
        format=one.format or other.format,
        enum=one.enum or other.enum,
        max_length=other.max_length if one.max_length is None else one.max_length,
        read_only=other.read_only if one.read_only is None else one.read_only,
        write_only=other.write_only if one.write_only is None else one.write_only,
        description=one.description or other.description,
        refs=one.refs | other.refs,
    )


def _either(branches: list[Node]) -> Node:
    """A schema that is one of several: any branch's types and properties, required what all require."""
    real = [node for node in branches if not _is_null(node)]
    if not real:
        return Node(nullable=True if branches else None)
    properties: dict[str, Any] = {}
    for node in real:
        for name, raw in node.properties.items():
            known = properties.get(name, raw)
            properties[name] = raw if known == raw else {"anyOf": [known, raw]}
    first = real[0]
    same = len(real) == 1
    items = [node.items for node in real if node.items is not None]
    lengths = [node.max_length for node in real]
    nullable = True if len(real) < len(branches) or any(node.nullable for node in real) else first.nullable
    return Node(
        types=tuple(sorted({kind for node in real for kind in node.types})) if all(node.types for node in real) else (),
        nullable=nullable,
        properties=properties,
        required=frozenset.intersection(*(node.required for node in real)),
        items={"anyOf": items} if len(items) > 1 else (items[0] if items else None),
        format=first.format if len({node.format for node in real}) == 1 else None,
        enum=tuple(dict.fromkeys(map(_hashable, (v for node in real for v in node.enum)))) if _closed(real) else (),
        max_length=None if None in lengths else max(length for length in lengths if length is not None),
        read_only=first.read_only if same else (True if all(node.read_only for node in real) else None),
        write_only=first.write_only if same else (True if all(node.write_only for node in real) else None),
        description=first.description if same else "",
        refs=frozenset().union(*(node.refs for node in real)),
    )


def _closed(nodes: list[Node]) -> bool:
    return all(node.enum for node in nodes)


def _hashable(value: Any) -> Any:  # noqa: ANN401  an enum may list anything
    return repr(value) if isinstance(value, dict | list) else value


def _is_null(node: Node) -> bool:
    return node.nullable is True and not (node.types or node.properties or node.items or node.enum)

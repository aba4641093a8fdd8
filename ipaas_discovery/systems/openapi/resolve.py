"""Schema nodes of an API description, with `$ref`, `allOf`, `oneOf` and `anyOf` worked in, one level at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from ipaas_discovery.systems.openapi.merge import both, either
from ipaas_discovery.systems.openapi.node import Node, own_node

__all__ = ["MISSING", "Resolver"]

MISSING = object()
DATA_KEYS = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys whose values are data: a `$ref` in there is only shown."""
NAME_KEYS = frozenset({"properties", "patternProperties", "definitions", "schemas", "parameters", "responses", "$defs"})
"""Keys whose children are names, so that a property called `example` is still looked into."""

DEPTH = 30
"""Compositions inside one another that are merged; a YAML anchor can nest one in itself without a `$ref`."""


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
        node = own_node(schema, refs)
        if depth == DEPTH:
            return node
        for part in _schemas(schema.get("allOf")):
            node = both(node, self._node(part, refs, depth + 1))
        for key in ("oneOf", "anyOf"):
            if branches := _schemas(schema.get(key)):
                nodes = [self._node(part, refs, depth + 1) for part in branches]
                node = both(node, either(nodes, [_named(*each) for each in enumerate(branches, start=1)]))
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


def _named(number: int, branch: object) -> str:
    """What people call an alternative: the schema it refers to, its title, or its number."""
    said = branch if isinstance(branch, dict) else {}
    if isinstance(said.get("$ref"), str):
        return unquote(str(said["$ref"]).rpartition("/")[2]).replace("~1", "/").replace("~0", "~")
    return said["title"] if isinstance(said.get("title"), str) else f"alternative {number}"

"""Schema nodes of an API description, with `$ref`, `allOf`, `oneOf` and `anyOf` worked in, one level at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ipaas_discovery.systems.openapi.merge import both, either
from ipaas_discovery.systems.openapi.node import Node, own_node
from ipaas_discovery.systems.openapi.references import Pointer, find_references, written

__all__ = ["MISSING", "Resolver"]

MISSING = object()
ANNOTATIONS = ("description", "nullable", "x-nullable", "readOnly", "writeOnly")
"""What counts beside a reference before OpenAPI 3.1: by the rules nothing does, but who writes these means them."""
DEPTH = 30
"""Compositions inside one another that are merged; a YAML anchor can nest one in itself without a `$ref`."""

Known = dict[tuple[int, bool], tuple[object, Node]]
"""What was worked out already, with what it is of: an id is only good while its object lives."""


class Resolver:
    """Follows references inside one document; those that lead out of it or nowhere are empty, never fetched.

    Args:
        document: the whole document.
        name: the document's own file name, by which its references may call it.
    """

    def __init__(self, document: Mapping[str, Any], name: str = "") -> None:
        self._document, self._name = document, name
        self._references = find_references(document)
        version = str(document.get("openapi", ""))
        self._siblings = version.startswith("3.") and not (version + ".").startswith("3.0.")
        self._subtypes: dict[str, list[str]] | None = None
        self._nodes: Known = {}

    def warnings(self) -> tuple[str, ...]:
        """One sentence a reference that cannot be followed, sorted, with how many places use it and the first."""
        found = self._references
        broken = []
        for ref in sorted({*found.used, *found.shown}):
            used, shown = found.used.get(ref, []), found.shown.get(ref, [])
            inside = ref.startswith("#")
            if self._target(ref) is MISSING and (used or not inside):
                places = _places([*used, *shown]) + ("" if used else ", only in examples")
                if inside:
                    broken.append(f"The reference '{ref}' leads nowhere ({places}); what it stands for is unknown.")
                else:
                    broken.append(f"The reference '{ref}' leads out of the document ({places}); it is not fetched.")
            elif used and self._circles(ref):
                broken.append(f"The reference '{ref}' leads back to itself ({_places(used)}); it stands for nothing.")
        return tuple(broken)

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
            raw = {**target, **beside} if isinstance(target, dict) and beside else target
        return raw, frozenset(refs)

    def node(self, raw: object) -> Node:
        """The schema `raw` stands for, one level deep."""
        kept = self._nodes.get((id(raw), False))
        if kept is None:
            kept = self._nodes[id(raw), False] = raw, self._node(raw, frozenset(), {})
        return kept[1]

    def _node(self, raw: object, seen: frozenset[str], known: Known, depth: int = 0, *, base: bool = False) -> Node:
        """As `node`; as the `base` of an allOf, `raw` says nothing of what else is made of it."""
        key = id(raw), base
        if key not in known:
            known[key] = raw, Node(refs=seen)  # what stands inside itself says nothing there
            known[key] = raw, self._worked_out(raw, seen, known, depth, base=base)
        return known[key][1]

    def _worked_out(self, raw: object, seen: frozenset[str], known: Known, depth: int, *, base: bool) -> Node:
        if not isinstance(raw, dict):
            return Node(refs=seen)
        if isinstance(raw.get("$ref"), str):
            return self._referred(raw, seen, known, depth, base=base)
        node = own_node(raw, seen)
        if depth == DEPTH:
            return node
        for part in _schemas(raw.get("allOf")):
            node = both(node, self._node(part, seen, known, depth + 1, base=True))
        for word in ("oneOf", "anyOf"):
            if branches := _schemas(raw.get(word)):
                nodes = [self._node(part, seen, known, depth + 1) for part in branches]
                node = both(node, either(nodes, [_named(*each) for each in enumerate(branches, start=1)]))
        return node

    def _referred(self, raw: dict[str, Any], seen: frozenset[str], known: Known, depth: int, *, base: bool) -> Node:
        """What a reference stands for, with what is said beside it."""
        ref = raw["$ref"]
        beside = {key: value for key, value in raw.items() if key != "$ref" and (self._siblings or key in ANNOTATIONS)}
        own = self._node(beside, seen, known, depth + 1) if beside else Node()
        target = self._target(ref)
        if target is MISSING or ref in seen or depth == DEPTH:
            return both(own, Node(refs=seen))
        refs = seen | {ref}
        node = both(own, self._node(target, refs, known, depth + 1, base=base))
        if base or not isinstance(target, dict) or "discriminator" not in target:
            return node
        if {"oneOf", "anyOf"} & target.keys():
            return node
        kinds = [{"$ref": each} for each in self._made_of(ref, target)]
        nodes = [self._node(each, refs, known, depth + 1) for each in kinds]
        return both(node, either(nodes, [_named(0, each) for each in kinds], alone=True)) if nodes else node

    def _made_of(self, ref: str, target: dict[str, Any]) -> list[str]:
        """The references of the schemas that have `ref` as a part: what its discriminator tells apart."""
        if self._subtypes is None:
            self._subtypes = {}
            for kind, schemas in self._schemas():
                for name, schema in schemas.items():
                    parts = _schemas(schema.get("allOf")) if isinstance(schema, dict) else []
                    for part in parts:
                        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                            own = f"#/{kind}/" + str(name).replace("~", "~0").replace("/", "~1")
                            self._subtypes.setdefault(part["$ref"], []).append(own)
        said = target["discriminator"]
        mapping = said.get("mapping") if isinstance(said, dict) else None
        told = [each for each in mapping.values() if isinstance(each, str)] if isinstance(mapping, dict) else []
        told = [each if "#" in each or "." in each else f"#/components/schemas/{each}" for each in told]
        found = [*told, *self._subtypes.get(ref, [])]
        return [each for each in dict.fromkeys(found) if self._target(each) is not MISSING]

    def _schemas(self) -> list[tuple[str, Mapping[str, Any]]]:
        components = self._document.get("components")
        found = (
            ("components/schemas", components.get("schemas") if isinstance(components, dict) else None),
            ("definitions", self._document.get("definitions")),
        )
        return [(kind, schemas) for kind, schemas in found if isinstance(schemas, dict)]

    def _circles(self, ref: str) -> bool:
        """Whether a reference stands for nothing but itself, directly or as a part of an allOf."""
        seen: set[str] = set()
        todo = [ref]
        while todo:
            target = self._target(todo.pop())
            parts = [target, *_schemas(target.get("allOf"))] if isinstance(target, dict) else []
            for part in parts:
                inner = part.get("$ref") if isinstance(part, dict) else None
                if inner == ref:
                    return True
                if isinstance(inner, str) and inner not in seen:
                    seen.add(inner)
                    todo.append(inner)
        return False

    def _target(self, ref: str) -> Any:  # noqa: ANN401  any part of a document
        """What `ref` points at, or MISSING; only pointers into this document are followed."""
        file, _, pointer = ref.partition("#")
        if file and (not self._name or file.rpartition("/")[2] != self._name or "://" in file):
            return MISSING
        if pointer and not pointer.startswith("/"):
            return self._references.anchors.get(unquote(pointer), MISSING)
        found: Any = self._document
        for step in pointer.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(found, Mapping) and key in found:
                found = found[key]
            elif isinstance(found, Mapping) and key.isdecimal() and int(key) in found:
                found = found[int(key)]  # a YAML document's status code
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                return MISSING
        return found


def _places(places: list[Pointer]) -> str:
    if len(places) == 1:
        return f"used in one place: {written(places[0])}"
    return f"used in {len(places)} places, first at {written(places[0])}"


def _schemas(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _named(number: int, branch: object) -> str:
    """What people call an alternative: the schema it refers to, its title, or its number."""
    said = branch if isinstance(branch, dict) else {}
    if isinstance(said.get("$ref"), str):
        return unquote(str(said["$ref"]).rpartition("/")[2]).replace("~1", "/").replace("~0", "~")
    return said["title"] if isinstance(said.get("title"), str) else f"alternative {number}"

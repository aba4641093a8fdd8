"""Resolve schema nodes of an API description: `$ref`, `allOf`, `oneOf` and `anyOf`, one level at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from ipaas_discovery.systems.openapi.merge import both, either
from ipaas_discovery.systems.openapi.node import Node, own_node
from ipaas_discovery.systems.openapi.references import Pointer, find_references, written

__all__ = ["MISSING", "Resolver"]

MISSING = object()
ANNOTATIONS = ("title", "description", "nullable", "x-nullable", "readOnly", "writeOnly", "deprecated")
"""Keys that count beside a reference before OpenAPI 3.1: the standard ignores them, their authors do not."""
DEPTH = 30
"""The deepest nesting of compositions that is merged; a YAML anchor may nest one in itself."""

Known = dict[tuple[int, bool], tuple[object, Node]]
"""Nodes resolved so far, with their raw schemas: an id is only valid while its object lives."""


class Resolver:
    """A resolver of references inside one document; those that lead out of it or nowhere are empty, never fetched.

    Attributes:
        document: the whole document.

    Args:
        document: the same.
        name: the document's own file name, which its references may contain.
    """

    def __init__(self, document: Mapping[str, Any], name: str = "") -> None:
        self.document, self._name = document, name
        self._references = find_references(document)
        version = str(document.get("openapi", ""))
        self._siblings = version.startswith("3.") and not (version + ".").startswith("3.0.")
        self._subtypes: dict[str, list[str]] | None = None
        self._nodes: Known = {}

    def warnings(self) -> tuple[str, ...]:
        """Write one sentence per reference that cannot be followed, sorted, with the count and first of its uses."""
        references = self._references
        broken = []
        for ref in sorted({*references.used, *references.shown}):
            used, shown = references.used.get(ref, []), references.shown.get(ref, [])
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
        """Replace the reference of `raw` by its target, {} without one; return it with the references followed."""
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
        """Return the schema `raw` stands for, one level deep."""
        cached = self._nodes.get((id(raw), False))
        if cached is None:
            cached = self._nodes[id(raw), False] = raw, self._node(raw, frozenset(), {})
        return cached[1]

    def _node(self, raw: object, seen: frozenset[str], known: Known, depth: int = 0, *, base: bool = False) -> Node:
        """Resolve like `node`; as the `base` of an allOf, `raw` ignores the schemas derived from it."""
        key = id(raw), base
        if key not in known:
            known[key] = raw, Node(refs=seen)  # a schema inside itself is empty there
            known[key] = raw, self._worked_out(raw, seen, known, depth, base=base)
        return known[key][1]

    def _worked_out(self, raw: object, seen: frozenset[str], known: Known, depth: int, *, base: bool) -> Node:
        """Resolve a schema that is not known yet."""
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
                node = both(node, either(nodes, [_named(*branch) for branch in enumerate(branches, start=1)]))
        return node

    def _referred(self, raw: dict[str, Any], seen: frozenset[str], known: Known, depth: int, *, base: bool) -> Node:
        """Resolve a reference, with the keys beside it."""
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
        kinds = [{"$ref": subtype} for subtype in self._made_of(ref, target)]
        nodes = [self._node(kind, refs, known, depth + 1) for kind in kinds]
        return both(node, either(nodes, [_named(0, kind) for kind in kinds], alone=True)) if nodes else node

    def _made_of(self, ref: str, target: dict[str, Any]) -> list[str]:
        """List the references of the schemas that extend `ref`, as its discriminator names them."""
        if self._subtypes is None:
            self._subtypes = {}
            for kind, schemas in self._schemas():
                for name, schema in schemas.items():
                    parts = _schemas(schema.get("allOf")) if isinstance(schema, dict) else []
                    for part in parts:
                        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                            own = f"#/{kind}/" + str(name).replace("~", "~0").replace("/", "~1")
                            self._subtypes.setdefault(part["$ref"], []).append(own)
        discriminator = target["discriminator"]
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        mapped = [value for value in mapping.values() if isinstance(value, str)] if isinstance(mapping, dict) else []
        mapped = [value if "#" in value or "." in value else f"#/components/schemas/{value}" for value in mapped]
        candidates = [*mapped, *self._subtypes.get(ref, [])]
        return [subtype for subtype in dict.fromkeys(candidates) if self._target(subtype) is not MISSING]

    def _schemas(self) -> list[tuple[str, Mapping[str, Any]]]:
        """List the named schemas of the document, by their section."""
        components = self.document.get("components")
        sections = (
            ("components/schemas", components.get("schemas") if isinstance(components, dict) else None),
            ("definitions", self.document.get("definitions")),
        )
        return [(kind, schemas) for kind, schemas in sections if isinstance(schemas, dict)]

    def _circles(self, ref: str) -> bool:
        """Tell whether a reference leads to nothing but itself, directly or as a part of an allOf."""
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
        """Return the target of `ref`, or MISSING; only pointers into this document are followed."""
        file, _, pointer = ref.partition("#")
        if file and (not self._name or file.rpartition("/")[2] != self._name or "://" in file):
            return MISSING
        if pointer and not pointer.startswith("/"):
            return self._references.anchors.get(unquote(pointer), MISSING)
        target: Any = self.document
        for step in pointer.split("/")[1:]:
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(target, Mapping) and key in target:
                target = target[key]
            elif isinstance(target, Mapping) and key.isdecimal() and int(key) in target:
                target = target[int(key)]  # a YAML document's status code
            elif isinstance(target, list) and key.isdecimal() and int(key) < len(target):
                target = target[int(key)]
            else:
                return MISSING
        return target


def _places(uses: list[Pointer]) -> str:
    """Describe the uses of a reference."""
    if len(uses) == 1:
        return f"used in one place: {written(uses[0])}"
    return f"used in {len(uses)} places, first at {written(uses[0])}"


def _schemas(value: object) -> list[Any]:
    """Return a list of schemas, or an empty one for any other value."""
    return value if isinstance(value, list) else []


def _named(number: int, branch: object) -> str:
    """Name an alternative: by the schema it refers to, its title, or its number."""
    schema = branch if isinstance(branch, dict) else {}
    if isinstance(schema.get("$ref"), str):
        return unquote(str(schema["$ref"]).rpartition("/")[2]).replace("~1", "/").replace("~0", "~")
    return schema["title"] if isinstance(schema.get("title"), str) else f"alternative {number}"

"""Find all references of a document in one walk, and tell those in examples apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Pointer", "References", "find_references", "written"]

DATA_KEYS = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys whose values are data: a `$ref` in there is only an example."""
NAME_KEYS = frozenset(
    {"properties", "patternProperties", "definitions", "schemas", "parameters", "responses", "$defs", "paths"}
)
"""Keys whose children are names, so that a property called `example` is still read."""

Pointer = tuple[Any, ...]
"""A location in a document as its parent's location and a key: `(((), 'paths'), '/orders')`; empty at the top."""


@dataclass(slots=True)
class References:
    """The locations of each reference: those in use, and those that are only shown in examples.

    `anchors` are the schemas that the document names by `$anchor`.
    """

    used: dict[str, list[Pointer]] = field(default_factory=dict)
    shown: dict[str, list[Pointer]] = field(default_factory=dict)
    anchors: dict[str, Any] = field(default_factory=dict)
    places: dict[int, Pointer] = field(default_factory=dict)
    """Locations of the wanted objects, by their `id()`."""


def find_references(document: object, wanted: Mapping[int, object] | None = None) -> References:
    """Find every reference of the document, and the locations of the objects `wanted` (by their `id()`)."""
    references = References()
    for pointer, part, named, shown in _objects(document):
        if wanted and id(part) in wanted:
            references.places[id(part)] = pointer
        ref, anchor = part.get("$ref"), part.get("$anchor")
        if isinstance(ref, str) and not named:
            (references.shown if shown else references.used).setdefault(ref, []).append(pointer)
        if isinstance(anchor, str) and not named and not shown:
            references.anchors.setdefault(anchor, part)
    return references


def _objects(document: object) -> Iterator[tuple[Pointer, dict[Any, Any], bool, bool]]:
    """Yield every object once, in the document's order, with two marks: its keys are names, it is only an example."""
    todo: list[tuple[Pointer, object, bool, bool]] = [((), document, False, False)]
    visited: set[int] = set()  # YAML anchors make one node stand in many places, even inside itself
    while todo:
        pointer, part, named, shown = todo.pop()
        if id(part) in visited:
            continue
        if isinstance(part, list):
            visited.add(id(part))
            inside = [((pointer, index), element, False, shown) for index, element in enumerate(part)]
        elif isinstance(part, dict):
            visited.add(id(part))
            yield pointer, part, named, shown
            inside = [
                ((pointer, key), value, key in NAME_KEYS and not named, shown or (not named and _is_data(key)))
                for key, value in part.items()
            ]
        else:
            continue
        todo.extend(entry for entry in reversed(inside) if isinstance(entry[1], dict | list))


def _is_data(key: object) -> bool:
    """Tell whether the value of a key is data."""
    return key in DATA_KEYS or str(key).startswith("x-")


def written(pointer: Pointer) -> str:
    """Write a location as a JSON pointer.

    >>> written((((), "paths"), "/orders"))
    '#/paths/~1orders'
    """
    keys = []
    while pointer:
        pointer, key = pointer
        keys.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "/".join(["#", *reversed(keys)])

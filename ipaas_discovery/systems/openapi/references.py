"""All references of a document, found in one walk: where each is used, and whether it only stands in examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Pointer", "References", "find_references", "written"]

DATA_KEYS = frozenset({"example", "examples", "default", "enum", "const"})
"""Keys whose values are data: a `$ref` in there is only shown."""
NAME_KEYS = frozenset(
    {"properties", "patternProperties", "definitions", "schemas", "parameters", "responses", "$defs", "paths"}
)
"""Keys whose children are names, so that a property called `example` is still looked into."""

Pointer = tuple[Any, ...]
"""A place in a document as the place around it and a key: `(((), 'paths'), '/orders')`; empty at the top."""


@dataclass(slots=True)
class References:
    """The places that use each reference: those that mean it, and those that only show it.

    `anchors` are the schemas that the document gives a name by `$anchor`.
    """

    used: dict[str, list[Pointer]] = field(default_factory=dict)
    shown: dict[str, list[Pointer]] = field(default_factory=dict)
    anchors: dict[str, Any] = field(default_factory=dict)
    places: dict[int, Pointer] = field(default_factory=dict)
    """Where the objects asked for stand, by their `id()`."""


def find_references(document: object, wanted: Mapping[int, object] | None = None) -> References:
    """Every reference of the document, and where the objects `wanted` (by their `id()`) stand."""
    found = References()
    for pointer, part, named, shown in _objects(document):
        if wanted and id(part) in wanted:
            found.places[id(part)] = pointer
        ref, anchor = part.get("$ref"), part.get("$anchor")
        if isinstance(ref, str) and not named:
            (found.shown if shown else found.used).setdefault(ref, []).append(pointer)
        if isinstance(anchor, str) and not named and not shown:
            found.anchors.setdefault(anchor, part)
    return found


def _objects(document: object) -> Iterator[tuple[Pointer, dict[Any, Any], bool, bool]]:
    """Every object once, in the document's order, whether its keys are names, and whether it is only shown."""
    todo: list[tuple[Pointer, object, bool, bool]] = [((), document, False, False)]
    visited: set[int] = set()  # YAML anchors make one node stand in many places, even inside itself
    while todo:
        pointer, part, named, shown = todo.pop()
        if id(part) in visited:
            continue
        if isinstance(part, list):
            visited.add(id(part))
            inside = [((pointer, at), each, False, shown) for at, each in enumerate(part)]
        elif isinstance(part, dict):
            visited.add(id(part))
            yield pointer, part, named, shown
            inside = [
                ((pointer, key), value, key in NAME_KEYS and not named, shown or (not named and _is_data(key)))
                for key, value in part.items()
            ]
        else:
            continue
        todo.extend(each for each in reversed(inside) if isinstance(each[1], dict | list))


def _is_data(key: object) -> bool:
    return key in DATA_KEYS or str(key).startswith("x-")


def written(pointer: Pointer) -> str:
    """A place as a JSON pointer.

    >>> written((((), "paths"), "/orders"))
    '#/paths/~1orders'
    """
    keys = []
    while pointer:
        pointer, key = pointer
        keys.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "/".join(["#", *reversed(keys)])

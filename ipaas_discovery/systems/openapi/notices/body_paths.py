"""Paths of what a body holds, as deep as an envelope and the record in it."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.systems.openapi.resolver import Resolver

__all__ = ["body_paths"]

DEEPEST = 2
"""Levels of a body that are read: an envelope, and the record in it."""


def body_paths(raw: object, resolver: Resolver, before: str = "", deep: int = 1) -> Iterator[str]:
    """Yield the paths of a body's fields, with what a list holds behind `[]`."""
    if raw is None:
        return
    node = resolver.node(raw)
    if node.items is not None and not node.properties:
        yield from body_paths(node.items, resolver, f"{before}[]", deep)
    for name, part in node.properties.items():
        path = f"{before}.{name}" if before else name
        yield path
        if deep < DEEPEST:
            yield from body_paths(part, resolver, path, deep + 1)

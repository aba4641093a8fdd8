"""The fields of a record in an API description, at any depth, each once."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace

from ipaas_discovery.schemas.field import Declared, Field
from ipaas_discovery.schemas.field_paths import escape
from ipaas_discovery.systems.openapi import ApiDescription, Node

__all__ = ["MAX_DEPTH", "MAX_FIELDS", "declared_fields"]

MAX_DEPTH = 8
"""Objects inside one another that are described; deeper ones are named and left."""
MAX_FIELDS = 5_000
"""Fields of one schema, nearest the top first; descriptions that link every entity to every other have millions."""

Trail = Mapping[frozenset[str], str]
"""The objects around one, by the references that led to each, with their paths."""


def declared_fields(api: ApiDescription, raw: object, source: str, *, sent: bool) -> tuple[tuple[Field, ...], bool]:
    """Return the fields of the record that `raw` describes, sorted by path, and True if some were left out.

    A `writeOnly` field is left out of a returned record; a `readOnly` one stays in a sent record, marked.

    Args:
        api: the description that holds `raw`.
        raw: the schema of one record.
        source: the origin of the description.
        sent: whether the record is sent, not returned.
    """
    fields = _Walk(api, source, sent=sent).fields(raw)
    return fields, len(fields) == MAX_FIELDS


class _Walk:
    """A walk through a record's schema, breadth first, so that the limits cut the deepest fields."""

    def __init__(self, api: ApiDescription, source: str, *, sent: bool) -> None:
        self._api, self._source, self._sent = api, source, sent
        self._fields: dict[str, Field] = {}
        self._todo: deque[tuple[str, Node, int, Trail]] = deque()
        """Objects to look into: the prefix of their fields, their depth, the references of those around them."""

    def fields(self, raw: object) -> tuple[Field, ...]:
        """Return the fields of the record that `raw` describes, sorted by path."""
        root = self._api.node(raw)
        self._todo.append(("", root, 0, {root.refs: ""}))
        while self._todo and len(self._fields) < MAX_FIELDS:
            self._object(*self._todo.popleft())
        return tuple(self._fields[path] for path in sorted(self._fields))

    def _object(self, prefix: str, node: Node, depth: int, trail: Trail) -> None:
        members: list[tuple[str, object, bool | None]] = [
            (escape(str(name)), raw, name in node.required) for name, raw in node.properties.items()
        ]
        if node.values is not None:
            members.append(("*", node.values, None))  # whatever the keys of a map are
        for part, raw, listed in members:
            child = self._api.node(raw)
            if child.write_only and not self._sent:
                continue
            if node.read_only and self._sent:
                child = replace(child, read_only=True)
            # A field that is required and read-only is required of the answer alone.
            required = listed and not (child.read_only and self._sent)
            self._keep(prefix + part, child, required=required)
            self._inside(prefix + part, child, depth + 1, trail)

    def _inside(self, path: str, node: Node, depth: int, trail: Trail) -> None:
        """Plan the members of an object or a list; meeting the same references again is a circle."""
        while depth < MAX_DEPTH:
            if node.refs and node.refs in trail:
                self._note(path, trail[node.refs])
                return
            trail = {**trail, node.refs: path}
            if node.properties or node.values is not None:
                self._todo.append((f"{path}.", node, depth, trail))
            if node.items is None:
                return
            element = self._api.node(node.items)
            barred = node.read_only and self._sent
            node, path, depth = replace(element, read_only=True) if barred else element, f"{path}[]", depth + 1
            if not node.properties and node.values is None and node.types != ("object",):
                self._keep(path, node, required=None)

    def _note(self, path: str, same: str) -> None:
        """Note on a field whose members are not walked again where they are described."""
        held = self._fields.get(path) or self._fields.get(path.removesuffix("[]"))
        if held and held.declared:
            note = f"(holds the same as {same or 'the record itself'}; told once)"
            text = f"{held.declared.description} {note}".strip()
            self._fields[held.path] = replace(held, declared=replace(held.declared, description=text))

    def _keep(self, path: str, node: Node, *, required: bool | None) -> None:
        if len(self._fields) < MAX_FIELDS:
            self._fields[path] = Field(path, _declared(node, self._source, required=required))


def _declared(node: Node, source: str, *, required: bool | None) -> Declared:
    return Declared(
        types=node.types,
        format=node.format,
        required=required,
        nullable=node.nullable,
        read_only=node.read_only,
        write_only=node.write_only,
        max_length=node.max_length,
        enum=node.enum,
        description=node.description,
        source=source,
        variants=node.variants,
        min_length=node.min_length,
        pattern=node.pattern,
        minimum=node.minimum,
        maximum=node.maximum,
        exclusive_minimum=node.exclusive_minimum,
        exclusive_maximum=node.exclusive_maximum,
        multiple_of=node.multiple_of,
        title=node.title,
    )

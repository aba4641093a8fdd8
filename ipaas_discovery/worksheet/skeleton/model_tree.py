"""Fields of a collection as the classes of C# that hold them: objects within objects, lists and maps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ipaas_discovery.knowledge.platform.sdk_names import sdk_names
from ipaas_discovery.schemas.field_paths import list_depth, named_part, split_path, unescape
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.skeleton.identifiers import Identifiers

__all__ = ["ModelClass", "ModelProperty", "model_classes"]

ANY_KEY = "*"
VALUES = {"string": "string", "integer": "long?", "number": "decimal?", "boolean": "bool?"}
"""Type of C# for each type of JSON."""


@dataclass(frozen=True, slots=True)
class ModelProperty:
    """One property: its identifier, its key in JSON, its type, and what is known of the field."""

    identifier: str
    key: str
    type: str
    facts: ModelField


@dataclass(frozen=True, slots=True)
class ModelClass:
    """One class and its properties; `path` is that of the object it holds, empty for the record itself."""

    identifier: str
    path: str
    properties: tuple[ModelProperty, ...]

    def property(self, key: str) -> ModelProperty | None:
        """Return the property of a key of the record, or None."""
        return next((row for row in self.properties if row.key == key), None)


@dataclass(slots=True)
class _Node:
    """An object, list or map on the way, or a value."""

    path: str = ""
    facts: ModelField | None = None
    elements: ModelField | None = None
    lists: int = 0
    inner: dict[str, _Node] = field(default_factory=dict)


def model_classes(name: str, fields: Iterable[ModelField], classes: Identifiers) -> tuple[ModelClass, ...]:
    """List the class of a collection's records, and those of the objects in them.

    Args:
        name: the collection's.
        fields: its fields.
        classes: the classes there are already.

    >>> fields = [ModelField("id", ("integer",)), ModelField("lines[].sku", ("string",))]
    >>> orders, lines = model_classes("orders", fields, Identifiers())
    >>> [(row.type, row.identifier) for row in orders.properties]
    [('long?', 'Id'), ('List<OrdersLinesPart>', 'Lines')]
    """
    root = _Node()
    for facts in fields:
        if not any(map(named_part, split_path(facts.path))):  # the list itself holds what is named in it
            _place(root, facts)
    made: list[ModelClass] = []
    _make(classes.give(name, "Model"), name, root, classes, made)
    return tuple(sorted(made, key=lambda row: row.path))


def _place(root: _Node, facts: ModelField) -> None:
    node, parts = root, split_path(facts.path)
    for at, part in enumerate(parts):
        key, lists = list_depth(part)
        name = key if key == ANY_KEY else unescape(key)
        node = node.inner.setdefault(name, _Node(".".join(parts[: at + 1])))
        node.lists = max(node.lists, lists)
    if facts.path.endswith("[]"):
        node.elements = facts
    else:
        node.facts = facts


def _make(identifier: str, name: str, node: _Node, classes: Identifiers, made: list[ModelClass]) -> None:
    """Make the class of an object, and those within."""
    properties = Identifiers([*sdk_names().taken, identifier])
    rows = tuple(
        ModelProperty(
            properties.give(key),
            key,
            _type(f"{name} {key}", inner, classes, made),
            inner.facts or ModelField(inner.path),
        )
        for key, inner in node.inner.items()
        if key != ANY_KEY
    )
    made.append(ModelClass(identifier, node.path, rows))


def _type(name: str, node: _Node, classes: Identifiers, made: list[ModelClass]) -> str:
    kinds = set(node.facts.types) if node.facts else set()
    lists = node.lists or int(kinds == {"array"})
    if node.inner.keys() == {ANY_KEY}:
        of = f"Dictionary<string, {_type(name, node.inner[ANY_KEY], classes, made)}>"
    elif node.inner:
        of = classes.give(name, "Part")
        _make(of, name, node, classes, made)
    else:
        of = _value(node.elements or node.facts)
    return "List<" * lists + of + ">" * lists


def _value(facts: ModelField | None) -> str:
    kinds = set(facts.types) - {"array"} if facts else set()
    if facts and kinds == {"string"} and facts.format == "date-time":
        return "DateTimeOffset?"
    if kinds == {"integer", "number"}:
        return VALUES["number"]
    return VALUES.get(next(iter(kinds)), "object") if len(kinds) == 1 else "object"

"""The received shape of a GraphQL API: an input type of its schema, as SDL (`.graphql`) or a saved introspection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import graphql
from graphql.language import ast

from ipaas_discovery.errors import DescriptionError, UnknownNameError
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.schemas.field_paths import escape
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.vocabulary import Shape

__all__ = ["from_graphql"]

DEPTH = 12
"""Inputs inside one another that are read; deeper ones are left, as is one inside itself."""
ADVICE = "save the API's schema as SDL, or the answer to an introspection query as JSON"


def from_graphql(
    text: str,
    name: str,
    *,
    collection: str = "",
    shape: Shape = Shape.CREATE,
    system: str = "",
    source: str = "GraphQL",
) -> Schema:
    """Read the shape that an input type declares, including the inputs inside it.

    A field is required if it may not be null and has no default; on update this stays open, as one input often
    serves both calls.

    >>> sdl = "input OrderInput { note: String, lines: [LineInput!]! } input LineInput { sku: ID!, qty: Int! = 1 }"
    >>> [(field.path, field.required) for field in from_graphql(sdl, "OrderInput").fields]
    [('lines', True), ('lines[].qty', False), ('lines[].sku', True), ('note', False)]

    Args:
        text: SDL, or the JSON of an introspection.
        name: the name of the input type.
        collection: the schema's name for the collection. Defaults to the input type's name.
        shape: received on create or on update.
        system: the system it belongs to.
        source: the origin of the text.

    Raises:
        DescriptionError: if it is no GraphQL schema.
        UnknownNameError: if it has no such input type, with the nearest.
    """
    types = _Types(_parsed(text, source), source, required=shape is Shape.CREATE)
    if name not in types.inputs:
        raise UnknownNameError("input type", name, types.inputs, where=source)
    fields = sorted(types.fields(name), key=lambda field: field.path)
    return Schema(collection or name, shape, system, tuple(fields), source=f"{source}: {name}")


def _parsed(text: str, source: str) -> ast.DocumentNode:
    try:
        if text.lstrip()[:1] == "{":
            content = json.loads(text)
            return graphql.parse(graphql.print_schema(graphql.build_client_schema(content.get("data", content))))
        return graphql.parse(text, no_location=True)
    except (graphql.GraphQLError, ValueError, TypeError, AttributeError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DescriptionError(f"This is no GraphQL schema, {reason}", where=source, then=ADVICE) from None


@dataclass(slots=True)
class _Types:
    """The input types and enumerations of a document."""

    document: ast.DocumentNode
    source: str
    required: bool
    inputs: dict[str, list[ast.InputValueDefinitionNode]] = field(default_factory=dict)
    enums: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for definition in self.document.definitions:
            if isinstance(definition, ast.InputObjectTypeDefinitionNode | ast.InputObjectTypeExtensionNode):
                self.inputs.setdefault(definition.name.value, []).extend(definition.fields or ())
            elif isinstance(definition, ast.EnumTypeDefinitionNode | ast.EnumTypeExtensionNode):
                known = self.enums.get(definition.name.value, ())
                self.enums[definition.name.value] = (*known, *(value.name.value for value in definition.values or ()))

    def fields(self, name: str, prefix: str = "", around: tuple[str, ...] = ()) -> Iterator[Field]:
        """Yield the fields of an input type, and of those inside it."""
        for node in self.inputs[name]:
            path = prefix + escape(node.name.value)
            needed = isinstance(node.type, ast.NonNullTypeNode)
            inner, depth = _bare(node.type), 0
            declared = self._declared(inner, f"{self.source}: {name}.{node.name.value}")
            yield Field(path, self._outer(node, declared, needed=needed))
            while isinstance(inner, ast.ListTypeNode):
                inner, depth = _bare(inner.type), depth + 1
            path += "[]" * depth
            within = inner.name.value if isinstance(inner, ast.NamedTypeNode) else ""
            if within in self.inputs:
                if within not in (*around, name) and len(around) < DEPTH:
                    yield from self.fields(within, f"{path}.", (*around, name))
            elif depth:
                yield Field(path, self._declared(inner, declared.source))

    def _outer(self, node: ast.InputValueDefinitionNode, declared: Declared, *, needed: bool) -> Declared:
        facts: dict[str, Any] = {
            "nullable": not needed,
            "description": node.description.value.strip() if node.description else "",
            "required": (needed and node.default_value is None) if self.required else None,
        }
        return Declared(declared.types, declared.format, enum=declared.enum, source=declared.source, **facts)

    def _declared(self, kind: ast.TypeNode, source: str) -> Declared:
        if isinstance(kind, ast.ListTypeNode):
            return Declared(("array",), source=source)
        name = kind.name.value if isinstance(kind, ast.NamedTypeNode) else ""
        if name in self.inputs:
            return Declared(("object",), source=source)
        if name in self.enums:
            return Declared(("string",), enum=self.enums[name], source=source)
        known = type_words().get(name, "graphql")  # what another scalar is, only its API knows
        if known is None or not known.type:
            return Declared(source=source)
        return Declared((known.type,), known.format or None, source=source)


def _bare(kind: ast.TypeNode) -> ast.TypeNode:
    return kind.type if isinstance(kind, ast.NonNullTypeNode) else kind

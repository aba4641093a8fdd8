"""Write the types of a GraphQL schema as schemas of an OpenAPI document."""

from __future__ import annotations

from typing import Any

from ipaas_discovery.knowledge.type_words import type_words

__all__ = ["reference", "type_of"]


def type_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401  graphql-core's types
    """Write a type as a schema; an object is a reference to its own."""
    import graphql  # noqa: PLC0415  only such a schema needs it

    inner = graphql.get_nullable_type(kind)
    nullable = {"nullable": True} if inner is kind else {}
    if graphql.is_list_type(inner):
        return {"type": "array", "items": type_of(inner.of_type), **nullable}
    if graphql.is_object_type(inner) or graphql.is_input_object_type(inner):
        return reference(inner.name)
    if graphql.is_enum_type(inner):
        return {"type": "string", "enum": [*inner.values], **nullable}
    known = type_words().get(inner.name, "graphql")
    if known is None or not known.type:
        return nullable
    return {"type": known.type, **({"format": known.format} if known.format else {}), **nullable}


def reference(kind: str) -> dict[str, Any]:
    """Write a reference to the schema of a named type."""
    return {"$ref": f"#/components/schemas/{kind}"}

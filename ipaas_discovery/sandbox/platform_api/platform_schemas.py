"""The schemas of the platform's documents: each collection as returned, as received on create, and on update."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ipaas_discovery.sandbox.platform_api.platform_calls import title
from ipaas_discovery.sandbox.sandbox_data import read_shipped
from ipaas_discovery.schemas.declaring.facts import CollectionFacts, FieldFacts, load_facts

__all__ = ["reference", "schemas_of"]

Json = dict[str, Any]

SHAPES = ("Response", "Request", "UpdateRequest")


def schemas_of(collections: Iterable[CollectionFacts]) -> dict[str, Json]:
    """Make `{Collection}{Response|Request|UpdateRequest}` for each collection and all that stand inside it, sorted.

    Which fields stand in a request, and which answers may be null, is decided as the documents'
    description says.
    """
    every = {facts.name: facts for top in collections for facts in _with_children(top)}
    schemas = {f"{title(name)}{shape}": _object(facts, shape) for name, facts in every.items() for shape in SHAPES}
    return dict(sorted(schemas.items()))


def reference(schema: str) -> Json:
    """Point to a schema of the same document.

    >>> reference("CustomerResponse")
    {'$ref': '#/components/schemas/CustomerResponse'}
    """
    return {"$ref": f"#/components/schemas/{schema}"}


def _with_children(facts: CollectionFacts) -> list[CollectionFacts]:
    names = sorted({field.child_collection for field in facts.fields if field.child_collection})
    return [facts, *(load_facts()[name] for name in names)]


def _object(facts: CollectionFacts, shape: str, prefix: str = "") -> Json:
    """Make the object whose fields' paths begin with `prefix`."""
    inside = [field for field in facts.fields if field.path.startswith(prefix)]
    own = [field for field in inside if "." not in field.path[len(prefix) :] and _belongs(field, facts, shape)]
    schema: Json = {
        "type": "object",
        "properties": {field.path[len(prefix) :]: _value(field, facts, shape) for field in own},
        "additionalProperties": False,
    }
    required = [field.path[len(prefix) :] for field in own if field.required_on_create]
    return schema | ({"required": required} if required and shape == "Request" else {})


def _belongs(field: FieldFacts, facts: CollectionFacts, shape: str) -> bool:
    """Tell if a field stands in this shape."""
    if shape == "Response":
        return True
    decided = read_shipped("platform")
    if shape == "UpdateRequest" and decided["fixed_at_creation"].get(facts.name) == field.path:
        return False
    if field.in_request is None:
        return bool(field.required_on_create) or field.path.rpartition(".")[2] not in decided["server_made"]
    return field.in_request


def _value(field: FieldFacts, facts: CollectionFacts, shape: str) -> Json:
    schema = _of_type(field, facts, shape)
    needed = shape != "Response" and field.required_on_create
    simple = "enum" in schema or {"integer", "number", "boolean"} & set(field.types)
    if needed or not (field.nullable or (field.nullable is None and not simple)):
        return schema
    return {"allOf": [schema], "nullable": True} if "$ref" in schema else schema | {"nullable": True}


def _of_type(field: FieldFacts, facts: CollectionFacts, shape: str) -> Json:
    kind = field.types[0] if field.types else None
    if kind == "array":
        return {"type": "array", "items": _inner(field, facts, shape)}
    if kind == "object":
        return _inner(field, facts, shape)
    schema: Json = {} if kind is None else {"type": kind}
    if field.format:
        schema["format"] = field.format
    if field.enum:
        schema["enum" if field.enum_complete else "x-known-values"] = list(field.enum)
    return schema


def _inner(field: FieldFacts, facts: CollectionFacts, shape: str) -> Json:
    """Describe a list's elements, or an object."""
    if field.child_collection:
        return reference(f"{title(field.child_collection)}{shape}")
    if field.format == "map<string,string>":
        return {"type": "object", "additionalProperties": {"type": "string"}}
    if field.format == "list of key/value":
        return {"type": "object", "properties": {"key": {"type": "string"}, "value": {"type": "string"}}}
    if any(other.path.startswith(field.prefix) for other in facts.fields):
        return _object(facts, shape, field.prefix)
    return {"type": "object"} if field.types == ("object",) else {}

"""JSON Schema of each collection of an order in each shape that is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ipaas_discovery.schemas.field import Declared, Field
from ipaas_discovery.schemas.forms.json_schema import json_schema
from ipaas_discovery.vocabulary import Grade, Shape
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import SideFacts

__all__ = ["as_field", "shape_schemas"]

NUMBERS = {"integer": int, "number": float}


def shape_schemas(side: SideFacts) -> Iterator[tuple[Shape, dict[str, Any]]]:
    """Yield the schema of one collection in each shape; nothing for a shape that nobody knows.

    >>> side = SideFacts("Shop", "users", (ModelField("id", ("integer",), returned=True, on_create=False),))
    >>> [(shape.value, schema["properties"]) for shape, schema in shape_schemas(side)]
    [('returned', {'id': {'type': 'integer'}})]
    """
    for shape in Shape:
        fields = [as_field(facts, shape) for facts in side.fields if _in(facts, shape)]
        if fields:
            schema = json_schema(fields, side.collection)
            known = f"; {_grade(side, shape)}" if side.grade else ""
            yield shape, {**schema, "description": f"{side.collection} of {side.system}, {shape.value}{known}"}


def _grade(side: SideFacts, shape: Shape) -> str:
    """Say how a shape is known: what is received, nobody sees in a record."""
    return side.grade if shape is Shape.RETURNED else Grade.DECLARED.value


def _in(facts: ModelField, shape: Shape) -> bool:
    return bool({Shape.RETURNED: facts.returned, Shape.CREATE: facts.on_create, Shape.UPDATE: facts.on_update}[shape])


def as_field(facts: ModelField, shape: Shape = Shape.RETURNED) -> Field:
    """Give a field as one shape declares it."""
    required = {Shape.CREATE: facts.required_on_create, Shape.UPDATE: facts.required_on_update}.get(shape)
    return Field(
        facts.path,
        Declared(
            types=facts.types,
            required=required,
            nullable=facts.nullable,
            max_length=facts.max_length,
            enum=_enum(facts),
            description=facts.description,
        ),
    )


def _enum(facts: ModelField) -> tuple[Any, ...]:
    """Return the values that are allowed, in their own type."""
    kind = NUMBERS.get(facts.types[0]) if len(facts.types) == 1 else None
    if kind is None and facts.types != ("string",):
        return ()
    try:
        return tuple(kind(value) if kind else value for value in facts.enum)
    except ValueError:
        return ()

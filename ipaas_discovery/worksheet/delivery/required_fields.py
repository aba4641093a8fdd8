"""Fields that a destination requires of every record that is added."""

from __future__ import annotations

from ipaas_discovery.flows.path_reader import depth_of
from ipaas_discovery.matching.traits import above
from ipaas_discovery.schemas.field import Field
from ipaas_discovery.schemas.schema import Schema

__all__ = ["required_of"]


def required_of(schema: Schema) -> tuple[str, ...]:
    """List the plain values that each record has to hold: outside of lists, in objects that are required themselves.

    >>> rows = [{"path": "sku", "required": True}, {"path": "lines[].sku", "required": True}]
    >>> rows += [{"path": "price.net", "required": True}]
    >>> required_of(Schema.from_fields(rows))
    ('sku',)
    """
    required = {field.path: field for field in schema.fields if _asked(field)}
    return tuple(
        sorted(
            path
            for path, field in required.items()
            if not depth_of(path)
            and not {"object", "array"} & {*field.types}
            and all(holder in required for holder in above(path))
        )
    )


def _asked(field: Field) -> bool:
    declared = field.declared
    return bool(declared and declared.required and not declared.read_only and not declared.variants)

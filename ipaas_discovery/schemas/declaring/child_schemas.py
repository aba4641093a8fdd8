"""Children as schemas of their own: the lists inside a record, and the end points under one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.field import Field
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.openapi import ApiDescription, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path
from ipaas_discovery.vocabulary import Shape

__all__ = ["PARENT", "children", "parent_key"]

PARENT = "parent"
"""Under this name a child's schema holds its parent's key: `parent.id`."""


@shows("Children", "child", "schema")
def children(schema: Schema, api: ApiDescription | None = None) -> dict[str, Schema]:
    """Return each child of a collection by its name, sorted: the lists of objects inside it, at any depth.

    A child's schema is of its elements, with their own denominators as they were observed, and holds the
    parent's key as `parent.id` (whatever the key is called), if the parent has one; the key counts once per
    element. With `api`, the child end points of the collection (`/orders/{id}/products`) are included, in the
    same shape, under their collection's name.

    >>> order = Schema.from_fields([{"path": "id", "types": "integer"}, {"path": "lines", "types": "array"},
    ...     {"path": "lines[].sku"}, {"path": "lines[].taxes[].rate"}], collection="orders")
    >>> [(name, [field.path for field in child.fields]) for name, child in children(order).items()]
    [('lines', ['parent.id', 'sku', 'taxes[].rate']), ('lines[].taxes', ['parent.id', 'rate'])]

    Raises:
        UnknownNameError: if `api` does not know the schema's collection.
    """
    child_schemas = {path: _inside(schema, path) for path in _lists(schema)}
    if api is not None:
        child_schemas |= _end_points(schema, api)
    return dict(sorted(child_schemas.items()))


def parent_key(schema: Schema) -> Field | None:
    """Find the field that identifies a record: `id`, else one named like its collection's id, else a proven key.

    >>> parent_key(Schema.from_fields([{"path": "customer_id"}, {"path": "order_id"}], collection="orders")).path
    'order_id'
    """
    top = [field for field in schema.fields if len(split_path(field.path)) == 1 and "[]" not in field.path]
    plain = [field for field in top if not {"array", "object"} & set(field.types)]
    by_name = {field.name.lower(): field for field in plain}
    last = re.split(r"[^a-z0-9]+", schema.collection.lower())[-1]
    ones = (last.removesuffix("s"), last.removesuffix("es"), f"{last.removesuffix('ies')}y", last)
    keys = field_words().key_words("parent")
    called = (f"{one}{mark}{key}" for key in keys for one in ones for mark in ("_", "") if one)
    named = next((by_name[name] for name in ("id", *called, *keys[1:]) if name in by_name), None)
    proven = [field for field in plain if field.observed and field.observed.key_candidate]
    return named or (proven[0] if proven else None)


def _lists(schema: Schema) -> list[str]:
    """List the paths of lists of objects, without their list mark."""
    paths = set()
    for field in schema.fields:
        parts = split_path(field.path)
        for end in range(1, len(parts)):
            if list_depth(parts[end - 1])[1]:
                paths.add(".".join(parts[:end]).removesuffix("[]"))
    return sorted(paths)


def _inside(schema: Schema, path: str) -> Schema:
    prefix = f"{path}[]."
    own = [
        replace(field, path=field.path.removeprefix(prefix)) for field in schema.fields if field.path.startswith(prefix)
    ]
    # The nearest list around this one is its parent, and has the key; else the record itself.
    holder = path.rpartition("[].")[0]
    above = _inside_parent(schema, holder) if holder else schema
    key = parent_key(above) or parent_key(schema)
    records = _elements(schema, path)
    fields = _with_parent(key, own, records)
    return replace(
        schema,
        collection=f"{schema.collection}.{path}" if schema.collection else path,
        fields=tuple(sorted(fields, key=lambda field: field.path)),
        records=records,
        envelope="",
        operations={method: call and f"inside {call}" for method, call in schema.operations.items()},
    )


def _inside_parent(schema: Schema, holder: str) -> Schema:
    prefix = f"{holder}[]."
    own = tuple(
        replace(field, path=field.path.removeprefix(prefix)) for field in schema.fields if field.path.startswith(prefix)
    )
    return replace(schema, collection=split_path(holder)[-1], fields=own)


def _elements(schema: Schema, path: str) -> int | None:
    """Count the observed elements, against which the fields of an element are counted."""
    if schema.records is None:
        return None
    prefix = f"{path}[]."
    inside = (field for field in schema.fields if field.path.startswith(prefix) and field.observed)
    own = (field.observed.of for field in inside if field.observed and "." not in field.path.removeprefix(prefix))
    return max(own, default=0)


def _with_parent(key: Field | None, own: Iterable[Field], elements: int | None) -> tuple[Field, ...]:
    """Put the parent's key before the child's fields; as `parent_record` if the child has a `parent` of its own."""
    fields = tuple(own)
    taken = any(split_path(field.path)[0].removesuffix("[]") == PARENT for field in fields)
    return (*([_as_parent(key, elements, f"{PARENT}_record" if taken else PARENT)] if key else []), *fields)


def _as_parent(key: Field, elements: int | None, name: str) -> Field:
    """Return the key as a field of the child, observed only if every parent has it."""
    seen = key.observed
    if seen and elements is not None:
        always = seen.filled == seen.of
        seen = replace(seen, of=elements, present=elements, nulls=0, empties=0, types={}, top=()) if always else None
    declared = replace(key.declared, required=None, read_only=None) if key.declared else None
    return Field(f"{name}.{key.path}", declared, seen)


def _end_points(schema: Schema, api: ApiDescription) -> dict[str, Schema]:
    """Collect the collections whose paths continue a record's path: `/orders/{id}/products` under `/orders`."""
    roots = _bases(api.operations(schema.collection))
    end_points = {}
    # The path names the parent, whatever shape is sent; a record that is to be made has no key of its own.
    key = parent_key(schema) or parent_key(declare(api, schema.collection, Shape.RETURNED))
    for name in api.collections():
        if not any(base[:-1] == (*root, PLACEHOLDER) for base in _bases(api.operations(name)) for root in roots):
            continue
        child = declare(api, name, schema.shape)
        fields = _with_parent(key, child.fields, None)
        kept = replace(child, fields=tuple(sorted(fields, key=lambda field: field.path)) if child.known else ())
        end_points[name] = replace(kept, system=schema.system)
    return end_points


def _bases(calls: Operations) -> set[Path]:
    """Return the paths of a collection's calls, without a record's id or a word such as `search` at their ends."""
    paths = {call.place for call in calls}
    return {path[:-1] if path[-1] in {PLACEHOLDER, *request_words().paths.listing} else path for path in paths}

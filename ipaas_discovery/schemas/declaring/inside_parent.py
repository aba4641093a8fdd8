"""Collections written inside their parent's records: the lines of an order, in the body that makes the order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.openapi import ApiDescription, Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path
from ipaas_discovery.vocabulary import Method, Shape

__all__ = ["part", "received_beside", "received_inside"]

BELOW_PARENT = re.compile(r"(?P<parent>\w+ \S+)/\{[^{}/]*\}/(?P<name>[^{}/]+)")
"""A call that makes a record below its parent's."""
Declare = Callable[[Operation, Shape], Schema]


def part(schema: Schema, path: str) -> Schema:
    """Return the elements of the list at `path` as their own schema, which is written only with the parent.

    >>> whole = Schema.from_fields([{"path": "lines", "types": "array"}, {"path": "lines[].sku", "types": "string"}])
    >>> [field.path for field in part(whole, "lines").fields]
    ['sku']
    """
    prefix = f"{path}[]."
    fields = tuple(
        replace(field, path=field.path.removeprefix(prefix)) for field in schema.fields if field.path.startswith(prefix)
    )
    if fields or schema.shape is Shape.RETURNED or not schema.known:
        calls = {method: f"inside {call}" if call else None for method, call in schema.operations.items()}
        # An element leaves when its parent is sent without it, so a delete is an update of the parent.
        calls |= {Method.DELETE: calls[Method.UPDATE]} if Method.UPDATE in calls else {}
        return replace(schema, fields=fields, operations=calls, source=schema.source if fields else "")
    # its calls may hold the part under another name, or in an object that the description leaves open
    lacking = {method: None for method, call in schema.operations.items() if call is None}
    return replace(schema, fields=(), operations=lacking, source="")


def received_inside(api: ApiDescription, calls: Operations, schema: Schema, declared: Declare) -> Schema:
    """Add to a collection below its parent's path what the parent's calls receive of it, if it has none of its own.

    Args:
        api: the description.
        calls: the calls of the collection.
        schema: the collection as received, as far as its own calls say it.
        declared: gives what a call receives.
    """
    above = _parent(api, calls)
    if above is None or schema.shape is Shape.RETURNED:
        return schema
    parent, name = above
    bodies = {
        method: (call, declared(call, shape))
        for method, call, shape in (
            (Method.ADD, parent.create, Shape.CREATE),
            (Method.UPDATE, parent.update, Shape.UPDATE),
        )
        if call
    }
    lists = {method: (body, path) for method, (_, body) in bodies.items() if (path := _list_called(body, name))}
    offered = {
        method: f"inside {body.operations.get(method) or bodies[method][0].label}"
        for method, (body, _) in lists.items()
    }
    offered |= {Method.DELETE: offered[Method.UPDATE]} if Method.UPDATE in offered else {}
    own = {method: call for method, call in schema.operations.items() if call or method not in offered}
    wanted = Method.ADD if schema.shape is Shape.CREATE else Method.UPDATE
    fields = part(*lists[wanted]) if wanted in lists and not schema.known else schema
    return replace(schema, fields=fields.fields, source=fields.source, operations={**offered, **own})


def received_beside(schema: Schema, call: str, declared: Callable[[str], Schema | None]) -> Schema:
    """Take what the parent's call holds of a collection for what a call below it, which nobody describes, receives.

    Args:
        schema: the collection as received, of which nothing is known but its calls.
        call: the call, such as `POST /products/{id}/variants`.
        declared: gives what the parent's call, such as `POST /products`, receives; None if nobody describes it.
    """
    below = BELOW_PARENT.fullmatch(call)
    body = declared(below["parent"]) if below and not schema.known else None
    path = _list_called(body, below["name"]) if below and body else ""
    inside = part(body, path) if body and path else Schema()
    return replace(schema, fields=inside.fields, source=f"{inside.source}, {path}[]") if inside.fields else schema


def _parent(api: ApiDescription, calls: Operations) -> tuple[Operations, str] | None:
    """Find the collection on whose record's path another one stands, and the name that this has there."""
    own = calls.list or calls.detail
    path = _without_id(own.place) if own else ()
    if len(path) < 3 or path[-2] != PLACEHOLDER:  # noqa: PLR2004  a parent, its id, a child
        return None
    for collection in api.collections():
        others = api.operations(collection)
        if any(_without_id(call.place) == path[:-2] for call in others):
            return others, path[-1]
    return None


def _without_id(path: Path) -> Path:
    return path[:-1] if path and path[-1] == PLACEHOLDER else path


def _list_called(body: Schema, name: str) -> str:
    """Find the list of objects of a body that a name means, in singular or plural; empty if there is none."""
    wanted = _forms(name)
    for field in body.fields:
        if "array" in field.types and "." not in field.path and wanted & _forms(field.path):
            return field.path
    return ""


def _forms(name: str) -> set[str]:
    plain = "_".join(split_words(name))
    return {plain, *singulars(plain)}

"""A declared schema from an OpenAPI operation, or from a platform's shipped facts."""

from __future__ import annotations

from collections.abc import Mapping

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name
from ipaas_discovery.schemas.declaring.facts import CollectionFacts, FieldFacts, load_facts
from ipaas_discovery.schemas.declaring.inside_parent import received_inside
from ipaas_discovery.schemas.declaring.offered_calls import offered_calls
from ipaas_discovery.schemas.declaring.openapi_fields import declared_fields
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.systems.openapi import ApiDescription, Operation
from ipaas_discovery.vocabulary import Grade, Method, Shape

__all__ = ["declare", "declare_operation", "declare_shapes"]

SERVER_MADE = frozenset({"id", "tracking_guid", "created_datetime", "updated_datetime"})
"""Fields that iPaaS.com sets itself; they may not be sent unless a fact says so."""


def declare(api: ApiDescription | str, collection: str, shape: Shape) -> Schema:
    """Return the declared schema of `collection` in `shape`.

    The returned shape of a description holds the fields of its list and its detail call. A shape of which
    nothing is declared is an unknown schema (`known` is False); its `operations` still say which calls
    the system offers.

    >>> order = declare("ipaas", "Transactions", Shape.CREATE)
    >>> order.known, order.operations[Method.ADD]
    (True, 'POST /v2/Transaction')

    Args:
        api: an ApiDescription, or the name of a shipped fact file: `"ipaas"`.
        collection: one of `api.collections()`; for facts a collection type or its plain name.
        shape: returned, received on create, or received on update.

    Raises:
        UnknownNameError: if there is no such collection or fact file.
    """
    if isinstance(api, str):
        return _from_facts(api, collection, shape)
    calls = api.operations(collection)
    if shape is not Shape.RETURNED:
        call = calls.create if shape is Shape.CREATE else calls.update
        own = declare_operation(api, call, shape, collection=collection, system=api.title)
        return received_inside(api, calls, own, lambda other, shape: declare_operation(api, other, shape))
    listed, detail = (
        declare_operation(api, call, shape, collection=collection, system=api.title)
        for call in (calls.list, calls.detail)
    )
    return listed.merged(detail) if listed.known and detail.known else detail if detail.known else listed


def declare_shapes(api: ApiDescription | str, collection: str) -> Shapes:
    """Return all three declared shapes of `collection`, with the list call and the detail call apart.

    >>> declare_shapes("ipaas", "Lines").create.known
    True

    Raises:
        UnknownNameError: if there is no such collection or fact file.
    """
    returned, create, update = (declare(api, collection, shape) for shape in Shape)
    if isinstance(api, str):
        return Shapes(api, returned.collection, returned, create, update)
    calls = api.operations(collection)
    listed, detail = (
        declare_operation(api, call, Shape.RETURNED, collection=collection, system=api.title) if call else None
        for call in (calls.list, calls.detail)
    )
    return Shapes(api.title, collection, returned, create, update, listed, detail)


def declare_operation(
    api: ApiDescription, operation: Operation | None, shape: Shape, *, collection: str = "", system: str = ""
) -> Schema:
    """Return the declared schema of one call: its response for the returned shape, else its request body.

    Paths are those of `observe`. A field is required only within the object it stands in. `writeOnly`
    fields are left out of the returned shape. A field that a request lists as `readOnly` stays, with all
    that is inside it, marked `read_only`: the vendor's list stays as it is, but the field is not settable.

    Args:
        api: the description the call is from.
        operation: the call; None gives an unknown schema.
        shape: selects one of the call's bodies, and becomes the shape of the schema.
        collection: the collection the schema is of; if the description knows it, its calls are added.
        system: the system the schema belongs to.
    """
    offered = _offered(api, operation, collection)
    unknown = Schema(collection, shape, system, operations=offered)
    if operation is None:
        return unknown
    sent = shape is not Shape.RETURNED
    records = api.received(operation) if sent else api.returned(operation)
    if records is None:
        return unknown
    source = f"{' '.join(filter(None, (api.title, api.version)))}: {operation.label}"
    fields, cut = declared_fields(api, records.schema, source, sent=sent)
    if not fields:
        return unknown
    limit = f" (the first {len(fields)} fields)" if cut else ""
    return Schema(
        collection, shape, system, fields, operations=offered, envelope=records.envelope, source=source + limit
    )


def _offered(api: ApiDescription, operation: Operation | None, collection: str) -> Mapping[Method, str | None]:
    """Return the calls of the collection; nothing if the description does not know the collection."""
    calls = api.of(operation) if operation else None
    if calls is None:
        try:
            calls = api.operations(collection)
        except UnknownNameError:
            return {}
    return offered_calls(calls, lambda call: call.label)


def _from_facts(name: str, collection: str, shape: Shape) -> Schema:
    facts = load_facts(name)
    wanted = collection_name(collection)
    if wanted not in facts:
        raise UnknownNameError("collection", collection, facts, where=f"facts of {name}")
    known = facts[wanted]
    fields = [_fact(fact, name, shape) for fact in _in_shape(known, shape)]
    return Schema(
        collection=wanted,
        shape=shape,
        system=name,
        fields=tuple(sorted(fields, key=lambda field: field.path)),
        operations=_fact_calls(known, facts),
        source=f"facts of {name}" if fields else "",
    )


def _in_shape(known: CollectionFacts, shape: Shape) -> list[FieldFacts]:
    """Return the facts of the fields that the shape has; a field cannot be sent without its parent."""
    kept: list[FieldFacts] = []
    barred: tuple[str, ...] = ()
    for fact in sorted(known.fields, key=lambda other: other.path):
        if shape is Shape.RETURNED or (_may_be_sent(fact) and not fact.path.startswith(barred)):
            kept.append(fact)
        else:
            barred += (f"{fact.path}.", f"{fact.path}[]")
    return kept


def _may_be_sent(fact: FieldFacts) -> bool:
    if fact.in_request is None and not fact.required_on_create:
        return list_depth(split_path(fact.path)[-1])[0] not in SERVER_MADE
    return bool(fact.in_request or fact.required_on_create)


def _fact(fact: FieldFacts, name: str, shape: Shape) -> Field:
    source = f"facts of {name}: {fact.source}" if fact.source else f"facts of {name}"
    return Field(
        fact.path,
        Declared(
            types=tuple(kind for kind in fact.types if kind != "null"),
            format=fact.format,
            required=fact.required_on_create if shape is Shape.CREATE else None,
            nullable=fact.nullable,
            read_only=True if fact.in_request is False else None,
            enum=() if fact.enum_complete is False else fact.enum,
            source=source,
        ),
    )


def _fact_calls(known: CollectionFacts, facts: Mapping[str, CollectionFacts]) -> dict[Method, str | None]:
    """Return the known calls; a path nobody saw is no denial: where records are written, the platform documents a call.

    Records that stand inside their parent's are written by its calls.
    """
    calls = {Method.ADD: ("POST", known.create_path), Method.UPDATE: ("PUT", known.update_path)}
    offered: dict[Method, str | None] = {method: f"{verb} {path}" for method, (verb, path) in calls.items() if path}
    if not known.implemented:
        return dict.fromkeys(Method)
    parent = facts.get(known.parent or "")
    if parent and any(field.child_collection == known.name for field in parent.fields):
        above = _fact_calls(parent, facts)
        inside = {
            method: call if call == Grade.DOCUMENTED else f"inside {call}" for method, call in above.items() if call
        }
        return {**inside, **offered}
    if known.parent is None and any(field.in_request or field.required_on_create for field in known.fields):
        return {**dict.fromkeys(calls, Grade.DOCUMENTED.value), **offered}
    return offered

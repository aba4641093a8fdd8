"""Build a connector from an API description, without guessing beyond the document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector, Environment, Search
from ipaas_discovery.systems.openapi import ApiDescription, Operation

__all__ = ["connector_from"]

MOST_VALUES = 30
"""The most values of a filter; a parameter with more is no status, and a page for each would be a pull of its own."""


def connector_from(api: ApiDescription, *, name: str, base_url: str | None = None) -> Connector:
    """Build a connector with the description's collections; it has no credentials and reads first pages only.

    A path such as `/orders/{order_id}/products` is a child of the collection at `/orders`. No OpenAPI
    document states paging and authentication reliably, so they are left to a connector file.

    Raises:
        ConfigurationError: if neither the document nor the caller gives the address of the API, or it lists nothing.
    """
    server = next((url for url in api.servers if url.startswith("http")), None)
    address = base_url or server
    if address is None:
        raise ConfigurationError("The document names no server", where=api.title, then="give `base_url`")
    collections = api.collections()
    alone = {collection: spec for collection in collections if (spec := _spec(api, collection))}
    children = {collection: spec for collection in collections if (spec := _child(api, collection, alone))}
    known = alone | children
    specs = {collection: known[collection] for collection in collections if collection in known}
    if not specs:
        raise ConfigurationError("The document lists no collection that stands alone", where=api.title)
    return Connector(
        title=api.title,
        name=name,
        environments={"document": Environment(base_url=address, title=api.title)},
        default_environment="document",
        collections=specs,
    )


def _spec(api: ApiDescription, name: str) -> CollectionSpec | None:
    """Build the settings of a collection; None if it cannot be listed without a parent."""
    calls = api.operations(name)
    if calls.list is None or "{" in calls.list.path:
        return None
    records = api.returned(calls.list)
    searched = calls.list.method == "POST"
    return CollectionSpec(
        list=None if searched else calls.list.path,
        search=Search(path=calls.list.path) if searched else None,
        detail=calls.detail.path if calls.detail else None,
        records=records.envelope if records else "",
        filters={} if searched else _filters(api, calls.list),
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _filters(api: ApiDescription, call: Operation) -> dict[str, tuple[str | int, ...]]:
    """Find the parameters that are named like a field and have listed values, or whose field has."""
    records = api.returned(call)
    fields = {_bare(name): node for name, node in api.node(records.schema).properties.items()} if records else {}
    filters = {}
    for name in call.parameters:
        if _bare(name) in fields:
            known = call.choices.get(name) or api.node(fields[_bare(name)]).enum
            filters[name] = tuple(value for value in known if isinstance(value, str | int) and value is not True)
    return {name: known for name, known in filters.items() if 1 < len(known) <= MOST_VALUES}


def _bare(name: str) -> str:
    """Reduce a name to its letters and digits: `OrderStatus` and `order_status` are alike."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _child(api: ApiDescription, name: str, alone: Mapping[str, CollectionSpec]) -> CollectionSpec | None:
    """Build the settings of a collection under one record of another; None if its path shows no such parent."""
    calls = api.operations(name)
    if calls.list is None or calls.list.method != "GET":
        return None
    match = re.fullmatch(r"(/[^{}]*)/\{([^{}]+)\}(/[^{}]+)", calls.list.path)
    parent = next((collection for collection, spec in alone.items() if match and match[1] in _roots(spec)), None)
    if match is None or parent is None:
        return None
    records = api.returned(calls.list)
    return CollectionSpec(
        list=f"{match[1]}/{{{_filling(api, parent, match[2])}}}{match[3]}",
        parent=parent,
        records=records.envelope if records else "",
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _roots(spec: CollectionSpec) -> set[str]:
    """List the paths of one record of a collection, without its id."""
    path = spec.search.path if spec.search else spec.list or ""
    detail = re.fullmatch(r"(/[^{}]*)/\{[^{}]+\}", spec.detail or "")
    return {path, re.sub(r"/(search|list|query|find)$", "", path), detail[1] if detail else path}


def _filling(api: ApiDescription, parent: str, name: str) -> str:
    """Name the field of the parent's records that fills `{name}` in a path: one of that name, else the id."""
    call = api.operations(parent).list
    records = api.returned(call) if call else None
    fields = api.node(records.schema).properties if records else {}
    return name if name in fields and "id" not in fields else "id"


def _call(operation: Operation | None) -> str | None:
    """Write a call as in a connector, or None without one."""
    return operation.label if operation else None

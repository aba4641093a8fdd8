"""A connector made from an API description: what the document says, and nothing guessed beyond it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector, Environment, Search
from ipaas_discovery.systems.openapi import ApiDescription, Operation

__all__ = ["connector_from"]

MOST_VALUES = 30
"""A parameter with more values is no status and no kind; a page for each would be a pull of its own."""


def connector_from(api: ApiDescription, *, name: str, base_url: str | None = None) -> Connector:
    """A connector with the description's collections; it asks without credentials and reads first pages only.

    A path such as `/orders/{order_id}/products` is a child of the collection at `/orders`. How the API pages and
    authenticates stands in no OpenAPI document in a form to rely on, so it is left to a connector file.

    Raises:
        ConfigurationError: if neither the document nor the caller says where the API is, or it lists nothing.
    """
    server = next((each for each in api.servers if each.startswith("http")), None)
    address = base_url or server
    if address is None:
        raise ConfigurationError("The document names no server", where=api.title, then="give `base_url`")
    alone = {each: spec for each in api.collections() if (spec := _spec(api, each))}
    children = {each: spec for each in api.collections() if (spec := _child(api, each, alone))}
    specs = {each: (alone | children)[each] for each in api.collections() if each in alone or each in children}
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
    """The settings of a collection, None if it cannot be listed without a parent."""
    calls = api.operations(name)
    if calls.list is None or "{" in calls.list.path:
        return None
    held = api.returned(calls.list)
    searched = calls.list.method == "POST"
    return CollectionSpec(
        list=None if searched else calls.list.path,
        search=Search(path=calls.list.path) if searched else None,
        detail=calls.detail.path if calls.detail else None,
        records=held.envelope if held else "",
        filters={} if searched else _filters(api, calls.list),
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _filters(api: ApiDescription, call: Operation) -> dict[str, tuple[str | int, ...]]:
    """Parameters that have the name of a field, and a list of values or the field's: by those it can be split."""
    held = api.returned(call)
    fields = {_bare(name): node for name, node in api.node(held.schema).properties.items()} if held else {}
    found = {}
    for name in call.parameters:
        if _bare(name) in fields:
            known = call.choices.get(name) or api.node(fields[_bare(name)]).enum
            found[name] = tuple(value for value in known if isinstance(value, str | int) and value is not True)
    return {name: known for name, known in found.items() if 1 < len(known) <= MOST_VALUES}


def _bare(name: str) -> str:
    """A name's letters and digits alone: `OrderStatus` is `order_status`."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _child(api: ApiDescription, name: str, alone: Mapping[str, CollectionSpec]) -> CollectionSpec | None:
    """The settings of a collection under one record of another, None where the path shows no such thing."""
    calls = api.operations(name)
    if calls.list is None or calls.list.method != "GET":
        return None
    found = re.fullmatch(r"(/[^{}]*)/\{([^{}]+)\}(/[^{}]+)", calls.list.path)
    parent = next((each for each, spec in alone.items() if found and found[1] in _roots(spec)), None)
    if found is None or parent is None:
        return None
    held = api.returned(calls.list)
    return CollectionSpec(
        list=f"{found[1]}/{{{_filling(api, parent, found[2])}}}{found[3]}",
        parent=parent,
        records=held.envelope if held else "",
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _roots(spec: CollectionSpec) -> set[str]:
    """Paths under which one record of a collection stands."""
    path = spec.search.path if spec.search else spec.list or ""
    detail = re.fullmatch(r"(/[^{}]*)/\{[^{}]+\}", spec.detail or "")
    return {path, re.sub(r"/(search|list|query|find)$", "", path), detail[1] if detail else path}


def _filling(api: ApiDescription, parent: str, name: str) -> str:
    """The field of the parent's records that fills `{name}` in a path: one of that name, else the id."""
    call = api.operations(parent).list
    held = api.returned(call) if call else None
    fields = api.node(held.schema).properties if held else {}
    return name if name in fields and "id" not in fields else "id"


def _call(operation: Operation | None) -> str | None:
    return operation.label if operation else None

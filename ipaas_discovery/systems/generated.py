"""A connector made from an API description: what the document says, and nothing guessed beyond it."""

from __future__ import annotations

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connector import CollectionSpec, Connector, Environment, Search
from ipaas_discovery.systems.openapi import ApiDescription, Operation

__all__ = ["connector_from"]


def connector_from(api: ApiDescription, *, name: str, base_url: str | None = None) -> Connector:
    """A connector with the description's collections; it asks without credentials and reads first pages only.

    How the API pages and authenticates stands in no OpenAPI document in a form to rely on, so it is left to
    a connector file.

    Raises:
        ConfigurationError: if neither the document nor the caller says where the API is, or it lists nothing.
    """
    server = next((each for each in api.servers if each.startswith("http")), None)
    address = base_url or server
    if address is None:
        raise ConfigurationError("The document names no server", where=api.title, then="give `base_url`")
    specs = {each: spec for each in api.collections() if (spec := _spec(api, each))}
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
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _call(operation: Operation | None) -> str | None:
    return operation.label if operation else None

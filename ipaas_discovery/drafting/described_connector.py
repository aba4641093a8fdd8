"""Build a connector from an API description, without guessing beyond the document."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ipaas_discovery.drafting.proposed_paging import total_described
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.name_words import bare, singulars, split_words
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector, Environment, Search
from ipaas_discovery.systems.connectors.paging import GraphQLPaging, NoPaging
from ipaas_discovery.systems.openapi import ApiDescription, Operation, Operations
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, segments

__all__ = ["GRAPHQL_PATH", "UNKNOWN_ADDRESS", "connector_from", "required_headers", "secret_headers"]

FORM = r"\.(?:json|xml)$"
"""End of a path that only names the form of the answer: `/orders/{id}.json`."""

GRAPHQL_PATH = "/graphql"
"""The usual path of a GraphQL API; its schema does not tell it."""
UNKNOWN_ADDRESS = "{base_url}"
"""The address of a system if nothing gives one; it is looked up like a credential."""

MOST_VALUES = 30
"""The most values of a filter; a parameter with more is no status, and a page for each would be a pull of its own."""


def connector_from(api: ApiDescription, *, name: str, base_url: str | None = None) -> Connector:
    """Build a connector with the description's collections; it has no credentials and reads first pages only.

    A path such as `/orders/{order_id}/products` is a child of the collection at `/orders`, and may have children of
    its own; what no collection fills in a path, such as a tenant, is the connector's scope. No OpenAPI document states
    paging and authentication reliably, so they are left to a connector file.

    Raises:
        ConfigurationError: if the document lists nothing.
    """
    collections = api.collections()
    alone = {collection: spec for collection in collections if (spec := _spec(api, collection))}
    scoped = _scoped(api, alone)
    alone |= {collection: spec for collection, (spec, _) in scoped.items()}
    children = {collection: spec for collection in collections if (spec := _child(api, collection, alone))}
    below = {collection: spec for collection in collections if (spec := _grandchild(api, collection, children))}
    known = alone | children | below
    specs = {collection: known[collection] for collection in collections if collection in known}
    if not specs:
        raise ConfigurationError("The document lists no collection that stands alone", where=api.title)
    return Connector(
        title=api.title,
        name=name,
        environments={"document": Environment(base_url=base_url or _address(api), title=api.title)},
        default_environment="document",
        headers={header: value for header, value, known in required_headers(api) if known},
        scope=_meanings({collection: names for collection, (_, names) in scoped.items()}),
        collections=specs,
    )


def secret_headers(api: ApiDescription) -> list[str]:
    """List the headers by whose names a secret is sent, as far as the lists of a document name them as parameters.

    How the usual one, `Authorization`, begins no parameter tells.
    """
    lists = [call for name in api.collections() if (call := api.operations(name).list)]
    names = dict.fromkeys(name for call in lists for name in call.headers if is_secret(name, in_request=True))
    return [name for name in names if bare(name) not in request_words().usual_headers]


def required_headers(api: ApiDescription) -> list[tuple[str, str, bool]]:
    """List the headers that the document requires of its lists, each with its only value, or a placeholder for it."""
    lists = [call for name in api.collections() if (call := api.operations(name).list)]
    names = dict.fromkeys(name for call in lists for name, required in call.headers.items() if required)
    headers = []
    for name in names:
        if bare(name) not in request_words().usual_headers and not is_secret(name, in_request=True):
            values = {value for call in lists for value in call.choices.get(name, ())}
            word = re.sub(r"\W+", "_", name).strip("_").lower()
            headers.append((name, str(next(iter(values))) if len(values) == 1 else f"{{{word}}}", len(values) == 1))
    return headers


def _address(api: ApiDescription) -> str:
    """Return the first whole address of the document, else its path behind an address that is yet to be told."""
    whole = next((url for url in api.servers if url.startswith("http")), None)
    if whole:
        return whole
    path = next(iter(api.servers), "").rstrip("/")
    return path if path.startswith("{") else UNKNOWN_ADDRESS + (f"/{path.lstrip('/')}" if path else "")


def _scoped(api: ApiDescription, alone: Mapping[str, CollectionSpec]) -> dict[str, tuple[CollectionSpec, list[str]]]:
    """Build the settings of collections whose paths begin with what no collection fills, and no secret either."""
    known = {call.place for name in alone if (call := api.operations(name).list)}
    known |= {segments(root) for spec in alone.values() for root in _roots(spec)}
    listed = {name: call for name in api.collections() if name not in alone and (call := api.operations(name).list)}
    known |= {call.place for call in listed.values()}
    scoped = {}
    for name, call in listed.items():
        ids = [call.place[:index] for index, part in enumerate(call.place) if part == PLACEHOLDER]
        if call.method in {"GET", "POST"} and not any(place in known for place in ids):
            names = _scope_names(call.path)
            sealed = any(is_secret(word, in_request=True) for word in names.values())
            spec = None if sealed else _settings(api, name, names)
            if spec is not None:
                scoped[name] = spec, list(names.values())
    return scoped


def _scope_names(path: str) -> dict[str, str]:
    """Name the placeholders of a path; a bare `id` after the word before it."""
    names = {}
    for match in re.finditer(r"([\w-]*)[/(=]*\{([^{}]+)\}", path):
        word = re.sub(r"\W+", "_", match[2]).strip("_")
        before = next(iter(singulars(match[1])), match[1])
        word = f"record_{word}" if word.lower() == "key" else word  # alone it would be a secret's name
        names[match[2]] = re.sub(r"\W+", "_", f"{before}_id").lower() if word.lower() == "id" and before else word
    return names


def _renamed(path: str, names: Mapping[str, str]) -> str:
    """Write a path's placeholders by their names in the scope, each once."""
    for name, word in names.items():
        path = path.replace(f"{{{name}}}", f"{{{word}}}", 1)
    return path


def _meanings(scopes: Mapping[str, list[str]]) -> dict[str, str]:
    """Say of each name of the scope which collections' paths hold it."""
    users: dict[str, list[str]] = {}
    for collection, names in scopes.items():
        for name in names:
            users.setdefault(name, []).append(collection)
    return {name: f"a value in the path of {_some(collections)}" for name, collections in sorted(users.items())}


def _some(names: list[str]) -> str:
    """List names, after three only how many more there are."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004  what a line holds
    return ", ".join(names[:3]) + more


def _spec(api: ApiDescription, name: str) -> CollectionSpec | None:
    """Build the settings of a collection; None if it cannot be listed without a parent."""
    call = api.operations(name).list
    return _settings(api, name, {}) if call is not None and "{" not in call.path else None


def _settings(api: ApiDescription, name: str, names: Mapping[str, str]) -> CollectionSpec | None:
    """Build the settings of a collection, its placeholders named as in `names`; None if a search has a placeholder."""
    calls = api.operations(name)
    if calls.list is None:
        return None
    if calls.list.graphql:
        return _queried(api, calls, calls.list)
    listed = _renamed(calls.list.path, names)
    searched = calls.list.method == "POST"
    if searched and "{" in listed:
        return None
    records = api.returned(calls.list)
    id_name, detail = _by_id(api, calls, names)
    count, count_at = ("", "count") if searched else _count(api, calls, listed)
    return CollectionSpec(
        list=None if searched else listed,
        search=Search(path=listed) if searched else None,
        detail=detail,
        id=id_name,
        records=records.envelope if records else "",
        count=count or None,
        count_at=count_at,
        filters={} if searched else _filters(api, calls.list),
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _count(api: ApiDescription, calls: Operations, listed: str) -> tuple[str, str]:
    """Find the call that tells how many records a list has, `/orders/count`, and the number's place in its answer."""
    call = next((call for call in calls.others if call.method == "GET" and call.path == f"{listed}/count"), None)
    if call is None:
        return "", "count"
    members = ((name, api.node(raw)) for name, raw in api.node(call.response).properties.items())
    counts = [name for name, node in members if {"integer", "number"} & {*node.types} and paging_words().is_total(name)]
    return (call.path, counts[0]) if counts else ("", "count")


def _queried(api: ApiDescription, calls: Operations, listed: Operation) -> CollectionSpec:
    """Build the settings of a collection that a GraphQL query lists."""
    records = api.returned(listed)
    place = records.envelope if records else ""
    connected = "pageInfo" in listed.graphql
    total = total_described(api, listed) or None
    return CollectionSpec(
        search=Search(path=GRAPHQL_PATH, query=listed.graphql),
        records=place,
        paging=GraphQLPaging(kind="graphql", total=total) if connected else NoPaging(),
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _by_id(api: ApiDescription, calls: Operations, names: Mapping[str, str]) -> tuple[str, str | None]:
    """Find the field that is the id, and write the path of one record with it: the field that the path names, or `id`.

    Of several such calls, one whose placeholder is a field comes first.
    """
    records = api.returned(calls.list) if calls.list else None
    fields = {bare(name): name for name in api.node(records.schema).properties} if records else {}
    if calls.detail is None:
        return "id", None
    candidates = [
        calls.detail,
        *(call for call in calls.others if call.method == "GET" and call.place == calls.detail.place),
    ]
    for call in candidates:
        name = _last_placeholder(call.path)
        if name and bare(name) in fields:
            return fields[bare(name)], _refilled(_renamed(call.path, names), fields[bare(name)])
    path = _renamed(calls.detail.path, names)
    meant = _last_placeholder(path) and ("id" in fields or not fields)
    return "id", _refilled(path, fields.get("id", "id")) if meant else path


def _last_placeholder(path: str) -> str:
    """Return the name of the last placeholder of a path; empty without one."""
    names = re.findall(r"\{([^{}]+)\}", path)
    return names[-1] if names else ""


def _refilled(path: str, name: str) -> str:
    """Write another name into the last placeholder of a path."""
    before, _, behind = path.rpartition("{")
    return f"{before}{{{name}}}{behind.partition('}')[2]}"


def _filters(api: ApiDescription, call: Operation) -> dict[str, tuple[str | int, ...]]:
    """Find the parameters that are named like a field and have listed values, or whose field has."""
    records = api.returned(call)
    fields = {bare(name): node for name, node in api.node(records.schema).properties.items()} if records else {}
    filters = {}
    for name in call.parameters:
        if bare(name) in fields:
            known = call.choices.get(name) or api.node(fields[bare(name)]).enum
            filters[name] = tuple(value for value in known if isinstance(value, str | int) and value is not True)
    return {name: known for name, known in filters.items() if 1 < len(known) <= MOST_VALUES}


def _child(api: ApiDescription, name: str, alone: Mapping[str, CollectionSpec]) -> CollectionSpec | None:
    """Build the settings of a collection under one record of another; None if its path shows no such parent."""
    calls = api.operations(name)
    if calls.list is None or calls.list.method != "GET":
        return None
    match = re.fullmatch(r"(/[^{}]*)/\{([^{}]+)\}(/[^{}]+)", calls.list.path)
    parent = next((collection for collection, spec in alone.items() if match and match[1] in _roots(spec)), None)
    if match is None or parent is None:
        return None
    return _below(api, calls, parent, f"{match[1]}/{{{_filling(api, parent, match[2])}}}{match[3]}")


def _grandchild(api: ApiDescription, name: str, children: Mapping[str, CollectionSpec]) -> CollectionSpec | None:
    """Build the settings of a collection under one record of a child; the child's own parent fills the rest."""
    calls = api.operations(name)
    if name in children or calls.list is None or calls.list.method != "GET":
        return None
    match = re.fullmatch(r"(/[^{}]*/)\{([^{}]+)\}(/[^{}]+)/\{([^{}]+)\}(/[^{}]+)", calls.list.path)
    place = segments(f"{match[1]}{{id}}{match[3]}") if match else ()
    parents = ((other, api.operations(other).list) for other in children)
    parent = next((other for other, call in parents if call and segments(call.path) == place), None)
    if match is None or parent is None:
        return None
    filling, above = _filling(api, parent, match[4]), match[2]
    if above in {"id", filling}:
        above = f"{'_'.join(split_words(children[parent].parent or ''))}_id"
    return _below(api, calls, parent, f"{match[1]}{{{above}}}{match[3]}/{{{filling}}}{match[5]}")


def _below(api: ApiDescription, calls: Operations, parent: str, path: str) -> CollectionSpec:
    """Build the settings of a child collection that is listed at a path."""
    records = api.returned(calls.list) if calls.list else None
    return CollectionSpec(
        list=path,
        parent=parent,
        records=records.envelope if records else "",
        create=_call(calls.create),
        update=_call(calls.update),
        delete=_call(calls.delete),
    )


def _roots(spec: CollectionSpec) -> set[str]:
    """List the paths of one record of a collection, without its id."""
    path = re.sub(FORM, "", spec.search.path if spec.search else spec.list or "")
    detail = re.fullmatch(r"(/[^{}]*)/\{[^{}]+\}", re.sub(FORM, "", spec.detail or ""))
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

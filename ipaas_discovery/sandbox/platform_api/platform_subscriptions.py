"""Subscriptions of the sandbox's platform, and their mapping collections with all rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import flask

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.sandbox.platform_api.error_answers import answer, refuse, whole_number
from ipaas_discovery.sandbox.platform_api.platform_query import page_of
from ipaas_discovery.sandbox.sandbox_data import read_shipped

__all__ = ["SUBSCRIPTIONS", "subscription_routes"]

SUBSCRIPTIONS = "subscriptions"
FIELD = "Field"
Json = dict[str, Any]


def subscription_routes() -> flask.Blueprint:
    """Make the routes under `/subscriptions`. `flask.g.subscribed` tells whether the company has any.

    The sandbox's own decisions: the list of mapping collections, of which no source names a path; that the list leaves
    the rows out and the call of one holds them; that both lists come by pages; an unknown id is 404 NFND-1005.
    """
    routes = flask.Blueprint(SUBSCRIPTIONS, __name__, url_prefix=f"/{SUBSCRIPTIONS}/v2")
    routes.add_url_rule("/Subscriptions", "subscriptions", lambda: page_of(_held(SUBSCRIPTIONS), flask.request.args))
    routes.add_url_rule("/MappingCollections", "mapping collections", _listed)
    routes.add_url_rule("/MappingCollection/<number>", "mapping collection", _one)
    return routes


def _held(name: str) -> list[Json]:
    rows: list[Json] = read_shipped(SUBSCRIPTIONS)[name] if flask.g.subscribed else []
    return rows


def _listed() -> flask.Response:
    rows = [{**_mapping_collection(row), "mappings": None} for row in _held("mapping_collections")]
    return page_of(rows, flask.request.args)


def _one(number: str) -> flask.Response:
    wanted = whole_number(number, "id")
    row = next((row for row in _held("mapping_collections") if row["id"] == wanted), None)
    if row is None:
        refuse("NFND-1005", f"Mapping collection {wanted}.")
    return answer(_mapping_collection(row))


def _mapping_collection(row: Json) -> Json:
    types = {one.id: name for name, one in ipaas_collections().items()}
    names = {one["id"]: one["name"] for one in read_shipped(SUBSCRIPTIONS)[SUBSCRIPTIONS]}
    rows = [_row(row["id"], at, field, source) for at, (field, source) in enumerate(row["mappings"].items(), 1)]
    return {
        "id": row["id"],
        "name": row["name"],
        "collection_type_id": row["collection_type_id"],
        "collection_type_name": types[row["collection_type_id"]],
        "subscription_id": row["subscription_id"],
        "subscription_name": names[row["subscription_id"]],
        "filter": row.get("filter"),
        "error_filter": row.get("error_filter"),
        "sync_type": row["sync_type"],
        "parent_id": row.get("parent_id"),
        "direction_id": row["direction_id"],
        "description": None,
        "sequence_number": row["id"] % 1000,
        "mappings": rows,
        "children": [],
    }


def _row(collection: int, number: int, field: str, source: str | Mapping[str, str]) -> Json:
    filling = {"source": source, "kind": FIELD} if isinstance(source, str) else source
    return {
        "id": f"{collection}{number:02}",
        "mapping_type_name": filling["kind"],
        "destination_field": field,
        "source_value": filling["source"],
        "default_value": filling.get("default"),
        "translation_name": None,
        "sequence_number": number,
    }

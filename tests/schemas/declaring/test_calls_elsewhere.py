"""Calls on other paths that may write what a document only lists."""

import pytest

from ipaas_discovery.schemas.declaring.calls_elsewhere import calls_elsewhere
from ipaas_discovery.schemas.declaring.offered_calls import offered_calls
from ipaas_discovery.systems.openapi import read_openapi


def offered(collection, *calls, **bodies):
    """What a document of these calls offers of a collection; bodies name the record by the path that takes it."""
    paths = {}
    for call in calls:
        verb, path = call.split(" ")
        listing = {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
        answer = {"200": {"description": "", "content": {"application/json": {"schema": listing}}}}
        taken = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
        body = {"requestBody": taken} if path.rpartition("/")[2] in bodies else {}
        paths.setdefault(path, {})[verb.lower()] = {"responses": answer} if verb == "GET" else body
    schemas = {"Thing": {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}}
    api = read_openapi({"openapi": "3.0.0", "info": {}, "paths": paths, "components": {"schemas": schemas}})
    found = api.operations(collection)
    known = offered_calls(found, lambda call: call.label, calls_elsewhere(api, found))
    return {method.value: call.removeprefix("perhaps ") for method, call in known.items() if call}


@pytest.mark.parametrize(
    ("collection", "calls", "expected"),
    [
        (
            "items",
            ["GET /inventory/items", "PUT /inventory/adjustments/absolute"],
            dict.fromkeys(("add", "update"), "PUT /inventory/adjustments/absolute"),
        ),
        (
            "stock-on-hand",
            ["GET /stock-on-hand", "GET /adjustments", "POST /adjustments"],
            dict.fromkeys(("add", "update"), "POST /adjustments"),
        ),
        (
            "items",
            ["GET /shop/items", "POST /shop/adjustments"],
            dict.fromkeys(("add", "update"), "POST /shop/adjustments"),
        ),
        ("SaleList", ["GET /SaleList", "POST /Sale", "PUT /Sale"], {"update": "PUT /Sale"}),
        (
            "products",
            ["GET /products", "GET /products/imports", "POST /products/imports"],
            dict.fromkeys(("add", "update"), "POST /products/imports"),
        ),
        ("items", ["GET /v3/items", "POST /v3/feeds"], dict.fromkeys(("add", "update", "delete"), "POST /v3/feeds")),
        ("items", ["GET /items", "POST /import-jobs"], dict.fromkeys(("add", "update"), "POST /import-jobs")),
        (
            "contacts",
            ["GET /contacts", "GET /jobs/ingest", "POST /jobs/ingest", "PUT /jobs/ingest/{jobId}/batches"],
            dict.fromkeys(("add", "update", "delete"), "POST /jobs/ingest"),
        ),
        (
            "orders",
            ["GET /orders", "POST /data/{entity}", "PATCH /data/{entity}/{id}", "DELETE /data/{entity}/{id}"],
            {
                "add": "POST /data/{entity}",
                "update": "PATCH /data/{entity}/{id}",
                "delete": "DELETE /data/{entity}/{id}",
            },
        ),
    ],
)
def test_a_call_elsewhere_may_write_it(collection, calls, expected):
    assert offered(collection, *calls) == expected


def test_a_call_that_takes_the_very_record_may_write_it_whatever_its_path():
    assert offered("StockItems", "GET /StockItems", "POST /Goods/AddGoods", AddGoods="Thing") == {
        "add": "POST /Goods/AddGoods"
    }


@pytest.mark.parametrize(
    ("collection", "calls"),
    [
        ("items", ["GET /items", "POST /reports/items", "POST /adjustments"]),  # nobody says that they are in stock
        ("items", ["GET /inventory_items", "POST /inventory_levels/adjust", "GET /inventory_levels"]),
        ("orders", ["GET /orders", "POST /feeds/prices"]),
        ("orders", ["GET /orders", "POST /jobs", "POST /uploads/{objectId}", "DELETE /objects/{objectType}"]),
        ("profiles", ["GET /shop/profiles", "GET /shop/tills", "POST /shop/tills/bulk-update"]),
    ],
)
def test_a_call_about_something_else_writes_nothing(collection, calls):
    names = {"items": "inventory_items"} if "GET /inventory_items" in calls else {}
    assert offered(names.get(collection, collection), *calls) == {}

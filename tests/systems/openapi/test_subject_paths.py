"""Tenants, typed parameters, verbs and named keys in paths: whose call it is all the same."""

from __future__ import annotations

import pytest
from documents import RECORD, TEXT, answers, document, labels, listed, takes, thing

from ipaas_discovery.systems.openapi import read_openapi

MANY, ONE, MADE = answers(thing(results=listed(RECORD))), answers(RECORD), takes(RECORD)


def read(*calls):
    paths: dict = {}
    bodies = {
        "GET": MANY,
        "ONE": ONE,
        "POST": MADE,
        "PUT": MADE,
        "PATCH": MADE,
        "DELETE": answers(),
        "FIND": MADE | MANY,
    }
    for call in calls:
        method, path = call.split(" ")
        verb = {"ONE": "get", "FIND": "post"}.get(method, method.lower())
        paths.setdefault(path, {})[verb] = bodies[method]
    return read_openapi(document(paths))


@pytest.mark.parametrize(
    ("calls", "name", "expected"),
    [
        (["GET /orders/listorders", "ONE /orders/{no}", "POST /orders/createorder", "POST /orders/updateorder"],
         "orders",
         ["GET /orders/listorders", "GET /orders/{no}", "POST /orders/createorder", "POST /orders/updateorder", "-"]),
        (["GET /GetInvoices", "ONE /GetInvoice/{id}", "POST /CreateInvoice", "POST /DeleteInvoice"], "Invoices",
         ["GET /GetInvoices", "GET /GetInvoice/{id}", "POST /CreateInvoice", "-", "POST /DeleteInvoice"]),
        (["GET /items.list", "POST /items.create", "POST /items.update"], "items",
         ["GET /items.list", "-", "POST /items.create", "POST /items.update", "-"]),
        (["GET /items/getAll", "ONE /items/getById/{id}", "POST /items/add"], "items",
         ["GET /items/getAll", "GET /items/getById/{id}", "POST /items/add", "-", "-"]),
        (["FIND /search-bills", "ONE /bills/{id}", "POST /bills"], "bills",
         ["POST /search-bills", "GET /bills/{id}", "POST /bills", "-", "-"]),
        (["GET /{tenant}/bills", "POST /{tenant}/bills", "ONE /{tenant}/bills/{id}"], "bills",
         ["GET /{tenant}/bills", "GET /{tenant}/bills/{id}", "POST /{tenant}/bills", "-", "-"]),
        (["GET /api/v2/{module}", "ONE /api/v2/{module}/{id}", "POST /api/v2/{module}"], "module",
         ["GET /api/v2/{module}", "GET /api/v2/{module}/{id}", "POST /api/v2/{module}", "-", "-"]),
        (["GET /kinds/{kind}", "PATCH /kinds/{kind}/{id}", "POST /kinds/{kind}", "FIND /kinds/{kind}/search"], "kinds",
         ["GET /kinds/{kind}", "-", "POST /kinds/{kind}", "PATCH /kinds/{kind}/{id}", "-"]),
        (["GET /bills", "ONE /bills/key={key}", "ONE /bills/{id}"], "bills",
         ["GET /bills", "GET /bills/{id}", "-", "-", "-"]),
    ],
)  # fmt: skip
def test_the_calls_are_those_of_the_noun(calls, name, expected):
    api = read(*calls)
    assert labels(api.operations(name)) == expected
    assert api.collections() == (name,)


@pytest.mark.parametrize(
    "path", ["/add-ons", "/addresses", "/price-list", "/search-terms", "/update-logs", "/settings", "/getaways"]
)
def test_nouns_that_begin_like_a_verb_stay_whole(path):
    assert read(f"GET {path}").collections() == (path.strip("/"),)


def test_a_typed_parameter_with_listed_values_gives_a_collection_a_value():
    kind = {"name": "kind", "in": "path", "schema": TEXT | {"enum": ["bills", "items"]}}
    api = read_openapi(document({
        "/objects/{kind}": {"get": MANY | {"parameters": [kind]}, "post": MADE}, "/objects/{kind}/{id}": {"get": ONE},
    }))  # fmt: skip
    assert api.collections() == ("bills", "items")
    assert labels(api.operations("items"))[:3] == [
        "GET /objects/items",
        "GET /objects/items/{id}",
        "POST /objects/items",
    ]


def test_a_path_with_a_value_in_place_of_the_scope_is_found():
    api = read("GET /{tenant}/bills", "ONE /{tenant}/bills/{id}", "GET /kinds/{kind}", "ONE /kinds/{kind}/{id}")
    assert api.find("GET", "/mine/bills").path == "/{tenant}/bills"
    assert api.find("GET", "/kinds/deals").path == "/kinds/{kind}"
    assert api.find("GET", "/kinds/deals/{id}").path == "/kinds/{kind}/{id}"
    assert api.find("GET", "/mine/other") is None
    assert api.find("POST", "/mine/bills") is None

"""A connector made from an API description: what the document says, and nothing guessed beyond it."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.described_connector import _child, connector_from
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.openapi import read_openapi

RECORD = {"type": "object", "properties": {"id": {"type": "integer"}}}
BARE = {"type": "array", "items": RECORD}
WRAPPED = {"type": "object", "properties": {"data": BARE, "meta": {"type": "object"}}}


def responds(schema):
    return {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}


def document(paths, servers=("https://shop.example.test/api",)):
    return read_openapi(
        {
            "openapi": "3.0.3",
            "info": {"title": "Shop", "version": "1"},
            "servers": [{"url": url} for url in servers],
            "paths": paths,
        }
    )


ORDERS = {"/orders": {"get": responds(WRAPPED), "post": responds(RECORD)}}


def test_each_collection_that_can_be_listed_is_one_of_the_connector():
    paths = {**ORDERS, "/users": {"get": responds(BARE)}, "/orders/{order_id}/lines": {"get": responds(BARE)}}
    connector = connector_from(document(paths), name="shop")
    assert {name: (spec.list, spec.parent) for name, spec in connector.collections.items()} == {
        "orders": ("/orders", None),
        "orders_lines": ("/orders/{id}/lines", "orders"),
        "users": ("/users", None),
    }
    assert list(connector.collections) == ["orders", "orders_lines", "users"]


def test_the_place_of_the_records_is_read_from_the_answers_schema():
    connector = connector_from(document({**ORDERS, "/users": {"get": responds(BARE)}}), name="shop")
    assert (connector.records_of("orders"), connector.records_of("users")) == ("data", "")


def test_the_calls_that_write_are_facts_for_verdicts():
    one = {"get": responds(RECORD), "put": responds(RECORD), "delete": {"responses": {"204": {"description": ""}}}}
    spec = connector_from(document({**ORDERS, "/orders/{id}": one}), name="shop").collection("orders")
    assert (spec.create, spec.update, spec.delete) == ("POST /orders", "PUT /orders/{id}", "DELETE /orders/{id}")
    assert spec.detail == "/orders/{id}"


def test_what_the_document_does_not_say_is_left_open():
    spec = connector_from(document({"/orders": {"get": responds(BARE)}}), name="shop").collection("orders")
    assert (spec.create, spec.update, spec.delete, spec.detail) == (None, None, None, None)


def test_paging_and_authentication_are_not_guessed():
    connector = connector_from(document(ORDERS), name="shop")
    assert (connector.auth.kind, connector.paging.kind) == ("none", "none")


def test_the_first_whole_server_is_the_address():
    connector = connector_from(document(ORDERS, ("/v1", "https://b.example.test/v1", "https://c.test")), name="shop")
    assert connector.environment().base_url == "https://b.example.test/v1"
    assert (connector.name, connector.title, connector.default_environment) == ("shop", "Shop", "document")


def test_the_caller_may_say_where_the_api_is():
    connector = connector_from(document(ORDERS, ()), name="shop", base_url="http://127.0.0.1:9")
    assert connector.environment().base_url == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("servers", "address"),
    [
        (("/v1",), "{base_url}/v1"),
        ((), "{base_url}"),
        (("{baseUrl}/v2/",), "{baseUrl}/v2"),
        (("{shop}.example.test/v1",), "https://{shop}.example.test/v1"),
        (("http://http://<my-host>:8080/v1",), "http://{my_host}:8080/v1"),
        (("//api.example.test/v1",), "https://api.example.test/v1"),
    ],
)
def test_an_address_that_is_not_whole_is_asked_for(servers, address):
    assert connector_from(document(ORDERS, servers), name="shop").environment().base_url == address


@pytest.mark.parametrize("paths", [{}, {"/ping": {"get": {"responses": {}}}}])
def test_a_document_without_a_collection_of_its_own_says_so(paths):
    with pytest.raises(ConfigurationError, match="lists no collection that stands alone"):
        connector_from(document(paths), name="shop")


def test_a_path_that_ends_with_the_form_of_its_answer_has_children():
    paths = {
        "/orders.json": {"get": responds(WRAPPED)},
        "/orders/{order_id}.json": {"get": responds(RECORD)},
        "/orders/{order_id}/payments.json": {"get": responds(BARE)},
    }
    connector = connector_from(document(paths), name="shop")
    assert connector.collection("orders_payments").list == "/orders/{id}/payments.json"
    assert connector.collection("orders_payments").parent == "orders"


def test_a_collection_without_a_list_is_no_child_of_another():
    api = document({**ORDERS, "/profiles/{id}": {"get": responds(RECORD), "put": responds(RECORD)}})
    assert [name for name in api.collections() if api.operations(name).list is None] == ["profiles"]
    assert _child(api, "profiles", {}) is None
    assert connector_from(api, name="shop").collections.get("profiles", None) is None

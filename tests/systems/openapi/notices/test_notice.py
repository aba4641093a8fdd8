"""Webhooks and callbacks of a description are read, told of their collection, and of what they hold."""

from ipaas_discovery.systems.connectors.connector import load_connector
from ipaas_discovery.systems.openapi import Documents, read_openapi
from ipaas_discovery.systems.openapi.notices.notice import notices_of
from ipaas_discovery.worksheet.facts.system_profile import profile_of

BODY = {
    "properties": {
        "type": {"type": "string"},
        "data": {"properties": {"id": {"type": "integer"}, "lines": {"items": {"properties": {"id": {}}}}}},
    }
}
CALL = {
    "parameters": [{"name": "X-Shop-Signature", "in": "header", "required": True}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}},
}
ORDERS = {"get": {"responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}}}}
SUBSCRIBE = {"post": {"callbacks": {"customerDeleted": {"{$request.body#/url}": {"post": CALL}}}, "responses": {}}}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "contact": {"name": "API team", "email": "api@shop.test"}},
    "paths": {"/orders": ORDERS, "/subscriptions": SUBSCRIBE},
    "webhooks": {"order.created": {"post": CALL}, "ping": {"$ref": "#/components/pathItems/ping"}},
    "components": {"schemas": {"Event": BODY}, "pathItems": {"ping": {"post": {}}}},
}


def test_webhooks_and_callbacks_are_read_with_their_bodies_and_headers():
    order, ping, customer = read_openapi(DOCUMENT).notices
    assert (order.name, order.call, order.headers) == ("order.created", "", ("X-Shop-Signature",))
    assert order.fields == ("type", "data", "data.id", "data.lines")
    assert (ping.name, ping.fields) == ("ping", ())
    assert (customer.name, customer.call) == ("customerDeleted", "POST /subscriptions")


def test_webhooks_of_an_earlier_version_and_broken_ones_are_no_fault():
    old = {**DOCUMENT, "openapi": "3.0.3", "x-webhooks": DOCUMENT["webhooks"]}
    del old["webhooks"]
    assert [notice.name for notice in read_openapi(old).notices] == ["order.created", "ping", "customerDeleted"]
    for broken in ([], "x", {"a": None, "b": [], "c": {"post": 5}}):
        assert read_openapi({**DOCUMENT, "webhooks": broken, "paths": {}}).notices == ()


def test_a_collection_has_the_notices_that_name_it():
    notices = read_openapi(DOCUMENT).notices
    names = ["orders", "customers", "order_lines"]
    assert [notice.name for notice in notices_of("orders", names, notices)] == ["order.created"]
    assert [notice.name for notice in notices_of("customers", names, notices)] == ["customerDeleted"]
    assert notices_of("order_lines", names, notices) == ()


def test_the_profile_says_where_a_webhook_holds_its_parts_and_whom_to_ask():
    documents = Documents((read_openapi(DOCUMENT),))
    profile = profile_of("Shop", load_connector("bigcommerce"), documents, ())
    assert [(row.subject, row.value, row.grade) for row in profile.webhooks] == [
        ("AuthToken", "Header: X-Shop-Signature, in 2 of 3 webhooks described", "inferred"),
        ("Scope", "BodyJsonPath: type, in 2 of 3 webhooks described", "inferred"),
        ("ExternalId", "BodyJsonPath: data.id, in 2 of 3 webhooks described", "inferred"),
    ]
    assert [row.value for row in profile.rows if row.subject == "contact"] == ["API team, api@shop.test"]

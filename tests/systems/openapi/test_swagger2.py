"""A Swagger 2.0 document as shops publish them: references everywhere, wrapped bodies, one schema for many calls."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.comparing.all_differences import compare_all
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.declaring.declare import declare, declare_shapes
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape

TEXT, WHOLE, MONEY = {"type": "string"}, {"type": "integer"}, {"type": "number"}


def of(name):
    return {"$ref": f"#/definitions/{name}"}


def found(name):
    """What a search answers: a page of records."""
    return {
        "type": "object",
        "required": ["items", "search_criteria", "total_count"],
        "properties": {
            "items": {"type": "array", "items": of(name)},
            "search_criteria": {"type": "object", "properties": {"page_size": WHOLE}},
            "total_count": WHOLE,
        },
    }


def answer(schema, code="200"):
    return {code: {"description": "OK", "schema": schema}, "default": {"$ref": "#/responses/Refused"}}


def body(schema, name="payload"):
    return {"name": name, "in": "body", "required": True, "schema": schema}


def wrapped(key, schema, **beside):
    return {"type": "object", "required": [key], "properties": {key: schema} | beside}


ID = {"name": "id", "in": "path", "type": "integer", "required": True}

DOCUMENT = {
    "swagger": "2.0",
    "info": {"title": "Garden shop", "version": "2.4", "license": {"name": ""}},
    "host": "shop.example.test",
    "basePath": "/rest/all",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "responses": {"Refused": {"description": "No", "schema": of("Error")}},
    "definitions": {
        "Error": {"type": "object", "required": ["message"], "properties": {"message": TEXT}},
        "Region": {"type": "object", "properties": {"code": TEXT | {"x-nullable": True}, "name": TEXT}},
        "Address": {
            "type": "object",
            "required": ["street", "city"],
            "properties": {
                "street": {"type": "array", "items": TEXT | {"maxLength": 40}},
                "city": TEXT,
                "region": of("Region"),
            },
        },
        "Customer": {
            "type": "object",
            "required": ["email", "lastname"],
            "properties": {
                "id": WHOLE | {"readOnly": True},
                "email": TEXT | {"format": "email", "maxLength": 120},
                "lastname": TEXT,
                "addresses": {"type": "array", "items": of("Address")},
                "custom_attributes": {"type": "array", "items": of("Attribute")},
            },
        },
        "Attribute": {"type": "object", "properties": {"code": TEXT, "value": {}}},
        "Entity": {"type": "object", "discriminator": "kind", "required": ["kind"], "properties": {"kind": TEXT}},
        "Product": {
            "allOf": [
                of("Entity"),
                {
                    "type": "object",
                    "required": ["sku"],
                    "properties": {"sku": TEXT, "price": MONEY, "links": {"type": "array", "items": of("Product")}},
                },
            ]
        },
        "OrderRow": {"properties": {"number": TEXT, "customer": of("Customer"), "total": MONEY}},
        "Order": {
            "allOf": [
                of("OrderRow"),
                {"properties": {"history": {"type": "array", "items": {"properties": {"note": TEXT}}}}},
            ]
        },
        "OrderDraft": {"required": ["customer"], "properties": {"customer": WHOLE, "coupon": TEXT}},
    },
    "paths": {
        "/V1/customers/search": {
            "get": {
                "parameters": [{"name": "searchCriteria[pageSize]", "in": "query", "type": "integer"}],
                "responses": answer(found("Customer")),
            }
        },
        "/V1/customers": {
            "post": {
                "parameters": [body(wrapped("customer", of("Customer"), password=TEXT))],
                "responses": answer(of("Customer")),
            }
        },
        "/V1/customers/{id}": {
            "parameters": [ID],
            "get": {"responses": answer(of("Customer"))},
            "put": {"parameters": [body(wrapped("customer", of("Customer")))], "responses": answer(of("Customer"))},
            "delete": {"responses": {"200": {"description": "gone", "schema": {"type": "boolean"}}}},
        },
        "/V1/products": {
            "get": {"responses": answer(found("Product"))},
            "post": {
                "parameters": [body(wrapped("product", of("Product")))],
                "responses": answer(of("Product"), "201"),
            },
        },
        "/V1/orders": {
            "get": {"responses": answer(found("OrderRow"))},
            "post": {"parameters": [body(of("OrderDraft"))], "responses": {"204": {"description": "made"}}},
        },
        "/V1/orders/{id}": {
            "parameters": [ID],
            "get": {"responses": answer(wrapped("order", of("Order")))},
            "patch": {
                "consumes": ["application/x-www-form-urlencoded"],
                "parameters": [
                    {"name": "coupon", "in": "formData", "type": "string", "maxLength": 12},
                    {"name": "proof", "in": "formData", "type": "file", "required": True},
                ],
                "responses": {"204": {"description": "done"}},
            },
        },
    },
}


@pytest.fixture(scope="module")
def api():
    return read_openapi(DOCUMENT)


def test_its_collections_and_calls_are_found(api):
    assert (api.collections(), api.warnings) == (("customers", "orders", "products"), ())
    assert api.servers == ("https://shop.example.test/rest/all",)
    assert [call.label for call in api.operations("customers")] == [
        "GET /V1/customers/search", "GET /V1/customers/{id}", "POST /V1/customers", "PUT /V1/customers/{id}",
        "DELETE /V1/customers/{id}",
    ]  # fmt: skip
    assert declare(api, "orders", Shape.UPDATE).operations[Method.DELETE] is None


def test_each_shape_is_unwrapped_by_itself(api):
    customers, orders, products = (declare_shapes(api, name) for name in ("customers", "orders", "products"))
    envelopes = [
        (each.listed.envelope, each.create.envelope, each.update.envelope) for each in (customers, orders, products)
    ]
    assert envelopes == [("items", "customer", "customer"), ("items", "", ""), ("items", "product", "")]
    assert orders.detail.envelope == "order"


def test_what_is_required_is_required_per_shape_and_inside_its_object(api):
    create = declare(api, "customers", Shape.CREATE)
    assert [each.path for each in create.fields if each.required] == [
        "addresses[].city", "addresses[].street", "email", "lastname",
    ]  # fmt: skip
    assert [each.path for each in declare(api, "orders", Shape.UPDATE).fields if each.required] == ["proof"]
    assert [each.path for each in declare(api, "products", Shape.CREATE).fields if each.required] == ["kind", "sku"]


def test_details_of_fields_are_read(api):
    create = declare(api, "customers", Shape.CREATE)
    assert create.field("addresses[].region.code").declared.nullable is True
    assert create.field("addresses[].street[]").declared.max_length == 40
    assert create.field("id").declared.read_only is True
    assert declare(api, "orders", Shape.UPDATE).field("proof").types == ("string",)
    assert "links[].links" not in [each.path for each in declare(api, "products", Shape.RETURNED).fields]


def test_its_differences_are_told(api):
    found = compare_all(declare_shapes(api, "orders"))
    told = {(row.path, row.difference) for row in found.rows}
    assert ("", "other envelope") in told
    assert ("customer", "other type") in told
    assert ("customer", "required on create") in told
    assert ("customer", "not settable on update") in told
    assert ("proof", "settable on update only") in told
    assert ("history[].note", "only in detail") in told
    assert ("total", "only returned") in told
    (customer,) = found.of("other type")
    assert (customer.returned, customer.on_create, customer.on_update) == ("object of 5 fields", "integer", "")
    same = compare_shapes(declare(api, "customers", Shape.RETURNED), declare(api, "customers", Shape.CREATE))
    assert {row.path for row in same.rows if row.kind != "same"} == {"id"}


@pytest.mark.parametrize(("base", "servers"), [({"basePath": "/rest/all"}, ("/rest/all",)), ({}, ())])
def test_a_document_without_a_host_says_where_on_it_the_api_is(base, servers):
    document = {key: value for key, value in DOCUMENT.items() if key not in {"host", "basePath"}} | base
    assert read_openapi(document).servers == servers

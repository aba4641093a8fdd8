"""Children stand beside their parent, as schemas with its key."""

from __future__ import annotations

import pytest
from documents import RECORD, TEXT, WHOLE, answers, document, listed, takes, thing

from ipaas_discovery.schemas.declaring.child_schemas import children, parent_key
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape

ORDERS = [
    {"id": 7, "lines": [{"sku": "A", "taxes": [{"rate": 1}, {"rate": 2}]}, {"sku": "B", "taxes": []}]},
    {"id": 8, "lines": [{"sku": "C"}], "payments": [{"amount": 3}], "tags": ["x"]},
]


def test_each_list_of_objects_is_a_schema_with_its_own_denominators():
    found = children(observe(ORDERS))
    assert list(found) == ["lines", "lines[].taxes", "payments"]
    lines = found["lines"]
    assert [each.path for each in lines.fields] == ["parent.id", "sku", "taxes", "taxes[].rate"]
    assert (lines.records, lines.field("sku").observed.of, lines.field("taxes").observed.present) == (3, 3, 2)
    key = lines.field("parent.id").observed
    assert (key.of, key.present) == (3, 3)
    assert found["payments"].records == 1


def test_a_list_inside_a_list_has_the_key_of_the_nearest_that_has_one():
    rows = [{"path": path} for path in ("order_id", "lines[].id", "lines[].taxes[].rate", "notes[].marks[].x")]
    found = children(Schema.from_fields(rows, collection="orders"))
    assert [each.path for each in found["lines[].taxes"].fields] == ["parent.id", "rate"]
    assert [each.path for each in found["notes[].marks"].fields] == ["parent.order_id", "x"]


@pytest.mark.parametrize(
    ("collection", "paths", "key"),
    [
        ("orders", ["customer_id", "id", "order_id"], "id"),
        ("orders", ["customer_id", "order_id"], "order_id"),
        ("categories", ["parent_id", "category_id"], "category_id"),
        ("orders", ["customer_id", "OrderNumber"], "OrderNumber"),
        ("orders", ["customer_id", "total"], None),
    ],
)
def test_the_key_is_the_records_own(collection, paths, key):
    found = parent_key(Schema.from_fields([{"path": path} for path in paths], collection=collection))
    assert (found.path if found else None) == key


def test_a_child_without_a_parents_key_has_none():
    (child,) = children(Schema.from_fields([{"path": "total"}, {"path": "lines[].sku"}])).values()
    assert [each.path for each in child.fields] == ["sku"]


def test_a_child_is_written_inside_its_parent():
    order = Schema.from_fields([{"path": "lines[].sku"}], shape=Shape.CREATE, collection="orders")
    order = Schema(
        "orders", Shape.CREATE, "Shop", order.fields, operations={Method.ADD: "POST /orders", Method.DELETE: None}
    )
    (child,) = children(order).values()
    assert (child.collection, child.shape) == ("orders.lines", Shape.CREATE)
    assert child.operations == {Method.ADD: "inside POST /orders", Method.DELETE: None}


def test_end_points_under_a_record_are_children_too():
    def listed(**properties):
        answer = {"schema": {"type": "array", "items": {"properties": properties}}}
        return {"get": {"responses": {"200": answer}}}

    number = {"type": "integer"}
    api = read_openapi(
        {
            "swagger": "2.0",
            "info": {"title": "Shop"},
            "paths": {
                "/orders": listed(id=number),
                "/orders/{order_id}/products": listed(sku={"type": "string"}),
                "/orders/{order_id}/products/{id}/marks": listed(x=number),
                "/archive/orders/{order_id}/products": listed(old=number),
                "/customers": listed(id=number),
            },
        }
    )
    found = children(declare(api, "orders", Shape.RETURNED), api)
    assert {name: [each.path for each in child.fields] for name, child in found.items()} == {
        "orders_products": ["parent.id", "sku"]
    }
    below = children(declare(api, "orders_products", Shape.RETURNED), api)
    assert {name: [each.path for each in child.fields] for name, child in below.items()} == {
        "orders_products_marks": ["x"]
    }
    created = children(declare(api, "orders", Shape.CREATE), api)["orders_products"]
    assert (created.known, created.operations[Method.ADD]) == (False, None)


def test_end_points_are_children_whatever_their_placeholders_are_called_and_name_their_parent_when_made():
    answer = answers(listed(RECORD))
    paths = {
        "/v1/orders/search": {"post": takes(RECORD) | answer},
        "/v1/orders/{id}": {"get": answers(RECORD)},
        "/v1/orders/{order}/payments": {"get": answer, "post": takes(thing(amount=WHOLE))},
        "/v1/orders/{no}/payments/{payment}/refunds": {"get": answer},
        "/v1/orders/{no}/address": {"get": answers(thing(city=TEXT)), "put": takes(thing(city=TEXT))},
        "/v1/payments": {"get": answer},
    }
    api = read_openapi(document(paths))
    assert api.collections() == ("orders", "orders_address", "orders_payments", "orders_payments_refunds", "payments")
    assert list(children(declare(api, "orders", Shape.RETURNED), api)) == ["orders_address", "orders_payments"]
    assert list(children(declare(api, "orders_payments", Shape.RETURNED), api)) == ["orders_payments_refunds"]
    created = children(declare(api, "orders", Shape.CREATE), api)["orders_payments"]
    assert [each.path for each in created.fields] == ["amount", "parent.id"]


def test_a_list_may_be_called_like_a_collection_and_an_element_may_have_a_parent_of_its_own():
    order = thing(id=WHOLE, payments=listed(thing(id=WHOLE, parent=thing(id=TEXT))))
    paths = {"/orders": {"get": answers(listed(order))}, "/payments": {"get": answers(listed(RECORD))}}
    api = read_openapi(document(paths))
    (child,) = children(declare(api, "orders", Shape.RETURNED), api).values()
    assert child.collection == "orders.payments"
    assert [each.path for each in child.fields] == ["id", "parent", "parent.id", "parent_record.id"]

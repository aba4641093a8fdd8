import pytest

from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.declaring.inside_parent import received_beside
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape

LINE = {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}}}


def api(body, *, updates=True, child="lines", own=None):
    answer = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "array", "items": LINE}}}}}
    sent = {"content": {"application/json": {"schema": {"type": "object", "properties": body}}}}
    item = {"put": {"requestBody": sent, "responses": answer}} if updates else {}
    return read_openapi(
        {
            "openapi": "3.0.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": {
                "/orders": {"get": {"responses": answer}, "post": {"requestBody": sent, "responses": answer}},
                "/orders/{id}": {"get": {"responses": answer}, **item},
                f"/orders/{{id}}/{child}": {"get": {"responses": answer}, **(own or {})},
            },
        }
    )


def lines(described, shape=Shape.CREATE):
    (name,) = [name for name in described.collections() if name != "orders"]
    return declare(described, name, shape)


@pytest.mark.parametrize("called", ["lines", "line", "Lines"])
def test_what_the_parents_body_holds_is_written_inside_it(called):
    received = lines(api({called: {"type": "array", "items": LINE}}))
    assert [(field.path, field.required) for field in received.fields] == [("sku", True)]
    assert received.operations == {
        Method.ADD: "inside POST /orders",
        Method.UPDATE: "inside PUT /orders/{id}",
        Method.DELETE: "inside PUT /orders/{id}",
    }


def test_what_only_one_of_the_parents_calls_holds_is_written_by_that_alone():
    received = lines(api({"lines": {"type": "array", "items": LINE}}, updates=False))
    assert received.operations == {Method.ADD: "inside POST /orders", Method.UPDATE: None, Method.DELETE: None}
    assert not lines(api({"lines": {"type": "array", "items": LINE}}, updates=False), Shape.UPDATE).known


@pytest.mark.parametrize("body", [{"lines": {"type": "object"}}, {"notes": {"type": "array", "items": LINE}}, {}])
def test_a_body_without_such_a_list_does_not_hold_it(body):
    received = lines(api(body))
    assert (received.known, received.operations) == (False, dict.fromkeys(Method))


def test_a_list_whose_elements_nobody_describes_is_a_call_without_fields():
    received = lines(api({"lines": {"type": "array", "items": {"type": "object"}}}))
    assert (received.fields, received.operations[Method.ADD]) == ((), "inside POST /orders")


def test_a_call_of_its_own_goes_before_the_parents():
    own = {"post": {"requestBody": {"content": {"application/json": {"schema": LINE}}}, "responses": {}}}
    received = lines(api({"lines": {"type": "array", "items": LINE}}, own=own))
    assert received.operations[Method.ADD] == "POST /orders/{id}/lines"
    assert received.operations[Method.UPDATE] == "inside PUT /orders/{id}"


def test_what_is_returned_is_not_touched():
    returned = lines(api({"lines": {"type": "array", "items": LINE}}), Shape.RETURNED)
    assert returned.operations == dict.fromkeys(Method)


def test_a_call_below_its_parents_that_nobody_describes_receives_what_the_parents_holds():
    body = Schema.from_fields(
        [{"path": "variants", "types": ["array"]}, {"path": "variants[].sku", "types": ["string"], "required": True}],
        source="Shop: POST /products",
    )
    unknown = Schema("variants", Shape.CREATE, operations={Method.ADD: "POST /products/{id}/variants"})
    described = {"POST /products": body}
    made = received_beside(unknown, "POST /products/{id}/variants", described.get)
    assert [(field.path, field.required) for field in made.fields] == [("sku", True)]
    assert (made.source, made.operations) == ("Shop: POST /products, variants[]", unknown.operations)
    for call in ("POST /variants", "POST /products/{id}/images", "POST /other/{id}/variants"):
        assert received_beside(unknown, call, described.get) == unknown
    assert received_beside(body, "POST /products/{id}/variants", described.get) == body

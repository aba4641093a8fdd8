import pytest

from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS, calls_elsewhere, offered_calls
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.systems.openapi.operation import Operation, Operations
from ipaas_discovery.vocabulary import Method


def label(call):
    return call.label


def offered(*others, **five):
    return offered_calls(Operations(others=others, **five), label)


def test_a_call_that_is_listed_is_offered():
    calls = offered(
        create=Operation("POST", "/orders"),
        update=Operation("PUT", "/orders/{id}"),
        delete=Operation("DELETE", "/orders/{id}"),
    )
    assert calls == {
        Method.ADD: "POST /orders",
        Method.UPDATE: "PUT /orders/{id}",
        Method.DELETE: "DELETE /orders/{id}",
    }


def test_a_call_that_no_other_may_be_is_not_offered():
    assert offered(Operation("POST", "/orders/{id}/ship"), Operation("POST", "/orders/search")) == dict.fromkeys(Method)


@pytest.mark.parametrize(
    ("call", "method"),
    [
        (Operation("PUT", "/orders"), Method.ADD),
        (Operation("PUT", "/orders"), Method.UPDATE),
        (Operation("PATCH", "/orders/batch"), Method.UPDATE),
        (Operation("DELETE", "/orders"), Method.DELETE),
        (Operation("POST", "/orders/bulk", name="createOrders"), Method.ADD),
        (Operation("POST", "/orders/{id}", name="updateOrder"), Method.UPDATE),
        (Operation("POST", "/orders/delete"), Method.DELETE),
    ],
)
def test_a_call_for_many_or_by_another_name_may_do_it(call, method):
    assert offered(call)[method] == f"{PERHAPS}{call.label}"
    five = {Method.ADD: "create", Method.UPDATE: "update", Method.DELETE: "delete"}
    own = Operation("POST", "/own")
    assert offered(call, **{five[method]: own})[method] == own.label


@pytest.mark.parametrize(
    ("path", "may_make"),
    [
        ("/item_stocks/{itemId}", True),  # the item is there before its stock is
        ("/item_stocks/{item_stock_id}", False),
        ("/categories/{catId}", False),
        ("/customers/{id}", False),
        ("/customers/{customer_id}/address", False),
    ],
)
def test_an_update_under_the_id_of_another_record_may_make_one(path, may_make):
    update = Operation("POST", path)
    assert offered(update=update)[Method.ADD] == (f"{PERHAPS}POST {path}" if may_make else None)
    assert offered(update=update)[Method.DELETE] is None


def test_a_call_about_something_else_below_the_path_is_another_thing():
    listed = Operation("GET", "/orders")
    near, far = Operation("POST", "/orders/bulk-delete"), Operation("POST", "/orders/attributes/bulk-delete")
    assert offered(near, list=listed)[Method.DELETE] == "perhaps POST /orders/bulk-delete"
    assert offered(far, list=listed)[Method.DELETE] is None
    assert offered(far, detail=Operation("GET", "/orders/{id}"))[Method.DELETE] is None


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_a_call_on_one_element_below_is_another_thing(verb):
    assert offered(Operation(verb, "/orders/{id}/lines/{line}")) == dict.fromkeys(Method)


@pytest.mark.parametrize("name", ["adjust", "set", "batch-change", "assign", "link-customer"])
def test_a_call_that_sets_or_adjusts_a_collection_without_naming_a_record_may_add_and_change(name):
    call = Operation("POST", f"/inventory/{name}")
    assert offered(call) == {
        Method.ADD: f"{PERHAPS}POST /inventory/{name}",
        Method.UPDATE: f"{PERHAPS}POST /inventory/{name}",
        Method.DELETE: None,
    }
    assert offered(Operation("POST", f"/inventory/{{id}}/{name}"))[Method.ADD] is None
    assert offered(Operation("DELETE", f"/inventory/{name}"))[Method.ADD] is None


@pytest.mark.parametrize("name", ["disable", "deactivate", "discontinue"])
def test_a_call_that_puts_a_record_out_of_use_may_be_its_delete(name):
    call = Operation("POST", f"/cards/{{id}}/{name}")
    assert offered(call) == {**dict.fromkeys(Method), Method.DELETE: f"{PERHAPS}POST /cards/{{id}}/{name}"}


def beside(**paths):
    """The calls of `orders`, which can only be read, and what other paths of the same document may do to them."""
    every = {f"/{path.replace('__', '/')}": {method: {} for method in methods} for path, methods in paths.items()}
    api = read_openapi(
        {"openapi": "3.0.0", "info": {}, "paths": {"/orders": {"get": {}}, "/orders/{id}": {"get": {}}, **every}}
    )
    calls = api.operations("orders")
    return offered_calls(calls, label, calls_elsewhere(api, calls))


@pytest.mark.parametrize(
    ("path", "verb", "methods"),
    [
        ("batch__orders", "post", [Method.ADD, Method.UPDATE]),
        ("import__order", "post", [Method.ADD, Method.UPDATE]),
        ("admin__orders", "put", [Method.UPDATE]),
        ("admin__orders", "delete", [Method.DELETE]),
        ("remove__orders", "post", [Method.DELETE]),
    ],
)
def test_a_call_on_another_path_whose_last_word_is_the_collection_may_write_it(path, verb, methods):
    calls = beside(**{path: [verb]})
    named = f"{PERHAPS}{verb.upper()} /{path.replace('__', '/')}"
    assert calls == {method: named if method in methods else None for method in Method}


@pytest.mark.parametrize(
    ("path", "verb"), [("batch__orders__lines", "post"), ("report__orders", "post"), ("batch__goods", "put")]
)
def test_a_call_on_another_path_about_something_else_writes_nothing(path, verb):
    assert beside(**{path: [verb]}) == dict.fromkeys(Method)

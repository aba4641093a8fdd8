import pytest

from ipaas_discovery.schemas.declaring.calls_elsewhere import calls_elsewhere
from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS, offered_calls
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
    others = ("GET", "/orders/{id}/ship"), ("POST", "/orders/search"), ("POST", "/orders/bulk-retrieve")
    assert offered(*(Operation(*call) for call in others)) == dict.fromkeys(Method)


@pytest.mark.parametrize("path", ["/orders/{id}/ship", "/orders/{id}/tracking", "/orders/markasshipped"])
def test_a_call_on_the_record_that_nobody_understood_may_change_it_and_makes_none(path):
    listed = Operation("GET", "/orders")
    assert offered(Operation("POST", path), list=listed) == {
        **dict.fromkeys(Method),
        Method.UPDATE: f"{PERHAPS}POST {path}",
    }
    bare, sending = Operation("PUT", "/orders/{id}/accept"), Operation("PUT", path, request={"type": "object"})
    assert offered(bare, sending, list=listed)[Method.UPDATE] == f"{PERHAPS}PUT {path}", "the one that sends something"


def test_a_verb_written_as_one_word_with_its_noun_may_make_a_record_and_take_one_away():
    listed, made, gone = Operation("GET", "/shipments"), "/shipments/createlabel", "/shipments/voidlabel"
    assert offered(Operation("POST", gone), Operation("POST", made), list=listed) == {
        Method.ADD: f"{PERHAPS}POST {made}",
        Method.UPDATE: f"{PERHAPS}POST {made}",
        Method.DELETE: None,
    }


def test_what_makes_a_part_of_a_record_makes_no_record():
    calls = offered(
        Operation("POST", "/receipts/{id}/tracking", name="createShipment"), list=Operation("GET", "/receipts")
    )
    assert calls[Method.ADD] is None


def test_done_to_many_at_once_behind_a_word_of_its_own_is_near():
    calls = [Operation("POST", f"/lines/batch/{what}") for what in ("create", "update", "archive")]
    assert offered(*calls, list=Operation("GET", "/lines")) == {
        Method.ADD: f"{PERHAPS}POST /lines/batch/create",
        Method.UPDATE: f"{PERHAPS}POST /lines/batch/update",
        Method.DELETE: f"{PERHAPS}POST /lines/batch/archive",
    }


def test_what_only_makes_many_changes_none():
    made = Operation("PUT", "/payments", name="createPayments")
    assert offered(made, create=Operation("POST", "/payments"))[Method.UPDATE] is None


@pytest.mark.parametrize(
    ("ways", "may_make"),
    [
        ({"PATCH": "/families/{code}"}, "PATCH /families/{code}"),
        ({"PUT": "/links/{from}/{to}"}, "PUT /links/{from}/{to}"),
        ({"PATCH": "/buyers/{buyer_id}", "PUT": "/buyers/{buyer_id}"}, "PUT /buyers/{buyer_id}"),
        ({"PUT": "/items/{id}"}, None),
        ({"PATCH": "/items/{id}"}, None),
    ],
)
def test_an_update_by_a_key_that_its_sender_chooses_may_make_a_record(ways, may_make):
    update, *others = (Operation(*call) for call in ways.items())
    assert offered(*others, update=update)[Method.ADD] == (may_make and f"{PERHAPS}{may_make}")


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


def test_of_two_that_remove_the_one_on_the_record_itself_is_told():
    action = Operation("DELETE", "/subscriptions/{id}/actions/{action}", name="deleteAction")
    cancel = Operation("POST", "/subscriptions/{id}/cancel")
    calls = offered(action, cancel, list=Operation("GET", "/subscriptions"))
    assert calls[Method.DELETE] == f"{PERHAPS}POST /subscriptions/{{id}}/cancel"


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


@pytest.mark.parametrize(
    ("path", "may_make"),
    [
        ("/draft-orders", True),
        ("/carts/{id}/orders", True),
        ("/search/orders", False),
        ("/orders", False),
        ("/draft-orders/{id}", False),
    ],
)
def test_what_is_posted_to_a_path_that_ends_with_the_name_may_make_one(path, may_make):
    elsewhere = [Operation("POST", path)]
    assert offered_calls(Operations(), label, elsewhere)[Method.ADD] == (f"{PERHAPS}POST {path}" if may_make else None)
    assert offered_calls(Operations(), label, elsewhere)[Method.DELETE] is None

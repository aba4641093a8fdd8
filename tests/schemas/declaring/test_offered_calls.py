import pytest

from ipaas_discovery.schemas.declaring.offered_calls import PERHAPS, offered_calls
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

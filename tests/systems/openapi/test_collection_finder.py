"""Collections as people would name them, with the right five calls, and no call lost."""

from __future__ import annotations

import pytest
from documents import RECORD, TEXT, WHOLE, answers, document, labels, listed, ref, takes, thing

from ipaas_discovery.systems.openapi import read_openapi

MANY, ONE = answers(listed(RECORD)), answers(RECORD)


def named(*paths):
    return read_openapi(document({path: {"get": MANY} for path in paths})).collections()


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["/V1/orders", "/V1/search"], {"orders", "search"}),  # a version is no collection that others stand under
        (["/api/", "/api/v1/", "/api/v1/pods"], {"pods"}),
        (["/checkout/sessions", "/portal/sessions"], {"checkout_sessions", "portal_sessions"}),
        (["/disputes", "/issuing/disputes"], {"disputes", "issuing_disputes"}),
        (["/api/v9/orders", "/api/v10/orders"], {"orders", "v9_orders"}),
        (["/bank/accounts", "/accounts", "/bank/accounts/{id}/owners", "/accounts/{id}/owners"],
         {"accounts", "bank_accounts", "accounts_owners", "bank_accounts_owners"}),
        (["/orders/{id}/items/{no}/taxes", "/orders/{id}/items", "/orders"],
         {"orders", "orders_items", "orders_items_taxes"}),
        (["/apis/events.io/v1/events", "/api/v1/events"], {"events", "events.io_events"}),
        (["/events/types", "/reminders/Settings", "/wc/v3/settings"],
         {"events_types", "reminders_Settings", "settings"}),
        (["/2024-01/orders", "/rest/v1.2/items"], {"orders", "items"}),
        (["/a_b/c", "/a/b_c", "/x/c"], {"a_b_c", "b_c", "x_c"}),
    ],
)  # fmt: skip
def test_names_tell_what_a_person_would_say(paths, expected):
    assert set(named(*paths)) == expected


def test_no_two_collections_share_a_name_and_no_call_is_lost_or_told_twice():
    words = ("a", "b", "v1", "v2", "orders", "status")
    paths = [f"/{x}/{y}/{{id}}/{z}" for x in words for y in words for z in words] + [
        f"/{x}/{y}" for x in words for y in words
    ]
    api = read_openapi(document({path: {"get": MANY, "post": takes(RECORD), "delete": answers()} for path in paths}))
    told = [
        call.label for name in api.collections() for calls in [api.operations(name)] for call in (*calls, *calls.others)
    ]
    told += [call.label for call in api.unassigned]
    assert sorted(told) == sorted(f"{method} {path}" for path in paths for method in ("GET", "POST", "DELETE"))


def calls(paths, name="orders"):
    return labels(read_openapi(document(paths)).operations(name))


def test_actions_and_calls_for_many_are_no_updates():
    paths = {
        "/orders": {"get": MANY, "post": takes(RECORD)},
        "/orders/{id}": {"get": ONE, "patch": takes(RECORD), "put": takes(RECORD)},
        "/orders/{id}/cancel": {"post": takes(thing(reason=TEXT))},
        "/orders/batch": {"post": takes(thing(create=listed(RECORD), delete=listed(WHOLE)))},
        "/orders/search": {"post": takes(thing(query=TEXT)) | MANY},
        "/orders/{id}:hold": {"post": takes(thing(until=TEXT))},
        "/ping": {"post": answers()},
    }
    api = read_openapi(document(paths))
    found = api.operations("orders")
    assert labels(found) == ["GET /orders", "GET /orders/{id}", "POST /orders", "PATCH /orders/{id}", "-"]
    assert {call.label for call in found.others} == {
        "PUT /orders/{id}", "POST /orders/{id}/cancel", "POST /orders/batch", "POST /orders/search",
        "POST /orders/{id}:hold",
    }  # fmt: skip
    assert [call.label for call in api.unassigned] == ["POST /ping"]


def test_put_makes_records_where_the_document_calls_it_so_or_records_are_changed_by_id():
    called = takes(RECORD, operationId="createTransfers")
    assert calls({"/orders": {"get": MANY, "put": called}})[2:4] == ["PUT /orders", "-"]
    assert calls({"/orders": {"get": MANY, "put": takes(RECORD)}})[2:4] == ["-", "PUT /orders"]
    by_id = {"/orders": {"get": MANY, "put": takes(RECORD)}, "/orders/{id}": {"post": takes(RECORD)}}
    assert calls(by_id)[2:4] == ["PUT /orders", "POST /orders/{id}"]


def test_the_calls_own_names_tell_which_of_two_makes_and_which_changes():
    both = {
        "get": MANY,
        "put": takes(RECORD, operationId="createRates"),
        "post": takes(RECORD, operationId="updateRate"),
    }
    assert calls({"/orders": both})[2:4] == ["PUT /orders", "POST /orders"]
    either = {"get": MANY, "post": takes(RECORD, operationId="updateOrCreateOrders")}
    assert calls({"/orders": either})[2:4] == ["POST /orders", "POST /orders"]
    voided = {"/orders": {"get": MANY}, "/orders/{id}": {"get": ONE, "post": takes(RECORD, operationId="deleteOrder")}}
    assert calls(voided)[2:4] == ["-", "-"]


@pytest.mark.parametrize(
    "said",
    [
        {"operationId": "createOrReplaceOrder"},
        {"summary": "Create or update an order"},
        {"summary": "Creates/updates orders"},
        {"operationId": "order_upsert"},
    ],
)
def test_a_call_said_to_make_or_change_does_both(said):
    by_id = {"/orders": {"get": MANY}, "/orders/{id}": {"get": ONE, "put": takes(RECORD, **said)}}
    assert calls(by_id)[2:4] == ["PUT /orders/{id}", "PUT /orders/{id}"]
    posted = {"/orders": {"get": MANY, "post": takes(RECORD, **said)}, "/orders/{id}": {"get": ONE}}
    assert calls(posted)[2:4] == ["POST /orders", "POST /orders"]
    assert calls({"/orders": {"get": MANY, "post": takes(RECORD, summary="Update a new order")}})[2:4] == [
        "POST /orders",
        "-",
    ]


def test_an_update_that_takes_the_record_comes_before_one_that_takes_something_else():
    paths = {
        "/orders": {"get": answers(listed(ref("Order"))), "post": takes(ref("Order"))},
        "/orders/{id}": {"get": answers(ref("Order")), "put": takes(ref("Address"))},
        "/orders/create": {"put": takes(ref("Order"))},
    }
    api = read_openapi(document(paths, Order=RECORD, Address=thing(city=TEXT)))
    assert labels(api.operations("orders"))[3] == "PUT /orders/create"


def test_an_update_whose_body_is_told_comes_before_one_whose_body_is_not():
    record = {"get": ONE, "patch": takes({}), "put": takes(RECORD)}
    assert calls({"/orders": {"get": MANY}, "/orders/{id}": record})[3] == "PUT /orders/{id}"


def test_calls_for_many_make_and_change_where_nothing_else_does():
    paths = {
        "/stock": {"get": MANY},
        "/stock/batch-create": {"post": takes(thing(stock=listed(RECORD)))},
        "/stock/bulk_update": {"put": takes(thing(stock=listed(RECORD)))},
    }
    assert calls(paths, "stock")[2:4] == ["POST /stock/batch-create", "PUT /stock/bulk_update"]
    paths = {
        "/stock": {"get": MANY},
        "/stock/batch/create": {"post": takes(thing(stock=listed(RECORD)))},
        "/stock/batch/update": {"post": takes(thing(stock=listed(RECORD)))},
    }
    assert calls(paths, "stock")[2:4] == ["POST /stock/batch/create", "POST /stock/batch/update"]


def test_one_record_that_is_always_the_same_is_a_collection_without_a_list():
    paths = {
        "/settings/shop": {"get": ONE, "put": takes(RECORD)},
        "/orders": {"get": MANY},
        "/orders/{id}/address": {
            "get": answers(thing(city=TEXT, tags=listed(RECORD), zip=TEXT, street=TEXT)),
            "post": takes(RECORD),
        },
    }
    api = read_openapi(document(paths))
    assert api.collections() == ("orders", "orders_address", "shop")
    assert api.operations("/settings/shop") is api.operations("shop")
    assert labels(api.operations("shop")) == ["-", "GET /settings/shop", "-", "PUT /settings/shop", "-"]
    assert labels(api.operations("orders_address"))[1:4] == [
        "GET /orders/{id}/address",
        "-",
        "POST /orders/{id}/address",
    ]
    assert not api.returned(api.operations("orders_address").detail).many


def test_what_is_told_of_no_answer_is_still_a_collection():
    paths = {"/orders": {"get": answers()}, "/orders/{id}": {"get": answers()}, "/health": {"get": answers()}}
    api = read_openapi(document(paths))
    assert api.collections() == ("orders",)
    assert labels(api.operations("orders"))[:2] == ["GET /orders", "GET /orders/{id}"]
    assert api.returned(api.operations("orders").list) is None
    for said in ({"type": "string"}, {"type": "object"}, {}):
        both = {"get": answers(said), "post": takes(RECORD)}
        assert calls({"/orders": both, "/note": {"get": answers(said)}})[:3] == ["GET /orders", "-", "POST /orders"]


def test_records_read_by_id_alone_and_records_only_written_are_collections():
    paths = {
        "/documents/{id}": {"get": ONE},
        "/keys": {"post": takes(RECORD)},
        "/keys/{id}": {"delete": answers()},
        "/convert/{from}/{to}": {"get": answers({"type": "number"})},
    }
    api = read_openapi(document(paths))
    assert api.collections() == ("documents", "keys")
    assert labels(api.operations("documents"))[:2] == ["-", "GET /documents/{id}"]
    assert labels(api.operations("keys"))[2:] == ["POST /keys", "-", "DELETE /keys/{id}"]


def test_a_singular_path_that_is_read_by_itself_is_something_else():
    paths = {"/products": {"get": MANY}, "/product": {"get": ONE, "put": takes(RECORD)}, "/people": {"get": MANY},
             "/orders": {"get": MANY}, "/order": {"post": takes(RECORD)}}  # fmt: skip
    api = read_openapi(document(paths))
    assert api.collections() == ("orders", "people", "product", "products")
    assert labels(api.operations("products"))[2:] == ["-", "-", "-"]
    assert labels(api.operations("orders"))[2] == "POST /order"


def test_a_singular_path_whose_records_are_read_by_id_as_well_is_something_else():
    one = {"get": ONE, "put": takes(RECORD)}
    paths = {"/sellers/{id}": {"get": ONE}, "/seller/{id}": one, "/seller": {"post": takes(RECORD)}}
    paths |= {"/brands": {"get": MANY}, "/brand/list": {"get": MANY}, "/brand": {"post": takes(RECORD)}}
    api = read_openapi(document(paths))
    assert api.collections() == ("brand", "brands", "seller", "sellers")
    assert [labels(api.operations(name))[2] for name in api.collections()] == ["POST /brand", "-", "POST /seller", "-"]


def test_lists_of_plain_values_are_no_records():
    assert read_openapi(document({"/modules": {"get": answers(listed(TEXT))}})).collections() == ()


STOCK, OTHER = thing(item=TEXT, place=TEXT, quantity=WHOLE), thing(note=TEXT)
STOCKS = {"/stocks": {"get": answers(listed(ref("Stock")))}}


def stocks(**paths):
    paths = {path.replace("_", "/").replace("0", "{id}"): calls for path, calls in paths.items()}
    return read_openapi(document(STOCKS | paths, Stock=STOCK, Other=OTHER)).operations("stocks")


def test_a_call_below_the_list_that_takes_its_record_makes_and_changes_one():
    calls = stocks(_stocks_set={"post": takes(ref("Stock"), operationId="setStock")})
    assert (calls.create.label, calls.update.label) == ("POST /stocks/set", "POST /stocks/set")
    assert (calls.delete, calls.detail, calls.others) == (None, None, ())


def test_a_call_that_takes_something_else_stays_beside_the_five():
    calls = stocks(_stocks_adjust={"post": takes(ref("Other"), operationId="adjustStock")})
    assert (calls.create, calls.update) == (None, None)
    assert [call.label for call in calls.others] == ["POST /stocks/adjust"]


def test_a_call_on_another_path_that_is_named_as_the_list_makes_its_record():
    calls = stocks(_items_0_stocks={"post": takes(ref("Stock"))})
    assert calls.create.label == "POST /items/{id}/stocks"
    assert calls.update is None
    assert stocks(_items_0_notes={"post": takes(ref("Stock"))}).create is None, "another name"


def test_calls_of_one_record_stand_on_a_path_of_its_own():
    one = {"get": answers(thing(object=ref("Stock"))), "delete": answers()}
    calls = stocks(_stocks_object={"post": takes(ref("Stock"), operationId="UpsertStock")}, _stocks_object_0=one)
    assert {name: getattr(calls, name).label for name in ("detail", "create", "update", "delete")} == {
        "detail": "GET /stocks/object/{id}",
        "create": "POST /stocks/object",
        "update": "POST /stocks/object",
        "delete": "DELETE /stocks/object/{id}",
    }


def test_a_record_of_a_list_below_may_be_written_where_it_is_read_by_id():
    one = {"get": answers(ref("Stock")), "patch": takes(ref("Other")), "delete": answers()}
    paths = {"/shops/{id}/stocks": STOCKS["/stocks"], "/stocks/{id}": one}
    calls = read_openapi(document(paths, Stock=STOCK, Other=OTHER)).operations("shops_stocks")
    assert (calls.update.label, calls.delete.label) == ("PATCH /stocks/{id}", "DELETE /stocks/{id}")


def test_what_only_makes_the_record_is_not_its_update():
    own = {"post": takes(ref("Stock")), "put": takes(ref("Stock"), operationId="createStocks"), **STOCKS["/stocks"]}
    calls = read_openapi(document({"/stocks": own}, Stock=STOCK)).operations("stocks")
    assert calls.update is None


def test_a_call_that_the_list_has_of_its_own_is_kept():
    own = {"post": takes(ref("Stock")), **STOCKS["/stocks"]}
    calls = read_openapi(
        document({"/stocks": own, "/stocks/set": {"post": takes(ref("Stock"), operationId="setStock")}}, Stock=STOCK)
    ).operations("stocks")
    assert (calls.create.label, calls.update.label) == ("POST /stocks", "POST /stocks/set")

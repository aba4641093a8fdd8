"""The sandbox's days: the present as ever, and an earlier one told as what differs."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.sandbox.platform_app import platform_app
from ipaas_discovery.sandbox.sandbox_day import SandboxDay, merged, sandbox_day, sandbox_days
from ipaas_discovery.sandbox.sandbox_records import DATE, load
from ipaas_discovery.sandbox.serve import apps
from ipaas_discovery.sandbox.store_api.store_documents import document
from ipaas_discovery.sandbox.store_app import TOKEN, store_app

BEFORE = "2026-10-26"
RECORDS = [{"id": number, "status": "open" if number % 2 else "paid"} for number in range(6)]


def stepped(*steps, monkeypatch):
    monkeypatch.setattr("ipaas_discovery.sandbox.sandbox_day.load", lambda *_: RECORDS)
    return SandboxDay("2026-01-01", {"store/things": steps}).load("store", "things")


def test_the_present_answers_what_it_always_did():
    day = sandbox_day()
    assert day == sandbox_day(sandbox_days()[-1])
    assert day.date == DATE
    assert day.load("store", "orders") is load("store", "orders")
    assert day.document("store", "orders.v2", document("orders.v2")) is document("orders.v2")


def test_an_unknown_day_names_those_there_are():
    with pytest.raises(UnknownNameError, match=f"{BEFORE}, 2026-11-02"):
        apps("2026-10-27")


@pytest.mark.parametrize(
    ("step", "ids"),
    [
        ({"last": 2, "drop": True}, [0, 1, 2, 3]),
        ({"every": 4, "drop": True}, [1, 2, 3, 5]),
        ({"where": {"status": "paid"}, "drop": True}, [1, 3, 5]),
        ({"where": {"status": "paid"}, "last": 2, "drop": True}, [0, 1, 2, 3, 5]),
        ({"where": {"status": "paid", "id": 0}, "drop": True}, [1, 2, 3, 4, 5]),
        ({"drop": True}, []),
    ],
)
def test_a_step_drops_what_it_chooses(step, ids, monkeypatch):
    assert [row["id"] for row in stepped(step, monkeypatch=monkeypatch)] == ids


def test_steps_set_and_remove_fields_one_after_the_other(monkeypatch):
    rows = stepped(
        {"set": {"tier": "a"}}, {"last": 1, "set": {"tier": "b"}, "remove": ["status"]}, monkeypatch=monkeypatch
    )
    assert [row["tier"] for row in rows] == ["a"] * 5 + ["b"]
    assert ["status" in row for row in rows] == [True] * 5 + [False]
    assert "tier" not in RECORDS[0], "the shared records stay as they are"


def test_a_patch_leaves_the_document_itself_alone():
    before = {"a": {"b": 1, "c": [1]}, "d": 1}
    assert merged(before, {"a": {"c": [2], "e": {"f": 1}}, "d": {"g": None, "h": 2}}) == {
        "a": {"b": 1, "c": [2], "e": {"f": 1}},
        "d": {"h": 2},
    }
    assert before == {"a": {"b": 1, "c": [1]}, "d": 1}


def test_both_apps_answer_as_of_the_day():
    day = sandbox_day(BEFORE)
    store, platform = store_app(day=day).test_client(), platform_app(day=day).test_client()
    headers = {"X-Auth-Token": TOKEN}
    customers = store.get("/v3/customers?limit=1", headers=headers)
    assert customers.json["data"][0]["loyalty_tier"] == "Gold"
    assert customers.headers["Date"] == "Mon, 26 Oct 2026 09:00:00 GMT"
    orders = store.get("/v2/orders/count", headers=headers).json
    assert orders["count"] == len(load("store", "orders")) - 14
    assert "Partially Refunded" not in {row["name"] for row in orders["statuses"]}
    first = load("store", "orders")[-1]["id"]
    assert store.get(f"/v2/orders/{first}", headers=headers).status_code == 404
    schemas = store.get("/openapi/customers.v3.json").json["components"]["schemas"]
    assert schemas["CustomerCreate"]["required"] == ["email", "last_name"]
    answer = platform.get("/products/swagger/v2/swagger.json")
    assert "delete" in answer.json["paths"]["/v2/Catalog/Location/{id}"]
    assert answer.headers["Date"] == "Mon, 26 Oct 2026 09:00:00 GMT"

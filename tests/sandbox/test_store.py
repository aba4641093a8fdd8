"""The sandbox store answers as a store of its shape does, and nothing but GET."""

import pytest

from ipaas_discovery.sandbox.sandbox_records import DATE, load
from ipaas_discovery.sandbox.store_api.store_calls import store_calls
from ipaas_discovery.sandbox.store_app import TOKEN, store_app

TOP = [call for call in store_calls() if not call.parent]
CHILDREN = [call for call in store_calls() if call.parent]


def label(call):
    return call.path


@pytest.fixture
def get():
    return getter(store_app())


def getter(app, token=TOKEN):
    client = app.test_client()
    return lambda path, **query: client.get(path, query_string=query or None, headers={"X-Auth-Token": token})


def key(record):
    return record["id"] if "id" in record else record["identity"]["variant_id"]


def walk(get, call, limit):
    found, number = [], 1
    while True:
        answer = get(f"/{call.version}{call.path}", page=number, limit=limit)
        if answer.status_code == 204:
            assert answer.data == b""
            return found
        rows = answer.json if call.version == "v2" else answer.json["data"]
        if not rows:
            return found
        found += rows
        number += 1


@pytest.mark.parametrize("call", TOP, ids=label)
@pytest.mark.parametrize("limit", [7, 250])
def test_paging_visits_each_record_exactly_once_and_in_order(get, call, limit):
    assert walk(get, call, limit) == load("store", call.records)


@pytest.mark.parametrize("call", CHILDREN, ids=label)
def test_every_childs_record_is_given_by_its_order_and_once(get, call):
    found = []
    for order in load("store", "orders"):
        answer = get(f"/{call.version}{call.path}".replace("{order_id}", str(order["id"])))
        if answer.status_code == 204:
            continue
        found += answer.json if call.version == "v2" else answer.json["data"]
    assert sorted(map(key, found)) == sorted(map(key, load("store", call.records)))


@pytest.mark.parametrize("path", ["/v3/customers", "/v3/customers/addresses", "/v3/inventory/items"])
def test_a_cursor_visits_each_record_exactly_once(get, path):
    answer = get(path, limit=40).json
    found = list(answer["data"])
    while "next" in answer["meta"]["cursor_pagination"]["links"]:
        answer = get(path, limit=40, after=answer["meta"]["cursor_pagination"]["end_cursor"]).json
        assert "pagination" not in answer["meta"]
        found += answer["data"]
    records = next(call.records for call in store_calls() if f"/v3{call.path}" == path)
    assert found == load("store", records)


def test_following_the_next_link_as_it_stands_leads_through_all_pages(get):
    path, seen = "/v3/catalog/products?limit=50&is_visible=true", []
    while path:
        answer = get(path).json
        seen += [row["id"] for row in answer["data"]]
        after = answer["meta"]["pagination"]["links"].get("next")
        path = after and f"/v3/catalog/products{after}"
    assert seen == [row["id"] for row in load("store", "products") if row["is_visible"]]


def test_an_envelope_tells_the_total_and_where_the_page_stands(get):
    told = get("/v3/customers", page=2, limit=200).json["meta"]["pagination"]
    assert (told["total"], told["count"], told["per_page"]) == (300, 100, 200)
    assert (told["current_page"], told["total_pages"]) == (2, 2)
    assert told["links"] == {"previous": "?limit=200&page=1", "current": "?limit=200&page=2"}


def test_v3_answers_past_the_end_with_an_empty_page_and_v2_with_204(get):
    assert get("/v3/catalog/products", page=99).json["data"] == []
    answer = get("/v2/orders", page=99)
    assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    "query", [{"limit": 251}, {"limit": 0}, {"page": 0}, {"page": "x"}, {"limit": "-1"}, {"page": "²"}]
)
@pytest.mark.parametrize("path", ["/v3/customers", "/v2/orders"])
def test_paging_out_of_range_is_422_and_named(get, path, query):
    answer = get(path, **query)
    assert answer.status_code == 422
    assert next(iter(query)) in answer.get_data(as_text=True)


@pytest.mark.parametrize(("path", "query"), [
    ("/v3/customers", {"after": "nonsense"}),
    ("/v3/customers", {"after": "nonsense", "page": 1}),
    ("/v3/customers", {"sort": "shoe_size"}),
    ("/v2/orders", {"sort": "id:sideways"}),
    ("/v2/orders", {"min_date_modified": "yesterday"}),
])  # fmt: skip
def test_a_query_that_cannot_be_followed_is_422(get, path, query):
    assert get(path, **query).status_code == 422


@pytest.mark.parametrize(("token", "status"), [(TOKEN, 200), ("", 401), ("wrong", 401), ("kaputt-ü", 401)])
def test_only_the_right_token_gets_in(token, status):
    get = getter(store_app(), token)
    answer = get("/v3/customers")
    assert answer.status_code == status
    assert TOKEN not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/v2/nothing", "/v3/catalog/products/1", "/v2/orders/1", "/v2/orders/1/products", "/no"]
)
def test_unknown_paths_and_ids_are_404_in_json(get, path):
    answer = get(path)
    assert answer.status_code == 404
    assert answer.json


@pytest.mark.parametrize("verb", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("path", ["/v3/customers", "/v2/orders/10002", "/openapi/orders.v2.json"])
def test_every_verb_but_get_is_405(verb, path):
    answer = store_app().test_client().open(path, method=verb, headers={"X-Auth-Token": TOKEN}, json=[{}])
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_one_request_over_the_quota_is_429_and_then_the_count_starts_again():
    get = getter(store_app(quota=2))
    answers = [get("/v3/customers", limit=1) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200, 200, 429]
    assert [answer.headers["X-Rate-Limit-Requests-Left"] for answer in answers[:3]] == ["1", "0", "0"]
    assert answers[2].headers["Retry-After"] == "0"
    assert answers[2].headers["X-Rate-Limit-Time-Reset-Ms"] == "0"


@pytest.mark.parametrize("path", ["/v3/customers", "/v2/orders?page=99", "/v2/nothing", "/openapi/orders.v2.json"])
def test_every_answer_tells_the_rate_limit_and_the_standing_clock(get, path):
    headers = get(path).headers
    assert headers["Date"] == DATE
    for name in ("Requests-Left", "Requests-Quota", "Time-Window-Ms", "Time-Reset-Ms"):
        assert int(headers[f"X-Rate-Limit-{name}"]) > 0


def test_the_same_request_gives_the_same_bytes_from_any_app():
    answers = [getter(store_app())("/v2/orders", limit=20) for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert answers[0].headers == answers[1].headers


def test_lists_are_filtered_by_id_mail_and_moment(get):
    ids = [row["id"] for row in load("store", "customers")][3:6]
    assert [row["id"] for row in get("/v3/customers", **{"id:in": ",".join(map(str, ids))}).json["data"]] == ids
    mail = load("store", "customers")[0]["email"]
    assert len(get("/v3/customers", **{"email:in": mail.upper()}).json["data"]) == 1
    since = "2026-09-01T00:00:00Z"
    wanted = [row["id"] for row in load("store", "customers") if row["date_modified"] >= since]
    changed = get("/v3/customers", limit=250, **{"date_modified:min": since}).json["data"]
    assert [row["id"] for row in changed] == wanted
    assert 0 < len(wanted) < 250


def test_orders_since_a_moment_are_the_same_for_both_spellings_of_it(get):
    iso = get("/v2/orders", min_date_modified="2026-09-01T00:00:00Z", limit=250).json
    rfc = get("/v2/orders", min_date_modified="Tue, 01 Sep 2026 00:00:00 +0000", limit=250).json
    assert iso == rfc
    assert 0 < len(iso) < 250


def test_orders_sort_by_moment_and_not_by_the_letters_of_its_weekday(get):
    newest = get("/v2/orders", sort="date_created:desc", limit=250).json
    assert newest[0]["id"] == max(row["id"] for row in load("store", "orders"))
    assert get("/v2/orders", sort="date_created:asc", limit=1).json[0]["id"] == load("store", "orders")[0]["id"]


def test_stock_is_found_by_the_sku_it_is_stock_of(get):
    sku = load("store", "variants")[4]["sku"]
    rows = get("/v3/inventory/items", **{"sku:in": sku}).json["data"]
    assert [row["identity"]["sku"] for row in rows] == [sku]


def test_one_order_is_the_same_alone_as_in_the_list_and_its_links_lead_to_its_lines(get):
    order = load("store", "orders")[0]
    assert get(f"/v2/orders/{order['id']}").json == order
    assert set(order["products"]) == {"url", "resource"}
    lines = get(f"/v2{order['products']['resource']}").json
    assert {line["order_id"] for line in lines} == {order["id"]}


def test_an_order_that_was_not_shipped_has_no_shipments_and_says_so_with_204(get):
    order = next(row for row in load("store", "orders") if not row["date_shipped"])
    assert get(f"/v2/orders/{order['id']}/shipments").status_code == 204


def test_orders_are_counted_in_all_and_by_status(get):
    told = get("/v2/orders/count").json
    assert told["count"] == len(load("store", "orders")) == sum(status["count"] for status in told["statuses"])

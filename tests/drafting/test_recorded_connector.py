"""From saved calls to a connector, its text, and samples."""

from __future__ import annotations

import base64
import json
import tomllib

import pytest
from saved_calls import CUSTOMERS, ORDERS, SECRETS, answer, call, postman, shop

from ipaas_discovery.drafting.detect import connector_text_from, kind_of, read_requests
from ipaas_discovery.drafting.from_calls import connector_text, toml_of
from ipaas_discovery.drafting.recorded_connector import connector_from_requests, samples_of
from ipaas_discovery.drafting.saved_calls.postman import read_postman
from ipaas_discovery.errors import ConfigurationError, SourceError
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.connectors.connector import catalogue, load_connector


@pytest.fixture
def read(saved):
    return lambda *items, **more: read_postman(saved(postman(*items, **more)))


def test_each_list_is_a_collection_with_the_calls_that_go_with_it(saved):
    connector = connector_from_requests(read_postman(saved(shop())), "shop")
    assert list(connector.collections) == ["orders", "customers", "orders_lines"]
    orders = connector.collection("orders")
    assert (orders.list, orders.records, orders.detail, orders.id) == ("/orders", "data", "/orders/{id}", "id")
    assert (orders.create, orders.update, orders.delete) == (
        "POST /orders", "PUT /orders/{order}", "DELETE /orders/{id}",
    )  # fmt: skip
    assert connector.environment().base_url == "https://api.example.test/v2"
    assert connector.paging.kind == "none"


def test_a_child_is_asked_for_with_its_parents_id(read):
    found = read(
        call("Customers", "GET", "{{base}}/customers", answer(CUSTOMERS)),
        call("Addresses", "GET", "{{base}}/customers/7/addresses", answer([{"id": 1}])),
        call("Too deep", "GET", "{{base}}/customers/7/addresses/1/lines", answer([{"id": 1}])),
    )
    connector = connector_from_requests(found, "shop")
    child = connector.collection("customers_addresses")
    assert (child.parent, child.list) == ("customers", "/customers/{customer_id}/addresses")
    assert connector.collection("customers").id == "customer_id"


def test_a_place_in_the_path_that_no_collection_fills_is_the_scope(read):
    found = read(
        call("Orders", "GET", "{{base}}/companies/12/orders", answer([{"id": 1}])),
        call("Order", "GET", "{{base}}/companies/12/orders/1"),
        call("Items", "GET", "{{base}}/{{store}}/items", answer([{"id": 1}])),
    )
    connector = connector_from_requests(found, "shop")
    assert list(connector.scope) == ["company_id", "store"]
    orders = connector.collection("orders")
    assert (orders.list, orders.detail) == ("/companies/{company_id}/orders", "/companies/{company_id}/orders/{id}")


def test_what_is_no_list_is_no_collection(read):
    found = read(
        call("Me", "GET", "{{base}}/me", answer({"id": 1, "name": "x"})),
        call("Count", "GET", "{{base}}/orders/count", answer({"count": 3})),
        call("Settings", "GET", "{{base}}/settings", answer({"color": "red"})),
        call("Stock", "GET", "{{base}}/stock?page=1"),
        call("Ping", "GET", "{{base}}/ping"),
    )
    assert list(connector_from_requests(found, "shop").collections) == ["stock"]


@pytest.mark.parametrize(
    ("auth", "settings"),
    [
        ({"type": "bearer"}, {"kind": "bearer", "token": "{token}"}),
        ({"type": "basic"}, {"kind": "basic", "username": "{username}", "password": "{password}", "headers": {}}),
        ({"type": "apikey", "apikey": {"key": "k", "in": "query"}}, {"kind": "query", "parameters": {"k": "{token}"}}),
        ({"type": "oauth2"}, {"kind": "none"}),
        ({"type": "noauth"}, {"kind": "none"}),
    ],
)
def test_the_connector_authenticates_as_the_file_does(read, auth, settings):
    found = read(call("Orders", "GET", "{{base}}/orders"), auth=auth)
    assert connector_from_requests(found, "shop").auth.model_dump() == settings


def test_two_headers_are_two_credentials(read):
    header = [{"key": "X-Auth-Client", "value": "a"}, {"key": "X-Auth-Token", "value": "b"}]
    found = read(call("Orders", "GET", "{{base}}/orders", header=header))
    assert connector_from_requests(found, "shop").auth.model_dump()["headers"] == {
        "X-Auth-Client": "{x_auth_client}",
        "X-Auth-Token": "{x_auth_token}",
    }


def test_addresses_of_one_host_meet_in_what_they_share_and_others_are_left_out(read):
    found = read(
        call("Orders", "GET", "https://h.example.test/api/v2/orders", answer([{"id": 1}])),
        call("Items", "GET", "{{v3}}/items", answer([{"id": 1}])),
        call("Other", "GET", "https://other.example.test/things", answer([{"id": 1}])),
        variable=[{"key": "v3", "value": "https://h.example.test/api/v3"}],
    )
    connector = connector_from_requests(found, "shop")
    assert connector.environment().base_url == "https://h.example.test"
    assert [each.list for each in connector.collections.values()] == ["/api/v2/orders", "/api/v3/items"]
    assert "GET /things is at another address, https://other.example.test" in connector_text(found, "shop")


def test_a_file_that_does_not_say_where_the_api_is_leaves_the_address_to_be_asked_for(read):
    found = read(call("Orders", "GET", "/orders", answer([{"id": 1}])))
    assert connector_from_requests(found, "shop").environment().base_url == "{base_url}"
    assert "write its address as `base_url`" in connector_text(found, "shop")
    given = connector_from_requests(found, "shop", base_url="https://x.example.test")
    assert given.environment().base_url == "https://x.example.test"


def test_a_file_without_a_list_says_so(read):
    with pytest.raises(ConfigurationError, match=r"No call in the file gives a list of records \(shop.json\)"):
        connector_from_requests(read(call("Me", "POST", "{{base}}/me")), "shop")


def test_the_text_loads_as_the_connector_and_marks_what_is_not_sure(saved):
    collected = read_postman(saved(shop()))
    text = connector_text(collected, "mine")
    assert load_connector(saved(text, "mine.toml")) == connector_from_requests(collected, "mine")
    assert "# Records in `data`, and the id: read from an example.\n# It also takes: status, since." in text
    assert (
        "# unknown: paging. By the names it uses it may be this; `ipaas-discovery probe` proves it:\n"
        "# [collections.orders.paging]\n"
        '# kind = "page"\n# page = "page"\n# size = "limit"\n# total = "meta.total"\n# pages = "meta.pages"\n'
    ) in text
    assert "# - POST /login: no list of the same records is in the file" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_the_proposed_paging_is_right_once_its_marks_are_taken_away(saved):
    lines = connector_text(read_postman(saved(shop())), "mine").splitlines()
    at = lines.index("# [collections.orders.paging]")
    lines[at : at + 6] = [line.removeprefix("# ") for line in lines[at : at + 6]]
    connector = load_connector(saved("\n".join(lines), "mine.toml"))
    assert connector.paging_of("orders").model_dump(exclude_defaults=True) == {
        "kind": "page", "size": "limit", "total": "meta.total", "pages": "meta.pages",
    }  # fmt: skip


def test_odd_names_make_a_text_that_loads(read, saved):
    found = read(call("\x00\n\ud800", "GET", '{{base}}/größe-a/ein "x"?q\x7f=1', answer([{"id": 1}])))
    text = connector_text(found, "shop", base_url='https://x.test/"\x7f')
    assert load_connector(saved(text, "odd.toml")).environment().base_url == 'https://x.test/"\x7f'


@pytest.mark.parametrize("name", catalogue())
def test_every_connector_is_the_same_after_it_was_written(saved, name):
    connector = load_connector(name)
    assert load_connector(saved(toml_of(connector), f"{name}.toml")) == connector


def test_samples_are_the_records_of_the_answers_each_once(read):
    more = {"data": [{"id": 2}, {"id": 3}, {"id": 4, "total": 1}, {"total": 1, "id": 4}]}
    found = read(
        call("Orders", "GET", "{{base}}/orders", answer(ORDERS), answer(more)),
        call("Item", "GET", "{{base}}/items/1", answer({"id": 1})),
        call("Items", "GET", "{{base}}/items"),
        call("Empty", "GET", "{{base}}/empties", answer([])),
    )
    samples = samples_of(found)
    assert list(samples) == ["orders", "items"]
    orders = samples["orders"]
    assert [record["id"] for record in orders.records] == [1, 2, 3, 4]
    assert (orders.system, orders.stop, orders.total) == ("Shop", Stop.FILE, None)
    assert "it was read from a file" in orders.claim
    assert samples["items"].records == ({"id": 1},)


def test_integers_of_any_length_are_exact(read):
    found = read(call("Orders", "GET", "{{base}}/orders", answer('[{"id": 12345678901234567890123}]')))
    assert samples_of(found)["orders"].records[0]["id"] == 12345678901234567890123


OPENAPI = {
    "openapi": "3.0.3",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://api.example.test"}],
    "paths": {"/orders": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {
        "type": "array", "items": {"type": "object", "properties": {"id": {"type": "integer"}}}}}}}}}}},
}  # fmt: skip
HAR = {"log": {"entries": [{"request": {"method": "GET", "url": "https://api.example.test/orders"}, "response": {
    "status": 200, "content": {"mimeType": "application/json", "text": '[{"id": 1}]'}}}]}}  # fmt: skip
BRUNO = {"items": [{"name": "a", "request": {"method": "GET", "url": "https://api.example.test/orders"}}]}
ORDERS_CALL = call("Orders", "GET", "https://api.example.test/orders")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (OPENAPI, "a.json", "openapi"),
        (json.dumps(OPENAPI, indent=1).replace('"', ""), "a.yaml", None),
        (HAR, "a.har", "har"),
        (HAR, "a.json", "har"),
        (BRUNO, "a.json", "bruno"),
        ("get {\n  url: https://api.example.test/orders\n}\n", "a.bru", "bruno"),
        (postman(ORDERS_CALL), "a.postman_collection.json", "postman"),
        ({"collection": postman(ORDERS_CALL)}, "a.json", "postman"),
    ],
)
def test_each_kind_of_file_gives_a_connector_by_its_content(saved, content, name, kind):
    if kind is None:  # the same document as YAML
        import yaml  # noqa: PLC0415  only here

        content, kind = yaml.safe_dump(OPENAPI), "openapi"
    path = saved(content, name)
    assert kind_of(path) == kind
    connector = load_connector(saved(connector_text_from(path), "made.toml"))
    assert connector.collection("orders").list == "/orders"
    assert connector.environment().base_url == "https://api.example.test"


def test_a_folder_is_bruno(tmp_path):
    assert kind_of(tmp_path) == "bruno"


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ({"a": 1}, "a.json", "no description of an API that is known here"),
        ("id,name\n1,x\n", "a.csv", "A sheet holds records, not an API"),
        ("", "a.json", "The file is empty"),
        (OPENAPI, "a.json", "holds no saved calls"),
    ],
)
def test_another_file_is_refused_in_one_sentence(saved, content, name, message):
    with pytest.raises(SourceError, match=message):
        read_requests(saved(content, name))


def test_an_opaque_id_that_a_list_holds_is_that_lists_detail(read):
    items = [{"code": "blue-tent", "state": "open"}, {"code": "red-mug", "state": "sold"}]
    connector = connector_from_requests(
        read(
            call("All", "GET", "{{base}}/items/", answer({"results": items})),
            call("One", "GET", "{{base}}/items/blue-tent/", answer({**items[0], "parts": [{"id": 1}]})),
            call("Change", "PATCH", "{{base}}/items/blue-tent/"),
            call("Other", "GET", "{{base}}/items/sold", answer({"count": 1})),
        ),
        "shop",
    )
    spec = connector.collections["items"]
    assert (spec.list, spec.detail, spec.id) == ("/items/", "/items/{code}/", "code")
    assert spec.update == "PATCH /items/{code}/"
    assert list(connector.collections) == ["items"]


def test_the_word_before_a_secret_stays_and_the_secret_does_not(read):
    header = [{"key": "Authorization", "value": "Token s3cret-token"}]
    saved = read(call("All", "GET", "{{base}}/items", answer([{"id": 1}]), header=header))
    assert connector_from_requests(saved, "shop").auth.headers == {"Authorization": "Token {token}"}
    alone = [{"key": "Authorization", "value": "s3cret-token"}]
    saved = read(call("All", "GET", "{{base}}/items", answer([{"id": 1}]), header=alone))
    assert connector_from_requests(saved, "shop").auth.headers == {"Authorization": "{token}"}


@pytest.mark.parametrize(
    ("body", "headers", "paging"),
    [
        ({"value": [{"ID": 1}], "@odata.count": 9, "@odata.nextLink": "Items?$skip=1"}, [],
         {"kind": "next", "next": "@odata.nextLink", "total": "@odata.count"}),
        ({"data": [{"id": 1}]}, [{"key": "Next-Page", "value": "https://api.example.test/v2/items?t=1"}],
         {"kind": "next", "next": "header:next-page"}),
        ({"data": [{"id": 1}], "links": {"next": "/v2/items?page=2"}}, [], {"kind": "next", "next": "links.next"}),
        ({"data": [{"id": 1}]}, [{"key": "Link", "value": '</v2/items?page=2>; rel="next"'}], {"kind": "link"}),
        ({"data": [{"id": 1}], "total": 9}, [], None),
    ],
)  # fmt: skip
def test_paging_that_an_answer_shows_is_a_setting(read, body, headers, paging):
    saved = read(call("All", "GET", "{{base}}/items", answer(body, header=headers)))
    setting = connector_from_requests(saved, "shop").collections["items"].paging
    assert (setting and setting.model_dump(exclude_none=True)) == (
        paging and {**setting.model_dump(exclude_none=True), **paging}
    )
    assert ("read from an example; `ipaas-discovery probe` proves it" in connector_text(saved, "shop")) is bool(paging)


def test_lists_that_are_asked_to_be_expanded_are_children(read):
    bills = {"value": [{"ID": "a", "lines": [{"no": 1}], "notes": [{"text": "x"}]}]}
    saved = read(call("All", "GET", "{{base}}/Bills?$expand=lines&$top=3", answer(bills)))
    connector = connector_from_requests(saved, "shop")
    assert list(connector.collections) == ["Bills", "Bills_lines"]
    assert connector.collections["Bills"].query == {"$expand": "lines"}
    assert (connector.collections["Bills_lines"].parent, connector.collections["Bills_lines"].embedded) == (
        "Bills",
        "lines",
    )


def test_each_kind_of_record_that_a_query_language_names_is_a_collection(read):
    def asked(text):
        return call("Ask", "POST", "{{base}}/company/{{company}}/query", body={"mode": "raw", "raw": text})

    saved = read(
        asked("select * from Customer where Name = 'Ada Probe' startposition 1"),
        asked("SELECT Id FROM Bill"),
        call("One", "GET", "{{base}}/company/{{company}}/customer/63"),
    )
    connector, text = connector_from_requests(saved, "shop"), connector_text(saved, "shop")
    assert list(connector.collections) == ["customer", "bill"]
    assert connector.collections["customer"].query == {"query": "select * from Customer"}
    assert connector.collections["bill"].query == {"query": "select Id from Bill"}
    assert connector.collections["customer"].detail == "/company/{company}/customer/{id}"
    assert "A POST's text asks for Bill by a query" in text
    assert "Ada Probe" not in text


def test_a_query_language_in_a_parameter_names_its_records_and_their_fields(read):
    body = {"size": 700, "rows": [{"Key": "k1", "Label": "x"}], "nextRecordsUrl": "/v2/ask/c-500"}
    found = read(
        call("All", "GET", "{{base}}/ask?q=SELECT Key, Label FROM Contract WHERE Label = 'Ada Probe'", answer(body)),
        call("Some", "GET", "{{base}}/ask?q=SELECT Key, count(x) FROM Supplier", answer({"rows": [{"Key": "s"}]})),
    )
    connector, text = connector_from_requests(found, "shop"), connector_text(found, "shop")
    assert {name: spec.query for name, spec in connector.collections.items()} == {
        "contract": {"q": "select Key, Label from Contract"},
        "supplier": {"q": "select * from Supplier"},
    }
    assert connector.collections["contract"].paging.next == "nextRecordsUrl"
    assert "POST" not in text
    assert "Ada Probe" not in text


def test_the_next_page_is_no_other_link_of_the_answer(read):
    links = {"self": {"href": "https://a.test/v2/items?page=1"}, "next": {"href": "https://a.test/v2/items?page=2"}}
    found = read(call("Items", "GET", "{{base}}/items", answer({"_links": links, "_embedded": {"items": [{"id": 1}]}})))
    assert connector_from_requests(found, "shop").collections["items"].paging.next == "_links.next.href"
    alone = answer({"_links": {"self": links["self"]}, "_embedded": {"items": [{"id": 1}]}})
    last = read(call("Items", "GET", "{{base}}/items", alone))
    assert connector_from_requests(last, "shop").collections["items"].paging is None


def test_the_key_of_a_call_of_one_record_is_that_of_its_list(read):
    """The value stays in the file; text keys keep their quotes, without which no such server answers."""
    found = read(
        call("Partners", "GET", "{{base}}/Partners", answer({"value": [{"CardRef": "C7x", "Label": "Ada Probe"}]})),
        call("Partner", "GET", "{{base}}/Partners('C7x')", answer({"CardRef": "C7x"})),
        call("Bills", "GET", "{{base}}/Bills", answer({"value": [{"DocEntry": 31, "Label": "x"}]})),
        call("Bill", "GET", "{{base}}/Bills(31)", answer({"DocEntry": 31})),
        call("Notes", "GET", "{{base}}/Notes", answer({"value": [{"Label": "x"}]})),
        call("Note", "GET", "{{base}}/Notes('of-nobody')", answer({"Label": "y"})),
    )
    specs = connector_from_requests(found, "shop").collections
    assert {name: (spec.id, spec.detail) for name, spec in specs.items()} == {
        "Partners": ("CardRef", "/Partners('{CardRef}')"),
        "Bills": ("DocEntry", "/Bills({DocEntry})"),
        "Notes": ("id", "/Notes('{id}')"),
    }
    assert "C7x" not in connector_text(found, "shop")
    assert "C7x" not in repr(found.requests)


@pytest.mark.parametrize(
    ("pair", "more"),
    [("s3cret-k:", {"password": ""}), (":s3cret-k", {"username": ""}), ("ada:s3cret-k", {}), ("s3cret-k", {})],
)
def test_a_key_that_stands_for_both_parts_of_basic_leaves_the_other_empty(read, pair, more):
    header = [{"key": "Authorization", "value": f"Basic {base64.b64encode(pair.encode()).decode()}"}]
    found = read(call("Orders", "GET", "{{base}}/orders", header=header))
    text = connector_text(found, "shop")
    assert tomllib.loads(text)["auth"] == {"kind": "basic", **more}
    assert "s3cret" not in text + repr(found)


def test_headers_that_no_client_sends_by_itself_are_named_without_their_values(read):
    sent = {"User-Agent": "x", "Sec-Fetch-Mode": "cors", "Prefer": "odata.maxpagesize=9", "Tenant-Id": "s3cret-7"}
    header = [{"key": name, "value": value} for name, value in sent.items()]
    text = connector_text(read(call("Orders", "GET", "{{base}}/orders", header=header)), "shop")
    assert "The calls also send Prefer, Tenant-Id. What the API needs of them belongs into a table [headers]." in text
    assert "s3cret" not in text
    assert "also send" not in connector_text(read(call("Orders", "GET", "{{base}}/orders")), "shop")


def test_only_what_an_example_shows_is_said_to_be_read(read):
    named = connector_text(read(call("All", "GET", "{{base}}/items", answer([{"id": 1}]))), "shop")
    assert "Records in the body itself, and the id: read from an example." in named
    unnamed = connector_text(read(call("All", "GET", "{{base}}/items", answer([{"label": "x"}]))), "shop")
    assert "Records in the body itself: read from an example." in unnamed
    assert "unknown: id. No example shows a field that identifies a record; `id` is assumed." in unnamed


def test_a_page_that_the_calls_ask_for_by_its_number_is_asked_for_so_though_a_link_leads_on(saved):
    """Some systems send the link only to who asks for a page."""
    link = [{"key": "Link", "value": '<https://api.example.test/v2/items?_page=2&_limit=5>; rel="next"'}]
    call_of_page = call("Items", "GET", "{{base}}/items?_page=1&_limit=5", answer([{"id": 1}], header=link))
    text = connector_text_from(saved(postman(call_of_page)))
    assert '[collections.items.paging]\nkind = "page"\npage = "_page"\nsize = "_limit"\n' in text
    assert tomllib.loads(text)["collections"]["items"]["paging"]["kind"] == "page"


def test_the_records_that_a_query_language_gives_are_read_from_its_answer(read):
    def asked(text, body):
        item = call("Query", "POST", "{{base}}/query", answer(body))
        item["request"]["body"] = {"mode": "raw", "raw": text}
        return item

    found = read(
        asked("select * from Invoice", {"QueryResponse": {"Invoice": [{"Id": "1"}]}}),
        asked("SELECT Id FROM Vendor", {"QueryResponse": {"Vendor": [{"Id": "7"}]}}),
    )
    connector = connector_from_requests(found, "shop")
    specs = connector.collections.values()
    assert [(spec.records, spec.id) for spec in specs] == [
        ("QueryResponse.Invoice", "Id"),
        ("QueryResponse.Vendor", "Id"),
    ]
    assert "A POST's text asks for Invoice by a query; here a GET with it is tried." in connector_text(found, "shop")


def test_a_record_that_is_asked_for_by_any_field_of_its_list_is_its_detail(read):
    listed = [{"ref": "Zk9-aQ_x7", "state": "open"}, {"ref": "Bb3-cD_e8", "state": "done"}]
    found = read(
        call("Orders", "GET", "{{base}}/orders", answer(listed)),
        call("Order", "GET", "{{base}}/orders/Zk9-aQ_x7", answer({"ref": "Zk9-aQ_x7", "lines": []})),
        call(
            "Open ones",
            "GET",
            "{{base}}/orders/open",
            answer([{"ref": "c", "state": "open"}, {"ref": "d", "state": "x"}]),
        ),
    )
    connector = connector_from_requests(found, "shop")
    assert (connector.collections["orders"].detail, connector.collections["orders"].id) == ("/orders/{ref}", "ref")
    assert "/orders/open" in {spec.list for spec in connector.collections.values()}


def test_no_name_of_a_person_in_a_path_is_written(read):
    found = read(
        call("Orders", "GET", "{{base}}/orders", answer([{"id": 1}, {"id": 2}])),
        call("Ada", "GET", "{{base}}/customers/ada-lovelace", answer({"id": 1})),
        call("Hers", "GET", "{{base}}/users/ada.lovelace/carts", answer([{"id": 5}])),
        call("Key", "GET", "{{base}}/vouchers/spring", answer({"id": 1})),
    )
    text = connector_text(found, "shop")
    assert "lovelace" not in text
    assert 'list = "/users/{user_id}/carts"' in text
    assert "# - GET /customers/{id}: no list of the same records is in the file" in text
    assert "# - GET /vouchers/{id}: " in text


def test_parameters_that_page_are_not_listed_as_others(saved, tmp_path):
    text = connector_text(read_postman(saved(shop())), "shop")
    assert "It also takes: limit" not in text

"""Several API descriptions of one system make one connector, one draft and one workspace."""

from __future__ import annotations

import json

import pytest
from fakes import Fake

from ipaas_discovery import connect
from ipaas_discovery.drafting.from_description import connector_text
from ipaas_discovery.drafting.united_documents import shared_beginning, unite
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.schemas.declaring.collect_shapes import Shaper
from ipaas_discovery.systems.connectors.connector import connector_of
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.workspace.create import create

RECORD = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}


def listing(method="get"):
    content = {"application/json": {"schema": {"type": "array", "items": RECORD}}}
    return {method: {"responses": {"200": {"description": "", "content": content}}}}


def writing():
    return {"post": {"requestBody": {"content": {"application/json": {"schema": RECORD}}}, "responses": {}}}


def document(title, server, *paths, **more):
    servers = [{"url": server}] if server else []
    made = {path: {**listing(), **writing()} if "{" not in path else listing() for path in paths}
    return {"openapi": "3.0.3", "info": {"title": title, "version": "1"}, "servers": servers, "paths": made, **more}


def key(name, header="X-Key"):
    return {"components": {"securitySchemes": {name: {"type": "apiKey", "in": "header", "name": header}}}}


def united(*documents):
    given = [(read_openapi(each), each, f"d{number}.json") for number, each in enumerate(documents)]
    connector, described = unite(given, name="shop")
    text = connector_text(connector, described)
    return connector_of(text, "shop"), text


ORDERS = document(
    "Shop Orders",
    "https://api.shop.test/stores/{store}/v2",
    "/orders",
    "/orders/{id}",
    "/orders/{id}/lines",
    **key("a"),
)
CUSTOMERS = document("Shop Customers", "https://api.shop.test/stores/{store}/v3", "/customers", **key("b"))


def test_the_address_is_what_the_documents_share_and_each_path_begins_with_the_rest():
    connector, text = united(ORDERS, CUSTOMERS)
    assert connector.environment().base_url == "https://api.shop.test/stores/{store}"
    specs = connector.collections
    assert [specs[name].list for name in ("orders", "customers")] == ["/v2/orders", "/v3/customers"]
    assert specs["orders"].detail == "/v2/orders/{id}"
    assert specs["orders"].create == "POST /v2/orders"
    assert (specs["orders_lines"].parent, specs["orders_lines"].list) == ("orders", "/v2/orders/{id}/lines")
    assert connector.environment().openapi == ("d0.json", "d1.json")
    assert connector.title == "Shop"
    assert connector.auth.headers == {"X-Key": "{token}"}  # one way by two names
    assert text.startswith("# Shop: written from the API descriptions d0.json, version 1; d1.json, version 1.\n")


def test_two_ways_to_log_in_stay_unknown():
    connector, text = united(ORDERS, document("Shop", "https://api.shop.test/v3", "/a", **key("b", "X-Other")))
    assert connector.auth.kind == "none"
    assert "# unknown: auth. The document names several ways" in text


def test_a_collection_that_two_documents_list_is_the_first_ones_and_another_of_its_name_is_numbered():
    again = document("Shop", "https://api.shop.test/stores/{store}/v2", "/orders", "/refunds")
    other = document("Shop", "https://api.shop.test/stores/{store}/b2b", "/orders", "/orders/{id}/lines")
    connector, _ = united(ORDERS, again, other)
    assert {name: spec.list for name, spec in connector.collections.items()} == {
        "orders": "/v2/orders",
        "orders_lines": "/v2/orders/{id}/lines",
        "refunds": "/v2/refunds",
        "orders_2": "/b2b/orders",
        "orders_lines_2": "/b2b/orders/{id}/lines",
    }
    assert connector.collections["orders_lines_2"].parent == "orders_2"


def test_a_document_without_an_address_stands_under_that_of_the_others():
    connector, _ = united(document("Shop", "", "/stock"), CUSTOMERS)
    assert connector.environment().base_url == "https://api.shop.test/stores/{store}/v3"
    assert connector.collections["stock"].list == "/stock"
    assert united(document("A", "", "/a"), document("B", "/v2", "/b"))[0].environment().base_url == "{base_url}"


def test_documents_of_two_hosts_are_refused():
    with pytest.raises(ConfigurationError, match=r"name different hosts, https://api.shop.test and https://pay.test"):
        united(CUSTOMERS, document("Pay", "https://pay.test/v1", "/payments"))


def test_each_document_declares_its_own_collections(tmp_path):
    paths = [tmp_path / "orders.json", tmp_path / "customers.json"]
    for path, each in zip(paths, (ORDERS, CUSTOMERS), strict=True):
        path.write_text(json.dumps(each), encoding="utf-8")
    made = create(tmp_path / "mine", from_openapi=paths)
    names = {path.name for path in made}
    assert {"orders.json", "customers.json", "orders.toml"} <= names
    answers = {"/stores/s1/v2/orders": [{"id": 1}], "/stores/s1/v3/customers": [{"id": 2}]}
    file = tmp_path / "mine" / "data" / "orders.toml"
    with connect(file, transport=Fake(answers), credentials={"store": "s1", "token": "t"}) as shop:
        assert [shop.pull(name).records[0]["id"] for name in ("orders", "customers")] == [1, 2]
        shaper = Shaper(shop.name, shop.connector, shop.descriptions, shop.file)
        for name in ("orders", "customers"):
            assert [field.path for field in shaper.declared(name, Shape.CREATE).fields] == ["id", "name"]


def test_two_documents_of_one_file_name_are_refused(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "api.json").write_text(json.dumps(CUSTOMERS), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Two files have the same name"):
        create(tmp_path / "mine", from_openapi=[tmp_path / "a" / "api.json", tmp_path / "b" / "api.json"])


def test_what_rows_begin_with():
    assert shared_beginning([["a", "b"], ["a", "c"], ["a"]]) == ["a"]
    assert shared_beginning([["x"], ["y"]]) == []

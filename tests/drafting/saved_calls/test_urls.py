"""Addresses: servers, paths with placeholders, names of parameters; values stay out."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.drafting.detect import read_requests
from ipaas_discovery.drafting.saved_calls.urls import fill, split_url
from ipaas_discovery.errors import SourceError

BASE = {"base": "https://api.example.test/v2", "host": "api.example.test"}


@pytest.mark.parametrize(
    ("raw", "server", "path"),
    [
        ("{{base}}/orders", "https://api.example.test/v2", "/orders"),
        ("https://{{host}}/orders/", "https://api.example.test", "/orders/"),
        ("https://h.test/v1/a.b@mail.example.test/orders", "https://h.test", "/v1/{id}/orders"),
        ("https://h.test/callers/+49%2030%20555014", "https://h.test", "/callers/{id}"),
        ("https://h.test/callers/030/555014", "https://h.test", "/callers/{id}/{id}"),
        ("https://h.test/k/Qw7Lx0pR2tY9u/orders", "https://h.test", "/k/{id}/orders"),
        ("https://h.test/o/order_01QXCZWMNS7S", "https://h.test", "/o/{id}"),
        (
            "https://h.test/v1/customer-groups-2024/oauth2authorized",
            "https://h.test",
            "/v1/customer-groups-2024/oauth2authorized",
        ),
        ("https://h.test/Orders(3f2504e0-4f89-11d3-9a0c-0305e82c3301)", "https://h.test", "/Orders({id})"),
        ("https://h.test/v2024-01-15/orders", "https://h.test", "/v2024-01-15/orders"),
        ("{{host}}/orders", "https://api.example.test", "/orders"),
        ("{{unknown}}/orders", "{unknown}", "/orders"),
        ("https://{{shop-name}}.example.test/a", "https://{shop_name}.example.test", "/a"),
        ("https://user:pass@api.example.test/a", "https://api.example.test", "/a"),
        ("api.example.test:8443/a", "https://api.example.test:8443", "/a"),
        ("/orders", "", "/orders"),
        ("orders", "", "/orders"),
        ("https://api.example.test", "https://api.example.test", "/"),
        ("{{base}}/orders/:order_id", "https://api.example.test/v2", "/orders/{order_id}"),
        ("{{base}}/orders/{{orderId}}", "https://api.example.test/v2", "/orders/{orderId}"),
        ("{{base}}/orders/1042/lines/7.json", "https://api.example.test/v2", "/orders/{id}/lines/{id}.json"),
        ("{{base}}/c/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "https://api.example.test/v2", "/c/{id}"),
        ("https://h.test/Items('A-1')/lines", "https://h.test", "/Items('{id}')/lines"),
        ("https://h.test/Items(42)", "https://h.test", "/Items({id})"),
        ("https://h.test/rest/api/2/issue", "https://h.test", "/rest/api/2/issue"),
        ("https://h.test/admin/2024-01/orders", "https://h.test", "/admin/2024-01/orders"),
    ],
)
def test_a_url_is_taken_apart(raw, server, path):
    address = split_url(raw, BASE)
    assert (address.server, address.path) == (server, path)


def test_only_the_names_of_parameters_are_kept():
    address = split_url("{{base}}/orders?api_key=s3cret&page=1&filter%5Bid%5D=2&page=3#top", BASE)
    assert address.query == ("api_key", "page", "filter[id]")
    assert "s3cret" not in repr(address)


def test_variables_that_hold_themselves_end():
    assert fill("{{a}}", {"a": "{{b}}", "b": "{{a}}"}) in {"{{a}}", "{{b}}"}


@given(st.text(max_size=60))
def test_any_text_is_an_address_of_some_kind(text):
    address = split_url(text, BASE)
    assert address.path.startswith("/")
    assert not any(mark in address.path for mark in "?#\n")


@pytest.mark.parametrize("form", ["postman", "har"])
def test_a_call_whose_host_is_none_is_read_or_passed_over(tmp_path, form):
    url = "http://[shop//orders?page=2"
    answer = {"status": 200, "content": {"mimeType": "application/json", "text": '[{"id": 1}]'}, "headers": []}
    entry = {"request": {"method": "GET", "url": url, "headers": [], "queryString": []}, "response": answer}
    item = {"name": "orders", "request": url, "response": [{"code": 200, "body": '[{"id": 1}]'}]}
    whole = {"postman": {"info": {}, "item": [item]}, "har": {"log": {"entries": [entry]}}}[form]
    path = tmp_path / f"calls.{'har' if form == 'har' else 'json'}"
    path.write_text(json.dumps(whole), encoding="utf-8")
    with suppress(SourceError):
        read_requests(path)

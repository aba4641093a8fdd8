"""HAR files: calls answered with JSON or XML; no cookie, no secret."""

from __future__ import annotations

import base64
import json

import pytest
from saved_calls import ORDERS

from ipaas_discovery.drafting.recorded_connector import connector_from_requests
from ipaas_discovery.drafting.saved_calls.collected import AuthMet
from ipaas_discovery.drafting.saved_calls.har import read_har
from ipaas_discovery.errors import SourceError


def entry(url="https://api.example.test/v2/orders?page=1", body=ORDERS, **more):
    text = body if isinstance(body, str) else json.dumps(body)
    request = {"method": more.get("method", "GET"), "url": url, "headers": more.get("headers", []), "cookies": []}
    request |= {"postData": more["posted"]} if "posted" in more else {}
    content = {"mimeType": more.get("kind", "application/json; charset=utf-8"), "text": text}
    content |= {"encoding": more["encoding"]} if "encoding" in more else {}
    response = {"status": more.get("status", 200), "headers": more.get("answered", []), "content": content}
    return {"startedDateTime": "2026-02-03T10:00:00.000Z", "request": request, "response": response}


def har(*entries):
    return {"log": {"version": "1.2", "entries": list(entries)}}


def test_a_call_answered_with_json_is_kept_with_its_records_and_day(saved):
    found = read_har(saved(har(entry()), "shop.har"))
    (example,) = found.examples["/v2/orders"]
    assert (found.requests[0].label, found.requests[0].query) == ("GET /v2/orders", ("page",))
    assert (example.place, len(example.records), example.taken) == ("data", 2, "2026-02-03")
    assert (found.base_urls, found.title) == (("https://api.example.test",), "shop")


def test_pages_failures_and_other_kinds_are_left_out_and_counted(saved):
    page = entry(url="https://shop.example.test/", kind="text/html", body="<html>")
    failed = entry(status=500)
    empty = entry(body="")
    found = read_har(saved(har(page, failed, empty, entry(), "nonsense", {})))
    assert len(found.requests) == 1
    assert found.warnings == ("5 of 6 calls were left out: not answered with JSON or XML, or not well.",)


def test_the_same_call_twice_is_one_with_two_answers(saved):
    found = read_har(saved(har(entry(), entry(url="https://api.example.test/v2/orders?page=2&q=x"))))
    assert (len(found.requests), found.requests[0].query) == (1, ("page", "q"))
    assert len(found.examples["/v2/orders"]) == 2


def test_a_form_that_was_recorded_as_one_text_is_its_fields(saved):
    posted = {"mimeType": "application/x-www-form-urlencoded", "text": "grant_type=password&password=s3cret&user=a+b"}
    (request,) = read_har(saved(har(entry(method="POST", posted=posted)))).requests
    assert request.form
    assert request.body == {"grant_type": "password", "password": "(removed)", "user": "a b"}


def test_cookies_and_tokens_are_named_and_left_out(saved):
    headers = [{"name": "Cookie", "value": "session=s3cret"}, {"name": "authorization", "value": "Bearer s3cret"}]
    posted = {"text": '{"user": "ada", "password": "s3cret"}'}
    found = read_har(saved(har(entry(method="POST", headers=headers, posted=posted, body={"access_token": "s3cret"}))))
    assert found.auth == (AuthMet("bearer"), AuthMet("cookie"))
    assert found.requests[0].body == {"user": "ada", "password": "(removed)"}
    assert "s3cret" not in repr(found)


def test_answers_in_base_64_and_kinds_of_json_are_read(saved):
    packed = base64.b64encode(json.dumps([{"id": 1}]).encode()).decode()
    found = read_har(saved(har(entry(body=packed, encoding="base64", kind="application/vnd.api+json"))))
    assert found.examples["/v2/orders"][0].records == ({"id": 1},)


def test_a_next_page_in_the_header_is_noticed(saved):
    link = [{"name": "Link", "value": '<https://api.example.test/x?page=2>; rel="next"'}]
    assert read_har(saved(har(entry(answered=link)))).examples["/v2/orders"][0].link


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"log": {}}, "no HAR file: it has no list 'log.entries'"),
        ({"log": []}, "no HAR file"),
        (har(), "No call in the HAR file was answered with JSON or XML"),
        (har(None, {"request": 1, "response": []}), "No call in the HAR file"),
        ("{}}", r"not JSON, Extra data \(.*, line 1, column 3\)"),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(saved, content, message):
    with pytest.raises(SourceError, match=message):
        read_har(saved(content))


def test_an_answer_that_is_no_text_is_left_out_with_a_warning(saved):
    found = read_har(saved(har(entry(body="!", encoding="base64"))))
    assert found.examples == {}
    assert found.warnings == ("An example whose answer is not JSON was left out: GET /v2/orders.",)


def test_answers_in_xml_are_read_and_soap_and_pages_are_not(tmp_path):
    def answered(path, kind, text):
        request = {"method": "GET", "url": f"https://api.example.test/api/{path}"}
        return {"request": request, "response": {"status": 200, "content": {"mimeType": kind, "text": text}}}

    products = (
        "<shop><products><product><id>1</id><ref>a</ref></product><product><id>2</id></product></products></shop>"
    )
    entries = [
        answered("products", "text/xml; charset=utf-8", products),
        answered("carriers", "application/vnd.shop+xml", "<carriers><carrier><id>4</id></carrier></carriers>"),
        answered("rpc", "text/xml", '<s:Envelope xmlns:s="x"><s:Body><a>1</a></s:Body></s:Envelope>'),
        answered("home", "application/xhtml+xml", "<html><body>Hello</body></html>"),
    ]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    found = read_har(tmp_path / "calls.har")
    assert found.warnings == ("2 of 4 calls were left out: not answered with JSON or XML, or not well.",)
    connector = connector_from_requests(found, "shop")
    assert {name: connector.records_of(name) for name in connector.collections} == {
        "products": "shop.products.product",
        "carriers": "carriers.carrier",
    }

"""Every fault of a system that the kit must survive, each made by a real server on loopback or its answer alone."""

from __future__ import annotations

import gzip
import re
import socket
import zlib

import httpx
import pytest
from fakes import Fake, cursored, numbered, system
from fault_server import OK, body, client, fault, served

from ipaas_discovery.errors import (
    FetchError,
    RateLimitedError,
    RefusedError,
    ResponseError,
    UnreachableError,
)
from ipaas_discovery.samples.plan import Plan


def test_a_log_in_page_instead_of_json():
    page = b"<html><title>Sign in</title><form>your s3cret-token</form></html>"
    text = fault(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page, ResponseError
    )
    assert "answered HTML: <html><title>Sign in</title><form>your •••</form></html>" in text
    assert "a web page, not the API; it asks for a log-in, so check the credentials (FAKE_TOKEN) too" in text


def test_a_body_that_breaks_off_in_transit_is_asked_for_again():
    broken = OK + b'Content-Length: 100\r\n\r\n[{"id": 1}'
    with served(broken, body(b'[{"id": 1}]')) as (host, seen), client(host) as there:
        assert there.get("/orders").body == [{"id": 1}]
    assert len(seen) == 2


def test_a_body_that_always_breaks_off_says_so():
    text = fault(OK + b'Content-Length: 100\r\n\r\n[{"id": 1}', UnreachableError)
    assert "The answer broke off" in text
    assert "received 10 bytes, expected 100" in text
    assert "still after 1 retries: ask for smaller pages, or check the proxy" in text


def test_json_that_was_cut_short_is_told_from_other_text():
    text = fault(body(b'[{"id": 1}, {"id"'), ResponseError)
    assert 'JSON that breaks off after 17 bytes, not JSON (application/json): [{"id": 1}, {"id"' in text
    assert "ask for smaller pages" in text


def test_a_gzip_bomb_is_given_up_early():
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) < 60_000
    text = fault(body(bomb, b"Content-Encoding: gzip"), ResponseError)
    assert "larger than 1,000,000 bytes, packed as gzip, and was given up" in text
    assert "set `paging` and a page size" in text


def test_a_body_without_an_end_is_given_up_early():
    assert "was given up" in fault(OK + b"\r\n" + b"[" * 1_200_000, ResponseError)


def test_bombs_inside_bombs_are_not_opened():
    twice = gzip.compress(gzip.compress(b" " * 50_000_000))
    text = fault(body(twice, b"Content-Encoding: gzip, gzip"), ResponseError)
    assert "packed as 'gzip, gzip', which was not asked for" in text


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_packed_body_is_read(pack):
    name = b"gzip" if pack is gzip.compress else b"deflate"
    with served(body(pack(b'[{"id": 1}]'), b"Content-Encoding: " + name)) as (host, seen), client(host) as there:
        assert there.get("/orders").body == [{"id": 1}]
    assert b"accept-encoding: gzip, deflate\r\n" in seen[0].lower()


def test_a_body_that_is_not_packed_as_it_says():
    text = fault(body(b'[{"id": 1}]', b"Content-Encoding: gzip"), ResponseError)
    assert "The answer cannot be unpacked" in text


def test_a_wrong_charset_is_named_with_its_first_byte():
    text = fault(body('[{"city": "Köln"}]'.encode("latin-1")), ResponseError)
    assert "text that is not utf-8 (byte 12: 0xf6; application/json)" in text
    assert "Content-Type names a wrong charset or none" in text


@pytest.mark.parametrize(
    ("charset", "said"),
    [("latin-1", "; charset=ISO-8859-1"), ("utf-8-sig", ""), ("utf-16", ""), ("utf-8", '; charset="UTF-8"')],
)
def test_a_charset_that_is_said_or_shown_is_read(charset, said):
    content = '[{"city": "Köln"}]'.encode(charset)
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: application/json{said}\r\nContent-Length: {len(content)}\r\n\r\n"
    with served(answer.encode() + content) as (host, _), client(host) as there:
        assert there.get("/orders").body == [{"city": "Köln"}]


def test_json_that_nests_without_an_end():
    assert "not JSON (application/json): [[[[" in fault(body(b"[" * 200_000), ResponseError)


def test_numbers_of_any_length_are_whole():
    with served(body(b'[{"id": 123456789012345678901234567890}]')) as (host, _), client(host) as there:
        assert there.get("/orders").body == [{"id": 123456789012345678901234567890}]


def test_a_charset_nobody_knows():
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=klingon\r\nContent-Length: 2\r\n\r\n[]"
    assert "a charset that nobody knows (application/json; charset=klingon): []" in fault(answer, ResponseError)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"errors": [{"message": "Field 'x' of s3cret-token"}, {"code": "BAD"}]}, "Field 'x' of •••; BAD"),
        ({"error": "invalid_scope"}, "invalid_scope"),
        ({"error": True, "message": "No such view"}, "No such view"),
        ({"error": {"reason": 3}, "data": None}, '{"reason": 3}'),
    ],
)
def test_an_error_inside_a_200(content, said):
    auth = {"kind": "bearer"}
    with system({"/names": content}, {"names": {"list": "/names"}}, records="data", auth=auth) as fake:
        with pytest.raises(ResponseError) as caught:
            fake.pull("names")
    assert f"answered 200 with an error inside: {said}" in str(caught.value)
    assert "GET http://fake.test/names" in str(caught.value)


def test_an_empty_list_of_errors_beside_records_is_no_error():
    content = {"errors": [], "data": [{"id": 1}]}
    with system({"/names": content}, {"names": {"list": "/names"}}, records="data") as fake:
        assert len(fake.pull("names")) == 1


def test_a_records_path_that_finds_nothing_shows_three_candidates_with_their_counts():
    content = {"a": [{}] * 2, "b": {"c": [{}] * 5, "d": [{}]}, "e": [{}] * 4}
    with system({"/names": content}, {"names": {"list": "/names"}}, records="data") as fake:
        with pytest.raises(ResponseError, match=r"the answer has `b\.c` \(5\), `e` \(4\), `a` \(2\)\."):
            fake.pull("names")


@pytest.mark.parametrize(
    ("content", "records", "said"),
    [
        ({"data": [{"items": [{}]}] * 2}, "data.items", "`data.items`, for `data` is a list already .* `data` (2)"),
        ([{"id": 1}] * 3, "data", '`data`, for the body itself is a list already .* the body itself, written `""` (3)'),
        (42, "data", "`data`, which holds nothing .* no list of objects anywhere"),
        (42, "", "the body itself, which holds 42 .* no list of objects anywhere"),
    ],
)
def test_a_records_path_that_leads_nowhere_says_what_is_there(content, records, said):
    with system({"/names": content}, {"names": {"list": "/names"}}, records=records) as fake:
        with pytest.raises(ResponseError, match=re.escape(said).replace(r"\.\*", ".*").replace(r"\ ", " ")):
            fake.pull("names")


@pytest.mark.parametrize(
    "content",
    [
        {"errors": [{"message": "No such view"}], "data": []}, {"success": False, "message": "No such view"},
        {"status": "error", "message": "No such view"}, {"Errors": [{"Message": "No such view"}]},
        {"fault": {"faultstring": "No such view"}}, {"ErrorCode": "E7", "Message": "No such view", "data": []},
        {"ok": False, "error": "No such view"},
    ],
)  # fmt: skip
def test_an_empty_list_beside_an_error_is_no_empty_collection(content):
    with system({"/names": content}, {"names": {"list": "/names"}}, records="data") as fake:
        with pytest.raises(ResponseError, match="answered 200 with an error inside: No such view"):
            fake.pull("names")


@pytest.mark.parametrize(
    "flag", [{"success": True}, {"status": "ok"}, {"ErrorCode": "SUCCESS"}, {"error_code": 0}, {"error": ""}]
)
def test_flags_that_say_all_is_well_are_none(flag):
    with system({"/names": {**flag, "data": []}}, {"names": {"list": "/names"}}, records="data") as fake:
        assert len(fake.pull("names")) == 0


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_takes_no_secret_along(status):
    with served(body(b"[]")) as (elsewhere, stolen):
        moved = f"HTTP/1.1 {status} Moved\r\nLocation: http://{elsewhere}/api/orders\r\nContent-Length: 0\r\n\r\n"
        text = fault(moved.encode(), ResponseError)
    assert stolen == []
    assert "(to 127.0.0.1)" in text
    assert "was not followed, so that no secret goes there; use the address it points to" in text


@pytest.mark.parametrize("link", ["http://elsewhere.test/p2", "http://127.0.0.1:1/p2", "https://x@elsewhere.test/p2"])
def test_a_link_to_another_host_is_not_followed(link):
    with served(body(b"[]")) as (host, seen), client(host) as there, pytest.raises(ResponseError, match="another host"):
        there.get(link)
    assert seen == []


def test_a_link_that_forgets_its_encryption_keeps_it():
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(200, json=[])

    with client("shop.test", "https", transport=httpx.MockTransport(answer)) as there:
        there.get("http://shop.test/api/orders?page=2")
    assert asked == ["https://shop.test/api/orders?page=2"]


def test_a_link_cannot_take_encryption_away_nor_add_it():
    with client("shop.test", transport=httpx.MockTransport(lambda _: httpx.Response(200, json=[]))) as there:
        with pytest.raises(ResponseError, match="asks for encryption.*: write https:// in the base URL"):
            there.get("https://shop.test/api/orders")
    with client("shop.test", "https", transport=httpx.MockTransport(lambda _: httpx.Response(200, json=[]))) as there:
        with pytest.raises(ResponseError, match="another host"):
            there.get("http://shop.test:8080/api/orders")


def test_a_server_that_never_answers_is_given_up():
    text = fault(None, UnreachableError, timeout=0.05, retries=0)
    assert "took too long" in text
    assert "within 0.05 s: try again, or raise `limits.timeout`" in text


def test_a_port_where_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        host = f"127.0.0.1:{taken.getsockname()[1]}"
    with (
        client(host) as there,
        pytest.raises(UnreachableError, match="check the base URL, the network, the VPN and the proxy"),
    ):
        there.get("/orders")


def test_one_that_pages_forever_ends_at_the_cap_or_at_the_first_repetition():
    records = [{"id": number} for number in range(30)]
    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    answers = {"/names": cursored(records, endless=True)}
    with system(answers, {"names": {"list": "/names"}}, records="data", paging=paging) as fake:
        assert len(fake.pull("names", Plan(pages=50, size=10))) == 30
        assert len(fake.pull("names", Plan(pages=2, size=10, until_quiet=0))) == 20


def test_one_that_invents_pages_forever_ends_at_the_cap():
    def more(request):
        number = int(request.url.params.get("after", 0))
        return httpx.Response(200, json={"data": [{"id": number}], "next": number + 1})

    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    with system({"/names": more}, {"names": {"list": "/names"}}, records="data", paging=paging) as fake:
        assert len(fake.pull("names", Plan(pages=25, size=1))) <= 25


def test_one_that_changes_between_pages_gives_no_record_twice_as_a_page():
    """A record is added in front while pages are read: the last of each page comes again on the next."""
    records = [{"id": number} for number in range(40)]

    def moving(request):
        records.insert(0, {"id": -len(records)})
        return numbered(records, total=False)(request)

    paging = {"kind": "page", "size": "limit"}
    with system({"/names": moving}, {"names": {"list": "/names"}}, records="data", paging=paging) as fake:
        sample = fake.pull("names", Plan(pages=20, size=10))
    assert len(sample) > 30


def searched(*answers, **limits):
    left = list(answers)
    transport = httpx.MockTransport(lambda _: left.pop(0) if len(left) > 1 else left[0])
    with client("fake.test", searches=["/graphql"], transport=transport, **limits) as there:
        return there.search("/graphql", {"query": "{ orders { id } }"}), there._limiter.clock.sleeps


THROTTLED = httpx.Response(200, json={"errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]})


def test_graphql_errors_are_errors_where_no_data_is_beside_them():
    errors = {"errors": [{"message": "Access denied for email, s3cret-token"}]}
    beside = {**errors, "data": {"orders": [{"id": None}], "shop": None}}
    assert searched(httpx.Response(200, json=beside))[0].trouble == "Access denied for email, •••"
    answer = {**errors, "data": {"orders": None}}
    with pytest.raises(ResponseError) as caught:
        searched(httpx.Response(200, json=answer))
    assert "200 with an error inside: Access denied for email, ••• (POST http://fake.test/api/graphql): correct" in str(
        caught.value
    )


def test_a_throttled_graphql_answer_is_asked_for_again():
    answer, sleeps = searched(THROTTLED, THROTTLED, httpx.Response(200, json={"data": {}}), retries=3)
    assert answer.body == {"data": {}}
    assert len(sleeps) == 2


def test_one_that_stays_throttled_says_so():
    with pytest.raises(RateLimitedError, match="still after 1 retries"):
        searched(THROTTLED)


def test_a_search_is_tried_again():
    answer, _ = searched(httpx.Response(503), httpx.Response(200, json={"data": {}}))
    assert answer.status == 200


def test_a_log_in_is_not_tried_again():
    asked = []

    def busy(request):
        asked.append(request.url.path)
        return httpx.Response(503)

    auth = {"kind": "log-in", "path": "/login", "body": {"password": "{password}"}}
    fake = Fake({"/login": busy, "/names": []})
    with system(fake, {"names": {"list": "/names"}}, auth=auth) as there, pytest.raises(FetchError):
        there.pull("names")
    assert asked == ["/login"]


def test_a_refused_search_names_the_credentials():
    with pytest.raises(RefusedError, match="FAKE_TOKEN"):
        searched(httpx.Response(403, text="no"))

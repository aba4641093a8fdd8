"""What is wrong with a body or with what its headers say of it, and what a person reads then."""

from __future__ import annotations

import base64
import gzip
import logging
import re
import zlib

import httpx
import pytest
from fakes import system
from fault_server import OK, body, client, fault, served

from ipaas_discovery.errors import BudgetError, ResponseError, UnreachableError
from ipaas_discovery.systems.connectors.auth import BasicAuth, NoAuth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.http.limiter import Limiter


def answer(status, content=b"", *headers):
    head = "".join(f"{each}\r\n" for each in headers)
    return f"HTTP/1.1 {status}\r\n{head}Connection: close\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


def got(*answers):
    """What the client brings of these answers, and how it waited."""
    with served(*answers) as (host, seen), client(host) as there:
        return there.get("/orders").body, there._limiter.clock.sleeps, len(seen)


# broken off, in every way


@pytest.mark.parametrize("sent", [b"", b"SSH-2.0-x\r\n", b"<html>hi</html>", b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n",
                                  b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n[]",
                                  b"HTTP/1.1 200 OK\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n",
                                  OK + b'Transfer-Encoding: chunked\r\n\r\n5\r\n[{"i',
                                  OK + b'Transfer-Encoding: chunked\r\n\r\n5\r\n[{"id\r\n',
                                  OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n[{"])  # fmt: skip
def test_an_answer_that_is_no_http_or_a_piece_of_it(sent):
    assert "The answer broke off" in fault(sent, UnreachableError)


def test_a_connection_that_closes_without_an_answer_is_tried_again():
    found, sleeps, asked = got(b"", body(b"[]"))
    assert (found, len(sleeps), asked) == ([], 1, 2)


@pytest.mark.parametrize(
    "piece", [b"HTTP/1.1 200", OK, OK + b"Content-Length: 100\r\n\r\n", OK + b"Content-Length: 9\r\n\r\n[{"]
)
def test_an_answer_that_stops_in_the_middle_and_never_ends(piece):
    assert "took too long" in fault([piece], UnreachableError, timeout=0.05, retries=0)


def test_an_encrypted_connection_that_never_comes_about():
    with served(None) as (host, _), client(host, "https", timeout=0.05, retries=0) as there:
        with pytest.raises(UnreachableError, match="took too long"):
            there.get("/orders")


def test_a_server_that_never_answers_ends_with_the_time_budget_not_with_the_time_out():
    limits = Limits(timeout=300, seconds=0.1, retries=3)
    with served(None) as (host, _):
        there = Client(f"http://{host}", NoAuth(), Credentials("fake"), limits, limiter=Limiter(limits))
        with there, there.budget(), pytest.raises(BudgetError, match=r"time budget of 0\.1 s"):
            there.get("/orders")


class Trickle(httpx.SyncByteStream):
    """A body that comes in small pieces, each of which takes its time on a clock of the test's own."""

    def __init__(self, clock, pieces, seconds):
        self.clock, self.pieces, self.seconds = clock, pieces, seconds

    def __iter__(self):
        for _ in range(self.pieces):
            self.clock.time += self.seconds
            yield b" " * 1000


def trickled(pieces, **limits):
    asked = []

    def slowly(request):
        asked.append(request)
        return httpx.Response(200, stream=Trickle(there._limiter.clock, pieces, 1.0))

    with client("slow.test", transport=httpx.MockTransport(slowly), retries=0, **limits) as there:
        with there.budget():
            there.get("/orders")
    return asked


def test_a_body_that_trickles_is_given_up_though_each_piece_comes_in_time():
    with pytest.raises(UnreachableError, match=r"took too long .*raise `limits\.timeout`"):
        trickled(200_000, largest=10**9)


def test_a_body_that_trickles_ends_with_the_time_budget():
    with pytest.raises(BudgetError, match="time budget of 20 s"):
        trickled(200_000, seconds=20)


def test_a_body_that_is_slow_and_ends_is_read():
    assert len(trickled(50)) == 1


# packed


def test_a_body_in_raw_deflate_is_read():
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"[1]") + packer.flush()
    assert got(body(packed, b"Content-Encoding: deflate"))[0] == [1]


@pytest.mark.parametrize("name", [b"br", b"zstd", b"x-gzip", b"compress", b"gzip, br"])
def test_a_packing_nobody_asked_for(name):
    text = fault(body(b"\x0b\x05\x80xx", b"Content-Encoding: " + name), ResponseError)
    assert f"packed as '{name.decode()}', which was not asked for" in text


def test_a_file_that_is_packed_and_does_not_say_so():
    text = fault(body(gzip.compress(b"[]")), ResponseError)
    assert "answered a gzip file (application/json)" in text
    assert "no Content-Encoding says that this is packed" in text


def test_a_packed_body_that_was_cut_is_told():
    cut = gzip.compress(b'[{"id": 1}, ' + b'{"id": 2}, ' * 5000)[:-30]
    assert "JSON that breaks off after" in fault(body(cut, b"Content-Encoding: gzip"), ResponseError)


# no JSON


@pytest.mark.parametrize(
    ("content", "place", "near"),
    [
        (b'[{"id": 1}] x]', 13, "}] x"),
        (b"[{'id': 1}]", 2, "[{'id': 1}]"),
        (b"[" + b'{"id": 1, "city": "x"},' * 90_000 + b'{"id": here}]', 2_070_008, '{"id": here}'),
    ],
)
def test_json_that_is_wrong_somewhere_is_shown_there(content, place, near):
    with served(body(content)) as (host, _), client(host, largest=10**7) as there:
        with pytest.raises(ResponseError) as caught:
            there.get("/orders")
    text = str(caught.value)
    assert f"malformed at byte {place:,}, not JSON" in text
    assert near in text
    assert len(text) < 500


def test_a_secret_near_the_place_where_json_is_wrong_is_not_shown():
    text = fault(body(b'[{"token": "s3cret-token", "x": nul}]'), ResponseError)
    assert "•••" in text


def test_xml_is_not_taken_for_a_web_page():
    text = fault(answer("200 OK", b"<orders><order></orders>", "Content-Type: application/xml"), ResponseError)
    assert "answered XML that breaks off, is not well-formed or declares entities (application/xml): <orders>" in text
    assert "the kit reads well-formed XML, and JSON: look for a parameter or a header" in text


def test_xml_is_read_and_noted():
    assert got(answer("200 OK", b"<orders/>", "Content-Type: application/xml"))[0] == {"orders": None}


def test_halves_of_characters_are_replaced_and_whole_ones_kept():
    found, *_ = got(body(rb'[{"cut": "a\ud83d", "whole": "\ud83d\ude00", "escaped": "\\ud83d", "low": "\ude00"}]'))
    assert found == [{"cut": "a\ufffd", "whole": "\U0001f600", "escaped": "\\ud83d", "low": "\ufffd"}]


def test_the_last_of_two_members_of_one_name_counts():
    assert got(body(b'[{"id": 1, "id": 2}]'))[0] == [{"id": 2}]


# charsets


@pytest.mark.parametrize("charset", ["base64", "zlib", "rot13", "a b c", "idna", "punycode", "undefined", "\u00e4"])
def test_a_charset_that_is_none_makes_no_other_error(charset):
    said = f"Content-Type: application/json; charset={charset}".encode("latin-1").decode("latin-1")
    sent = b"HTTP/1.1 200 OK\r\n" + said.encode("latin-1") + b"\r\nContent-Length: 12\r\n\r\n" + b'[{"id": 1}] '
    with served(sent) as (host, _), client(host) as there:
        try:
            assert there.get("/orders").body == [{"id": 1}]
        except ResponseError as error:
            assert '[{"id": 1}]' in str(error)  # noqa: PT017  either is right: read, or named with an excerpt


def test_text_in_eight_bits_that_says_it_has_sixteen():
    text = fault(answer("200 OK", b'[{"id": 1}]', "Content-Type: application/json; charset=utf-16"), ResponseError)
    assert "charset=utf-16" in text


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("says", [True, False])
def test_no_charset_hides_a_secret(charset, says):
    said = f"; charset={charset}" if says else ""
    content = '{"message": "wrong: s3cret-token"}'.encode(charset)
    text = fault(answer("400 Bad Request", content, f"Content-Type: application/json{said}"), ResponseError)
    assert "wrong: •••" in text
    assert "s\x003" not in text


# secrets that come back


@pytest.mark.parametrize(
    "echo",
    [
        b"key=s3cret-token%2Fx+y%22%26&", b"key=s3cret-token%2Fx%20y%22%26", b"s3cret-token/x%20y%22%26",
        rb'{"key": "s3cret-token\/x y\"&"}', rb'{"key": "s3cret-token/x y\"&"}', b"<b>s3cret-token/x y&quot;&amp;</b>",
    ],
)  # fmt: skip
def test_a_secret_that_is_repeated_in_another_spelling_is_not_shown(echo):
    secret = Credentials("fake", {"username": "u-name", "password": 's3cret-token/x y"&'})
    repeats = httpx.MockTransport(lambda _: httpx.Response(400, content=echo))
    there = Client("http://fake.test", BasicAuth(kind="basic"), secret, Limits(), transport=repeats)
    with there, pytest.raises(ResponseError) as caught:
        there.get("/orders", {"key": 's3cret-token/x y"&'})
    assert "s3cret" not in str(caught.value)


def test_a_basic_header_that_is_repeated_is_not_shown():
    def echo(request):
        return httpx.Response(400, text=f"You sent {request.headers['authorization']}")

    secret = Credentials("fake", {"username": "ada", "password": "s3cret-pass"})
    there = Client("http://fake.test", BasicAuth(kind="basic"), secret, Limits(), transport=httpx.MockTransport(echo))
    with there, pytest.raises(ResponseError) as caught:
        there.get("/orders")
    assert base64.b64encode(b"ada:s3cret-pass").decode() not in str(caught.value)
    assert "You sent Basic •••" in str(caught.value)


def test_a_secret_in_the_reason_or_the_address_of_a_redirect_is_not_shown():
    assert "400 ••• is wrong" in fault(answer("400 s3cret-token is wrong"), ResponseError)
    fault(answer("302 Found", b"", "Location: http://s3cret-token.example.test/x"), ResponseError)
    fault(answer("302 Found", b"", "Location: /login?token=s3cret-token"), ResponseError)


def test_marks_that_a_terminal_obeys_are_not_shown():
    text = fault(answer("400 Bad", "\x1b[2J\x1b]0;title\x07 now\r\n\u202eread \x00this".encode()), ResponseError)
    assert "[2J ]0;title now read this" in text
    assert text.isprintable()


def test_a_key_in_the_query_is_in_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    auth = {"kind": "query", "parameters": {"api_key": "{token}"}}
    answers = {"/names": httpx.Response(200, json=[{"id": 1}], headers={"Set-Cookie": "sid=c00kie"})}
    with system(answers, {"names": {"list": "/names"}}, auth=auth) as there:
        assert len(there.pull("names")) == 1
    assert "HTTP Request: GET http://fake.test/names?api_key=•••" in caplog.text.replace("%E2%80%A2", "•")
    assert "s3cret" not in caplog.text


def test_what_an_answers_head_says_is_in_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    assert got(body(b"[]", b"Set-Cookie: sid=c00kie-value", b"X-Customer: ada@shop.example"))[0] == []
    assert "send_request_headers" in caplog.text
    assert "c00kie" not in caplog.text
    assert "ada@" not in caplog.text


# redirects


@pytest.mark.parametrize(
    ("location", "said"),
    [
        (
            "/api/orders/",
            "(to http://{host}/api/orders/) .*: it was not followed, for it forgets page, key; write that path",
        ),
        ("/sign-in?next=orders", r"\(to .*/sign-in.*: this asks for a log-in: check the credentials \(FAKE_TOKEN\)"),
        ("https://127.0.0.1/api/orders", r"\(to https://127\.0\.0\.1/api/orders\) .*: write https:// in the base URL"),
        ("/api/orders?page=7&key=s3cret-token", "it leads back to itself"),
        ("http://[::1", "an address that is none.* ask the system's operator"),
        ("//elsewhere.test/x", r"\(to elsewhere\.test\) .*so that no secret goes there"),
    ],
)
def test_a_redirect_is_named_with_what_to_do(location, said):
    text = fault(answer("308 Permanent Redirect", b"", f"Location: {location}"), ResponseError)
    with_host = said.replace("(to http://{host}", r"\(to http://127\.0\.0\.1:\d+").replace("orders/)", r"orders/\)")
    assert re.search(with_host, text), text


@pytest.mark.parametrize("status", ["304 Not Modified", "302 Found", "300 Multiple Choices"])
def test_a_status_of_redirects_without_an_address_is_none(status):
    assert "check the path in the connector" in fault(answer(status), ResponseError)


# headers that are garbled


@pytest.mark.parametrize("line", ["Link: <<<>>;;; rel", 'Link: <http://[x>; rel="next"', "Date: Mon, 99 Nov 20266",
                                  f"RateLimit-Remaining: {'9' * 400}", "RateLimit-Remaining: -3",
                                  "RateLimit-Remaining: \u0663"])  # fmt: skip
def test_a_garbled_header_is_passed_over(line):
    assert got(body(b"[]", line.encode()))[0] == []


@pytest.mark.parametrize("said", ["soon", "-5", "nan", "9" * 400, "", "Mon, 01 Jan 99999 00:00:00 GMT", "1e3",
                                  "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "0.5",
                                  "\u0663"])  # fmt: skip
def test_a_wait_of_any_kind_is_waited_for_within_reason(said):
    busy = f"HTTP/1.1 429 Busy\r\nRetry-After: {said}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
    found, sleeps, asked = got(busy, body(b"[]"))
    assert (found, asked) == ([], 2)
    assert all(0 <= each <= 90 for each in sleeps)


@pytest.mark.parametrize("status", ["429 Busy", "502 Bad", "503 Busy", "504 Late"])
def test_a_busy_answer_without_a_wait_is_tried_again(status):
    found, sleeps, asked = got(answer(status), body(b"[]"))
    assert (found, len(sleeps), asked) == ([], 1, 2)


@pytest.mark.parametrize("sent", [b"HTTP/1.1 204 No Content\r\n\r\n", body(b""), body(b" \n"), body(b"null"),
                                  b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{]"])  # fmt: skip
def test_an_answer_without_content_is_none(sent):
    assert got(sent)[0] is None

import httpx
import pytest
from clocks import FakeClock
from fakes import Fake, system

from ipaas_discovery.errors import (
    NotReadOnlyError,
    RateLimitedError,
    RefusedError,
    ResponseError,
    UnreachableError,
)
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import load_connector

LIST = {"names": {"list": "/names"}}
HEADERS = {"kind": "headers", "headers": {"X-Key": "{token}", "X-Both": "{password}"}}


@pytest.fixture
def waits(monkeypatch):
    """The seconds a client would have waited."""
    clock = FakeClock()
    monkeypatch.setattr("ipaas_discovery.systems.http.limiter.CLOCK", clock)
    return clock.sleeps


def failing(*answers):
    """Answers in turn, the last one again and again."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


def message(answers, error, **settings):
    with system(answers, LIST, **settings) as fake, pytest.raises(error) as caught:
        fake.pull("names")
    text = str(caught.value)
    assert "s3cret" not in text
    assert "http://fake.test/names" in text
    return text


def test_a_429_is_waited_out_as_long_as_the_system_asks(waits):
    limited = [httpx.Response(429, headers={"Retry-After": after}) for after in ("7", "2.5")]
    with system({"/names": failing(*limited, httpx.Response(200, json=[{"id": 1}]))}, LIST) as fake:
        assert len(fake.pull("names")) == 1
    assert waits == [7.0, 2.5]


def test_a_system_that_asks_for_a_wait_too_long_is_left_alone_and_that_is_said(waits):
    asked = []

    def spent(request):
        asked.append(request)
        return httpx.Response(429, text="The day's quota of s3cret-token is spent", headers={"Retry-After": "86400"})

    with system({"/names": spent}, LIST, limits={"longest_wait": 20}) as fake:
        with pytest.raises(RateLimitedError) as first:
            fake.pull("names")
        with pytest.raises(
            RateLimitedError, match=r"wants no more calls for 86,\d\d\d s \(GET http://fake.test/names\)"
        ):
            fake.pull("names")
    assert (waits, len(asked)) == ([], 1)
    assert "429 Too Many Requests: The day's quota of ••• is spent, and asks for a wait of 86,400 s" in str(first.value)
    assert "longer than `limits.longest_wait`, 20 s: come back then, or raise it in the connector" in str(first.value)


def test_a_429_to_the_end_says_what_to_change(waits):
    text = message({"/names": httpx.Response(429, text="slow down")}, RateLimitedError, limits={"retries": 2})
    assert "still after 2 retries: wait, or lower `limits.in_flight`" in text
    assert len(waits) == 2


def test_a_passing_fault_of_the_server_is_retried(waits):
    with system({"/names": failing(httpx.Response(503), httpx.Response(200, json=[{"id": 1}]))}, LIST) as fake:
        assert len(fake.pull("names")) == 1


def test_a_wrong_token_names_the_variables_and_shows_no_secret():
    text = message(
        {"/names": httpx.Response(401, text="bad token s3cret-token, cookie s3cret-pass")}, RefusedError, auth=HEADERS
    )
    assert "401 Unauthorized: bad token •••, cookie •••" in text
    assert "FAKE_PASSWORD, FAKE_TOKEN" in text


def test_html_is_named_as_what_it_is():
    page = httpx.Response(200, html="<!DOCTYPE html><title>Log in</title>")
    text = message({"/names": page}, ResponseError)
    assert "answered HTML instead of JSON" not in text
    assert "answered HTML: <!DOCTYPE html>" in text
    assert "this looks like a web page, not the API" in text


def test_a_truncated_body_is_no_json():
    text = message(
        {"/names": httpx.Response(200, content=b'[{"id": 1', headers={"content-type": "a/b"})}, ResponseError
    )
    assert "not JSON (a/b)" in text


def test_an_unreachable_host_says_what_to_check():
    def refuse(request):
        raise httpx.ConnectError("[Errno 111] Connection refused", request=request)

    text = message({"/names": refuse}, UnreachableError)
    assert "cannot be reached, Connection refused" in text
    assert "check the base URL, the network, the VPN and the proxy" in text


def test_a_server_that_never_answers_is_given_up(waits):
    def hang(request):
        raise httpx.ReadTimeout("timed out", request=request)

    assert "within 3 s" in message({"/names": hang}, UnreachableError, limits={"timeout": 3, "retries": 1})


def test_a_redirect_is_named_and_not_followed():
    moved = httpx.Response(301, headers={"Location": "https://elsewhere.test/names"})
    fake = Fake({"/names": moved})
    assert "(to elsewhere.test)" in message(fake, ResponseError)
    assert len(fake.requests) == 1


def test_an_error_shows_the_reason_phrase_and_a_short_excerpt():
    long = httpx.Response(422, json={"title": "x" * 999}, extensions={"reason_phrase": b"Hidden reason"})
    text = message({"/names": long}, ResponseError)
    assert "422 Hidden reason" in text
    assert len(text) < 450


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_but_reads_gets_out(method):
    fake = Fake({"/names": []})
    with system(fake, LIST) as there, pytest.raises(NotReadOnlyError):
        there.client._http.request(method, "http://fake.test/names")
    assert not fake.requests


def test_hooks_of_the_platform_are_refused_by_name():
    fake = Fake({"/hookapi/v2/iPaaS": []})
    with system(fake, {"names": {"list": "/hookapi/v2/iPaaS"}}) as there, pytest.raises(NotReadOnlyError):
        there.pull("names")
    assert not fake.requests


@pytest.mark.parametrize(
    ("auth", "sent"),
    [
        (HEADERS, {"x-key": "s3cret-token", "x-both": "s3cret-pass"}),
        ({"kind": "bearer"}, {"authorization": "Bearer s3cret-token"}),
        (
            {"kind": "basic", "username": "me", "headers": {"APIKey": "{token}"}},
            {"authorization": "Basic bWU6czNjcmV0LXBhc3M=", "apikey": "s3cret-token"},
        ),
        ({"kind": "none"}, {}),
    ],
)
def test_each_kind_of_auth_signs_every_request(auth, sent):
    fake = Fake({"/names": []})
    with system(fake, LIST, auth=auth, headers={"X-Version": "1"}) as there:
        there.pull("names")
    headers = fake.requests[0].headers
    assert {name: headers.get(name) for name in sent} == sent
    assert headers["x-version"] == "1"


def test_a_key_in_the_query_is_sent_and_never_shown():
    fake = Fake({"/names": httpx.Response(403, text="no")})
    with system(fake, LIST, auth={"kind": "query", "parameters": {"key": "{token}"}}) as there:
        with pytest.raises(RefusedError) as caught:
            there.pull("names")
    assert fake.requests[0].url.params["key"] == "s3cret-token"
    assert "s3cret" not in str(caught.value)


def test_a_refusal_where_nothing_is_sent_says_where_to_write_it():
    text = message({"/names": httpx.Response(401, text="who are you")}, RefusedError)
    assert "the connector sends no credentials: write under [auth] which ones the system wants" in text


@pytest.mark.parametrize(
    ("status", "then"),
    [
        (400, "parameters come from `paging`, `query`, `filters` and `sort` in the connector"),
        (404, "check the path in the connector and the base URL"),
        (405, "where the system lists by POST, write it as a `search`"),
        (406, "write the header that the system wants under [headers] in the connector, such as Accept"),
        (422, "parameters come from `paging`, `query`, `filters` and `sort` in the connector"),
        (409, "check the path in the connector, its parameters, and what is said"),
        (500, "ask for smaller pages or fewer parameters, or the system's operator"),
    ],
)
def test_each_kind_of_status_says_what_to_do_next(status, then):
    assert then in message({"/names": httpx.Response(status, text="no")}, ResponseError)


def test_a_refused_api_key_of_the_platform_names_its_own_variable_alone():
    refused = httpx.MockTransport(lambda _: httpx.Response(401, json={"message": "AUTH-1001"}))
    connector = load_connector("ipaas")
    with System(connector, environment="staging", credentials={"token": "a-key"}, transport=refused) as platform:
        with pytest.raises(RefusedError, match=r"check the credentials \(IPAAS_TOKEN\) and the rights"):
            platform.pull("CUSTOMER")


def test_a_work_inside_another_ends_no_budget_of_it():
    with system({"/names": httpx.Response(200, json=[{"id": 1}])}, LIST, limits={"retries": 0}) as fake:
        client = fake.client
        with client.budget() as outer:
            with client.budget() as inner:
                assert inner is outer
            with client.budget() as again:
                assert again is outer
        with client.budget() as later:
            assert later is not outer

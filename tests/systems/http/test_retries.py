"""Faults that pass: which are tried again, and which are not."""

from __future__ import annotations

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.errors import FetchError, ResponseError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.systems.http.addresses import links_of

RECORDS = [{"id": number} for number in range(30)]
PAGED = {"kind": "page", "size": "limit"}


def reading(fault, times=1, **limits):
    """A list of three pages whose second one is a fault as often as wanted, and what reads it."""
    struck = []

    def answer(request):
        page = int(request.url.params["page"])
        if page == 2 and len(struck) < times:
            struck.append(1)
            return fault
        return httpx.Response(200, json={"data": RECORDS[(page - 1) * 10 : page * 10]})

    fake = Fake({"/orders": answer})
    return fake, system(fake, {"orders": {"list": "/orders"}}, records="data", paging=PAGED, limits=limits)


FAULTS = {
    **{str(status): httpx.Response(status) for status in (408, 425, 430, 500, 502, 503, 504, 507, 520, 599)},
    "429": httpx.Response(429, headers={"Retry-After": "0"}),
    "403 that names a wait": httpx.Response(403, headers={"Retry-After": "0"}),
    "cut": httpx.Response(200, content=b'{"data": [{"id": 1}, {"id'),
    "cut where it looks whole": httpx.Response(200, content=b'{"data": [{"id": 1}'),
    "a list that is cut": httpx.Response(200, content=b'[{"id": 1}'),
    "a web page": httpx.Response(200, html="<html>One moment</html>"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("times", [1, 3])
def test_a_fault_that_passes_is_tried_again(fault, times):
    fake, there = reading(fault, times, in_flight=1)
    with there:
        sample = there.pull("orders", Plan(pages=9, size=10))
    assert list(sample.records) == RECORDS
    assert len([request for request in fake.requests if request.url.params["page"] == "2"]) == 1 + times


def test_a_body_that_is_packed_otherwise_than_it_says_is_tried_again():
    class Broken(httpx.SyncByteStream):
        def __iter__(self):
            yield b"no gzip at all"

    calls = []

    def answer(_):
        calls.append(1)
        broken = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Broken())
        return broken if len(calls) == 1 else httpx.Response(200, json={"data": RECORDS[:3]})

    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="data") as there:
        assert len(there.pull("orders")) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 501])
def test_a_fault_that_stays_is_not_tried_again(status):
    fake = Fake({"/orders": httpx.Response(status)})
    with system(fake, {"orders": {"list": "/orders"}}, records="data") as there, pytest.raises(FetchError):
        there.pull("orders")
    assert len(fake.requests) == 1


@pytest.mark.parametrize(("html", "calls"), [("<h1>Welcome</h1>", 1), ("<h1>Down for maintenance</h1>", 3)])
def test_a_web_page_at_once_is_a_wrong_address_unless_it_says_that_it_passes(html, calls):
    fake = Fake({"/orders": httpx.Response(200, html=html)})
    there = system(fake, {"orders": {"list": "/orders"}}, records="data", limits={"retries": 2})
    with there, pytest.raises(ResponseError, match="HTML"):
        there.pull("orders")
    assert len(fake.requests) == calls


@pytest.mark.parametrize("content", [b'{"data": [', b'{"data": [{}'])
def test_an_answer_that_always_breaks_off_ends_within_the_retries(content):
    fake = Fake({"/orders": httpx.Response(200, content=content)})
    there = system(fake, {"orders": {"list": "/orders"}}, records="data", limits={"retries": 3})
    with there, pytest.raises(ResponseError, match="breaks off"):
        there.pull("orders")
    assert len(fake.requests) == 4


@pytest.mark.parametrize(
    ("header", "links"),
    [
        ('</o?c=2>; rel="Next"', {"next": "http://fake.test/o?c=2"}),
        ("<?c=2>; REL=next", {"next": "http://fake.test/v1/orders?c=2"}),
        ('<?c=2>; rel="next last"', dict.fromkeys(("next", "last"), "http://fake.test/v1/orders?c=2")),
        ('<?c=2>; title="a; b, <c> \\" rel=x"; rel="next"', {"next": "http://fake.test/v1/orders?c=2"}),
        ('<?a,b=1>; rel=prev, <?c=2>;rel="next"', {"prev": "http://fake.test/v1/orders?a,b=1", "next": "http://fake.test/v1/orders?c=2"}),
        ('<?c=2>; rel="next"; rel="prev"', {"next": "http://fake.test/v1/orders?c=2"}),
        ("<?c=2>", {}),
        ("garbled", {}),
        ('<http://[>; rel="next"', {}),
    ],
)  # fmt: skip
def test_link_headers_are_read_by_rfc_8288(header, links):
    request = httpx.Request("GET", "http://fake.test/v1/orders")
    assert links_of(httpx.Response(200, headers={"Link": header}, request=request)) == links


def test_several_link_headers_are_one():
    headers = [("Link", '<?c=1>; rel="prev"'), ("Link", '<?c=2>; rel="next"')]
    response = httpx.Response(200, headers=headers, request=httpx.Request("GET", "http://fake.test/o"))
    assert links_of(response) == {"prev": "http://fake.test/o?c=1", "next": "http://fake.test/o?c=2"}

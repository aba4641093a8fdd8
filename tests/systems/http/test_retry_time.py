"""The time for which faults are waited out: a long list with many faults comes whole, and what stays broken ends."""

from __future__ import annotations

import gzip
import random
from collections import Counter

import httpx
import pytest
from clocks import FakeClock
from fakes import Fake, system

from ipaas_discovery.errors import FetchError, RateLimitedError, ResponseError
from ipaas_discovery.samples.end import Certainty
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.http.retries import RetryPolicy

OWN_TIME = RetryPolicy.own_time
"""The real one, which the fixture of all tests replaces by a moment."""
PAGED = {"kind": "page", "size": "limit", "total": "total"}
ORDERS = {"orders": {"list": "/orders"}}


@pytest.fixture(autouse=True)
def real_time(monkeypatch):
    monkeypatch.setattr(RetryPolicy, "own_time", OWN_TIME)
    monkeypatch.setattr("ipaas_discovery.systems.http.retries.LONGEST_BACKOFF", 2.0)


def opened(answer, clock=None, **limits):
    there = system(Fake({"/orders": answer}), ORDERS, records="data", paging=PAGED, limits=limits)
    there.client._limiter.clock = clock or FakeClock()
    return there


class Packed(httpx.SyncByteStream):
    def __init__(self, content):
        self.content = content

    def __iter__(self):
        yield self.content


def wrongly_packed():
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Packed(b"no gzip at all"))


def packed_and_cut():
    whole = gzip.compress(b'{"data": [{"id": 1}], "total": 9}' * 9)
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Packed(whole[: len(whole) // 2]))


def raising(error):
    def raised():
        raise error("gone")

    return raised


FAULTS = {
    **{
        str(status): lambda status=status: httpx.Response(status) for status in (408, 425, 429, 500, 502, 503, 504, 520)
    },
    "429 and a wait": lambda: httpx.Response(429, headers={"Retry-After": "1"}),
    "430 and a wait": lambda: httpx.Response(430, headers={"Retry-After": "0.5"}),
    "403 and a wait": lambda: httpx.Response(403, headers={"Retry-After": "1"}),
    "503 and a wait": lambda: httpx.Response(503, headers={"Retry-After": "1"}),
    "cut": lambda: httpx.Response(200, content=b'{"data": [{"id": 1}, {"i'),
    "cut where it looks whole": lambda: httpx.Response(200, content=b'{"data": [{"id": 1}'),
    "packed wrongly": wrongly_packed,
    "packed and cut": packed_and_cut,
    "a web page": lambda: httpx.Response(200, html="<html><body>Please wait</body></html>"),
    "broken off": raising(httpx.RemoteProtocolError),
    "lost": raising(httpx.ConnectError),
}


NAMED = ("500", "502", "503", "504", "408", "425", "429", "430 and a wait", "403 and a wait", "cut", "packed wrongly",
    "a web page")  # fmt: skip


class Faulty:
    """A list of so many pages of which each answer is a fault, one of every kind in `share` of all answers."""

    def __init__(self, pages, share=0.05, kinds=FAULTS):
        self.pages, self.share, self.kinds, self.random = pages, share, list(kinds), random.Random(7)  # noqa: S311  faults are no secrets
        self.struck = Counter()

    def __call__(self, request):
        page, drawn = int(request.url.params.get("page", 1)), self.random.random()
        if self.struck.total() or page > 1:  # the first answer of all shows that the address is right
            at = int(drawn / self.share)
            if at < len(self.kinds):
                self.struck[self.kinds[at]] += 1
                return FAULTS[self.kinds[at]]()
        rows = [{"id": 10 * page - 10 + row} for row in range(10)] if page <= self.pages else []
        return httpx.Response(200, json={"data": rows, "total": 10 * self.pages})


@pytest.mark.parametrize("in_flight", [1, 8])
@pytest.mark.parametrize(("share", "kinds"), [(0.05, NAMED), (0.03, FAULTS)], ids=["5 % of each", "3 % of more"])
def test_a_long_extract_with_every_fault_all_the_time_brings_each_record_once(in_flight, share, kinds):
    pages = 300  # of 2,000 it takes ten seconds, and is as true
    faulty = Faulty(pages, share, kinds)
    with opened(faulty, in_flight=in_flight, retry_for=120 * in_flight) as there:  # sleeps do not overlap on this clock
        extract = there.extract("orders", size=10)
        rows = [row["id"] for row in extract]
    assert rows == list(range(10 * pages))
    assert (extract.stop, extract.end.certainty, extract.problem) == (Stop.COMPLETE, Certainty.PROVED, "")
    assert set(faulty.struck) == set(kinds)
    assert faulty.struck.total() > pages


def test_a_pull_brings_each_record_once_as_well():
    with opened(Faulty(30, kinds=NAMED), in_flight=8, retry_for=960) as there:
        sample = there.pull("orders", Plan(pages=40, size=10))
    assert [row["id"] for row in sample.records] == list(range(300))
    assert sample.is_whole


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_each_fault_that_stays_ends_with_the_time_and_what_came_is_kept(fault):
    good = Faulty(5, share=1, kinds=())

    def answer(request):
        return good(request) if request.url.params["page"] < "3" else fault()

    clock = FakeClock()
    with opened(answer, clock, in_flight=1, retry_for=20, longest_wait=2) as there:
        extract = there.extract("orders", size=10)
        assert [row["id"] for row in extract] == list(range(20))
    assert extract.stop is Stop.REFUSED
    assert "could not be read" in extract.claim
    assert 20 <= clock.time - 1000 < 160


def test_an_outage_of_a_minute_is_waited_out():
    clock, good = FakeClock(), Faulty(5, share=1, kinds=())

    def answer(request):
        clock.time += 0.1
        down = 1002 <= clock.time < 1062 and request.url.params["page"] > "1"
        return httpx.Response(502) if down else good(request)

    with opened(answer, clock, in_flight=1) as there:
        clock.time = 1001.8
        assert len(list(there.extract("orders", size=10))) == 50
    assert clock.time > 1062


def test_a_count_of_retries_bounds_them_where_it_is_given():
    asked = []

    def answer(request):
        asked.append(1)
        return httpx.Response(500)

    with opened(answer, retries=2) as there, pytest.raises(ResponseError, match="500"):
        there.pull("orders")
    assert len(asked) == 3


def test_no_time_for_retries_is_one_try():
    fake = Fake({"/orders": httpx.Response(500)})
    with system(fake, ORDERS, records="data", paging=PAGED, limits={"retry_for": 0, "retries": 9}) as there:
        there.client._limiter.clock = FakeClock()
        with pytest.raises(ResponseError, match="500"):
            there.pull("orders")
    assert len(fake.requests) == 2  # the time begins with the first fault


def test_the_budget_ends_the_tries_before_their_time():
    clock = FakeClock()
    with opened(lambda _: httpx.Response(503), clock, seconds=9) as there, pytest.raises(FetchError, match="9 s"):
        list(there.extract("orders"))
    assert clock.time <= 1009.1


def test_what_the_system_asks_to_wait_comes_on_top():
    answers = [httpx.Response(429, headers={"Retry-After": "60"}) for _ in range(4)]
    clock, good = FakeClock(), Faulty(1, share=1, kinds=())
    with opened(lambda request: answers.pop() if answers else good(request), clock, retry_for=100) as there:
        assert len(list(there.extract("orders"))) == 10
    assert clock.time >= 1240


def test_a_system_that_always_asks_to_wait_is_left_at_last():
    clock = FakeClock()
    answer = httpx.Response(429, headers={"Retry-After": "10"})
    with opened(lambda _: answer, clock, retry_for=30, longest_wait=10) as there:
        with pytest.raises(RateLimitedError, match=r"when the time for retries was over \(`limits.retry_for`, 30 s\)"):
            list(there.extract("orders"))
    assert 1100 <= clock.time <= 1160


def test_a_list_that_is_broken_for_every_parent_costs_each_less_time_than_the_first():
    collections = {"shops": {"list": "/shops"}, "orders": {"parent": "shops", "list": "/shops/{id}/orders"}}
    shops = [{"id": number} for number in range(30)]
    answers = {"/shops": {"data": shops}} | {f"/shops/{n}/orders": httpx.Response(500) for n in range(1, 30)}
    answers["/shops/0/orders"] = {"data": [{"id": 7}]}
    clock = FakeClock()
    with system(Fake(answers), collections, records="data", limits={"in_flight": 1}) as there:
        there.client._limiter.clock = clock
        sample = there.pull("orders")
    assert len(sample) == 1
    assert "the children of 29 of 30 parents were not all read" in sample.claim
    assert 120 <= clock.time - 1000 < 120 * 5

"""Pages, children and collections in flight together: nothing waits in a circle, nothing fetched is lost."""

from __future__ import annotations

import json
import signal
import threading
from dataclasses import replace

import httpx
import pytest
from fakes import NAMES, Fake, cursored, numbered, system
from samples.fakes_paging import Api, orders

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

PAGE = {"kind": "page", "size": "limit", "total": "meta.pagination.total"}


def lists(*names):
    return {name: {"list": f"/{name}"} for name in names}


def test_pages_of_different_collections_are_in_flight_together():
    barrier = threading.Barrier(4, timeout=20)
    page = numbered(NAMES[:20])

    def slow(request):
        if request.url.params["page"] == "2":
            barrier.wait()  # passes only when one page of each collection waits here
        return page(request)

    names = ["a", "b", "c", "d"]
    with system({f"/{name}": slow for name in names}, lists(*names), records="data", paging=PAGE,
                limits={"in_flight": 4}) as there:  # fmt: skip
        samples = there.pull_all(names, Plan(pages=2, size=10))
    assert {len(sample) for sample in samples.values()} == {20}


def test_the_page_past_a_full_last_one_is_in_flight_with_those_before_it():
    barrier = threading.Barrier(3, timeout=20)
    page = numbered(NAMES[:30])

    def slow(request):
        if request.url.params["page"] != "1":
            barrier.wait()  # passes only when pages 2 and 3, and the one past them, wait here
        return page(request)

    fake = Fake({"/a": slow})
    with system(fake, lists("a"), records="data", paging=PAGE, limits={"in_flight": 3}) as there:
        sample = there.pull("a", Plan(pages=9, size=10))
    assert sorted(request.url.params["page"] for request in fake.requests) == ["1", "2", "3", "4"]
    assert (len(sample), sample.requests, sample.pages, sample.end.is_proved) == (30, 4, (1, 2, 3), True)


@pytest.mark.parametrize(("count", "pages", "asked"), [(29, 9, 3), (30, 9, 4), (31, 9, 4), (30, 2, 2)])
def test_no_page_is_asked_for_past_a_last_one_that_is_not_full_or_not_planned(count, pages, asked):
    fake = Fake({"/a": numbered(NAMES[:count])})
    with system(fake, lists("a"), records="data", paging=PAGE) as there:
        sample = there.pull("a", Plan(pages=pages, size=10, until_quiet=0, most_pages=pages))
    assert (len(fake.requests), sample.requests, len(sample)) == (asked, asked, min(count, pages * 10))


@pytest.mark.parametrize("bound", [2, 3, 4])
def test_a_bound_of_calls_that_leaves_out_the_page_past_the_last_one_cuts_nothing(bound):
    fake = Fake({"/a": numbered(NAMES[:30])})
    with system(fake, lists("a"), records="data", paging=PAGE) as there:
        sample = there.pull("a", Plan(pages=9, size=10, requests=bound))
    assert len(fake.requests) == bound
    assert sample.stop is (Stop.COMPLETE if bound > 2 else Stop.CAP)
    assert sample.end.is_proved is (bound > 2)


def test_records_past_the_last_page_that_is_told_are_kept_and_the_total_is_not_believed():
    answer = numbered(NAMES[:34])

    def told(request):
        body = json.loads(answer(request).content)
        body["meta"]["pagination"]["total"] = 20
        return httpx.Response(200, json=body)

    fake = Fake({"/a": told})
    with system(fake, lists("a"), records="data", paging=PAGE) as there:
        sample = there.pull("a", Plan(pages=9, size=10))
    assert [record["id"] for record in sample.records] == list(range(1, 35))
    assert (len(fake.requests), sample.requests) == (5, 5)
    assert "the system says 20, which is not the whole" in sample.claim


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_past_the_last_page_takes_nothing_from_the_pages_before(status):
    answer = numbered(NAMES[:30])
    fake = Fake({"/a": lambda asked: httpx.Response(status) if asked.url.params["page"] == "4" else answer(asked)})
    with system(fake, lists("a"), records="data", paging=PAGE) as there:
        sample = there.pull("a", Plan(pages=9, size=10))
    assert (len(sample), sample.stop, sample.end.is_proved, sample.requests) == (30, Stop.COMPLETE, True, 4)


def test_one_worker_is_enough_for_collections_children_and_their_pages():
    collections = {
        "orders": {"list": "/orders"},
        "lines": {"parent": "orders", "list": "/orders/{id}/lines", "paging": {"kind": "page", "size": "limit"}},
        "notes": {"parent": "lines", "list": "/lines/{id}/notes"},
    }
    answers = {"/orders": {"data": [{"id": 1}, {"id": 2}]}}
    answers |= {f"/orders/{order}/lines": numbered(NAMES[:25], total=False) for order in (1, 2)}
    answers |= {f"/lines/{line}/notes": {"data": [{"n": line}]} for line in range(1, 26)}
    with system(Fake(answers), collections, records="data", limits={"in_flight": 1}) as there:
        samples = there.pull_all(["notes", "lines"])
    assert {name: len(sample) for name, sample in samples.items()} == {"orders": 2, "lines": 50, "notes": 25}


def test_children_that_page_are_followed_to_their_end():
    collections = {
        "orders": {"list": "/orders"},
        "lines": {"parent": "orders", "list": "/orders/{id}/lines", "paging": {"kind": "next"}},
    }

    def lines(request):
        page = int(request.url.params.get("page", 1))
        url = f"http://fake.test{request.url.path}?page={page + 1}" if page < 5 else None
        return httpx.Response(200, json={"data": NAMES[(page - 1) * 10 : page * 10], "next": url})

    with system({"/orders": {"data": [{"id": 7}]}, "/orders/7/lines": lines}, collections, records="data") as there:
        sample = there.pull("lines")
        cut = there.pull("lines", Plan(most_pages=2))
    assert (len(sample), set(sample.parents), sample.stop) == (47, {7}, Stop.PARENTS)
    assert (len(cut), cut.stop) == (20, Stop.CAP)
    assert "1 parents have more than 2 pages" in cut.claim


def test_parents_are_cut_evenly_and_said():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}
    answers = {"/orders": {"data": NAMES}, **{f"/orders/{each['id']}/lines": {"data": [{}]} for each in NAMES}}
    with system(answers, collections, records="data", limits={"parents": 3}) as there:
        sample = there.pull("lines")
    assert sample.parents == (1, 24, 47)
    assert "3 of 47 parents were asked" in sample.claim


def test_an_interrupt_keeps_what_was_fetched():
    inner = numbered(NAMES)

    def answer(request):
        if request.url.params["page"] == "3":
            raise KeyboardInterrupt
        return inner(request)

    with system({"/names": answer}, lists("names"), records="data", paging=PAGE, limits={"in_flight": 1}) as there:
        sample = there.pull("names", Plan(pages=5, size=10))
    assert {record["id"] for record in sample.records} & set(range(1, 31)) == set(range(1, 21))
    assert sample.stop is Stop.INTERRUPTED
    assert "it was interrupted" in sample.claim


def test_ctrl_c_ends_a_pull_and_not_the_program():
    released = threading.Event()
    inner = numbered(NAMES)

    def answer(request):
        if request.url.params["page"] == "3":
            signal.raise_signal(signal.SIGINT)
            released.wait(20)
        return inner(request)

    before = signal.getsignal(signal.SIGINT)
    with system({"/names": answer}, lists("names"), records="data", paging=PAGE, limits={"in_flight": 1}) as there:
        sample = there.pull("names", Plan(pages=5, size=10))
        released.set()
    assert sample.stop is Stop.INTERRUPTED
    assert [record["id"] for record in sample.records] == list(range(1, 21))
    assert signal.getsignal(signal.SIGINT) is before


def test_a_cancelled_pull_does_not_wait_for_a_system_that_is_silent():
    cancel, released = threading.Event(), threading.Event()
    inner = numbered(NAMES)

    def answer(request):
        if request.url.params["page"] == "4":
            cancel.set()
            released.wait(20)
        return inner(request)

    with system({"/names": answer}, lists("names"), records="data", paging=PAGE, limits={"in_flight": 1}) as there:
        sample = there.puller.pull("names", Plan(pages=5, size=10), cancel=cancel)
        released.set()
    assert sample.stop is Stop.INTERRUPTED
    assert len(sample) == 30
    assert sample.total == 47


def test_a_cancelled_pull_of_many_keeps_what_each_had():
    cancel = threading.Event()
    api = Api(orders(300))

    def last(request):
        cancel.set()
        return api(request)

    with system({"/a": api, "/b": last}, lists("a", "b"), records="data", paging={**PAGE, "total": "total"},
                limits={"in_flight": 1}) as there:  # fmt: skip
        samples = there.puller.pull_all(["a", "b"], Plan(pages=8, size=10), cancel=cancel)
    assert {sample.stop for sample in samples.values()} == {Stop.INTERRUPTED}
    assert len(samples["a"]) >= 10


def test_a_pull_that_is_cancelled_before_it_begins_asks_nothing():
    cancel = threading.Event()
    cancel.set()
    fake = Fake({"/a": []})
    with system(fake, lists("a")) as there:
        sample = there.puller.pull("a", Plan(), cancel=cancel)
    assert (len(sample), sample.stop, fake.requests) == (0, Stop.INTERRUPTED, [])


def test_a_failure_ends_its_collection_alone():
    with system({"/a": [{"id": 1}]}, lists("a", "b") | {"c": {"parent": "b", "embedded": "x"}}) as there:
        samples = there.pull_all(["a", "c"])
        assert len(samples["a"]) == 1
        assert samples["c"].problem.startswith("The system answered 404")
        with pytest.raises(FetchError, match="404"):
            there.pull_all(["b", "c"])


def test_a_collection_that_failed_is_not_ended_again_by_its_other_calls():
    collections = lists("b") | {"a": {"list": "/a", "count": "/a/count"}}
    with system({"/b": {"data": [{"id": 1}]}}, collections, records="data", limits={"in_flight": 1}) as there:
        samples = there.pull_all(["a", "b"])
    assert samples["a"].problem.startswith("The system answered 404")
    assert len(samples["b"]) == 1


def test_collections_may_have_plans_of_their_own():
    api = Api(orders(300))
    seconds = iter(range(100))
    with system({"/a": api, "/b": api, "/c": api}, lists("a", "b", "c"), records="data",
                paging={**PAGE, "total": "total"}) as there:  # fmt: skip
        puller = replace(there.puller, clock=lambda: next(seconds))
        plans = {"b": Plan(pages=9, size=10, requests=2), "c": Plan(pages=9, size=10, seconds=2, until_quiet=8)}
        samples = puller.pull_all(["a", "b", "c"], Plan(pages=3, size=10, until_quiet=0), plans=plans)
    assert [(len(samples[name]), samples[name].stop) for name in "ab"] == [(30, Stop.SPACED), (20, Stop.CAP)]
    assert samples["c"].stop is Stop.TIME
    assert 0 < len(samples["c"]) < 170


def test_a_second_failure_of_a_collection_that_has_ended_is_passed_over():
    failed = threading.Barrier(3, timeout=20)
    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    collections = lists("b") | {"a": {"list": "/a", "count": "/a/count", "count_at": "n"}}

    def refused(_):
        failed.wait()
        return httpx.Response(401)

    def pages(request):
        if "after" not in request.url.params:
            failed.wait()  # both calls for `a` are on their way, and `b` goes on for many turns of the loop
        return cursored(NAMES, size=1)(request)

    with system({"/a": refused, "/a/count": refused, "/b": pages}, collections, records="data", paging=paging) as there:
        found = there.pull_all(["a", "b"], Plan(pages=100))
    assert (found["a"].stop, len(found["b"])) == (Stop.FAILED, len(NAMES))

"""Servers that lie about their pages: the probe sees through each, or says that nobody can tell."""

from __future__ import annotations

import json
import tomllib

import httpx
import pytest
from fakes import Fake, system
from samples.fakes_paging import Api, orders
from samples.probing.test_propose_paging import OFFSET, RIGHT, evidence, holds, probed, proposed


def page_of(records, request, name="page", size="limit", default=10):
    """One page of records by its number, which counts from 1."""
    limit = int(request.url.params.get(size, default))
    start = (int(request.url.params.get(name, 1)) - 1) * limit
    return records[max(start, 0) : max(start, 0) + limit]


FIFTY = orders(50)
SHAPES = {
    "total, page": lambda page, data: {"total": 50, "page": page, "data": data},
    "has_more": lambda page, data: {"has_more": page < 5, "data": data},
    "total_count": lambda page, data: {"result": data, "page_number": page, "total_count": 50, "page_size": 10},
    "pages": lambda page, data: {"pages": 5, "page": page, "data": data},
    "total_pages": lambda page, data: {"total_pages": 5, "current_page": page, "items": data},
}
"""Bodies of five plain APIs whose pages count from 1; guessing from them alone reads none of the five completely."""


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("below", ["refused", "first", "empty"])
@pytest.mark.parametrize("configured", [None, {"kind": "page", "first": 0}], ids=["unknown", "wrong base"])
def test_five_plain_apis_are_proven_and_then_read_completely(shape, below, configured):
    def answer(request):
        number = int(request.url.params.get("page", 1))
        if number < 1 and below == "refused":
            return httpx.Response(400, json={"message": "page must be at least 1"})
        found = [] if number < 1 and below == "empty" else page_of(FIFTY, request, size="none")
        return httpx.Response(200, json=SHAPES[shape](max(number, 1), found))

    place = next(key for key, value in SHAPES[shape](1, [{}]).items() if isinstance(value, list))
    fake, names = Fake({"/orders": answer}), {"orders": {"list": "/orders"}}
    settings = {"records": place} | ({"paging": configured} if configured else {})
    with system(fake, names, **settings) as there:
        table, paging = proposed(there.probe("orders"))
    assert table == "paging"
    assert (paging["kind"], paging.get("page", "page"), paging.get("first", 1)) == ("page", "page", 1)
    with system(fake, names, **settings | {"paging": paging}) as there:
        assert there.probe("orders").sound
        sample = there.pull("orders")
    assert sorted(each["id"] for each in sample.records) == [each["id"] for each in FIFTY]


def test_a_size_that_is_silently_capped_is_noted():
    report = probed(Api(orders(730), most=100), RIGHT)
    assert "at most 100 records come at once, though 250 were asked for" in report.notes
    assert report.sound
    assert not [note for note in probed(Api(orders(47)), RIGHT).notes if "at once" in note]


def test_a_size_that_is_capped_below_what_was_asked_for_is_refuted():
    report = probed(Api(orders(47), most=5), RIGHT)
    assert holds(report, "the page size is honoured") is False
    assert "5 records where 10 were asked for" in evidence(report, "the page size is honoured")


@pytest.mark.parametrize("total", [-1, None])
@pytest.mark.parametrize("count", [47, 50])
def test_a_last_page_that_is_repeated_past_the_end_is_told(total, count):
    report = probed(Api(orders(count), past="repeat", total=total), RIGHT)
    assert evidence(report, "the end is recognised") == "page 6 of 5 repeats the last page"
    assert report.sound


def test_a_page_number_that_is_ignored_is_refuted_and_no_base_is_claimed():
    def first_again(request):
        return httpx.Response(200, json={"data": FIFTY[: int(request.url.params.get("limit", 10))], "total": 50})

    report = probed(first_again, RIGHT)
    assert holds(report, "pages are disjoint") is False
    assert evidence(report, "pages are disjoint") == "the second page is the first again: 10 records"
    assert holds(report, "the first page is page 1") is None
    assert not report.proposals
    assert any("no other way to page was found" in note for note in report.notes)


@pytest.mark.parametrize(
    ("bare", "said"),
    [
        (lambda: httpx.Response(400, json={"message": "a page is required"}), "without a page nothing comes; page 0"),
        (lambda: httpx.Response(200, json={"data": FIFTY[-3:]}), "the answer without a page equals neither; page 0"),
    ],
)
def test_what_an_answer_without_a_page_cannot_show_of_the_first_page_is_said(bare, said):
    def answer(request):
        return (
            httpx.Response(200, json={"data": page_of(FIFTY, request), "total": 50})
            if "page" in request.url.params
            else bare()
        )

    report = probed(answer, RIGHT)
    assert holds(report, "the first page is page 1") is None
    assert evidence(report, "the first page is page 1").startswith(said)


def test_records_that_come_on_two_pages_are_refuted():
    def overlapping(request):
        limit = int(request.url.params.get("limit", 10))
        start = max(0, (int(request.url.params.get("page", 1)) - 1) * limit - 1)
        return httpx.Response(200, json={"data": FIFTY[start : start + limit], "total": 50})

    report = probed(overlapping, RIGHT)
    assert holds(report, "pages are disjoint") is False
    assert "different 'id' in" in evidence(report, "pages are disjoint")


@pytest.mark.parametrize(
    ("said", "told"), [(0, "it says 0, 47 were counted"), (5, "it says 5, 47 were counted"),
                       (100_000, "it says 100000, and page 10000, the last of them, is empty")],
)  # fmt: skip
def test_totals_that_are_far_off_are_refuted(said, told):
    report = probed(Api(orders(47), total=said), RIGHT)
    assert evidence(report, "the total is right") == told
    assert holds(report, "the total is right") is False


def test_a_total_in_words_counts():
    def worded(request):
        return httpx.Response(200, json={"data": page_of(FIFTY, request), "total": "50"})

    assert evidence(probed(worded, RIGHT), "the total is right") == "it says 50, 50 were counted"


def test_an_order_that_changes_lets_nothing_else_be_guessed():
    report = probed(Api(orders(47), shuffled=True), RIGHT)
    assert holds(report, "the order is stable") is False
    assert report.proposals == ()
    assert any("the order changes between reads" in note for note in report.notes)


@pytest.mark.parametrize("paging", [RIGHT, OFFSET, None])
def test_an_empty_collection_claims_nothing(paging):
    report = probed(Api([]), paging)
    assert {proof.claim for proof in report.proofs if proof.holds} <= {"the total is right"}
    assert report.sound
    assert not report.proposals


def test_records_that_are_alike_are_not_taken_for_a_repeated_page():
    report = probed(Api([{"status": "open"}] * 45), RIGHT)
    assert holds(report, "pages are disjoint") is None
    assert holds(report, "the total is right") is None
    assert not report.proposals


def test_a_second_page_that_does_not_come_is_said():
    inner = Api(orders(47))

    def lame(request):
        return httpx.Response(500, text="boom") if request.url.params.get("page") == "2" else inner(request)

    report = probed(lame, RIGHT)
    assert holds(report, "pages are disjoint") is None
    assert evidence(report, "the pages come").startswith("page 2 did not come: The system answered 500")
    assert not report.sound


def test_an_offset_that_counts_pages_is_refuted_and_named_as_what_it_is():
    def pages(request):
        return httpx.Response(200, json={"data": page_of(FIFTY, shifted(request)), "total": 50})

    def shifted(request):
        number = int(request.url.params.get("offset", 0)) + 1
        return httpx.Request("GET", request.url.copy_merge_params({"page": number}))

    report = probed(pages, OFFSET)
    assert evidence(report, "the offset counts records from 0") == "offset 1 begins with record 3"
    assert evidence(report, "pages are disjoint") == "page 2 is empty, though it says there are 5"
    table, settings = proposed(report)
    assert (table, settings) == (
        "paging",
        {"kind": "page", "page": "offset", "size": "limit", "first": 0, "total": "total"},
    )
    assert probed(pages, settings).sound


def test_an_offset_that_counts_from_1_is_refuted():
    def from_one(request):
        start, limit = int(request.url.params.get("offset", 1)), int(request.url.params.get("limit", 10))
        return httpx.Response(200, json={"data": FIFTY[max(0, start - 1) :][:limit], "total": 50})

    report = probed(from_one, OFFSET)
    assert evidence(report, "the offset counts records from 0") == "offset 1 begins with record 1"
    assert holds(report, "pages are disjoint") is False


def asked_in(request, place):
    """The numbers that a request asks with, wherever they stand."""
    if place == "header":
        return {name.removeprefix("x-"): text for name, text in request.headers.items() if name.startswith("x-")}
    return json.loads(request.content if place == "body" else request.url.params.get("ask", "{}"))


@pytest.mark.parametrize("kind", ["offset", "page"])
@pytest.mark.parametrize("place", ["json", "header", "body"])
def test_a_base_is_proved_wherever_the_numbers_stand(kind, place):
    def answer(request):
        asked = asked_in(request, place)
        size = int(asked.get("size", 10))
        start = int(asked["offset"]) if "offset" in asked else (int(asked.get("page", 1)) - 1) * size
        return httpx.Response(200, json={"data": FIFTY[max(0, start) :][:size] if start >= 0 else [], "total": 50})

    more = {"json": {"json_in": "ask"}, "body": {"in_body": True}, "header": {}}[place]
    first, second = ((f"header:X-{name.title()}" if place == "header" else name) for name in (kind, "size"))
    names = {"offset": first, "limit": second} if kind == "offset" else {"page": first, "size": second}
    source = {"search": {"path": "/orders"}} if place == "body" else {"list": "/orders"}
    spec = {**source, "records": "data", "paging": {"kind": kind, "total": "total", **names, **more}}
    with system(Fake({"/orders": answer}), {"orders": spec}) as there:
        report = there.probe("orders")
    claim = "the offset counts records from 0" if kind == "offset" else "the first page is page 1"
    assert holds(report, claim), report.to_text()
    assert report.sound


@pytest.mark.parametrize("following", ["http://fake.test/orders", "/orders?page=1"])
@pytest.mark.parametrize("paging", [{"kind": "next"}, None])
def test_a_next_page_that_is_the_same_page_is_not_proposed(following, paging):
    def circle(_):
        return httpx.Response(200, json={"data": FIFTY[:10], "next": following})

    report = probed(circle, paging)
    assert not report.proposals
    if paging:
        assert holds(report, "pages are disjoint") is False


def test_a_cursor_that_is_ignored_is_refuted():
    def ignored(_):
        return httpx.Response(200, json={"data": FIFTY[:10], "next": "n7"})

    report = probed(ignored, {"kind": "cursor", "cursor": "after", "next": "next"})
    assert holds(report, "pages are disjoint") is False
    assert not report.proposals


def test_a_next_page_on_another_host_is_refuted():
    def elsewhere(_):
        return httpx.Response(200, json={"data": FIFTY[:10], "next": "http://elsewhere.test/orders?page=2"})

    report = probed(elsewhere, {"kind": "next"})
    assert holds(report, "the pages come") is False
    assert evidence(report, "the pages come") == "page 2 did not come: A link leads to another host, elsewhere.test"


def test_a_total_with_a_point_is_a_total():
    def pointed(request):
        return httpx.Response(
            200, content=b'{"data": %s, "total": 50.0}' % json.dumps(page_of(FIFTY, request)).encode()
        )

    assert evidence(probed(pointed, RIGHT), "the total is right") == "it says 50, 50 were counted"


def test_a_filter_that_brings_nothing_proves_nothing():
    def choosy(request):
        found = [] if "state" in request.url.params else page_of(FIFTY, request)
        return httpx.Response(200, json={"data": found})

    report = probed(choosy, RIGHT, filters={"state": ["no such"]})
    assert holds(report, "the filter state works") is None


def test_every_proposal_is_a_table_that_can_be_read():
    for api in (Api(orders(47), base=0), Api(orders(47), size="per_page"), Api(orders(47), total=60)):
        for proposal in probed(api, RIGHT).proposals:
            assert tomllib.loads("\n".join(proposal.after)) or proposal.after == ()


@pytest.mark.parametrize(("status", "page"), [(401, 3), (500, 4), (400, 4)])
def test_a_page_that_cannot_be_read_while_counting_refutes_no_total(status, page):
    inner = Api(orders(470), total=-1, most=100)

    def answer(request):
        deep = int(request.url.params.get("page", 1)) >= page and request.url.params.get("limit") != "10"
        return httpx.Response(status, text="not now") if deep else inner(request)

    paging = {"kind": "page", "size": "limit", "total": "total"}
    with system(Fake({"/orders": answer}), {"orders": {"list": "/orders"}}, records="data", paging=paging,
                limits={"retries": 0}) as there:  # fmt: skip
        report = there.probe("orders")
    total = next(proof for proof in report.proofs if proof.claim == "the total is right")
    assert total.holds is None
    assert any("could not be counted to their end" in note and str(status) in note for note in report.notes)

"""Every way of reading tells a proved end from one that only seems so, and keeps what came."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.sequential import EMPTY_PAGES
from ipaas_discovery.samples.sample import Stop

ROWS = [{"id": number} for number in range(1, 61)]
ALL = Plan(pages=50, size=10, until_quiet=0)
ORDERS = {"orders": {"list": "/orders"}}
OFFSET = {"kind": "offset", "total": "total"}
CURSOR = {"kind": "cursor", "cursor": "cursor", "next": "next"}


def read(answer, paging, collections=ORDERS):
    with system({"/orders": answer}, collections, records="data", paging=paging) as there:
        extract = there.extract("orders", size=10)
        return there.pull("orders", ALL), list(extract), extract


def window(start, size, **more):
    return httpx.Response(200, json={"data": ROWS[start : start + size], **more})


def test_a_total_in_the_answer_wins_over_a_setting_that_says_nothing_of_paging():
    sample, _, extract = read(lambda _: window(0, 7, count=60), {"kind": "none"})
    assert sample.total is None
    for claim in (sample.claim, extract.claim):
        assert "one page of at least 60 records: `count` says 60" in claim
        assert "nothing is left unseen" not in claim


def test_an_empty_page_with_a_new_cursor_is_no_end_and_one_with_the_same_cursor_is():
    def answer(request):
        start = int(request.url.params.get("cursor", 0))
        size = 0 if start == 20 else 10
        return window(start, size, next=str(min(start + 10, 40)))

    sample, rows, extract = read(answer, CURSOR)
    wanted = [*ROWS[:20], *ROWS[30:50]]
    assert (list(sample.records), rows) == (wanted, wanted)
    assert (sample.stop, extract.stop) == (Stop.REPEATED, Stop.REPEATED)


def test_pages_that_shrink_leave_no_gaps_where_pages_have_offsets():
    def answer(request):
        start, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        return window(start, limit if start == 0 else min(limit, 4), total=60)

    sample, rows, extract = read(answer, OFFSET)
    assert sorted(row["id"] for row in sample.records) == sorted(row["id"] for row in rows) == list(range(1, 61))
    assert extract.total == sample.total == 60


def test_pages_that_rights_have_thinned_are_read_whole():
    def answer(request):
        start, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        rows = [row for row in ROWS[start : start + limit] if row["id"] % 4 or row["id"] <= 10]
        return httpx.Response(200, json={"data": rows, "total": 60})

    wanted = [row["id"] for row in ROWS if row["id"] % 4 or row["id"] <= 10]
    sample, rows, _ = read(answer, OFFSET)
    assert sorted({row["id"] for row in sample.records}) == sorted(row["id"] for row in rows) == wanted
    assert f"the system says 60, and {len(wanted)} came" in sample.claim


def test_a_total_that_is_too_small_is_not_believed():
    def answer(request):
        return window((int(request.url.params["page"]) - 1) * 10, 10, total=20)

    sample, rows, _ = read(answer, {"kind": "page", "size": "limit", "total": "total"})
    assert (list(sample.records), rows) == (ROWS, ROWS)
    assert (sample.stop, sample.total, sample.end.is_proved) == (Stop.EMPTY, 60, True)


@pytest.mark.parametrize(("status", "proved"), [(200, True), (404, False), (400, False)])
def test_where_a_total_is_too_small_only_what_comes_past_the_last_page_proves_its_end(status, proved):
    def answer(request):
        page = int(request.url.params["page"])
        if page < 5:
            return window((page - 1) * 10, 10 if page < 4 else 4, total=20)
        return httpx.Response(status, json={"data": []})

    sample, rows, extract = read(answer, {"kind": "page", "size": "limit", "total": "total"})
    assert (list(sample.records), rows) == (ROWS[:34], ROWS[:34])
    assert (sample.end.is_proved, extract.end.is_proved) == (proved, proved), (sample.claim, extract.claim)
    assert "the system says 20" in sample.claim


def test_a_list_that_goes_on_past_its_total_without_end_is_read_to_the_plans_bound():
    asked = []

    def endless(request):
        asked.append(int(request.url.params.get("page", 1)))
        start = 10 * asked[-1] - 9
        return httpx.Response(200, json={"data": [{"id": n} for n in range(start, start + 10)], "total": 60})

    paging = {"kind": "page", "size": "limit", "total": "total"}
    with system({"/a": endless}, {"a": {"list": "/a"}}, records="data", paging=paging) as there:
        sample = there.pull("a", Plan(pages=6, size=10, most_pages=9))
    assert (len(sample), sample.stop, sample.total, max(asked)) == (90, Stop.CAP, None, 9)
    assert any("the system says 60, which is not the whole" in note for note in sample.notes)


def test_an_error_beside_an_empty_page_is_none_of_its_ends():
    def answer(request):
        if request.url.params.get("cursor") == "b":
            return httpx.Response(200, json={"data": [], "errmsg": "session over"})
        return window(0, 10, next="b")

    with system({"/orders": answer}, ORDERS, records="data", paging=CURSOR) as there:
        sample = there.pull("orders", ALL)
    assert (list(sample.records), sample.stop, sample.total) == (ROWS[:10], Stop.REFUSED, None)
    assert "session over" in sample.claim


def test_children_page_as_their_parents_do_and_those_of_children_are_read():
    def lines(request):
        return window((int(request.url.params["page"]) - 1) * 10, 10)

    collections = {
        "shops": {"list": "/shops"},
        "orders": {"parent": "shops", "list": "/shops/{id}/orders"},
        "lines": {"parent": "orders", "list": "/shops/{shop}/orders/{id}/lines"},
    }
    only = {"data": [{"id": 7}]}
    fake = Fake({"/shops": only, "/shops/7/orders": only, "/shops/7/orders/7/lines": lines})
    with system(fake, collections, records="data", paging={"kind": "page"}) as there:
        assert list(there.pull("lines").records) == ROWS


def test_offsets_may_count_from_one_and_stand_in_json():
    def answer(request):
        inner = json.loads(request.url.params["filter"])
        return window(inner["skip"] - 1, inner["limit"], total=60)

    paging = {"kind": "offset", "offset": "skip", "limit": "limit", "first": 1, "json_in": "filter", "total": "total"}
    sample, rows, _ = read(answer, paging)
    assert (list(sample.records), rows) == (ROWS, ROWS)


@pytest.mark.parametrize("most", [7, 10, 25])
def test_a_range_header_pages(most):
    def answer(request):
        first, last = map(int, request.headers["range"].removeprefix("items=").split("-"))
        rows = ROWS[first : min(last + 1, first + most)]
        if not rows:
            return httpx.Response(416)
        headers = {"Content-Range": f"{first}-{first + len(rows) - 1}/60"}
        return httpx.Response(206, json={"data": rows}, headers=headers)

    sample, rows, _ = read(answer, {"kind": "range"})
    assert (list(sample.records), rows, sample.total) == (ROWS, ROWS, 60)


@pytest.mark.parametrize(
    ("more", "is_assumed"), [({}, True), ({"next": None}, False), ({"total": 7}, False), ({"has_more": False}, False)]
)
def test_the_end_of_a_list_that_does_not_page_is_assumed_unless_its_answer_says_so(more, is_assumed):
    sample, _, extract = read(lambda _: window(0, 7, **more), {"kind": "none"})
    for claim in (sample.claim, extract.claim):
        assert ("its end is assumed" in claim) is is_assumed
    assert ("nothing is left unseen" in sample.claim) is not is_assumed
    assert (sample.total is None) is is_assumed


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        ({"message": "too many calls today"}, "without a list and with `too many calls today`"),
        ({"data": "no access to this year"}, "without a list and with `no access to this year`"),
        ({"data": {"oops": 1}}, "No list of records at `data`"),
        (None, "an answer held nothing, not even an empty list"),
    ],
)
def test_a_later_answer_without_a_list_proves_nothing_and_its_own_words_are_shown(second, shown):
    def answer(request):
        later = "page" in request.url.params
        return httpx.Response(200, json=second) if later else window(0, 10, next="http://fake.test/orders?page=2")

    sample, rows, extract = read(answer, {"kind": "next", "next": "next"})
    assert (list(sample.records), rows) == (ROWS[:10], ROWS[:10])
    for claim in (sample.claim, extract.claim):
        assert shown in claim
        assert "nothing is left unseen" not in claim


def test_a_list_of_empty_pages_alone_is_left_after_a_hundred():
    asked = []

    def answer(request):
        asked.append(request.url.params.get("cursor"))
        return httpx.Response(200, json={"data": [], "next": str(len(asked))})

    with system({"/orders": answer}, ORDERS, records="data", paging=CURSOR) as there:
        extract = there.extract("orders", size=10)
        assert list(extract) == []
    assert len(asked) == EMPTY_PAGES + 1
    assert "nothing is left unseen" not in extract.claim

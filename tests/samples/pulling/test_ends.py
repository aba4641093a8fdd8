"""Where a list ends, and where it only looks so: no record is lost without a word."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery.errors import RefusedError, ResponseError
from ipaas_discovery.samples.end import Certainty, ListEnd
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

RECORDS = [{"id": number} for number in range(1, 48)]
ALL = Plan(pages=50, size=10)
ORDERS = {"orders": {"list": "/orders"}}


def offsets(*, most=5, total=False):
    """A list by offset and limit that gives no more than `most` at once, whatever is asked for."""

    def answer(request):
        start, limit = int(request.url.params.get("offset", 0)), int(request.url.params.get("limit", 10))
        found = RECORDS[start : start + min(limit, most)]
        return httpx.Response(200, json={"data": found, **({"count": len(RECORDS)} if total else {})})

    return answer


def by_offset(answer, **settings):
    paging = {"kind": "offset", **settings}
    return system({"/orders": answer, "/": [{"id": 7}]}, ORDERS, records="data", paging=paging)


@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("most", [1, 5, 9, 10, 50])
def test_a_system_that_gives_less_than_it_is_asked_for_loses_nothing(most, total):
    with by_offset(offsets(most=most, total=total), **({"total": "count"} if total else {})) as there:
        sample = there.pull("orders", Plan(pages=60, size=10))
    assert [each["id"] for each in sample.records] == [each["id"] for each in RECORDS]
    assert sample.total == len(RECORDS)


def test_an_extract_and_a_child_lose_nothing_of_it_either():
    shops = {"list": "/shops", "paging": {"kind": "none"}}
    of_shop = {"parent": "shops", "list": "/shops/{id}/orders", "paging": {"kind": "offset"}}
    collections = {**ORDERS, "shops": shops, "of_shop": of_shop}
    answers = {"/orders": offsets(), "/shops": {"data": [{"id": 7}]}, "/shops/7/orders": offsets()}
    with system(answers, collections, records="data", paging={"kind": "offset"}) as there:
        assert len(list(there.extract("orders", size=10))) == len(RECORDS)
        assert len(there.pull("of_shop", ALL)) == len(RECORDS)
        holds = {proof.claim: proof.holds for proof in there.probe("orders").proofs}
    assert (holds["pages are disjoint"], holds["the page size is honoured"]) == (True, False)


def keyed(request):
    """A list whose next page begins after the last id that came."""
    after = int(request.url.params.get("starting_after", 0))
    return httpx.Response(200, json={"data": RECORDS[after : after + 10], "has_more": after + 10 < len(RECORDS)})


@pytest.mark.parametrize("more", ["has_more", None])
def test_the_id_of_the_last_record_may_be_the_cursor(more):
    paging = {"kind": "cursor", "cursor": "starting_after", "next": "data[-1].id", "more": more}
    with system({"/orders": keyed}, ORDERS, records="data", paging=paging) as there:
        assert list(there.pull("orders", ALL).records) == RECORDS


@pytest.mark.parametrize("place", ["next", "data[0].id", "data[-1].identity", "meta[-1].id"])
def test_a_system_that_says_there_is_more_and_not_where_is_not_at_its_end(place):
    paging = {"kind": "cursor", "cursor": "starting_after", "next": place, "more": "has_more"}
    with system({"/orders": keyed}, ORDERS, records="data", paging=paging) as there:
        sample = there.pull("orders", ALL)
    assert (list(sample.records), sample.stop, sample.total) == (RECORDS[:10], Stop.REFUSED, None)
    assert f"`has_more` says that there is more, and `{place}` holds no cursor to it" in sample.claim
    assert "write it like `data[-1].id`" in sample.claim


@pytest.mark.parametrize("info", [None, {}, {"hasNextPage": True}, {"endCursor": ""}])
def test_a_query_that_does_not_ask_where_its_page_ends_says_so(info):
    content = {"data": {"orders": {"nodes": RECORDS[:10], **({"pageInfo": info} if info is not None else {})}}}
    orders = {"records": "data.orders.nodes", "search": {"path": "/graphql", "query": "query { orders { id } }"}}
    with system({"/graphql": content}, {"orders": orders}, paging={"kind": "graphql"}) as there:
        sample = there.pull("orders", ALL)
    assert (list(sample.records), sample.total) == (RECORDS[:10], None)
    assert "Nothing at `data.orders.pageInfo` says where the next page begins" in sample.claim
    assert "let the query ask for `pageInfo { hasNextPage endCursor }`" in sample.claim


@pytest.mark.parametrize("info", [{"hasNextPage": False}, {"hasNextPage": False, "endCursor": None}])
def test_a_connection_that_says_it_is_over_is(info):
    content = {"data": {"orders": {"nodes": RECORDS[:10], "pageInfo": info}}}
    orders = {"records": "data.orders.nodes", "search": {"path": "/graphql", "query": "query { orders { id } }"}}
    with system({"/graphql": content}, {"orders": orders}, paging={"kind": "graphql"}) as there:
        assert there.pull("orders", ALL).stop is Stop.NO_NEXT


def numbered(end):
    """A list of 40 by page numbers that says nothing of its length; past its end it gives `end`."""

    def answer(request):
        page = int(request.url.params["page"])
        return end if page > 4 else httpx.Response(200, json={"data": RECORDS[(page - 1) * 10 : page * 10]})

    return answer


@pytest.mark.parametrize(
    "end",
    [httpx.Response(204), httpx.Response(200, json={"data": None}), httpx.Response(200, json={"data": []})],
    ids=["204", "null", "empty"],
)
def test_an_empty_page_past_the_end_is_the_end_however_that_is_said(end):
    with system({"/orders": numbered(end)}, ORDERS, records="data", paging={"kind": "page"}) as there:
        sample = there.pull("orders", ALL)
    assert (list(sample.records), sample.total) == (RECORDS[:40], 40)
    assert sample.stop in {Stop.EMPTY, Stop.NO_CONTENT}
    assert sample.end == ListEnd(Certainty.PROVED, "the page after the last one is empty")


@pytest.mark.parametrize(
    ("count", "end", "stop", "certainty", "why"),
    [
        (40, httpx.Response(404), Stop.ABSENT, Certainty.ASSUMED, "not there"),
        (35, httpx.Response(404, json={"detail": "Invalid page."}), Stop.ABSENT, Certainty.ASSUMED, "not there"),
        (40, httpx.Response(410), Stop.ABSENT, Certainty.ASSUMED, "not there"),
        (35, httpx.Response(416), Stop.ABSENT, Certainty.ASSUMED, "not there"),
        (40, httpx.Response(200), Stop.NO_BODY, Certainty.ASSUMED, "holds nothing at all"),
        (40, httpx.Response(200, json=None), Stop.NO_BODY, Certainty.ASSUMED, "holds nothing at all"),
        (35, httpx.Response(400, json={"title": "no such page"}), Stop.SHORT, Certainty.ASSUMED, "its last page"),
    ],
)  # fmt: skip
def test_a_page_past_the_end_that_is_no_empty_list_proves_nothing(count, end, stop, certainty, why):
    def answer(request):
        page = int(request.url.params["page"])
        rows = RECORDS[:count][(page - 1) * 10 : page * 10]
        return httpx.Response(200, json={"data": rows}) if rows else end

    with system({"/orders": answer}, ORDERS, records="data", paging={"kind": "page"}) as there:
        sample, extract = there.pull("orders", ALL), there.extract("orders", size=10)
        assert list(extract) == list(sample.records) == RECORDS[:count]
    assert (sample.stop, sample.end.certainty) == (stop, certainty)
    assert why in sample.end.why
    assert sample.total is None
    if stop is not Stop.SHORT:
        assert (extract.stop, extract.end) == (stop, sample.end)


@pytest.mark.parametrize("status", [400, 500])
def test_a_page_that_is_refused_is_no_end_and_what_came_before_it_is_kept(status):
    answer = numbered(httpx.Response(status, json={"title": "no"}))
    with system({"/orders": answer}, ORDERS, records="data", paging={"kind": "page"}, limits={"retries": 0}) as there:
        sample = there.pull("orders", ALL)
    assert (list(sample.records), sample.total, sample.stop) == (RECORDS[:40], None, Stop.REFUSED)
    assert f"page 5 and those after it are refused: The system answered {status}" in sample.claim


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, "The system answered 401 Unauthorized: no more for you"),
        (403, "The system answered 403 Forbidden: no more for you"),
        (429, "The system answered 429 Too Many Requests: no more for you"),
        (None, "The system cannot be reached, gone"),
    ],
)
@pytest.mark.parametrize("late", [3, 5])
def test_any_other_trouble_is_no_end_and_what_came_before_it_is_kept(status, text, late):
    """Neither a right that is withdrawn while the end is looked for nor a network that is lost costs what came."""

    def answer(request):
        if int(request.url.params["page"]) < late:
            return numbered(None)(request)
        if status is None:
            raise httpx.ConnectError("gone", request=request)
        return httpx.Response(status, text="no more for you")

    limits = {"retries": 0, "in_flight": 1}
    with system({"/orders": answer}, ORDERS, records="data", paging={"kind": "page"}, limits=limits) as there:
        sample, extract = there.pull("orders", ALL), there.extract("orders", size=10)
        rows = list(extract)
    assert rows[: len(sample)] == list(sample.records) == RECORDS[: len(sample)]
    assert len(rows) == 10 * late - 10
    assert len(sample) >= 20
    for read in (sample, extract):
        assert (read.stop, read.total, read.end.certainty) == (Stop.REFUSED, None, Certainty.OPEN)
        assert text in read.claim
        assert "nothing is left unseen" not in read.claim


def test_a_first_page_that_is_not_there_is_no_empty_list():
    with system({}, ORDERS, records="data", paging={"kind": "page"}) as there:
        with pytest.raises(ResponseError, match="404 Not Found"):
            there.pull("orders", ALL)


@pytest.mark.parametrize("content", [{"data": None}, {"result": {"rows": None}, "total": 0}])
def test_a_null_where_the_list_should_be_is_an_empty_list(content):
    place = "data" if "data" in content else "result.rows"
    with system({"/orders": content}, {"orders": {"list": "/orders", "records": place}}) as there:
        sample = there.pull("orders", ALL)
    assert (len(sample), sample.stop) == (0, Stop.EMPTY)


@pytest.mark.parametrize(
    "content",
    [{"data": None, "errors": [{"message": "No such view"}]}, {"result": None}, {"message": "nothing"}, None],
    ids=json.dumps,
)
def test_a_null_beside_an_error_or_above_the_list_is_none(content):
    place = "result.rows" if content and "result" in content else "data"
    answer = httpx.Response(200, content=json.dumps(content))
    with system(Fake({"/orders": answer}), {"orders": {"list": "/orders", "records": place}}) as there:
        if content is None:
            assert len(there.pull("orders", ALL)) == 0
        else:
            with pytest.raises(ResponseError, match=r"No such view|No list of records"):
                there.pull("orders", ALL)


def counted(total, *, past_end="empty", records=RECORDS):
    """A list by page numbers that says `total` of its length."""

    def answer(request):
        page = int(request.url.params.get("page", 1))
        found = records[(page - 1) * 10 : page * 10]
        if not found and past_end == "repeat":
            found = records[-10:]
        if not found and past_end == "404":
            return httpx.Response(404)
        return httpx.Response(200, json={"data": found, "count": len(found) if total is None else total})

    return answer


def by_total(answer):
    paging = {"kind": "page", "size": "limit", "total": "count"}
    return system({"/orders": answer}, ORDERS, records="data", paging=paging)


@pytest.mark.parametrize("total", [None, 0, -1, 10])
def test_a_total_that_is_the_pages_own_is_not_believed(total):
    with by_total(counted(total)) as there:
        sample = there.pull("orders", ALL)
    assert (len(sample), sample.total) == (47, 47)
    said = 10 if total is None else total
    assert sample.notes == (f"the system says {said}, which is not the whole: correct `total` in the connector",)


@pytest.mark.parametrize("past_end", ["empty", "404", "repeat"])
@pytest.mark.parametrize("name", ["count", "total"])
def test_a_total_of_one_whole_page_is_believed_unless_it_may_count_the_page(name, past_end):
    inner = counted(10, past_end=past_end, records=RECORDS[:10])

    def answer(request):
        response = inner(request)
        return httpx.Response(200, json={"data": response.json()["data"], name: 10}) if response.content else response

    paging = {"kind": "page", "size": "limit", "total": name}
    with system({"/orders": answer}, ORDERS, records="data", paging=paging) as there:
        sample, extract = there.pull("orders", ALL), there.extract("orders", size=10)
        assert list(extract) == list(sample.records) == RECORDS[:10]
    agrees = name == "total" or past_end == "empty"
    proved = agrees and past_end != "repeat"  # where page 2 is passed over, a total of 10 may count the page as well
    for read in (sample, extract):
        unproved = Certainty.OPEN if past_end == "repeat" and not agrees else Certainty.ASSUMED  # 10 were asked for
        assert read.end.certainty is (Certainty.PROVED if proved else unproved)
        assert (read.total, read.notes) == (10 if agrees else None, ())
        assert read.stop in ({Stop.COMPLETE, Stop.ABSENT} if agrees else {Stop.REPEATED, Stop.ABSENT})


@pytest.mark.parametrize(
    ("paging", "certainty"),
    [
        ({"kind": "none"}, Certainty.ASSUMED),
        ({"kind": "none", "total": "total"}, Certainty.ASSUMED),
        ({"kind": "none", "total": "header:X-Total"}, Certainty.PROVED),
        ({"kind": "page", "page": "p", "size": "n", "total": "total"}, Certainty.ASSUMED),
        ({"kind": "page", "size": "limit", "total": "total"}, None),
        ({"kind": "offset", "total": "total"}, None),
    ],
)
def test_a_total_that_equals_a_page_of_a_round_number_is_no_proof(paging, certainty):
    """Such a system gives no more than 20 records, and a total that counts these, unless it is asked to count."""
    headers = {"X-Total": "20"} if "header" in paging.get("total", "") else {}

    def answer(request):
        asked = request.url.params
        start = int(asked.get("offset", 20 * (int(asked.get("page", 1)) - 1)))
        page = RECORDS[start : start + 20]
        return httpx.Response(200, json={"data": page, "total": len(page)}, headers=headers)

    with system({"/orders": answer}, ORDERS, records="data", paging=paging) as there:
        sample, extract = there.pull("orders", Plan(pages=50, size=100)), there.extract("orders", size=100)
        came = list(extract)
    assert len(sample) == len(came) == (20 if certainty else len(RECORDS))
    if certainty:
        assert {sample.end.certainty, extract.end.certainty} == {certainty}
    if certainty is Certainty.ASSUMED:
        assert "the total agrees with the 20 records of its one page, and may count no more than these" in sample.claim


@pytest.mark.parametrize(
    ("count", "more"), [(23, {}), (20, {"next": None}), (20, {"has_more": False}), (20, {"last": True})]
)
def test_a_total_beside_another_sign_of_the_end_or_an_odd_number_is_a_proof(count, more):
    with system({"/orders": {"data": RECORDS[:count], "total": count, **more}}, ORDERS, records="data") as there:
        assert there.pull("orders", ALL).end.is_proved


@pytest.mark.parametrize(("said", "calls"), [({"total": 7}, 1), ({"count": 7}, 2), ({"count": 7, "next": None}, 1)])
def test_a_total_of_a_page_that_is_not_whole_is_believed_unless_it_may_count_the_page(said, calls):
    def answer(request):
        first = request.url.params["page"] == "1"
        return httpx.Response(200, json={"data": RECORDS[:7] if first else [], **said})

    paging = {"kind": "page", "size": "limit", "total": next(iter(said))}
    for read in (lambda there: there.pull("orders", ALL), lambda there: [*there.extract("orders", size=10)]):
        fake = Fake({"/orders": answer})
        with system(fake, ORDERS, records="data", paging=paging) as there:
            assert len(read(there)) == 7
        assert len(fake.requests) == calls


def test_one_page_whose_total_may_count_the_page_is_not_the_whole():
    with by_total(counted(None)) as there:
        sample = there.pull("orders", Plan(pages=1, size=10))
    assert (len(sample), sample.total, sample.stop, sample.end.certainty) == (10, None, Stop.CAP, Certainty.OPEN)


LINES = {**ORDERS, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}


def test_parents_without_children_that_are_not_found_have_none():
    answers = {"/orders": {"data": RECORDS[:3]}, "/orders/2/lines": {"data": [{"id": 21}]}}
    with system(answers, LINES, records="data") as there:
        sample = there.pull("lines")
    assert [each["id"] for each in sample.records] == [21]
    assert (sample.stop, sample.notes) == (
        Stop.PARENTS,
        ("2 of 3 parents have none: the system says that they are not there",),
    )


@pytest.mark.parametrize(("status", "error"), [(404, ResponseError), (403, RefusedError), (500, ResponseError)])
def test_children_that_no_parent_has_or_that_are_refused_are_an_error(status, error):
    answers = {f"/orders/{number}/lines": httpx.Response(status) for number in (2, 3)}
    answers |= {"/orders": {"data": RECORDS[:3]}, **({"/orders/1/lines": {"data": []}} if status != 404 else {})}
    with system(answers, LINES, records="data") as there, pytest.raises(error, match=str(status)):
        there.pull("lines")

"""Whatever a system's manners: a claim that nothing is left unseen is true, and no record comes twice."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import pytest
from fakes import Fake, system
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.samples.end import Certainty
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

PAGING = {
    "page": {"kind": "page", "size": "limit"},
    "page without size": {"kind": "page"},
    "offset": {"kind": "offset"},
    "cursor": {"kind": "cursor", "cursor": "cursor", "next": "next", "size": "limit"},
    "next": {"kind": "next"},
    "link": {"kind": "link"},
    "none": {"kind": "none"},
}


@dataclass(frozen=True)
class Manners:
    """A list of so many records, some of them hidden, and what its system says of its pages."""

    count: int
    most: int
    style: str
    configured: str
    total: str = "none"
    last_next: str = "null"
    hides: int = 0
    past: str = "empty"
    cap: int = 10**6
    beyond_cap: str = "400"

    @property
    def visible(self):
        return [n for n in range(1, self.count + 1) if not self.hides or n % self.hides or n <= 3]

    def __call__(self, request):
        query = request.url.params
        limit = min(self.most, int(query.get("limit", self.most)))
        start = (
            (int(query.get("page", 1)) - 1) * limit
            if "page" in query
            else int(query.get("offset", query.get("cursor", 0)))
        )
        if start >= self.cap:
            if self.beyond_cap != "clamp":
                return httpx.Response(int(self.beyond_cap), json={"title": "too deep"})
            start = self.cap // limit * limit - limit if self.cap >= limit else 0
        numbers = range(start + 1, min(start + limit, self.count) + 1)
        if not numbers and start:
            if self.past in {"404", "400", "204"}:
                return httpx.Response(int(self.past))
            if self.past == "repeat" and self.count:
                numbers = range((self.count - 1) // limit * limit + 1, self.count + 1)
        rows = [{"id": n} for n in numbers if n in set(self.visible)]
        body, headers, more = {"data": rows}, {}, start + limit < self.count
        totals = {
            "right": self.count,
            "page": len(rows),
            "-1": -1,
            "0": 0,
            "small": max(0, self.count - 7),
            "large": self.count + 5,
        }
        if self.total != "none":
            body["total" if self.total in {"right", "large"} else "count"] = totals[self.total]
        if self.style in {"cursor", "next"} and (more or self.last_next != "omitted"):
            after = (
                str(start + limit)
                if self.style == "cursor"
                else f"http://fake.test/orders?offset={start + limit}&limit={limit}"
            )
            body["next"] = after if more or self.last_next == "always" else None
        if self.style == "link" and more:
            headers["Link"] = f'<http://fake.test/orders?offset={start + limit}&limit={limit}>; rel="Next"'
        return httpx.Response(200, json=body, headers=headers)


@st.composite
def manners(draw):
    style = draw(st.sampled_from(["page", "page without size", "offset", "cursor", "next", "link", "none"]))
    most = draw(st.sampled_from([1, 3, 7, 10, 25]))
    total = draw(st.sampled_from(["none", "right", "page", "-1", "0", "small", "large"]))
    numbered = style in {"page", "page without size", "offset"}
    capped = numbered and total != "small" and draw(st.booleans())  # a wrong total that agrees at a bound proves it
    return Manners(
        count=draw(st.integers(0, 70)),
        most=most,
        style=style,
        configured=style if draw(st.integers(0, 3)) else "none",
        total=total,
        last_next=draw(st.sampled_from(["null", "omitted", "always"])),
        hides=draw(st.sampled_from([0, 0, 2, 4]))
        if most > 1 and total != "small"
        else 0,  # who hides whole pages cannot be told from an end, nor a wrong total that agrees with what is left
        past=draw(st.sampled_from(["empty", "404", "204", "repeat", "400"])),
        cap=draw(st.sampled_from([10, 20, 35])) if capped else 10**6,
        beyond_cap=draw(st.sampled_from(["400", "403", "404", "clamp"])),
    )


def paging_of(given):
    told = {"total": "total" if given.total in {"right", "large"} else "count"} if given.total != "none" else {}
    return {**PAGING[given.configured], **({} if given.configured in {"none", "link"} else told)}


@settings(max_examples=300, deadline=None)
@example(
    given=Manners(0, 1, "cursor", "cursor", "none", "always", 0, "404", 10**6, "400"), size=5, pages=3
)  # an empty page names a cursor that answers 404
@given(given=manners(), size=st.sampled_from([5, 10, 20]), pages=st.sampled_from([3, 90]))
def test_nothing_is_left_unseen_where_a_claim_says_so(given, size, pages):
    paging = paging_of(given)
    limits = {"retries": 0, "in_flight": 3}
    with system(Fake({"/orders": given}), {"orders": {"list": "/orders"}}, records="data", paging=paging,
                limits=limits) as there:  # fmt: skip
        sample, extract = (
            there.pull("orders", Plan(pages=pages, size=size, until_quiet=0)),
            there.extract("orders", size=size),
        )
        rows = [row["id"] for row in extract]
    ids = [row["id"] for row in sample.records]
    for found, claim in ((ids, sample.claim), (rows, extract.claim)):
        assert len(set(found)) == len(found), claim
        assert set(found) <= set(given.visible)
        if "nothing is left unseen" in claim or "the collection is empty" in claim:
            assert set(found) == set(given.visible), claim
        is_told = given.total not in {"page", "small", "0"} and given.last_next != "always"
        is_told &= given.cap == 10**6 or given.beyond_cap != "clamp"
        if is_told and given.configured != "none" and given.cap > given.count and (pages == 90 or found is rows):
            assert set(found) == set(given.visible), claim


def test_an_empty_page_zero_is_no_empty_collection():
    def answer(request):
        page = int(request.url.params["page"])
        return httpx.Response(200, json={"data": [{"id": 1}] if page == 1 else []})

    paging = {"kind": "page", "first": 0}
    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="data", paging=paging) as there:
        sample, extract = there.pull("orders"), there.extract("orders")
        assert [*sample.records, *extract] == []
    for read in (sample, extract):
        assert read.end.certainty is Certainty.ASSUMED
        assert "it is empty: page 0, and the first one may be page 1" in read.claim


def test_a_page_that_comes_again_proves_nothing_beside_a_next_one():
    """What is called a total may be the number of pages."""
    body = {
        "data": [{"id": number} for number in range(10)],
        "meta": {"page": {"total": 10}},
        "links": {"next": "/o?page=2"},
    }
    paging = {"kind": "page", "size": "limit"}
    with system({"/orders": body}, {"orders": {"list": "/orders"}}, records="data", paging=paging) as there:
        sample, extract = there.pull("orders"), there.extract("orders")
        assert len([*extract]) == len(sample) == 10
    for read in (sample, extract):
        assert read.end.certainty is Certainty.OPEN
        assert "`links.next` names a next page; page 2 is page 1 again" in read.claim


def test_a_lower_bound_is_no_total():
    def answer(request):
        start, size = (int(request.url.params[name]) for name in ("from", "size"))
        rows = [{"id": number} for number in range(60)][start : start + size]
        return httpx.Response(200, json={"hits": {"total": {"value": 40, "relation": "gte"}, "hits": rows}})

    paging = {"kind": "offset", "offset": "from", "limit": "size", "total": "hits.total.value"}
    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="hits.hits", paging=paging) as there:
        sample, extract = there.pull("orders"), there.extract("orders", size=20)
        assert len([*extract]) == 60
    assert (sample.total, extract.total) == (None, None)
    assert "of 40" not in sample.claim + extract.claim


def test_a_total_that_counts_each_page_is_told_and_not_believed_by_an_extract():
    def answer(request):
        page = int(request.url.params["page"])
        rows = [{"id": number} for number in range(47)][25 * page - 25 : 25 * page]
        return httpx.Response(200, json={"data": rows, "count": len(rows)})

    paging = {"kind": "page", "total": "count"}
    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="data", paging=paging) as there:
        extract = there.extract("orders", size=25)
        assert len([*extract]) == 47
    assert extract.total is None
    assert extract.notes == ("the system says 25, which is not the whole: correct `total` in the connector",)


@pytest.mark.parametrize("whole", [False, True])
def test_a_page_that_leaves_its_list_out_and_names_a_next_one_is_no_end(whole):
    pages = {"": {"rows": [{"id": 1}], "nextPageToken": "b"}, "b": {"nextPageToken": "c"}, "c": {"rows": [{"id": 2}]}}
    answers = {"/orders": lambda request: httpx.Response(200, json=pages[request.url.params.get("pageToken", "")])}
    paging = {"kind": "cursor", "cursor": "pageToken", "next": "nextPageToken"}
    with system(answers, {"orders": {"list": "/orders"}}, records="rows", paging=paging) as there:
        read = there.extract("orders") if whole else there.pull("orders")
        assert list(read if whole else read.records) == [{"id": 1}, {"id": 2}]
    assert read.end.is_proved


def test_a_first_page_that_leaves_its_list_out_is_taken_for_an_empty_one_and_proves_nothing():
    with system(
        {"/orders": {"QueryResponse": {}}}, {"orders": {"list": "/orders"}}, records="QueryResponse.Order"
    ) as there:
        claim = there.pull("orders").claim
    assert "its end is assumed: it is empty, for no list stands in its answer" in claim
    assert "the collection is empty" not in claim


def test_an_empty_page_lacks_nothing_where_the_one_before_it_says_that_it_is_the_last():
    def answer(request):
        page = int(request.url.params["page"])
        return httpx.Response(200, json={"data": [{"id": page}], "more": page < 2}) if page < 3 else httpx.Response(204)

    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="data", paging={"kind": "page"}) as there:
        assert there.pull("orders").end.is_proved


def test_pages_that_are_counted_are_no_sign_of_more_once_they_came():
    def answer(request):
        page = int(request.url.params["page"])
        return httpx.Response(200, json={"data": [{"id": page}] if page < 4 else [], "pageCount": 3})

    with system({"/orders": answer}, {"orders": {"list": "/orders"}}, records="data", paging={"kind": "page"}) as there:
        assert there.pull("orders").end.is_proved


def test_a_graphql_error_beside_records_is_a_note_and_without_any_the_reason():
    search = {"search": {"path": "/graphql", "query": "{ orders { id } }"}}
    body = {"errors": [{"message": "no right to email"}], "data": {"orders": [{"id": 1}]}}
    with system({"/graphql": body}, {"orders": search}, records="data.orders") as there:
        sample, extract = there.pull("orders"), there.extract("orders")
        assert [*extract] == [*sample.records] == [{"id": 1}]
    for read in (sample, extract):
        assert "the system reported beside records: no right to email" in read.claim
    body = {"errors": [{"message": "no right to email"}], "data": {"orders": []}}
    with system({"/graphql": body}, {"orders": search}, records="data.orders") as there:
        with pytest.raises(ResponseError, match="no right to email"):
            there.pull("orders")


@pytest.mark.parametrize(
    ("child", "parents", "stop"),
    [
        ([{"id": number} for number in range(10)], 100, Stop.PARENTS),
        ([{"id": number} for number in range(10)], 1, Stop.CAP),
        (httpx.Response(501), 100, Stop.REFUSED),
    ],
)
def test_children_say_why_they_ended_and_no_budget_is_used_up_that_was_not(child, parents, stop):
    answers = {"/orders": [{"id": 1}, {"id": 2}], "/orders/1/lines": [{"id": 7}], "/orders/2/lines": child}
    specs = {"orders": {"list": "/orders"}, "lines": {"list": "/orders/{id}/lines", "parent": "orders"}}
    with system(answers, specs, limits={"parents": parents, "retry_for": 0}) as there:
        sample = there.pull("lines")
    assert sample.stop is stop
    assert not sample.end.is_proved
    assert ("the plan's budget was used up" in sample.claim) is (stop is Stop.CAP)


def both(answer, **paging):
    """The claims of a pull and of an extract, with the numbers of records that came."""
    claims = []
    for how in ("pull", "extract"):
        with system({"/o": answer}, {"orders": {"list": "/o", "records": "data", "paging": paging}}) as there:
            came = there.pull("orders", Plan(pages=50)) if how == "pull" else there.extract("orders")
            number = len(came.records) if how == "pull" else sum(1 for _ in came)
            claims.append((number, came.claim))
    return claims


CUT = "so that records may be left out"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (lambda page: {"partial": page == 2}, f"`partial` is set on one page, {CUT}"),
        (lambda page: {"meta": {"truncated": page in {2, 3}}}, f"`meta.truncated` is set on 2 pages, {CUT}"),
        (
            lambda page: {"errors": [{"message": "shard 3 is away"}]} if page == 2 else {},
            "an error was reported beside records, so that others may be left out",
        ),
    ],
)
def test_a_page_in_the_middle_that_was_cut_short_leaves_the_end_unproved(said, sentence):
    def answer(request):
        page = int(request.url.params.get("c", 1))
        rows = [{"id": 10 * page + number} for number in range(4 if page == 2 else 9)]
        return httpx.Response(200, json={"data": rows, "next": str(page + 1) if page < 5 else None, **said(page)})

    for number, claim in both(answer, kind="cursor", cursor="c", next="next"):
        assert number == 40
        assert f"its end is assumed: {sentence}" in claim
        assert "nothing is left unseen" not in claim


def test_a_flag_that_is_set_on_each_page_but_the_last_speaks_of_the_list():
    def answer(request):
        page = int(request.url.params.get("c", 1))
        rows = [{"id": 10 * page + number} for number in range(9)]
        return httpx.Response(200, json={"data": rows, "isTruncated": page < 4, "next": page + 1 if page < 4 else None})

    for number, claim in both(answer, kind="cursor", cursor="c", next="next"):
        assert (number, "nothing is left unseen" in claim) == (36, True)


def test_pages_of_any_size_whose_total_counts_themselves_are_read_to_their_end():
    def answer(request):
        page = int(request.url.params.get("page", 1))
        rows = [{"id": number} for number in range(110)][(page - 1) * 37 : page * 37]
        return httpx.Response(200, json={"data": rows, "total": len(rows)})

    for number, claim in both(answer, kind="page", total="total"):
        assert (number, "nothing is left unseen" in claim) == (110, True)


def test_a_list_that_begins_anew_past_its_end_is_read_whole():
    def answer(request):
        page = (int(request.url.params.get("page", 1)) - 1) % 4
        return httpx.Response(200, json={"data": [{"id": number} for number in range(page * 30, page * 30 + 30)]})

    for number, claim in both(answer, kind="page"):
        assert number == 120
        assert "its end is assumed: page 5 is one that came before" in claim


def test_a_later_page_that_lacks_its_list_alone_is_an_empty_one_and_proves_nothing():
    def answer(request):
        start = int(request.url.params.get("offset", 0))
        entries = "".join(f"<entry><id>{number}</id></entry>" for number in range(start, min(start + 7, 20)))
        feed = f"<feed><title>t</title>{entries}</feed>"
        return httpx.Response(200, text=feed, headers={"content-type": "application/atom+xml"})

    spec = {"list": "/o", "records": "feed.entry", "paging": {"kind": "offset", "limit": "most"}}
    with system({"/o": answer}, {"orders": spec}) as there:
        extract = there.extract("orders", size=7)
        assert len([*extract]) == len(there.pull("orders", Plan(pages=9, size=7)).records) == 20
    assert "its end is assumed: the page after the last one is empty, for no list stands in its answer" in extract.claim


def test_what_fhir_puts_among_the_records_is_told_and_no_record():
    outcome = {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "warning", "diagnostics": "1 source is away"}],
    }
    entries = [{"resource": {"resourceType": "Patient", "id": number}} for number in range(7)]
    body = {"resourceType": "Bundle", "total": 7, "entry": [*entries, {"resource": outcome}]}
    with system({"/o": body}, {"orders": {"list": "/o", "records": "entry[].resource"}}) as there:
        sample = there.pull("orders")
    assert len(sample.records) == 7
    assert "the system says among the records: warning: 1 source is away" in sample.claim


def test_an_outcome_in_place_of_records_is_the_reason():
    issue = {"severity": "error", "code": "invalid", "diagnostics": "Unknown parameter _sort"}
    body = {"resourceType": "OperationOutcome", "issue": [issue]}
    with (
        system({"/o": body}, {"orders": {"list": "/o", "records": "entry[].resource"}}) as there,
        pytest.raises(ResponseError, match="an error inside: error: Unknown parameter _sort"),
    ):
        there.pull("orders")


@pytest.mark.parametrize("said", [{"approximateTotal": 60}, {"total": 60, "total_is_exact": False}])
def test_an_estimate_is_neither_a_total_nor_a_lower_bound(said):
    def answer(request):
        page = int(request.url.params.get("page", 1))
        rows = [{"id": number} for number in range(50)][(page - 1) * 12 : page * 12]
        return httpx.Response(200, json={"data": rows, **said})

    for number, claim in both(answer, kind="page", total=next(iter(said))):
        assert number == 50
        assert "the page after the last one is empty, and yet" in claim
        assert "at least" not in claim
        assert "of 60" not in claim
    ((number, claim), _) = both(answer, kind="none")
    assert f"one page, and maybe not all: `{next(iter(said))}` says about 60" in claim


def test_a_number_of_the_last_page_is_a_sign_of_more():
    body = {"data": [{"id": number} for number in range(7)], "pagination": {"current": "1", "last": "5"}}
    with system({"/o": body}, {"orders": {"list": "/o", "records": "data"}}) as there:
        assert "`pagination.last` says 5" in there.pull("orders").claim

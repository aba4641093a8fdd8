"""What a probe finds on lists that page as well-known vendors do, by what their answers show."""

from __future__ import annotations

import tomllib

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery import Plan

RECORDS = [{"id": 7 * number, "version": 1000 + number} for number in range(1, 48)]
IDS = [record["id"] for record in RECORDS]
SIZED = {"size": "limit", "more": "has_more"}
WHOLE = Plan(pages=99, size=10, edges=False)


def number(request, name, default):
    return int(request.url.params.get(name, default))


def cut(start, size=10):
    return RECORDS[start : start + size]


def by_last_id(request):
    """As Stripe: the id of the last record asks for what follows, and a flag tells whether there is more."""
    start = IDS.index(number(request, "starting_after", 0)) + 1 if "starting_after" in request.url.params else 0
    size = number(request, "limit", 10)
    return {"rows": cut(start, size), "has_more": start + size < 47}


def by_offset_that_is_a_cursor(request):
    """As Airtable: what it calls an offset is a text of its own."""
    start = int(request.url.params.get("offset", "itr/0").rpartition("/")[2])
    return {"rows": cut(start), **({"offset": f"itr/{start + 10}"} if start + 10 < 47 else {})}


def by_start_cursor(request):
    """As Notion."""
    start = number(request, "start_cursor", 0)
    more = start + 10 < 47
    return {"rows": cut(start), "next_cursor": str(start + 10) if more else None, "has_more": more}


def by_offset_alone(request):
    """As Mailchimp, with a size of another name."""
    start = number(request, "offset", 0)
    return {"rows": cut(start, number(request, "howmany", 10)), "total_items": 47}


def by_version(request):
    """As Lightspeed X: the highest version of a page asks for what follows."""
    rows = [record for record in RECORDS if record["version"] > number(request, "after", 0)][:10]
    return {"rows": rows, "version": {"max": rows[-1]["version"] if rows else 0}}


def by_told_page(request):
    """The name of the page's number stands in the answer alone."""
    return {"rows": cut((number(request, "pg", 1) - 1) * 10), "pg": number(request, "pg", 1), "of": 5}


def by_told_page_and_size(request):
    page, size = number(request, "seite", 0), number(request, "anzahl", 10)
    return {"rows": cut(page * size, size), "meta": {"seite": page, "anzahl": size}}


def by_framed_page(request):
    page = number(request, "page[no]", 1)
    return {"rows": cut((page - 1) * 10), "page": {"no": page}}


def by_told_position(request):
    start, size = number(request, "startPos", 1), number(request, "len", 10)
    return {"rows": cut(start - 1, size), "result": {"startPos": start, "len": size}}


def by_clamped_page(request):
    """As Magento: a page past the end is the last one again."""
    page = min(number(request, "page", 1), 5)
    return {"rows": cut((page - 1) * 10), "total_count": 47}


def by_pages_called_total(request):
    page = number(request, "page", 1)
    return {"rows": cut((page - 1) * 10), "meta": {"page": {"total": 15}}}


def by_count_of_the_page(request):
    rows = cut((number(request, "page", 1) - 1) * 10)
    return {"rows": rows, "count": len(rows)}


@pytest.mark.parametrize(
    ("answer", "settings"),
    [
        (by_last_id, {"kind": "cursor", "cursor": "starting_after", "next": "rows[-1].id", **SIZED}),
        (by_offset_that_is_a_cursor, {"kind": "cursor", "cursor": "offset", "next": "offset"}),
        (by_start_cursor, {"kind": "cursor", "cursor": "start_cursor", "next": "next_cursor"}),
        (by_offset_alone, {"kind": "offset", "offset": "offset", "limit": "limit", "total": "total_items"}),
        (by_version, {"kind": "cursor", "cursor": "after", "next": "version.max"}),
        (by_told_page, {"kind": "page", "page": "pg", "first": 1}),
        (by_told_page_and_size, {"kind": "page", "page": "seite", "size": "anzahl", "first": 0}),
        (by_framed_page, {"kind": "page", "page": "page[no]", "first": 1}),
        (by_told_position, {"kind": "offset", "offset": "startPos", "limit": "len", "first": 1}),
        (by_clamped_page, {"kind": "page", "page": "page", "first": 1, "total": "total_count"}),
        (by_pages_called_total, {"kind": "page", "page": "page", "first": 1}),
        (by_count_of_the_page, {"kind": "page", "page": "page", "first": 1}),
    ],
)  # fmt: skip
def test_paging_is_found_by_what_an_answer_shows_and_reads_every_record(answer, settings):
    def respond(request):
        return httpx.Response(200, json=answer(request))

    with system(Fake({"/orders": respond}), {"orders": {"list": "/orders", "records": "rows"}}) as there:
        report = there.probe("orders")
    tables = {proposal.table: tomllib.loads("\n".join(proposal.after)) for proposal in report.proposals}
    assert tables["paging"] == settings
    assert report.requests <= 60
    spec = {"list": "/orders", "records": "rows", "paging": settings}
    with system(Fake({"/orders": respond}), {"orders": spec}) as there:
        assert sorted(record["id"] for record in there.pull("orders", WHOLE).records) == IDS
        assert [record["id"] for record in there.extract("orders", size=10)] == IDS

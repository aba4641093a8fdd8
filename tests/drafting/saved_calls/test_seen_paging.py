"""Paging that several saved answers of one list show."""

from __future__ import annotations

import json

import pytest

from ipaas_discovery.drafting.recorded_connector import connector_from_requests
from ipaas_discovery.drafting.saved_calls.collected import Example, SavedRequest
from ipaas_discovery.drafting.saved_calls.har import read_har
from ipaas_discovery.drafting.saved_calls.seen_paging import seen_paging


def page(start, many=2, *, total_header="", body=None, **asked):
    records = tuple({"id": number} for number in range(start, start + many))
    names = {name.replace("__", "$"): str(value) for name, value in asked.items()}
    return Example(SavedRequest("GET", "/o"), 200, body, records, total_header=total_header, asked=names)


@pytest.mark.parametrize(
    ("pages", "settings"),
    [
        ([page(1, page=1, limit=2), page(3, page=2, limit=2)], {"kind": "page", "page": "page", "size": "limit"}),
        ([page(1), page(3, page=2)], {"kind": "page", "page": "page"}),
        ([page(3, page=1), page(1, page=0)], {"kind": "page", "page": "page", "first": 0}),
        ([page(1, page=1)], {}),
        ([page(1, page=1), page(1, page=2)], {}),
        ([page(1, page=2), page(3, page=2)], {}),
        ([page(1, page="x"), page(3, page=2)], {}),
        ([page(1, page=1), page(9, 0, page=2)], {}),
        ([page(1, offset=0, limit=2), page(3, offset=2)], {"kind": "offset", "offset": "offset", "limit": "limit"}),
        ([page(1), page(3, __skip=2)], {"kind": "offset", "offset": "$skip"}),
        ([page(1, startIndex=1), page(3, startIndex=3)], {"kind": "offset", "offset": "startIndex", "first": 1}),
        (
            [page(1, body={"startIndex": 1}), page(3, startIndex=3)],
            {"kind": "offset", "offset": "startIndex", "first": 1},
        ),
        ([page(1, offset=0), page(3, offset=3)], {}),
        ([page(1, offset="x"), page(3, offset=2)], {}),
        (
            [page(1, filter='{"skip":0,"limit":2}'), page(3, filter='{"skip":2,"limit":2}')],
            {"kind": "offset", "offset": "skip", "limit": "limit", "json_in": "filter"},
        ),
        ([page(1, filter="[0]"), page(3, filter="{")], {}),
        (
            [page(1, page=1), page(3, page=2, total_header="x-total")],
            {"kind": "page", "page": "page", "total": "header:x-total"},
        ),
        ([page(1, limit="0,2"), page(3, limit="2,2")], {"kind": "offset", "joined": "limit={offset},{limit}"}),
        ([page(3, limit="2,2"), page(1, limit="2")], {"kind": "offset", "joined": "limit={offset},{limit}"}),
        ([page(1, rows="1;2"), page(3, rows="3;2")], {"kind": "offset", "joined": "rows={offset};{limit}", "first": 1}),
        ([page(1, range="0-1"), page(3, range="2-3")], {"kind": "offset", "joined": "range={offset}-{last}"}),
        ([page(1, span="5,2"), page(3, span="6,2")], {}),
        ([page(1, span="0,2"), page(3, span="2-3")], {}),
        ([page(1, month="2024-1"), page(3, month="2024-2")], {}),
        ([page(1, range="items=0-1", total_header="content-range")], {"kind": "range"}),
        ([page(1, range="0-1", total_header="content-range")], {"kind": "range", "unit": ""}),
        ([page(1, range="[0,1]", total_header="content-range")], {"kind": "range", "json_in": "range"}),
        ([page(1, range="items=0-1")], {}),
        ([page(1, range="week", total_header="content-range")], {}),
        ([page(1), page(3, pageNumber=1)], {"kind": "page", "page": "pageNumber", "first": 0}),
        ([page(1), page(3, startAt=3, max=2)], {"kind": "offset", "offset": "startAt", "limit": "max", "first": 1}),
        ([page(1), page(6, offset=5, limit=5)], {"kind": "offset", "offset": "offset", "limit": "limit"}),
        ([page(1, body={"next": "x9"}), page(3, c="x9")], {"kind": "cursor", "cursor": "c", "next": "next"}),
        ([page(3, until=2), page(1)], {"kind": "cursor", "cursor": "until", "next": "[-1].id"}),
        ([page(1), page(3, id=2)], {}),
        ([page(1, body={"note": "x9"}), page(3, c="x9")], {}),
        ([page(1, body={"next": "x9", "mark": 1}), page(3, c="x9", until=2)], {}),
        (
            [page(1, body={"next": "x9", "has_more": True}), page(3, c="x9", limit=2)],
            {"kind": "cursor", "cursor": "c", "next": "next", "more": "has_more", "size": "limit"},
        ),
    ],
)
def test_what_asks_for_another_page_and_brings_other_records_is_the_paging(pages, settings):
    assert seen_paging(pages) == settings


def entry(url, records, sent=(), received=()):
    return {
        "request": {"method": "GET", "url": url, "headers": [{"name": name, "value": text} for name, text in sent]},
        "response": {
            "status": 200,
            "headers": [{"name": name, "value": text} for name, text in received],
            "content": {"mimeType": "application/json", "text": json.dumps(records)},
        },
    }


def test_a_recorded_session_gives_its_paging_and_the_header_that_counts(tmp_path):
    listed = "https://api.example.test/items"
    entries = [
        entry(f"{listed}?limit=2", [{"id": 1}, {"id": 2}], received=[("X-Total", "9")]),
        entry(f"{listed}?limit=2&page=2", [{"id": 3}, {"id": 4}]),
        entry(
            "https://api.example.test/stock", [{"id": 1}], [("Range", "items=0-0")], [("Content-Range", "items 0-0/9")]
        ),
    ]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    connector = connector_from_requests(read_har(tmp_path / "calls.har"), "shop")
    items, stock = (connector.collections[name].paging.model_dump(exclude_unset=True) for name in ("items", "stock"))
    assert items == {"kind": "page", "page": "page", "size": "limit", "total": "header:x-total"}
    assert stock == {"kind": "range"}


@pytest.mark.parametrize(
    ("first", "second", "settings"),
    [
        ({"count": 2, "more": True}, {"count": 2}, {"kind": "page", "page": "page"}),
        ({"total": 2}, {"total": 2}, {"kind": "page", "page": "page"}),
        ({"total": 9}, {"total": 9}, {"kind": "page", "page": "page", "total": "total"}),
        (
            {"links": [{"rel": ["next"], "href": "/items?page=2"}]},
            {},
            {"kind": "next", "next": "links[rel=next].href"},
        ),
        ({"links": {"next": {"href": "/items?x=2"}}}, {}, {"kind": "next", "next": "links.next.href"}),
    ],
)
def test_what_an_answer_says_beside_its_records_is_written_where_the_pages_bear_it_out(
    tmp_path, first, second, settings
):
    listed = "https://api.example.test/items"
    entries = [
        entry(listed, {"items": [{"id": 1}, {"id": 2}], **first}),
        entry(f"{listed}?page=2", {"items": [{"id": 3}, {"id": 4}], **second}),
    ]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    spec = connector_from_requests(read_har(tmp_path / "calls.har"), "shop").collections["items"]
    assert spec.paging.model_dump(exclude_unset=True) == settings


def test_a_range_in_a_parameter_is_no_header(tmp_path):
    entries = [
        entry(f"https://api.example.test/items?range={span}", rows, received=[("Content-Range", f"{span}/9")])
        for span, rows in (("0-1", [{"id": 1}, {"id": 2}]), ("2-3", [{"id": 3}, {"id": 4}]))
    ]
    (tmp_path / "calls.har").write_text(json.dumps({"log": {"entries": entries}}), encoding="utf-8")
    spec = connector_from_requests(read_har(tmp_path / "calls.har"), "shop").collections["items"]
    assert spec.paging.model_dump(exclude_unset=True) == {
        "kind": "offset",
        "joined": "range={offset}-{last}",
        "total": "header:content-range",
    }

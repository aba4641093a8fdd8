"""The plan beyond its spread pages: edges, filter values, stretches of time, quiet, budgets; and what a sample says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

import httpx
import pytest
from fakes import NAMES, Fake, system
from samples.fakes_paging import Api, orders

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

PAGE = {"kind": "page", "size": "limit", "total": "total"}
CURSOR = {"kind": "cursor", "cursor": "after", "next": "next_cursor", "size": "limit"}
SORT = {"newest": {"sort": "-updated_at"}, "oldest": {"sort": "updated_at"}}


def pulled(api, plan, paging=PAGE, limits=None, **spec):
    with system({"/orders": api}, {"orders": {"list": "/orders", **spec}}, records="data", paging=paging,
                limits=limits or {}) as there:  # fmt: skip
        return there.pull("orders", plan)


OPEN = {"kind": "page", "size": "limit"}


def of(count, **manners):
    return Api(orders(count), **manners)


def cursor(count, **manners):
    return of(count, style="cursor", page="after", total=None, **manners)


@dataclass
class Flawed:
    """A list that refuses some pages, and gives fewer records on others."""

    inner: Api
    refused: dict[str, int]
    shortened: dict[str, int] = field(default_factory=dict)

    @property
    def queries(self):
        return self.inner.queries

    def __call__(self, request):
        page, body = request.url.params["page"], self.inner(request).json()
        if page in self.refused:
            return httpx.Response(self.refused[page])
        return httpx.Response(200, json={**body, "data": body["data"][: self.shortened.get(page)]})


def asked_for(query):
    more = {name: value for name, value in query.items() if name not in {"page", "after", "limit"}}
    return next((f"{name}={value}" for name, value in more.items()), query.get("page") or query.get("after", "first"))


@pytest.mark.parametrize(
    ("api", "paging", "settings", "asked", "result", "notes"),
    [
        (of(0), PAGE, {}, "1", (0, Stop.EMPTY, 0), ""),
        (of(25, total=0), PAGE, {}, "1 2 2 5 4 3", (25, Stop.EMPTY, 25),
         "the system says 0, which is not the whole: correct `total` in the connector"),
        (of(25), PAGE, {"pages": 5}, "1 2 3", (25, Stop.COMPLETE, 25), ""),
        (of(30), PAGE, {"pages": 5}, "1 2 3 4", (30, Stop.COMPLETE, 30), ""),
        (of(10), OPEN, {"pages": 5}, "1 2", (10, Stop.EMPTY, 10), ""),
        (of(200), PAGE, {"pages": 3}, "1 11 20", (30, Stop.SPACED, 200), ""),
        (of(200), PAGE, {"pages": 1}, "1", (10, Stop.SPACED, 200), ""),
        (of(200, total=None), OPEN, {"pages": 1}, "1", (10, Stop.CAP, None), ""),
        (of(47, total=None), OPEN, {"pages": 5}, "1 2 5 4 6 3", (47, Stop.EMPTY, 47), ""),
        (of(200, total=None), OPEN, {"pages": 3}, "1 2 5 17 65 41 29 23 20 22 21 11", (60, Stop.SPACED, 200),
         "no total is told, and the pages end with page 20"),
        (of(2000, total=None), OPEN, {"pages": 6, "most_pages": 3}, "1 2 5", (30, Stop.CAP, None),
         "no end was found up to page 5"),
        (of(400, total=None), OPEN, {"pages": 12, "most_pages": 12},
         "1 2 5 17 65 41 29 35 38 40 8 15 22 33", (120, Stop.CAP, 400),
         "no total is told, and the pages end with page 40"),
        (of(170, total=None), OPEN, {"pages": 14, "most_pages": 14},
         "1 2 5 17 65 41 29 23 20 19 18 3 6 7 8 10 11 12 13 15 16", (140, Stop.SPACED, 170),
         "no total is told, and the pages end with page 17"),
        (of(170, total=None), OPEN, {"pages": 13, "most_pages": 11},
         "1 2 5 17 65 41 29 23 20 19 18 4 6 8 9 10 12 13 14 16", (130, Stop.SPACED, 170),
         "no total is told, and the pages end with page 17"),
        (of(25, total=10), PAGE, {"pages": 5}, "1 2 2 5 4 3", (25, Stop.EMPTY, 25),
         "the system says 10, which is not the whole: correct `total` in the connector"),
        (of(25, total=10), PAGE, {"pages": 1}, "1", (10, Stop.CAP, None), ""),
        (of(10, total=10), PAGE, {"pages": 5}, "1 2", (10, Stop.COMPLETE, 10), ""),
        (of(10, total=10, past="repeat"), PAGE, {"pages": 5}, "1 2", (10, Stop.COMPLETE, 10), ""),
        (of(10, total=10, past="error"), PAGE, {"pages": 5}, "1 2", (10, Stop.COMPLETE, 10), ""),
        (of(45, total=30), PAGE, {"pages": 6}, "1 2 3 4 5 6", (45, Stop.EMPTY, 45),
         "the system says 30, which is not the whole: correct `total` in the connector"),
        (of(30, total=30, past="endless"), PAGE, {"pages": 6, "most_pages": 6}, "1 2 3 4 5 6", (60, Stop.CAP, None),
         "the system says 30, which is not the whole: correct `total` in the connector"),
        (of(45, total=30), PAGE, {"pages": 6, "requests": 4}, "1 2 3 4", (40, Stop.CAP, None),
         "the system says 30, which is not the whole: correct `total` in the connector"),
        (of(30, total=30, past="error"), PAGE, {"pages": 6}, "1 2 3 4", (30, Stop.COMPLETE, 30), ""),
        (of(47, total=90), PAGE, {"pages": 20}, "1 2 3 4 5 6 7 8 9 10", (47, Stop.EMPTY, 90),
         "page 6 was empty, though there should be 90 records | the system says 90, and 47 came"),
        (Flawed(of(47), {"3": 404}), PAGE, {"pages": 5}, "1 2 3 4 5", (37, Stop.ABSENT, 47),
         ("The system answered 404 Not Found: (no body) (GET http://fake.test/orders?page=3&limit=10), though "
         "there should be 47 records | the system says 47, and 37 came")),
        (Flawed(of(47), {"3": 403}), PAGE, {"pages": 5}, "1 2 3 4 5", (37, Stop.REFUSED, 47),
         ("1 page could not be read: The system answered 403 Forbidden: (no body) (GET "
         "http://fake.test/orders?page=3&limit=10)")),
        (Flawed(of(47), {"3": 403, "4": 403}), PAGE, {"pages": 5}, "1 2 3 4 5", (27, Stop.REFUSED, 47),
         ("2 pages could not be read: The system answered 403 Forbidden: (no body) (GET "
         "http://fake.test/orders?page=3&limit=10)")),
        (Flawed(of(47), {"2": 403}), OPEN, {"pages": 5}, "1 2", (10, Stop.REFUSED, None),
         ("what comes after page 1 could not be read: The system answered 403 Forbidden: (no body): the "
         "connector sends no credentials: write under [auth] which ones the system wants")),
        (Flawed(of(30), {"4": 403}), PAGE, {"pages": 5}, "1 2 3 4", (30, Stop.COMPLETE, 30), ""),
        (Flawed(of(47), {}, {"2": 7}), PAGE, {"pages": 5}, "1 2 3 4 5 6", (44, Stop.COMPLETE, 47),
         "the system says 47, and 44 came"),
        (Flawed(of(47), {"6": 403}, {"2": 7}), PAGE, {"pages": 5}, "1 2 3 4 5 6", (44, Stop.REFUSED, 47),
         ("further records could not be read: The system answered 403 Forbidden: (no body): the connector sends"
         " no credentials: write under [auth] which ones the system wants (GET "
         "http://fake.test/orders?page=6&limit=10)")),
        (Flawed(of(47), {}, {"2": 0}), PAGE, {"pages": 5}, "1 2 3 4 5", (37, Stop.EMPTY, 47),
         "page 2 was empty, though there should be 47 records | the system says 47, and 37 came"),
        (of(25, most=4), PAGE, {"pages": 20}, "1 2 3 4 5 6 7", (25, Stop.COMPLETE, 25), ""),
        (of(600), PAGE, {"pages": 3, "until_quiet": 90, "most_pages": 8},
         "1 31 60 16 45 8 23 52", (80, Stop.CAP, 600), ""),
        (of(600), PAGE, {"pages": 3, "until_quiet": 5}, "1 31 60 16 45 8 23 52", (80, Stop.QUIET, 600), ""),
        (of(90), PAGE, {"pages": 3, "until_quiet": 50}, "1 5 9 3 7 2 4 6 8", (90, Stop.COMPLETE, 90), ""),
        (of(600), PAGE, {"pages": 3, "until_quiet": 90, "requests": 5}, "1 31 60 16 45", (50, Stop.CAP, 600), ""),
        (cursor(45), CURSOR, {"pages": 9}, "first c10 c20 c30 c40", (45, Stop.NO_NEXT, 45), ""),
        (cursor(450), CURSOR, {"pages": 3}, "first c10 c20", (30, Stop.CAP, None), ""),
        (cursor(450), CURSOR, {"pages": 3, "until_quiet": 4},
         "first c10 c20 c30 c40 c50 c60 c70 c80", (90, Stop.QUIET, None), ""),
        (cursor(450), CURSOR, {"pages": 3, "until_quiet": 40, "most_pages": 7},
         "first c10 c20 c30 c40 c50 c60", (70, Stop.CAP, None), ""),
        (cursor(450), CURSOR, {"pages": 5, "until_quiet": 40, "most_pages": 3},
         "first c10 c20 c30 c40", (50, Stop.CAP, None), ""),
        (cursor(0), CURSOR, {"pages": 3}, "first", (0, Stop.EMPTY, 0), ""),
        (cursor(450), CURSOR, {"pages": 3, "requests": 2}, "first c10", (20, Stop.CAP, None), ""),
        (of(200, total=None, filters=("status",)), OPEN, {"pages": 1, "filters": {"status": ["void"]}},
         "1 status=void status=open", (20, Stop.CAP, None), ""),
        (cursor(2000, filters=("status",)), CURSOR, {"pages": 4, "filters": {"status": ["void", "paid"]}},
         "first c10 status=void status=paid status=open", (40, Stop.CAP, None), ""),
        (cursor(2000, filters=("status",)), CURSOR, {"pages": 4, "filters": {"status": []}},
         "first c10 status=open", (20, Stop.CAP, None), ""),
        (of(600, filters=("status",)), PAGE, {"pages": 4, "filters": {"status": []}},
         "1 21 40 60 status=open status=paid status=void", (60, Stop.SPACED, 600), ""),
        (cursor(2000, since="from"), CURSOR, {"pages": 5, "since": "from"},
         "first c10 from=2021-09-17T13:30:00Z from=2023-06-03T17:00:00Z from=2025-02-16T20:30:00Z",
         (50, Stop.CAP, None), ""),
        (cursor(2000, since="from"), CURSOR, {"pages": 5, "until_quiet": 3, "most_pages": 9, "since": "from"},
         "first c10 from=2021-09-17T13:30:00Z from=2023-06-03T17:00:00Z from=2025-02-16T20:30:00Z",
         (50, Stop.QUIET, None), ""),
        (cursor(2000, since="from"), CURSOR, {"pages": 1, "since": "from"}, "first", (10, Stop.CAP, None), ""),
        (cursor(2000, since="from"), CURSOR, {"pages": 4, "edges": False, "since": "from"},
         "first c10 c20 c30", (40, Stop.CAP, None), ""),
        (cursor(30, since="from"), CURSOR, {"pages": 8, "since": "from"}, "first c10 c20", (30, Stop.NO_NEXT, 30), ""),
    ],
)  # fmt: skip
def test_these_pages_are_asked_for_and_this_is_known_after_them(api, paging, settings, asked, result, notes):
    spec = {name: settings[name] for name in ("filters", "since") if name in settings}
    plan = {"size": 10, "until_quiet": 0} | {name: value for name, value in settings.items() if name not in spec}
    sample = pulled(api, Plan(**plan), paging, {"in_flight": 1}, **spec)
    assert " ".join(map(asked_for, api.queries)) == asked
    assert (len(sample), sample.stop, sample.total) == result
    assert " | ".join(sample.notes) == notes
    assert sample.requests == len(api.queries)


def ids(sample):
    return [record["id"] for record in sample.records]


def test_the_newest_the_oldest_and_each_filter_value_get_a_page_and_each_record_is_kept_once():
    records = orders(600)[300:] + orders(300)  # the list's own order is neither
    api = Api(records, sort=True, filters=("status",))
    sample = pulled(api, Plan(pages=3, size=10), sort=SORT, filters={"status": ["void", "paid"]})
    assert [each.name for each in sample.strata] == [
        "spread", "the newest", "the oldest", "status = void", "status = paid", "status = open",
    ]  # fmt: skip
    assert max(ids(sample)) == 600
    assert min(ids(sample)) == 1
    assert max(Counter(ids(sample)).values()) == 1
    assert {record["status"] for record in sample.records} == {"open", "paid", "void"}
    assert sum(each.records for each in sample.strata) == len(sample)
    assert sample.sizes == (10, 10, 10)
    assert [name for name, _ in sample.parts[2:]] == ["page 60", *(each.name for each in sample.strata[1:])]
    assert sum(size for _, size in sample.parts) == len(sample)
    assert "from 8 pages (3 spread, the newest, the oldest, 3 values of status)" in sample.claim
    assert "a path not seen has a presence under 10 % at 95 %" in sample.claim  # of the thirty that are spread
    assert len(api.queries) == 8


def test_a_collection_that_is_read_whole_needs_no_edges():
    api = Api(orders(47), sort=True, filters=("status",))
    sample = pulled(api, Plan(pages=5, size=10), sort=SORT, filters={"status": ["void"]})
    assert (len(api.queries), sample.strata, sample.stop) == (5, (), Stop.COMPLETE)


def test_a_plan_without_edges_reads_spread_pages_alone():
    api = Api(orders(600), sort=True)
    assert pulled(api, Plan(pages=3, size=10, edges=False), sort=SORT).strata == ()


def test_filter_values_that_only_records_name_are_asked_for_within_the_plans_bound():
    records = [{**each, "status": f"s{each['id']:03}"} for each in orders(600)]
    api = Api(records, filters=("status",))
    sample = pulled(api, Plan(pages=2, size=10, values=4), filters={"status": []})
    assert [each.name for each in sample.strata[1:]] == [f"status = s{number:03}" for number in (1, 2, 3, 4)]


def test_a_filter_that_is_passed_over_is_said():
    sample = pulled(Api(orders(300)), Plan(pages=2, size=5), filters={"status": ["void"]})
    assert "the filter status is passed over: no record of void, paid came" in sample.claim


def test_an_edge_that_is_refused_loses_nothing_else():
    inner = Api(orders(300))

    def answer(request):
        return httpx.Response(400, json={"title": "bad sort"}) if "sort" in request.url.params else inner(request)

    sample = pulled(answer, Plan(pages=3, size=10, until_quiet=0), sort={"newest": {"sort": "x"}})
    assert len(sample) == 30
    assert "the newest could not be asked for" in sample.claim


def test_it_goes_on_until_pages_bring_no_new_path():
    records = orders(3000)
    for number in (1210, 1211, 1212):
        records[number]["rare"] = {"deep": 1}
    few = pulled(Api(records), Plan(pages=3, size=10, edges=False))
    assert not any("rare" in record for record in few.records)
    api = Api(records)
    sample = pulled(api, Plan(pages=3, size=10, edges=False, until_quiet=60, most_pages=300))
    assert sample.stop is Stop.QUIET
    assert any("rare" in record for record in sample.records)
    assert 63 <= len(api.queries) < 300
    assert list(sample.pages) == sorted(set(sample.pages))


@pytest.mark.parametrize(
    ("plan", "stop", "pages"),
    [
        ({"until_quiet": 90, "most_pages": 20}, Stop.CAP, 20),
        ({"until_quiet": 90, "requests": 12}, Stop.CAP, 12),
        ({"until_quiet": 90}, Stop.COMPLETE, 60),
    ],
)
def test_going_on_ends_with_the_budget_or_the_collection(plan, stop, pages):
    api = Api(orders(600))
    sample = pulled(api, Plan(pages=3, size=10, edges=False, **plan))
    assert (sample.stop, len(sample.pages), len(api.queries)) == (stop, pages, pages)


def test_a_cursor_goes_on_until_quiet_as_well():
    sample = pulled(Api(orders(600), style="cursor", page="after"), Plan(pages=3, size=10, until_quiet=9), CURSOR)
    assert sample.stop is Stop.QUIET
    assert 50 in ids(sample)  # a rare field there started the count anew
    assert max(ids(sample)) == 140


def test_the_time_of_a_plan_ends_it_and_keeps_what_came():
    api = Api(orders(600))
    with system({"/orders": api}, {"orders": {"list": "/orders"}}, records="data", paging=PAGE) as there:
        object.__setattr__(there.puller, "clock", lambda: float(len(api.queries)))  # a second a request
        sample = there.pull("orders", Plan(pages=3, size=10, until_quiet=50, seconds=9))
    assert sample.stop is Stop.TIME
    assert 0 < len(sample) < 300
    assert "the time was used up" in sample.claim


def test_a_cursor_is_split_by_stretches_of_time():
    api = Api(orders(2000), style="cursor", page="after", since="from")
    sample = pulled(api, Plan(pages=10, size=10), CURSOR, since="from")
    spread = sorted(number // 400 for number in ids(sample))
    assert set(spread) == {0, 1, 2, 3, 4}
    assert len(api.queries) == 10
    assert sum(each.name.startswith("since 202") for each in sample.strata) == 5


def test_a_cursor_is_split_first_and_then_followed_until_it_is_quiet():
    api = Api(orders(2000), style="cursor", page="after", since="from")
    sample = pulled(api, Plan(pages=10, size=10, until_quiet=3), CURSOR, since="from")
    assert {number // 400 for number in ids(sample)} == {0, 1, 2, 3, 4}
    assert sum(each.name.startswith("since 202") for each in sample.strata) == 5
    assert sample.stop is Stop.QUIET
    assert 10 <= len(api.queries) <= 20


def test_a_cursor_is_split_by_filter_values():
    api = Api(orders(2000), style="cursor", page="after", filters=("status",))
    sample = pulled(api, Plan(pages=4, size=10), CURSOR, filters={"status": ["void", "paid", "open"]})
    assert {record["status"] for record in sample.records} == {"void", "paid", "open"}


def test_a_cursor_alone_says_that_only_the_beginning_was_read():
    api = Api(orders(2000), style="cursor", page="after", total=None)
    sample = pulled(api, Plan(pages=3, size=10, until_quiet=0), CURSOR)
    assert sample.claim.endswith("under 10 % at 95 %, if the rest is like these first ones.")
    quiet = pulled(api, Plan(pages=3, size=10), CURSOR)
    assert quiet.stop is Stop.QUIET
    assert quiet.claim.endswith("under 3 % at 95 %, if the rest is like these first ones.")


def test_a_system_with_fewer_records_than_it_says_is_said():
    sample = pulled(Api(orders(47), total=90), Plan(pages=20, size=10))
    assert len(sample) == 47
    assert "page 6 was empty, though there should be 90 records" in sample.claim


def test_a_total_that_changes_between_pages_is_said():
    sample = pulled(Api(orders(47), grows=True), Plan(pages=9, size=10))
    assert "the total changed between pages" in sample.claim


def test_a_record_that_comes_on_two_pages_is_kept_once_and_said():
    def answer(request):
        start = (int(request.url.params["page"]) - 1) * 9  # each page begins with the last record of the one before
        return httpx.Response(200, json={"data": NAMES[start : start + 10], "total": 47})

    with system({"/names": answer}, {"names": {"list": "/names"}}, records="data", paging=PAGE) as there:
        sample = there.pull("names", Plan(pages=5, size=10))
    assert ids(sample) == list(range(1, 48))  # the page after the last one, by the total, brings what is missing
    assert "5 records came on two pages and are kept once" in sample.claim


def test_duplicates_on_one_page_are_the_systems_own_and_stay():
    answer = {"data": [{"id": 1}, {"id": 1}]}
    with system({"/names": answer}, {"names": {"list": "/names"}}, records="data") as there:
        assert len(there.pull("names")) == 2


def test_the_connectors_own_limit_of_pages_holds():
    api = Api(orders(600))
    assert len(pulled(api, Plan(pages=10, size=10), limits={"pages": 4}).pages) == 4


def test_a_search_by_post_pages_in_its_body():
    seen = []

    def answer(request):
        body = json.loads(request.content)
        seen.append((request.method, body))
        start = int(body.get("cursor", "0"))
        more = {"cursor": str(start + body["limit"])} if start + body["limit"] < 47 else {}
        return httpx.Response(200, json={"orders": NAMES[start : start + body["limit"]], **more})

    paging = {"kind": "cursor", "cursor": "cursor", "next": "cursor", "size": "limit", "in_body": True}
    collections = {"orders": {"search": {"path": "/orders/search", "body": {"locations": ["L1"]}}, "records": "orders"}}
    with system(Fake({"/orders/search": answer}), collections, paging=paging) as there:
        sample = there.pull("orders", Plan(pages=9, size=10))
    assert ids(sample) == list(range(1, 48))
    assert {method for method, _ in seen} == {"POST"}
    assert all(body["locations"] == ["L1"] for _, body in seen)


def test_a_graphql_connection_is_followed():
    def answer(request):
        body = json.loads(request.content)
        assert body["query"].startswith("query")
        start, first = int(body["variables"].get("after", "0")), body["variables"]["first"]
        info = {"hasNextPage": start + first < 47, "endCursor": str(start + first)}
        return httpx.Response(200, json={"data": {"orders": {"nodes": NAMES[start : start + first], "pageInfo": info}}})

    query = "query($first: Int, $after: String) { orders(first: $first, after: $after) { nodes { id } } }"
    collections = {
        "orders": {"search": {"path": "/graphql", "query": query}, "records": "data.orders.nodes",
                   "paging": {"kind": "graphql", "connection": "data.orders"}}
    }  # fmt: skip
    with system(Fake({"/graphql": answer}), collections) as there:
        assert ids(there.pull("orders")) == list(range(1, 48))
        report = there.probe("orders")
    assert report.sound
    assert not report.proposals


@pytest.mark.parametrize(
    "wrong", [{"requests": 0}, {"seconds": 0}, {"values": -1}, {"until_quiet": -1}, {"most_pages": 0}]
)
def test_a_plan_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ConfigurationError, match="plan"):
        Plan(**wrong)


def test_the_same_system_gives_the_same_sample():
    def once():
        return pulled(Api(orders(600), sort=True, filters=("status",)), Plan(until_quiet=5), sort=SORT,
                      filters={"status": []})  # fmt: skip

    assert once() == once()


NEWEST_FIRST = orders(2000)[::-1]
WINDOW = "from={since}&to={until}"


def years(sample):
    return {record["updated_at"][:4] for record in sample.records}


def test_a_cursor_with_the_newest_first_is_split_backwards_between_moments():
    api = Api(NEWEST_FIRST, style="cursor", page="after", since="from", until="to")
    sample = pulled(api, Plan(pages=10, size=10, until_quiet=0), CURSOR, between=WINDOW)
    assert sum(" to 20" in each.name for each in sample.strata) == 5
    assert min(years(sample)) == "2022"
    assert max(ids(sample)) == 2000
    assert not any("stretches of time" in note for note in sample.notes)


def test_it_is_split_evenly_where_the_oldest_is_known():
    api = Api(NEWEST_FIRST, style="cursor", page="after", since="from", until="to", sort=True)
    sample = pulled(api, Plan(pages=10, size=10, until_quiet=0), CURSOR, between=WINDOW, sort=SORT)
    assert len(years(sample)) == 6


def test_since_alone_asks_for_the_oldest_first_where_the_connector_knows_how():
    api = Api(NEWEST_FIRST, style="cursor", page="after", since="from", sort=True)
    sample = pulled(api, Plan(pages=10, size=10, until_quiet=0), CURSOR, since="from", sort=SORT)
    assert len(years(sample)) == 6


def test_since_alone_with_the_newest_first_says_what_is_missing():
    api = Api(NEWEST_FIRST, style="cursor", page="after", since="from")
    sample = pulled(api, Plan(pages=10, size=10), CURSOR, since="from")
    assert "it may give the newest first, so name `between` or `sort.oldest` in the connector" in sample.claim


def test_between_needs_both_moments():
    with pytest.raises(ValueError, match=r"write \{since\} and \{until\}"):
        pulled(Api([]), Plan(), between="from={since}")

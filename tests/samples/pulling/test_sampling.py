"""The plan beyond its spread pages: edges, filter values, stretches of time, quiet, budgets; and what a sample says."""

from __future__ import annotations

import json
from collections import Counter

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

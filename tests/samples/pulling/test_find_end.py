"""Where a list ends whose size nobody tells: found exactly, with few calls, whatever comes past the end."""

from __future__ import annotations

import httpx
import pytest
from fakes import system
from hypothesis import given, settings
from hypothesis import strategies as st
from samples.fakes_paging import Api, orders

from ipaas_discovery.samples.end import Certainty
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

PAGE = {"kind": "page", "size": "limit"}
OFFSET = {"kind": "offset", "offset": "offset", "limit": "limit"}
ALONE = Plan(size=10, until_quiet=0)
PAST = {"empty": Stop.EMPTY, "204": Stop.NO_CONTENT, "error": Stop.ABSENT, "repeat": Stop.REPEATED}


def pulled(api, plan=ALONE, paging=PAGE, limits=None, **spec):
    with system({"/orders": api}, {"orders": {"list": "/orders", **spec}}, records="data", paging=paging,
                limits=limits or {}) as there:  # fmt: skip
        return there.pull("orders", plan)


def untold(count, **manners):
    return Api(orders(count), total=None, **manners)


def ids(sample):
    return [record["id"] for record in sample.records]


@settings(max_examples=60, deadline=None)
@given(count=st.integers(1, 4000), past=st.sampled_from(sorted(PAST)), wave=st.integers(1, 9), pages=st.integers(2, 12))
def test_the_end_is_found_exactly_whatever_comes_past_it(count, past, wave, pages):
    api = untold(count, past=past)
    sample = pulled(api, Plan(pages=pages, size=10, until_quiet=0), limits={"in_flight": wave})
    last = -(-count // 10)
    assert sample.pages[0] == 1
    assert last == 1 or sample.pages[-1] == last
    assert len(set(ids(sample))) == len(sample)
    if last > 1:
        assumed = past in {"repeat", "error"}
        limited = count % 1_000 == 0
        assert sample.total == count or ((assumed or limited) and sample.total is None)
        assert max(ids(sample)) == count
    assert sample.requests == len(api.queries) <= pages + 10 + 5 * max(wave, 4)
    if last <= pages:
        assert ids(sample) == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("past", "certainty"),
    [
        ("empty", Certainty.PROVED),
        ("204", Certainty.PROVED),
        ("error", Certainty.ASSUMED),  # 404 may be a bound of its own
        ("repeat", Certainty.ASSUMED),
    ],
)
def test_a_list_that_is_read_whole_says_how_its_end_is_known(past, certainty):
    sample = pulled(untold(50, past=past))
    assert (sample.stop, sample.pages, sample.end.certainty) == (PAST[past], (1, 2, 3, 4, 5), certainty)
    assert sample.total == (50 if certainty is Certainty.PROVED else None)
    assert ("nothing is left unseen" in sample.claim) is (certainty is Certainty.PROVED)
    assert ("its end is assumed" in sample.claim) is (certainty is Certainty.ASSUMED)
    short = pulled(untold(47, past=past))
    assert (short.stop, short.end.certainty) == (PAST[past], certainty)


def test_a_list_that_ends_at_a_round_number_may_be_cut_there_by_a_limit_of_the_system():
    spaced = pulled(untold(3_000), Plan(pages=3, size=10, until_quiet=0))
    assert (spaced.total, spaced.end.certainty) == (None, Certainty.OPEN)
    assert "the pages end with page 300, after exactly 3000 records: there may be more" in spaced.claim
    short = pulled(untold(2_999), Plan(pages=3, size=10, until_quiet=0))
    assert (short.total, "there may be more" in short.claim) == (2_999, False)
    assert pulled(untold(990), Plan(pages=3, size=10, until_quiet=0)).total == 990
    whole = pulled(untold(1_000), Plan(pages=100, size=10, until_quiet=0))
    assert (len(whole), whole.total, whole.end.certainty) == (1_000, None, Certainty.ASSUMED)
    assert pulled(Api(orders(1_000)), Plan(pages=100, size=10, until_quiet=0)).end.is_proved


@pytest.mark.parametrize("wave", [1, 2, 8])
@pytest.mark.parametrize("thin", [2, 5])
def test_a_short_page_in_the_middle_is_not_the_last(wave, thin):
    """As where rights hide some of its records."""
    inner = untold(70)

    def answer(request):
        response = inner(request)
        body = response.json()
        if request.url.params["page"] == str(thin):
            return httpx.Response(200, json={"data": body["data"][:4]})
        return response

    sample = pulled(answer, Plan(pages=20, size=10), limits={"in_flight": wave})
    assert len(sample) == 64
    assert sample.pages == tuple(range(1, 8))


def test_a_short_page_behind_which_nothing_could_be_asked_for_is_assumed_to_be_the_last():
    sample = pulled(untold(17), Plan(pages=9, size=10, most_pages=2), limits={"in_flight": 1})
    assert (sample.stop, len(sample), sample.total) == (Stop.SHORT, 17, None)
    assert "its end is assumed: its last page is short, and no page after it came" in sample.claim


def test_a_long_list_is_read_in_spaced_pages_and_the_claim_counts_those_alone():
    sample = pulled(untold(1999), Plan(pages=5, size=10, until_quiet=0))
    assert sample.pages == (1, 51, 101, 150, 200)  # round half to even
    assert sample.claim.startswith("179 of 1999 records from 18 pages (5 spread, 13 looking for the end)")
    assert "no total is told, and the pages end with page 200" in sample.claim
    assert sample.claim.endswith("under 6.1 % at 95 %.")
    assert sample.stop is Stop.SPACED


def test_strata_and_quiet_follow_as_where_the_total_is_told():
    api = untold(2000, sort=True, filters=("status",))
    newest = {"newest": {"sort": "-updated_at"}}
    sample = pulled(api, Plan(pages=5, size=10), sort=newest, filters={"status": ["void"]})
    assert sample.stop is Stop.QUIET
    assert {"spread", "looking for the end", "the newest", "status = void"} <= {each.name for each in sample.strata}


def test_one_page_is_one_call():
    api = untold(2000)
    assert (pulled(api, Plan(pages=1, size=10)).stop, len(api.queries)) == (Stop.CAP, 1)


def test_a_list_that_passes_over_the_page_is_read_once_and_its_total_stays_unknown():
    sample = pulled(lambda _: httpx.Response(200, json={"data": orders(10)}))
    assert (sample.stop, sample.total, len(sample)) == (Stop.REPEATED, None, 10)


def test_a_list_that_never_ends_ends_at_the_farthest_page():
    api = untold(100, past="endless")
    sample = pulled(api)
    assert sample.stop is Stop.CAP
    assert sample.total is None
    assert "no end was found up to page 1048577" in sample.claim
    assert len(api.queries) < 20


def test_pages_that_are_refused_are_no_end_and_the_claim_says_so():
    inner = untold(2000)

    def answer(request):
        deep = int(request.url.params["page"]) > 100
        return httpx.Response(400, json={"title": "too deep"}) if deep else inner(request)

    sample = pulled(answer)
    assert sample.total is None
    assert sample.pages[-1] == 100
    assert "page 101 and those after it are refused: The system answered 400 Bad Request" in sample.claim


@pytest.mark.parametrize("status", [401, 403])
def test_lacking_rights_end_the_search_at_once_and_cost_nothing_that_came(status):
    inner = untold(2000)
    asked = []

    def answer(request):
        asked.append(int(request.url.params["page"]))
        return inner(request) if asked[-1] <= 20 else httpx.Response(status, text="not you")

    sample = pulled(answer, limits={"in_flight": 8})
    assert (sample.total, sample.end.certainty) == (None, Certainty.OPEN)
    assert len(sample) >= 40
    assert sum(page > 20 for page in asked) < 20
    assert "those after it are refused: The system answered" in sample.claim
    assert "not you" in sample.claim


@pytest.mark.parametrize("wave", [1, 3, 8])
@pytest.mark.parametrize("status", [403, 429])
def test_a_system_that_only_refuses_to_go_far_is_read_up_to_there(status, wave):
    inner = untold(70)

    def answer(request):
        return httpx.Response(status) if int(request.url.params["page"]) > 9 else inner(request)

    sample = pulled(answer, Plan(pages=20, size=10), limits={"in_flight": wave, "retries": 0})
    assert (ids(sample), sample.end.certainty) == (list(range(1, 71)), Certainty.PROVED)


@pytest.mark.parametrize(
    ("plan", "text"),
    [({"most_pages": 3}, "no end was found up to page 5;"), ({"most_pages": 7}, "the pages end before page 257;")],
)
def test_the_budget_ends_the_search_and_what_came_is_kept(plan, text):
    api = untold(2000)
    sample = pulled(api, Plan(pages=2, size=10, until_quiet=0, **plan), limits={"in_flight": 2})
    assert (sample.stop, sample.total) == (Stop.CAP, None)
    assert text in sample.claim
    assert len(api.queries) == plan["most_pages"]
    assert sample.pages[0] == 1


def test_a_budget_of_calls_holds():
    api = untold(2000)
    sample = pulled(api, Plan(pages=5, size=10, requests=7))
    assert (sample.stop, len(api.queries)) == (Stop.CAP, 7)
    assert len(sample) > 10


@pytest.mark.parametrize("most", [7, 25])
@pytest.mark.parametrize("total", [-1, None])
def test_offsets_count_in_the_size_that_comes_and_not_in_the_one_that_was_asked_for(most, total):
    """A system that gives seven where twenty are asked for would lose thirteen of each twenty."""
    api = Api(orders(47), style="offset", page="offset", most=most, total=total)
    sample = pulled(api, Plan(pages=10, size=20), OFFSET)
    assert ids(sample) == list(range(1, 48))
    assert sample.total == 47
    with system({"/orders": api}, {"orders": {"list": "/orders"}}, records="data", paging=OFFSET) as there:
        assert [record["id"] for record in there.extract("orders")] == list(range(1, 48))


def test_offsets_of_children_count_in_the_size_that_comes():
    api = Api(orders(47), style="offset", page="offset", most=7, total=None)
    collections = {
        "shops": {"list": "/shops", "records": ""},
        "orders": {"parent": "shops", "list": "/shops/{id}/orders", "paging": OFFSET},
    }
    with system({"/shops": [{"id": 1}], "/shops/1/orders": api}, collections, records="data", paging=OFFSET) as there:
        assert ids(there.pull("orders")) == list(range(1, 48))


@pytest.mark.parametrize("cap", [2, 6, 12, 30])
def test_the_connectors_own_limit_of_pages_holds_while_looking_for_the_end_and_after(cap):
    api = untold(2000)
    sample = pulled(api, Plan(pages=10, size=10), limits={"pages": cap, "in_flight": 3})
    assert len(api.queries) <= cap
    assert len(sample) > 10


def test_an_extract_and_children_end_where_a_page_is_not_there():
    api = untold(40, past="error")
    shops = {"shops": {"list": "/shops", "records": ""}}
    orders = {"all": {"list": "/orders"}, "orders": {"parent": "shops", "list": "/shops/{id}/orders", "paging": PAGE}}
    answers = {"/shops": [{"id": 1}], "/shops/1/orders": api, "/orders": api}
    with system(answers, shops | orders, records="data", paging=PAGE) as there:
        extract = there.extract("all")
        assert [record["id"] for record in extract] == list(range(1, 41))
        assert extract.stop is Stop.ABSENT
        children = there.pull("orders")
    assert ids(children) == list(range(1, 41))
    assert not children.problem


@pytest.mark.parametrize("status", [400, 500])
def test_another_refusal_of_a_childs_page_is_no_end_and_loses_nothing(status):
    inner = untold(40)

    def answer(request):
        return inner(request) if request.url.params["page"] < "3" else httpx.Response(status)

    collections = {
        "shops": {"list": "/shops", "records": ""},
        "orders": {"parent": "shops", "list": "/shops/{id}/orders", "paging": {**PAGE, "size": "limit"}},
    }
    answers = {"/shops": [{"id": 1}], "/shops/1/orders": answer}
    with system(answers, collections, records="data", paging=PAGE, limits={"retries": 0}) as there:
        sample = there.pull("orders")
    assert ids(sample) == list(range(1, 21))
    assert "the children of 1 of 1 parents were not all read: what comes after page 2 could not be read" in sample.claim
    assert f"The system answered {status}" in sample.claim
    assert sample.total is None


def test_a_page_that_is_not_there_though_the_total_says_so_ends_nothing_else():
    api = Api(orders(47), total=90, past="error")
    sample = pulled(api, Plan(pages=20, size=10), {**PAGE, "total": "total"})
    assert ids(sample) == list(range(1, 48))
    assert (sample.stop, sample.total) == (Stop.ABSENT, 90)
    assert "404 Not Found" in sample.claim
    assert "though there should be 90 records" in sample.claim

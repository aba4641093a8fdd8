import threading

import httpx
import pytest
from fakes import NAMES, Fake, cursored, numbered, system

from ipaas_discovery.errors import ResponseError, UnknownNameError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Stop

PAGE = {"kind": "page", "size": "limit", "total": "meta.pagination.total"}
LIST = {"names": {"list": "/names"}}


def ids(sample):
    return [record["id"] for record in sample.records]


def test_a_small_collection_is_read_whole_and_in_order():
    with system({"/names": numbered(NAMES)}, LIST, records="data", paging=PAGE) as fake:
        sample = fake.pull("names")
    assert ids(sample) == list(range(1, 48))
    assert (sample.total, sample.stop, sample.taken) == (47, Stop.COMPLETE, "2026-11-02")
    assert "nothing is left unseen" in sample.claim


def test_a_large_collection_is_read_in_spaced_pages_with_the_first_and_the_last():
    with system({"/names": numbered(NAMES)}, LIST, records="data", paging=PAGE) as fake:
        sample = fake.pull("names", Plan(pages=3, size=5, until_quiet=0))
    assert sample.pages == (1, 5, 10)  # round half to even: the middle of ten pages
    assert ids(sample) == [1, 2, 3, 4, 5, 21, 22, 23, 24, 25, 46, 47]
    assert sample.claim.startswith("12 of 47 records from 3 pages")


def test_pages_of_one_sample_are_in_flight_together():
    barrier = threading.Barrier(4, timeout=20)
    page = numbered(NAMES)

    def slow(request):
        if request.url.params["page"] != "1":
            barrier.wait()  # passes only when four requests wait here at once
        return page(request)

    with system({"/names": slow}, LIST, records="data", paging=PAGE, limits={"in_flight": 4}) as fake:
        assert len(fake.pull("names", Plan(pages=5, size=10))) == 47


@pytest.mark.parametrize(
    ("past_end", "size", "stop"), [("empty", 47, Stop.EMPTY), ("204", 47, Stop.NO_CONTENT), ("empty", 10, Stop.EMPTY)]
)
def test_without_a_total_the_end_is_found_and_counts(past_end, size, stop):
    paging = {"kind": "page", "size": "limit"}
    answer = numbered(NAMES, total=False, past_end=past_end)
    with system({"/names": answer}, LIST, records="data", paging=paging) as fake:
        sample = fake.pull("names", Plan(pages=10, size=size))
    assert ids(sample) == list(range(1, 48))
    assert (sample.stop, sample.total) == (stop, 47)


def test_a_page_that_comes_twice_is_kept_once():
    paging = {"kind": "page", "size": "limit"}
    answer = numbered(NAMES[:40], total=False, past_end="repeat")
    with system({"/names": answer}, LIST, records="data", paging=paging) as fake:
        sample = fake.pull("names", Plan(pages=6, size=20))
    assert ids(sample) == list(range(1, 41))
    assert sample.stop is Stop.REPEATED


def test_the_plan_caps_a_collection_of_unknown_size():
    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    with system({"/names": cursored(NAMES)}, LIST, records="data", paging=paging) as fake:
        sample = fake.pull("names", Plan(pages=2, size=10, until_quiet=0))
    assert (len(sample), sample.stop, sample.total) == (20, Stop.CAP, None)
    assert "the total unknown" in sample.claim
    assert "under 15 %" in sample.claim


def test_a_count_call_tells_the_total():
    answers = {"/names": numbered(NAMES, total=False), "/count": {"count": 47}}
    collections = {"names": {"list": "/names", "count": "/count"}}
    with system(answers, collections, records="data", paging={"kind": "page", "size": "limit"}) as fake:
        sample = fake.pull("names", Plan(pages=2, size=10, until_quiet=0))
    assert (sample.pages, sample.total) == ((1, 5), 47)


def test_offset_paging():
    def answer(request):
        start, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        return httpx.Response(200, json={"names": NAMES[start : start + limit], "count": 47})

    paging = {"kind": "offset", "total": "count"}
    with system({"/names": answer}, LIST, records="names", paging=paging) as fake:
        assert ids(fake.pull("names", Plan(pages=5, size=10))) == list(range(1, 48))


def test_a_cursor_is_followed_to_its_end():
    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    with system({"/names": cursored(NAMES)}, LIST, records="data", paging=paging) as fake:
        sample = fake.pull("names")
    assert (ids(sample), sample.stop, sample.total) == (list(range(1, 48)), Stop.NO_NEXT, 47)


def test_a_cursor_that_runs_in_a_circle_is_left():
    paging = {"kind": "cursor", "cursor": "after", "next": "next"}
    with system({"/names": cursored(NAMES[:20], endless=True)}, LIST, records="data", paging=paging) as fake:
        sample = fake.pull("names", Plan(pages=50))
    assert (ids(sample), sample.stop) == (list(range(1, 21)), Stop.REPEATED)


@pytest.mark.parametrize("style", ["link", "next"])
def test_urls_of_the_next_page_are_followed(style):
    def answer(request):
        page = int(request.url.params.get("page", 1))
        url = f"http://fake.test/names?page={page + 1}" if page < 5 else None
        headers = {"Link": f'<{url}>; rel="next"'} if url and style == "link" else {}
        return httpx.Response(200, json={"data": NAMES[(page - 1) * 10 : page * 10], "next": url}, headers=headers)

    with system({"/names": answer}, LIST, records="data", paging={"kind": style}) as fake:
        assert ids(fake.pull("names")) == list(range(1, 48))


def test_a_next_url_on_another_host_is_not_followed():
    answer = {"data": NAMES[:3], "next": "http://elsewhere.test/names?page=2"}
    fake = Fake({"/names": answer})
    with system(fake, LIST, records="data", paging={"kind": "next"}) as there:
        sample = there.pull("names")
    assert list(sample.records) == NAMES[:3]
    assert (sample.stop, sample.total) == (Stop.REFUSED, None)
    assert "A link leads to another host, elsewhere.test" in sample.claim
    assert "`keep_host = true`" in sample.claim
    assert {request.url.host for request in fake.requests} == {"fake.test"}


@pytest.mark.parametrize("answer", [[], httpx.Response(204)])
def test_an_empty_collection_is_a_sample_without_records(answer):
    with system({"/names": answer}, LIST, paging={"kind": "page"}) as fake:
        sample = fake.pull("names")
    assert (len(sample), sample.total) == (0, 0)
    assert "the collection is empty" in sample.claim
    assert sample.frame().empty


ORDERS = [{"id": 7, "lines": [{"sku": "a"}, {"sku": "b"}]}, {"id": 8, "lines": []}, {"id": 9}]


def test_children_inside_the_parent_keep_its_key():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "embedded": "lines"}}
    with system({"/orders": ORDERS}, collections) as fake:
        sample = fake.pull("lines")
        assert sample.records == ({"sku": "a"}, {"sku": "b"})
        assert sample.frame().to_dict("list") == {"parent_id": [7, 7], "sku": ["a", "b"]}
        orders = fake.pull("orders")
        assert orders.frame("lines").to_dict("list") == {"parent_id": [7, 7], "parent_row": [0, 0], "sku": ["a", "b"]}
        with pytest.raises(UnknownNameError, match="did you mean 'lines'"):
            orders.frame("line")


@pytest.mark.parametrize(("pages", "total"), [(9, 48), (2, None)])
def test_the_total_of_children_inside_the_parent_is_known_once_all_parents_are(pages, total):
    orders = [{"id": number, "lines": [{"sku": "a"}] * (number % 3)} for number in range(1, 48)]
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "embedded": "lines"}}
    paging = {**PAGE, "total": "meta.pagination.total"}
    with system({"/orders": numbered(orders)}, collections, records="data", paging=paging) as fake:
        assert fake.pull("lines", Plan(pages=pages, size=10, until_quiet=0)).total == total


def test_children_inside_the_parent_know_the_pages_and_strata_they_came_on():
    orders = [{"id": number, "lines": [{"sku": "a"}] * (number % 3)} for number in range(1, 48)]
    collections = {
        "orders": {"list": "/orders", "sort": {"newest": {"page": "3"}}},
        "lines": {"parent": "orders", "embedded": "lines"},
    }
    with system({"/orders": numbered(orders)}, collections, records="data", paging=PAGE) as fake:
        sample = fake.pull("lines", Plan(pages=2, size=10, until_quiet=0))
    assert sample.parts == (("page 1", 10), ("page 5", 8), ("the newest", 9))
    assert "2 spread, the newest" in sample.claim


def test_children_with_a_path_of_their_own_are_asked_once_a_parent():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}
    answers = {"/orders": ORDERS, "/orders/7/lines": [{"sku": "a"}], "/orders/8/lines": httpx.Response(204)}
    answers["/orders/9/lines"] = []
    with system(answers, collections) as fake:
        sample = fake.pull("lines")
    assert (sample.records, sample.parents, sample.stop) == (({"sku": "a"},), (7,), Stop.PARENTS)


def test_children_by_link_follow_the_parents_urls():
    orders = [{"id": 7, "lines": "http://fake.test/o/7/lines"}, {"id": 8, "lines": None}]
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "link": "lines"}}
    with system({"/orders": orders, "/o/7/lines": [{"sku": "a"}]}, collections) as fake:
        assert fake.pull("lines").frame().to_dict("list") == {"parent_id": [7], "sku": ["a"]}


def test_records_that_parents_name_are_asked_once_each():
    products = [{"id": 1, "categories": [{"c": 5}, {"c": 6}]}, {"id": 2, "categories": [{"c": 5}]}]
    collections = {
        "products": {"list": "/products"},
        "categories": {"parent": "products", "list": "/category/{categories[].c}", "single": True},
    }
    fake = Fake({"/products": products, "/category/5": {"id": 5}, "/category/6": {"id": 6}})
    with system(fake, collections) as there:
        sample = there.pull("categories")
    assert ids(sample) == [5, 6]
    assert sum(request.url.path.startswith("/category") for request in fake.requests) == 2


def test_more_parents_than_the_limit_are_cut_and_said_so():
    collections = {"orders": {"list": "/orders"}, "lines": {"parent": "orders", "list": "/orders/{id}/lines"}}
    answers = {"/orders": ORDERS, "/orders/7/lines": [{"sku": "a"}]}
    with system(answers, collections, limits={"parents": 1}) as fake:
        assert fake.pull("lines").stop is Stop.CAP


def test_records_in_another_place_are_named_with_their_counts():
    body = {"result": {"rows": NAMES}, "errors": [], "more": [{"a": 1}]}
    with system({"/names": body}, LIST, records="data") as fake:
        with pytest.raises(ResponseError, match=r"`result.rows` \(47\), `more` \(1\)"):
            fake.pull("names")


def test_a_misspelt_collection_is_answered_with_the_nearest():
    with system({}, LIST) as fake, pytest.raises(UnknownNameError, match="did you mean 'names'"):
        fake.pull("nmaes")


def test_integers_of_any_size_stay_exact():
    big = 2**70 + 1
    with system({"/names": httpx.Response(200, content=f'[{{"id": {big}}}]')}, LIST) as fake:
        assert fake.pull("names").records[0]["id"] == big

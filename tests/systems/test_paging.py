import pytest
from pydantic import TypeAdapter

from ipaas_discovery.systems.answer import Answer, at, records_at, values_at
from ipaas_discovery.systems.paging import Paging

READ = TypeAdapter(Paging).validate_python


@pytest.mark.parametrize(
    ("settings", "params"),
    [
        ({"kind": "page", "size": "limit"}, {"page": 3, "limit": 20}),
        ({"kind": "page", "page": "searchCriteria[currentPage]", "first": 0}, {"searchCriteria[currentPage]": 2}),
        ({"kind": "offset"}, {"offset": 40, "limit": 20}),
        ({"kind": "cursor", "next": "next", "size": "limit"}, {"limit": 20}),
        ({"kind": "next"}, {}),
        ({"kind": "link", "size": "per_page"}, {"per_page": 20}),
        ({"kind": "none"}, {}),
    ],
)
def test_each_style_asks_for_the_third_page_in_its_own_way(settings, params):
    assert READ(settings).params(2, 20) == params


@pytest.mark.parametrize(
    ("place", "answer", "total"),
    [
        ("count", Answer("GET /", 200, {"count": 7}), 7),
        ("header:X-WP-Total", Answer("GET /", 200, [], {"x-wp-total": "7"}), 7),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": '{"total_Count": 7}'}), 7),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": "no JSON"}), None),
        ("header:X-Pagination#total_Count", Answer("GET /", 200, [], {"x-pagination": "[1]"}), None),
        ("count", Answer("GET /", 200, {"count": "many"}), None),
        ("count", Answer("GET /", 200, []), None),
        (None, Answer("GET /", 200, {"count": 7}), None),
    ],
)
def test_the_total_is_found_or_honestly_not(place, answer, total):
    assert READ({"kind": "page", "total": place}).records_total(answer) == total


def test_pages_are_counted_by_the_answer_or_by_the_total():
    answer = Answer("GET /", 200, {"pages": 3, "count": 41})
    assert READ({"kind": "page", "pages": "pages", "total": "count"}).page_count(answer, 10) == 3
    assert READ({"kind": "page", "total": "count"}).page_count(answer, 10) == 5
    assert READ({"kind": "page", "total": "count"}).page_count(answer, 0) is None


@pytest.mark.parametrize(
    ("settings", "following"),
    [
        ({"kind": "cursor", "cursor": "after", "next": "meta.next"}, {"after": "abc"}),
        ({"kind": "next", "next": "url"}, "https://x.test/2"),
        ({"kind": "link"}, "https://x.test/3"),
        ({"kind": "page"}, None),
    ],
)
def test_what_comes_next_is_taken_from_the_answer(settings, following):
    body = {"meta": {"next": "abc"}, "url": "https://x.test/2"}
    answer = Answer("GET /", 200, body, links={"next": "https://x.test/3"})
    assert READ(settings).following(answer) == following
    assert READ(settings).following(Answer("GET /", 200, {})) is None


def test_paths_into_bodies():
    body = {"a": {"b": [{"c": 1}, {"c": None}, {"c": 3}]}}
    assert at(body, "a.b.c") is None
    assert at(body, "") is body
    assert values_at(body, "a.b[].c") == [1, 3]
    assert values_at(body, "a.x[].c") == []


def test_one_record_alone_and_an_empty_answer():
    assert records_at(Answer("GET /", 200, {"id": 1}), "", single=True) == [{"id": 1}]
    assert records_at(Answer("GET /", 204), "data") == []

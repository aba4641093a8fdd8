"""What in an answer shows that there is more than came."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import lookup
from ipaas_discovery.systems.answers.signs import (
    flag_of_more,
    lower_bound,
    says_all,
    says_empty,
    sign_of_more,
)


def answer(body=None, headers=None, status=200, links=None):
    return Answer("GET /o", status, body, headers or {}, links or {})


@pytest.mark.parametrize(
    ("given", "came", "at_least"),
    [
        (answer({"data": [], "meta": {"total": 8}}), 7, 8),
        (answer([], {"x-total-count": "60"}), 7, 60),
        (answer([], {"content-range": "items 0-6/137"}, 206), 7, 137),
        (answer([], {"content-range": "0-6/*"}, 206), 7, None),
        (answer([], status=206), 7, None),
        (answer({"truncated": True}), 7, None),
        (answer({"incomplete_results": True}), 7, None),
        (answer({"meta": {"more-records": 1}}), 7, None),
        (answer({"meta": {"has_more": "true"}}), 7, None),
        (answer([], links={"next": "http://fake.test/o?page=2"}), 7, None),
        (answer([], {"next-page": "http://fake.test/o?page=2"}), 7, None),
        (answer({"links": {"next": {"href": "/o?page=2"}}}), 7, None),
        (answer({"next_cursor": "c2"}), 7, None),
        (answer({"totalPages": 2}), 7, None),
        (answer({"itemCount": 8}), 7, 8),
        (answer({"page": 1, "total": 1, "records": 8}), 7, 8),
        (answer({"range": {"from": 1, "to": 7, "of": 8}}), 7, 8),
        (answer({"page": {"current": 1, "total": 2}}), 7, None),
        (answer([], {"page-last": "2"}), 7, None),
        (answer({"next_offset": 7}), 7, None),
        (answer({"meta": {"nextPageUri": "/o?p=2"}}), 7, None),
        (answer({"paging": {"next": {"token": "b"}}}), 7, None),
        (answer([], {"x-next-start": "7"}), 7, None),
        (answer({"more_items_in_collection": True}), 7, None),
        (answer({"MoreToLoad": "Y"}), 7, None),
        (answer({"end_of_stream": False}), 7, None),
        (answer({"finished": "no"}), 7, None),
        (answer({"exceededTransferLimit": True}), 7, None),
        (answer([]), 20, None),
        (answer([]), 25, None),
        (answer([]), 16, None),
    ],
)
def test_each_sign_of_more_is_seen(given, came, at_least):
    sign = sign_of_more(given, came)
    assert sign is not None
    assert sign.at_least == at_least


@pytest.mark.parametrize(
    ("given", "came"),
    [
        (answer({"data": [], "total": 7}), 7),
        (answer({"data": [], "total": 20}), 20),
        (answer({"data": [], "next": None}), 20),
        (answer({"has_more": False, "next_cursor": "c2"}), 20),
        (answer([], {"content-range": "items 0-6/7"}, 206), 7),
        (answer({"totalPages": 1}), 7),
        (answer({"total": -1}), 7),
        (answer([]), 9),
        (answer([]), 8),
        (answer([]), 137),
    ],
)
def test_what_is_no_sign_is_none(given, came):
    assert sign_of_more(given, came) is None


def test_exactly_what_was_asked_for_is_a_sign_on_the_first_page_alone():
    assert sign_of_more(answer([]), 7, asked=7).text == "exactly the 7 that were asked for came"
    assert sign_of_more(answer([]), 7, asked=8) is None
    assert sign_of_more(answer([]), 7, asked=7, pages=2) is None


def test_where_the_next_page_is_not_there_only_a_total_counts():
    assert sign_of_more(answer({"has_more": True}), 7, by_number=True) is None
    assert sign_of_more(answer({"total": 9}), 7, by_number=True).at_least == 9


@pytest.mark.parametrize(
    ("body", "empty"), [({"total": 0}, True), ({"count": "0"}, True), ({"total": 1}, False), ({}, False)]
)
def test_an_answer_may_say_that_there_is_nothing(body, empty):
    assert says_empty(answer(body)) is empty


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (answer({"isLast": False}), "`isLast` is not set"),
        (answer({"page": {"last": "false"}}), "`page.last` is not set"),
        (answer({"done": False}), "`done` is not set"),
        (answer({"meta": {"last_page": 9}}), "`meta.last_page` says 9"),
        (answer([], {"x-pagination-page-count": "9"}), "`header:x-pagination-page-count` says 9"),
        (answer([], {"x-pagination": '{"TotalCount": 60}'}), "`header:x-pagination.TotalCount` says 60"),
        (answer([], {"x-ms-continuation": "abc"}), "`header:x-ms-continuation` may be a cursor to a next page"),
        (answer({"cursor": "abc"}), "`cursor` may be a cursor to a next page"),
        (answer({"limit": 7}), "exactly the 7 of a page by `limit` came"),
        (answer({"meta": {"per_page": "7"}}), "exactly the 7 of a page by `meta.per_page` came"),
    ],
)
def test_a_sign_is_named_as_the_answer_writes_it(given, text):
    assert sign_of_more(given, 7).text == text


@pytest.mark.parametrize(
    "body",
    [
        {"isLast": True},
        {"last": "http://fake.test/o?page=9"},
        {"last_page": 1},
        {"done": "7"},
        {"cursor": ""},
        {"cursor": None},
        {"cursor": "abc", "next": None},
        {"cursor": "abc", "total": 7},
        {"cursor": "abc", "has_more": False},
        {"count": 7},
        {"size": 7},
        {"limit": 8},
        {"note": "last"},
    ],
)
def test_what_says_that_nothing_follows_or_says_nothing_is_no_sign(body):
    assert sign_of_more(answer(body), 7) is None


def test_a_page_size_or_a_cursor_is_no_sign_where_the_total_agrees_or_further_pages_came():
    for body in ({"limit": 7}, {"cursor": "abc"}):
        assert sign_of_more(answer(body), 7, is_total=True) is None
        assert sign_of_more(answer(body), 7, pages=2) is None
    assert sign_of_more(answer({"limit": 0}), 0) is None


def test_json_in_a_header_that_breaks_off_is_a_text():
    assert sign_of_more(answer([], {"x-pagination": '{"TotalCount": 60'}), 7) is None


def test_a_flag_of_the_last_page_proves_an_end():
    assert says_all(answer({"isLastPage": True}), 7)
    assert not says_all(answer({"last": "http://fake.test/o?page=1"}), 7)


@pytest.mark.parametrize(
    ("body", "all_came"),
    [
        ({"next": None}, True),
        ({"next": "http://fake.test/o?page=2"}, False),
        ({"has_more": False}, True),
        ({"has_more": True, "next": None}, False),
        ({"total": 7}, True),
        ({"total": 8}, False),
        ({"total": 7, "has_more": True}, False),
    ],
)
def test_only_a_next_that_is_empty_says_that_all_came(body, all_came):
    assert says_all(answer(body), 7) is all_came


@pytest.mark.parametrize(
    "given",
    [
        {"page": {"current": 1, "total": 1}},
        {"page": {"current": 1, "total": 7}},
        {"pages": {"retryCount": 99}},
        {"totalAmount": 99},
        {"quota": {"requestsTotal": 99}},
        {"moreInfo": "https://x.test/help"},
        {"MoreToLoad": "N"},
        {"has_more": "N", "next_offset": 7},
        {"next": {"templated": True}},
        {"next_run": "2026-01-31"},
        {"end_of_stream": True},
        {"finished": "2026-01-31"},
    ],
)
def test_what_counts_or_says_something_else_is_no_sign(given):
    assert sign_of_more(answer(given), 7) is None


def test_an_offset_that_comes_next_and_is_null_says_that_all_came():
    assert says_all(answer({"next_offset": None}), 7)
    assert not says_all(answer({"next_offset": 7}), 7)
    assert not says_all(answer({"next_run": None}), 7)


def test_a_flag_of_more_is_named_by_its_place():
    assert flag_of_more(answer({"meta": {"more_rows": "yes"}, "last": False})) == "meta.more_rows"
    assert flag_of_more(answer({"meta": {"more_rows": "no"}, "last": False})) == ""


def test_a_lower_bound_is_named_by_its_place():
    assert lower_bound(answer({"hits": {"total": {"value": 7, "relation": "eq"}}})) == ""
    assert lower_bound(answer({"total": 7, "totalRelation": "gt"})) == "`totalRelation` says gt"


@pytest.mark.parametrize("name", ["timed_out", "terminated_early", "incomplete_results", "partial", "isIncomplete"])
def test_a_system_that_gave_up_has_more_and_one_that_did_not_says_nothing_of_the_end(name):
    cut, whole = (Answer("GET /o", 200, {"data": [{}] * 7, "total": 7, name: value}) for value in (True, False))
    assert sign_of_more(cut, 7, is_total=True).text == f"`{name}` is set, so that records may be left out"
    assert sign_of_more(whole, 7) is None
    assert not says_all(Answer("GET /o", 200, {"data": [{}] * 7, name: False}), 7)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"feed": {"link": [{"@rel": "self", "@href": "/o"}, {"@rel": "next", "@href": "/o?s=2"}]}}, "feed.link"),
        ({"feed": {"link": {"@rel": "next", "@href": "/o?s=2"}}}, "feed.link"),
    ],
)
def test_a_link_in_xml_names_the_next_page_and_can_be_followed(body, place):
    answer = Answer("GET /o", 200, body)
    where = f"{place}[@rel=next].@href"
    assert sign_of_more(answer, 7).text == f"`{where}` names a next page"
    assert lookup(answer, where) == "/o?s=2"
    assert lookup(Answer("GET /o", 200, {"feed": {"link": {"@rel": "self", "@href": "/o"}}}), where) is None

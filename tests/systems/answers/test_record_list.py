"""Records are found in whatever form a system writes a list; what is none stays an error."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.record_list import (
    ALONE,
    LEFT_OUT,
    MAPPED,
    NULLS,
    NUMBERED,
    elements_at,
    records_at,
)


def read(body, path="data", trouble=""):
    listed = records_at(Answer("GET /", 200, body, trouble=trouble), path)
    return listed.records, {note.what: note.count for note in listed.notes}


@pytest.mark.parametrize(
    ("held", "records", "notes"),
    [
        ([{"a": 1}, None, {"a": 2}, None], [{"a": 1}, {"a": 2}], {NULLS: 2}),
        ({"0": {"a": 1}, "2": {"a": 2}}, [{"a": 1}, {"a": 2}], {NUMBERED: 1}),
        ({"17": {"a": 1}}, [{"key": "17", "a": 1}], {f"{MAPPED}, each key in `key`": 1}),
        ({"17": {"id": 17}, "18": {"id": 18}}, [{"id": 17}, {"id": 18}], {MAPPED: 1}),
        (
            {"red": {"key": 1, "n": 1}, "blue": {"key": 2}},
            [{"key_": "red", "key": 1, "n": 1}, {"key_": "blue", "key": 2}],
            {f"{MAPPED}, each key in `key_`": 1},
        ),
        ({"orderNumber": 5, "name": "x"}, [{"orderNumber": 5, "name": "x"}], {ALONE: 1}),
        ({"id": 7, "lines": [{"sku": "a"}]}, [{"id": 7, "lines": [{"sku": "a"}]}], {ALONE: 1}),
        ({"id": 7, "no": 1, "items": [{"a": 1}]}, [{"id": 7, "no": 1, "items": [{"a": 1}]}], {ALONE: 1}),
        ({"email": "e", "name": "x", "tags": ["a"]}, [{"email": "e", "name": "x", "tags": ["a"]}], {ALONE: 1}),
        ({}, [], {}),
        (None, [], {}),
    ],
)
def test_records_in_other_forms_than_a_list(held, records, notes):
    assert read({"data": held}) == (records, notes)


@pytest.mark.parametrize("place", [{}, {"data": ""}, {"data": None}, {"data": False}, {"data": {}}])
@pytest.mark.parametrize("total", [{"total": 0}, {"meta": {"page": {"total_count": "0", "size": 20}}}])
def test_a_list_is_left_out_where_the_total_is_none(place, total):
    assert read(place | total) == ([], {})


@pytest.mark.parametrize(
    "body",
    [
        {"total": 3},
        {"total": "-"},
        {"data": "", "total": 3},
        {"data": {"message": "denied", "code": 7}},
        {"data": {"items": [{"id": 1}], "id": 9}},
        {"data": {"customer": {"name": "x"}, "order": {"total": 1}}},
        {"data": {"requestId": "r", "message": "x"}},
        {"data": {"name": "x", "status": "open"}},
        {"data": {"name": "x", "city": "y", "lines": [{"a": 1}]}},
        {"data": {"items": [], "id": 9}},
        {"data": [{"a": 1}, 2]},
        {"data": 0, "total": 0},
    ],
)
def test_what_is_no_list_of_records_stays_an_error(body):
    with pytest.raises(ResponseError, match="No list of records"):
        read(body)


def test_an_error_beside_something_that_is_no_list_is_the_error():
    with pytest.raises(ResponseError, match="no rights"):
        read({"data": {"id": 1}}, trouble="no rights")


@pytest.mark.parametrize(
    ("path", "elements"),
    [
        ("a.l", [{"s": 1}, {"s": 2}]),
        ("a.l[]", [{"s": 1}, {"s": 2}]),
        ("lines[].taxes", [{"t": 1}, {"t": 2}]),
        ("lines.taxes", [{"t": 1}, {"t": 2}]),
        ("a.m", [{"key": "x1", "v": 1}]),
        ("n", []),
        ("e", []),
        ("none.at.all", []),
    ],
)
def test_elements_are_reached_through_lists_maps_and_objects(path, elements):
    record = {
        "a": {"l": [{"s": 1}, {"s": 2}], "m": {"x1": {"v": 1}}},
        "lines": [{"taxes": [{"t": 1}]}, {"taxes": {"t": 2}}, {}],
        "n": 5,
        "e": {},
    }
    assert elements_at(record, path) == elements


def test_an_answer_without_a_list_shows_what_a_failure_in_its_depth_says():
    """Where nothing failed, a text may be a record's own."""
    failed = {"response": {"control": {"status": "failure"}, "error": {"no": "7", "description2": "Wrong password"}}}
    with pytest.raises(ResponseError, match="which holds nothing; the answer says 'Wrong password' .*do what it says"):
        read(failed, "response.data.customer")
    with pytest.raises(ResponseError) as caught:
        read({"order": {"state": "open", "lines": {"description": "for Ada"}}}, "response.data.customer")
    assert "Ada" not in str(caught.value)


def test_one_record_that_is_the_whole_body_may_hold_lists_but_not_the_page_that_was_asked_for():
    body = {"number": 7, "shop": "s", "orders": [{"id": 1}]}
    answer = Answer("GET https://x.test/v1/returns/?page=1", 200, body)
    assert records_at(answer, "").records == [body]
    with pytest.raises(ResponseError, match=r"the answer has `orders` \(1\)"):
        records_at(Answer("GET https://x.test/v1/orders/?page=1", 200, body), "")
    with pytest.raises(ResponseError, match="No list of records at the body itself"):
        records_at(Answer("GET /orders", 200, {"email": "e", "name": "x"}), "")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "rows"),
        ({"kind": "x#list", "etag": "e"}, "rows"),
        ({"status": "ok"}, "rows"),
        ({"nextPageToken": "b"}, "rows"),
        ({"QueryResponse": {}, "time": "12:00"}, "QueryResponse.Customer"),
        ({"result": {"page": {}}}, "result.page.rows"),
        ({"_links": {"self": "/o"}}, "_embedded.rows"),
    ],
)
def test_a_list_that_an_answer_leaves_out_is_an_empty_one_and_noted(body, path):
    assert read(body, path) == ([], {LEFT_OUT: 1})


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"total": 3}, "rows"),
        ({"meta": {"total": "-"}}, "rows"),
        ({"message": "denied"}, "rows"),
        ({"other": {}}, "rows"),
        ({"other": {}}, "data.rows"),
        ({"data": {"orders": {}}}, "data.rows"),
        ({}, "rows[].node"),
        ({}, ""),
    ],
)
def test_an_answer_that_holds_or_counts_something_else_leaves_out_no_list(body, path):
    with pytest.raises(ResponseError, match="No list of records"):
        read(body, path)


def test_an_error_or_a_total_in_a_header_is_no_list_that_is_left_out():
    with pytest.raises(ResponseError, match="no rights"):
        read({}, "rows", trouble="no rights")
    with pytest.raises(ResponseError, match="No list of records"):
        records_at(Answer("GET /o", 200, {}, {"x-records": "3"}), "rows")


def test_records_in_a_list_of_each_element_of_a_list_are_read():
    body = {
        "boards": [
            {"page": {"items": [{"id": 1}, {"id": 2}]}},
            {"page": {"items": []}},
            {"page": {"items": [{"id": 3}]}},
        ]
    }
    assert read(body, "boards[].page.items") == ([{"id": 1}, {"id": 2}, {"id": 3}], {})
    assert read({"boards": [{"page": {"items": []}}]}, "boards[].page.items") == ([], {})


def test_an_empty_list_in_place_of_the_envelope_is_phps_empty_object():
    assert read([], "products") == ([], {})
    with pytest.raises(ResponseError):
        read([1], "products")

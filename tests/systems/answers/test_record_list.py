"""Records are found in whatever form a system writes a list; what is none stays an error."""

from __future__ import annotations

import pytest

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.record_list import ALONE, MAPPED, NULLS, NUMBERED, elements_at, records_at


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

"""Places in answers: members, headers, the last of a list, the one with a certain member."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import is_true, leaves, lookup, number_at, whole

LINKS = {"links": [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}, {"rel": "next", "href": "c"}]}
DEEP = {"pages": [{"orders": [{"id": 1}, {"id": 2}]}, {"orders": [{"id": 3}, {"id": 4}]}]}


@pytest.mark.parametrize(
    ("body", "path", "value"),
    [
        (LINKS, "links[rel=next].href", "b"),
        (LINKS, "links[rel=next]", LINKS["links"][1]),
        (LINKS, "links[-1].href", "c"),
        (LINKS, "links[rel=prev].href", None),
        (DEEP, "pages[-1].orders[-1].id", 4),
        (DEEP, "pages[-1].orders[id=3].id", 3),
        ({"links": []}, "links[-1].href", None),
        ({"links": "x"}, "links[-1]", None),
        ({"links": ["x", {"rel": 7, "href": "d"}]}, "links[rel=7].href", "d"),
        ({"@odata.nextLink": "e"}, "@odata.nextLink", "e"),
        ([{"id": 1}], "id", None),
        ({"a": {"b": 0}}, "a.b", 0),
        ({"a": 1}, None, None),
    ],
)
def test_a_path_leads_to_one_value(body, path, value):
    assert lookup(Answer("GET /o", 200, body), path) == value


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("header:X-Pages", '{"next": 3}'),
        ("header:X-Pages#next", 3),
        ("header:X-Pages#last", None),
        ("header:X-Odd#next", None),
        ("header:X-List#next", None),
        ("header:X-None", None),
        ("header:X-None#next", None),
    ],
)
def test_a_header_is_read_by_its_name_in_any_case(place, value):
    headers = {"x-pages": '{"next": 3}', "x-odd": "{", "x-list": "[3]"}
    assert lookup(Answer("GET /o", 200, headers=headers), place) == value


@pytest.mark.parametrize(
    ("text", "number"),
    [("items 0-9/57", 57), ("items */57", 57), ("57", 57), ("items 0-9/*", None), ("items", None)],
)
def test_a_range_counts_the_whole(text, number):
    assert number_at(Answer("GET /o", 206, headers={"content-range": text}), "header:Content-Range") == number


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), ("7", 7), (47.0, 47), ("47.5", None), (True, None), (None, None), ("", None), ("inf", None), (0, 0)],
)
def test_a_whole_number_is_whole_however_it_is_written(value, number):
    assert whole(value) == number


@pytest.mark.parametrize(
    ("value", "true"),
    [(True, True), ("yes", True), (1, True), ("False", False), ("0", False), ("no", False), ("", False), (None, False)],
)
def test_a_flag_is_set_in_words_too(value, true):
    assert is_true(value) is true


def test_leaves_are_plain_values_outside_lists():
    body = {"data": [{"id": 1}], "meta": {"total": 3, "next": None}, "ok": True}
    assert list(leaves(body)) == [("meta.total", 3), ("meta.next", None), ("ok", True)]

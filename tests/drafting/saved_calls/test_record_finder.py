"""Where records are in an answer, told from an example."""

from __future__ import annotations

import pytest

from ipaas_discovery.drafting.saved_calls.record_finder import find_records


@pytest.mark.parametrize(
    ("body", "path", "place", "many"),
    [
        ([{"id": 1}], "/orders", "", True),
        ([], "/orders", "", True),
        ({"data": {"orders": [{"id": 1}]}, "total": 1}, "/orders", "data.orders", True),
        ({"orders": [{"id": 1}], "regions": [{"a": 1}, {"a": 2}]}, "/orders", "orders", True),
        ({"small": [{"a": 1}], "large": [{"a": 1}, {"a": 2}]}, "/things", "large", True),
        ({"value": [{"id": 1, "lines": [{}, {}, {}]}]}, "/orders", "value", True),
        ({"data": [], "meta": {"total": 0}}, "/orders", "data", True),
        ({"errors": [{"a": 1}], "data": [{"id": 1}]}, "/orders", "data", True),
        ({"id": 1, "lines": [{"a": 1}]}, "/orders/{id}", "", False),
        ({"order": {"id": 1, "lines": [{"a": 1}]}}, "/orders/{id}", "order", False),
        ({"data": {"id": 1, "tags": [{"a": 1}]}}, "/orders/{id}", "data", False),
        ({"a.b": [{"id": 1}]}, "/orders", "", False),
    ],
)
def test_the_place_of_the_records_is_found(body, path, place, many):
    assert find_records(body, path)[1:] == (place, many)


@pytest.mark.parametrize("body", [None, 3, "text", {}, [1, 2], [{"a": 1}, 2]])
def test_an_answer_without_objects_has_no_records(body):
    assert find_records(body, "/orders") == ((), "", False)


def test_a_record_inside_each_element_is_found_where_the_element_has_no_id():
    entries = {"entry": [{"fullUrl": "u", "resource": {"id": "7"}}, {"fullUrl": "v", "resource": {"id": "8"}}]}
    assert find_records(entries, "/Patient") == (({"id": "7"}, {"id": "8"}), "entry[].resource", True)
    plain = [{"id": 1, "customer": {"id": 7}}, {"id": 2, "customer": {"id": 8}}]
    assert find_records({"orders": plain}, "/orders")[1:] == ("orders", True)
    two = [{"buyer": {"id": 7}, "seller": {"id": 8}}]
    assert find_records({"orders": two}, "/orders")[1:] == ("orders", True)


def test_a_map_of_records_is_a_list_where_it_is_called_like_the_path():
    orders = {"7": {"id": 7, "total": 1}, "8": {"id": 8, "total": 2}}
    assert find_records({"status": 1, "orders": orders}, "/orders") == (tuple(orders.values()), "orders", True)
    assert find_records({"totals": orders}, "/orders")[1:] == ("", False)


def test_records_that_stand_in_groups_are_found_by_the_name_of_the_path():
    days = [{"day": "a", "orders": [{"id": 1}, {"id": 2}]}, {"day": "b", "orders": [{"id": 3}]}]
    assert find_records({"days": days}, "/orders") == (({"id": 1}, {"id": 2}, {"id": 3}), "days[].orders", True)
    assert find_records({"days": days}, "/days")[1:] == ("days", True)

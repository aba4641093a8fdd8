import pytest

from ipaas_discovery.flows.execution.element_records import element_list
from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.path_reader import ABSENT

RECORDS = [
    {"a": {"b": 1}, "l": [{"x": 1, "y.z": 2, "o": {"p": 3}}, None, {}]},
    {"a": [1], "l": {"x": 1}},
    {},
]


@pytest.mark.parametrize(
    ("path", "column"),
    [("a.b", [1, ABSENT, ABSENT]), ("a", [{"b": 1}, [1], ABSENT]), ("l[].x", None), ("p.*", None), ("l{x}.y", None)],
)
def test_paths_through_objects_are_read_as_columns(path, column):
    assert RecordColumns(RECORDS).plain(path) == column


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("l[].x", [[1, ABSENT, ABSENT], [], []]),
        ("l[].y\\.z", [[2, ABSENT, ABSENT], [], []]),
        ("l[].o.p", [[3, ABSENT, ABSENT], [], []]),
    ],
)
def test_fields_of_elements_are_read_with_the_elements_that_lack_them(path, values):
    column = RecordColumns(RECORDS).in_list(path)
    assert column.values == values
    assert [len(row) for row in column.places] == [3, 0, 0]
    assert column.places[0][1] == ("l[]", (1,))


@pytest.mark.parametrize("path", ["a.b", "l[]", "l[].m[].x", "l[].p.*", "p.*.l[].x"])
def test_other_paths_are_no_column_of_a_list(path):
    assert RecordColumns(RECORDS).in_list(path) is None


def test_fields_of_one_list_share_their_places_and_elements_become_records_once():
    columns = RecordColumns(RECORDS)
    assert columns.in_list("l[].x").places is columns.in_list("l[].o.p").places
    assert columns.unfolded("l[]") is columns.unfolded("l[]")
    assert [record["l"] for record in columns.unfolded("l[]").records] == [[element] for element in RECORDS[0]["l"]]


@pytest.mark.parametrize(
    ("pairs", "name"),
    [
        ([("l[].a", "a")], "l[]"),
        ([("l[].a", "a"), ("b", "b")], ""),
        ([("l[].a", "a"), ("l[].b", "b"), ("c", "c")], "l[]"),
        ([("l[].a", "a"), ("m[].b", "b")], ""),
        ([("l[].a", "m[].a")], ""),
        ([("l[].m[].a", "a")], ""),
        ([("p.*.a", "a")], ""),
        ([], ""),
    ],
)
def test_elements_become_records_where_most_fields_come_from_one_list(pairs, name):
    assert element_list(pairs) == name

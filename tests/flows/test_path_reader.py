import pytest

from ipaas_discovery.flows.path_reader import ABSENT, depth_of, list_of, plain_reader, values_at

RECORD = {
    "id": 1,
    "a": {"b": None, "c.d": 2},
    "lines": [{"sku": "x", "tags": ["p", "q"]}, {"tags": []}, None, {"deep": {"n": 1}}],
    "prices": {"EUR": {"n": 1}, "USD": {"n": 2}},
    "meta": [{"key": "size", "value": 3}, {"key": "colour"}],
    "grid": [[1, 2], [3]],
}


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("id", [((), 1)]),
        ("a.b", [((), None)]),
        ("a.c\\.d", [((), 2)]),
        ("a.x", []),
        ("id.x", []),
        ("lines[].sku", [((0,), "x")]),
        ("lines[].deep.n", [((3,), 1)]),
        ("lines[].tags[]", [((0, 0), "p"), ((0, 1), "q")]),
        ("prices.*.n", [((0,), 1), ((1,), 2)]),
        ("meta{size}.value", [((), 3)]),
        ("meta{colour}.value", []),
        ("meta{weight}.value", []),
        ("grid[][]", [((0, 0), 1), ((0, 1), 2), ((1, 0), 3)]),
        ("id[]", []),
    ],
)
def test_every_form_of_a_path_is_read(path, values):
    assert [*values_at(RECORD, path)] == values


def test_elements_without_the_field_are_listed_on_request():
    assert [*values_at(RECORD, "lines[].sku", absent=True)] == [
        ((0,), "x"),
        ((1,), ABSENT),
        ((2,), ABSENT),
        ((3,), ABSENT),
    ]
    assert [*values_at(RECORD, "a.x", absent=True)] == []
    assert [*values_at(RECORD, "lines[].none[]", absent=True)] == []


@pytest.mark.parametrize(
    ("path", "depth", "name"),
    [("a", 0, ""), ("l[].a", 1, "l[]"), ("l[].m[].a", 2, "l[].m[]"), ("p.*.a", 1, "p.*"), ("g[][]", 2, "g[][]")],
)
def test_lists_on_the_way_are_counted_and_named(path, depth, name):
    assert (depth_of(path), list_of(path)) == (depth, name)


def test_only_paths_through_objects_are_read_quickly():
    assert [plain_reader(path) for path in ("l[].a", "p.*", "meta{size}.value")] == [None] * 3
    read = plain_reader("a.c\\.d")
    assert (read(RECORD), read({}), read({"a": [1]})) == (2, ABSENT, ABSENT)

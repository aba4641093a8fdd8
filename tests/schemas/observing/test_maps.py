"""Objects whose keys are data are shown as one path; objects with many fields are not."""

from __future__ import annotations

import pytest

from ipaas_discovery.schemas.comparing.conformance import check_conformance
from ipaas_discovery.schemas.observing import maps, tally
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema


def paths(records):
    return [each.path for each in observe(records).fields]


def test_many_sparse_keys_with_values_alike_are_a_map():
    records = [
        {"attributes": {f"attr_{number % 40}": "x", f"attr_{(number * 7 + 1) % 40}": "y"}} for number in range(400)
    ]
    schema = observe(records)
    assert paths(records) == ["attributes", "attributes.*"]
    seen = schema.field("attributes.*").observed
    assert (seen.keys, seen.of, seen.present, seen.types) == (40, 800, 800, {"string": 800})
    assert seen.top == (("x", 400), ("y", 400))


@pytest.mark.parametrize("keys", [["1", "2", "30", "4", "5"], [f"2026-01-0{n}" for n in range(1, 6)],
                                  [f"user{n}@example.test" for n in range(5)]])  # fmt: skip
def test_few_keys_that_look_like_data_are_a_map(keys):
    records = [{"stock": {key: {"qty": 1, "at": None} for key in keys}}] * 3
    assert paths(records) == ["stock", "stock.*", "stock.*.at", "stock.*.qty"]
    assert observe(records).field("stock.*.qty").observed.of == 15


@pytest.mark.parametrize(
    "nested",
    [
        lambda _: {f"field_{at}": "x" for at in range(600)},
        lambda n: {f"field_{n % 50}": "x" if n % 50 else 1},
        lambda n: {f"field_{n % 20}": "x"},
        lambda n: {f"field_{n % 50}": {f"only_{n % 50}_{at}": 1 for at in range(4)}},
        lambda _: {"1": "x", "2": 5, "3": None, "4": [], "5": {}},
    ],
    ids=["always there", "unlike", "few", "objects of different kinds", "data keys, unlike values"],
)
def test_fields_are_no_map(nested):
    assert not [path for path in paths([{"data": nested(number)} for number in range(400)]) if "*" in path]


def test_fields_of_records_are_no_map_be_they_ever_so_sparse():
    assert len(paths([{f"field_{number}": "x"} for number in range(600)])) == 600


def test_more_keys_than_any_api_names_are_a_map_in_bounded_memory(monkeypatch):
    monkeypatch.setattr(tally, "MOST_KEYS", 100)
    records = [{"by_id": {f"k{number * 3 + at}": at or "x" for at in range(3)}} for number in range(1_000)]
    schema = observe(records)
    seen = schema.field("by_id.*").observed
    assert seen.keys == pytest.approx(3_000, rel=0.05)
    assert (seen.of, seen.types) == (3_000, {"integer": 2_000, "string": 1_000})
    assert len(schema.fields) == 2


def test_a_key_that_is_a_star_is_escaped():
    assert paths([{"a": {"*": 1}}]) == ["a", "a.\\*"]


def test_a_map_of_maps_is_both():
    records = [{"m": {str(number): {str(number + at): 1.5 for at in range(3)}}} for number in range(50)]
    assert paths(records) == ["m", "m.*", "m.*.*"]


def test_no_object_is_no_map():
    assert not maps.is_map({}, 0)


def test_what_is_declared_settles_what_is_a_map():
    records = [{"attributes": {f"a{n % 40}": "x"}, "names": {"one": "x"}, "none": {}} for n in range(400)]
    named = Schema.from_fields([{"path": path} for path in ("attributes.a1", "names.*", "none.*")])
    schema = observe(records, known=named)
    assert len([each for each in schema.fields if each.path.startswith("attributes.a")]) == 40
    assert [each.path for each in schema.fields if "*" in each.path] == ["names.*"]
    assert schema.field("names.*").observed.keys == 1
    for found, missed in ((schema, False), (observe(records), True)):
        never = {each.path for each in check_conformance(named.merged(found)).of("never seen")}
        assert ("attributes.a1" in never) is missed

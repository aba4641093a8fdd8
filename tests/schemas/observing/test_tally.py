"""Counts at each path: of values, objects, lists and names, and the same however the records are split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.samples.named_lists import MOST_NAMES
from ipaas_discovery.schemas.observing.maps import MOST_KEYS
from ipaas_discovery.schemas.observing.tally import MAX_DEPTH, MOST_VARIANTS, PathTally, Tally


def tallied(*parts):
    whole = Tally()
    for part in parts:
        tally = Tally()
        tally.add(part)
        whole.merge(tally)
    return whole


def counts(tally):
    """All that a tally holds, as plain values."""
    if tally is None:
        return None
    values = {kind: sorted(kept.counts.items()) for kind, kept in tally.values.items()}
    return dict(tally.kinds), tally.empties, tally.sizes, values, members(tally.members), counts(tally.elements)


def members(held):
    if held is None:
        return None
    inner = {key: counts(member) for key, member in sorted(held.by_key.items())}
    return held.objects, inner, counts(held.whole), sorted(held.keys.counts.items())


def deep(levels, end):
    for _ in range(levels):
        end = {"a": end}
    return end


def test_each_path_has_its_own_counts():
    tally = tallied([{"a": 1, "b": {"c": "x"}, "d": [1, "y"]}, {"a": 1, "b": {}, "d": []}, 7])
    a, b, d = (tally.members.by_key[key] for key in "abd")
    assert (tally.records, tally.members.objects) == (3, 2)
    assert counts(a) == ({"integer": 2}, 0, None, {"integer": [(1, 2)]}, None, None)
    assert (b.count, b.empties, [*b.names], b.members.objects) == (2, 1, ["c"], 2)
    assert (d.empties, d.sizes, dict(d.elements.kinds)) == (1, (0, 2), {"integer": 1, "string": 1})
    assert [*a.names] == []
    assert tally.variants == {("a", "b", "d"): 2}


def test_nulls_are_counted_and_have_no_values():
    a = tallied([{"a": None}, {"a": None}]).members.by_key["a"]
    assert counts(a) == ({"null": 2}, 0, None, {}, None, None)


def test_entries_are_the_keys_of_all_objects_below():
    tally = tallied([{"a": 1, "b": {"c": 2, "d": 3}, "e": [{"f": 4}, {"f": 5}]}, {"a": 6}])
    assert tally.members.entries() == 8
    assert tally.members.by_key["b"].entries() == 2
    assert tally.members.by_key["e"].entries() == 2
    assert tally.members.by_key["a"].entries() == 0


def test_a_map_with_many_keys_counts_the_values_of_all():
    few, many = ({f"k{number}": number for number in range(MOST_KEYS + more)} for more in (0, 1))
    assert tallied([few]).members.whole is None
    tally = tallied([many])
    assert tally.members.by_key == {}
    assert tally.members.whole.count == tally.members.entries() == MOST_KEYS + 1
    assert tally.members.keys.summary().distinct == pytest.approx(MOST_KEYS, rel=0.05)
    tally.add([{f"l{number}": 0 for number in range(MOST_KEYS)}])
    assert tally.members.whole.count == 2 * MOST_KEYS + 1
    assert tally.members.keys.summary().distinct == pytest.approx(2 * MOST_KEYS, rel=0.05)


def test_maps_that_are_few_apart_are_many_together():
    halves = [{f"{side}{number}": 1 for number in range(MOST_KEYS // 2 + 1)} for side in "ab"]
    tally = tallied([halves[0]], [halves[1]])
    assert tally.members.by_key == {}
    assert tally.members.whole.count == 2 * (MOST_KEYS // 2 + 1)
    whole = tallied(
        [{f"k{number}": 1 for number in range(MOST_KEYS + 1)}], [{f"l{number}": 1 for number in range(900)}]
    )
    assert whole.members.whole.count == MOST_KEYS + 901
    assert whole.members.keys.summary().distinct == pytest.approx(MOST_KEYS + 900, rel=0.05)


@pytest.mark.parametrize("sets", [MOST_VARIANTS, MOST_VARIANTS + 1])
def test_too_many_sets_of_keys_are_no_variants(sets):
    records = [{f"k{number % 40}": 1, f"l{number // 40}": 1} for number in range(sets)]
    assert (tallied(records).variants is None) is (sets > MOST_VARIANTS)
    half = len(records) // 2
    assert (tallied(records[:half], records[half:]).variants is None) is (sets > MOST_VARIANTS)
    assert (tallied(records, [{}]).variants is None) is (sets >= MOST_VARIANTS)


def test_what_has_no_variants_gets_none_by_more():
    records = [{f"k{number % 40}": 1, f"l{number // 40}": 1} for number in range(MOST_VARIANTS + 1)]
    none = tallied(records)
    none.add([{"a": 1}])
    assert none.variants is None
    assert tallied([{"a": 1}], records).variants is None


@pytest.mark.parametrize(("levels", "seen"), [(MAX_DEPTH - 1, True), (MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_objects_are_looked_into_so_deep(levels, seen):
    tally = tallied([deep(levels, 1)])
    held, at = tally.members, 0
    while held is not None and held.by_key:
        held, at = held.by_key["a"].members, at + 1
    assert (at == levels) is seen


@pytest.mark.parametrize(("levels", "seen"), [(MAX_DEPTH, MAX_DEPTH), (MAX_DEPTH + 5, MAX_DEPTH)])
def test_lists_are_looked_into_so_deep(levels, seen):
    value = 1
    for _ in range(levels):
        value = [value]
    tally = PathTally()
    tally.add([value], 0)
    inner, at = tally, 0
    while inner.elements is not None:
        inner, at = inner.elements, at + 1
    assert at == seen


def named(*pairs):
    return [{"name": name, "value": value} for name, value in pairs]


def test_a_list_of_names_and_values_is_counted_by_name():
    lists = tallied([{"a": named(("x", 1), ("y", 2))}, {"a": []}, {"a": named(("x", 3))}]).members.by_key["a"].named
    assert (lists.is_one, lists.lists, lists.keys) == (True, 2, ("name", "value"))
    assert {name: dict(tally.kinds) for name, tally in lists.by_name.items()} == {
        "x": {"integer": 2},
        "y": {"integer": 1},
    }


@pytest.mark.parametrize(
    ("parts", "is_one"),
    [
        ([[named(("x", 1))], [named(("y", 2))]], True),
        ([[named(("x", 1))], [[{"key": "y", "value": 2}]]], False),
        ([[named(("x", 1))], [[]]], True),
        ([[[]], [named(("x", 1))]], True),
        ([[named(("x", 1))], [[1]]], False),
        ([[[1]], [named(("x", 1))]], False),
        ([[named(("x", 1), ("x", 2))], [[]]], False),
        ([[named((f"n{n}", 1)) for n in range(MOST_NAMES)], [[]]], True),
        ([[named((f"n{n}", 1)) for n in range(MOST_NAMES)], [named(("x", 1))]], False),
        ([[named((f"n{n}", 1)) for n in range(MOST_NAMES + 1)], [[]]], False),
    ],
)
def test_two_parts_are_one_such_list_if_both_are_and_alike(parts, is_one):
    lists = tallied(*([{"a": value} for value in part] for part in parts)).members.by_key["a"].named
    assert lists.is_one is is_one
    assert bool(lists.by_name) is is_one


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["x", "y"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=3,
)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3) | st.just(7), max_size=4), st.data())
def test_records_in_parts_are_counted_as_in_one(records, data):
    at = data.draw(st.integers(0, len(records)))
    one, parts = tallied(records), tallied(records[at:], records[:at])
    assert members(parts.members) == members(one.members)
    assert (parts.records, parts.variants) == (one.records, one.variants)

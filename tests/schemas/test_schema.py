"""Field and Schema: what is shown, what wins, and what two schemas make together."""

from __future__ import annotations

import math

import pytest
from frames import dtypes, expected

from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import COLUMNS, Declared, Field, Observed, Schema, split_path


@pytest.mark.parametrize(
    ("path", "parts", "name", "parent"),
    [
        ("sku", ["sku"], "sku", ""),
        ("lines[].sku", ["lines[]", "sku"], "sku", "lines[]"),
        ("tags[]", ["tags[]"], "tags", ""),
        ("grid[][]", ["grid[][]"], "grid", ""),
        (r"meta.a\.b", ["meta", r"a\.b"], r"a\.b", "meta"),
        (r"meta.a\\.b", ["meta", r"a\\", "b"], "b", r"meta.a\\"),
        (r"sizes\[]", [r"sizes\[]"], r"sizes\[]", ""),
        ("", [""], "", ""),
    ],
)
def test_a_path_has_parts_a_name_and_a_parent(path, parts, name, parent):
    assert (split_path(path), Field(path).name, Field(path).parent) == (parts, name, parent)


def test_what_was_observed_wins_over_what_is_declared_unless_nothing_was():
    declared = Declared(types=("string",), format="date")
    assert Field("a", declared, Observed(2, 2, types={"integer": 2})).types == ("integer",)
    assert Field("a", declared, Observed(2, 2, nulls=2, types={"null": 2})).types == ("string",)
    assert Field("a", declared, Observed(2, 2, types={"string": 2})).format == "date"


def test_a_frame_has_the_same_columns_with_and_without_fields():
    for schema in (Schema(), observe([{"a": 1}]), Schema.from_fields([{"path": "a", "required": True}])):
        assert dtypes(schema.frame()) == expected(COLUMNS)


def test_merging_joins_declared_and_observed_of_the_same_path():
    declared = Schema.from_fields([{"path": "a", "types": "number"}, {"path": "b"}], source="list", collection="orders")
    both = declared.merged(observe([{"a": 1, "c": 2}]))
    assert [(each.path, bool(each.declared), bool(each.observed)) for each in both.fields] == [
        ("a", True, True),
        ("b", True, False),
        ("c", False, True),
    ]
    assert (both.records, both.collection, both.source) == (1, "orders", "list; records")


def test_a_schema_that_says_nothing_is_unknown():
    assert not Schema(collection="orders").known
    assert Schema(source="sample of no records").known


def test_a_frame_tells_ranges_and_frequent_values_of_what_was_observed():
    records = [
        {"n": 2**53 + 1 + each, "s": "a" * (each % 3), "l": [each] * (each % 2), "none": None} for each in range(8)
    ]
    rows = observe(records).frame().set_index("path")
    assert rows.loc["n", ["minimum", "maximum", "key", "unsafe_integers", "distinct_error"]].tolist() == [
        2**53, 2**53 + 8, True, 8, 0.0,
    ]  # fmt: skip
    assert rows.loc["s", ["shortest", "longest", "key"]].tolist() == [0, 2, False]
    assert rows.loc["s", "top"] == [("a", 3), ("aa", 2)]
    assert rows.loc["l", ["fewest", "most", "shortest", "longest"]].tolist() == [0, 1, 0, 1]
    assert rows.loc["none", ["minimum", "maximum", "shortest", "longest"]].isna().all()
    assert rows.loc["none", "top"] == rows.loc["none", "enum"] == []


def test_a_range_of_numbers_that_no_double_holds_is_infinite_in_a_frame_and_exact_in_plain_data():
    schema = observe([{"n": -(10**400)}, {"n": 10**400}])
    assert schema.frame()[["minimum", "maximum"]].iloc[0].tolist() == [-math.inf, math.inf]
    assert schema.to_dict()["fields"][0]["observed"]["values"] == [-(10**400), 10**400]


def test_a_length_that_64_bits_do_not_hold_is_kept():
    assert Schema.from_fields([{"path": "a", "max_length": 10**30}]).frame()["max_length"].tolist() == [10**30]


def test_titles_and_descriptions_come_through_every_form():
    row = {"path": "sku", "title": "Article number", "description": "What people call it"}
    schema = Schema.from_fields([row], collection="items")
    assert schema.frame()[["path", "title", "description"]].to_dict("records") == [row]
    assert schema.to_json_schema()["properties"]["sku"] == {
        "title": "Article number",
        "description": "What people call it",
    }
    for shown in (schema.to_html(), schema.to_markdown()):
        assert "Article number: What people call it" in shown


def test_a_list_in_a_frame_is_found_by_any_of_its_parts():
    schema = observe([{"a": 1, "b": "x"}, {"a": "1", "b": "y"}])
    assert schema.filter(types="integer").frame()["path"].tolist() == ["a"]
    assert schema.filter(types={"integer", "string"}).frame()["path"].tolist() == ["a", "b"]

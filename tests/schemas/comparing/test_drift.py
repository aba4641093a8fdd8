"""What changed, and whether it breaks a reader or a writer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from frames import dtypes, expected

from ipaas_discovery.schemas.comparing.drift import COLUMNS, ChangeEffect, drift
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Method, Shape


def field(**said):
    return Schema.from_fields([{"path": "a", **said}], collection="orders", system="Shop")


def seen(there, not_there):
    return observe([{"a": 1}] * there + [{}] * not_there)


def told(**schema):
    """A field as an OpenAPI document tells it."""
    listed = {"200": {"schema": {"type": "array", "items": {"properties": {"a": {"type": "string", **schema}}}}}}
    api = read_openapi({"swagger": "2.0", "paths": {"/orders": {"get": {"responses": listed}}}})
    return replace(declare(api, "orders", Shape.RETURNED), operations={})


def nulls(filled, null):
    return observe([{"a": 1}] * filled + [{"a": None}] * null)


NOTHING = Schema(source="a document without this field")


@pytest.mark.parametrize(
    ("before", "after", "change", "reader", "writer"),
    [
        (field(), NOTHING, "removed", "breaking", "breaking"),
        (NOTHING, field(), "added", "harmless", "harmless"),
        (NOTHING, field(required=True), "added, required", "harmless", "breaking"),
        (field(types="string"), field(types="integer"), "type changed", "breaking", "breaking"),
        (field(types="string"), field(types="string|integer"), "type changed", "breaking", "harmless"),
        (field(types="string|integer"), field(types="string"), "type changed", "harmless", "breaking"),
        (field(types="integer"), field(types="number"), "type changed", "breaking", "harmless"),
        (field(types="integer"), field(types="integer|number"), "type changed", "breaking", "harmless"),
        (field(types="string"), field(), "type changed", "risky", "harmless"),
        (field(), field(types="string"), "type changed", "harmless", "risky"),
        (field(types="object"), field(types="array"), "type changed", "breaking", "breaking"),
        (field(types="number"), field(types="integer"), "type changed", "harmless", "breaking"),
        (field(format="date"), field(format="date-time"), "format changed", "breaking", "breaking"),
        (field(format="int32"), field(format="int64"), "format changed", "breaking", "harmless"),
        (field(format="int64"), field(format="int32"), "format changed", "harmless", "breaking"),
        (field(), field(format="email"), "format changed", "harmless", "risky"),
        (field(format="email"), field(), "format changed", "risky", "harmless"),
        (field(required=False), field(required=True), "required added", "harmless", "breaking"),
        (field(required=True), field(), "required removed", "breaking", "harmless"),
        (NOTHING, field(required=True, read_only=True), "added", "harmless", "harmless"),
        (field(), field(nullable=True), "null allowed", "breaking", "harmless"),
        (field(nullable=True), field(nullable=False), "null forbidden", "harmless", "breaking"),
        (field(enum=["x"]), field(enum=["x", "y"]), "enum value added", "risky", "harmless"),
        (field(enum=["x", "y"]), field(enum=["x"]), "enum value removed", "harmless", "breaking"),
        (field(), field(enum=["x"]), "enum introduced", "harmless", "breaking"),
        (field(enum=["x"]), field(), "enum lifted", "risky", "harmless"),
        (field(max_length=20), field(max_length=10), "shorter", "harmless", "breaking"),
        (field(), field(max_length=10), "shorter", "harmless", "breaking"),
        (field(max_length=10), field(max_length=20), "longer", "breaking", "harmless"),
        (field(max_length=10), field(), "longer", "breaking", "harmless"),
        (told(minLength=1), told(minLength=3), "longer at least", "harmless", "breaking"),
        (told(minLength=3), told(minLength=1), "shorter at least", "breaking", "harmless"),
        (told(maximum=9), told(maximum=5), "lower maximum", "harmless", "breaking"),
        (told(maximum=5), told(maximum=9), "higher maximum", "breaking", "harmless"),
        (told(maximum=5), told(), "higher maximum", "breaking", "harmless"),
        (told(minimum=0), told(minimum=1), "higher minimum", "harmless", "breaking"),
        (told(), told(minimum=1), "higher minimum", "harmless", "breaking"),
        (told(minimum=1), told(minimum=0), "lower minimum", "breaking", "harmless"),
        (told(pattern="a"), told(pattern="b"), "pattern changed", "risky", "risky"),
        (told(), told(pattern="b"), "pattern changed", "harmless", "risky"),
        (told(pattern="a"), told(), "pattern changed", "risky", "harmless"),
        (told(const="a"), told(enum=["a", "b"]), "enum value added", "risky", "harmless"),
        (observe([{"a": 1}] * 9), observe([{"a": 1}, {"a": 1.5}] * 9), "type changed", "risky", "harmless"),
        (observe([{"a": 1}, {"a": "x"}] * 20), observe([{"a": 1}] * 40), "type changed", "harmless", "risky"),
        (
            observe([{"a": "2026-01-31T08:00:00Z"}] * 9),
            observe([{"a": "2026-01-31T08:00:00Z"}] * 3 + [{"a": "31 Jan"}] * 99),
            "format changed",
            "risky",
            "risky",
        ),
        (observe([{"a": 1}]), observe([{"a": 1}, {"a": None}]), "nulls appear", "risky", "harmless"),
        (observe([{"a": 1}]), observe([{"a": 1}, {}]), "no longer always there", "risky", "harmless"),
        (observe([{"a": 1}]), observe([{"a": "x"}]), "type changed", "breaking", "breaking"),
        (field(), field(read_only=True), "made read-only", "harmless", "breaking"),
        (field(read_only=True), field(), "made settable", "harmless", "harmless"),
        (seen(90, 10), seen(50, 50), "less often there", "risky", "harmless"),
        (seen(50, 50), seen(90, 10), "more often there", "harmless", "harmless"),
        (nulls(90, 10), nulls(50, 50), "nulls more often", "risky", "harmless"),
        (nulls(50, 50), nulls(90, 10), "nulls less often", "harmless", "harmless"),
        (
            observe([{"a": "x"}, {"a": "y"}] * 20),
            observe([{"a": "x"}, {"a": "z"}] * 20),
            "new value seen",
            "risky",
            "harmless",
        ),
        (
            observe([{"a": "Some text"}]),
            observe([{"a": "Some text, again"}, {"a": "Some longer texts."}]),
            "much longer",
            "risky",
            "harmless",
        ),
        (
            observe([{"a": "Some text"}]),
            observe([{"a": "Some text of twice its length"}]),
            "much longer",
            "risky",
            "harmless",
        ),
    ],
)
def test_each_change_has_its_effect_on_a_reader_and_on_a_writer(before, after, change, reader, writer):
    (found,) = drift(before, after).changes
    assert (found.path, found.change, found.reader, found.writer) == ("a", change, reader, writer)


def test_the_same_schema_has_not_drifted():
    schema = observe([{"a": 1, "lines": [{"b": None}]}])
    found = drift(schema, schema)
    assert (found.changes, found.reader, found.writer, found.unknown) == ((), None, None, "")
    assert dtypes(found.frame()) == expected(COLUMNS)


def test_a_rare_field_that_a_small_sample_misses_is_not_removed():
    before = observe([{"a": 1} if number == 0 else {"b": 1} for number in range(100)])
    few, many = observe([{"b": 1}] * 20), observe([{"b": 1}] * 20_000)
    found = [[each for each in drift(before, after).changes if each.path == "a"] for after in (few, many)]
    assert [(each.change, each.reader) for (each,) in found] == [
        ("not seen any more", ChangeEffect.RISKY), ("removed", ChangeEffect.BREAKING),
    ]  # fmt: skip


def test_changes_are_sorted_counted_and_summed_up():
    before = Schema.from_fields([{"path": "b", "types": "string"}, {"path": "a", "enum": ["x"]}], collection="orders")
    after = Schema.from_fields([{"path": "c", "required": True}, {"path": "a", "enum": ["x", "y"]}])
    found = drift(before, after)
    assert [each.path for each in found.changes] == ["a", "b", "c"]
    assert (found.reader, found.writer, found.collection) == (ChangeEffect.BREAKING, ChangeEffect.BREAKING, "orders")
    assert found.counts() == {
        "reader": {"breaking": 1, "risky": 1, "harmless": 1},
        "writer": {"breaking": 2, "risky": 0, "harmless": 1},
    }
    assert list(found.frame()["reader"]) == ["risky", "breaking", "harmless"]


@pytest.mark.parametrize(("before", "after"), [(Schema(), field()), (field(), Schema())])
def test_an_unknown_schema_cannot_be_compared(before, after):
    found = drift(before, after)
    assert (found.changes, len(found.frame())) == ((), 0)
    assert "Nothing is known" in found.unknown


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (seen(9, 1), seen(7, 3)),
        (nulls(9, 1), nulls(7, 3)),
        (observe([{"a": "x"}, {"a": "y"}]), observe([{"a": "x"}, {"a": "z"}])),
        (observe([{"a": "Some text"}]), observe([{"a": "Some longer text"}])),
        (observe([{"a": 1}] * 50 + [{"a": "x"}]), observe([{"a": 1}] * 50)),
        (observe([{"a": 1.5}] + [{"a": 1}] * 9), observe([{"a": 1}] * 9)),
    ],
)
def test_what_chance_explains_is_no_change(before, after):
    assert drift(before, after).changes == ()


def test_a_field_that_the_sample_before_may_have_missed_is_only_new_to_us():
    few, many = observe([{"b": 1}] * 20), observe([{"b": 1}] * 20_000)
    after = observe([{"a": 1} if number == 0 else {"b": 1} for number in range(100)])
    assert [each.change for each in drift(few, after).changes if each.path == "a"] == ["seen for the first time"]
    assert [each.change for each in drift(many, after).changes if each.path == "a"] == ["added"]


def test_what_goes_with_the_object_that_holds_it_is_one_change():
    whole, bare = observe([{"a": {"b": {"c": 1}}, "d": 1}] * 9), observe([{"d": 1}] * 9)
    assert [(each.path, each.change) for each in drift(whole, bare).changes] == [("a", "removed")]
    assert [(each.path, each.change) for each in drift(bare, whole).changes] == [("a", "added")]


def test_what_is_declared_inside_an_object_goes_and_comes_with_it():
    whole = Schema.from_fields(
        [{"path": "a", "types": "object"}, {"path": "a.b", "types": "array"}, {"path": "a.b[].c", "required": True}]
    )
    assert [(each.path, each.change) for each in drift(whole, NOTHING).changes] == [("a", "removed")]
    found = drift(NOTHING, whole)
    assert [(each.path, each.change, each.writer.value) for each in found.changes] == [("a", "added", "harmless")]


def test_what_is_declared_is_compared_with_what_is_declared_and_what_was_seen_with_what_was_seen():
    said, other = field(types="number"), observe([{"a": 1}] * 9)
    assert drift(said.merged(other), said).changes == drift(said, said.merged(other)).changes == ()
    changed = drift(said.merged(other), field(types="string").merged(observe([{"a": "x"}] * 9)))
    assert [(each.before, each.after) for each in changed.changes] == [("number", "string")]


def test_a_field_of_a_rare_list_is_judged_by_the_elements_seen():
    before = observe([{"lines": [{"sku": "A", "gift": True}]}] * 3 + [{"lines": [{"sku": "A"}]}] * 3)
    after = observe([{"lines": [{"sku": "A"}]}] + [{"lines": []}] * 500)
    (change,) = (each for each in drift(before, after).changes if each.path == "lines[].gift")
    assert change.change == "not seen any more"


def test_envelopes_and_calls_of_two_documents_are_compared():
    row = {"path": "id"}
    one, other = (Schema.from_fields([row], shape=Shape.CREATE, collection="orders") for _ in range(2))
    one = replace(
        one, envelope="data", operations={Method.ADD: "POST /orders", Method.UPDATE: None, Method.DELETE: "DELETE /o"}
    )
    other = replace(other, operations={Method.ADD: None, Method.UPDATE: "PUT /o", Method.DELETE: "POST /o/delete"})
    assert [(each.path, each.change, each.reader.value, each.writer.value) for each in drift(one, other).changes] == [
        ("", "envelope changed", "breaking", "breaking"),
        ("", "call to add removed", "harmless", "breaking"),
        ("", "call to update added", "harmless", "harmless"),
        ("", "call to delete changed", "harmless", "breaking"),
    ]


def test_a_list_that_became_texts_some_of_them_empty_holds_no_elements_any_more():
    before, after = observe([{"a": ["x"]}] * 4), observe([{"a": ""}, {"a": "y"}])
    assert [change.change for change in drift(before, after).changes] == ["type changed"]
    assert drift(after, before).changes


def test_a_new_truth_value_is_written_as_json_has_it():
    changes = drift(observe([{"a": "yes"}, {"a": "no"}] * 20), observe([{"a": False}] * 40)).changes
    assert [change.after for change in changes if change.change == "new value seen"] == ["false (40 of 40)"]


def unlike(records, *, declared=("id", "mail")):
    """A schema of two declared fields, and of what these records show; None: no record was read."""
    shown = observe(records) if records is not None else None
    seen = {field.path: field.observed for field in shown.fields} if shown else {}
    told_of = {path: Declared(("string",)) for path in declared}
    fields = [Field(path, told_of.get(path), seen.get(path)) for path in sorted({*declared, *seen})]
    return Schema("users", fields=tuple(fields), records=None if records is None else len(records), source="test")


def test_a_declared_field_that_no_record_holds_any_more_is_told():
    before, after = (
        unlike([{"id": f"{n}", "mail": "a"} for n in range(40)]),
        unlike([{"id": f"{n}"} for n in range(40)]),
    )
    (change,) = drift(before, after).changes
    assert (change.path, change.change, change.reader.value) == ("mail", "not seen any more", "breaking")
    assert (change.before, change.after) == ("in 40 of 40", "in 0 of 40, though still declared")


def test_what_was_rare_may_be_missing_by_chance():
    before, after = unlike([{"id": "1", "mail": "a"}, *[{"id": "1"}] * 39]), unlike([{"id": "1"}] * 40)
    assert not [change for change in drift(before, after).changes if change.path == "mail"]


def test_where_no_record_was_read_nothing_is_gone():
    assert drift(unlike([{"id": "1", "mail": "a", "extra": "b"}] * 40), unlike(None)).changes == ()

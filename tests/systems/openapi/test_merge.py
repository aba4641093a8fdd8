"""Schemas joined: all of an allOf apply, one of a oneOf does, and no limit is made up."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.openapi.merge import both, either
from ipaas_discovery.systems.openapi.node import VARIANTS, Node

FULL = Node(
    types=("string",), nullable=True, properties={"a": {}}, required=frozenset({"a"}), items={"i": 1}, values={"v": 1},
    format="date", enum=("x",), min_length=1, max_length=9, pattern="p", minimum=1, maximum=9, exclusive_minimum=0,
    exclusive_maximum=10, multiple_of=2, read_only=True, write_only=True, title="t", description="d",
    refs=frozenset({"r"}),
)  # fmt: skip


def test_nothing_beside_a_schema_is_the_schema_itself():
    assert both(FULL, Node()) == both(Node(), FULL) == FULL
    assert either([FULL], ["one"]) == FULL


@pytest.mark.parametrize(
    ("name", "one", "other", "joined"),
    [
        ("types", ("string",), ("integer",), ("string",)),
        ("nullable", False, True, False),
        ("nullable", None, False, False),
        ("properties", {"a": 1, "b": 2}, {"b": 3, "c": 4}, {"a": 1, "b": {"allOf": [2, 3]}, "c": 4}),
        ("required", frozenset("a"), frozenset("b"), frozenset("ab")),
        ("items", {"a": 1}, {"b": 1}, {"allOf": [{"a": 1}, {"b": 1}]}),
        ("items", {"a": 1}, {"a": 1}, {"a": 1}),
        ("values", {"a": 1}, {"b": 1}, {"allOf": [{"a": 1}, {"b": 1}]}),
        ("format", "date", "time", "date"),
        ("enum", (1, 2, 3), (3, 2), (2, 3)),
        ("enum", (1,), (2,), (1,)),
        ("min_length", 1, 2, 2),
        ("min_length", 0, None, 0),
        ("max_length", 1, 2, 1),
        ("pattern", "a", "b", "a"),
        ("minimum", 1, 2, 2),
        ("maximum", 1, 2, 1),
        ("exclusive_minimum", 1, 2, 2),
        ("exclusive_maximum", 1, 2, 1),
        ("multiple_of", 2, 4, 4),
        ("read_only", False, True, False),
        ("write_only", None, True, True),
        ("title", "a", "b", "a"),
        ("description", "a", "b", "a"),
        ("refs", frozenset("a"), frozenset("b"), frozenset("ab")),
        ("variants", (("a", {}),), (("b", {}),), (("a", {}),)),
    ],
)
def test_what_applies_together_is_narrower(name, one, other, joined):
    assert getattr(both(Node(**{name: one}), Node(**{name: other})), name) == joined


@pytest.mark.parametrize(
    ("name", "one", "other", "joined"),
    [
        ("types", ("string",), ("integer", "string"), ("integer", "string")),
        ("types", ("string",), (), ()),
        ("nullable", False, True, True),
        ("nullable", False, None, False),
        ("nullable", None, None, None),
        ("required", frozenset("ab"), frozenset("bc"), frozenset("b")),
        ("items", {"a": 1}, {"b": 1}, {"anyOf": [{"a": 1}, {"b": 1}]}),
        ("items", {"a": 1}, None, {"a": 1}),
        ("values", {"a": 1}, {"b": 1}, {"anyOf": [{"a": 1}, {"b": 1}]}),
        ("values", None, {"b": 1}, {"b": 1}),
        ("format", "date", "date", "date"),
        ("format", "date", None, None),
        ("enum", (1, [2]), ([2], 3), (1, "[2]", 3)),
        ("enum", (1,), (), ()),
        ("min_length", 1, 2, 1),
        ("min_length", 1, None, None),
        ("max_length", 1, 2, 2),
        ("max_length", None, 2, None),
        ("pattern", "a", "a", "a"),
        ("pattern", "a", "b", None),
        ("minimum", 0, 2, 0),
        ("minimum", 0, None, None),
        ("maximum", 0, 2, 2),
        ("maximum", 0, None, None),
        ("exclusive_minimum", 1, 2, 1),
        ("exclusive_minimum", 1, None, None),
        ("exclusive_maximum", 1, 2, 2),
        ("exclusive_maximum", 1, None, None),
        ("multiple_of", 2, 4, 2),
        ("multiple_of", 2, None, None),
        ("read_only", True, True, True),
        ("read_only", True, None, None),
        ("write_only", True, True, True),
        ("write_only", True, False, None),
        ("title", "a", "a", ""),
        ("description", "a", "a", ""),
        ("refs", frozenset("a"), frozenset("b"), frozenset("ab")),
    ],
)
def test_what_applies_in_turn_is_wider(name, one, other, joined):
    branches = [Node(**{"types": ("string",), name: one}), Node(**{"types": ("string",), name: other})]
    assert getattr(either(branches, ["one", "other"]), name) == joined


def test_null_as_one_of_the_branches_allows_null():
    null = Node(nullable=True)
    joined = either([FULL, null], ["one", "null"])
    assert (joined.nullable, joined.title, joined.required) == (True, "t", FULL.required)
    assert either([Node(types=("string",)), null], ["one", "null"]).nullable is True
    assert either([null], ["null"]) == null
    assert either([], []) == Node()
    objects = Node(nullable=True, properties={"a": 1})
    assert either([objects, null], ["one", "null"]).properties == {"a": 1}


def test_a_property_that_some_branches_lack_keeps_their_names():
    one, other = Node(properties={"a": 1, "b": 2, "c": 3}), Node(properties={"a": 1, "b": 4})
    assert either([one, other], ["one", "other"]).properties == {
        "a": 1, "b": {"anyOf": [2, 4]}, "c": {"allOf": [3], VARIANTS: ("one",)},
    }  # fmt: skip


def test_where_none_may_apply_nothing_is_required():
    node = Node(properties={"a": 1}, required=frozenset("a"))
    joined = either([node], ["one"], alone=True)
    assert joined.required == frozenset()
    assert joined.properties == {"a": {"allOf": [1], VARIANTS: ("one",)}}
    assert either([node], ["one"]).properties == {"a": 1}

"""Declared against observed: what deviates, how often, with examples, and what cannot be said."""

from __future__ import annotations

import pytest
from frames import dtypes, expected

from ipaas_discovery.schemas.comparing.conformance import COLUMNS, check_conformance
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.openapi import read_openapi
from ipaas_discovery.vocabulary import Shape


def found(records, *rows):
    return check_conformance(Schema.from_fields(rows), observe(records))


@pytest.mark.parametrize(
    ("said", "values", "problem", "count", "of", "examples"),
    [
        ({"types": "integer"}, [1, "2", "3", 4], "wrong type", 2, 4, ("2", "3")),
        ({"types": "integer"}, [1, 2.5], "wrong type", 1, 2, (2.5,)),
        ({"types": "string", "nullable": False}, ["a", None, None], "null though not nullable", 2, 3, ()),
        ({"types": "string"}, ["a", None], "null though not nullable", 1, 2, ()),
        ({"enum": ["a", "b"]}, ["a", "c", "c", "d"], "outside the enum", 3, 4, ("c", "d")),
        ({"enum": [1]}, [1, True], "outside the enum", 1, 2, (True,)),
        ({"enum": ["a"]}, ["a", ""], "outside the enum", 1, 2, ("",)),
        ({"max_length": 3}, ["abc", "abcd", "abcd", "abcde"], "too long", 3, 4, ("abcd", "abcde")),
        ({"format": "date-time"}, ["2026-01-31T08:00:00Z", "31.1.2026"], "wrong format", 1, 2, ("31.1.2026",)),
        ({"format": "date-time"}, ["2026-01-31T08:00:00"], "wrong format", 1, 1, ("2026-01-31T08:00:00",)),
        ({"format": "int32"}, [1, 2**31], "wrong format", 1, 2, ()),
        ({"required": True}, [1, ...], "absent though required", 1, 2, ()),
    ],
)
def test_each_deviation_is_counted_with_examples(said, values, problem, count, of, examples):
    records = [{} if value is ... else {"a": value} for value in values]
    (row,) = found(records, {"path": "a", **said}).rows
    assert (row.path, row.problem, row.count, row.of, row.at_least) == (
        "a",
        problem,
        count,
        of,
        problem == "wrong format" and not examples,
    )
    assert sorted(map(repr, row.examples)) == sorted(map(repr, examples))


@pytest.mark.parametrize(
    ("values", "observed"),
    [(["A1", "B2"], "no known format"), (["2026-01-31"], "date"), (["2026-01-31", "A1"], "date")],
)
def test_a_wrong_format_names_those_that_came_instead(values, observed):
    (row,) = found([{"a": value} for value in values], {"path": "a", "format": "date-time"}).rows
    assert row.observed == observed


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ({"types": "number"}, [1, 2.5]),
        ({"types": "string|null"}, ["a", None]),
        ({}, [None, 1, "a"]),
        ({"enum": ["a", "b"]}, ["a"]),
        ({"max_length": 3}, ["abc"]),
        ({"format": "date-time"}, ["2026-01-31T08:00:00Z", "2026-01-31T08:00:00+01:00", ""]),
        ({"format": "sku"}, ["anything"]),
        ({"format": "int32"}, [-(2**31), 2**31 - 1]),
    ],
)
def test_what_fits_makes_no_row(said, values):
    assert found([{"a": value} for value in values], {"path": "a", **said}).rows == ()


def limited(schema, *values):
    """What is found of a field with a schema of OpenAPI, in records with these values."""
    listed = {"200": {"schema": {"type": "array", "items": {"properties": {"a": schema}}}}}
    api = read_openapi({"swagger": "2.0", "paths": {"/orders": {"get": {"responses": listed}}}})
    result = check_conformance(declare(api, "orders", Shape.RETURNED), observe([{"a": value} for value in values]))
    return [(row.problem, row.declared, row.count, row.of, row.examples) for row in result.rows]


def test_values_outside_declared_limits_are_told():
    assert limited({"type": "string", "minLength": 2}, "a", "ab", "b") == [("too short", "from 2", 2, 3, ("a", "b"))]
    assert limited({"type": "number", "minimum": 0, "maximum": 9.5}, -1, 0, 9.5, 10) == [
        ("out of range", ">= 0, <= 9.5", 2, 4, (-1, 10))
    ]
    assert limited({"minimum": 0, "exclusiveMinimum": True}, 0, 1) == [("out of range", "> 0", 1, 2, (0,))]
    assert limited({"exclusiveMaximum": 5}, 4, 5, 5) == [("out of range", "< 5", 2, 3, (5,))]
    assert limited({"pattern": "^[A-Z]{2}$"}, "DE", "de", "de") == [("not the pattern", "^[A-Z]{2}$", 2, 3, ("de",))]
    assert limited({"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^a"}, "a", "abc") == []
    assert limited({"type": "number", "minimum": 1}, *range(1, 99)) == []


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)*$", "((a+))*$", "(a{1,9}){1,99}$", ".*.*.*.*.*b", "[", "(?<x>a)", "a**", "(?P<1>x)", r"\p{L}"],
)
def test_a_pattern_that_python_cannot_try_safely_is_not_tried(pattern):
    assert limited({"pattern": pattern}, "a" * 40 + "!") == []


@pytest.mark.parametrize(
    "pattern", [r"^\d{4}-\d{2}$", "^([0-9]{2}:){2}[0-9]{2}$", "^(A|B)[0-9]+$", "^[A-Z]+-[(+)*]*x", "^((GB)?[0-9]{9})$"]
)
def test_usual_patterns_are_tried(pattern):
    assert [row[0] for row in limited({"pattern": pattern}, "?")] == ["not the pattern"]


def test_a_maps_values_are_checked_whatever_their_keys():
    said = [{"path": "prices", "types": "object"}, {"path": "prices.*", "types": "object"},
            {"path": "prices.*.amount", "types": "number"}, {"path": "prices.*.note"}]  # fmt: skip
    records = [{"prices": {"eur": {"amount": "1"}, "usd": {"amount": 2, "tax": 1}}}, {"prices": {}}]
    assert [(row.path, row.problem) for row in found(records, *said).rows] == [
        ("prices.eur.amount", "wrong type"), ("prices.usd.tax", "undeclared"),
    ]  # fmt: skip
    many = [{"prices": {f"k{number}": {"amount": 1} for number in range(at, at + 40)}} for at in range(0, 400, 40)]
    assert found(many, *said[:3]).rows == ()


def test_fields_that_never_come_and_fields_nobody_declared_are_told_at_their_top():
    result = found(
        [{"id": 1, "to": {"city": "X", "zone": {"code": 1}}, "open": {"any": 1}}] * 4,
        {"path": "id"}, {"path": "to", "types": "object"}, {"path": "to.city"}, {"path": "to.street"},
        {"path": "made", "types": "object"}, {"path": "made.by"}, {"path": "open", "types": "object"},
    )  # fmt: skip
    assert [(row.path, row.problem, row.count, row.of) for row in result.rows] == [
        ("made", "never seen", 0, 4),
        ("to.street", "never seen", 0, 4),
        ("to.zone", "undeclared", 4, 4),
    ]


def test_elements_of_lists_have_their_own_denominator():
    records = [{"lines": [{"sku": "A"}, {"sku": "B", "gift": True}]}, {"lines": []}, {"lines": [{"sku": "C"}]}]
    rows = found(records, {"path": "lines", "types": "array"}, {"path": "lines[].sku"}, {"path": "lines[].qty"}).rows
    assert [(row.path, row.problem, row.count, row.of) for row in rows] == [
        ("lines[].gift", "undeclared", 1, 3),
        ("lines[].qty", "never seen", 0, 3),
    ]


def test_a_sample_of_too_many_values_says_at_least():
    values = [f"v{number}" for number in range(60)]
    (row,) = found([{"a": value} for value in values], {"path": "a", "enum": ["v0"]}).rows
    assert (row.problem, row.at_least, len(row.examples)) == ("outside the enum", True, 3)
    assert 0 < row.count < 60


def test_a_schema_that_holds_both_is_checked_against_itself():
    both = Schema.from_fields([{"path": "a", "types": "integer"}]).merged(observe([{"a": "x"}]))
    assert [row.problem for row in check_conformance(both).rows] == ["wrong type"]


@pytest.mark.parametrize(
    ("declared", "observed", "word"),
    [(Schema(), observe([{"a": 1}]), "declared"), (Schema.from_fields([{"path": "a"}]), observe([]), "observed")],
)
def test_nothing_is_said_where_one_side_is_unknown(declared, observed, word):
    result = check_conformance(declared, observed)
    assert result.rows == ()
    assert word in result.unknown
    assert dtypes(result.frame()) == expected(COLUMNS)

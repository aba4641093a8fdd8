"""A schema as JSON Schema 2020-12 is valid and accepts the records it was observed on."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ipaas_discovery.schemas.field import Declared, Field
from ipaas_discovery.schemas.field_paths import escape
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema

KEYS = st.sampled_from(["a", "b", "a.b", "", "a[]", "[]", "a\\", "$ref"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=6))
def test_records_are_valid_by_the_schema_observed_on_them(records):
    made = observe(records).to_json_schema()
    Draft202012Validator.check_schema(made)
    for record in records:
        Draft202012Validator(made).validate(record)


def test_nested_objects_and_lists_are_rebuilt_with_what_is_declared():
    rows = [
        {"path": "id", "types": "integer", "required": True, "read_only": True},
        {"path": "status", "types": "string", "enum": ["open"], "nullable": True, "max_length": 10},
        {"path": "lines[].sku", "types": "string", "required": True},
        {"path": "lines[].made\\.on", "types": "string", "format": "date"},
        {"path": "to", "types": "object"},
        {"path": "to.site", "types": "string", "format": "url"},
        {"path": "tags[]", "types": "string"},
    ]
    made = Schema.from_fields(rows, collection="orders").to_json_schema()
    Draft202012Validator.check_schema(made)
    assert made == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "orders",
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "lines": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "made.on": {"type": "string", "format": "date"},
                        "sku": {"type": "string"},
                    },
                    "required": ["sku"],
                },
            },
            "status": {"type": ["string", "null"], "enum": ["open", None], "maxLength": 10},
            "tags": {"type": "array", "items": {"type": "string"}},
            "to": {"type": "object", "properties": {"site": {"type": "string", "format": "uri"}}},
        },
    }


def test_nulls_that_were_observed_are_allowed():
    made = observe([{"a": None}, {"a": 1}, {"a": "x"}]).to_json_schema()
    assert made["properties"]["a"]["type"] == ["integer", "string", "null"]


def test_lists_of_lists_keep_their_depth():
    records = [{"grid": [[1, 2], [3]], "cube": [[[{"x": "a"}]]]}, {"grid": [], "cube": [[]]}]
    made = observe(records).to_json_schema()
    Draft202012Validator.check_schema(made)
    assert made["properties"]["grid"]["items"]["items"] == {"type": "integer"}
    assert made["properties"]["cube"]["items"]["items"]["items"]["properties"]["x"] == {"type": "string"}
    validator = Draft202012Validator(made)
    assert all(validator.is_valid(record) for record in records)
    assert not validator.is_valid({"grid": [1]})


def test_a_map_of_any_keys_is_not_a_key_called_star():
    rows = [
        {"path": "prices", "types": "object"},
        {"path": "prices.*", "types": "object"},
        {"path": "prices.*.amount", "types": "number", "required": True},
        {"path": "lists.*[]", "types": "string"},
        {"path": "\\*", "types": "boolean"},
    ]
    made = Schema.from_fields(rows).to_json_schema()
    Draft202012Validator.check_schema(made)
    assert set(made["properties"]) == {"prices", "lists", "*"}
    assert made["properties"]["prices"]["additionalProperties"]["required"] == ["amount"]
    validator = Draft202012Validator(made)
    assert validator.is_valid({"prices": {"EUR": {"amount": 1.5}}, "lists": {"any": ["x"]}, "*": True})
    assert not validator.is_valid({"prices": {"EUR": {}}})
    assert not validator.is_valid({"lists": {"any": [1]}})


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a.b", "a\\.b"),
        ("tags[]", "tags\\[]"),
        ("*", "\\*"),
        ("back\\slash", "back\\\\slash"),
        ("$ref", "$ref"),
        ("", ""),
    ],
)
def test_an_escaped_key_is_the_records_own_again(key, path):
    assert escape(key) == path
    declared = Field(path, Declared(types=("integer",), required=True))
    made = Schema(fields=(declared,)).to_json_schema()
    assert (made["properties"], made["required"]) == ({key: {"type": "integer"}}, [key])
    observed = observe([{key: 1}]).to_json_schema()
    assert observed["properties"] == {key: {"type": "integer"}}


@pytest.mark.parametrize("format_", ["date", "date-time", "email", "url", "uuid", "decimal", "date-time-local"])
def test_formats_are_named_as_json_schema_names_them_or_stay_as_notes(format_):
    made = Schema.from_fields([{"path": "x", "types": "string", "format": format_}]).to_json_schema()
    Draft202012Validator.check_schema(made)
    assert made["properties"]["x"]["format"] == {"url": "uri"}.get(format_, format_)


def test_what_no_json_schema_may_hold_is_left_out_or_told_as_text():
    strange = Declared(types=("file",), enum=(dt.date(2026, 1, 2), Decimal("1.5")), max_length=-1, nullable=True)
    made = Schema("x", fields=(Field("upload", strange),)).to_json_schema()
    Draft202012Validator.check_schema(json.loads(json.dumps(made)))
    assert made["properties"]["upload"] == {"enum": ["2026-01-02", 1.5, None]}


def test_600_paths_make_a_valid_schema():
    fields = [
        {"path": f"a{n % 6}.b{n % 5}[].c{n % 4}.d[][].e.f{n}", "types": "string", "nullable": True} for n in range(600)
    ]
    made = Schema.from_fields(fields).to_json_schema()
    Draft202012Validator.check_schema(made)
    assert json.dumps(made).count('["string", "null"]') == 600

"""A schema as JSON Schema 2020-12 is valid and accepts the records it was observed on."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ipaas_discovery.schemas.observe import observe
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

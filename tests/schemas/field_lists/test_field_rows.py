"""A pasted list of fields becomes declared fields, and says which row is wrong."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from ipaas_discovery.errors import SourceError
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.schemas.field_lists.field_rows import fields_from_rows
from ipaas_discovery.schemas.schema import Schema


def test_everything_a_row_says_is_declared():
    row = {
        "path": "status",
        "types": ["string", "null"],
        "format": "code",
        "required": True,
        "read_only": False,
        "max_length": 20,
        "enum": ["open", "closed"],
        "description": "Where the order stands",
    }
    (field,) = fields_from_rows([row], "notes")
    said = field.declared
    assert (said.types, said.nullable, said.required, said.read_only) == (("string",), True, True, False)
    assert (said.max_length, said.enum, said.format, said.source) == (20, ("open", "closed"), "code", "notes")
    assert field.observed is None


def test_examples_are_kept_without_counting_as_observed():
    (field,) = fields_from_rows([{"path": "sku", "types": "string", "examples": ["A-1"]}], "notes")
    assert (field.observed.of, field.observed.present, field.observed.examples) == (0, 0, ("A-1",))
    assert (field.types, field.observed.fill) == (("string",), 0.0)


@pytest.mark.parametrize("types", ["integer | null", "null,integer", ["integer", "null"], ("null", "integer")])
def test_types_are_a_text_or_a_list(types):
    (field,) = fields_from_rows([{"path": "n", "types": types}], "notes")
    assert (field.types, field.declared.nullable) == (("integer",), True)


def test_rows_of_a_frame_with_empty_cells_are_read():
    columns = {"path": "str", "types": "str", "required": "boolean", "max_length": "Float64", "format": "object"}
    frame = frame_of(
        [{"path": "b", "max_length": 5.0}, {"path": "a", "required": True, "format": float("nan")}], columns
    )
    a, b = fields_from_rows(frame.to_dict("records"), "sheet")
    assert (a.path, a.required, a.declared.max_length, a.format) == ("a", True, None, None)
    assert (b.required, b.declared.max_length, b.types) == (None, 5, ())


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"path": "a"}, {"types": "string"}], r"no path \(row 2 of notes\)"),
        ([{"path": "  "}], r"no path \(row 1"),
        ([{"path": 5}], r"no path \(row 1"),
        ([{"path": "a", "requird": True}], r"'requird' \(row 1 of notes\): did you mean 'required'\?"),
        ([{"path": "a"}, {"path": "b"}, {"path": "a"}], r"'a' is listed twice \(row 3"),
        ([{"path": "a", "types": "strng"}], r"'strng' \(row 1 of notes\): did you mean 'string'\?"),
        ([{"path": "a", "types": 5}], r"'types' is a list of types, not 5"),
        ([{"path": "a", "required": "yes"}], r"'required' is true or false, not 'yes'"),
        ([{"path": "a", "max_length": "ten"}], r"'max_length' is a whole number"),
        ([{"path": "a", "max_length": float("inf")}], r"'max_length' is a whole number"),
        ([{"path": "a", "max_length": True}], r"'max_length' is a whole number"),
        ([{"path": "a", "enum": "open"}], r"'enum' is a list"),
        ([{"path": "a", "format": 3}], r"'format' is a text"),
        (["a"], r"not str \(row 1"),
    ],
)
def test_a_wrong_row_is_named(rows, message):
    with pytest.raises(SourceError, match=message):
        fields_from_rows(rows, "notes")


def test_a_schema_from_fields_is_sorted_and_keeps_its_identity():
    schema = Schema.from_fields([{"path": "b"}, {"path": "a"}], collection="orders", system="Shop", source="page 3")
    assert [each.path for each in schema.fields] == ["a", "b"]
    assert (schema.collection, schema.system, schema.source, schema.known) == ("orders", "Shop", "page 3", True)


@pytest.mark.parametrize("rows", [None, {"path": "a"}, "path"])
def test_what_is_no_list_of_rows_is_refused(rows):
    with pytest.raises(SourceError, match=f"A field list has rows, and this is {type(rows).__name__}"):
        Schema.from_fields(rows)


@pytest.mark.parametrize("length", [np.int64(3), Decimal(3), 3.0])
def test_a_length_is_a_whole_number_of_any_type(length):
    assert Schema.from_fields([{"path": "a", "max_length": length}]).fields[0].declared.max_length == 3

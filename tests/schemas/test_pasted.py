"""Field lists as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.pasted import rows_from_text
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.words import Shape

MANUAL = r"""
| Attribute | Type | Description |
|-----------|:----:|-------------|
| `id` | integer | Unique identifier. *read-only* |
| `status` | string | One of new \| sent. |
| `set_paid` | boolean | Marks as paid. *write-only* |
| `lines` | array | The lines. *mandatory* |
| `date_created` | date-time | When it was made. |
"""
SHEET = (
    "Name\tData type\tMandatory\tLength\tValues\tNotes\n"
    "CUST_NO\ttext\tY\t15\t\tCustomer\n"
    "STATE\tvarchar(2)\tN\t\tCA, NY\t\n"
    "BAL\tdecimal\t\t\t\t\n"
)
LINES = """
# what the order holds
- number string(20) required - What people call it
- id integer read-only
- lines[].sku string, optional
total number | null
when datetime
bare
"""


def test_a_manuals_table_is_read_with_its_marks():
    fields = {each.path: each for each in Schema.from_text(MANUAL).fields}
    assert list(fields) == ["date_created", "id", "lines", "set_paid", "status"]
    assert (fields["id"].declared.read_only, fields["set_paid"].declared.write_only, fields["lines"].required) == (
        True,
    ) * 3
    assert fields["status"].declared.description == "One of new | sent."
    assert (fields["date_created"].types, fields["date_created"].format) == (("string",), "date-time")


def test_a_spreadsheets_rows_are_read():
    fields = {each.path: each.declared for each in Schema.from_text(SHEET, shape=Shape.CREATE, source="erp.txt").fields}
    assert (fields["CUST_NO"].required, fields["CUST_NO"].max_length, fields["CUST_NO"].types) == (
        True,
        15,
        ("string",),
    )
    assert (fields["STATE"].required, fields["STATE"].max_length, fields["STATE"].enum) == (False, 2, ("CA", "NY"))
    assert (fields["BAL"].types, fields["BAL"].required, fields["BAL"].source) == (("number",), None, "erp.txt")


def test_plain_lines_are_read():
    fields = {each.path: each.declared for each in Schema.from_text(LINES).fields}
    assert list(fields) == ["bare", "id", "lines[].sku", "number", "total", "when"]
    number = fields["number"]
    assert (number.max_length, number.required, number.description) == (20, True, "What people call it")
    assert (fields["id"].read_only, fields["lines[].sku"].required, fields["bare"].types) == (True, False, ())
    assert (fields["total"].nullable, fields["total"].types, fields["when"].format) == (True, ("number",), "date-time")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("  \n\n", "is empty"),
        ("sku strng", "line 1 of pasted text): did you mean 'string'"),
        ("id integer\nid string", "listed twice"),
        ("|What|Type|\n|---|---|\n|a|b|", "No column names the fields"),
        ("Field\tType\nsku\tblob", "Unknown type 'blob' (line 2"),
        ("Field\tRequired\nsku\tmaybe", "'required' is yes or no"),
        ("Field\tLength\nsku\tlong", "'max_length' is a whole number"),
        ("Type\tRequired\nstring\tyes", "No column names the fields"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_line(text, message):
    with pytest.raises(SourceError) as error:
        Schema.from_text(text, source="pasted text")
    assert message in str(error.value)


@given(st.text())
def test_any_text_gives_fields_or_one_sentence(text):
    try:
        fields = Schema.from_text(text).fields
    except SourceError as error:
        assert error.what  # noqa: PT017  most texts are a list, some are none
    else:
        assert all(each.path for each in fields)


def test_the_three_forms_say_the_same():
    forms = (
        "sku string required",
        "path\ttypes\trequired\nsku\tstring\tyes",
        "|path|types|required|\n|-|-|-|\n|sku|string|x|",
    )
    assert [rows_from_text(form) for form in forms] == [[{"path": "sku", "types": "string", "required": True}]] * 3

"""Field lists as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.field_lists.pasted import rows_from_text
from ipaas_discovery.schemas.field_lists.web_table import tables_of
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape

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
        ("Field\tType\nsku\tgeopoint", "Unknown type 'geopoint' (line 2"),
        ("Field\tRequired\nsku\tmaybe", "'required' is yes or no"),
        ("Field\tLength\nsku\tlong", "length 'long' is no number"),
        ("Type\tRequired\nstring\tyes", "No column names the fields"),
        ("<table><tr><th>What</th></tr><tr><td>a</td></tr></table>", "No column names the fields"),
        ("<p>no table</p>", "There is no table in the HTML"),
        ('{"a": ', "The example is not JSON"),
        ("[1, 2]", "The example holds no record"),
        ('{"openapi": "3.0.0", "paths": {}}', "This is an OpenAPI document"),
        ('{"actions": {"POST": {}}}', "read it with from_options"),
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


def test_the_forms_say_the_same():
    forms = (
        "sku: string (required)",
        "name,type,required\nsku,string,yes",
        '"Field Name";"Data Type";"Mandatory"\n"sku";"string";"Y"',
        "Field | Type | Optional\n--- | --- | ---\nsku | string | no",
        "<h2>Item</h2><table><tr><th>Attribute<th>Type<th>Required<tr><td><code>sku</code><td>string<td>yes</table>",
        "sku string required",
        "path\ttypes\trequired\nsku\tstring\tyes",
        "|path|types|required|\n|-|-|-|\n|sku|string|x|",
    )
    assert [rows_from_text(form) for form in forms] == [[{"path": "sku", "types": "string", "required": True}]] * len(
        forms
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("email?: string;", {"path": "email", "types": "string", "required": False}),
        ("price: number // net of tax", {"path": "price", "types": "number", "description": "net of tax"}),
        ("name (string, required): as printed", {"path": "name", "types": "string", "required": True,
                                                 "description": "as printed"}),
        ("active: Boolean, default true", {"path": "active", "types": "boolean", "description": "default true"}),
        ("code varchar(9) or null", {"path": "code", "types": "string | null", "max_length": 9}),
        ("fee decimal(10, 2) required - net", {"path": "fee", "types": "number", "required": True,
                                               "description": "net; type as written: decimal(10,2)"}),
        ("warning: string", {"path": "warning", "types": "string"}),
        ("pin string [write-only] nullable", {"path": "pin", "types": "string", "nullable": True, "write_only": True}),
    ],
)  # fmt: skip
def test_lines_as_people_write_them(line, said):
    assert rows_from_text(line) == [said]


def test_a_csv_file_keeps_what_stands_in_quotes():
    text = 'Field,Type,Description\n"a.b",string,"one, two\nand three"\n,,\nc,integer,\n'
    assert rows_from_text(text) == [
        {"path": "a.b", "types": "string", "description": "one, two and three"}, {"path": "c", "types": "integer"},
    ]  # fmt: skip


def test_a_web_pages_tables_of_fields_are_read_and_others_passed_over():
    page = """<html><table><tr><td>Menu</td></tr></table>
      <table><tr><th>Parameter</th><th>Type</th><th>Notes</th></tr>
      <tr><td><b>sku</b></td><td>string (20)</td>
      <td>See <table><tr><td>x</td></tr></table> &amp; more<br>(required)</td></tr>
      </table>
      <tr><th>Name</th><th>Data type</th></tr><tr><td>qty</td><td>integer</td></tr>"""
    assert rows_from_text(page) == [
        {"path": "sku", "types": "string", "max_length": 20, "required": True, "description": "See & more (required)"},
        {"path": "qty", "types": "integer"},
    ]


@pytest.mark.parametrize(
    "body",
    [
        '{"id": 1, "lines": [{"sku": "A", "qty": null}]}',
        '[{"id": 1, "lines": [{"sku": "A", "qty": null}]}]',
        '{"order": {"id": 1, "lines": [{"sku": "A", "qty": null}]}}',
        '{"data": [{"id": 1, "lines": [{"sku": "A", "qty": null}]}], "meta": {"total": 1}}',
        '\ufeff {"orders": [{"id": 1, "lines": [{"sku": "A", "qty": null}]}], "next_page": 2}',
    ],
)
def test_an_example_of_a_body_tells_its_records_fields_and_requires_nothing(body):
    fields = Schema.from_text(body, shape=Shape.CREATE).fields
    assert [(each.path, each.types, each.required, each.declared.nullable) for each in fields] == [
        ("id", ("integer",), None, None), ("lines", ("array",), None, None),
        ("lines[].qty", (), None, True), ("lines[].sku", ("string",), None, None),
    ]  # fmt: skip
    assert fields[0].observed.examples == (1,)


def test_a_record_with_one_list_and_a_total_is_no_page():
    assert [each.path for each in Schema.from_text('{"lines": [{"sku": "A"}], "total": 3}').fields] == [
        "lines", "lines[].sku", "total",
    ]  # fmt: skip


def test_a_web_tables_rows_without_cells_are_passed_over():
    with pytest.raises(SourceError, match="no table in the HTML"):
        Schema.from_text("<table><tr></tr></table>")
    (field,) = Schema.from_text("<table><tr></tr><tr><th>Field</tr><tr></tr><tr><td>sku</tr></table>").fields
    assert field.path == "sku"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("<td>a &amp; b&nbsp;<b>c</b>", "a & b c"),
        ("<td title='x > y' class=\"a>b\">sku", "sku"),
        ("<td>a<br>b<p>c</p>", "a b c"),
        ("<td>sku<!-- <td>no -->", "sku"),
        ("<td>sku<script>if (a < b) '<td>'</script>", "sku"),
        ("<TD>sku<STYLE>td {}</STYLE></TD>", "sku"),
        ("<td>2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("<td>sku<!-- never closed <td>", "sku"),
        ("<td>sku<table><tr><td>inner</table>", "sku"),
    ],
)
def test_a_cells_text_is_what_a_reader_sees(row, cell):
    assert tables_of(f"<table><tr>{row}")[0] == [(1, [cell])]


def test_a_table_inside_a_cell_is_one_of_its_own_and_rows_know_their_lines():
    page = "<p>x</p>\n<table>\n<tr><td>a<table>\n<tr><th>b</table></td><td>c</td></tr>\n\n<tr><td>d</table><tr><td>e"
    assert tables_of(page) == [[(3, ["a", "c"]), (6, ["d"])], [(4, ["b"])], [(6, ["e"])]]


@given(st.text(alphabet="<>/tabledrh= \n&;!-x'\"", max_size=60))
def test_any_html_gives_fields_or_one_sentence(text):
    try:
        Schema.from_text(f"<table>{text}")
    except SourceError as error:
        assert error.what  # noqa: PT017  either outcome is right


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('{"sku": "A\t1", "n": 1}', "control character inside a text, which JSON would escape: once"),
        ('{"sku": "A1", "n": NaN}', "NaN or Infinity, which JSON does not have, read as null: once"),
        ('\ufeff{"sku": "A1", "n": 1}<br />', "text behind the JSON, such as a notice of the server, skipped: once"),
        (
            '<br />\n<b>Notice</b>: Undefined index: x in <b>/srv/a.php</b> on line 3<br />\n{"sku": "A1", "n": 1}',
            "text before the JSON, such as a notice of the server, skipped: once",
        ),
        (
            'PHP Warning: foreach() argument in /srv/a.php on line 9\n[{"sku": "A1", "n": 1}]',
            "text before the JSON, such as a notice of the server, skipped: once",
        ),
        (
            '<b>Deprecated</b>: old {"sku": "A1", "n": 1}',
            "text before the JSON, such as a notice of the server, skipped: once",
        ),
        ('{"sku": "A1"}\n{"sku": "B2", "n": 1}', "JSON lines in place of one JSON value: once"),
    ],
)
def test_an_example_that_is_nearly_json_is_read_as_an_answer_is(text, note):
    rows = rows_from_text(text, "mail")
    assert [row["path"] for row in rows] == ["n", "sku"]
    assert {row["source"] for row in rows} == {f"mail; {note}"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a" * 200_000, "The table cannot be read, field larger than field limit"),
        ("|" + "a|" * 16_385 + "\n|" + "-|" * 16_385, "The row has more than 16,384 cells"),
        ("Field\t" + "\t".join(["Type"] * 16_384), "The row has more than 16,384 cells"),
    ],
)
def test_what_is_wider_than_any_table_is_refused_at_once(text, message):
    with pytest.raises(SourceError, match=message):
        rows_from_text(text)


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
@pytest.mark.parametrize(
    "heads", [("Feld", "Typ", "Muss/Kann"), ("Data element\u00b9", "Type\u00b2", "M/O"), ("Champ", "Type", "Oblig.")]
)
def test_headings_stand_below_titles_and_bear_signs_of_footnotes(mark, heads):
    lines = ["Interface: customers", "version 1.2", mark.join(heads), mark.join(("sku", "string", "M"))]
    assert rows_from_text("\n".join(lines)) == [{"path": "sku", "types": "string", "required": True}]


def test_a_field_called_like_a_heading_in_a_list_without_any_is_a_field():
    rows = rows_from_text("no\tString(20)\trequired\nname\tString(100)\toptional")
    assert [(row["path"], row["required"], row["max_length"]) for row in rows] == [
        ("no", True, 20),
        ("name", False, 100),
    ]


def test_cells_beyond_the_headings_are_named():
    rows = rows_from_text("Field;Type;;Values\nkind;string;x;1 - Retail;2 - Wholesale\nsize;string;;;")
    assert {row["source"] for row in rows} == {"pasted text; not understood: the columns 'column 3', 'column 5'"}


def test_headings_alone_are_no_field_list():
    with pytest.raises(SourceError, match="No field stands below the headings"):
        rows_from_text("Field\tType")


BARS = "+-------+------+"
DRAWN = {
    "no rule": ["Field | Type | Required", "sku | varchar(20) | yes", "qty | int | no"],
    "PostgreSQL": ["Field | Type | Required", "------+------", "sku | varchar(20) | yes", "qty | int | no", "(2 rows)"],
    "MySQL": [BARS, "| Field | Type | Required |", BARS, "| sku | varchar(20) | yes |", "| qty | int | no |", BARS],
}  # fmt: skip


@pytest.mark.parametrize("lines", DRAWN.values(), ids=DRAWN)
def test_a_table_between_bars_is_read_as_databases_draw_it(lines):
    rows = rows_from_text("\n".join(lines))
    assert [(row["path"], row["types"], row["required"]) for row in rows] == [
        ("sku", "string", True), ("qty", "integer", False),
    ]  # fmt: skip


def test_a_bar_in_a_description_makes_no_table():
    assert [row["path"] for row in rows_from_text("sku string - a | b\nqty integer - c")] == ["sku", "qty"]


def test_headings_between_bars_in_pairs_are_headings():
    text = "||Field||Type||Required||Description||\n|order_no|string(30)|Y|Number|\n|total|dec(10,2)|✘|Sum|\n"
    first, second = rows_from_text(text)
    assert first == {"path": "order_no", "types": "string", "required": True, "max_length": 30, "description": "Number"}
    assert (second["types"], second["required"]) == ("number", False)


@pytest.mark.parametrize(
    ("heading", "cell", "flags"),
    [
        ("Nullable", "NOT NULL", {"nullable": False}),
        ("Nullable", "null", {"nullable": True}),
        ("Null?", "NO", {"nullable": False}),
        ("Required", "NOT NULL", {"required": True}),
        ("Required", "NULL", {"required": False}),
        ("Required", "❌", {"required": False}),
        ("Required", "✅", {"required": True}),
    ],
)
def test_the_words_of_a_database_and_marks_are_flags(heading, cell, flags):
    (row,) = rows_from_text(f"Field\tType\t{heading}\nsku\tstring ≤ 20\t{cell}\n")
    assert {name: row[name] for name in ("nullable", "required") if name in row} == flags
    assert (row["types"], row["max_length"]) == ("string", 20)

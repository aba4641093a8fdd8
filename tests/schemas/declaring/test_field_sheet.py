"""A sheet of fields becomes a schema, however its columns are called."""

from __future__ import annotations

import openpyxl
import pytest

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.declaring.field_sheet import read_field_list
from ipaas_discovery.schemas.field_lists.type_reader import read_type
from ipaas_discovery.vocabulary import Shape


@pytest.fixture
def listed(tmp_path):
    def write(text, name="customer.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_sheet_as_people_write_it_is_read(listed):
    path = listed(
        "Customer import\n\n"
        "Field Name;Data type;Mandatory;Max. length;Description;Allowed values\n"
        "CustNo;varchar(20);Yes;;The number;\n"
        "Status;Picklist;no;10;;open|closed\n"
        "Limit;Decimal(10,2);if B2B;;Credit limit;\n"
        "Level;int;x;;;1, 2, 3\n"
    )
    schema = read_field_list(path, shape=Shape.CREATE, system="ERP")
    assert (schema.collection, schema.shape, schema.system, schema.source) == (
        "customer", Shape.CREATE, "ERP", "customer.csv",
    )  # fmt: skip
    assert [field.path for field in schema.fields] == ["CustNo", "Level", "Limit", "Status"]
    number, level, limit, status = (field.declared for field in schema.fields)
    assert (number.types, number.required, number.max_length, number.description) == (
        ("string",), True, 20, "The number",
    )  # fmt: skip
    assert (level.types, level.required, level.enum) == (("integer",), True, (1, 2, 3))
    assert (limit.types, limit.required) == (("number",), None)
    assert limit.description == "Credit limit; type as written: Decimal(10,2); required as written: if B2B"
    assert (status.required, status.max_length, status.enum) == (False, 10, ("open", "closed"))


@pytest.mark.parametrize(
    ("header", "cell", "name", "value"),
    [
        ("Optional", "no", "required", True),
        ("Optional", "yes", "required", False),
        ("Is Required?", "TRUE", "required", True),
        ("Required", "", "required", None),
        ("nullable", "y", "nullable", True),
        ("Read-only", "n", "read_only", False),
        ("Length", "max. 1,000 chars", "max_length", 1000),
        ("Size", "50", "max_length", 50),
        ("Length", "unlimited", "max_length", None),
        ("Type", "geo point", "types", ()),
        ("Type", "geo point", "description", "type as written: geo point"),
        ("Type", "DateTime", "format", "date-time"),
        ("Notes", "a, b", "description", "a, b"),
        ("Picklist", "a; b; a", "enum", ("a", "b")),
    ],
)
def test_columns_and_cells_are_understood(listed, header, cell, name, value):
    (field,) = read_field_list(listed(f'Field,{header}\nx,"{cell}"\n')).fields
    assert getattr(field.declared, name) == value


def test_a_technical_name_comes_before_a_label(listed):
    schema = read_field_list(listed("Name,API name,Type\nCustomer number,cust_no,string\n"))
    assert [field.path for field in schema.fields] == ["cust_no"]


def test_a_workbook_is_read_like_a_csv_file(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Items"
    for row in (
        ["path", "type", "required", "max length"],
        ["sku", "text", True, 40.0],
        [],
        ["lines[].n", "int", False],
    ):
        book.active.append(row)
    book.save(tmp_path / "fields.xlsx")
    schema = read_field_list(tmp_path / "fields.xlsx")
    assert (schema.collection, [field.path for field in schema.fields]) == ("Items", ["lines[].n", "sku"])
    assert (schema.field("sku").declared.max_length, schema.field("sku").required) == (40, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", r"No column names the fields; the first row has a, b \(.*customer.csv, line 1\)"),
        ("field,type\n", r"No field stands below the headings \(.*customer.csv, line 1\)"),
        ("field,type\nx,int\n,int\n", r"names no field \(.*customer.csv, line 3\)"),
        ("field,type\nx,int\n\ny,int\nx,int\n", r"'x' is listed twice \(.*customer.csv, line 5\)"),
        ("field,length\nx,long\n", r"length 'long' is no number \(.*customer.csv, line 2\)"),
        ("", "The file is empty"),
    ],
)
def test_a_broken_list_is_refused_with_its_line(listed, text, message):
    with pytest.raises(SourceError, match=message):
        read_field_list(listed(text))


@pytest.mark.parametrize(
    ("text", "types", "form", "length"),
    [
        ("nvarchar(255)", ("string",), "", 255),
        ("Int64", ("integer",), "", None),
        ("string or null", ("string", "null"), "", None),
        ("array of strings", ("array",), "", None),
        ("Yes/No", ("boolean",), "", None),
        ("GUID", ("string",), "uuid", None),
        ("", (), "", None),
    ],
)
def test_type_words_are_translated(text, types, form, length):
    written = read_type(text)
    assert (written.types, written.format, written.max_length) == (types, form, length)

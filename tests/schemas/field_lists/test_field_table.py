"""Tables of fields as guides, databases and people in several languages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.field_lists.field_table import has_headings, read_field_table


def read(text, collection="", *, strict=False):
    rows = [(line, row.split(";")) for line, row in enumerate(text.split("\n"), start=1) if row.strip(";")]
    return read_field_table(rows, "line {}".format, collection=collection, strict=strict)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Feld;Größe;Pflicht (J/N)\nOrt;20;J", {"path": "Ort", "types": "", "required": True, "max_length": 20}),
        ("Champ;Obligatoire;Taille [car.]\nnom;O;35", {"path": "nom", "required": True, "max_length": 35}),
        ("Campo;Tipo;Obligatorio\nid;entero;N", {"path": "id", "types": "integer", "required": False}),
        ("Element;M/O;Format\nA/B/C;M;an..35",
         {"path": "A.B.C", "types": "string", "required": True, "max_length": 35}),
        ("Element;M/O/C;Format\nQTY;C;n13",
         {"path": "QTY", "types": "number", "required": False, "description": "type as written: n13"}),
        ("Field;Type\nfee;decimal(10, 2)",
         {"path": "fee", "types": "number", "description": "type as written: decimal(10, 2)"}),
        ("Field;Type;Length\nfee;number;10,2",
         {"path": "fee", "types": "number", "max_length": 10, "description": "length as written: 10,2"}),
        ("Field;Type;Length\nfee;number;10.2",
         {"path": "fee", "types": "number", "max_length": 10, "description": "length as written: 10.2"}),
        ("Field;Type;Length\nnote;string;1,000", {"path": "note", "types": "string", "max_length": 1000}),
        ("Field;Type\nsku*;string", {"path": "sku", "types": "string", "required": True}),
        ("Field;Type\n* sku;string", {"path": "sku", "types": "string", "required": True}),
        ("Field;Type\n**sku**;string", {"path": "sku", "types": "string"}),
        ("Field;Required\nsku;*", {"path": "sku", "required": True}),
        ("Field;Codes\nstate;A=Active | I=Not active",
         {"path": "state", "enum": ["A", "I"], "description": "A = Active; I = Not active"}),
        ("Field;Codes\nkind;1 - Retail / 2 - Wholesale",
         {"path": "kind", "enum": ["1", "2"], "description": "1 = Retail; 2 = Wholesale"}),
        ("Field;Codes\nkind;a-b | c-d", {"path": "kind", "enum": ["a-b", "c-d"]}),
        ("Field;Codes\nkind;Yes / No", {"path": "kind", "enum": ["Yes", "No"]}),
        ("Field;Length\nno;3-10", {"path": "no", "max_length": 10}),
        ("Field;Length\nno;1 to 40 chars", {"path": "no", "max_length": 40}),
        ("Field;Length\nno;2..8", {"path": "no", "max_length": 8}),
        ("Field;Codes\nstate;A, I=off", {"path": "state", "enum": ["A", "I=off"]}),
        ("Column;Type\nname;nvarchar(50) NOT NULL",
         {"path": "name", "types": "string", "required": True, "max_length": 50}),
        ("Column;Type\nname;VARCHAR(20) null", {"path": "name", "types": "string | null", "required": False,
                                                "max_length": 20}),
        ("Column;Type\nid;INTEGER PRIMARY KEY", {"path": "id", "types": "integer", "required": True}),
        ("Column;Type\nid;int identity(1,1) not null", {"path": "id", "types": "integer", "required": False}),
        ("Column;Type\nstate;char(1) NOT NULL DEFAULT 'A'",
         {"path": "state", "types": "string", "required": False, "max_length": 1}),
        ("name;nvarchar(50) NOT NULL\nid;int NOT NULL",
         {"path": "name", "types": "string", "required": True, "max_length": 50}),
        ("Column;Type\nqty;integer or null", {"path": "qty", "types": "integer | null"}),
        ("Column;Type\nqty;integer | null", {"path": "qty", "types": "integer | null"}),
        ("Field;Label;Type\nno;Number;int", {"path": "no", "title": "Number", "types": "integer"}),
        ("A title\n;;\nField;Type\nx;int", {"path": "x", "types": "integer"}),
        ("sku;string;yes;The code\nqty;int;no;", {"path": "sku", "types": "string", "required": True,
                                                  "description": "The code"}),
    ],
)  # fmt: skip
def test_a_row_is_understood(text, row):
    assert {"types": "", **read(text).rows[0]} == {"types": "", **row}


def test_columns_that_are_not_understood_are_named():
    assert read("Field;Type;Since;;Occurs\na;int;2;;1").remarks == ("not understood: the columns 'Since', 'Occurs'",)
    assert read("Field;Type\na;int").remarks == ()


def test_a_length_is_known_without_a_heading_and_what_is_not_is_named_by_its_place():
    table = read("customer_id;string;20;x;1\nemail;string;;y;2\nage;integer;3;z;3")
    assert [(row["path"], row.get("max_length")) for row in table.rows] == [
        ("customer_id", 20), ("email", None), ("age", 3),
    ]  # fmt: skip
    assert table.remarks == ("not understood: the column 'column 4'",)


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("Note: all fields are trimmed", True),
        ("All texts are trimmed.", True),
        ("one two three four five six", True),
        ("one two three four five", False),
        ("Date of birth", False),
        ("a.b.", False),
    ],
)
def test_a_sentence_among_the_fields_is_no_field_and_is_told(text, remark):
    table = read(f"Field;Type\na;int\nb;int\n{text};")
    assert (table.remarks == (f"no field: the row {text!r}",)) is remark
    assert len(table.rows) == 3 - remark
    assert read(f"Field;Type\n{text};\nOther field;").remarks == ()  # nothing else has a type


def test_the_types_of_a_guide_to_edi_need_no_size():
    guide = "Element;M/O;Format\nNo;M;AN..35\nDay;M;DT\nParty;O;AN\nLine;M;N\nPrice;M;N2\nAmount;O;R\nKind;O;ID"
    rows = read(guide).rows
    assert [row["types"] for row in rows] == ["string", "string", "string", "number", "number", "number", "string"]
    assert [row.get("required") for row in rows] == [True, True, False, True, True, False, False]


OBJECTS = "Object;Field;Type\nCustomer;id;int\n;name;text\n\nAddress;id;int\n;street;text"


@pytest.mark.parametrize(
    ("collection", "paths"),
    [("customers", ["id", "name"]), ("Address", ["id", "street"]), ("ADDRESSES", ["id", "street"])],
)
def test_a_column_of_objects_chooses_the_rows(collection, paths):
    assert [row["path"] for row in read(OBJECTS, collection).rows] == paths


def test_objects_of_which_none_fits_are_named():
    with pytest.raises(SourceError, match='fields of Customer, Address.*`collection = "Customer"`'):
        read(OBJECTS, "orders")
    assert len(read("Object;Field;Type\nOrder;id;int\n;no;text", "x").rows) == 2
    assert read("Object;Field;Type\nOrder;;", "x").rows == ()


@pytest.mark.parametrize(
    ("cells", "known"),
    [(["Field", "Type"], True), (["Field"], True), (["Field", "Price"], False), (["name", "Ann"], False), ([], False)],
)
def test_two_known_words_make_headings(cells, known):
    assert has_headings(cells) is known


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"The table has no row \(line 1\)"),
        ("Feldbez;Typ\na;b", r"No column names the fields; the first row has Feldbez, Typ \(line 1\)"),
        ("a;string\na;int", "No column names the fields"),
        ("Field;Type\n;int", r"names no field \(line 2\)"),
        ("Field;Type\na;int\na;int", r"'a' is listed twice \(line 3\)"),
        ("Field;Length\na;" + "9" * 10, "is no number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, message):
    with pytest.raises(SourceError, match=message):
        read(text)


CELLS = st.sampled_from(["Field", "Type", "Object", "M/O", "a*", "**", "x/y", "AN..20", "A=B;C", "", "²", "9" * 12])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5), st.booleans())
def test_any_table_gives_rows_or_one_sentence(table, strict):
    try:
        rows = read_field_table(list(enumerate(table)), str, strict=strict).rows
    except SourceError as error:
        assert error.what  # noqa: PT017  most tables are a list, some are none
    else:
        assert all(row["path"] for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "Nome campo;Tipo;Obbligatorio;Lunghezza\nCodice;testo;sì;20\nQuantità;numero;no;",
        "Veldnaam;Type;Verplicht;Lengte\nCodice;tekst;ja;20\nQuantità;getal;nee;",
        "Campo;Tipo;Obrigatório;Tamanho\nCodice;texto;sim;20\nQuantità;número;não;",
    ],
    ids=["Italian", "Dutch", "Portuguese"],
)
def test_lists_in_further_languages_are_understood(text):
    assert [*read(text).rows] == [
        {"path": "Codice", "types": "string", "required": True, "max_length": 20},
        {"path": "Quantità", "types": "number", "required": False},
    ]

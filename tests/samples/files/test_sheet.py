"""Sheets: what was in the cells comes out, nothing is guessed away."""

from __future__ import annotations

import csv
import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import SourceError, UnknownNameError
from ipaas_discovery.samples.files.sheet import distinct_names, read_sheet
from ipaas_discovery.samples.sample import Stop

NAMES = st.lists(st.from_regex(r"[A-Za-z]{1,6}", fullmatch=True), min_size=2, max_size=5, unique=True)
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@st.composite
def tables(draw):
    names = draw(NAMES)
    rows = draw(st.lists(st.tuples(*[CELLS] * len(names)), min_size=1, max_size=6))
    return names, rows


@given(
    tables(),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_was_written_is_read_again(tmp_path_factory, table, delimiter, encoding, ending):
    names, rows = table
    written = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if ending == "\n" else csv.QUOTE_MINIMAL  # Python leaves a lone \r bare beside \n
    writer = csv.writer(written, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    writer.writerows([names, *rows])
    path = tmp_path_factory.getbasetemp() / "round.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    kept = [{name: cell for name, cell in zip(names, row, strict=True) if cell.strip()} for row in rows]
    read = [{name: str(value) for name, value in record.items()} for record in read_sheet(path).records]
    assert read == [record for record in kept if record]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content)
    try:
        assert read_sheet(path).stop is Stop.FILE
    except SourceError as error:
        assert "any.csv" in str(error)  # noqa: PT017  both ways are right


def test_a_sample_says_where_it_is_from_and_that_the_total_is_unknown(saved):
    sample = read_sheet(saved("id,name\n1,Ada\n2,\n", "customers.csv"))
    assert (sample.system, sample.collection, sample.stop, sample.total) == (
        "customers.csv", "customers", Stop.FILE, None,
    )  # fmt: skip
    assert sample.records == ({"id": 1, "name": "Ada"}, {"id": 2})
    assert "it was read from a file" in sample.claim


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1", "20", "-3"), [1, 20, -3]),
        (("1", "", "2"), [1, None, 2]),
        (("01", "2"), ["01", "2"]),
        (("1.50", "2"), ["1.50", "2"]),
        (("1", "x"), ["1", "x"]),
        (("1e3", "2"), ["1e3", "2"]),
        (("+1", "2"), ["+1", "2"]),
        (("-0", "0"), ["-0", "0"]),
        (("1" * 19, "2"), ["1" * 19, "2"]),
        (("٣", "2"), ["٣", "2"]),
    ],
)
def test_only_a_column_of_integers_becomes_integers(saved, cells, values):
    sample = read_sheet(saved("n,other\n" + "".join(f"{cell},x\n" for cell in cells), "n.csv"))
    assert [record.get("n") for record in sample.records] == values


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("sep=;\nid;a,b\n1;x\n", ({"id": 1, "a,b": "x"},)),
        ('id;note\n1;"a,b,c"\n2;"d;e"\n', ({"id": 1, "note": "a,b,c"}, {"id": 2, "note": "d;e"})),
        ('id,note\n1,"two\nlines"\n', ({"id": 1, "note": "two\nlines"},)),
        ('id,note\n1,"5"" pipe"\n', ({"id": 1, "note": '5" pipe'},)),
        ("\n\nid,note\n\n1,x\n,,\n", ({"id": 1, "note": "x"},)),
        ("only\nx\ny\n", ({"only": "x"}, {"only": "y"})),
        ("id\tnote\n1\ta, b\n2\tc, d\n", ({"id": 1, "note": "a, b"}, {"id": 2, "note": "c, d"})),
        ("id,id,,\n1,2,3,\n", ({"id": 1, "id_2": 2, "column_3": 3},)),
        ("id,name\n", ()),
    ],
)
def test_the_ways_people_save_csv_are_read(saved, text, records):
    assert read_sheet(saved(text, "x.csv")).records == records


def test_a_text_in_an_older_encoding_is_read_and_can_be_told(saved):
    rows = "".join(f"{number};Zoë Müller;Straße {number}, Größe groß, für Bücher\n" for number in range(40))
    path = saved(f"id;name;note\n{rows}".encode("cp1252"), "x.csv")
    assert read_sheet(path, encoding="cp1252").records[0]["name"] == "Zoë Müller"
    assert read_sheet(path).records[0]["name"] == "Zoë Müller"


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Jürgen Groß; Zoë Möller", "cp1252"),
        ("JÜRGEN GROSS; ZOË", "cp1252"),
        ("it\u2019s \u201cnew\u201d \u2013 20 m²; 5 €", "cp1252"),
        ("João Conceição; Núñez", "cp1252"),
        ("Jürgen Groß; Zoë Möller", "mac_roman"),
        ("Noël Lefèvre; Ça va", "mac_roman"),
        ("Иван Петров; Москва", "cp1251"),
        ("Jiří Dvořák; Šťastný", "cp1250"),
        ("Größe; 20°\u201330°", "cp1252"),
    ],
)
def test_the_encoding_is_the_usual_one_then_a_macs_then_what_fits_and_it_is_told(saved, names, encoding):
    sample = read_sheet(saved(f"id;names;more\n1;{names}\n".encode(encoding), "x.csv"))
    assert sample.records[0]["names"] + ";" + sample.records[0]["more"] == names
    said = f"the file is not UTF-8 and was read as {encoding}: if letters are wrong, name its `encoding`"
    assert sample.notes == (said,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"file is empty \(.*x.csv\)"),
        (" \n\n", "file is empty"),
        ("id,name\n1,x\n2,y,z\n", r"row has 3 cells, but the first row names 2 \(.*x.csv, line 3\)"),
        ('id,name\n1,x\n2,"open\n3,y\n', r"row cannot be read, unexpected end of data \(.*x.csv, line 3\)"),
        ('id,name\n1,"a"b\n', r"row cannot be read, .* \(.*x.csv, line 2\): check the quotes"),
        (b"id,name\n\x00\x01\x02,\xff\n", "file is no text"),
        (b"\xff\xfe\x00\xd8\x00", r"no text that is known here \(.*x.csv, line 1\)"),
        (b"\xd0\xcf\x11\xe0....", "old or locked Excel file"),
        (b"PK\x03\x04 nothing", "workbook cannot be read, .*: open it in Excel"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(saved, content, message):
    with pytest.raises(SourceError, match=message):
        read_sheet(saved(content, "x.csv"))


def test_a_wrong_encoding_and_a_sheet_of_a_csv_are_refused(saved):
    path = saved("id,name\n1,é\n", "x.csv")
    with pytest.raises(SourceError, match="no text that is known here"):
        read_sheet(path, encoding="ascii")
    with pytest.raises(SourceError, match="no text that is known here"):
        read_sheet(path, encoding="no-such")
    with pytest.raises(SourceError, match="CSV file has no sheet 'One'"):
        read_sheet(path, "One")


@given(st.lists(st.sampled_from(["a", "a_2", "column_2", "", None, " a "]), max_size=8))
def test_names_are_distinct_and_those_given_once_are_kept(cells):
    names = distinct_names(cells)
    assert len(set(names)) == len(names) == len(cells)
    assert {str(cell).strip() for cell in cells if cell and cell.strip()} <= set(names)


@pytest.fixture
def workbook(tmp_path):
    def make(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return make


def test_a_workbook_keeps_its_types_and_dates_become_iso(workbook):
    when = dt.datetime(2026, 2, 3, 4, 5, 6)  # noqa: DTZ001  a sheet has no zone
    rows = [["id", "price", "on", "at", "zip", "paid", "gone"],
            [1, 19.99, dt.date(2026, 2, 3), when, "01234", True, None],
            [2.0, 5, dt.date(2026, 3, 1), dt.time(7, 30), " ", False, None]]  # fmt: skip
    sample = read_sheet(workbook(Orders=rows))
    assert (sample.system, sample.collection) == ("book.xlsx", "Orders")
    assert sample.records == (
        {"id": 1, "price": 19.99, "on": "2026-02-03", "at": "2026-02-03T04:05:06", "zip": "01234", "paid": True},
        {"id": 2, "price": 5, "on": "2026-03-01", "at": "07:30:00", "paid": False},
    )
    assert type(sample.records[1]["id"]) is int


def test_of_several_sheets_one_has_to_be_named(workbook):
    path = workbook(Orders=[["id"], [1]], Empty=[], Items=[["sku"], ["A"]])
    with pytest.raises(SourceError, match=r"has 2 sheets \(.*book.xlsx\): say which sheet to read: Orders, Items"):
        read_sheet(path)
    assert read_sheet(path, "Items").records == ({"sku": "A"},)
    with pytest.raises(UnknownNameError, match="Unknown sheet 'items'.*did you mean 'Items'"):
        read_sheet(path, "items")
    with pytest.raises(SourceError, match="The sheet is empty"):
        read_sheet(path, "Empty")


def test_an_empty_workbook_and_a_row_too_long_are_refused(workbook):
    with pytest.raises(SourceError, match="The workbook is empty"):
        read_sheet(workbook(A=[]))
    with pytest.raises(SourceError, match=r"names 1 \(.*book.xlsx, sheet A, row 3\): name the column"):
        read_sheet(workbook(A=[["id"], [1], [2, 3]]))


def test_formulas_saved_without_their_values_are_noticed(workbook):
    path = workbook(A=[["id", "sum"], [1, "=1+1"]])
    with pytest.raises(SourceError, match=r"saved without their values \(.*book.xlsx, sheet A, cell B2\): open it in"):
        read_sheet(path)

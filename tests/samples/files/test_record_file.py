"""Records of a file, in every form that a system without an API gives them."""

from __future__ import annotations

import json

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ResponseError, SourceError, UnknownNameError
from ipaas_discovery.samples.files.grid import read_grid
from ipaas_discovery.samples.files.record_file import read_records
from ipaas_discovery.samples.files.source import read_bytes
from ipaas_discovery.samples.files.table import read_table
from ipaas_discovery.samples.files.text_encoding import decoded

VALUES = st.none() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
RECORDS = st.lists(st.dictionaries(st.text("abc", min_size=1, max_size=3), VALUES, max_size=3), max_size=5)


@given(RECORDS)
def test_json_and_its_lines_hold_the_same_records_exactly(tmp_path_factory, records):
    folder = tmp_path_factory.mktemp("records")
    (folder / "whole.json").write_text(json.dumps(records))
    (folder / "lines.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in records))
    assert read_records(folder / "whole.json").records == tuple(records)
    if records:
        assert read_records(folder / "lines.jsonl").records == tuple(records)


def test_records_inside_an_object_are_at_a_place(tmp_path):
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"result": {"rows": [{"id": 1}]}}))
    assert read_records(path, place="result.rows").records == ({"id": 1},)
    with pytest.raises(ResponseError, match=r"No list of records at the body itself.*`result.rows` \(1\)"):
        read_records(path)


def test_a_sheet_is_read_as_a_sheet(tmp_path):
    (tmp_path / "a.csv").write_text("sku;stock\nA;1\nB;2\n")
    assert read_records(tmp_path / "a.csv").records == ({"sku": "A", "stock": 1}, {"sku": "B", "stock": 2})
    book = openpyxl.Workbook()
    book.active.append(["sku"])
    book.active.append(["A"])
    book.save(tmp_path / "a.xlsx")
    assert read_records(tmp_path / "a.xlsx", "Sheet").records == ({"sku": "A"},)
    with pytest.raises(UnknownNameError, match="did you mean 'Sheet'"):
        read_records(tmp_path / "a.xlsx", "Sheeet")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "[{", r"not JSON, .*\(.*a.json, line 1\)"),
        ("a.json", "\n\n[1,]", r"not JSON, .*\(.*a.json, line 3\)"),
        ("a.jsonl", '{"id": 1}\n{"id": \n', r"not JSON, .*\(.*a.jsonl, line 2\)"),
        ("a.jsonl", '{"id": 1}\n[2]\n', r"no JSON object \(.*a.jsonl, line 2\)"),
        ("a.cvs", "id\n1\n", r"ends in '.cvs'.*did you mean '.csv'"),
        ("a", "id\n1\n", "has no ending"),
        ("a.json", "", "The file is empty"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, name, content, said):
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match=said):
        read_records(tmp_path / name)


def test_a_sheet_of_what_has_none_is_refused(tmp_path):
    (tmp_path / "a.json").write_text("[]")
    with pytest.raises(SourceError, match="has no sheet 'A'"):
        read_records(tmp_path / "a.json", "A")


def test_a_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "customers.csv").write_text("id\n1\n")
    with pytest.raises(SourceError, match="did you mean 'customers.csv'"):
        read_records(tmp_path / "custmers.csv")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("MÜLLER;GRÖSSE KÖLN;ÄRZTE", "cp1252", "cp1252"),
        ("MÜLLER;GRÖSSE;ÄÖÜ GMBH", "cp1252", "cp1250"),
        ("Müller;Köln;Größe", "mac_roman", "mac_roman"),
        ("Müller;Köln;Größe", "cp850", "cp850"),
        ("MÜLLER;KÖLN;ÄRZTE", "mac_roman", "mac_roman"),
        ("KÖLN;KÖLN;KÖLN", "mac_roman", "mac_roman"),
        ("STRAßE;ESPAÑA;CAFÉ", "mac_roman", "mac_roman"),
        ("GARÇON;FRANÇOIS;LIÈGE", "mac_roman", "mac_roman"),
        ("CAFÉ;ÉCOLE;LYCÉE", "mac_roman", "mac_roman"),
        ("MÜLLER;KÖLN;KÄLTE", "cp850", "cp850"),
        ("STRAßE;MÜLLER;Köln", "cp1252", "cp1252"),
        ("AND…SO ON;the “OFF…ON”;Café", "cp1252", "cp1252"),
        ("JAVA™ 5;wait…what;Né", "cp1252", "cp1252"),
    ],
)
def test_a_mac_wrote_what_holds_its_bytes_alone(tmp_path, text, encoding, name):
    (tmp_path / "a.csv").write_bytes(f"a;b;c\n{text}\n".encode(encoding))
    read = decoded((tmp_path / "a.csv").read_bytes(), tmp_path / "a.csv")
    assert text in read[0]
    assert f"was read as {name}" in read[1][0]


def test_bytes_that_are_no_utf8_among_others_that_are_do_not_change_these(tmp_path):
    one = decoded("a\nKöln\n".encode() + b"M\xfcller\n", tmp_path)
    assert one == ("a\nKöln\nMüller\n", ("a byte that is no UTF-8, and was read as cp1252: once",))
    two = decoded("a\nKöln é\n".encode() + b"M\xfcller \xe9\n", tmp_path)
    assert two[1] == ("a byte that is no UTF-8, and was read as cp1252: 2 times",)
    assert "the file is not UTF-8" in decoded("Köln\n".encode() + b"M\xfcller K\xf6ln\n", tmp_path)[1][0]


def test_labels_of_the_whole_file_are_no_headings(tmp_path):
    (tmp_path / "a.csv").write_text(
        "Report:,Customers\nDate:,2026-01-31\nid,name,city\n1,Ann,X\n2,Bob,Y\n", encoding="utf-8"
    )
    rows = read_table(read_grid(tmp_path / "a.csv").rows)
    assert rows.names == ("id", "name", "city")
    (tmp_path / "b.csv").write_text("Name:,City:\nAnn,X\n", encoding="utf-8")
    assert read_table(read_grid(tmp_path / "b.csv").rows).names == ("Name:", "City:")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("orders.csv.gz", r"a packed file, which is not read .*unpack it"),
        ("export.ZIP", r"a packed archive, which is not read .*name the files in it"),
        ("orders.parquet", r"a Parquet file, which is not read .*JSON lines"),
    ],
)
def test_what_is_recognised_and_not_read_is_named_with_what_to_do(tmp_path, name, said):
    (tmp_path / name).write_bytes(b"content")
    with pytest.raises(SourceError, match=said):
        read_records(tmp_path / name)


def test_a_folder_is_told_with_the_files_in_it(tmp_path):
    for name in ("b.csv", "a.json", ".hidden", *(f"c{number}.csv" for number in range(5))):
        (tmp_path / name).touch()
    with pytest.raises(SourceError, match="This is a folder, and no file .*one by one: a.json, b.csv, .* and 2 more"):
        read_bytes(tmp_path)


def test_one_column_of_fixed_widths_is_told(tmp_path):
    (tmp_path / "a.csv").write_text(
        "ID    NAME      CITY\n0001  Ann       Bern\n0002  Bob       Basel\n", encoding="utf-8"
    )
    assert any("has gaps" in note for note in read_records(tmp_path / "a.csv").notes)
    (tmp_path / "b.csv").write_text("note\nsome words\nothers\n", encoding="utf-8")
    assert not read_records(tmp_path / "b.csv").notes

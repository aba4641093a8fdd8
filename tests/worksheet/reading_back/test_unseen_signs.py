"""A name with signs that nobody sees: files show them as escapes, and what is filled in beside it comes back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.exports.forms import FORMS
from ipaas_discovery.worksheet.worksheet import Worksheet

ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
NAME = "st\u202eat\u200bus\x1b[31m\x9b1m\xad\u2066"


@pytest.fixture
def worksheet():
    proposed = Mapping(NAME, "field", (f"from{NAME}",), standing="matched", score=0.9, evidence=f"as {NAME}")
    return Worksheet("Shop", as_of="2026-01-31", entries=[Entry("CUSTOMER", 8, "users", to=(proposed,))])


@pytest.mark.parametrize("suffix", sorted(FORMS))
def test_no_file_holds_such_a_sign(worksheet, tmp_path, suffix):
    worksheet.decide("CUSTOMER", "to", why=f"they own {NAME}")
    path = tmp_path / f"order{suffix}"
    worksheet.export(path)
    if suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
            texts = [book.read(name).decode() for name in book.namelist()]
    else:
        texts = [path.read_text(encoding="utf-8")]
    assert not [found for text in texts if (found := ACTING.search(text))]


def test_the_saved_worksheet_holds_none_and_reads_as_it_was(worksheet, tmp_path):
    path = tmp_path / "worksheet.yaml"
    worksheet.decide("CUSTOMER", "to", why=NAME)
    worksheet.save(path)
    for file in tmp_path.rglob("*.*"):
        assert not ACTING.search(file.read_text(encoding="utf-8")), file
    again = Worksheet.load(path)
    assert again.entries[0].to[0].destination == NAME


def test_what_is_filled_in_beside_it_comes_back(worksheet, tmp_path):
    path = tmp_path / "order.xlsx"
    worksheet.export(path)
    assert worksheet.read_back(path).rows == ()
    book = load_workbook(path)
    sheet = book["Fields To"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Comment") + 1).value = "ask them"
    book.save(path)
    changes = worksheet.read_back(path)
    assert changes.problems == ()
    assert [edit.key["destination"] for edit in changes.edits] == [NAME]

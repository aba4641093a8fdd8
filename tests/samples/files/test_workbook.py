"""A workbook that counts more rows than a sheet can have, or repeats itself without end, is refused at once."""

from __future__ import annotations

import re
import zipfile

import pytest
from openpyxl import Workbook

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.workbook import excel_rows

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def altered(tmp_path):
    """A workbook of two rows whose sheet's text was altered."""

    def make(pattern, text):
        book = Workbook()
        book.active.append(["id", "name"])
        book.active.append([1, "one"])
        book.save(tmp_path / "whole.xlsx")
        path = tmp_path / "altered.xlsx"
        with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part in whole.namelist():
                content = whole.read(part)
                new.writestr(part, re.sub(pattern, text, content) if part == SHEET else content)
        return path

    return make


def test_the_last_row_of_a_sheet_is_read_and_none_behind_it(altered):
    _, rows = excel_rows(altered(rb'<row r="2"', b'<row r="1048576"'), None)
    assert [row.line for row in rows] == [1, 1_048_576]
    with pytest.raises(SourceError, match="more than 1,048,576 rows, which no workbook can hold"):
        excel_rows(altered(rb'<row r="2"', b'<row r="1048577"'), None)


def test_a_row_number_without_end_ends_at_once(altered):
    with pytest.raises(SourceError, match="more than 1,048,576 rows"):
        excel_rows(altered(rb'<row r="2"', b'<row r="99999999999"'), None)


def test_a_sheet_that_repeats_itself_is_refused_before_it_is_read(altered):
    with pytest.raises(SourceError, match="too large to read"):
        excel_rows(altered(rb"</sheetData>", b"<row/>" * 900_000 + b"</sheetData>"), None)

"""The worksheet as a workbook: one sheet per table, with filters and choices, and the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from openpyxl.xml.functions import tostring

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import UNDECIDED, WorksheetDocument
from ipaas_discovery.worksheet.exports.content import Cell as Value
from ipaas_discovery.worksheet.exports.content import Content, ExportTable
from ipaas_discovery.worksheet.exports.content import content as content_of
from ipaas_discovery.worksheet.parts import LEAVE_OUT

__all__ = ["render"]

HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", start_color="1F4E78")}
WRAPPED = Alignment(wrap_text=True, vertical="top")
NARROWEST, WIDEST = 8, 60
LONGEST = 32_767
"""Most characters a cell can hold."""

FORMULA = ("=", "+", "-", "@", "\t")
EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001  workbooks and zip files hold local times
CHOICES = [*Direction, LEAVE_OUT, UNDECIDED]


def render(document: WorksheetDocument) -> bytes:
    """Render a worksheet as an .xlsx workbook; the same worksheet gives the same bytes."""
    return _to_xlsx(content_of(document))


def _to_xlsx(content: Content) -> bytes:
    """Write the workbook's bytes; the same content gives the same bytes, dated as the worksheet is."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in content.tables:
        _fill(book.create_sheet(table.name), table, content)
    book.properties.title = ILLEGAL_CHARACTERS_RE.sub("\ufffd", content.title)
    book.properties.creator = "ipaas-discovery"
    book.properties.created = _date(content.as_of)
    raw = BytesIO()
    book.save(raw)
    book.properties.modified = book.properties.created  # saving set it to this moment
    return _fixed(raw, tostring(book.properties.to_tree()))


def _fill(sheet: Sheet, table: ExportTable, content: Content) -> None:
    for column, name in enumerate(table.columns, 1):
        cell = _write(sheet, 1, column, name)
        cell.font, cell.fill = HEAD["font"], HEAD["fill"]
        widest = max([len(name) + 3, *(_width(row[column - 1]) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(column)].width = min(max(widest, NARROWEST), WIDEST)
    for number, row in enumerate(table.rows, 2):
        for column, value in enumerate(row, 1):
            _write(sheet, number, column, value)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    header = cast("HeaderFooterItem", sheet.HeaderFooter.oddHeader)
    header.left.text = ILLEGAL_CHARACTERS_RE.sub("", content.title).replace("&", "&&")[:200]
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    if "decision" in table.columns and table.rows:
        _offer_choices(sheet, get_column_letter(table.columns.index("decision") + 1), len(table.rows) + 1)


def _write(sheet: Sheet, row: int, column: int, value: Value) -> Cell:
    """Write a cell with the value as it is; text that a spreadsheet would run as a formula stays text, even edited."""
    cell = cast("Cell", sheet.cell(row, column))  # nothing here is merged
    cell.alignment = WRAPPED
    if value and isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        mark = f"… ({len(text):,} characters)" if len(text) > LONGEST else ""
        cell.value = text[: LONGEST - len(mark)] + mark
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA)
    elif value != "":
        cell.value = value
    return cell


def _width(value: Value) -> int:
    return max((len(line) for line in str("" if value is None else value).splitlines()), default=0) + 2


def _offer_choices(sheet: Sheet, column: str, last: int) -> None:
    choices = DataValidation(type="list", formula1=f'"{",".join(CHOICES)}"', allow_blank=False)
    choices.error, choices.errorTitle = f"Choose one of: {', '.join(CHOICES)}.", "Decision"
    sheet.add_data_validation(choices)
    choices.add(f"{column}2:{column}{last}")


def _date(as_of: str) -> datetime:
    try:
        return max(datetime.combine(date.fromisoformat(as_of[:10]), datetime.min.time()), EARLIEST)
    except ValueError:
        return EARLIEST


def _fixed(raw: BytesIO, properties: bytes) -> bytes:
    """Rewrite the archive with fixed times: those of the parts, and the one at which it was saved."""
    out = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, EARLIEST.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, properties if name == "docProps/core.xml" else old.read(name))
    return out.getvalue()

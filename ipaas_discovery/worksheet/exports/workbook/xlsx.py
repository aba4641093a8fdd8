"""The worksheet as a workbook: a cover, one sheet per table with filters and choices, and the same bytes each time."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from openpyxl.xml.functions import tostring

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.renderings.texts import visible
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import UNDECIDED
from ipaas_discovery.worksheet.exports.content import Content, ExportTable
from ipaas_discovery.worksheet.exports.content import content as content_of
from ipaas_discovery.worksheet.exports.workbook.cell_styles import TOTAL, Look, heading, put, row_height, widths
from ipaas_discovery.worksheet.exports.workbook.cover import COVER, write_cover
from ipaas_discovery.worksheet.exports.workbook.sent import write_sent
from ipaas_discovery.worksheet.parts import LEAVE_OUT
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["render"]

EARLIEST = datetime(1980, 1, 1)  # noqa: DTZ001  workbooks and zip files hold local times
CHOICES = {
    ("Order", "decision"): [*Direction, LEAVE_OUT, UNDECIDED],
    ("Flows", "trigger"): ["webhook", "poll", "schedule"],
    ("Flows", "collision"): ["ERROR", "REMAP_AND_LINK", "UPDATE_AND_LINK", "UPDATE_AND_NO_LINK"],
    ("Fields To", "status"): ["proposed", "accepted", "manual", "rejected", "open"],
    ("Fields From", "status"): ["proposed", "accepted", "manual", "rejected", "open"],
    ("Conflicts", "owner"): ["iPaaS.com", "third party", "newest"],
    ("Supported Features", "support"): ["None", "Partial", "Full"],
}
"""Choices that a column offers."""
A4 = 9
MARGIN = 0.4
"""Inches around a printed page."""
BOLD = 2
"""Characters of a width that bold letters take beside those they write."""
SQUEEZED = 1.1
"""Factor by which a sheet may be wider than a page that is well read."""


def render(synopsis: Synopsis) -> bytes:
    """Render a worksheet as an .xlsx workbook; the same worksheet gives the same bytes."""
    return _to_xlsx(content_of(synopsis))


def _to_xlsx(content: Content) -> bytes:
    """Write the workbook's bytes; the same content gives the same bytes, dated as the worksheet is."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = COVER
    look = Look(book)
    for table in content.tables:
        _fill(book.create_sheet(table.name), table, look)
    write_cover(cover, content, look)
    for sheet in book.worksheets:
        _set_page(sheet, content.title)
        _spread(sheet)
    write_sent(book, content)
    book.properties.title = visible(content.title)
    book.properties.creator = "ipaas-discovery"
    book.properties.created = _date(content.as_of)
    raw = BytesIO()
    try:
        book.save(raw)
    except OSError as problem:  # the library writes each sheet beside, in the folder for temporary files
        then = "free space in the folder for temporary files, or name another in TMPDIR"
        raise WorksheetError(f"Cannot write the workbook's sheets: {problem.strerror or problem}", then=then) from None
    book.properties.modified = book.properties.created  # saving set it to this moment
    return _fixed(raw, tostring(book.properties.to_tree()))


def _fill(sheet: Sheet, table: ExportTable, look: Look) -> None:
    wide = widths(table)
    for column, name in enumerate(table.columns, 1):
        put(sheet, 1, column, heading(name), look, look.head(editable=name in table.editable))
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = wide[column - 1]
        look.dress(dimension, look.cell(None, editable=name in table.editable))
    printed = len(table.columns) - len(table.aside)
    sheet.row_dimensions[1].height = row_height(map(heading, table.columns), [width - BOLD for width in wide])
    seen: dict[str, object] = {}
    for number, row in enumerate(table.rows, 2):
        shown = [None if name in table.once and seen.get(name) == value else value
                 for name, value in zip(table.columns, row, strict=True)]  # fmt: skip
        seen = dict(zip(table.columns, row, strict=True))
        for column, (name, value) in enumerate(zip(table.columns, shown, strict=True), 1):
            if value not in (None, ""):
                style = "aside" if column > printed else look.cell(value, editable=name in table.editable)
                put(sheet, number, column, value, look, style)
        sheet.row_dimensions[number].height = row_height(shown[:printed], wide[:printed])
    if not table.rows:
        put(sheet, 2, 1, table.empty, look, "aside")  # it goes on over the next columns
    last = max(len(table.rows) + 1, 2)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(printed)}{last}"
    for column, name in enumerate(table.columns, 1):
        if table.rows and (table.name, name) in CHOICES:
            _offer_choices(sheet, get_column_letter(column), last, CHOICES[table.name, name])


def _set_page(sheet: Sheet, title: str) -> None:
    """Print in landscape, with the title above and the page below."""
    header = cast("HeaderFooterItem", sheet.HeaderFooter.oddHeader)
    header.left.text = visible(title).replace("&", "&&")[:200]
    header.right.text = sheet.title
    footer = cast("HeaderFooterItem", sheet.HeaderFooter.oddFooter)
    footer.right.text = "&P of &N"
    sheet.print_options.gridLines = sheet.title != COVER
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right"):
        setattr(sheet.page_margins, side, MARGIN)


def _spread(sheet: Sheet) -> None:
    """Print one page wide; two, with the pair on both, where one would be too small to read."""
    printed = range_boundaries(sheet.print_area.partition("!")[2].replace("$", ""))[2] if sheet.print_area else 0
    wide = sum(sheet.column_dimensions[get_column_letter(column)].width for column in range(1, (printed or 0) + 1))
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1 + (wide > TOTAL * SQUEEZED), 0
    if sheet.title == COVER:
        sheet.page_setup.fitToHeight = 1  # the sign-off stands under what it signs
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:B"


def _offer_choices(sheet: Sheet, column: str, last: int, listed: list[str]) -> None:
    choices = DataValidation(type="list", formula1=f'"{",".join(listed)}"', allow_blank=True)
    choices.error, choices.errorTitle = f"Choose one of: {', '.join(listed)}.", "One of a few words"
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

"""Cover of the workbook: what it is, how to read it, what each sheet holds, and the sign-off."""

from __future__ import annotations

from typing import get_args

from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.worksheet.exports.content import Content
from ipaas_discovery.worksheet.exports.workbook.cell_styles import LINE, Look, put, row_height
from ipaas_discovery.worksheet.remarks import SignOff

__all__ = ["COVER", "SIGNED_OFF", "write_cover"]

COVER = "Cover"
SIGNED_OFF = "Sign-off"
"""Heading above the steps of the sign-off."""
WIDTHS = (26.0, 12.0, 110.0)
HOW = (
    ("Green headings", "Columns to fill: write there, save, and `ipaas-discovery worksheet --read-back` reads it all."),
    ("Blue headings", "What the kit found, or what follows from it; changes there are not read."),
    ("possible", "The evidence says that the flow can be built as it is mapped."),
    ("possible with defaults", "It can be built once the named defaults are set."),
    ("blocked", "Something named under Gaps makes it impossible as it stands."),
    ("unknown", "Nobody knows; not that it is not offered."),
    ("n of N", "Counted in the records that were read; see Samples for what they can say of the rest."),
    ("To, From", "Always as iPaaS.com sees it: To brings data into iPaaS.com, From takes it out."),
)
"""The words and colours of the workbook, and what they mean."""


def write_cover(sheet: Sheet, content: Content, look: Look) -> None:
    """Write the cover, from the title to the sign-off."""
    for column, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    put(sheet, 1, 1, content.title, look, "title")
    sheet.row_dimensions[1].height = 2.2 * LINE
    put(sheet, 2, 1, content.about, look, "plain")
    sheet.merge_cells("A2:C2")
    sheet.row_dimensions[2].height = row_height((content.about,), (sum(WIDTHS),))
    row = _listed(sheet, 4, "How to read it", HOW, look)
    row = _contents(sheet, row + 1, content, look)
    _sign_off(sheet, row + 1, content, look)
    sheet.sheet_view.showGridLines = False


def _listed(sheet: Sheet, row: int, title: str, rows: tuple[tuple[str, str], ...], look: Look) -> int:
    put(sheet, row, 1, title, look, "strong")
    styles = {"Green headings": "head to fill", "Blue headings": "head"}
    for at, (word, meaning) in enumerate(rows, row + 1):
        put(sheet, at, 1, word, look, styles.get(word) or look.cell(word, editable=False))
        put(sheet, at, 3, meaning, look, "plain")
        put(sheet, at, 2, None, look, "plain")
        sheet.row_dimensions[at].height = row_height((word, "", meaning), WIDTHS)
    return row + len(rows) + 1


def _contents(sheet: Sheet, row: int, content: Content, look: Look) -> int:
    put(sheet, row, 1, "Sheets", look, "strong")
    for at, table in enumerate(content.tables, row + 1):
        cell = put(sheet, at, 1, table.name, look, "link")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{table.name}'!A1", display=table.name)
        look.dress(cell, "link")
        put(sheet, at, 2, counted(len(table.rows), "row"), look, "plain")
        about = table.about if table.rows else f"{table.about} {table.empty}"
        put(sheet, at, 3, about, look, "plain")
        sheet.row_dimensions[at].height = row_height((table.name, "", about), WIDTHS)
    return row + len(content.tables) + 1


def _sign_off(sheet: Sheet, row: int, content: Content, look: Look) -> None:
    put(sheet, row, 1, SIGNED_OFF, look, "strong")
    put(sheet, row, 3, "By whom, and when", look, "strong")
    given = dict(content.sign_off)
    for at, step in enumerate(get_args(SignOff), row + 1):
        put(sheet, at, 1, step, look, look.cell(None, editable=False))
        put(sheet, at, 2, None, look, "plain")
        put(sheet, at, 3, given.get(step), look, "to fill")

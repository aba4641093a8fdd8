"""A hidden sheet with every cell people may fill as it left, so that a change is told from the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.worksheet.exports.content import Content, ExportTable
from ipaas_discovery.worksheet.exports.workbook.cell_styles import LONGEST
from ipaas_discovery.worksheet.exports.workbook.cover import SIGNED_OFF

__all__ = ["SENT", "RowId", "as_text", "read_sent", "sent_rows", "write_sent"]

SENT = "_sent"
FORMAT = "ipaas-discovery worksheet 1"
"""Text of the first cell, by which a later version knows the form."""
RowId = tuple[str, ...]
"""The texts of a row's key columns."""


def sent_rows(table: ExportTable) -> dict[RowId, list[dict[str, str]]]:
    """Give what a table's editable cells hold, by the rows' keys; several rows of a value map share one key."""
    rows: dict[RowId, list[dict[str, str]]] = {}
    places = {name: at for at, name in enumerate(table.columns)}
    for row in table.rows:
        key = tuple(as_text(row[places[name]]) for name in table.keys)
        rows.setdefault(key, []).append({name: as_text(row[places[name]]) for name in table.editable})
    return rows


def as_text(value: object) -> str:
    """Write a cell's value as text; an empty cell is an empty text, and a whole number has no point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def write_sent(book: Workbook, content: Content) -> None:
    """Write the hidden sheet: the sheet's name, the key, and the editable cells, as JSON."""
    sheet = book.create_sheet(SENT)
    sheet.sheet_state = "veryHidden"
    rows = [
        (table.name, key, [{name: text for name, text in row.items() if text} for row in rows])
        for table in content.tables
        if table.editable
        for key, rows in sent_rows(table).items()
    ]
    _write(sheet, 1, (FORMAT,))
    for number, (name, key, filled) in enumerate([*rows, (SIGNED_OFF, (), [dict(content.sign_off)])], 2):
        text = json.dumps(filled, ensure_ascii=False)
        parts = (text[start : start + LONGEST] for start in range(0, len(text), LONGEST))
        _write(sheet, number, (name, json.dumps(key, ensure_ascii=False), *parts))


def _write(sheet: Sheet, number: int, texts: tuple[str, ...]) -> None:
    """Write a row of texts, none of which is a formula; one with a key that no cell can hold is left out."""
    if max(map(len, texts)) > LONGEST:
        return
    for column, text in enumerate(texts, 1):
        cell = cast("Cell", sheet.cell(number, column))  # nothing here is merged
        cell.value, cell.data_type = visible_in_quotes(text), "s"


def read_sent(book: Workbook) -> Mapping[str, dict[RowId, list[dict[str, str]]]] | None:
    """Read the hidden sheet; None where it is gone or of another version."""
    if SENT not in book.sheetnames:
        return None
    head, *rows = book[SENT].iter_rows(values_only=True)
    if not head or head[0] != FORMAT:
        return None
    sent: dict[str, dict[RowId, list[dict[str, str]]]] = {}
    for name, key, *parts in rows:
        if name is None:
            continue
        try:
            filled = json.loads("".join(str(part) for part in parts if part is not None))
            sent.setdefault(str(name), {})[tuple(json.loads(str(key)))] = filled
        except ValueError:
            return None
    return sent

"""Excel workbooks (.xlsx) read with values as they were saved, dates in ISO form."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError, UnknownNameError
from ipaas_discovery.samples.files.cells import SheetRow

__all__ = ["excel_rows", "sheet_names"]

_LARGEST = 1_000_000_000
"""The most bytes that a workbook may unpack to."""
_SMALL, _PACKED = 5_000_000, 100
"""A part of more bytes than these that is packed so many times smaller holds no records, but repeats itself."""
_ROWS = 1_048_576
"""The most rows that a sheet can have."""


def excel_rows(path: Path, sheet: str | None) -> tuple[str, Iterator[SheetRow]]:
    """Read the rows of a sheet, an empty cell as None, and give its name with them.

    Raises:
        SourceError: if it is no workbook, has no sheet with anything in it or several and none is named, or
            formulas that were saved without their values.
        UnknownNameError: if there is no such sheet, with the nearest.
    """
    sheets = _sheets(path, values=True)
    if sheet is None:
        filled = [name for name, rows in sheets.items() if rows]
        if len(filled) > 1:
            then = f"say which sheet to read: {', '.join(filled)}"
            raise SourceError(f"The workbook has {len(filled)} sheets", where=str(path), then=then)
        if not filled:
            raise SourceError("The workbook is empty", where=str(path), then="save it again where it comes from")
        sheet = filled[0]
    if sheet not in sheets:
        raise UnknownNameError("sheet", sheet, sheets, where=path.name)
    rows = sheets[sheet]
    _check_formulas(path, sheet, rows)
    return sheet, iter(rows)


def sheet_names(path: Path) -> list[str]:
    """List the names of the sheets that hold anything, in their order.

    Raises:
        SourceError: if it is no workbook.
    """
    return [name for name, rows in _sheets(path, values=True).items() if rows]


def _sheets(path: Path, *, values: bool) -> dict[str, list[SheetRow]]:
    """Read the rows of each sheet that hold anything; without `values`, formulas instead of their results."""
    from openpyxl import load_workbook  # noqa: PLC0415  only a workbook needs it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which no value depends on
            book = load_workbook(_packed(path), read_only=True, data_only=values)
            try:
                return {sheet.title: _rows(sheet, path) for sheet in book.worksheets}
            finally:
                book.close()
    except SourceError:
        raise
    except Exception as error:  # noqa: BLE001  openpyxl raises what its XML and zip readers raise, KeyError among them
        reason = str(error) or type(error).__name__
        then = "open it in Excel and save it as .xlsx, or as CSV"
        raise SourceError(f"The workbook cannot be read, {reason:.100}", where=str(path), then=then) from None


def _packed(path: Path) -> Path:
    """Give the workbook's path, if it unpacks to what memory can hold."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
    repeats = any(part.file_size > max(_SMALL, _PACKED * part.compress_size) for part in parts)
    if repeats or sum(part.file_size for part in parts) > _LARGEST:
        raise SourceError("The workbook is too large to read", where=str(path), then="save the sheet as CSV")
    return path


def _rows(sheet: Any, path: Path) -> list[SheetRow]:  # noqa: ANN401  openpyxl's read-only sheet has no public type
    sheet.reset_dimensions()  # what other programs write there is often wrong, and rows would be lost
    filled = ((line, cells) for line, cells in _numbered(sheet, path) if cells)  # of a million rows most may be gaps
    rows = (SheetRow(line, tuple(_plain(cell) for cell in cells)) for line, cells in filled)
    return [row for row in rows if any(cell is not None for cell in row.cells)]


def _numbered(sheet: Any, path: Path) -> Iterator[tuple[int, tuple[object, ...]]]:  # noqa: ANN401  a sheet of openpyxl that is read only has no public type
    """Number the rows of a sheet, gaps included; one that counts more of them than a sheet can have is refused."""
    for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > _ROWS:
            where, then = f"{path}, sheet {sheet.title}", "open it in Excel and save it again"
            raise SourceError(
                f"The sheet has more than {_ROWS:,} rows, which no workbook can hold", where=where, then=then
            )
        yield line, cells


def _plain(cell: object) -> object:
    """Convert a cell to JSON: dates and times in ISO form, blank text to nothing."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, dt.timedelta):
        return f"PT{cell.total_seconds():g}S"
    if isinstance(cell, str):
        return cell if cell.strip() else None
    return cell if isinstance(cell, int | float | bool) or cell is None else str(cell)


def _has_formulas(path: Path) -> bool:
    """Tell whether any sheet holds a formula, without reading its cells."""
    with zipfile.ZipFile(path) as packed:
        for part in packed.namelist():
            if part.startswith("xl/worksheets/") and re.search(rb"<f[ />]", packed.read(part)):
                return True
    return False


def _check_formulas(path: Path, sheet: str, rows: list[SheetRow]) -> None:
    """Refuse a sheet in which a column of formulas has no values: a program wrote it that does not calculate."""
    if not rows:
        return
    width = max(len(row.cells) for row in rows)
    hollow = [at for at in range(width) if all(len(row.cells) <= at or row.cells[at] is None for row in rows[1:])]
    if not hollow or not _has_formulas(path):
        return
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  only a column without values needs it

    for row in _sheets(path, values=False)[sheet]:
        for at in hollow:
            if at < len(row.cells) and str(row.cells[at]).startswith("="):
                where = f"{path}, sheet {sheet}, cell {get_column_letter(at + 1)}{row.line}"
                then = "open it in Excel, save it, and try again"
                raise SourceError("The formulas were saved without their values", where=where, then=then)

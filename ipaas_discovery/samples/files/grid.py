"""Sheets of any kind, from which samples and field lists are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.cells import SheetGrid, SheetRow
from ipaas_discovery.samples.files.source import read_bytes

__all__ = ["read_grid"]

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_grid(path: Path, sheet: str | None = None, *, encoding: str | None = None) -> SheetGrid:
    """Read the rows of a CSV file or of one sheet of an Excel workbook; the content tells which it is.

    Args:
        path: the file.
        sheet: the sheet's name, if a workbook has several.
        encoding: a CSV file's encoding, if a wrong one was found.

    Raises:
        SourceError: if it cannot be read, with the line or cell.
        UnknownNameError: if there is no such sheet, with the nearest.
    """
    content = read_bytes(path)
    if content.startswith(_OLD_OFFICE):
        then = "open it in Excel and save it as .xlsx without a password, or as CSV"
        raise SourceError("This is an old or locked Excel file", where=str(path), then=then)
    if content.startswith(b"PK\x03\x04"):
        from ipaas_discovery.samples.files.workbook import excel_rows  # noqa: PLC0415  only a workbook needs it

        name, rows = excel_rows(path, sheet)
        return SheetGrid(name, tuple(_filled(rows)), typed=True)
    if sheet is not None:
        raise SourceError(f"A CSV file has no sheet '{sheet}'", where=str(path), then="leave the sheet out")
    from ipaas_discovery.samples.files.csv_file import csv_rows  # noqa: PLC0415  only a CSV file needs it
    from ipaas_discovery.samples.files.text_encoding import decoded  # noqa: PLC0415  only a CSV file needs it

    text, notes = decoded(content, path, encoding)
    return SheetGrid(path.stem, tuple(_filled(csv_rows(text, path))), notes=notes)


def _filled(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    return (row for row in rows if any(cell is not None for cell in row.cells))

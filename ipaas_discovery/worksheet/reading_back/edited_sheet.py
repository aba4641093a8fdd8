"""Cells of a workbook or a CSV file as people left them; what cannot be read is told, and counts as untouched."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ipaas_discovery.errors import DiscoveryError, WorksheetError
from ipaas_discovery.renderings.texts import unescaped
from ipaas_discovery.samples.files.csv_file import csv_rows
from ipaas_discovery.samples.files.text_encoding import decoded
from ipaas_discovery.worksheet.exports.workbook.cover import COVER
from ipaas_discovery.worksheet.exports.workbook.sent import SENT, RowId, as_text, read_sent
from ipaas_discovery.worksheet.remarks import SignOff

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet as Sheet

__all__ = ["EditedBook", "EditedRow", "EditedSheet", "read_book", "read_plan"]

HEADINGS_WITHIN = 10
"""Rows among which the headings are looked for."""
SIGNED_AT = 3
"""Column of the cover in which a step is signed."""
TRUTHS = {"=TRUE()": "true", "=FALSE()": "false"}
"""Formulas as which LibreOffice saves what was ticked."""
LARGEST = 500_000_000
"""The most bytes that a workbook may unpack to."""


@dataclass(frozen=True, slots=True)
class EditedRow:
    """A row: its number in the file, and its readable cells by heading, in lower case."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EditedSheet:
    """A sheet: its name, headings in lower case, rows, and a sentence for each cell that cannot be read.

    `lacking` are the headings without which none of its rows is known.
    """

    name: str
    headings: tuple[str, ...] = ()
    rows: tuple[EditedRow, ...] = ()
    problems: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedBook:
    """All sheets of a file by name in lower case, what was sent in it, and who signed; None where it does not say."""

    sheets: Mapping[str, EditedSheet] = field(default_factory=dict)
    sent: Mapping[str, Mapping[RowId, list[dict[str, str]]]] | None = None
    signatures: Mapping[str, tuple[int, str]] | None = None


def read_book(path: Path, keys: Mapping[str, Sequence[str]]) -> EditedBook:
    """Read a workbook.

    Args:
        path: the file.
        keys: for each sheet's name in lower case, the headings by which its table is recognised, in lower case.

    Raises:
        WorksheetError: if it is no workbook that can be read.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  only a workbook needs it

    _check(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of parts that it drops, such as pictures
            book = load_workbook(path)
    except Exception as error:  # noqa: BLE001  a broken part raises whatever its reader met
        then = "open it in a spreadsheet program and save it as .xlsx again"
        raise WorksheetError(
            f"This is no workbook that can be read, {type(error).__name__}", where=str(path), then=then
        ) from None
    sheets = (sheet for sheet in book.worksheets if sheet.title != SENT)
    edited = {_name(sheet.title): _sheet(sheet, keys.get(_name(sheet.title), ())) for sheet in sheets}
    return EditedBook(edited, read_sent(book), _signatures(book))


def _signatures(book: Workbook) -> dict[str, tuple[int, str]] | None:
    """Read who signed each step off, with the row it stands in; None where the cover is gone."""
    if COVER not in book.sheetnames:
        return None
    steps = get_args(SignOff)
    rows = enumerate(book[COVER].iter_rows(max_col=SIGNED_AT, values_only=True), 1)
    signed = ((number, as_text(row[0]), row[-1]) for number, row in rows if len(row) == SIGNED_AT)
    return {step: (number, _plain(name)) for number, step, name in signed if step in steps}


def _check(path: Path) -> None:
    """Refuse what is no archive, or unpacks to more than a worksheet can hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else "it is no .xlsx file"
        then = "check the path, or save it as .xlsx again"
        raise WorksheetError(f"The workbook cannot be read, {what}", where=str(path), then=then) from None
    if size > LARGEST:
        raise WorksheetError("The workbook is too large for a worksheet", where=str(path), then="check the path")


def _name(title: str) -> str:
    return title.strip().lower()


def _sheet(sheet: Sheet, keys: Sequence[str]) -> EditedSheet:
    problems: list[str] = []
    merged = _merged(sheet, problems)
    head: tuple[str, ...] = ()
    lacking = tuple(keys)
    rows: list[EditedRow] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if not head:
            names = tuple(as_text(cell.value).lower() for cell in cells)
            lacking = min(lacking, tuple(key for key in keys if key not in names), key=len)
            head = _each_once(sheet.title, names, problems) if keys and not lacking else ()
            if not head and number >= HEADINGS_WITHIN:
                break
            continue
        read = dict(_cells(sheet.title, head, cells, merged, problems))
        if any(read.values()):
            rows.append(EditedRow(number, read))
    return EditedSheet(sheet.title, tuple(filter(None, head)), tuple(rows), tuple(problems), lacking)


def _each_once(title: str, names: Sequence[str], problems: list[str]) -> tuple[str, ...]:
    """Blank headings that came before, as only the first one counts, and tell of each."""
    twice = {name for name in names if name and names.count(name) > 1}
    problems += [f"{title}: the heading {name} stands there twice; the first one counts" for name in sorted(twice)]
    return tuple(name if name not in names[:at] else "" for at, name in enumerate(names))


def _merged(sheet: Sheet, problems: list[str]) -> set[str]:
    """List the cells that a merged range hides, and tell of each range."""
    hidden = set()
    for area in sheet.merged_cells.ranges:
        names = [sheet.cell(row, column).coordinate for row, column in area.cells]
        hidden |= set(names[1:])
        if sheet.title != COVER:
            fact = f"these cells are merged; only {names[0]} is read, the rest counts as untouched"
            problems.append(f"{sheet.title}, {area.coord}: {fact}")
    return hidden


def _cells(
    title: str, head: Sequence[str], cells: Iterable[Any], merged: set[str], problems: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield the cells that can be read, by heading."""
    for name, cell in zip(head, cells, strict=False):
        if not name or cell.coordinate in merged:
            continue
        if cell.value in TRUTHS:
            yield name, TRUTHS[cell.value]
            continue
        if cell.data_type == "f":
            fault = f"a formula ({str(cell.value)[:40]})"
        elif cell.data_type == "e":
            fault = f"an error ({cell.value})"
        else:
            yield name, _plain(cell.value)
            continue
        then = "write its value; the cell counts as untouched"
        problems.append(f"{title}, {cell.coordinate}, {name}: it holds {fault}; {then}")


def _plain(value: Any) -> str:  # noqa: ANN401  whatever a cell holds
    """Write a cell's value as text: a date as ISO, a truth value as data hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    return value.isoformat() if isinstance(value, dt.date | dt.time) else _as_written(value)


def _as_written(value: object) -> str:
    """Write a cell's value as the text that it was written from."""
    return as_text(unescaped(value) if isinstance(value, str) else value)


def read_plan(path: Path) -> EditedSheet:
    """Read a mapping plan: a CSV file with a row for each field.

    Raises:
        WorksheetError: if it cannot be read.
    """
    try:
        text, _ = decoded(path.read_bytes(), path)
        rows = [row for row in csv_rows(text, path) if any(row.cells)]
    except OSError as error:
        then = "check the path"
        raise WorksheetError(f"The mapping plan cannot be read, {error.strerror}", where=str(path), then=then) from None
    except DiscoveryError as error:
        raise WorksheetError(error.what, where=error.where, then=error.then) from None
    if not rows:
        raise WorksheetError("The mapping plan is empty", where=str(path), then="save it again where it comes from")
    problems: list[str] = []
    head = _each_once(path.name, [as_text(cell).lower() for cell in rows[0].cells], problems)
    cells = ((row.line, zip(head, map(as_text, row.cells), strict=False)) for row in rows[1:])
    edited = (EditedRow(line, {name: text for name, text in named if name}) for line, named in cells)
    return EditedSheet(path.name, tuple(filter(None, head)), tuple(edited), tuple(problems))

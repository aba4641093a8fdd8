"""A sample from a sheet: for systems that give their records as CSV or Excel."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.cells import SheetGrid, SheetRow
from ipaas_discovery.samples.files.grid import read_grid
from ipaas_discovery.samples.files.table import read_table
from ipaas_discovery.samples.sample import Sample, Stop

__all__ = ["distinct_names", "read_sheet"]

_GAP = re.compile(r"\S {2,}\S")
"""Two blanks or more between words."""
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
"""A whole number that is written back as the same text: no leading zero, no plus sign, at most 18 digits."""


def read_sheet(path: str | Path, sheet: str | None = None, *, encoding: str | None = None) -> Sample:
    """Read the records of a CSV file, or of one sheet of an Excel workbook, one per row.

    The first row names the fields; a title above it, and a row of sums at the end, are left out and noted.

    An empty cell is a missing field. In CSV a column is of integers if each of its cells is one as it stands;
    every other value stays the text it is, so that no digit, leading zero or decimal is lost. A workbook tells
    numbers from text itself; dates become ISO texts, a formula is the value it was saved with. A name that
    comes twice gets a number, a column without a name is named by its position.

    Args:
        path: a CSV file (the delimiter and encoding are found out) or an .xlsx workbook.
        sheet: the sheet's name, if a workbook has several.
        encoding: a CSV file's encoding, if a wrong one was found.

    Returns:
        A sample whose `system` is the file's name and `collection` the sheet's, or the file's without ending.
        Its `total` is unknown: a file cannot say whether it holds everything. Values are as they stand,
        personal data among them.

    Raises:
        SourceError: if it cannot be read, with the line or cell; if it holds no names, or a row more cells
            than there are names.
        UnknownNameError: if there is no such sheet, with the nearest.
    """
    path = Path(path)
    grid = read_grid(path, sheet, encoding=encoding)
    if not grid.rows:
        raise SourceError("The sheet is empty", where=str(path), then="save it again where it comes from")
    table = read_table(grid.rows)
    names = distinct_names(table.names)
    rows = [_checked(row, names, grid, path) for row in table.rows]
    columns = [_column([row[at] for row in rows], typed=grid.typed) for at in range(len(names))]
    records = ({name: value for name, value in zip(names, row, strict=True) if value is not None}
               for row in zip(*columns, strict=True))  # fmt: skip
    notes = (*grid.notes, *table.notes, *_fixed_widths(names, rows))
    return Sample(path.name, grid.name, tuple(records) if rows else (), Stop.FILE, notes=notes)


def _fixed_widths(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """Note that the one column of a sheet seems to hold several, in places that only their widths tell."""
    texts = [names[0], *(str(row[0]) for row in rows if row[0] is not None)] if len(names) == 1 else []
    if len(texts) > 1 and all(_GAP.search(text.strip()) for text in texts):
        yield "it has one column, and every row of it has gaps: if these part columns, save it with a sign between them"


def distinct_names(cells: Iterable[Any]) -> tuple[str, ...]:
    """Give columns distinct names.

    >>> distinct_names(["sku", " name ", "name", None])
    ('sku', 'name', 'name_2', 'column_4')
    """
    given = [str(cell).strip() if cell is not None else "" for cell in cells]
    taken, used = set(given), set[str]()
    following: dict[str, Iterator[int]] = defaultdict(lambda: count(2))
    names: list[str] = []
    for at, name in enumerate(given, start=1):
        plain = name or f"column_{at}"
        if plain in used or (not name and plain in taken):
            plain = next(free for number in following[plain] if (free := f"{plain}_{number}") not in taken)
        names.append(plain)
        taken.add(plain)
        used.add(plain)
    return tuple(names)


def _checked(row: SheetRow, names: tuple[str, ...], grid: SheetGrid, path: Path) -> tuple[Any, ...]:
    """Give the cells of a row, as many as there are names."""
    more = [cell for cell in row.cells[len(names) :] if cell is not None]
    if more:
        location = f"{path}, sheet {grid.name}, row {row.line}" if grid.typed else f"{path}, line {row.line}"
        what = f"The row has {len(row.cells)} cells, but the first row names {len(names)}"
        then = "name the column" if grid.typed else "put a cell that holds the delimiter in quotes"
        raise SourceError(what, where=location, then=then)
    return (*row.cells[: len(names)], *([None] * (len(names) - len(row.cells))))


def _column(values: list[Any], *, typed: bool) -> list[Any]:
    """Give a column's values, as integers if each of them is one."""
    filled = [value for value in values if value is not None]
    if typed:
        numbers = [isinstance(value, int | float) and not isinstance(value, bool) for value in filled]
        whole = all(numbers) and all(float(value).is_integer() and abs(value) < 2**53 for value in filled)
    else:
        whole = all(_WHOLE.fullmatch(value) for value in filled)
    return [None if value is None else int(value) for value in values] if filled and whole else values

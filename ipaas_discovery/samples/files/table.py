"""The table in a sheet: its headings below a title, its rows, and sums at the end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.cells import SheetRow

__all__ = ["SheetTable", "read_table"]

LOOKED_AT = 50
"""Rows that tell how wide the table is, and among which its headings stand."""
VALUE = re.compile(r"[-+(]?[\d.,'\s]*\d[\d.,'\s:/%-]*\)?|\d{4}-\d\d-\d\d.*")
"""A number or a date, which is no heading."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The cells that name the columns, the rows of values, and notes on what was left out or is to be known."""

    names: tuple[Any, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...] = ()


def read_table(rows: tuple[SheetRow, ...]) -> SheetTable:
    """Find the table in the rows of a sheet, of which there is at least one.

    >>> lines = [("Stock of May", None), ("sku", "stock"), ("A", "1"), ("Total", None)]
    >>> table = read_table(tuple(SheetRow(line, cells) for line, cells in enumerate(lines, start=1)))
    >>> table.names, [row.cells for row in table.rows]
    (('sku', 'stock'), [('A', '1')])
    """
    at = _heading(rows)
    body, notes = rows[at + 1 :], []
    if at:
        title = " ".join(str(cell) for cell in rows[0].cells if cell is not None)
        notes.append(f"the headings stand in line {rows[at].line}, below a title ('{title:.40}')")
    if len(body) > 1 and (word := _sum_word(body[-1], len(rows[at].cells))):
        notes.append(f"the last row, '{word}', looks like a sum and was left out")
        body = body[:-1]
    known = file_kinds().nothing
    blanks = Counter(cell for row in body for cell in row.cells if isinstance(cell, str) and cell.strip() in known)
    if blanks:
        words = ", ".join(f"'{cell}'" for cell in sorted(blanks))
        notes.append(f"cells that say {words}: {blanks.total()}, kept as text, though they may mean nothing")
    return SheetTable(rows[at].cells, body, tuple(notes))


def _heading(rows: tuple[SheetRow, ...]) -> int:
    """Find the row of headings: the first one, or the first full one below rows that are half empty at the most."""
    widths = [sum(cell is not None for cell in row.cells) for row in rows[:LOOKED_AT]]
    usual = max(Counter(widths).items(), key=lambda pair: (pair[1], pair[0]))[0]
    for at, row in enumerate(rows[:LOOKED_AT]):
        if 2 * widths[at] > usual and not _is_label(row, at, widths):
            names = [cell for cell in row.cells if cell is not None]
            sound = len(set(names)) == len(names) and widths[at] + 1 >= usual
            return at if at and sound and not any(map(_is_value, names)) else 0
    return 0


def _is_label(row: SheetRow, at: int, widths: list[int]) -> bool:
    """Tell whether a row says something of the whole file, as `Date: | 2026-01-31`, above wider ones."""
    first = next((cell for cell in row.cells if cell is not None), None)
    return isinstance(first, str) and first.rstrip().endswith(":") and widths[at] < max(widths[at:])


def _is_value(cell: object) -> bool:
    return not isinstance(cell, str) or VALUE.fullmatch(cell.strip()) is not None


def _sum_word(row: SheetRow, width: int) -> str:
    """Give the word by which a row that is not full tells that it holds sums; empty if it does not."""
    filled = [cell for cell in row.cells if cell is not None]
    word = str(filled[0]).strip()
    is_sum = word.rstrip(":").casefold() in {known.casefold() for known in file_kinds().sums}
    return word if is_sum and len(filled) < width else ""

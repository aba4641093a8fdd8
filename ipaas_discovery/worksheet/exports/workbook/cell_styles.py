"""Cells of the workbook: how they look, how wide and high they are, and values that stay what they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from ipaas_discovery.worksheet.exports.tables.export_table import Cell as Value
from ipaas_discovery.worksheet.exports.tables.export_table import ExportTable

__all__ = ["LONGEST", "TOTAL", "Look", "heading", "put", "row_height", "widths"]

NARROWEST, SHORT, LONG_WORD, WIDEST = 7, 17, 30, 70
"""Widths in characters: the least, one that never wraps, of a word that is not broken, and the most."""
WHOLE = 36
"""Characters of a text that is shown in one line where there is room, however few rows are so long."""
WRITTEN = {"answer": 40, "comment": 18, "why": 18, "owner": 14, "by": 12}
"""Widths that people need to write in, by column."""
TOTAL = 230
"""Width in characters that one printed page takes without becoming too small to read."""
LONGEST = 32_767
"""Most characters a cell can hold."""
SMALL_LETTERS, CAPITALS = 1.1, 6
"""Small letters that a character of a width holds, and the capitals of which it takes one letter more."""
LINE, HIGHEST = 14.5, 409.0
"""Height of a line of text, and the most that a row can have, in points."""
FORMULA = ("=", "+", "-", "@", "\t")
WRAPPED = Alignment(wrap_text=True, vertical="top")
BAD, CARE, GOOD, OPEN = "F8D7DA", "FFF1CC", "DDF0DD", "E7E6E6"
COLOURS = {
    BAD: ("blocks", "blocked", "rejected"),
    CARE: ("needs a default", "warns", "possible with defaults"),
    GOOD: ("accepted", "manual", "supports", "possible"),
    OPEN: ("unknown", "undecided", "leave out"),
}
SIGNS = {word: colour for colour, words in COLOURS.items() for word in words}
"""A colour for a word that says how things stand."""


class Look:
    """Styles that cells share, each made once: a style made anew for every cell takes most of a workbook's time."""

    def __init__(self, book: Workbook) -> None:
        white = _font(bold=True, color="FFFFFF")
        heads: dict[str, dict[str, Any]] = {
            "head": {"font": white, "fill": _fill("1F4E78")},
            "head to fill": {"font": white, "fill": _fill("2E7D5B")},
        }
        texts: dict[str, dict[str, Any]] = {
            "title": {"font": _font(bold=True, size=20, color="1F4E78"), "alignment": Alignment(vertical="center")},
            "strong": {"font": _font(bold=True, color="1F4E78", size=12)},
            "link": {"font": _font(color="0563C1", underline="single")},
        }
        cells: dict[str, dict[str, Any]] = {
            "plain": {},
            "aside": {"alignment": Alignment(vertical="top")},
            "number": {"alignment": Alignment(horizontal="right", vertical="top", indent=1, wrap_text=True)},
            "to fill": {"fill": _fill("FFFDF0")},
        }
        styles: dict[str, dict[str, Any]] = {**heads, **texts, **cells}
        styles |= {f"sign {word}": {"fill": _fill(colour)} for word, colour in SIGNS.items()}
        self._models = {name: _model(book, {"alignment": WRAPPED, **parts}) for name, parts in styles.items()}

    def head(self, *, editable: bool) -> str:
        """Name the style of a heading."""
        return "head to fill" if editable else "head"

    def cell(self, value: Value, *, editable: bool) -> str:
        """Name the style of a cell: by what it says, else whether people may fill it, else whether it is a number."""
        sign = f"sign {value}"
        if sign in self._models:
            return sign
        return "to fill" if editable else "number" if isinstance(value, int | float) else "plain"

    def dress(self, part: Any, style: str) -> None:  # noqa: ANN401  a cell, or a column
        """Give a cell or a column a style."""
        part._style = copy(self._models[style]._style)  # type: ignore[attr-defined]  # noqa: SLF001  openpyxl shares a style no other way


def _model(book: Workbook, parts: dict[str, Any]) -> Cell:
    """Make a cell of no sheet that has a style."""
    cell = Cell(book.worksheets[0], row=1, column=1)
    for name, part in parts.items():
        setattr(cell, name, part)
    return cell


def _font(**parts: Any) -> Font:  # noqa: ANN401  parts of a font
    return Font(**{"name": "Calibri", "size": 11, **parts})


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour)


def heading(name: str) -> str:
    """Write a column's name as people read it above the column.

    >>> heading("third party"), heading("iPaaS.com field")
    ('Third party', 'iPaaS.com field')
    """
    return name if name.startswith("iPaaS") else name[:1].upper() + name[1:]


def put(sheet: Sheet, row: int, column: int, value: Value, look: Look, style: str) -> Cell:
    """Write a cell with the value as it is; text that a spreadsheet would run as a formula stays text, even edited."""
    cell = cast("Cell", sheet.cell(row, column))  # nothing here is merged
    look.dress(cell, style)
    if value and isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        mark = f"… ({len(text):,} characters)" if len(text) > LONGEST else ""
        cell.value = text[: LONGEST - len(mark)] + mark
        cell.data_type = "s"
        if text.startswith(FORMULA):
            cell.quotePrefix = True  # a style of its own
    elif value != "":
        cell.value = value
    return cell


def widths(table: ExportTable) -> list[float]:
    """Choose the columns' widths so that all that is printed fits on a page: rows grow higher until it does."""
    wanted = [
        _wanted(name, [row[at] for row in table.rows], WRITTEN.get(name, 0) if name in table.editable else 0)
        for at, name in enumerate(table.columns)
    ]
    printed, aside = wanted[: len(wanted) - len(table.aside)], wanted[len(wanted) - len(table.aside) :]
    lines = 1.0
    while sum(column.width(lines) for column in printed) > TOTAL and lines < HIGHEST / LINE:
        lines *= 1.05
    return [*(column.width(lines) for column in printed), *(column.width(1.0) for column in aside)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Width that a column cannot do without, that of nearly all its lines, and that of nearly all its texts in one."""

    least: int
    line: int
    text: int

    def width(self, lines: float) -> float:
        """Give the width at which nearly all texts take so many lines."""
        return float(min(max(self.least, min(self.line, math.ceil(self.text / lines))), WIDEST))


def _wanted(name: str, values: Sequence[Value], written: int) -> Wanted:
    word = max(written, max(map(len, name.split()), default=0) + 4)
    texts = [_text(value) for value in values]
    words = _nearly_all([max(map(len, text.split()), default=0) for text in texts])
    lines = [[len(line) for line in text.splitlines()] for text in texts]
    longest = [max(lengths, default=0) for lengths in lines]
    line, most = _nearly_all(longest) + 2, max(longest, default=0)
    text = _nearly_all([max(lengths, default=0) * len(lengths) for lengths in lines]) + 2
    least = max(word, min(words + 2, LONG_WORD), NARROWEST, line if line <= SHORT else 0)
    return Wanted(least, most + 2, most + 2) if most <= WHOLE else Wanted(least, line, text)


def _nearly_all(lengths: list[int]) -> int:
    return sorted(lengths)[int(len(lengths) * 0.95)] if lengths else 0


def row_height(row: Iterable[Value], wide: Sequence[float]) -> float:
    """Give the height that shows every line of a row's cells, as far as a row can be so high."""
    filled = ((value, width) for value, width in zip(row, wide, strict=True) if value not in (None, ""))
    lines = max((_lines(_text(value), width) for value, width in filled), default=1)
    return min(max(lines, 1) * LINE + 1, HIGHEST)


def _lines(text: str, width: float) -> int:
    if len(text) < width and "\n" not in text:
        return 1
    fits = max(int(width * SMALL_LETTERS), 1)
    return sum(_wrapped(line, fits) for line in text.splitlines())


def _wrapped(line: str, fits: int) -> int:
    """Count the lines that a line becomes where so many small letters fit; a longer word is broken.

    >>> _wrapped("only third party", 8), _wrapped("put /v3/catalog/categories", 9), _wrapped("LOCATION", 8)
    (3, 4, 2)
    """
    lines, used = 1, 0
    for word in line.split(" "):
        size = len(word) + sum(map(str.isupper, word)) // CAPITALS
        if used and used + 1 + size > fits:
            lines, used = lines + 1, 0
        used += bool(used) + size
        broken = max(used - 1, 0) // fits
        lines, used = lines + broken, used - broken * fits
    return lines


def _text(value: Value) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)

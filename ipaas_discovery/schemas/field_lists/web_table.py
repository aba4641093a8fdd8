"""The tables of a web page that somebody copied as HTML, as rows of cells."""

from __future__ import annotations

import re
from html import unescape

from ipaas_discovery.errors import SourceError

__all__ = ["tables_of"]

UNCLOSED = re.compile(r"<[a-zA-Z/!?][^>]{20000}")
"""The beginning of a tag that is longer than any."""
TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)
    |<(/?)([a-z][^\s/<>]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""A tag, whose values in quotes may hold the sign of its end; a comment, or what holds no text."""
CELLS = {"td", "th"}
STARTING = {*CELLS, "table", "br", "li", "p", "div"}
"""Tags that begin a table or a cell, or a line of it."""
ENDING = {*CELLS, "tr", "table"}

Rows = list[tuple[int, list[str]]]


def tables_of(html: str, source: str = "HTML") -> list[Rows]:
    """Return each table's rows with the line they begin in; a table inside a cell is a table of its own.

    >>> tables_of("<table><tr><th>Field<th>Type</tr><tr><td><code>sku</code></td><td>string</td></table>")
    [[(1, ['Field', 'Type']), (1, ['sku', 'string'])]]

    Raises:
        SourceError: if a tag is not closed, which no reader could make sense of.
    """
    if broken := UNCLOSED.search(html):
        line = html.count("\n", 0, broken.start()) + 1
        raise SourceError("A tag of the HTML is not closed", where=f"line {line} of {source}", then="copy it anew")
    tables = ([row for row in rows if row[1]] for rows in _Reader().read(html))
    return [rows for rows in tables if rows]


class _Reader:
    """A reader that gathers cells; tags that people leave open are closed by the next one."""

    def __init__(self) -> None:
        self.tables: list[Rows] = []
        self._open: list[Rows] = []
        self._cells: list[list[str] | None] = []
        """The text of the cell that is open in each open table."""
        self._cell: list[str] | None = None
        """That of the innermost one."""

    def read(self, page: str) -> list[Rows]:
        """Read a page; what is no tag of a table, nor text, is passed over."""
        position, line, counted = 0, 1, 0
        for tag in TAG.finditer(page):
            begin = tag.start()
            if self._cell is not None and begin > position:
                self._cell.append(page[position:begin])
            position = tag.end()
            name = tag[2] and tag[2].lower()
            if name in ENDING and tag[1]:
                self._end(name)
            elif name == "tr":
                line, counted = line + page.count("\n", counted, begin), begin
                self._start_row(line)
            elif name in STARTING and not tag[1]:
                self._start(name)
        if self._cell is not None:
            self._cell.append(page[position:])
        while self._open:
            self._end("table")
        return self.tables

    def _start_row(self, line: int) -> None:
        if not self._open:  # rows copied without their table
            self._start("table")
        self._close_cell()
        self._open[-1].append((line, []))

    def _start(self, name: str) -> None:
        if name == "table":
            self._cells.append(self._cell)
            self._open.append([])
            self._cell = None
            self.tables.append(self._open[-1])
        elif name not in CELLS:
            if self._cell is not None:
                self._cell.append(" ")
        elif self._open and self._open[-1]:
            self._close_cell()
            self._cell = []

    def _end(self, name: str) -> None:
        self._close_cell()
        if name == "table" and self._open:
            self._open.pop()
            self._cell = self._cells.pop()

    def _close_cell(self) -> None:
        if self._cell is not None:
            text = "".join(self._cell)
            self._open[-1][-1][1].append(" ".join((unescape(text) if "&" in text else text).split()))
            self._cell = None

"""The tables of a web page that somebody copied as HTML, as rows of cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ipaas_discovery.errors import SourceError

__all__ = ["tables_of"]

UNCLOSED = re.compile(r"<[a-zA-Z/!?][^>]{20000}")
"""The beginning of a tag that is longer than any."""

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
    reader = _Reader()
    reader.feed(html)
    reader.close()
    tables = ([row for row in rows if row[1]] for rows in reader.tables)
    return [rows for rows in tables if rows]


class _Reader(HTMLParser):
    """A parser that gathers cells; tags that people leave open are closed by the next one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self._open: list[Rows] = []
        self._cell: list[list[str] | None] = []
        """The text of the cell that is open in each open table."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" or (tag == "tr" and not self._open):  # rows copied without their table
            self._open.append([])
            self._cell.append(None)
            self.tables.append(self._open[-1])
        if tag == "tr":
            self._close_cell()
            self._open[-1].append((self.getpos()[0], []))
        elif tag in {"td", "th"} and self._open and self._open[-1]:
            self._close_cell()
            self._cell[-1] = []
        elif tag in {"br", "li", "p", "div"}:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr"} and self._open:
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self._open.pop()
            self._cell.pop()

    def handle_data(self, data: str) -> None:
        if self._cell and self._cell[-1] is not None:
            self._cell[-1].append(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self.handle_endtag("table")

    def _close_cell(self) -> None:
        if self._cell and self._cell[-1] is not None and self._open[-1]:
            self._open[-1][-1][1].append(" ".join("".join(self._cell[-1]).split()))
            self._cell[-1] = None

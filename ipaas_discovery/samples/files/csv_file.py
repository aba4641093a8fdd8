"""CSV files read with the delimiter found out, quoted line breaks and quotes kept."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.cells import SheetRow

__all__ = ["csv_rows"]

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50
"""Rows that are read to find the delimiter."""
_LONGEST = 10_000_000
"""The most characters in one cell."""


def csv_rows(text: str, path: Path) -> Iterator[SheetRow]:
    """Yield the rows of a CSV file's text, an empty cell as None.

    Raises:
        SourceError: if a quote is not closed, with the line.
    """
    first, _, rest = text.partition("\n")
    named = re.fullmatch(r"sep=(.)\r?", first)  # Excel reads its delimiter from such a line
    skipped, body = (1, rest) if named else (0, text)
    delimiter = named.group(1) if named else _delimiter(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(_LONGEST)
    try:
        start = reader.line_num
        for cells in reader:
            yield SheetRow(skipped + start + 1, tuple(cell if cell.strip() else None for cell in cells))
            start = reader.line_num
    except csv.Error as error:
        where = f"{path}, line {skipped + start + 1}"
        then = "check the quotes of that row; a quote inside a quoted cell is written twice"
        raise SourceError(f"The row cannot be read, {error}", where=where, then=then) from None
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """Find the delimiter by which the first rows have the same number of cells, and more than one; else the comma.

    The widths of rows prove it; `csv.Sniffer` counts characters inside quotes as well, and is misled.
    """

    def score(delimiter: str) -> tuple[float, int]:
        widths = _widths(text, delimiter)
        usual, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        return (times / len(widths), usual) if usual > 1 else (0.0, 0)

    return max(_DELIMITERS, key=score)


def _widths(text: str, delimiter: str) -> list[int]:
    """Count the cells of each of the first rows with this delimiter."""
    widths: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _LOOKED_AT:
                break
    except csv.Error:
        pass  # what was read so far decides
    return widths

"""CSV files read with encoding and delimiter found out, quoted line breaks and quotes kept."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.cells import SheetRow
from ipaas_discovery.samples.files.source import MARKS

__all__ = ["csv_rows"]

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50
"""Rows that are read to find the delimiter."""
_LONGEST = 10_000_000
"""The most characters in one cell."""


def csv_rows(content: bytes, path: Path, encoding: str | None = None) -> Iterator[SheetRow]:
    """Yield the rows of a CSV file, an empty cell as None.

    Raises:
        SourceError: if it is no text, or a quote is not closed, with the line.
    """
    text = _text(content, path, encoding)
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


def _text(content: bytes, path: Path, encoding: str | None) -> str:
    """Decode the file's text: by its byte-order mark, as UTF-8, else in the encoding that fits best."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    known = encoding or marked
    for name in [known] if known else ["utf-8", None]:
        try:
            text = content.decode(name or _guess(content, path))
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return text
    then = "save it as UTF-8, or name its encoding"
    raise SourceError("The file is no text that is known here", where=f"{path}, line 1", then=then)


def _guess(content: bytes, path: Path) -> str:
    if b"\x00" in content:
        raise SourceError("The file is no text", where=f"{path}, line 1", then="give a CSV file or an .xlsx workbook")
    try:
        from charset_normalizer import from_bytes  # noqa: PLC0415  only a text that is not UTF-8 needs it
    except ImportError:
        return file_kinds().encodings[0]
    best = from_bytes(content, cp_isolation=list(file_kinds().encodings)).best()
    return best.encoding if best else file_kinds().encodings[0]


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

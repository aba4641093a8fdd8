"""Field lists as people paste them: lines, a table copied from a spreadsheet, or a Markdown table of a manual."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.field_lists.example_body import rows_from_example
from ipaas_discovery.schemas.field_lists.field_table import (
    LOOKED_AT,
    MOST_COLUMNS,
    has_headings,
    read_field_table,
    read_row,
)
from ipaas_discovery.schemas.field_lists.web_table import tables_of
from ipaas_discovery.vocabulary import JSON_TYPES

__all__ = ["rows_from_text"]

DIGITS = re.compile(r"\(\s*(\d+)\s*,\s*(\d+)\s*\)")
"""The digits of a number, in all and behind the point."""
BETWEEN = re.compile(r"(?:[\s;:]|,(?!\d+\)))+")
TABLE = re.compile(r"<t(?:able|r|d|h)\b", re.IGNORECASE)
COUNTED = re.compile(r"\(\d+ rows?\)")
"""The count that a database writes below its table."""
NOTICE = re.compile(r"(?:php )?(?:notice|warning|deprecated|strict standards|\w+ error):\s", re.IGNORECASE)
"""The beginning of what a server says before its answer."""
FLAGS = ("required", "nullable", "read_only", "write_only", "optional")


def rows_from_text(text: str, source: str = "pasted text", collection: str = "") -> list[dict[str, Any]]:
    """Parse a pasted list into rows for `Schema.from_fields`.

    The start tells the form: an example of a body in JSON; a table as HTML; one between bars, as in Markdown; one
    with tabs, commas or semicolons whose first row holds headings (`headings.toml`), as spreadsheets give it; and plain
    lines `path [type] [required] [read-only] [- description]`, with `#` for comments. Marks such as
    `*read-only*` or `(required)` in a description count.

    >>> rows_from_text("sku string(20) required - What people call it")
    [{'path': 'sku', 'types': 'string', 'required': True, 'max_length': 20, 'description': 'What people call it'}]

    Raises:
        SourceError: if there is no field in it, or a table has no column of names; the message names the line.
    """
    lines = [(number, line) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1) if line.strip()]
    if not lines:
        raise SourceError("The field list is empty", where=source, then="paste one field a line, such as 'sku string'")
    first = lines[0][1].strip()
    if (first[0] in "{[" and not first.startswith("[]")) or _follows_notice(text, first):
        return rows_from_example(text.lstrip("\ufeff"), source)
    if first.startswith("<"):
        return _web(text, source, collection)
    if ruled := _between_bars(lines):
        return _table(ruled, source, collection)
    try:
        mark = _separator(lines[0][1]) or _separator_below([line for _, line in lines[1:LOOKED_AT]])
        rows = _separated(text.lstrip("\ufeff"), mark) if mark else []
    except csv.Error as error:
        then = "check the quotes, or paste the table alone"
        raise SourceError(f"The table cannot be read, {error}", where=source, then=then) from None
    if mark:
        return _table(rows, source, collection)
    return [_plain(line, f"line {number} of {source}") for number, line in lines if not line.lstrip().startswith("#")]


def _follows_notice(text: str, first: str) -> bool:
    """Tell whether an example of a body stands behind a notice of the server, as PHP writes it."""
    noticed = first.startswith("<") and not TABLE.search(text)
    return (noticed or NOTICE.match(first) is not None) and re.search(r"[{[]\s*[\"{]", text) is not None


def _web(text: str, source: str, collection: str) -> list[dict[str, Any]]:
    """Parse all tables of a web page that name fields; its other tables are passed over."""
    tables = tables_of(text, source)
    listing = [rows for rows in tables if has_headings(rows[0][1])] or tables[:1]
    if not listing:
        raise SourceError("There is no table in the HTML", where=source, then="copy the table, with its headings")
    return [row for rows in listing for row in _table(rows, source, collection)]


def _table(rows: Sequence[tuple[int, list[str]]], source: str, collection: str) -> list[dict[str, Any]]:
    """Read a table; each row names the columns that were not understood in its source."""
    table = read_field_table(rows, lambda line: f"line {line} of {source}", collection=collection, strict=True)
    extra = {"source": "; ".join([source, *table.remarks])} if table.remarks else {}
    return [row | extra for row in table.rows]


def _separator(first: str) -> str:
    """Find the separator of a table whose first line has headings; empty if it is no table."""
    return "\t" if "\t" in first else _separator_below([first])


def _separator_below(lines: Sequence[str]) -> str:
    """Find the separator by which the first of some lines are headings, as below a title; empty if none is."""
    for line in lines:
        for mark in ("\t", ",", ";"):
            cells = next(csv.reader([line], delimiter=mark), [])
            if 1 < len(cells) <= MOST_COLUMNS and has_headings(cells):
                return mark
    return ""


def _separated(text: str, mark: str) -> list[tuple[int, list[str]]]:
    """Split such a table into rows; a quoted cell may hold the separator, and line ends."""
    rows, reader = [], csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            rows.append((start, [" ".join(cell.split()) for cell in cells]))
        start = reader.line_num + 1
    return rows


def _between_bars(lines: Sequence[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    """Split a table whose cells stand between bars, as Markdown and databases draw it; nothing if it is none."""
    rows = [(number, line) for number, line in lines if not _is_rule(line) and not COUNTED.fullmatch(line.strip())]
    first = rows[0][1].strip() if rows else ""
    under = len(lines) > 1 and any(_is_rule(line) for _, line in lines[:2])
    is_table = first.startswith("|") or ("|" in first and (under or has_headings(_cells(first))))
    if re.fullmatch(r"\|\|.*\|\|", first):  # Confluence sets bars in pairs around headings
        rows[0] = (rows[0][0], first.replace("||", "|"))
    return [(number, _cells(line)) for number, line in rows] if is_table else []


def _is_rule(line: str) -> bool:
    return "-" in line and set(line.strip()) <= set("|-:+= ")


def _cells(line: str) -> list[str]:
    inner = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip().replace("\\|", "|") for cell in inner]


def _plain(line: str, where: str) -> dict[str, Any]:
    head, _, description = re.sub(r"^\s*[-*•]\s+", "", line).partition(" - ")
    path, *words = BETWEEN.split(DIGITS.sub(r"(\1,\2)", head.strip()))
    row = {"path": path.rstrip("?"), "description": description}
    if path.endswith("?"):
        row["required"] = "no"
    marks = re.sub(r"(read|write)[ -]only", r"\1only", " ".join(words), flags=re.IGNORECASE).split()
    for at, word in enumerate(marks):
        bare = word.strip("()[]*_`").lower()
        key = {"readonly": "read_only", "writeonly": "write_only"}.get(bare, bare)
        if key in FLAGS or bare == "mandatory":
            name, value = {"mandatory": ("required", "yes"), "optional": ("required", "no")}.get(key, (key, "yes"))
            row[name] = value
        elif "types" in row and not _goes_on(word, marks[at - 1]):
            row["description"] = " ".join((*marks[at:], description)).strip(" /")  # prose begins
            break
        elif bare:
            kind = word.strip("()") if "(" not in word[1:] else word.lstrip("(")
            row["types"] = f"{row['types']} | {kind}" if "types" in row else kind
    return read_row(row, where, strict=True)


def _goes_on(word: str, before: str) -> bool:
    """Tell whether a word may be one more type, or the sign between two: prose is full of words for types."""
    plain = re.sub(r"\(.*|\[\]$|[()]", "", word.lower())
    signs = {"|", "/", "or"}
    return plain in signs or before.lower() in signs or not plain or set(plain.split("|")) <= {*JSON_TYPES, ""}

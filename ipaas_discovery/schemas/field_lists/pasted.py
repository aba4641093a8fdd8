"""Field lists as people paste them: lines, a table copied from a spreadsheet, or a Markdown table of a manual."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.knowledge.heading_words import heading_words
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.schemas.field_lists.example_body import rows_from_example
from ipaas_discovery.schemas.field_lists.type_reader import advice_for, read_type
from ipaas_discovery.schemas.field_lists.web_table import tables_of
from ipaas_discovery.vocabulary import JSON_TYPES

__all__ = ["rows_from_text"]

FLAGS = ("required", "nullable", "read_only", "write_only", "optional")
MARKS = (
    ("read_only", re.compile(r"\bread[ -]?only\b", re.IGNORECASE)),
    ("write_only", re.compile(r"\bwrite[ -]?only\b", re.IGNORECASE)),
    ("required", re.compile(r"\b(?:mandatory|required)\b", re.IGNORECASE)),
)
"""Flags that manuals set as marks of their own, `*read-only*`, `(required)`, at the end of a name or text."""
MARKED = re.compile(r"[*_`(\[]+((?:read|write)[ -]?only|mandatory|required)[*_`)\]]+\.?", re.IGNORECASE)


def rows_from_text(text: str, source: str = "pasted text") -> list[dict[str, Any]]:
    """Parse a pasted list into rows for `Schema.from_fields`.

    The start tells the form: an example of a body in JSON; a table as HTML; a Markdown table; a table with
    tabs, commas or semicolons whose first row holds headings (`headings.toml`), as spreadsheets give it; and plain
    lines `path [type] [required] [read-only] [- description]`, with `#` for comments. Marks such as
    `*read-only*` or `(required)` in a description count.

    >>> rows_from_text("sku string(20) required - What people call it")
    [{'path': 'sku', 'types': 'string', 'max_length': 20, 'required': True, 'description': 'What people call it'}]

    Raises:
        SourceError: if there is no field in it, or a table has no column of names; the message names the line.
    """
    lines = [(number, line) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1) if line.strip()]
    if not lines:
        raise SourceError("The field list is empty", where=source, then="paste one field a line, such as 'sku string'")
    first = lines[0][1].strip()
    if first[0] in "{[" and not first.startswith("[]"):
        return rows_from_example(text.lstrip("\ufeff"), source)
    if first.startswith("<"):
        return _web(text, source)
    if first.startswith("|") or ("|" in first and len(lines) > 1 and _is_rule(lines[1][1])):
        return _table([(number, _cells(line)) for number, line in lines if not _is_rule(line)], source)
    if mark := _separator(lines[0][1]):
        return _table(_separated(text.lstrip("\ufeff"), mark), source)
    return [_plain(line, f"line {number} of {source}") for number, line in lines if not line.lstrip().startswith("#")]


def _web(text: str, source: str) -> list[dict[str, Any]]:
    """Parse all tables of a web page that name fields; its other tables are passed over."""
    tables = tables_of(text)
    listing = [rows for rows in tables if "path" in heading_words().columns(rows[0][1])] or tables[:1]
    if not listing:
        raise SourceError("There is no table in the HTML", where=source, then="copy the table, with its headings")
    return [row for rows in listing for row in _table(rows, source)]


def _separator(first: str) -> str:
    """Find the separator of a table whose first line has headings; empty if it is no table."""
    if "\t" in first:
        return "\t"
    for mark in (",", ";"):
        columns = heading_words().columns(next(csv.reader([first], delimiter=mark), []))
        if "path" in columns and sum(map(bool, columns)) > 1:
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


def _is_rule(line: str) -> bool:
    return "-" in line and set(line.strip()) <= set("|-: ")


def _cells(line: str) -> list[str]:
    inner = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip().replace("\\|", "|") for cell in inner]


def _table(rows: Sequence[tuple[int, list[str]]], source: str) -> list[dict[str, Any]]:
    if not rows:
        raise SourceError("The table has no row", where=source, then="paste it with its headings")
    number, head = rows[0]
    columns, language = heading_words().columns(head), heading_words().language(head)
    if "path" not in columns:
        guess = nearest(head[0], heading_words().words("path"))
        hint = f"did you mean '{guess}'? " if guess else ""
        raise SourceError(
            f"No column names the fields among {', '.join(map(repr, head))}",
            where=f"line {number} of {source}",
            then=f"{hint}Call it path, field, name or attribute",
        )
    rows_read = []
    for number, cells in rows[1:]:
        where = f"line {number} of {source}"
        pairs = zip(columns, cells, strict=False)
        row = {key: value.strip() for key, value in reversed(list(pairs)) if key and value.strip()}
        if row:
            rows_read.append(_row(row, where, language))
    return rows_read


def _plain(line: str, where: str) -> dict[str, Any]:
    head, _, description = re.sub(r"^\s*[-*•]\s+", "", line).partition(" - ")
    path, *words = re.split(r"[\s,;:]+", head.strip())
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
    return _row(row, where)


def _goes_on(word: str, before: str) -> bool:
    """Tell whether a word may be one more type, or the sign between two: prose is full of words for types."""
    plain = re.sub(r"\(.*|\[\]$|[()]", "", word.lower())
    signs = {"|", "/", "or"}
    return plain in signs or before.lower() in signs or not plain or set(plain.split("|")) <= {*JSON_TYPES, ""}


def _row(values: Mapping[str, str], where: str, language: str = "en") -> dict[str, Any]:
    """Turn a row's words into values; marks in the name or description count if no column says it."""
    row: dict[str, Any] = {"path": _bare(MARKED.sub("", values.get("path", "")))}
    row |= _typed(_bare(values.get("types", "")), where)
    if values.get("format"):
        row["format"] = _bare(values["format"])
    if values.get("max_length"):
        row["max_length"] = _number(values["max_length"], where)
    marked = " ".join(match[0] for key in ("path", "description") for match in MARKED.finditer(values.get(key, "")))
    for key in FLAGS[:-1]:
        if values.get(key):
            row[key] = _flag(values[key], key, where, language)
        elif any(name == key and pattern.search(marked) for name, pattern in MARKS):
            row[key] = True
    if values.get("optional"):
        row["required"] = not _flag(values["optional"], "optional", where, language)
    if values.get("examples"):
        row["examples"] = [values["examples"]]
    if values.get("enum"):
        row["enum"] = [_bare(value) for value in re.split(r"\s*[,|;]\s*", values["enum"]) if _bare(value)]
    if description := values.get("description", "").strip():
        row["description"] = description
    return row


def _typed(text: str, where: str) -> dict[str, Any]:
    """Read types as manuals write them: `string(20)`, `decimal`, `datetime`, `array of objects`, `string[]`."""
    written = read_type(text)
    if written.unknown:
        word = written.unknown[0]
        raise SourceError(f"Unknown type '{word.lower()}'", where=where, then=advice_for(word))
    facts = {"types": " | ".join(written.types), "format": written.format, "max_length": written.max_length}
    return {key: value for key, value in facts.items() if value}


def _bare(text: str) -> str:
    """Strip the marks that manuals put around names: backticks, stars, quotes."""
    return text.strip().strip("`*\"'").strip()


def _flag(text: str, key: str, where: str, language: str) -> bool:
    word = _bare(text).lower()
    if word in {key, key.replace("_", "-")}:
        return True
    flag = type_words().truth(word, language)
    if flag is not None:
        return flag
    raise SourceError(f"'{key}' is yes or no, not {text!r}", where=where)


def _number(text: str, where: str) -> int:
    if not text.strip().isdecimal():
        raise SourceError(f"'max_length' is a whole number, not {text!r}", where=where)
    return int(text)

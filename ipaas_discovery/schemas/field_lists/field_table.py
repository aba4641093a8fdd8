"""A table with a field in each row, however its columns are called and its cells are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.knowledge.heading_words import heading_words
from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.schemas.field_lists.type_reader import WrittenType, advice_for, read_type

__all__ = ["LOOKED_AT", "MOST_COLUMNS", "FieldTable", "TableRow", "has_headings", "read_field_table", "read_row"]

TableRow = tuple[int, Sequence[Any]]
"""The line of a row, and its cells."""
LOOKED_AT = 20
"""Rows among which that with the headings stands: titles often stand above it."""
FLAGS = ("required", "optional", "nullable", "read_only", "write_only")
MARKED = re.compile(r"[*_`(\[]+((?:read|write)[ -]?only|mandatory|required)[*_`)\]]+\.?", re.IGNORECASE)
"""Flags that manuals set as marks of their own, `*read-only*`, `(required)`, at the end of a name or text."""
LEVELS = re.compile(r"[\w@\[\]-]+(?:/[\w@\[\]-]+)+")
MEANING = re.compile(r"([^\s=:]{1,40})(?:\s*[=:]\s*|\s+[-\u2013]\s+)(\S.*)")
"""A value and what it means."""
REMARK = 6
"""Words of a row that is a remark without the signs of a sentence; no name of a field has so many."""
MOST_COLUMNS = 16_384
"""The most columns of a table of fields, as of any sheet."""
RANGE = re.compile(r"\b\d+\s*(?:[-\u2013\u00e0]|\.\.+|to\b|bis\b)\s*(\d+)\b")
"""From the shortest to the longest length, which is the limit."""
SCALED = re.compile(r"(?<![\d.,])\d+\s*[.,]\s*\d{1,2}(?![\d.,])")
"""Digits in all, and those behind the point."""
DIGITS = 9
"""No field is a milliard long."""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Rows for `Schema.from_fields`, the headings of columns that were not understood, and rows that are remarks."""

    rows: tuple[dict[str, Any], ...]
    unread: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Sentences that name the columns that were not understood, and the rows that are no fields."""
        names, rows = (", ".join(map(repr, texts)) for texts in (self.unread, self.passed))
        unread = (f"not understood: the column{'s'[: len(self.unread) != 1]} {names}",) if names else ()
        return (*unread, *([f"no field: the row{'s'[: len(self.passed) != 1]} {rows}"] if rows else []))


@dataclass(frozen=True, slots=True)
class _Head:
    """The roles of the columns, the language of their headings, and the position of the row that holds them."""

    roles: Sequence[str]
    language: str
    at: int


def read_field_table(
    rows: Sequence[TableRow], place: Callable[[int], str], *, collection: str = "", strict: bool = False
) -> FieldTable:
    """Read the fields of a table.

    The row of headings may stand below a title, or be missing where a column holds types. A column of objects says
    which of several each field belongs to; an empty cell of it holds what stands above.

    Args:
        rows: the rows that hold anything.
        place: names a line in messages.
        collection: the object that is wanted, where the table holds several.
        strict: refuse types and flags that are not known, instead of keeping them in the description.

    Raises:
        SourceError: if no column names the fields, a row has no name, or a cell cannot be read; with its line.
    """
    if not rows:
        raise SourceError("The table has no row", where=place(1), then="give it with its headings")
    if wide := next((line for line, cells in rows if len(cells) > MOST_COLUMNS), None):
        then = "give the table of fields alone, one field a row"
        raise SourceError(f"The row has more than {MOST_COLUMNS:,} cells", where=place(wide), then=then)
    head = _head(rows)
    if head is None or head.at > 0:  # what looks like headings may be a field called `name` in a list without any
        head = _without_headings(rows) or head
    if head is None:
        raise _no_headings(rows, place)
    named = [(place(line), _cells(head.roles, cells)) for line, cells in rows[head.at + 1 :]]
    filled = [(where, cells) for where, cells in named if any(cells.values())]
    alone = {at for at, (_, cells) in enumerate(filled) if sum(map(bool, cells.values())) == 1}
    dropped = {at for at in alone if 2 * len(alone) < len(filled) and _is_remark(filled[at][1])}
    remarks = [filled[at][1]["path"] for at in sorted(dropped)]
    filled = [row for at, row in enumerate(filled) if at not in dropped]
    listed: dict[str, dict[str, Any]] = {}
    for where, cells in _of_object(filled, collection):
        row = read_row(cells, where, head.language, strict=strict)
        if row["path"] in listed:
            raise SourceError(f"The field '{row['path']}' is listed twice", where=where, then="keep one")
        listed[row["path"]] = row
    if head.at + 1 == len(rows):
        raise SourceError(
            "No field stands below the headings", where=place(rows[head.at][0]), then="give the whole table"
        )
    return FieldTable(tuple(listed.values()), tuple(_unread(rows, head)), tuple(remarks))


def _unread(rows: Sequence[TableRow], head: _Head) -> Iterator[str]:
    """Yield the headings of the columns that were not understood; one without any has the number of its column."""
    titles = rows[head.at][1] if head.at >= 0 else ()
    for at in range(max(len(cells) for _, cells in rows[max(head.at, 0) :])):
        title = _text(titles[at]) if at < len(titles) else ""
        if not (at < len(head.roles) and head.roles[at]):
            if title:
                yield title
            elif any(at < len(cells) and _text(cells[at]) for _, cells in rows[head.at + 1 :]):
                yield f"column {at + 1}"


def has_headings(cells: Sequence[Any]) -> bool:
    """Tell whether cells are headings: one names the fields, and another is known, or there is no other.

    >>> has_headings(["Field", "Length (chars)"]), has_headings(["name", "Ann"]), has_headings(["Field"])
    (True, False, True)
    """
    roles = heading_words().columns(cells)
    known = sum(map(bool, roles))
    return "path" in roles and known >= min(2, sum(bool(_text(cell)) for cell in cells))


def _head(rows: Sequence[TableRow]) -> _Head | None:
    """Find the row of headings: that in which most are known, the first of several."""
    best: _Head | None = None
    for at, (_, cells) in enumerate(rows[:LOOKED_AT]):
        roles = heading_words().columns(cells)
        if has_headings(cells) and (best is None or sum(map(bool, roles)) > sum(map(bool, best.roles))):
            best = _Head(roles, heading_words().language(cells), at)
    return best


def _without_headings(rows: Sequence[TableRow]) -> _Head | None:
    """Take the first column for the names where another one holds nothing but types; None where none does."""
    columns = [[_text(cell) for cell in column] for column in zip(*(cells for _, cells in rows), strict=False)]
    if len(columns) < 2 or not all(columns[0]) or len(set(columns[0])) < len(rows):  # noqa: PLR2004  names and types
        return None
    at = next((at for at, column in enumerate(columns[1:], 1) if all(map(_is_type, column))), None)
    if at is None:
        return None
    roles = ["path", *("types" if position == at else "" for position in range(1, len(columns)))]
    for position, column in enumerate(columns):
        if not roles[position] and all(type_words().truth(cell) is not None for cell in column):
            roles[position] = "required" if "required" not in roles else ""
    for position, column in enumerate(columns):
        if not roles[position] and "max_length" not in roles and _are_lengths(column):
            roles[position] = "max_length"
    last = len(columns) - 1
    roles[last] = roles[last] or "description"
    return _Head(roles, "en", -1)


def _are_lengths(column: Sequence[str]) -> bool:
    """Tell whether a column holds nothing but whole numbers, not in every row if need be."""
    return any(column) and all(cell.isdecimal() for cell in column if cell)


def _is_remark(cells: Mapping[str, str]) -> bool:
    """Tell whether a row with one cell is a remark on the table: a sentence in the column of names."""
    name = cells.get("path", "")
    return len(name.split()) >= REMARK or re.search(r"\w:\s|\s.*\.$", name) is not None


def _is_type(text: str) -> bool:
    written = read_type(_column({"types": text})[0])
    return bool(written.types) and not written.unknown


def _no_headings(rows: Sequence[TableRow], place: Callable[[int], str]) -> SourceError:
    line, cells = rows[0]
    names = [_text(cell) for cell in cells if _text(cell)]
    known = heading_words().words("path")
    guesses = (
        (cell, nearest(cell.lower(), ("path", "field", "name")) or nearest(cell.lower(), known)) for cell in names
    )
    near = next(((cell, guess) for cell, guess in guesses if guess and guess != cell.lower()), None)
    hint = f"did you mean '{near[1]}' by '{near[0]}'? " if near else ""
    shown = ", ".join(names)
    return SourceError(
        f"No column names the fields; the first row has {shown:.200}",
        where=place(line),
        then=f"{hint}call the column with the names 'path' or 'field', and another 'type' or 'required'",
    )


def _cells(roles: Sequence[str], cells: Sequence[Any]) -> dict[str, str]:
    """Return the texts of a row by the roles of their columns."""
    return {role: _text(cell) for role, cell in zip(roles, cells, strict=False) if role}


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


Row = tuple[str, dict[str, str]]


def _of_object(rows: Sequence[Row], collection: str) -> Sequence[Row]:
    """Choose the rows of the wanted object, where a column names the object of each."""
    if not any(cells.get("object") for _, cells in rows):
        return rows
    name, owned = "", list[tuple[str, Row]]()
    for where, cells in rows:
        name = cells.get("object") or name
        if any(cell for role, cell in cells.items() if role != "object"):
            owned.append((name, (where, cells)))
    objects = list(dict.fromkeys(owner for owner, _ in owned))
    wanted = _forms(collection)
    chosen = next((owner for owner in objects if _forms(owner) & wanted), objects[0] if len(objects) == 1 else None)
    if chosen is None and objects:
        then = f'say which one is meant, such as `collection = "{objects[0]}"`'
        raise SourceError(f"The list holds the fields of {', '.join(objects)}", where=rows[0][0], then=then)
    return [row for owner, row in owned if owner == chosen]


def _forms(name: str) -> set[str]:
    return {bare(form) for form in (name, *singulars(name.lower())) if bare(form)}


def read_row(cells: Mapping[str, str], where: str, language: str = "en", *, strict: bool = False) -> dict[str, Any]:
    """Translate the texts of a row, by their roles, into a row of a field list.

    Raises:
        SourceError: if it names no field, or a cell cannot be read; with `where`.
    """
    path, starred = _path(cells.get("path", ""))
    if not path:
        raise SourceError("The row names no field", where=where, then="name it, or take the row out")
    written, form = _typed(cells)
    if strict and written.unknown:
        word = written.unknown[0]
        raise SourceError(f"Unknown type '{word.lower()}'", where=where, then=advice_for(word))
    length = cells.get("max_length", "")
    notes = [written.remark, f"length as written: {length}" if SCALED.search(length) else ""]
    flags, odd = _flags(cells, language, starred=starred)
    if strict and odd:
        name, text = odd[0].split(" as written: ")
        raise SourceError(f"'{name}' is yes or no, not {text!r}", where=where)
    values, meanings = _values(cells.get("enum", ""), written.types)
    row = {
        "path": path,
        "types": " | ".join(written.types),
        "format": form,
        **flags,
        "max_length": _length(length, where) or written.max_length,
        "enum": values,
        "title": cells.get("title"),
        "description": "; ".join(filter(None, (cells.get("description", ""), meanings, *notes, *odd))),
        "examples": [cells["examples"]] if cells.get("examples") else None,
    }
    return {key: value for key, value in row.items() if value or value is False}


def _path(text: str) -> tuple[str, bool]:
    """Return a field's name without marks, levels with dots, and whether stars mark it as required."""
    marked = MARKED.sub("", text).strip()
    starred = marked.startswith("*") is not marked.endswith("*")  # on both sides they are bold
    path = _bare(marked)
    return path.replace("/", ".") if LEVELS.fullmatch(path) else path, starred


def _bare(text: str) -> str:
    """Strip the marks that manuals put around names: backticks, stars, quotes."""
    return text.strip().strip("`*\"'").strip()


def _typed(cells: Mapping[str, str]) -> tuple[WrittenType, str | None]:
    """Read the types and the format of a row; a format such as `AN..20` is a type, what a database demands is none."""
    text, _ = _column(cells)
    written, form = read_type(text), _bare(cells.get("format", ""))
    as_type = read_type(form)
    if as_type.types and not as_type.unknown and (not written.types or as_type.max_length):
        types = written.types or as_type.types
        sized = (*written.sized, *as_type.sized)
        return WrittenType(types, as_type.format, as_type.max_length, written.unknown, sized), as_type.format or None
    return written, form or written.format or None


def _column(cells: Mapping[str, str]) -> tuple[str, bool | None]:
    """Split a type as a database writes it from what it demands: True if a value is required, None if that is open.

    A column that the database fills by itself, by a default or by counting, is not required.
    """
    text = _bare(cells.get("types", ""))
    demand = type_words().demand.search(text)
    if demand is None:
        return text, None
    rest = " ".join(demand[0].lower().split())
    type_text = f"{text[: demand.start()]} | null" if rest.startswith("null") else text[: demand.start()]
    is_filled = any(word in rest for word in type_words().fills)
    return type_text, ("not null" in rest or "primary key" in rest) and not is_filled


def _flags(cells: Mapping[str, str], language: str, *, starred: bool) -> tuple[dict[str, bool], list[str]]:
    """Read the flags of a row, and list those that say neither yes nor no as they are written."""
    _, demanded = _column(cells)
    flags: dict[str, bool] = {"required": starred or demanded is True} if starred or demanded is not None else {}
    for mark in MARKED.findall(f"{cells.get('path', '')} {cells.get('description', '')}"):
        flags[{"readonly": "read_only", "writeonly": "write_only"}.get(bare(mark), "required")] = True
    odd = []
    for role in filter(cells.get, FLAGS):
        cell = cells[role]
        if not (text := _bare(cell.strip(" *.")) or cell):
            continue
        stated = bare(text) == bare(role) or set(text) == {"*"}
        truth = True if stated else type_words().truth(text, language)
        if role == "nullable" and "null" in text.lower().split() and not stated:
            truth = not truth  # the words are those of a database, by which NOT NULL is a demand
        if truth is None:
            odd.append(f"{role.replace('_', ' ')} as written: {cell}")
        else:
            flags["required" if role == "optional" else role] = truth is not (role == "optional")
    return flags, odd


def _length(text: str, where: str) -> int | None:
    """Read a length as people write it: `50`, `max. 1,000`, `3-10`; of `10,2` or `10.2` the digits in all."""
    if not text or text.lower() in {"-", "n/a", "none", "unlimited", "max"}:
        return None
    text = RANGE.sub(r"\1", text)
    match = re.search(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+", text)
    if not match or len(match.group()) > DIGITS:
        raise SourceError(f"The length '{text:.40}' is no number", where=where, then="write it like 50")
    return int(match.group().replace(",", ""))


def _values(text: str, types: Iterable[str]) -> tuple[list[Any] | None, str]:
    """Split the values in one cell, by line, semicolon, bar, comma or slash; with `A=Active` the meanings apart."""
    mark = next((separator for separator in (*"\n;|,", " / ") if separator in text), "\n")
    values = [value for part in text.split(mark) if (value := _bare(part))]
    meant = [MEANING.fullmatch(value) for value in values]
    if values and all(meant):
        values = [match[1] for match in meant if match]
    meanings = "; ".join(f"{match[1]} = {match[2]}" for match in meant if match) if all(meant) else ""
    if tuple(types) == ("integer",) and all(re.fullmatch(r"-?\d{1,18}", value) for value in values):
        return [int(value) for value in values] or None, meanings
    return list(dict.fromkeys(values)) or None, meanings

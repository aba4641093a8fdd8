"""A schema from a sheet with one field per row, as systems without a description are often documented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.knowledge.heading_words import heading_words
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.samples.files.cells import SheetRow
from ipaas_discovery.samples.files.grid import read_grid
from ipaas_discovery.schemas.field_lists.type_reader import read_type
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape

__all__ = ["read_field_list"]

_LOOKED_AT = 20
"""Number of rows searched for the one with the names: titles often stand above it."""


def read_field_list(
    path: str | Path,
    sheet: str | None = None,
    *,
    collection: str = "",
    shape: Shape = Shape.RETURNED,
    system: str = "",
) -> Schema:
    """Read the schema that a sheet of fields describes, one field per row.

    The row that names the columns may stand below a title, and may name them as people do: `Field Name`,
    `Data type`, `Mandatory`, `Max. length`, `Description`, `Allowed values`. Types may be words of databases
    (`varchar(50)`, `decimal(10,2)`, `datetime`). Other words than yes or no, and types that are not known, are
    kept in the field's description.

    Args:
        path: a CSV file or an .xlsx workbook.
        sheet: the name of the sheet, if a workbook has several.
        collection: the collection the fields are of. Defaults to the sheet's name.
        shape: the shape they belong to.
        system: the system they belong to.

    Raises:
        SourceError: if it cannot be read, no column names the fields, a row has no name or one that an
            earlier row has; with the line.
        UnknownNameError: if there is no such sheet, with the nearest.
    """
    path = Path(path)
    grid = read_grid(path, sheet)
    at, columns = _names(grid.rows, path)
    language = heading_words().language(grid.rows[at].cells)
    rows: dict[str, dict[str, Any]] = {}
    for row in grid.rows[at + 1 :]:
        values = {key: _text(row.cells[column]) for key, column in columns.items() if column < len(row.cells)}
        if not any(values.values()):
            continue
        where = f"{path}, line {row.line}"
        if not values.get("path"):
            raise SourceError("The row names no field", where=where, then="name it, or take the row out")
        if values["path"] in rows:
            raise SourceError(f"The field '{values['path']}' is listed twice", where=where, then="keep one")
        rows[values["path"]] = _row(values, where, language)
    if not rows:
        raise SourceError("The sheet lists no field", where=str(path), then="write one field a row below the names")
    name = collection or grid.name
    return Schema.from_fields(rows.values(), collection=name, shape=shape, system=system, source=path.name)


def _names(rows: tuple[SheetRow, ...], path: Path) -> tuple[int, dict[str, int]]:
    """Find the row that names the columns, and the column of each known name; the earliest known name wins."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_LOOKED_AT]):
        known = _columns(row)
        if "path" in known and len(known) > len(best[1]):
            best = (at, known)
    if not best[1]:
        seen = ", ".join(str(cell) for cell in rows[0].cells if cell is not None) if rows else "nothing"
        where = f"{path}, line {rows[0].line}" if rows else str(path)
        cells = [str(cell) for cell in rows[0].cells if cell is not None] if rows else []
        near = next(((cell, name) for cell in cells if (name := nearest(cell, ("path", "field", "name")))), None)
        hint = f"did you mean '{near[1]}' by '{near[0]}'? " if near else ""
        then = f"{hint}call the column with the fields' names 'path' or 'field'"
        raise SourceError(f"No column names the fields; the first row has {seen:.100}", where=where, then=then)
    return best


def _columns(row: SheetRow) -> dict[str, int]:
    return {key: column for column, key in enumerate(heading_words().columns(row.cells)) if key}


def _row(values: Mapping[str, str], where: str, language: str) -> dict[str, Any]:
    """Translate a row of the sheet into a row of a field list."""
    written = read_type(values.get("types", ""))
    notes = [f"type as written: {', '.join(written.unknown)}"] if written.unknown else []
    flags: dict[str, bool | None] = {}
    for key in ("required", "optional", "nullable", "read_only", "write_only"):
        flags[key] = type_words().truth(values.get(key, "").strip(" *."), language)
        if values.get(key) and flags[key] is None:
            notes.append(f"{key.replace('_', ' ')} as written: {values[key]}")
    optional = flags.pop("optional")
    if optional is not None:
        flags["required"] = not optional
    return {
        "path": values["path"],
        "types": written.types,
        "format": values.get("format") or written.format or None,
        **flags,
        "max_length": _length(values.get("max_length", ""), where) or written.max_length,
        "enum": _listed(values.get("enum", ""), written.types),
        "description": "; ".join(filter(None, (values.get("description", ""), *notes))),
        "examples": [values["examples"]] if values.get("examples") else None,
    }


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _length(text: str, where: str) -> int | None:
    """Read a length as people write it: `50`, `50 chars`, `max. 1,000`; of `10,2` or `10.2` the digits in all."""
    if not text or text.lower() in {"-", "n/a", "none", "unlimited", "max"}:
        return None
    match = re.search(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+", text)
    if not match or len(match.group()) > 9:  # noqa: PLR2004  no field is a milliard long
        raise SourceError(f"The length '{text:.40}' is no number", where=where, then="write it like 50")
    return int(match.group().replace(",", ""))


def _listed(text: str, types: Iterable[str]) -> list[Any] | None:
    """Split the values of a list in one cell: by line, else by semicolon, bar or comma."""
    mark = next((separator for separator in ("\n", ";", "|", ",") if separator in text), "\n")
    values = [value for part in text.split(mark) if (value := part.strip().strip("\"'"))]
    if tuple(types) == ("integer",) and all(re.fullmatch(r"-?\d{1,18}", value) for value in values):
        return [int(value) for value in values] or None
    return list(dict.fromkeys(values)) or None

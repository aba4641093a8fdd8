"""The records of a file of any form: CSV, Excel, JSON, or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.sheet import read_sheet
from ipaas_discovery.samples.files.source import read_bytes
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.body import BOM, as_utf8, parse
from ipaas_discovery.systems.answers.notes import Note, in_words
from ipaas_discovery.systems.answers.record_list import NULLS, list_paths, records_at

__all__ = ["FileRecords", "list_places", "read_records"]

SHEETS = {"sheet", "workbook"}
"""Kinds that `read_sheet` reads."""


@dataclass(frozen=True, slots=True)
class FileRecords:
    """The records of a file, and notes on what was guessed or odd in it."""

    records: tuple[Record, ...]
    notes: tuple[str, ...] = ()


def read_records(path: Path, sheet: str | None = None, *, place: str = "", encoding: str | None = None) -> FileRecords:
    """Read the records of a file: the rows of a sheet, the list in a JSON file, or the objects of its lines.

    Args:
        path: a CSV file, an .xlsx workbook, a .json file, or one of JSON lines (.jsonl, .ndjson).
        sheet: the sheet's name, if a workbook has several.
        encoding: a CSV file's encoding, if a wrong one was found.
        place: the path of the list in a .json file, such as `"data.customers"`; empty if the file is the list.

    Raises:
        SourceError: if it is missing, of no known form or cannot be read, with the line; with the nearest right name.
        UnknownNameError: if there is no such sheet, with the nearest.
        ResponseError: if a .json file has no list there, with the places that have one.
    """
    known = file_kinds()
    kind = known.kind(path.suffix) if path.suffix.lower() in known.suffixes(holding="records") else ""
    if kind in SHEETS:
        sample = read_sheet(path, sheet, encoding=encoding)
        return FileRecords(sample.records, sample.notes)
    content = read_bytes(path)
    if sheet is not None:
        raise SourceError(f"The file has no sheet '{sheet}'", where=str(path), then="leave `sheet` out")
    if kind in READERS:
        return READERS[kind](content, path, place)
    if other := known.other(path.suffix):
        raise SourceError(f"The file is {other.what}, which is not read", where=str(path), then=other.then)
    endings = known.suffixes(holding="records")
    guess = nearest(path.suffix, endings) if path.suffix else None
    hint = f"did you mean '{guess}'? " if guess else ""
    what = f"ends in '{path.suffix}'" if path.suffix else "has no ending"
    then = f"{hint}known are {', '.join(endings)}"
    raise SourceError(f"The file {what}, which says nothing of its form", where=str(path), then=then)


def list_places(path: Path) -> tuple[str, ...]:
    """Name the paths of the lists that are filled in a .json file, none for a list alone and for any other file.

    Raises:
        SourceError: if it is missing or no JSON.
    """
    if file_kinds().kind(path.suffix) != "json":
        return ()
    value, _ = _value(read_bytes(path), str(path))
    return tuple(place for place, count in list_paths(value) if place and count)


def _listed(content: bytes, path: Path, place: str) -> FileRecords:
    value, notes = _value(content, str(path))
    listed = records_at(Answer(str(path), 200, value), place)
    return FileRecords(tuple(listed.records), in_words((*notes, *listed.notes)))


def _lines(content: bytes, path: Path, _place: str) -> FileRecords:
    records, notes = list[Record](), list[Note]()
    for number, line in enumerate(_unmarked(content, str(path)).split(b"\n"), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            record, odd = _value(line, where)
            if record is None:
                odd = (Note(NULLS),)
            elif isinstance(record, dict):
                records.append(record)
            else:
                then = "write one object a line, or name the file .json"
                raise SourceError("The line is no JSON object", where=where, then=then)
            notes += odd
    return FileRecords(tuple(records), in_words(notes))


def _value(content: bytes, where: str) -> tuple[Any, tuple[Note, ...]]:
    """Parse a JSON value, and note what was odd; integers of any length are exact."""
    content = _unmarked(content, where)
    try:
        return parse(content, "")
    except ValueError as error:
        message, location = str(error), where
        try:
            json.loads(content)  # gives the line, which the quick parser does not
        except json.JSONDecodeError as better:
            message, location = better.msg, f"{where}, line {better.lineno}" if ", line " not in where else where
        except (ValueError, RecursionError):
            pass
        raise SourceError(
            f"This is not JSON, {message:.100}", where=location, then="save it again where it comes from"
        ) from None


def _unmarked(content: bytes, where: str) -> bytes:
    """Return the content of a file in UTF-8 without its byte-order mark, which editors write as they like."""
    try:
        return as_utf8(content, "").removeprefix(BOM)
    except ValueError:
        raise SourceError("The file is no text", where=where, then="save it as UTF-8") from None


READERS: dict[str, Callable[[bytes, Path, str], FileRecords]] = {"json": _listed, "json lines": _lines}
"""Readers of a file by its kind in `files.toml`: given its bytes, its path and where in it the list stands."""

"""The records of a file of any form: CSV, Excel, JSON, or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.sheet import read_sheet
from ipaas_discovery.samples.files.source import read_bytes
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.body import parse
from ipaas_discovery.systems.answers.record_list import records_at

__all__ = ["read_records"]

SHEETS = {"sheet", "workbook"}
"""Kinds that `read_sheet` reads."""


def read_records(
    path: Path, sheet: str | None = None, *, place: str = "", encoding: str | None = None
) -> tuple[Record, ...]:
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
        return read_sheet(path, sheet, encoding=encoding).records
    content = read_bytes(path)
    if sheet is not None:
        raise SourceError(f"The file has no sheet '{sheet}'", where=str(path), then="leave `sheet` out")
    if kind in READERS:
        return tuple(READERS[kind](content, path, place))
    endings = known.suffixes(holding="records")
    guess = nearest(path.suffix, endings) if path.suffix else None
    hint = f"did you mean '{guess}'? " if guess else ""
    what = f"ends in '{path.suffix}'" if path.suffix else "has no ending"
    then = f"{hint}known are {', '.join(endings)}"
    raise SourceError(f"The file {what}, which says nothing of its form", where=str(path), then=then)


def _listed(content: bytes, path: Path, place: str) -> Iterable[Record]:
    return records_at(Answer(str(path), 200, _value(content, str(path))), place)


def _lines(content: bytes, path: Path, _place: str) -> Iterator[Record]:
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            where = f"{path}, line {number}"
            record = _value(line, where)
            if not isinstance(record, dict):
                then = "write one object a line, or name the file .json"
                raise SourceError("The line is no JSON object", where=where, then=then)
            yield record


def _value(content: bytes, where: str) -> Any:  # noqa: ANN401  JSON
    """Parse a JSON value; integers of any length are exact."""
    try:
        return parse(content.removeprefix(b"\xef\xbb\xbf"), "")
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


READERS: dict[str, Callable[[bytes, Path, str], Iterable[Record]]] = {"json": _listed, "json lines": _lines}
"""Readers of a file by its kind in `files.toml`: given its bytes, its path and where in it the list stands."""

"""Write a connector file for a system without an API: one collection per file of records, or per sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from ipaas_discovery.errors import ResponseError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.record_file import list_places, read_records
from ipaas_discovery.samples.files.workbook import sheet_names
from ipaas_discovery.samples.record_ids import id_field
from ipaas_discovery.samples.sample import Record

__all__ = ["connector_text_from_files"]

LONGEST = 20
"""Rows of one value, on average, up to which they may be the parts of one record."""
HEAD = """\
# {title}: a system without an API, known by files of its records. Put a newer export in a file's place, and run again.
# What it receives can be told as well, by a list of fields: received = "fields.csv"
title = {quoted}
version = "1"
"""


def connector_text_from_files(files: Mapping[str, Path], title: str) -> str:
    """Write the text of a connector file.

    Args:
        files: path of each file, by its name in the connector.
        title: title of the system.

    Raises:
        SourceError: if a file cannot be read or is of no known form.
        FetchError: if a JSON file has no list of records.
    """
    taken: set[str] = set()
    tables = [text for name, path in files.items() for text in _collections(name, path, taken)]
    return "\n".join([HEAD.format(title=" ".join(title.split()), quoted=_quoted(title)), *tables])


def _collections(name: str, path: Path, taken: set[str]) -> Iterator[str]:
    """Yield a table for the file, for each filled sheet of a workbook, or for each filled list of a JSON object."""
    kinds = file_kinds()
    sheets = sheet_names(path) if kinds.kind(path.suffix) == "workbook" and path.is_file() else []
    if len(sheets) > 1:
        for sheet in sheets:
            yield _table(name, _distinct(sheet, taken), read_records(path, sheet).records, sheet=sheet)
        return
    subject, places = kinds.subject(path.stem), _places(path)
    for place in places:
        called = subject if len(places) == 1 else place.partition("[]")[0].removesuffix(".edges").rpartition(".")[2]
        yield _table(name, _distinct(called, taken), read_records(path, place=place).records, records=place)


def _places(path: Path) -> tuple[str, ...]:
    """Name where the records of a file stand: in itself, or in the lists of the one object that a JSON file holds."""
    try:
        read_records(path)
    except ResponseError:
        return list_places(path) or ("",)
    return ("",)


def _table(name: str, collection: str, listed: Sequence[Record], **places: str) -> str:
    """Write one collection's table; `places` say where in the file its records stand."""
    id_name = id_field(listed)
    key_line = (
        f"id = {_quoted(id_name)}{' ' * 4}# filled and different in all of them"
        if id_name
        else '# unknown: id. No column with a telling name is filled and different in every row: id = "..."'
    )
    lines = [f"{key} = {_quoted(value)}" for key, value in {"file": name, **places}.items() if value]
    return "\n".join(
        [f"[collections.{collection}]{_count(len(listed))}", *lines, key_line, *([] if id_name else _parts(listed)), ""]
    )


def _parts(listed: Sequence[Record]) -> Iterator[str]:
    """Comment on the first column that is alike in rows one below the other, as an order's is beside its lines."""
    for name in listed[0] if listed else ():
        values = [record.get(name) for record in listed]
        if any(value in (None, "") or isinstance(value, dict | list) for value in values):
            continue
        runs, different = sum(1 for _ in groupby(values)), len(set(values))
        if len(values) / LONGEST <= runs == different < len(values):
            counts = f"has {different} values in {len(values)} rows, those of each together"
            yield f"# {_quoted(name)} {counts}: a row may be a part of it, as a line is of an order"
            return


def _count(records: int) -> str:
    """Comment on the number of records."""
    return f"{' ' * 4}# {records} record{'s'[: records != 1]}"


def _distinct(text: str, taken: set[str]) -> str:
    """Choose a collection's name that no earlier one has."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_").lower() or "records"
    candidates: Sequence[str] = [plain, *(f"{plain}_{number}" for number in range(2, len(taken) + 3))]
    name = next(candidate for candidate in candidates if candidate not in taken)
    taken.add(name)
    return name


def _quoted(text: str) -> str:
    """Write `text` as a TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)

"""Write a connector file for a system without an API: one collection per file of records, or per sheet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.record_file import read_records
from ipaas_discovery.samples.files.workbook import sheet_names
from ipaas_discovery.samples.record_ids import id_field

__all__ = ["connector_text_from_files"]

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
    """Yield a table for the file, or for each of a workbook's sheets that is not empty."""
    sheets = sheet_names(path) if file_kinds().kind(path.suffix) == "workbook" and path.is_file() else []
    for sheet in sheets if len(sheets) > 1 else [None]:
        records = read_records(path, sheet).records
        key = _distinct(sheet or path.stem, taken)
        id_name = id_field(records)
        lines = [f"[collections.{key}]{_count(len(records))}", f"file = {_quoted(name)}"]
        lines += [f"sheet = {_quoted(sheet)}"] if sheet else []
        lines.append(
            f"id = {_quoted(id_name)}{' ' * 4}# filled and different in all of them"
            if id_name
            else '# unknown: id. No column with a telling name is filled and different in every row: id = "..."'
        )
        yield "\n".join([*lines, ""])


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

"""Labelled matches between the records of two vendors, read from the folder of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ipaas_discovery.schemas.schema import Schema

HERE = Path(__file__).parent / "labelled"
TYPES = {"s": "string", "i": "integer", "n": "number", "b": "boolean", "d": "string", "a": "array"}
HALVES = ("tuning", "test")
PARTS = (*HALVES, "unlike", "unseen", "late_tuning", "late_test", "whole_tuning", "fresh")
"""Folders of labels; those of unlike domains, and of vendors that were written later, stand beside the two halves."""


@dataclass(frozen=True)
class Labelled:
    """Two schemas and which field of the first corresponds to which of the second; several may be right."""

    name: str
    title: str
    source: Schema
    destination: Schema
    matches: dict[str, tuple[str, ...]]


def labelled(half: str) -> Iterator[Labelled]:
    """Read the pairs of schemas of one part."""
    for path in sorted((HERE / half).glob("*.txt")):
        yield read(path)


def read(path: Path) -> Labelled:
    """Read one pair of schemas.

    Raises:
        ValueError: if a match names a field that its side has not.
    """
    parts: dict[str, list[str]] = {"": []}
    rows = parts[""]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = parts.setdefault(line.strip("[]"), [])
        elif line.strip():
            rows.append(line)
    names = path.stem.split("_to_")
    source, destination = (
        _schema(parts[side], name) for side, name in zip(("source", "destination"), names, strict=True)
    )
    matches = {left: tuple(right.split(" | ")) for left, right in (line.split(" = ") for line in parts["matches"])}
    unknown = [name for name in matches if not source.field(name)]
    unknown += [name for names in matches.values() for name in names if not destination.field(name)]
    if unknown:
        raise ValueError(f"{path.name} matches fields that are not in its schemas: {', '.join(unknown)}")
    return Labelled(path.stem, parts[""][0], source, destination, matches)


def _schema(lines: list[str], name: str) -> Schema:
    return Schema.from_fields([_row(line) for line in lines], collection=name.rpartition("_")[2])


def _row(line: str) -> dict[str, object]:
    field, _, description = line.partition(" # ")
    field, _, values = field.partition(" = ")
    path, _, kind = field.rpartition(":")
    row: dict[str, object] = {"path": path, "types": [TYPES[kind]]}
    more = {
        "format": "date-time" if kind == "d" else "",
        "description": description,
        "enum": values.split("; ") if values else [],
    }
    return row | {name: value for name, value in more.items() if value}

"""Kinds of files by their ending, and what each may be read as."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FileKind", "FileKinds", "file_kinds"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """An ending, the kind of file it stands for, and what such a file may hold."""

    suffix: str
    kind: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileKinds:
    """All endings that are known, encodings of sheets beside Unicode, and cells that say nothing or that of a sum."""

    files: tuple[FileKind, ...]
    encodings: tuple[str, ...]
    nothing: frozenset[str]
    sums: tuple[str, ...]

    def suffixes(self, *kinds: str, holding: str = "") -> tuple[str, ...]:
        """Give the endings of some kinds (of all, where none is named), of files that may hold something.

        >>> file_kinds().suffixes("sheet", "workbook", holding="records")
        ('.csv', '.tsv', '.xlsx', '.xlsm')
        """
        return tuple(
            row.suffix
            for row in self.files
            if (not kinds or row.kind in kinds) and (not holding or holding in row.holds)
        )

    def kind(self, suffix: str) -> str:
        """Give the kind of file that an ending stands for, in any case; empty for one that is not known."""
        return next((row.kind for row in self.files if row.suffix == suffix.lower()), "")


@cache
def file_kinds() -> FileKinds:
    """Read the table of kinds of files, once."""
    return read_toml("files", FileKinds)

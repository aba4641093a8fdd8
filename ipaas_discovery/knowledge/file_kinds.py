"""Kinds of files by their ending, and what each may be read as."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["FileKind", "FileKinds", "OtherKind", "file_kinds"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """An ending, the kind of file it stands for, and what such a file may hold."""

    suffix: str
    kind: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherKind:
    """A kind of file that is recognised by its ending and not read, and what to do about it."""

    suffix: str
    what: str
    then: str


@dataclass(frozen=True, slots=True)
class FileKinds:
    """All endings that are known, encodings of sheets beside Unicode, cells and words of names that say little."""

    files: tuple[FileKind, ...]
    others: tuple[OtherKind, ...]
    encodings: tuple[str, ...]
    nothing: frozenset[str]
    sums: tuple[str, ...]
    export_words: frozenset[str]

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

    def other(self, suffix: str) -> OtherKind | None:
        """Give what is known of an ending whose files are not read, in any case; None for every other one.

        >>> file_kinds().other(".ZIP").what
        'a packed archive'
        """
        return next((row for row in self.others if row.suffix == suffix.lower()), None)

    def subject(self, stem: str) -> str:
        """Give what a file's name says of its contents: without dates, numbers and words of exporting.

        >>> file_kinds().subject("customers_export_2026-11-01 (2)"), file_kinds().subject("export")
        ('customers', 'export')
        """
        words = [word for word in re.split(r"[^\w]+|_", stem) if word]
        telling = [word for word in words if not word.isdigit() and word.casefold() not in self.export_words]
        return "_".join(telling or words)


@cache
def file_kinds() -> FileKinds:
    """Read the table of kinds of files, once."""
    return read_toml("files", FileKinds)

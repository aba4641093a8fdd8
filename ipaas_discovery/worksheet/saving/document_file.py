"""The worksheet's file: read, and changed row by row without overwriting what its reader had not seen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ipaas_discovery.atomic import locked, write_atomically
from ipaas_discovery.errors import ChangedRowError, WorksheetError
from ipaas_discovery.worksheet.joining import rows_of_document
from ipaas_discovery.worksheet.rows import RowKey, Rows, merged
from ipaas_discovery.worksheet.saving.order_file import OrderFile, read_order
from ipaas_discovery.worksheet.saving.order_forms import form_of
from ipaas_discovery.worksheet.saving.order_text import changed_text, whole_text
from ipaas_discovery.worksheet.saving.yaml_text import to_line

__all__ = ["DocumentFile"]


class DocumentFile:
    """One worksheet file, and its rows when they were last seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content: bytes | None = None
        self._stamp: tuple[int, int, int] | None = None
        self.rows: Rows = {}

    @property
    def seen(self) -> bool:
        """True once it was read or written."""
        return self._content is not None

    def load(self) -> OrderFile:
        """Read the file on disk.

        Raises:
            WorksheetError: if there is none, or it is not a worksheet.
        """
        content = self._read()
        if content is None:
            then = "check the path, or make a worksheet first with `ipaas-discovery discover`"
            raise WorksheetError("There is no worksheet", where=str(self.path), then=then)
        self._content, file = content, self._parsed(content)
        self.rows = file.rows
        return file

    def catch_up(self, rows: Rows) -> Rows | None:
        """Read the file again if it changed since the last look: `rows` with what others wrote, None if nothing.

        Nothing is taken over while others wrote to the same rows as `rows`; the next save tells of that.

        Raises:
            WorksheetError: if it cannot be read, or is no worksheet any more.
        """
        stamp = self._stamp_on_disk()
        if stamp is None or stamp == self._stamp:
            return None
        self._stamp = stamp
        content = self._read()
        if content is None or content == self._content:
            return None
        theirs = self._parsed(content).rows
        kept, conflicts = merged(self.rows, rows, theirs)
        if conflicts:
            return None
        self._content, self.rows = content, theirs
        return kept

    def _stamp_on_disk(self) -> tuple[int, int, int] | None:
        """Tell one state of the file from another without reading it."""
        try:
            stat = self.path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def save(self, rows: Rows) -> Rows:
        """Write the rows that differ from those last seen, beside what others wrote meanwhile; gives all rows.

        Raises:
            ChangedRowError: if others changed the same rows: theirs stand, and all else is written.
            WorksheetError: if the disk will not have it, or holds something that is no worksheet.
        """
        with locked(self.path.parent):
            content = self._read()
            theirs: Rows = self.rows
            if content != self._content:
                theirs = self._parsed(content).rows if content is not None else self.rows
            kept, conflicts = merged(self.rows, rows, theirs)
            changed = [key for key in dict.fromkeys((*theirs, *kept)) if theirs.get(key) != kept.get(key)]
            new = self._written(content, kept, changed)
            if new != content:
                write_atomically(self.path, new)
        seen, self._content, self.rows = self.rows, new, kept
        if conflicts:
            raise _conflict(conflicts, seen, rows, theirs, str(self.path))
        return kept

    def _written(self, content: bytes | None, rows: Rows, changed: Iterable[RowKey]) -> bytes:
        changed = tuple(changed)
        text = "" if content is None else content.decode("utf-8-sig")
        if content is None or "\nformat: 1\n" in f"\n{text}".replace("\r\n", "\n"):
            return whole_text(rows).encode()
        return changed_text(text, rows, changed).encode() if changed else content

    def _parsed(self, content: bytes) -> OrderFile:
        file = read_order(content, name=self.path.name)
        return OrderFile(rows_of_document(file.earlier), file.notes, file.earlier) if file.earlier else file

    def _read(self) -> bytes | None:
        """Read the bytes on disk, None if there is no file."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            then = "check the path and its rights"
            raise WorksheetError(f"Cannot read the worksheet: {reason}", where=str(self.path), then=then) from error


def _conflict(keys: tuple[RowKey, ...], seen: Rows, yours: Rows, theirs: Rows, where: str) -> ChangedRowError:
    def shown(rows: Rows, key: RowKey) -> str:
        row = rows.get(key)
        return "nothing" if row is None else to_line(form_of(row))

    versions = {str(key): (shown(seen, key), shown(yours, key), shown(theirs, key)) for key in keys}
    return ChangedRowError(versions, keys=keys, where=where)

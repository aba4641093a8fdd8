"""The worksheet's file: read, written in one step, and merged with what others saved meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from ipaas_discovery.atomic import locked, write_atomically
from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.merging import merge
from ipaas_discovery.worksheet.yaml_document import dump, parse, problem

__all__ = ["DocumentFile", "changed"]

D = TypeVar("D", WorksheetDocument, Entry)


class DocumentFile:
    """One worksheet file, and its contents when it was last seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: bytes | None = None
        self._document: WorksheetDocument | None = None

    def load(self) -> WorksheetDocument:
        """Read the document on disk.

        Raises:
            WorksheetError: if there is none, or it is not a worksheet.
        """
        content = self._read()
        if content is None:
            then = "check the path, or make a worksheet first with `ipaas-discovery discover`"
            raise WorksheetError("There is no worksheet", where=str(self.path), then=then)
        self._document = parse(content, name=self.path.name)
        self._seen = content
        return self._document

    def save(self, document: WorksheetDocument) -> WorksheetDocument:
        """Write `document`, merged with what is on disk if that is not what was seen last; gives the merged one.

        Raises:
            WorksheetError: if the disk will not have it, or holds something that is no worksheet.
        """
        with locked(self.path.parent):
            on_disk = self._read()
            if on_disk is not None and on_disk != self._seen:
                document = merge(self._document, document, parse(on_disk, name=self.path.name))
            content = dump(document)
            if content != on_disk:
                write_atomically(self.path, content)
        self._seen, self._document = content, document
        return document

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


def changed(part: D, **values: Any) -> D:  # noqa: ANN401  checked by the part
    """Replace `values` in `part`.

    Raises:
        WorksheetError: if a value is not of the right kind.
    """
    try:
        return replace(part, **values)
    except ValidationError as error:
        raise problem(error, name="worksheet") from error

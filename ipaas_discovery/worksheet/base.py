"""A document and the file it is saved in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Self

from ipaas_discovery.errors import WorksheetError
from ipaas_discovery.worksheet.document_file import DocumentFile
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument

__all__ = ["SavedDocument"]


class SavedDocument:
    """Worksheet document as a frozen value, and the file it is kept in; `today` dates what is decided."""

    def __init__(
        self, document: WorksheetDocument | None = None, *, today: Callable[[], dt.date] = dt.date.today
    ) -> None:
        self._document = document or WorksheetDocument()
        self._today = today
        self._file: DocumentFile | None = None

    @classmethod
    def load(cls, path: str | Path, *, today: Callable[[], dt.date] = dt.date.today) -> Self:
        """Load the worksheet saved at `path`; `today` gives the date of decisions.

        Raises:
            WorksheetError: if there is none, or it cannot be read; names the file, the line and the key.
        """
        worksheet = cls(today=today)
        worksheet._file = DocumentFile(Path(path))
        worksheet._document = worksheet._file.load()
        return worksheet

    @property
    def document(self) -> WorksheetDocument:
        """Everything the worksheet says, as a frozen value."""
        return self._document

    @property
    def entries(self) -> tuple[Entry, ...]:
        """One entry per pair of collections, in order."""
        return self._document.entries

    @property
    def path(self) -> Path | None:
        """Path of the file it is saved in, None if it never was."""
        return self._file.path if self._file else None

    def save(self, path: str | Path | None = None) -> None:
        """Write the file in one step; what others saved meanwhile is merged in, what was decided here wins.

        Args:
            path: the file; by default the one it was loaded from or last saved to.

        Raises:
            WorksheetError: if it cannot be written (the earlier file is then untouched, this worksheet keeps
                its contents), or if the file on disk has become unreadable.
        """
        file = (
            self._file if path is None or (self._file and self._file.path == Path(path)) else DocumentFile(Path(path))
        )
        if file is None:
            raise WorksheetError("This worksheet has no file yet", then="say where: worksheet.save('worksheet.yaml')")
        self._document = file.save(self._document)
        self._file = file

    def export(self, path: str | Path) -> None:
        """Write the worksheet in the form that the suffix of `path` names, one of `exports.forms.FORMS`.

        Raises:
            UnknownNameError: if the suffix names no form.
            WorksheetError: if the file cannot be written; an earlier one is then untouched.
        """
        from ipaas_discovery.worksheet.exports.export import export  # noqa: PLC0415  most runs export nothing

        export(self._document, Path(path))

"""Write a worksheet in the form that a file's suffix asks for."""

from __future__ import annotations

from pathlib import Path

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.worksheet.exports.forms import FORMS, renderer
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["export", "form_of"]


def export(synopsis: Synopsis, path: Path) -> None:
    """Write `synopsis` to `path`, in the form its suffix names.

    Raises:
        UnknownNameError: if the suffix names no form.
        WorksheetError: if the file cannot be written; an earlier one is then untouched.
    """
    render = renderer(form_of(path))
    write_atomically(path, render(synopsis))


def form_of(path: Path) -> str:
    """Give the suffix that names a file's form, one of `FORMS`.

    Raises:
        UnknownNameError: if it names none.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMS:
        raise UnknownNameError("export form", path.suffix or path.name, FORMS, where=str(path))
    return suffix

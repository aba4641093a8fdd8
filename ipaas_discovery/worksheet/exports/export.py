"""Which form a file's suffix asks for."""

from __future__ import annotations

from pathlib import Path

from ipaas_discovery.atomic import write_atomically
from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.worksheet.entry import WorksheetDocument
from ipaas_discovery.worksheet.exports.content import content
from ipaas_discovery.worksheet.exports.json_export import to_json
from ipaas_discovery.worksheet.exports.markdown import to_markdown
from ipaas_discovery.worksheet.exports.webpage import to_html
from ipaas_discovery.worksheet.yaml_document import dump

__all__ = ["SUFFIXES", "export", "rendered"]

SUFFIXES = (".html", ".json", ".md", ".xlsx", ".yaml")


def export(document: WorksheetDocument, path: Path) -> None:
    """Write `document` to `path`, in the form its suffix names.

    Raises:
        UnknownNameError: if the suffix names no form.
        WorksheetError: if the file cannot be written; an earlier one is then untouched.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnknownNameError("export form", path.suffix or path.name, SUFFIXES, where=str(path))
    write_atomically(path, rendered(document, suffix))


def rendered(document: WorksheetDocument, suffix: str) -> bytes:
    """The bytes of the form that `suffix` names, one of SUFFIXES.

    >>> rendered(WorksheetDocument(title="Shop"), ".md").decode().splitlines()[0]
    '# Shop'
    """
    if suffix == ".yaml":
        return dump(document)
    if suffix == ".json":
        return to_json(document).encode()
    if suffix == ".xlsx":
        from ipaas_discovery.worksheet.exports.xlsx import to_xlsx  # noqa: PLC0415  openpyxl is slow to import

        return to_xlsx(content(document))
    return (to_html if suffix == ".html" else to_markdown)(content(document)).encode()

"""Forms in which a worksheet can be written, each by its suffix; a new form is one row here and one module."""

from __future__ import annotations

from collections.abc import Callable
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["FORMS", "REPORT", "renderer"]

REPORT = ".html"
"""Form that the report holds already."""
FORMS = {
    ".yaml": "ipaas_discovery.worksheet.exports.yaml_export:render",
    ".xlsx": "ipaas_discovery.worksheet.exports.workbook.xlsx:render",
    ".md": "ipaas_discovery.worksheet.exports.markdown:render",
    ".json": "ipaas_discovery.worksheet.exports.json_export:render",
    REPORT: "ipaas_discovery.worksheet.exports.webpage:render",
}
"""Paths of the functions that render a synopsis as a file's bytes; imported when asked for, for a quick help."""


def renderer(suffix: str) -> Callable[[Synopsis], bytes]:
    """Give the function that renders the form of a suffix, one of `FORMS`.

    >>> renderer(".md").__module__
    'ipaas_discovery.worksheet.exports.markdown'
    """
    render: Callable[[Synopsis], bytes] = resolve_name(FORMS[suffix])
    return render

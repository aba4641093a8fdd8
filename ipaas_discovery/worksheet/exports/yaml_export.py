"""The worksheet as YAML: the whole document, for people who read it without the kit."""

from __future__ import annotations

from ipaas_discovery.worksheet.entry import WorksheetDocument
from ipaas_discovery.worksheet.exports.json_export import plain_document
from ipaas_discovery.worksheet.saving.yaml_text import to_yaml

__all__ = ["render"]


def render(document: WorksheetDocument) -> bytes:
    """Render a worksheet as YAML; the same worksheet gives the same bytes."""
    return to_yaml(plain_document(document)).encode()

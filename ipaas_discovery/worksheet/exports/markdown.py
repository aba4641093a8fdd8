"""The worksheet as a document to read: Markdown for a ticket, a wiki or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipaas_discovery.worksheet.entry import WorksheetDocument
from ipaas_discovery.worksheet.exports.content import Content, ExportTable
from ipaas_discovery.worksheet.exports.content import content as content_of

__all__ = ["render"]


def render(document: WorksheetDocument) -> bytes:
    """Render a worksheet as Markdown; the same worksheet gives the same bytes."""
    return _to_markdown(content_of(document)).encode()


def _to_markdown(content: Content) -> str:
    """Write a summary table, then one section per entry with whatever is known of it."""
    return "\n\n".join(_parts(content)) + "\n"


def _parts(content: Content) -> Iterator[str]:
    yield f"# {_plain(content.title)}"
    yield _plain(content.about)
    yield _table(content.order)
    for title, tables in content.sections():
        yield f"## {_plain(title)}"
        for table in tables:
            yield f"### {table.name}"
            yield _table(table)


def _table(table: ExportTable) -> str:
    return table.to_markdown() if table.rows else "No collection yet."


def _plain(text: str) -> str:
    """Escape text so that it starts no markup of its own, on one line."""
    return re.sub(r"([\\`*\[\]<>|#]|(?<!\w)_|_(?!\w))", r"\\\1", " ".join(text.split()))

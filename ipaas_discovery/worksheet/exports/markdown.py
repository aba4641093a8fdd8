"""The worksheet as a document to read: Markdown for a ticket, a wiki or a repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ipaas_discovery.worksheet.exports.content import Content, ExportTable
from ipaas_discovery.worksheet.exports.content import content as content_of
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["render"]

FOLDED_FROM = 60
"""Rows beyond which a table is folded."""


def render(synopsis: Synopsis) -> bytes:
    """Render a worksheet as Markdown; the same worksheet gives the same bytes."""
    return _to_markdown(content_of(synopsis)).encode()


def _to_markdown(content: Content) -> str:
    """Write a summary table and a list of contents, then one section per pair with whatever is known of it."""
    return "\n\n".join(_parts(content)) + "\n"


def _parts(content: Content) -> Iterator[str]:
    sections = [*content.sections()]
    yield f"# {_plain(content.title)}"
    yield _plain(content.about)
    if content.sign_off:
        yield "; ".join(f"{step.capitalize()} by {_plain(text)}" for step, text in content.sign_off) + "."
    yield _table(content.order)
    yield "## Contents"
    yield "\n".join(_entries(sections))
    for at, (title, tables) in enumerate(sections, 1):
        yield f'<a id="part-{at}"></a>\n\n## {_plain(title)}'
        for table in tables:
            yield f"### {table.name}"
            yield _folded(table) if len(table.rows) > FOLDED_FROM else _table(table)


def _entries(sections: Sequence[tuple[str, Sequence[ExportTable]]]) -> Iterator[str]:
    """Yield a line for each section, with a link that every reader of Markdown follows."""
    for at, (title, tables) in enumerate(sections, 1):
        names = ", ".join(table.name for table in tables)
        yield f"- [{_plain(title)}](#part-{at}): {names}"


def _folded(table: ExportTable) -> str:
    return f"<details><summary>{len(table.rows)} rows</summary>\n\n{_table(table)}\n\n</details>"


def _table(table: ExportTable) -> str:
    return table.to_markdown() if table.rows else table.empty


def _plain(text: str) -> str:
    """Escape text so that it starts no markup of its own, on one line."""
    return re.sub(r"([\\`*\[\]<>|#]|(?<!\w)_|_(?!\w))", r"\\\1", " ".join(text.split()))

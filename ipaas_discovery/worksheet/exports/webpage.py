"""The worksheet as one HTML file that needs nothing else: plain tables, no script, and no column without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ipaas_discovery.renderings.texts import BREAKS, visible_in_cell
from ipaas_discovery.worksheet.exports.content import Cell, Content, ExportTable
from ipaas_discovery.worksheet.exports.content import content as content_of
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["render"]

LONG_WORD = re.compile(r"\S{21,}")
FOLDED_FROM = 40
"""Rows beyond which a table is folded."""

STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #8888; padding: .3rem .5rem; text-align: left; vertical-align: top; }
td { white-space: pre-line; unicode-bidi: plaintext; max-width: 30rem; overflow-wrap: break-word; }
:root { color-scheme: light dark; }
@page { size: A4 landscape; margin: 10mm; }
@media print {
  body { font-size: 7.5px; margin: 0; max-width: none; padding: 0; }
  .table { overflow: visible; }
  th, td { padding: 1px 2px; }
  tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""


def render(synopsis: Synopsis) -> bytes:
    """Render a worksheet as one HTML page; the same worksheet gives the same bytes."""
    return _to_html(content_of(synopsis)).encode()


def _to_html(content: Content) -> str:
    """Write the page: a summary table, then one section per entry with all that is known of it; all text escaped."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            f'<head><meta charset="utf-8"><title>{_escaped(content.title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>\n{STYLE}</style></head>",
            "<body>",
            *_parts(content),
            "</body>",
            "</html>\n",
        ]
    )


def _parts(content: Content) -> Iterator[str]:
    yield f"<h1>{_escaped(content.title)}</h1>"
    yield f"<p>{_escaped(content.about)}</p>"
    yield _table(content.order)
    sections = [*content.sections()]
    links = (f'<li><a href="#part-{at}">{_escaped(title)}</a></li>' for at, (title, _) in enumerate(sections, 1))
    yield f"<nav><h2>Contents</h2><ul>{''.join(links)}</ul></nav>"
    for at, (title, tables) in enumerate(sections, 1):
        yield f'<h2 dir="auto" id="part-{at}">{_escaped(title)}</h2>'
        for table in tables:
            yield f"<h3>{_escaped(table.name)}</h3>"
            yield _folded(table) if len(table.rows) > FOLDED_FROM else _table(table)


def _folded(table: ExportTable) -> str:
    return f"<details><summary>{len(table.rows)} rows</summary>{_table(table)}</details>"


def _table(table: ExportTable) -> str:
    if not table.rows:
        return f"<p>{_escaped(table.empty)}</p>"
    filled = [at for at, _ in enumerate(table.columns) if any(row[at] not in {None, ""} for row in table.rows)]
    head = _row("th", [table.columns[at] for at in filled])
    body = "\n".join(_row("td", [row[at] for at in filled]) for row in table.rows)
    return f'<div class="table"><table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table></div>'


def _row(tag: str, cells: Iterable[Cell]) -> str:
    """Keep line breaks as they are, which pandas' own tables would show as a backslash and an n."""
    return "<tr>" + "".join(f"<{tag}>{_breakable(_text(cell))}</{tag}>" for cell in cells) + "</tr>"


def _breakable(text: str) -> str:
    """Escape a text and let its long words break where a reader would break them, and nowhere else."""
    return LONG_WORD.sub(lambda word: BREAKS.sub("<wbr>", word[0]), _escaped(text))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:.4g}" if isinstance(cell, float) else str(cell)


def _escaped(text: str) -> str:
    """Write a text so that nothing in it acts as HTML, and no sign of it goes unseen."""
    return escape(visible_in_cell(text))

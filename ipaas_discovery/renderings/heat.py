"""Values shown as a heat map: a table of shares, each with its number on its shade.

The shade is decoration: a host that drops it leaves the numbers, a screen reader reads them with their row and
column, and the ink on each shade is chosen with it, so that both read on a light and on a dark page.
"""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.renderings.text_tables import left_out, text_table
from ipaas_discovery.renderings.texts import code, html_text, markdown_text, name_html, percent

__all__ = ["SHADES", "Heat", "HeatRow", "heat_html", "heat_markdown", "heat_text"]

DARK, LIGHT = "#1f2328", "#ffffff"
SHADES = (
    ("#f6f8fb", DARK),
    ("#dfe9f5", DARK),
    ("#b9d1ea", DARK),
    ("#86b1dc", DARK),
    ("#3973ad", LIGHT),
    ("#1c548c", LIGHT),
)
"""From light to dark: nothing at all, then each fifth; with the ink that stands on them.

Nothing has a shade of its own, or a dark page would show it darker than a little.
"""
MARKS = ("", "░ ", "▒ ", "▓ ", "█ ", "█ ")
NOTHING = "·"
LOOK = "text-align:{};padding:2px 6px"


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row: its name, its shares (None if nothing could have held the field), and the names with equal shares."""

    name: str
    shares: tuple[float | None, ...]
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heat:
    """Rows and columns of shares, 0 to 1, below a title and a claim; `notes` name what is left out.

    A column is its name and the text below it, `corner` heads the rows' names.
    """

    title: str
    claim: str
    corner: str
    columns: tuple[tuple[str, str], ...]
    lines: tuple[HeatRow, ...]
    notes: tuple[str, ...] = ()


def heat_html(heat: Heat, *, max_rows: int | None = None) -> str:
    """Render `heat` as plain HTML that needs no style sheet, no script and no image."""
    head = "".join(
        f'<th scope="col" style="{LOOK.format("center")}">{html_text(name)}<br>'
        f'<span style="font-weight:normal">{html_text(below)}</span></th>'
        for name, below in heat.columns
    )
    rows = [
        f'<tr><th scope="row" style="{LOOK.format("left")};font-weight:normal"{_title(line)}>'
        f"{_name(line)}</th>{''.join(map(_cell, line.shares))}</tr>"
        for line in heat.lines[:max_rows]
    ]
    corner = f'<th scope="col" style="{LOOK.format("left")}">{html_text(heat.corner)}</th>'
    table = [f'<table aria-label="{html_text(heat.title)}">', f"<tr>{corner}{head}</tr>", *rows, "</table>"]
    lines_below = [*filter(None, [left_out(heat.lines, max_rows)]), *heat.notes]
    notes = [f"<p>{html_text(' '.join(lines_below))}</p>"] if lines_below else []
    title = f"<p><b>{html_text(heat.title)}</b><br>{html_text(heat.claim)}</p>"
    return "\n".join([title, *(table if heat.lines else []), *notes])


def heat_markdown(heat: Heat, *, max_rows: int | None = None) -> str:
    """Render `heat` as a GitHub-flavoured Markdown table, each number behind a mark as dark as it is."""
    head = [markdown_text(heat.corner), *map(markdown_text, _headings(heat))]
    body = [[code(row.name) + _alike(row), *map(_marked, row.shares)] for row in heat.lines[:max_rows]]
    table = "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *body))
    notes = [*filter(None, [left_out(heat.lines, max_rows)]), *heat.notes]
    parts = [f"**{markdown_text(heat.title)}**\n{markdown_text(heat.claim)}", *([table] if body else [])]
    return "\n\n".join([*parts, *([markdown_text(" ".join(notes))] if notes else [])])


def heat_text(heat: Heat, *, max_rows: int | None = None) -> str:
    """Render `heat` as a table of plain text."""
    rows = [[f"{row.name}{_alike(row)}", *map(_marked, row.shares)] for row in heat.lines]
    return text_table([heat.corner, *_headings(heat)], rows, max_rows=max_rows)


def _headings(heat: Heat) -> list[str]:
    """List the columns' names, with what stands below each."""
    return [f"{name} ({below})" if below else name for name, below in heat.columns]


def _alike(row: HeatRow) -> str:
    return f" + {len(row.alike)} alike" if row.alike else ""


def _cell(share: float | None) -> str:
    """Render one percentage on its shade, or a dot if there was nothing to fill."""
    if share is None:
        return f'<td style="{LOOK.format("center")}">{NOTHING}</td>'
    colour, ink = SHADES[_rank(share)]
    return f'<td style="{LOOK.format("center")};background-color:{colour};color:{ink}">{_number(share)}</td>'


def _marked(share: float | None) -> str:
    if share is None:
        return NOTHING
    return f"{MARKS[_rank(share)]}{_number(share)}"


def _rank(share: float) -> int:
    """Return the index of the shade for a share."""
    return 1 + min(4, int(share * 5)) if share else 0


def _number(share: float) -> str:
    return percent(share).removesuffix(" %")


def _name(row: HeatRow) -> str:
    return name_html(row.name) + (f" <i>+ {len(row.alike)} alike</i>" if row.alike else "")


def _title(row: HeatRow) -> str:
    return f' title="{html_text(", ".join(row.alike))}"' if row.alike else ""

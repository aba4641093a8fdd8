"""Values shown as a bar chart beside their numbers, in plain HTML or in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ipaas_discovery.renderings.bars import bar_html, bar_text, legend_html
from ipaas_discovery.renderings.text_tables import left_out, text_table
from ipaas_discovery.renderings.texts import code, html_text, markdown_text, name_html, together

__all__ = ["Bar", "Chart", "ChartRow", "chart_html", "chart_markdown", "chart_text"]

LONGEST = 240
"""Pixels of the longest bar."""
LOOK = "text-align:{};vertical-align:top;padding:3px 8px"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its parts as shares of 1, the colour of each name, and its length as a share of the longest bar."""

    parts: tuple[tuple[str, float], ...]
    colours: Mapping[str, str]
    length: float


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row: a name, a line below it, its bars one below the other, and the text of its other cells.

    A cell is text to the left or a number to the right.
    """

    name: str
    below: str
    bars: tuple[Bar, ...]
    cells: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Chart rows below a title and a claim; `columns` names the first column, the column of bars, and the others.

    `notes` name what is left out.
    """

    title: str
    claim: str
    columns: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    notes: tuple[str, ...] = ()


def chart_html(chart: Chart, *, max_rows: int | None = None) -> str:
    """Render `chart` as plain HTML that needs no style sheet, no script and no image."""
    numbers = [isinstance(cell, int) for cell in chart.rows[0].cells] if chart.rows else []
    sides = ["right" if number else "left" for number in (False, False, *numbers)]
    head = "".join(
        f'<th scope="col" style="{LOOK.format(side)}">{html_text(name)}</th>'
        for name, side in zip(chart.columns, sides, strict=False)
    )
    rows = [f"<tr>{''.join(_cells(row))}</tr>" for row in chart.rows[:max_rows]]
    title = f"<p><b>{html_text(chart.title)}</b><br>{html_text(chart.claim)}</p>"
    table = (
        [f'<table aria-label="{html_text(chart.title)}">', f"<tr>{head}</tr>", *rows, "</table>"]
        if rows
        else ["<p>(no rows)</p>"]
    )
    lines_below = [*filter(None, [left_out(chart.rows, max_rows)]), *chart.notes]
    notes = [f"<p>{html_text(' '.join(lines_below))}</p>"] if lines_below else []
    return "\n".join([title, *_legends(chart), *table, *notes])


def chart_markdown(chart: Chart, *, max_rows: int | None = None) -> str:
    """Render `chart` as a GitHub-flavoured Markdown table, the first bar of each row as text."""
    head = [markdown_text(column) for column in chart.columns]
    body = [
        [
            code(row.name) + (f" {markdown_text(row.below)}" if row.below else ""),
            _drawn(row),
            *(markdown_text(str(cell)) for cell in row.cells),
        ]
        for row in chart.rows[:max_rows]
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *body))
    notes = [*filter(None, [left_out(chart.rows, max_rows)]), *chart.notes]
    below = f"\n\n{markdown_text(' '.join(notes))}" if notes else ""
    return f"**{markdown_text(chart.title)}**\n{markdown_text(chart.claim)}\n\n{table}{below}"


def chart_text(chart: Chart, *, max_rows: int | None = None) -> str:
    """Render `chart` as a table of plain text, the first bar of each row among its cells."""
    rows = [[row.name, _drawn(row), *map(str, row.cells)] for row in chart.rows]
    return text_table(chart.columns, rows, max_rows=max_rows)


def _drawn(row: ChartRow) -> str:
    """Write a row's first bar as ten characters."""
    return bar_text(row.bars[0].parts) if row.bars and row.bars[0].parts else ""


def _legends(chart: Chart) -> Iterator[str]:
    """Yield the legend of the first bars, then that of the second, and so on; only names that occur are listed."""
    count = max((len(row.bars) for row in chart.rows), default=0)
    for at in range(count):
        bars = [row.bars[at] for row in chart.rows if len(row.bars) > at]
        yield legend_html((name for bar in bars for name, share in bar.parts if share), bars[0].colours)


def _cells(row: ChartRow) -> Iterator[str]:
    below = f"<br><small>{html_text(row.below)}</small>" if row.below else ""
    yield f'<th scope="row" style="{LOOK.format("left")};font-weight:normal">{name_html(row.name)}{below}</th>'
    bars = (bar_html(bar.parts, bar.colours, max(1, round(LONGEST * bar.length))) for bar in row.bars if bar.parts)
    yield f'<td style="{LOOK.format("left")}">{"".join(bars)}</td>'
    for cell in row.cells:
        side = "right" if isinstance(cell, int) else "left"
        yield f'<td style="{LOOK.format(side)}">{f"{cell:,}" if isinstance(cell, int) else together(cell)}</td>'

"""Shares drawn as bars of table cells, which notebook hosts keep in place, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["BARE", "PARTS", "TYPES", "bar_html", "bar_text", "legend_html"]

PARTS = {"filled": "#3d7fc1", "null": "#d27d1f", "empty": "#a06ab4", "absent": ""}
"""Colours of the parts, each at 3:1 or more on white and on a dark page; absent is only a line."""
TYPES = {
    "string": "#607d8b",
    "integer": "#2f8f7b",
    "number": "#5f9a55",
    "boolean": "#9a8a2a",
    "object": "#b0679a",
    "array": "#7a6fd0",
    "mixed": "#d0453a",
    "null": "#d27d1f",
}
"""Colours of JSON types, of fields with several types, and of those seen as null only."""
MARKS = {"filled": "█", "null": "▒", "empty": "▒", "absent": "░"}
BARE = (
    '<table role="presentation" style="border:0;border-collapse:collapse;margin:0{}">'
    '<tr style="background-color:transparent">'
)
"""The start of a table that is no table but a drawing."""


def bar_html(shares: Iterable[tuple[str, float]], colours: Mapping[str, str] = PARTS, width: int = 72) -> str:
    """Draw shares (of 1) as table cells; the whole bar is `width` pixels wide and the smallest share stays visible."""
    pieces = "".join(_piece(colours[name], max(2, round(width * share))) for name, share in shares if share)
    return f"{BARE.format(f';width:{width}px')}{pieces}</tr></table>" if pieces else ""


def legend_html(names: Iterable[str], colours: Mapping[str, str] = PARTS) -> str:
    """Draw the legend of the parts in `names`, in the order of the colours; empty if there are none."""
    wanted = set(names)
    cells = "".join(
        f'{_piece(colour, 12)}<td style="border:0;padding:0 12px 0 4px">{name}</td>'
        for name, colour in colours.items()
        if name in wanted
    )
    return f"{BARE.format('')}{cells}</tr></table>" if cells else ""


def bar_text(shares: Iterable[tuple[str, float]]) -> str:
    """Draw the shares of a field's parts as ten characters.

    >>> bar_text([("filled", 0.7), ("null", 0.1), ("absent", 0.2)])
    '███████▒░░'
    """
    drawn = "".join(MARKS[name] * round(10 * share) for name, share in shares)
    return drawn[:10].ljust(10, MARKS["absent"])


def _piece(colour: str, width: int) -> str:
    look = f"background-color:{colour}" if colour else "border-bottom:2px solid #8a8f98"
    return f'<td style="border:0;padding:0;width:{width}px;height:9px;{look}"></td>'

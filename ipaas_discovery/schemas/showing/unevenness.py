"""The fields that a heat map of presence draws: those that vary, the most varying first, equal ones together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipaas_discovery.renderings.heat import Heat, HeatRow
from ipaas_discovery.renderings.texts import counted, cut

__all__ = ["heat_of"]

LINES, NAMED, LONGEST = 60, 8, 60
"""Lines drawn at most, fields named in a note, characters of a name."""
Row = tuple[str, tuple[float | None, ...]]


def heat_of(
    title: str, parts: Sequence[tuple[str, int]], uneven: Sequence[Row], always: Sequence[str], never: Sequence[str]
) -> Heat:
    """Draw the heat map of the `uneven` rows; fields that are `always` or `never` filled are named in notes.

    Args:
        title: the text above it.
        parts: each part's name and number of records.
        uneven: paths and their shares, part by part.
        always: paths filled everywhere.
        never: paths filled nowhere.

    >>> heat = heat_of("Shop", [("page 1", 2), ("page 9", 2)], [("new", (0.0, 1.0)), ("gift", (0.0, 1.0))], ["id"], [])
    >>> [(line.name, line.alike) for line in heat.lines], heat.notes[0]
    ([('gift', ('new',))], 'Not drawn: 1 field filled everywhere.')
    """
    lines = _lines(uneven)
    return Heat(
        title,
        "Percent of the objects that could hold the field and have it filled; below each part its number of records.",
        "field",
        tuple((name, f"{size:,}") for name, size in parts),
        lines[:LINES],
        tuple(_notes(lines, always, never)),
    )


def _lines(rows: Sequence[Row]) -> tuple[HeatRow, ...]:
    """Group rows that share all their numbers into one line; the lines that vary most come first."""
    groups: dict[tuple[float | None, ...], list[str]] = {}
    for path, shares in sorted(rows):
        groups.setdefault(shares, []).append(path)
    lines = (HeatRow(_name(first), shares, tuple(others)) for shares, (first, *others) in groups.items())
    return tuple(sorted(lines, key=lambda line: (-_range(line.shares), line.name)))


def _range(shares: Sequence[float | None]) -> float:
    known = [share for share in shares if share is not None]
    return max(known, default=0.0) - min(known, default=0.0)


def _notes(lines: Sequence[HeatRow], always: Sequence[str], never: Sequence[str]) -> Iterator[str]:
    """Yield notes on fields that are not drawn, and on the meaning of a dot."""
    even = [f"{counted(len(always), 'field')} filled everywhere"] * bool(always)
    if never:
        named = ", ".join(_name(path) for path in never[:NAMED]) + (", …" if len(never) > NAMED else "")
        even.append(f"{counted(len(never), 'field')} filled nowhere ({named})")
    if even:
        yield f"Not drawn: {'; '.join(even)}."
    if any(line.alike for line in lines[:LINES]):
        yield "Fields with the same numbers stand in one row."
    if any(share is None for line in lines[:LINES] for share in line.shares):
        yield "A dot: nothing there could have held the field."
    if left := sum(1 + len(line.alike) for line in lines[LINES:]):
        yield f"{left:,} more fields vary less; frame() has them all."


def _name(path: str) -> str:
    """Cut a path at its start, since the end tells paths apart."""
    return cut(path[::-1], LONGEST)[::-1]

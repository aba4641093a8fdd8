"""Rows as a table of plain text, for terminals and for tools that compare lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Sized

from ipaas_discovery.renderings.texts import counted, cut, visible

__all__ = ["left_out", "text_table"]

WIDTH, LONGEST = 120, 40
"""Characters of a line, and of a cell."""
GAP = "  "


def text_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    max_rows: int | None = None,
    numbers: Collection[int] = (),
) -> str:
    """Write columns side by side, as many as fit into a line; what is left out is named below.

    >>> print(text_table(["path", "n"], [["lines[].sku", "12"], ["id", "7"]], max_rows=1, numbers={1}))
    path          n
    -----------  --
    lines[].sku  12
    (1 more row)

    Args:
        head: the columns' names.
        rows: the cells of each row, as text.
        max_rows: rows that are shown; None for all.
        numbers: positions of columns that stand to the right.
    """
    shown = rows[:max_rows]
    cells = [[cut(visible(cell), LONGEST) for cell in row] for row in (head, *shown)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    fitting = _fitting(widths)
    cells.insert(1, ["-" * width for width in widths])
    lines = [GAP.join(_padded(row[at], widths[at], at in numbers) for at in range(fitting)).rstrip() for row in cells]
    if not rows:
        lines.append("(no rows)")
    if left_out(rows, max_rows):
        lines.append(left_out(rows, max_rows))
    if head[fitting:]:
        lines.append(f"({counted(len(head) - fitting, 'more column')}: {', '.join(map(visible, head[fitting:]))})")
    return "\n".join(lines)


def left_out(rows: Sized, max_rows: int | None) -> str:
    """Say how many rows are not shown; empty if all are."""
    left = 0 if max_rows is None else len(rows) - max_rows
    return f"({counted(left, 'more row')})" if left > 0 else ""


def _fitting(widths: Sequence[int]) -> int:
    """Count the columns that fit into a line; the first always does."""
    used = -len(GAP)
    for at, width in enumerate(widths):
        used += len(GAP) + width
        if used > WIDTH and at:
            return at
    return len(widths)


def _padded(cell: str, width: int, right: bool) -> str:  # noqa: FBT001  a plain helper
    return cell.rjust(width) if right else cell.ljust(width)

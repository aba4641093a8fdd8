"""A frame as people read it: a plain HTML table for notebooks, Markdown for tickets, text for terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipaas_discovery.renderings.in_words import in_words
from ipaas_discovery.renderings.text_tables import left_out, text_table
from ipaas_discovery.renderings.texts import LONGEST_CELL, breakable, counted, cut_value, markdown_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

__all__ = ["FOLDED", "MAX_ROWS", "cell_text", "html_table", "markdown_table", "plain_table"]

MAX_ROWS, FOLDED = 60, 540
"""Rows a table shows in a notebook, and rows folded below them; of any more it gives only the number."""


INK = "#1b1f24"
"""Colour of text on a tinted row, in a light page as in a dark one."""


def html_table(
    frame: pd.DataFrame, *, max_rows: int | None = MAX_ROWS, folded: int = 0, tints: Sequence[str] = ()
) -> str:
    """Render `frame` as a plain escaped HTML table, text left and numbers right, with a note on what is left out.

    Each cell has its own alignment, since hosts such as GitHub drop style sheets.

    Args:
        frame: the rows.
        max_rows: rows that are shown; None for all.
        folded: rows after these that go into a part to be unfolded.
        tints: a background colour for each row, empty for none.
    """
    first = len(frame) if max_rows is None else max_rows
    further, hidden = frame.iloc[first : first + folded], len(frame) - first - folded
    parts = [_rows_html(frame.iloc[:first], tints[:first])]
    if len(further):
        rows = _rows_html(further, tints[first : first + folded])
        parts.append(f"<details><summary>{counted(len(further), 'more row')}</summary>\n{rows}\n</details>")
    if hidden > 0:
        parts.append(f"<p>({hidden} more rows not shown)</p>")
    return "\n".join(parts if len(frame) else [*parts, "<p>(no rows)</p>"])


def markdown_table(frame: pd.DataFrame, *, max_rows: int | None = None) -> str:
    r"""Render `frame` as a GitHub-flavoured Markdown table, cells escaped; below it how many rows it leaves out.

    >>> import pandas as pd
    >>> print(markdown_table(pd.DataFrame({"field": ["a|b"], "n": [1]})))
    | field | n |
    |---|---|
    | a\|b | 1 |

    Args:
        frame: the rows.
        max_rows: rows that are shown; None for all.
    """
    head = [_cell(name) for name in frame.columns]
    body = [[_cell(value) for value in row] for row in frame.iloc[:max_rows].itertuples(index=False)]
    table = "\n".join([_line(head), "|" + "---|" * len(head), *map(_line, body)])
    hidden = left_out(frame, max_rows)
    return f"{table}\n\n{hidden}" if hidden else table


def plain_table(frame: pd.DataFrame, *, max_rows: int | None = None) -> str:
    """Render `frame` as a table of plain text, numbers to the right."""
    rows = [[cell_text(value) for value in row] for row in frame.itertuples(index=False)]
    numbers = {at for at, right in enumerate(_numeric(frame)) if right}
    return text_table(list(map(str, frame.columns)), rows, max_rows=max_rows, numbers=numbers)


def cell_text(value: object) -> str:
    """Return a cell as people read it: nothing for a missing one, four digits for a number, lists and counts in words.

    >>> [cell_text(cell) for cell in (None, 0.123456, ["a", 1], {"date": 3, "uuid": 1})]
    ['', '0.1235', 'a, 1', 'date 3, uuid 1']
    """
    import pandas as pd  # noqa: PLC0415  importing pandas is most of our start-up

    if isinstance(value, list | tuple):
        parts = (in_words(part) if isinstance(part, bool | list | tuple | dict) else str(part) for part in value)
        return cut_value(", ".join(cut_value(part, LONGEST_CELL) for part in parts), LONGEST_CELL)
    if isinstance(value, dict):
        return ", ".join(f"{name} {in_words(part)}" for name, part in value.items())
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    return _number(value) if isinstance(value, float) else cut_value(str(value), LONGEST_CELL)


def _rows_html(frame: pd.DataFrame, tints: Sequence[str] = ()) -> str:
    sides = ["right" if right else "left" for right in _numeric(frame)]
    looks = [f'style="text-align:{side}"' for side in sides]
    head = [_html("th", str(name), f'scope="col" {look}') for name, look in zip(frame.columns, looks, strict=True)]
    body = []
    for row, tint in zip(frame.itertuples(index=False), [*tints, *[""] * (len(frame) - len(tints))], strict=True):
        tinted = [f'style="text-align:{side};background-color:{tint};color:{INK}"' for side in sides] if tint else looks
        body.append([_html("td", cell_text(value), look) for value, look in zip(row, tinted, strict=True)])
    rows = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in (head, *body))
    return f"<table>\n{rows}\n</table>"


def _numeric(frame: pd.DataFrame) -> list[bool]:
    """Tell for each column whether it holds numbers."""
    import pandas as pd  # noqa: PLC0415  see cell_text

    return [bool(pd.api.types.is_numeric_dtype(kind)) and kind != "boolean" for kind in frame.dtypes]


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    """Render a cell of a Markdown table."""
    return markdown_text(cell_text(value))


def _html(tag: str, text: str, look: str) -> str:
    """Render an HTML cell with its text escaped and its line breaks kept; an empty cell gets no style."""
    return (
        f"<{tag}></{tag}>" if not text else f"<{tag} {look}>{'<br>'.join(map(breakable, text.split(chr(10))))}</{tag}>"
    )


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"  # noqa: PLR2004  where four digits would round

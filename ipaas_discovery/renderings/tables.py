"""Values shown as a table: a frame for people, plain HTML for notebooks, Markdown for tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.texts import breakable, counted, markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

__all__ = ["FOLDED", "Table", "Tabular", "frame_of", "html_table", "markdown_table"]

MAX_ROWS, FOLDED = 60, 540
"""Rows a table shows in a notebook, and rows folded below them; of any more it gives only the number."""


class Tabular:
    """Mixin of a value that has a `frame()`: Jupyter shows it as a plain table that needs no kernel."""

    def frame(self) -> pd.DataFrame:
        """Return one row per part of this value, with fixed columns."""
        raise NotImplementedError

    def where(self, **wanted: object) -> Table:
        """Return the rows in which every named column holds the value, or one of several in a set."""
        frame = self.frame()
        for name, value in wanted.items():
            frame = frame[frame[name].isin(value if isinstance(value, set) else [value])]
        return Table(frame)

    def to_markdown(self) -> str:
        """Render the same table as GitHub-flavoured Markdown."""
        return markdown_table(self.frame())

    def _repr_html_(self) -> str:
        return html_table(self.frame(), folded=FOLDED)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the table for Jupyter to show and store, and one line for hosts that show only text."""
        frame = self.frame()
        return {"text/html": self._repr_html_(), "text/plain": f"{type(self).__name__}: {counted(len(frame), 'row')}"}


class Table(Tabular):
    """A frame shown as one of the kit's tables.

    >>> import pandas as pd
    >>> Table(pd.DataFrame({"field": ["sku", "qty"], "kind": ["same", "other type"]})).where(kind="same").frame().shape
    (1, 2)
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def frame(self) -> pd.DataFrame:
        """Return the frame itself."""
        return self._frame


def frame_of(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a frame of `rows` with exactly `columns` (name → pandas dtype), in that order, also when empty.

    >>> frame_of([{"b": 1, "a": "x"}], {"a": "str", "b": "Int64"}).dtypes.astype(str).to_dict()
    {'a': 'str', 'b': 'Int64'}
    """
    import pandas as pd  # noqa: PLC0415  frames are made at the edge; importing pandas is most of our start-up

    rows = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in columns.items()}
    )


def html_table(frame: pd.DataFrame, *, max_rows: int | None = MAX_ROWS, folded: int = 0) -> str:
    """Render `frame` as a plain escaped HTML table, text left and numbers right, with a note on what is left out.

    Each cell has its own alignment, since hosts such as GitHub drop style sheets.

    Args:
        frame: the rows.
        max_rows: rows that are shown; None for all.
        folded: rows after these that go into a part to be unfolded.
    """
    first = len(frame) if max_rows is None else max_rows
    further, left_out = frame.iloc[first : first + folded], len(frame) - first - folded
    parts = [_rows_html(frame.iloc[:first])]
    if len(further):
        parts.append(
            f"<details><summary>{counted(len(further), 'more row')}</summary>\n{_rows_html(further)}\n</details>"
        )
    if left_out > 0:
        parts.append(f"<p>({left_out} more rows not shown)</p>")
    return "\n".join(parts if len(frame) else [*parts, "<p>(no rows)</p>"])


def _rows_html(frame: pd.DataFrame) -> str:
    import pandas as pd  # noqa: PLC0415  see frame_of

    sides = ["right" if pd.api.types.is_numeric_dtype(kind) and kind != "boolean" else "left" for kind in frame.dtypes]
    looks = [f'style="text-align:{side}"' for side in sides]
    head = [_html("th", str(name), f'scope="col" {look}') for name, look in zip(frame.columns, looks, strict=True)]
    body = [
        [_html("td", _plain(value), look) for value, look in zip(row, looks, strict=True)]
        for row in frame.itertuples(index=False)
    ]
    rows = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in (head, *body))
    return f"<table>\n{rows}\n</table>"


def markdown_table(frame: pd.DataFrame) -> str:
    r"""Render `frame` as a GitHub-flavoured Markdown table, with its cells escaped.

    >>> import pandas as pd
    >>> print(markdown_table(pd.DataFrame({"field": ["a|b"], "n": [1]})))
    | field | n |
    |---|---|
    | a\|b | 1 |
    """
    head = [_cell(name) for name in frame.columns]
    body = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    return "\n".join([_line(head), "|" + "---|" * len(head), *map(_line, body)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    """Render a cell of a Markdown table."""
    return markdown_text(_plain(value))


def _html(tag: str, text: str, look: str) -> str:
    """Render an HTML cell with its text escaped and its line breaks kept; an empty cell gets no style."""
    return (
        f"<{tag}></{tag}>" if not text else f"<{tag} {look}>{'<br>'.join(map(breakable, text.split(chr(10))))}</{tag}>"
    )


def _plain(value: object) -> str:
    """Return a value as text: nothing for a missing value, four digits for a float."""
    import pandas as pd  # noqa: PLC0415  see frame_of

    if not isinstance(value, list | tuple | dict) and pd.isna(value):  # type: ignore[call-overload]
        return ""
    return _number(value) if isinstance(value, float) else str(value)


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"  # noqa: PLR2004  where four digits would round

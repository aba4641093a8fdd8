"""Values that show themselves as a table: a frame for people, plain HTML for notebooks, Markdown for tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

__all__ = ["Tabular", "frame_of", "html_table", "markdown_table"]

MAX_ROWS = 60
"""Rows a table shows in a notebook before it says how many it leaves out."""


class Tabular:
    """Mixin of a value that has a `frame()`: Jupyter shows it as a plain table that needs no kernel."""

    def frame(self) -> pd.DataFrame:
        """One row a part of this value, with fixed columns."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        return html_table(self.frame())

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What Jupyter shows and stores: the table, and one line where only text is shown."""
        frame = self.frame()
        rows = f"{len(frame)} row{'s'[: len(frame) != 1]}"
        return {"text/html": self._repr_html_(), "text/plain": f"{type(self).__name__}: {rows}"}

    def to_markdown(self) -> str:
        """The same table as GitHub-flavoured Markdown."""
        return markdown_table(self.frame())


def frame_of(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """A frame of `rows` with exactly `columns` (name → pandas dtype), in that order, also when empty.

    >>> frame_of([{"b": 1, "a": "x"}], {"a": "str", "b": "Int64"}).dtypes.astype(str).to_dict()
    {'a': 'str', 'b': 'Int64'}
    """
    import pandas as pd  # noqa: PLC0415  frames are made at the edge; importing pandas is most of our start-up

    rows = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in columns.items()}
    )


def html_table(frame: pd.DataFrame, *, max_rows: int | None = MAX_ROWS) -> str:
    """A plain escaped HTML table of `frame` that hosts without styles show as well; says what it leaves out."""
    shown = frame if max_rows is None else frame.head(max_rows)
    table = str(shown.to_html(index=False, escape=True, border=0, na_rep="", float_format=_number, justify="left"))
    left_out = len(frame) - len(shown)
    return table + (f"\n<p>({left_out} more rows not shown)</p>" if left_out else "")


def markdown_table(frame: pd.DataFrame) -> str:
    r"""`frame` as a GitHub-flavoured Markdown table, cells escaped.

    >>> import pandas as pd
    >>> print(markdown_table(pd.DataFrame({"field": ["a|b"], "n": [1]})))
    | field | n |
    |---|---|
    | a\\|b | 1 |
    """
    head = [_cell(name) for name in frame.columns]
    body = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    return "\n".join([_line(head), "|" + "---|" * len(head), *map(_line, body)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(value: object) -> str:
    import pandas as pd  # noqa: PLC0415  see frame_of

    if not isinstance(value, list | tuple | dict) and pd.isna(value):  # type: ignore[call-overload]
        return ""
    text = _number(value) if isinstance(value, float) else str(value)
    return (
        text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("\n", "<br>")
        .replace("<", "&lt;")
        .replace("&lt;br>", "<br>")
    )


def _number(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1e4 else f"{value:.0f}"  # noqa: PLR2004  where four digits would round

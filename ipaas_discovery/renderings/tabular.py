"""The family of every value that is a table: a frame, a dict, Markdown, HTML, text, and what Jupyter shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.renderings.plain import plain_rows
from ipaas_discovery.renderings.tables import FOLDED, MAX_ROWS, html_table, markdown_table, plain_table
from ipaas_discovery.renderings.texts import counted, percent

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Table", "Tabular", "Wording", "share_text"]

Wording = Mapping[str, Callable[[Any], str]]


def share_text(share: Any) -> str:  # noqa: ANN401  a cell of a frame: a number, or what pandas has for none
    """Word a share of 0 to 1 in percent, and nothing where there is none.

    >>> share_text(0.2434), share_text(None)
    ('24 %', '')
    """
    import pandas as pd  # noqa: PLC0415  importing pandas is most of our start-up

    return "" if pd.isna(share) else percent(share)


class Tabular:
    """Mixin of a value that has a `frame()`: Jupyter shows it as a plain table that needs no kernel."""

    headings: ClassVar[Mapping[str, str]] = {}
    """The words above a column, if they are not the column's name."""
    wording: ClassVar[Wording] = {}
    """The words for a list in a column, if they are not its parts with commas."""

    def frame(self) -> pd.DataFrame:
        """Return one row per part of this value, with fixed columns in snake_case."""
        raise NotImplementedError

    def filter(self, **wanted: object) -> Table:
        """Return the rows in which every named column holds the value, or one of several in a set.

        A column of lists holds what one of its parts is; None finds what is missing. Names that are Python's own
        words may end with an underscore: `filter(from_="ok")`.

        Raises:
            UnknownNameError: if there is no such column, with the nearest.
        """
        frame = self.frame()
        known = list(map(str, frame.columns))
        for given, value in wanted.items():
            name = given if given in known else given.removesuffix("_")
            if name not in known:
                raise UnknownNameError("column", given, known, where=f"{type(self).__name__}.filter")
            options = value if isinstance(value, set | frozenset) else [value]
            frame = frame[[_holds(cell, options) for cell in frame[name]]]
        return Table(frame, headings=self._headings(), wording=self._wording())

    def to_dict(self) -> dict[str, Any]:
        """Return this value as plain data, ready for `json.dumps`: what it is about, and `rows`, one dict for each."""
        return {**self._facts(), "rows": plain_rows(self.frame())}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the table as GitHub-flavoured Markdown; beyond `max_rows` it says how many more there are."""
        return "\n\n".join([markdown_table(self._shown(), max_rows=max_rows), *self._noted()])

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the table as plain HTML, the rows after the first 60 folded; says how many are beyond `max_rows`."""
        frame = self._shown()
        most = len(frame) if max_rows is None else max_rows
        table = html_table(frame, max_rows=min(MAX_ROWS, most), folded=max(0, most - MAX_ROWS))
        return table + "".join(f"<p>{escape(note)}</p>\n" for note in self._noted())

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render the table as plain text for a terminal, as many columns as fit."""
        return "\n".join([self._title(), plain_table(self._shown(), max_rows=max_rows), *self._noted()])

    def _facts(self) -> dict[str, Any]:
        """Give the facts that a dict of this value holds beside its rows."""
        return {}

    def _title(self) -> str:
        """Name this value in one line, which stands above its text."""
        return f"{type(self).__name__}: {counted(len(self.frame()), 'row')}"

    def _noted(self) -> Iterable[str]:
        """Give what is to be said below the table, a sentence each."""
        return ()

    def _headings(self) -> Mapping[str, str]:
        return self.headings

    def _wording(self) -> Wording:
        return self.wording

    def _shown(self) -> pd.DataFrame:
        """Return the frame as people read it: headings above its columns, words in place of lists."""
        shown, wording = self.frame().copy(deep=False), self._wording()
        for name in wording.keys() & set(shown.columns):
            shown[name] = [wording[name](cell) for cell in shown[name]]
        return shown.rename(columns=dict(self._headings()))

    def _repr_html_(self) -> str:
        return self.to_html(max_rows=MAX_ROWS + FOLDED)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the table for Jupyter to show and store, as HTML, Markdown and text."""
        return {
            "text/html": self._repr_html_(),
            "text/markdown": self.to_markdown(max_rows=MAX_ROWS),
            "text/plain": self.to_text(max_rows=MAX_ROWS),
        }


class Table(Tabular):
    """A frame shown as one of the kit's tables.

    >>> import pandas as pd
    >>> table = Table(pd.DataFrame({"field": ["sku", "qty"], "kind": ["same", "other type"]}))
    >>> table.filter(kind="same").frame().shape
    (1, 2)

    Args:
        frame: the rows.
        headings: what people read above a column, where that is not its name.
        wording: how people read the lists of a column.
    """

    def __init__(
        self, frame: pd.DataFrame, *, headings: Mapping[str, str] | None = None, wording: Wording | None = None
    ) -> None:
        self._frame, self._heads, self._words = frame, headings or {}, wording or {}

    def frame(self) -> pd.DataFrame:
        """Return the frame itself."""
        return self._frame

    def _headings(self) -> Mapping[str, str]:
        return self._heads

    def _wording(self) -> Wording:
        return self._words


def _holds(cell: object, options: Iterable[object]) -> bool:
    """Tell whether a cell, or a part of a list, is one of `options`."""
    import pandas as pd  # noqa: PLC0415  importing pandas is most of our start-up

    if isinstance(cell, list | tuple):
        return any(cell == option or option in cell for option in options)
    if isinstance(cell, dict):
        return any(cell == option for option in options)
    if pd.isna(cell):  # type: ignore[call-overload]
        return any(option is None for option in options)
    return any(bool(cell == option) for option in options)

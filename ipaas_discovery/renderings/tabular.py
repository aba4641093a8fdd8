"""The family of every value that is a table: a frame, a dict, Markdown, HTML, text, and what Jupyter shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache, partial, wraps
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, Protocol, Self, SupportsIndex, TypeVar, cast, overload

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.renderings.frames import typed_column, varied_first
from ipaas_discovery.renderings.in_words import in_words, is_share, kind_words, parts_of
from ipaas_discovery.renderings.plain import plain_rows
from ipaas_discovery.renderings.tables import FOLDED, MAX_ROWS, cell_text, html_table, markdown_table, plain_table
from ipaas_discovery.renderings.texts import counted, html_text, markdown_text, percent, visible

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ByName", "ListedSet", "Listing", "Table", "Tabular", "Wording", "share_text", "show_parts", "shows"]

T = TypeVar("T")
P = ParamSpec("P")
Wording = Mapping[str, Callable[[Any], str]]
WIDEST = 12
"""Columns of a listing that are shown at most."""


def share_text(share: Any) -> str:  # noqa: ANN401  a cell of a frame: a number, or what pandas has for none
    """Word a share of 0 to 1 in percent, and nothing where there is none.

    >>> share_text(0.2434), share_text(None)
    ('24 %', '')
    """
    import pandas as pd  # noqa: PLC0415  importing pandas is most of our start-up

    return "" if pd.isna(share) else percent(share)


class Tabular:
    """Mixin of a value that has a `frame()`: Jupyter shows it as a plain table that needs no kernel.

    The tuples and dicts among the fields of such a dataclass show themselves as tables, too.
    """

    headings: ClassVar[Mapping[str, str]] = {}
    """The words above a column, if they are not the column's name."""
    wording: ClassVar[Wording] = {}
    """The words for a list in a column, if they are not its parts with commas."""
    provenance: ClassVar[tuple[str, ...]] = ()
    """The columns whose text, where rows share it, stands once below the table: where a fact comes from."""
    section: ClassVar[str] = ""
    """The column by whose values a long table is folded; a name of `frame()`."""

    def __post_init__(self) -> None:
        show_parts(self)

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
        chosen = ", ".join(f"{name.removesuffix('_')} is {_wanted(value)}" for name, value in wanted.items())
        title = f"{self._subject()} where {chosen}" if chosen else self._subject()
        return Table(
            frame, headings=self._headings(), wording=self._wording(), title=title, provenance=self._provenance(),
            section=self._section(),
        )  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Return this value as plain data, ready for `json.dumps`: what it is about, and `rows`, one dict for each."""
        return {**self._facts(), "rows": plain_rows(self.frame())}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the table as GitHub-flavoured Markdown; beyond `max_rows` it says how many more there are."""
        notes = [*self._noted(), *map(markdown_text, self._footnotes())]
        return "\n\n".join([markdown_table(self._shown(), max_rows=max_rows), *notes])

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the table as plain HTML, the rows after the first 60 folded; says how many are beyond `max_rows`."""
        table = self._folded(self._shown(), max_rows)
        return table + "".join(f"<p>{html_text(note)}</p>\n" for note in (*self._noted(), *self._footnotes()))

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render the table as plain text for a terminal, as many columns as fit."""
        notes = (*self._noted(), *self._footnotes())
        table = plain_table(self._shown(), max_rows=max_rows)
        return "\n".join([visible(self._title()), table, *map(visible, notes)])

    def _facts(self) -> dict[str, Any]:
        """Give the facts that a dict of this value holds beside its rows."""
        return {}

    def _title(self) -> str:
        """Name this value in one line, which stands above it wherever it is shown."""
        return f"{self._subject()}: {counted(len(self.frame()), 'row')}"

    def _subject(self) -> str:
        """Name what the rows are, in a few words."""
        return kind_words(type(self))

    def _noted(self) -> Iterable[str]:
        """Give what is to be said below the table, a sentence each."""
        return ()

    def _provenance(self) -> tuple[str, ...]:
        return self.provenance

    def _section(self) -> str:
        return self.section

    def _marks(self) -> dict[str, str]:
        """Give each text that several rows share a mark; where all rows do, it needs none."""
        frame = self.frame()
        counts = Counter(text for name in self._provenance() for text in frame[name].dropna() if text)
        shared = [text for text, times in counts.items() if times > 1]
        return {text: f"{at})" * (counts[text] < len(frame)) for at, text in enumerate(shared, 1)}

    def _footnotes(self) -> Iterator[str]:
        """Yield the texts that rows share, each once."""
        names = " and ".join(self._headings().get(name, name).replace("_", " ") for name in self._provenance())
        for text, mark in self._marks().items():
            yield f"{mark} {text}" if mark else f"{names.capitalize()} of every row: {text}"

    def _headings(self) -> Mapping[str, str]:
        return self.headings

    def _wording(self) -> Wording:
        return self.wording

    def _shown(self) -> pd.DataFrame:
        """Return the frame as people read it: headings above its columns, words in place of lists."""
        shown, marks = self.frame().copy(deep=False), self._marks()
        for name in self._provenance() if marks else ():
            shown[name] = [marks.get(text, text) for text in shown[name]]
            shown = shown if any(shown[name]) else shown.drop(columns=name)
        wording = {**dict.fromkeys(filter(partial(_holds_shares, shown), shown.columns), share_text), **self._wording()}
        for name in wording.keys() & set(shown.columns):
            shown[name] = [wording[name](cell) for cell in shown[name]]
        return shown.rename(columns=dict(self._headings()))

    def _folded(self, shown: pd.DataFrame, max_rows: int | None) -> str:
        """Render the shown rows as HTML: a long table by its sections, the first one open; any other by its length."""
        most = len(shown) if max_rows is None else max_rows
        places: dict[str, list[int]] = {}
        for at, name in enumerate(self._sections()[:most] if len(shown) > MAX_ROWS else ()):
            places.setdefault(name, []).append(at)
        if len(places) <= 1:
            return html_table(shown, max_rows=min(MAX_ROWS, most), folded=max(0, most - MAX_ROWS))
        parts = [
            f"<details{' open' * (not number)}><summary>{html_text(name)}: {counted(len(rows), 'row')}</summary>\n"
            f"{html_table(shown.iloc[rows], folded=len(rows))}\n</details>"
            for number, (name, rows) in enumerate(places.items())
        ]
        hidden = [f"<p>({counted(len(shown) - most, 'more row')} not shown)</p>"] * (len(shown) > most)
        return "\n".join([*parts, *hidden])

    def _sections(self) -> Sequence[str]:
        """Name the section of each row; nothing where the rows have none."""
        name = self._section()
        return [cell_text(cell) or "others" for cell in self.frame()[name]] if name else ()

    def _repr_html_(self) -> str:
        html = self.to_html(max_rows=MAX_ROWS + FOLDED)
        return html if html.startswith("<p><b>") else f"<p><b>{html_text(self._title())}</b></p>\n{html}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the table for Jupyter to show and store, as HTML, Markdown and text, each below a caption."""
        markdown = self.to_markdown(max_rows=MAX_ROWS)
        if not markdown.startswith("**"):
            markdown = f"**{markdown_text(self._title())}**\n\n{markdown}"
        return {
            "text/html": self._repr_html_(),
            "text/markdown": markdown,
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
        title: what the rows are, in a few words.
        provenance: columns whose text stands once below the table where rows share it.
        section: the column by whose values a long table is folded.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        *,
        headings: Mapping[str, str] | None = None,
        wording: Wording | None = None,
        title: str = "",
        provenance: tuple[str, ...] = (),
        section: str = "",
    ) -> None:
        self._frame, self._heads, self._words = frame, headings or {}, wording or {}
        self._name, self._shared, self._folds = title, provenance, section

    def frame(self) -> pd.DataFrame:
        """Return the frame itself."""
        return self._frame

    def _headings(self) -> Mapping[str, str]:
        return self._heads

    def _section(self) -> str:
        return self._folds or self.section

    def _wording(self) -> Wording:
        return self._words

    def _provenance(self) -> tuple[str, ...]:
        return self._shared

    def _subject(self) -> str:
        return self._name or super()._subject()


def show_parts(value: object) -> None:
    """Make the tuples, dicts and sets among the fields of a new dataclass show themselves as tables."""
    kind: Any = type(value)
    for name, title in _titled(kind):
        held = getattr(value, name, None)  # a part that is set later is none yet
        if type(held) is tuple:
            object.__setattr__(value, name, Listing(held, title))
        elif type(held) is dict:
            object.__setattr__(value, name, ByName(held, title))
        elif type(held) is frozenset:
            object.__setattr__(value, name, ListedSet(held, title))


@cache
def _titled(kind: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401  a dataclass
    """Give the fields of a dataclass with the title of each: thousands of some are made."""
    return tuple((part.name, part.name.strip("_").replace("_", " ").capitalize()) for part in fields(kind))


class Printer(Protocol):
    """A printer of IPython's, as far as it is needed here."""

    def text(self, text: str) -> None:
        """Print a text as it is."""


def _printed(self: Tabular, printer: Printer, cycle: bool) -> None:  # noqa: ARG001, FBT001  IPython calls it so
    """Print the table, where IPython would print a tuple or a dict with all that is in it."""
    printer.text(self.to_text(max_rows=MAX_ROWS))


class Listing(tuple[T, ...], Tabular):  # noqa: SLOT001  its title stands beside its parts
    """A tuple that shows itself as a table, a row for each of its parts.

    >>> days = Listing(("2026-10-26", "2026-11-02"), "Days of the pulls")
    >>> days == ("2026-10-26", "2026-11-02"), days[-1], days[:1]._title()
    (True, '2026-11-02', 'Days of the pulls: 1 row')

    Args:
        parts: the parts.
        title: what they are, in a few words.
        columns: names for what stands in each part, where these are tuples.
        words: how the values of a column are told to people, such as a record by its id.
    """

    title: str
    columns: tuple[str, ...]
    words: Wording
    _repr_pretty_ = _printed

    def __new__(  # noqa: D102  see the class
        cls, parts: Iterable[T] = (), title: str = "", columns: tuple[str, ...] = (), words: Wording | None = None
    ) -> Self:
        listing = super().__new__(cls, parts)
        listing.title, listing.columns, listing.words = title, columns, words or {}
        return listing

    @overload
    def __getitem__(self, at: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, at: slice, /) -> Listing[T]: ...
    def __getitem__(self, at: SupportsIndex | slice, /) -> T | Listing[T]:
        chosen: Any = tuple.__getitem__(self, at)  # asked for very often
        return Listing(chosen, self.title, self.columns, self.words) if isinstance(at, slice) else chosen

    def _wording(self) -> Wording:
        return self.words

    def frame(self) -> pd.DataFrame:
        """Return one row per part, a column for each of its parts; what is no plain value there is put in words.

        Dtypes: what holds all values of a column: Int64, Float64, boolean, text.
        """
        return _frame_of_parts([self._row(part) for part in self])

    def _row(self, part: object) -> Mapping[str, Any]:
        if isinstance(part, Mapping):
            return part
        if isinstance(part, tuple) and self.columns:
            return dict(zip(self.columns, part, strict=False))
        parts = {} if isinstance(part, Tabular) else parts_of(part)
        return parts or {(self.columns or ("value",))[0]: part}

    def _shown(self) -> pd.DataFrame:
        shown = super()._shown()
        return shown if len(shown.columns) <= WIDEST else varied_first(shown).iloc[:, :WIDEST]

    def _noted(self) -> Iterable[str]:
        more = len(self.frame().columns) - WIDEST
        return (f"({counted(more, 'more column')} not shown; `frame()` has all)",) if more > 0 else ()

    def _subject(self) -> str:
        return self.title or (kind_words(type(self[0])) if self else "Nothing")


class ListedSet(frozenset[T], Tabular):
    """A set that shows itself as a table, a row for each of its parts, in order.

    >>> left = ListedSet({"orders", "customers"}, "Collections left out")
    >>> left == {"customers", "orders"}, left.frame()["value"].tolist()
    (True, ['customers', 'orders'])

    Args:
        parts: the parts.
        title: what they are, in a few words.
    """

    title: str
    _repr_pretty_ = _printed

    def __new__(cls, parts: Iterable[T] = (), title: str = "") -> Self:  # noqa: D102  see the class
        members = super().__new__(cls, parts)
        members.title = title
        return members

    def frame(self) -> pd.DataFrame:
        """Return one row per part, in order.

        Dtypes: what holds all values of a column: Int64, Float64, boolean, text.
        """
        ordered: list[Any] = sorted(self, key=lambda part: (str(type(part)), part))
        return _frame_of_parts([{"value": part} for part in ordered])

    def _subject(self) -> str:
        return self.title or "Nothing"


class ByName(dict[str, T], Tabular):
    """A dict that shows itself as a table, a row for each name.

    >>> counts = ByName({"same": 62, "other type": 2}, "Paths of each kind", ("kind", "paths"))
    >>> counts["same"], counts.frame().columns.tolist()
    (62, ['kind', 'paths'])

    Args:
        parts: the values by name.
        title: what they are, in a few words.
        columns: what the name is, and what the value.
    """

    _repr_pretty_ = _printed

    def __init__(
        self, parts: Mapping[str, T] | None = None, title: str = "", columns: tuple[str, ...] = ("name", "value")
    ) -> None:
        super().__init__(parts or {})
        self.title, self.columns = title, columns

    def frame(self) -> pd.DataFrame:
        """Return one row per name, and its value; where that is a dict of counts, a column for each.

        Dtypes: what holds all values of a column: Int64, Float64, boolean, text.
        """
        name, what = (*self.columns, "value")[:2]
        rows = (
            {name: in_words(key), **(part if isinstance(part, Mapping) else {what: part})} for key, part in self.items()
        )
        return _frame_of_parts([*rows])

    def _subject(self) -> str:
        return self.title or "Values by name"


def shows(title: str, *columns: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function whose tuple or dict shows itself as a table.

    >>> shows("Paths of each kind", "kind", "paths")(lambda: {"same": 62})().frame().columns.tolist()
    ['kind', 'paths']

    Args:
        title: what it gives, in a few words.
        columns: the name of each column, where the parts have none.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def show(*args: P.args, **kwargs: P.kwargs) -> T:
            given: Any = function(*args, **kwargs)
            if isinstance(given, tuple):
                given = Listing(given, title, columns)
            elif isinstance(given, Mapping):
                given = ByName(given, title, *([columns] if columns else []))
            return cast("T", given)

        return show

    return decorate


def _frame_of_parts(rows: list[Mapping[str, Any]]) -> pd.DataFrame:
    """Build a frame of rows of any parts: plain ones as they are, others in words."""
    import pandas as pd  # noqa: PLC0415  importing pandas is most of our start-up

    names = dict.fromkeys(name for row in rows for name in row) or {"value": None}
    columns = {str(name): [_plain_part(row.get(name), str(name)) for row in rows] for name in names}
    return pd.DataFrame({name: _typed(values) for name, values in columns.items()})


def _plain_part(part: object, name: str) -> object:
    plain = part is None or (isinstance(part, str | int | float) and type(part).__module__ == "builtins")
    return in_words(part, name) if not plain or is_share(name, part) else part


def _typed(values: list[Any]) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415  see _frame_of_parts

    texts = all(value is None or isinstance(value, str) for value in values)
    return pd.Series(values, dtype="str") if texts else typed_column(values)


def _holds_shares(frame: pd.DataFrame, name: str) -> bool:
    """Tell whether a column holds shares of 0 to 1, and nothing else."""
    if frame[name].dtype != "Float64":
        return False
    return all(is_share(name, share) for share in frame[name].dropna().tolist())


def _wanted(value: object) -> str:
    """Write what a column was asked for."""
    if isinstance(value, set | frozenset):
        return " or ".join(sorted(map(_wanted, value)))
    return "empty" if value is None else in_words(value)


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

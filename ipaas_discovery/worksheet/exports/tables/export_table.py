"""A table of an exported worksheet: rows of one subject, and which of its columns people may fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.worksheet.decisions import HEADINGS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PAIR", "Cell", "ExportTable", "yes_no"]

Cell = str | int | float | None
PAIR = ("collection", "third party")
"""First columns of a table about pairs of collections."""
SECTIONS = ("collection", "status", "effect", "kind", "side")
"""Columns by whose values a long table is folded, the first of them that it has."""
NAMES = {heading: name for name, heading in HEADINGS.items()}


def yes_no(value: bool | None) -> str:  # noqa: FBT001  the value itself
    """Write a truth value for people; empty where nobody knows."""
    return "" if value is None else "yes" if value else "no"


def _snake_case(heading: str) -> str:
    return re.sub(r"\W+", "_", heading.lower()).strip("_")


@dataclass(frozen=True, slots=True)
class ExportTable(Tabular):
    """Rows of one subject.

    Attributes:
        name: the subject, which is the name of its sheet.
        columns: headings; those of a table about pairs begin with the pair.
        rows: a cell for each column.
        about: what the table is for, in a sentence.
        editable: columns that people may fill, and that are read back.
        once: columns whose value a sheet shows in the first of several rows that share it.
        empty: what stands in place of rows where there are none.
        keys: columns that tell a row from the others, for reading it back.
        aside: the last columns, which a sheet shows on one line each, and does not print.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""
    editable: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    empty: str = "Nothing yet."
    keys: tuple[str, ...] = PAIR
    aside: tuple[str, ...] = ()

    def _subject(self) -> str:
        return self.name

    def of(self, pair: tuple[str, str]) -> ExportTable:
        """Return the rows of one pair, without the columns that name it."""
        return ExportTable(self.name, self.columns[2:], tuple(row[2:] for row in self.rows if row[:2] == pair))

    def filled(self) -> ExportTable:
        """Return the rows without the columns that hold nothing in any of them.

        >>> ExportTable("Fields", ("field", "default", "score"), (("sku", "", 0), ("qty", None, 1))).filled().columns
        ('field', 'score')
        """
        kept = [at for at in range(len(self.columns)) if any(row[at] not in {None, ""} for row in self.rows)]
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return ExportTable(self.name, tuple(self.columns[at] for at in kept), rows)

    def upright(self, head: str = "") -> ExportTable:
        """Exchange rows and columns, without the properties nobody knows; `head` is the column that names the rows."""
        head_column = self.columns.index(head) if head else None
        titles = ["says"] if head_column is None else [str(row[head_column]) for row in self.rows]
        rows = (
            (name, *(str("" if row[column] is None else row[column]) for row in self.rows))
            for column, name in enumerate(self.columns)
            if column != head_column
        )
        return ExportTable(self.name, ("property", *titles), tuple(row for row in rows if any(row[1:])))

    def _section(self) -> str:
        return next((name for name in SECTIONS if name in self.columns), "")

    def frame(self) -> pd.DataFrame:
        """Return the rows as a frame, its columns the headings in snake_case: `third_party`, `to`, `api_endpoints`.

        Dtypes: Int64 for whole numbers, Float64 for others, text for the rest.
        """
        names = [NAMES.get(heading) or _snake_case(heading) for heading in self.columns]
        columns = {name: self._kind(at) for at, name in enumerate(names)}
        return frame_of((dict(zip(names, row, strict=True)) for row in self.rows), columns)

    def _kind(self, column: int) -> str:
        kinds = {type(row[column]) for row in self.rows if row[column] is not None}
        if not kinds:
            return {"type id": "Int64", "score": "Float64"}.get(self.columns[column], "str")
        return {int: "Int64", float: "Float64"}.get(kinds.pop(), "str") if len(kinds) == 1 else "str"

    def _headings(self) -> Mapping[str, str]:
        return {NAMES.get(heading) or _snake_case(heading): heading for heading in self.columns}

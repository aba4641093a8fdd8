"""A file that people edited, compared with the worksheet: every change told, then taken on request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import DiscoveryError, UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.exports.content import ExportTable, content
from ipaas_discovery.worksheet.exports.workbook.cover import COVER, SIGNED_OFF
from ipaas_discovery.worksheet.reading_back.edit import VALUE_MAPS, CellEdit, Edit, edits_of, key_of
from ipaas_discovery.worksheet.reading_back.edited_sheet import EditedBook, EditedRow, EditedSheet, read_book, read_plan
from ipaas_discovery.worksheet.reading_back.taking import Word, words_of
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ReadBack", "read_back", "take_edits"]

COLUMNS = {
    "sheet": "str",
    "row": "Int64",
    "place": "str",
    "column": "str",
    "was": "str",
    "becomes": "str",
    "now": "str",
}
PLAN_SUFFIX, BOOK_SUFFIX = ".csv", ".xlsx"
DIRECTION = "direction"
WAYS = {"Fields To": Direction.TO.value, "Fields From": Direction.FROM.value}
"""Tables of mappings, each with its direction."""
OF_MAP = {"type", "source", "default", "condition"}
"""Columns of a field that belong to its value map as well."""
LONGEST_FAULT = 240
"""Characters of a fault that are told."""


@dataclass(frozen=True, slots=True)
class ReadBack(Tabular):
    """Changes that a file holds, none of them taken yet.

    Attributes:
        file: the file's name.
        rows: the rows that people changed and that can be taken.
        problems: a sentence for each thing that cannot be read or taken; nothing of it is lost, the file still has it.
        notes: a sentence for each thing that is left as it is.
    """

    file: str
    rows: tuple[Edit, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    section: ClassVar[str] = "sheet"
    headings: ClassVar[Mapping[str, str]] = {"now": "the worksheet meanwhile says"}

    @property
    @shows("Edits")
    def edits(self) -> tuple[Edit, ...]:
        """The rows that nobody else has changed meanwhile."""
        return tuple(row for row in self.rows if not row.conflict)

    @property
    @shows("Conflicts")
    def conflicts(self) -> tuple[Edit, ...]:
        """The rows that somebody changed in the worksheet meanwhile; they are taken only on request."""
        return tuple(row for row in self.rows if row.conflict)

    def without(self, refused: Iterable[tuple[Edit, str]]) -> ReadBack:
        """Return the same, with what cannot be taken among the problems."""
        refused = tuple(refused)
        kept = tuple(row for row in self.rows if all(row is not edit for edit, _ in refused))
        return replace(self, rows=kept, problems=(*self.problems, *(sentence for _, sentence in refused)))

    def frame(self) -> pd.DataFrame:
        """Return one row per changed cell: where, what it was, what it becomes, and what the worksheet says meanwhile.

        Dtypes: text, Int64 for row. `now` is empty where nobody changed it meanwhile.
        """
        return frame_of(self._cells(), COLUMNS)

    def _cells(self) -> Iterator[dict[str, Any]]:
        for edit in (*self.edits, *self.conflicts):
            for cell in edit.cells:
                yield {
                    "sheet": edit.sheet,
                    "row": edit.row,
                    "place": edit.place,
                    "column": cell.column,
                    "was": cell.before,
                    "becomes": cell.after,
                    "now": cell.now if cell.conflict else "",
                }

    def __str__(self) -> str:
        """Tell every change, conflict, problem and note, a line each."""
        lines = [f"{self.file}: {counted(len(self.edits), 'change')}, {counted(len(self.conflicts), 'conflict')}"]
        for title, rows in (("Change", self.edits), ("Conflict", self.conflicts)):
            lines += [f"{title}: {row}" for row in rows]
        lines += [f"Not read: {text}" for text in self.problems]
        return "\n".join([*lines, *(f"Note: {text}" for text in self.notes)])


def read_back(synopsis: Synopsis, path: str | Path) -> ReadBack:
    """Read a file that people edited; nothing is changed by it.

    Args:
        synopsis: the worksheet as it stands.
        path: the workbook, or a mapping plan as CSV with the columns collection, third party, direction, destination,
            and any of type, source, value, default, condition, status, why, comment.

    Raises:
        UnknownNameError: if its suffix is neither.
        WorksheetError: if it cannot be read.
    """
    path = Path(path)
    suffix, known = path.suffix.lower(), (PLAN_SUFFIX, BOOK_SUFFIX)
    if suffix not in known:
        raise UnknownNameError("form to read back", path.suffix or path.name, known, where=str(path))
    tables = content(synopsis).tables
    notes: tuple[str, ...] = ()
    if suffix == PLAN_SUFFIX:
        rows = [*_plan_edits(read_plan(path), tables)]
    else:
        keys = {table.name.lower(): tuple(map(str.lower, table.keys)) for table in tables if table.editable}
        book = read_book(path, keys)
        rows = [*_book_edits(book, tables), *_signatures(book, dict(synopsis.document.sign_off))]
        notes = tuple(_notes(book, tables))
    edits = tuple(_joined([row for row in rows if isinstance(row, Edit)]))
    problems = tuple(row for row in rows if isinstance(row, str))
    return ReadBack(path.name, edits, problems=problems, notes=notes)


def _joined(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Put a changed value map into the changed row of its field, as both are one statement."""
    maps = {(_field_of(edit)): edit for edit in edits if edit.sheet == VALUE_MAPS}
    fields = {
        _field_of(edit) for edit in edits if edit.sheet in WAYS and any(cell.column in OF_MAP for cell in edit.cells)
    }
    for edit in edits:
        place = _field_of(edit)
        if edit.sheet in WAYS and place in maps and place in fields:
            changed = maps[place]
            yield replace(edit, cells=(*edit.cells, *changed.cells), translation=changed.after)
        elif edit.sheet != VALUE_MAPS or place not in fields:
            yield edit


def _field_of(edit: Edit) -> tuple[str, ...]:
    """Name the field that a row of a value map, or of a direction, is about."""
    direction = edit.key.get(DIRECTION) or WAYS.get(edit.sheet, "")
    return (direction, *(edit.key.get(name, "") for name in ("collection", "third party", "destination", "flow")))


def take_edits(edits: Iterable[Edit], synopsis: Synopsis, say: Callable[[Word], None]) -> list[tuple[Edit, str]]:
    """Say edits one after the other, and list those that cannot be said, each with a sentence.

    Args:
        edits: what people changed.
        synopsis: the worksheet as it stands.
        say: says a word in a worksheet.
    """
    refused = []
    for edit in edits:
        try:
            for word in words_of(edit, synopsis):
                say(word)
        except DiscoveryError as error:
            refused.append((edit, _refusal(edit, error)))
    return refused


def _refusal(edit: Edit, fault: DiscoveryError) -> str:
    """Say why an edit cannot be taken, without a list of every name there is."""
    return f"{edit.sheet}, row {edit.row}, {edit.place}: {shorten(str(fault), LONGEST_FAULT, placeholder=' …')}"


def _book_edits(book: EditedBook, tables: Sequence[ExportTable]) -> list[Edit | str]:
    rows: list[Edit | str] = []
    for table in tables:
        sheet = book.sheets.get(table.name.lower())
        if not table.editable or sheet is None:
            continue
        rows += sheet.problems
        if not sheet.headings:
            gone = ", ".join(name for name in table.keys if name.lower() in sheet.lacking)
            rows += [f"{sheet.name}: without the heading {gone} none of its rows can be told apart"]
            continue
        sent = None if book.sent is None else book.sent.get(table.name, {})
        rows += edits_of(table, sheet, sent)
    return rows


def _notes(book: EditedBook, tables: Sequence[ExportTable]) -> Iterator[str]:
    """Yield what is missing in the file, and is left as it is in the worksheet."""
    if book.sent is None:
        yield "the file does not say what was sent, so it is compared with what the worksheet says now"
    names = {table.name.lower() for table in tables} | {COVER.lower()}
    others = [f"'{sheet.name}'" for name, sheet in book.sheets.items() if book.sent and name not in names]
    for table in tables:
        sheet = book.sheets.get(table.name.lower())
        if not table.editable:
            continue
        if sheet is None:
            renamed = f", unless {' or '.join(others)} is that sheet: give it its name back" if others else ""
            yield f"the sheet {table.name} is gone; what it held stays as it is{renamed}"
            continue
        lacking = [name for name in table.editable if sheet.headings and name.lower() not in sheet.headings]
        if lacking:
            yield f"{table.name} has no column {', '.join(lacking)} any more; what it held stays as it is"
        sent = (book.sent or {}).get(table.name, {})
        known = {key_of(row, table, sent) for row in sheet.rows}
        gone = sum(key not in known for key in sent) if sheet.headings else 0
        if gone:
            yield f"{counted(gone, 'row')} of {table.name} is not in the file; what stood there stays as it is"


def _plan_edits(sheet: EditedSheet, tables: Sequence[ExportTable]) -> Iterator[Edit | str]:
    """Yield what a mapping plan says of each direction."""
    needed = {"collection", DIRECTION, "destination"}
    lacking = sorted(needed - set(sheet.headings))
    if lacking:
        yield f"{sheet.name} has no column {', '.join(lacking)}; a mapping plan has one row for each field"
        return
    yield from sheet.problems
    by_name = {table.name: table for table in tables}
    ways: dict[str, list[EditedRow]] = {name: [] for name in WAYS}
    for row in sheet.rows:
        try:
            way = Direction.parse(row.cells.get(DIRECTION, ""))
        except UnknownNameError as error:
            yield f"{sheet.name}, row {row.number}: {error}"
            continue
        if way is Direction.BIDIRECTIONAL:
            yield f"{sheet.name}, row {row.number}: a field is filled in one direction; write To or From"
            continue
        name = "Fields To" if way is Direction.TO else "Fields From"
        ways[name].append(_completed(row, by_name[name]))
    for name, rows in ways.items():
        yield from edits_of(
            by_name[name], EditedSheet(name, (*sheet.headings, "third party", "flow"), tuple(rows)), None
        )


def _completed(row: EditedRow, table: ExportTable) -> EditedRow:
    """Write the collection's type for its plain name, and the third party's where the type stands in one pair alone."""
    name = collection_name(row.cells.get("collection", ""))
    partners = {str(cells[1]) for cells in table.rows if cells[0] == name}
    partner = row.cells.get("third party") or (partners.pop() if len(partners) == 1 else "")
    return EditedRow(row.number, {**row.cells, "collection": name, "third party": partner})


def _signatures(book: EditedBook, now: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the sign-off, which stands on the cover in cells of its own."""
    if book.signatures is None:
        return
    sent = (book.sent or {}).get(SIGNED_OFF, {}).get((), [])
    before = dict(sent[0]) if sent else now
    cells = tuple(
        CellEdit(step, before.get(step, ""), text, now.get(step, ""))
        for step, (_, text) in book.signatures.items()
        if text not in {before.get(step, ""), now.get(step, "")}
    )
    row = min((number for number, _ in book.signatures.values()), default=0)
    if cells:
        yield Edit(SIGNED_OFF, row, {}, cells, {}, before)

"""One edit: what a row of a sheet said when it was sent, what it says now, and what the worksheet says meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.worksheet.exports.content import ExportTable
from ipaas_discovery.worksheet.exports.workbook.sent import RowId, sent_rows
from ipaas_discovery.worksheet.reading_back.edited_sheet import EditedRow, EditedSheet

__all__ = ["VALUE_MAPS", "CellEdit", "Edit", "edits_of", "key_of"]

Cells = Mapping[str, str]
VALUE_MAPS = "Value maps"
"""The table whose rows belong together: a map is one statement."""
NAMED = range(5)
"""Columns without which a row of a map names no field: pair, direction, destination, source."""


@dataclass(frozen=True, slots=True)
class CellEdit(Card):
    """A cell: what it said when it was sent, what it says now, and what the worksheet says meanwhile."""

    column: str
    before: str
    after: str
    now: str

    @property
    def conflict(self) -> bool:
        """True if the worksheet has changed meanwhile, to something else."""
        return self.now not in {self.before, self.after}


@dataclass(frozen=True, slots=True)
class Edit(Card):
    """A row that people changed.

    Attributes:
        sheet: the sheet.
        row: its number in the file.
        key: the row's key, by heading.
        cells: the cells that changed.
        after: all cells of the row that people may fill, as they are now; of a value map its rows, each a value.
        before: the same as they were sent.
        translation: values and what they become, where the same field's value map has changed as well.
    """

    sheet: str
    row: int
    key: Cells
    cells: tuple[CellEdit, ...]
    after: Cells
    before: Cells
    translation: Cells = field(default_factory=dict)

    @property
    def conflict(self) -> bool:
        """True if somebody changed the same meanwhile."""
        return any(cell.conflict for cell in self.cells)

    @property
    def place(self) -> str:
        """The place in words."""
        return ", ".join(text for text in self.key.values() if text) or self.sheet

    def __str__(self) -> str:
        """Say the change in a sentence."""
        changes = (f"{cell.column} {_quoted(cell.before)} → {_quoted(cell.after)}" for cell in self.cells)
        meanwhile = [f"{cell.column} {_quoted(cell.now)}" for cell in self.cells if cell.conflict]
        now = f"; meanwhile the worksheet says {', '.join(meanwhile)}" if meanwhile else ""
        return f"{self.sheet}, row {self.row}, {self.place}: {'; '.join(changes)}{now}"


def _quoted(text: str) -> str:
    return f"'{text}'" if text else "nothing"


def edits_of(
    table: ExportTable, sheet: EditedSheet, sent: Mapping[RowId, Sequence[Cells]] | None
) -> Iterator[Edit | str]:
    """Yield the rows that differ from what was sent, and a sentence for each that cannot be placed.

    Args:
        table: the table as the worksheet would write it now.
        sheet: the sheet that people edited.
        sent: what was sent; None where the file does not say, then what the worksheet says now.
    """
    now = sent_rows(table)
    base = now if sent is None else sent
    if table.name == VALUE_MAPS:
        yield from _map_edits(table, sheet, base, now)
        return
    read = tuple(name for name in table.editable if name.lower() in sheet.headings)
    seen: dict[RowId, int] = {}
    rows_by_key = {**now, **base}
    for row in sheet.rows:
        key = key_of(row, table, rows_by_key)
        turn = seen[key] = seen.get(key, -1) + 1
        before, current = _at(base.get(key), turn), _at(now.get(key), turn)
        if not any(key):
            if any(row.cells.get(name.lower()) for name in read):
                yield f"{sheet.name}, row {row.number}: it does not say what it is about; fill {', '.join(table.keys)}"
            continue
        edit = _edit(table, (row, key), read, (before, current))
        if sent is not None and not edit.cells and key not in rows_by_key and key[0] != table.empty:
            yield f"{sheet.name}, row {row.number}: {edit.place} is new here, and none of {', '.join(read)} is filled"
        elif edit.cells and turn >= max(1, len(base.get(key, ()))):
            yield f"{sheet.name}, row {row.number}: {edit.place} stands here twice; the first row counts"
        elif edit.cells:
            yield edit


def _at(rows: Sequence[Cells] | None, turn: int) -> Cells:
    return rows[turn] if rows and turn < len(rows) else {}


def key_of(row: EditedRow, table: ExportTable, known: Collection[RowId]) -> RowId:
    """Tell which row it is; where none is called so, one that is in other letters, capital or small."""
    key = tuple(row.cells.get(name.lower(), "") for name in table.keys)
    if key in known or not any(key):
        return key
    small = [text.lower() for text in key]
    return next((other for other in known if [text.lower() for text in other] == small), key)


def _edit(table: ExportTable, keyed: tuple[EditedRow, RowId], read: Sequence[str], known: tuple[Cells, Cells]) -> Edit:
    (row, key), (before, now) = keyed, known
    after = {name: row.cells.get(name.lower(), before.get(name, "")) for name in table.editable}
    cells = tuple(
        CellEdit(name, before.get(name, ""), after[name], now.get(name, ""))
        for name in read
        if name.lower() in row.cells and after[name] not in {before.get(name, ""), now.get(name, "")}
    )
    named = dict(zip(table.keys, key, strict=True))
    full = {name: before.get(name, "") for name in table.editable}
    return Edit(table.name, row.number, named, cells, after, full)


def _map_edits(
    table: ExportTable,
    sheet: EditedSheet,
    base: Mapping[RowId, Sequence[Cells]],
    now: Mapping[RowId, Sequence[Cells]],
) -> Iterator[Edit | str]:
    """Yield the value maps of which a value, or what it becomes, has changed."""
    if not {"value", "becomes"} <= set(sheet.headings):
        return
    maps: dict[RowId, list[EditedRow]] = {}
    known_rows = {**now, **base}
    for row in sheet.rows:
        key = key_of(row, table, known_rows)
        if all(key[at] for at in NAMED):
            maps.setdefault(key, []).append(row)
        elif row.cells.get("value") or row.cells.get("becomes"):
            yield f"{sheet.name}, row {row.number}: it does not say which field's value it is; fill the columns before"
    for key, rows in maps.items():
        after = _pairs([row.cells for row in reversed(rows)])
        values = [row.cells.get("value", "") for row in rows]
        for at, (row, value) in enumerate(zip(rows, values, strict=True)):
            if value and value in values[:at]:
                yield f"{sheet.name}, row {row.number}: the value '{value}' stands there twice; the first row counts"
        before, current = (_pairs(known.get(key, ())) for known in (base, now))
        if after not in (before, current) and all(set(table.editable) <= set(row.cells) for row in rows):
            cell = CellEdit("values", _listed(before), _listed(after), _listed(current))
            named = dict(zip(table.keys, key, strict=True))
            yield Edit(table.name, rows[0].number, named, (cell,), after, before)


def _pairs(rows: Sequence[Cells]) -> dict[str, str]:
    """Give what each value becomes; a row without a value only says something of the map."""
    becomes = {row["value"]: row.get("becomes", "") for row in rows if row.get("value")}
    return dict(sorted(becomes.items()))


def _listed(pairs: Cells) -> str:
    return "; ".join(f"{value} → {becomes}" for value, becomes in pairs.items())

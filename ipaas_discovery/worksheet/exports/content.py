"""Content of an export, computed once: all tables, and the same rows pair by pair. Each form only renders it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.exports.tables.evidence_tables import (
    WHOLE,
    change_table,
    evidence_table,
    feature_table,
    gap_table,
    question_table,
    verdict_table,
)
from ipaas_discovery.worksheet.exports.tables.export_table import PAIR, Cell, ExportTable
from ipaas_discovery.worksheet.exports.tables.mapping_tables import (
    conflict_table,
    field_table,
    forecast_table,
    value_map_table,
)
from ipaas_discovery.worksheet.exports.tables.order_tables import (
    flow_table,
    order_table,
    plan_table,
    sample_table,
    scope_table,
)
from ipaas_discovery.worksheet.exports.tables.schema_tables import (
    capability_table,
    enum_table,
    schema_table,
    system_table,
)
from ipaas_discovery.worksheet.synopsis.documentation import documentation
from ipaas_discovery.worksheet.synopsis.synopsis import Synopsis

__all__ = ["ALONE", "Cell", "Content", "ExportTable", "content"]

OF_PAIR = (
    "Verdicts", "Flows", "Supported Features", "Schemas", "Fields To", "Fields From", "Value maps", "Gaps", "Conflicts",
    "Forecast", "Values", "Capabilities", "Samples", "Questions",
)  # fmt: skip
"""Tables that stand under the heading of a pair, in this order."""
ALONE = {name.lower() for name in OF_PAIR} - {"questions"}
"""Tables whose rows of a pair need no evidence of another one; questions are numbered through all pairs."""
AS_A_WHOLE = ("Plan", "Scope", "Systems", "Documentation", "Changes")
"""Tables that stand after all pairs."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an export shows: a title, what it is about, the tables, and the pairs in order."""

    title: str
    about: str
    as_of: str
    tables: tuple[ExportTable, ...]
    entries: tuple[Entry, ...]
    sign_off: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> ExportTable:
        """One row per pair."""
        return self.table("Order")

    def table(self, name: str) -> ExportTable:
        """Return the table of that name, in any case.

        Raises:
            UnknownNameError: if there is none, with the nearest.
        """
        known = {table.name.lower(): table for table in self.tables}
        if name.lower() not in known:
            raise UnknownNameError("table", name, [table.name for table in self.tables], where="the worksheet")
        return known[name.lower()]

    def sections(self) -> Iterator[tuple[str, tuple[ExportTable, ...]]]:
        """Yield each heading and its tables: one pair at a time, then the whole integration; no empty table."""
        for entry in self.entries:
            yield entry.title, tuple(table for table in self._section(entry.key) if table.rows)
        whole = (self.table("Questions").of((WHOLE, "")), *map(self.table, AS_A_WHOLE))
        yield "Whole integration", tuple(table for table in whole if table.rows or table.name == AS_A_WHOLE[-1])

    def _section(self, pair: tuple[str, str]) -> Iterator[ExportTable]:
        yield replace(self.order.of(pair).upright(), name="Decision")
        for name in OF_PAIR:
            table = self.table(name).of(pair)
            yield table.upright("direction") if name == "Supported Features" else table


def content(synopsis: Synopsis) -> Content:
    """Make the tables of everything an export of `synopsis` shows.

    >>> from ipaas_discovery.worksheet.entry import WorksheetDocument
    >>> from ipaas_discovery.worksheet.synopsis.synopsis import synopsis
    >>> [table.name for table in content(synopsis(WorksheetDocument())).tables][:5]
    ['Order', 'Flows', 'Schemas', 'Values', 'Supported Features']
    """
    tables = (
        order_table(synopsis),
        flow_table(synopsis),
        schema_table(synopsis),
        enum_table(synopsis),
        feature_table(synopsis),
        field_table(synopsis, Direction.TO),
        field_table(synopsis, Direction.FROM),
        value_map_table(synopsis),
        verdict_table(synopsis),
        gap_table(synopsis),
        conflict_table(synopsis),
        forecast_table(synopsis),
        question_table(synopsis),
        plan_table(synopsis),
        scope_table(synopsis),
        capability_table(synopsis),
        system_table(synopsis),
        sample_table(synopsis),
        documentation_table(synopsis),
        evidence_table(synopsis),
        change_table(synopsis),
    )
    document = synopsis.document
    return Content(synopsis.title, synopsis.about, document.as_of, tables, document.entries, document.sign_off)


def documentation_table(synopsis: Synopsis) -> ExportTable:
    """List the heads of the platform's article of each flow, with what the order says under them."""
    rows = tuple(
        (*sheet.entry.key, sheet.flow.name, part.head, part.text)
        for sheet in synopsis.flows
        for part in documentation(sheet, synopsis.facts, synopsis.flows)
    )
    about = "What the documentation of each flow has to hold, under the platform's own heads."
    columns = (*PAIR, "flow", "head", "says")
    return ExportTable("Documentation", columns, rows, about, once=("flow",), empty="No flow is ordered yet.")

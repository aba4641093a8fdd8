"""A mapping made ready to run: what it writes into its destination field, record by record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from typing import Any

from ipaas_discovery.flows.execution.record_columns import EVERY, ListColumn, Place, RecordColumns
from ipaas_discovery.flows.path_reader import ABSENT, Index, depth_of, values_at
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.formulas.formula_values import formula_value
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.field_paths import split_path

__all__ = ["COMPUTED", "LINKED", "SIGNS", "Program", "Written"]

LINKED: Any = type("Linked", (), {"__repr__": lambda _: "the linked record's id"})()
"""Stands for the id that the linked record has on the other side, which no sample of one side holds."""

COMPUTED: Any = type("Computed", (), {"__repr__": lambda _: "what a formula in C# makes"})()
"""Stands for what a formula in C# makes, which only the platform runs."""
SIGNS = (LINKED, COMPUTED)
"""Signs of values that are there, and that no sample shows."""

ROOT: Place = ("", ())

Written = list[tuple[Place, Any]]
"""Values that one record gives one field: at most one value outside of lists, there one for each element."""


class Program:
    """Values that one mapping writes.

    Args:
        mapping: what fills the field; it has to fill it.

    Attributes:
        dropped: how many records held several values for a field that takes one: the first is taken.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.mapping, self.dropped = mapping, 0
        self._depth = depth_of(mapping.destination)
        self._condition = Condition.parse(mapping.condition) if mapping.condition else None
        self._compute = self._computer()

    def column(self, columns: RecordColumns) -> list[Any]:
        """Return what is written into a field outside of lists: a value for each record, or `ABSENT`."""
        if self._is_copy and (column := columns.plain(self.mapping.sources[0])) is not None:
            return [*map(self._filled, column)] if self.mapping.default else column
        made = map(self.run, columns.records)
        return [written[0][1] if written else ABSENT for written in made]

    def list_column(self, columns: RecordColumns) -> ListColumn:
        """Return what is written into a field in a list: for each record its elements, and their values."""
        if self._is_copy and self._depth == 1 and not self.mapping.default:
            column = columns.in_list(self.mapping.sources[0])
            if column is not None:
                return column
        made = [*map(self.run, columns.records)]
        return ListColumn(
            [[place for place, _ in written] for written in made], [[value for _, value in written] for written in made]
        )

    @property
    def _is_copy(self) -> bool:
        return self.mapping.kind == "field" and self._condition is None

    def run(self, record: Record) -> Written:
        """Return what one record gives the field."""
        if self._condition is not None and not self._condition.holds(record):
            return []
        written = self._compute(record)
        if not self.mapping.default:
            return written
        return [(place, self._filled(value)) for place, value in written] or [(ROOT, self.mapping.default)]

    def _filled(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        return self.mapping.default if _is_nothing(value) or value == "" else value

    def _computer(self) -> Callable[[Record], Written]:
        mapping = self.mapping
        if mapping.only_csharp:
            computed: Written = [(EVERY, COMPUTED)]
            return lambda _: computed
        if mapping.formula is not None and mapping.kind != "field":
            return self._formula
        if mapping.kind == "constant":
            constant: Written = [(EVERY, mapping.value)]
            return lambda _: constant
        if mapping.kind == "look-up":
            return self._look_up
        return self._field

    def _field(self, record: Record) -> Written:
        source = self.mapping.sources[0]
        return self._aligned(source, [*values_at(record, source, absent=bool(self._depth))])

    def _look_up(self, record: Record) -> Written:
        table = dict(self.mapping.values)
        return [(place, _looked_up(value, table)) for place, value in self._field(record)]

    def _formula(self, record: Record) -> Written:
        """Run the operations: on each element of a list where the field stands in one, else on all values."""
        sources = self.mapping.formula.sources if self.mapping.formula else self.mapping.sources
        read = [[*values_at(record, path, absent=bool(self._depth))] for path in sources]
        inner = next((at for at, path in enumerate(sources) if self._depth and depth_of(path) == self._depth), None)
        if inner is None:
            inputs = [formula_value(tuple(value for _, value in row if value is not ABSENT)) for row in read]
            made = self._made(inputs)
            return [(EVERY, made)] if made is not None or any(read) or not sources else []
        tables = [dict(values) for values in read]
        return [
            ((_holder(sources[inner]), index), self._made([self._input(table, index) for table in tables]))
            for index in tables[inner]
        ]

    @staticmethod
    def _input(table: dict[Index, Any], index: Index) -> Any:  # noqa: ANN401  a formula's value
        value = table.get(index, table.get(()))
        return formula_value(() if _is_nothing(value) else (value,))

    def _made(self, inputs: Sequence[Any]) -> Any:  # noqa: ANN401  a formula's value
        values = inputs
        try:
            for step in self.mapping.formula.steps if self.mapping.formula else ():
                values = [step.run(values)]
        except ArithmeticError:  # a number that no decimal holds
            return None
        return values[0] if values else None

    def _aligned(self, source: str, values: list[tuple[Index, Any]]) -> Written:
        """Bring values to the depth of the destination: the first of several, or a list of one."""
        if not self._depth:
            filled = [value for _, value in values if value is not None]
            self.dropped += len({repr(value) for value in filled}) > 1
            return [(ROOT, filled[0] if filled else None)] if values else []
        holder = _holder(source)
        placed: dict[Place, Any] = {}
        for index, value in values:
            place = (holder, (*index, *[0] * self._depth)[: self._depth]) if holder else EVERY
            if _is_nothing(placed.setdefault(place, value)):
                placed[place] = value
        return [*placed.items()]


def _is_nothing(value: Any) -> bool:  # noqa: ANN401  any JSON value
    return value is None or value is ABSENT


def _looked_up(value: Any, table: Table[str, str]) -> Any:  # noqa: ANN401  any JSON value
    if _is_nothing(value) or not table:
        return value if _is_nothing(value) else LINKED
    return table.get(str(formula_value((value,))))


def _holder(source: str) -> str:
    """Return the outermost list or object that a source stands in; empty for a field of the record itself."""
    parts = split_path(source)
    lists = next((".".join(parts[: at + 1]) for at, part in enumerate(parts) if depth_of(part)), "")
    return lists or (parts[0] if len(parts) > 1 else "")

"""Baseline of an integration: each field, value set, verdict, pass rate and decision, a line each, to check against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.changes.changes import Aspect
from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import visible_in_quotes
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINES", "Baseline", "BaselineRow", "baseline_of"]

LINES = "text/tab-separated-values"
"""Output type that holds a baseline's lines in a notebook."""
FEW, REPEATS, SMALL = 20, 3, 12
"""Most values of a field that count as a set of values, and how often each comes on average.

Of so small a number of records any value that comes again is enough, and a single value always is.
"""
PLACE = 4
"""Names that say where the facts below them stand."""
DECISION = "decision"
BOTH, RECEIVED = "received", (Shape.CREATE, Shape.UPDATE)
COLUMNS = {
    "collection": "str",
    "third_party": "str",
    "fields": "Int64",
    "value_sets": "Int64",
    "verdicts": "Int64",
    "pass_rates": "Int64",
    "decision": "str",
}
COUNTED = {
    "fields": Aspect.SCHEMA, "value_sets": Aspect.VALUES, "verdicts": Aspect.VERDICT, "pass_rates": Aspect.PASS_RATE,
}  # fmt: skip
Value = str | Mapping[str, int]


@dataclass(frozen=True, slots=True)
class BaselineRow(Card):
    """One fact of a pair of collections: what it is about, where it stands, the field, and what it is.

    Of a value set the value is the number of records by value.
    """

    collection: str
    third_party: str
    aspect: str
    place: str
    field: str
    value: Value

    @property
    def key(self) -> tuple[str, ...]:
        """All but the value."""
        return self.collection, self.third_party, self.aspect, self.place, self.field


@dataclass(frozen=True, slots=True)
class Baseline(Tabular):
    """All facts that a check compares; shows itself as a count of them for each pair, and holds each in its output."""

    rows: tuple[BaselineRow, ...]

    headings: ClassVar[Mapping[str, str]] = {
        "third_party": "third party", "value_sets": "value sets", "pass_rates": "pass rates",
    }  # fmt: skip

    @property
    @shows("Pairs of collections", "iPaaS.com", "third party")
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of collections."""
        return tuple(dict.fromkeys((row.collection, row.third_party) for row in self.rows))

    def frame(self) -> pd.DataFrame:
        """Return one row per pair: how many facts of each kind there are, and the decision.

        Dtypes: text for the names and the decision, Int64 for the counts.
        """
        return frame_of((self._counted(pair) for pair in self.pairs), COLUMNS)

    def to_lines(self) -> str:
        """Write the facts as lines of cells, in a fixed order: an empty cell and four names, then a field a line.

        Behind a field stands its value, or each value of its set with the number of records. What create and update
        receive alike stands once.
        """
        lines: list[list[str]] = []
        for place, rows in groupby(_shortened(self.rows), key=lambda row: row.key[:-1]):
            lines += [["", *place], *([row.field, *_cells(row.value)] for row in rows)]
        return "".join("\t".join(map(_escaped, line)) + "\n" for line in lines)

    @classmethod
    def read(cls, lines: str) -> Baseline:
        """Read a baseline from its lines.

        >>> row = BaselineRow("TRANSACTION", "orders", "values", "third party, returned", "status", {"paid": 3})
        >>> Baseline.read(Baseline((row,)).to_lines()).rows == (row,)
        True

        Raises:
            ValueError: if it is none.
        """
        place: tuple[str, str, str, str] | None = None
        rows: list[BaselineRow] = []
        for line in lines.split("\n")[:-1]:
            first, *rest = (json.loads(f'"{cell}"') for cell in line.split("\t"))
            if len(rest) == PLACE and not first:
                collection, third_party, aspect, where = rest
                place = collection, third_party, aspect, where
            elif place is None:
                raise ValueError("This is no baseline")
            else:
                rows += _lengthened(BaselineRow(*place, first, _value(rest)))
        return cls(tuple(rows))

    def _counted(self, pair: tuple[str, str]) -> dict[str, Any]:
        rows = [row for row in self.rows if (row.collection, row.third_party) == pair]
        counts = {name: sum(row.aspect == aspect for row in rows) for name, aspect in COUNTED.items()}
        decision = next((row.value for row in rows if row.aspect == DECISION), "")
        return {"collection": pair[0], "third_party": pair[1], **counts, "decision": decision}

    def _repr_mimebundle_(self, **more: object) -> dict[str, str]:
        return {**Tabular._repr_mimebundle_(self, **more), LINES: self.to_lines()}


def baseline_of(states: Iterable[PairState], decisions: Mapping[tuple[str, str], str]) -> Baseline:
    """Take the facts of every pair, and what people decided."""
    return Baseline(tuple(row for state in states for row in _rows(state, decisions.get(state.key, ""))))


def _cells(value: Value) -> list[str]:
    """Write a value as cells: a text as one, a set of values as an empty one and each value with its count."""
    if isinstance(value, str):
        return [value]
    return ["", *(part for name in sorted(value) for part in (name, str(value[name])))]


def _value(cells: list[str]) -> Value:
    if len(cells) == 1:
        return cells[0]
    return {name: int(count) for name, count in zip(cells[1::2], cells[2::2], strict=True)}


def _escaped(cell: str) -> str:
    return visible_in_quotes(json.dumps(cell, ensure_ascii=False))[1:-1]


def _rows(state: PairState, decision: str) -> Iterator[BaselineRow]:
    for place, field in (*_fields("iPaaS.com", state.ours), *_fields("third party", state.theirs)):
        yield BaselineRow(*state.key, Aspect.SCHEMA.value, place, field.path, _facts(field))
        if values := _values(field.observed):
            yield BaselineRow(*state.key, Aspect.VALUES.value, place, field.path, values)
    for verdict in state.verdicts:
        place = ", ".join(filter(None, (verdict.direction.value, verdict.name, verdict.method.value)))
        yield BaselineRow(*state.key, Aspect.VERDICT.value, place, "", verdict.outcome.value)
        if verdict.run:
            rate = "" if verdict.pass_rate is None else f"{verdict.pass_rate:.1%}"
            yield BaselineRow(*state.key, Aspect.PASS_RATE.value, place, "", rate)
    yield BaselineRow(*state.key, DECISION, "", "", decision)


def _fields(system: str, side: Shapes) -> Iterator[tuple[str, Field]]:
    """Yield each field with the place where it stands."""
    for shape in Shape:
        yield from ((f"{system}, {shape.value}", field) for field in side.of(shape).fields)


def _shortened(rows: Iterable[BaselineRow]) -> Iterator[BaselineRow]:
    """Put rows that create and update have alike into one, for both."""
    known = {(*row.key, str(row.value)) for row in rows}
    for row in rows:
        ends = [shape.value for shape in (Shape.CREATE, Shape.UPDATE) if row.place.endswith(f", {shape.value}")]
        side = row.place.removesuffix(ends[0]) if ends else ""
        twin = [(*replace(row, place=f"{side}{shape.value}").key, str(row.value)) for shape in RECEIVED] if ends else []
        if not twin or not known.issuperset(twin):
            yield row
        elif ends == [Shape.CREATE.value]:
            yield replace(row, place=f"{side}{BOTH}")


def _lengthened(row: BaselineRow) -> list[BaselineRow]:
    """Take a row of both apart again."""
    if not row.place.endswith(f", {BOTH}"):
        return [row]
    return [replace(row, place=f"{row.place.removesuffix(BOTH)}{shape.value}") for shape in RECEIVED]


def _facts(field: Field) -> str:
    """Write what is known of a field's form, in a few words."""
    declared, seen = field.declared or Declared(), field.observed
    words = [
        " or ".join(field.types) or "any",
        field.format or "",
        "required" if declared.required else "",
        "may be null" if declared.nullable else "",
        "read-only" if declared.read_only else "",
        f"up to {declared.max_length}" if declared.max_length is not None else "",
        f"one of {'|'.join(map(str, declared.enum))}" if declared.enum else "",
        _filled(seen) if seen else "",
    ]
    return ", ".join(filter(None, words))


def _filled(seen: Observed) -> str:
    if seen.filled == seen.of:
        return "always filled"
    return "filled in part" if seen.filled else "never filled"


def _values(seen: Observed | None) -> dict[str, int]:
    """Count the records by value, if the values are few texts or truth values of which one comes again."""
    if not seen or not 0 < seen.distinct <= min(FEW, len(seen.top)):
        return {}
    again = seen.filled >= REPEATS * seen.distinct or seen.distinct < seen.filled <= SMALL
    if seen.distinct > 1 and not again:
        return {}
    varied = seen.formats.keys() & field_formats().varied
    if varied or not seen.types.keys() <= {"string", "boolean", "integer", "null"}:
        return {}
    return {str(value): times for value, times in seen.top}

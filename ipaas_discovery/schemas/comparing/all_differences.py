"""All differences between the shapes of one collection: returned, received on create, received on update."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.schemas.comparing.comparable import ComparableSchema, differs, evidence_of
from ipaas_discovery.schemas.comparing.returned_vs_received import compare_shapes
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DIFFERENCES", "Difference", "Differences", "compare_all"]

DIFFERENCES = (
    "unknown shape",
    "other envelope",
    "only returned",
    "only received",
    "other type",
    "required on create",
    "required on update",
    "not settable on update",
    "settable on update only",
    "only in list",
    "only in detail",
    "other type in detail",
    "unknown",
)
"""Names of the differences. A path has one row for each of them that applies."""
COLUMNS = {
    "path": "str",
    "difference": "str",
    "returned": "str",
    "on_create": "str",
    "on_update": "str",
    "evidence": "str",
}
SHOWN_KEYS = 3
"""Most keys of an object that its structure names; of more it gives the number."""
Sides = tuple[ComparableSchema, ComparableSchema, ComparableSchema]
"""Returned, received on create, received on update."""


@dataclass(frozen=True, slots=True)
class Difference(Card):
    """One difference: the types at `path` in each shape, and the evidence for them.

    The path is empty if the difference is about the record as a whole. `returned`, `on_create` and
    `on_update` hold types and structure; empty means that the shape has nothing there.
    """

    path: str
    difference: str
    returned: str
    on_create: str
    on_update: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Differences(Tabular):
    """All differences of a collection's shapes, sorted by path, those of the whole record first."""

    collection: str
    system: str
    rows: tuple[Difference, ...]

    provenance: ClassVar[tuple[str, ...]] = ("evidence",)
    section: ClassVar[str] = "difference"
    headings: ClassVar[Mapping[str, str]] = {"on_create": "on create", "on_update": "on update"}

    @property
    @shows("Differences", "difference", "fields")
    def counts(self) -> Mapping[str, int]:
        """Number of rows of each difference."""
        counted = Counter(row.difference for row in self.rows)
        return {difference: counted[difference] for difference in DIFFERENCES}

    @shows("Fields of one difference")
    def of(self, difference: str) -> tuple[Difference, ...]:
        """Return the rows of one difference."""
        return tuple(row for row in self.rows if row.difference == difference)

    def frame(self) -> pd.DataFrame:
        """Return one row per path and difference: what each shape has there, and the evidence; all text."""
        return frame_of(({name: getattr(row, name) for name in COLUMNS} for row in self.rows), COLUMNS)

    def _subject(self) -> str:
        return f"Differences between the shapes of {self.collection}, {self.system}"

    def _facts(self) -> dict[str, Any]:
        return {"collection": self.collection, "system": self.system}


def compare_all(shapes: Shapes) -> Differences:
    """List all differences between the shapes of one collection, one row per difference with its evidence.

    A field listed as read-only in a received shape is not settable there. An unknown shape gives one row and
    no others; a path that a known shape leaves open is `unknown`. The list's shape is compared with that of
    one record if both `shapes.listed` and `shapes.detail` are given.

    >>> rows = [{"path": "id"}, {"path": "type"}], [{"path": "type", "required": True}], [{"path": "note"}]
    >>> schemas = (Schema.from_fields(row, shape=shape) for row, shape in zip(rows, Shape))
    >>> [(row.path, row.difference) for row in compare_all(Shapes("Shop", "orders", *schemas)).rows][:3]
    [('id', 'only returned'), ('note', 'only received'), ('note', 'settable on update only')]
    """
    sides = ComparableSchema(shapes.returned), ComparableSchema(shapes.create), ComparableSchema(shapes.update)
    differences = [*_whole(shapes), *_returned_received(sides), *_received(sides), *_list_detail(shapes, sides)]
    rank = {name: number for number, name in enumerate(DIFFERENCES)}
    rows = sorted(set(differences), key=lambda row: (row.path, rank[row.difference], row.evidence))
    return Differences(shapes.collection, shapes.system, tuple(rows))


def structure(side: ComparableSchema, path: str) -> str:
    """Describe the field at `path` of `side`: types, with the keys of an object and the elements of a list."""
    field = side.at(path)
    if field is None:
        return "unknown" if side.silent(path) else ""
    return " | ".join(_structure(side, path, kind) for kind in field.types or ("any",))


def _structure(side: ComparableSchema, path: str, kind: str) -> str:
    elements = side.element_types(path) if kind == "array" else ()
    holder = path if kind == "object" else f"{path}[]" if "object" in elements else ""
    keys = side.keys.get(holder, []) if holder else []
    inside = (
        f" {{{', '.join(keys)}}}" if keys and len(keys) <= SHOWN_KEYS else f" of {len(keys)} fields" if keys else ""
    )
    return (f"array of {' | '.join(elements)}" if elements else kind) + inside


def _whole(shapes: Shapes) -> Iterator[Difference]:
    """List the shapes nobody describes and the envelopes that differ."""
    for shape in Shape:
        if not shapes.of(shape).known:
            yield _row(
                "", "unknown shape", ["unknown" * (other is shape) for other in Shape], f"{shape.value}: unknown"
            )
    known = {shape: shapes.of(shape) for shape in Shape if shapes.of(shape).known}
    reads = [schema for schema in (shapes.listed, shapes.detail) if schema]
    if len({schema.envelope for schema in (*known.values(), *reads)}) > 1:
        cells = [_envelope(known[shape]) if shape in known else "" for shape in Shape]
        if len({schema.envelope for schema in reads}) > 1:
            cells[0] = f"list: {_envelope(reads[0])}; detail: {_envelope(reads[1])}"
        evidence = "; ".join(f"{shape.value}: {schema.source}" for shape, schema in known.items() if schema.source)
        yield _row("", "other envelope", cells, evidence)


def _envelope(schema: Schema) -> str:
    return schema.envelope or "none"


def _returned_received(sides: Sides) -> Iterator[Difference]:
    """Compare the returned shape with each known received shape; one row if it differs from both in the same way."""
    returned, *others = (side.schema for side in sides)
    received = [schema for schema in others if schema.known]
    if not returned.known:
        return
    kinds: dict[str, list[str]] = {}
    for schema in received:
        for row in compare_shapes(returned, schema).rows:
            kinds.setdefault(row.path, []).append(row.kind)
    for path, path_kinds in kinds.items():
        if kind := _agreed(path_kinds, len(received)):
            yield _difference(sides, path, kind)


def _agreed(kinds: list[str], shapes: int) -> str:
    """Combine the kinds of both received shapes: sent by neither, by any, or of another type in one of them."""
    if "other type" in kinds:
        return "other type"
    if "only received" in kinds:
        return "only received"
    if kinds.count("only returned") == shapes:
        return "only returned"
    return "unknown" if "unknown" in kinds and "same" not in kinds else ""


def _received(sides: Sides) -> Iterator[Difference]:
    """List the fields that create and update require, and those that only one of them takes."""
    _, create, update = sides
    for side, name in ((create, "required on create"), (update, "required on update")):
        for path, field in side.fields.items():
            if field.required and side.settable(path):
                yield _difference(sides, path, name)
    pairs = (create, update, "not settable on update"), (update, create, "settable on update only")
    for one, other, name in pairs:
        for path in one.fields if other.schema.known else ():
            if one.settable(path) and not other.settable(path) and not other.silent(path):
                yield _difference(sides, path, name)


def _list_detail(shapes: Shapes, sides: Sides) -> Iterator[Difference]:
    """Compare a record of the list with the answer of the call for one record."""
    if not (shapes.listed and shapes.detail and shapes.listed.known and shapes.detail.known):
        return
    listed, detail = ComparableSchema(shapes.listed), ComparableSchema(shapes.detail)
    for path in {**listed.fields, **detail.fields}:
        if kind := _read(path, listed, detail):
            calls = [(name, side) for name, side in (("list", listed), ("detail", detail))]
            cell = "; ".join(f"{name}: {structure(side, path) or 'absent'}" for name, side in calls)
            evidence = "; ".join(f"{name}: {evidence_of(path, side).partition(': ')[2]}" for name, side in calls)
            yield _row(path, kind, [cell, *(structure(side, path) for side in sides[1:])], evidence)


def _read(path: str, listed: ComparableSchema, detail: ComparableSchema) -> str:
    if detail.at(path) is None:
        return "unknown" if detail.silent(path) else "only in list"
    if listed.at(path) is None:
        return "unknown" if listed.silent(path) else "only in detail"
    return "other type in detail" * (differs(path, listed, detail) or differs(path, detail, listed))


def _difference(sides: Sides, path: str, kind: str) -> Difference:
    evidence = "; ".join(evidence_of(path, side) for side in sides)
    return _row(path, kind, [structure(side, path) for side in sides], evidence)


def _row(path: str, kind: str, cells: Sequence[str], evidence: str) -> Difference:
    returned, on_create, on_update = cells
    return Difference(path, kind, returned, on_create, on_update, evidence)

"""Everything in which the shapes of one collection differ: returned, received on create, received on update."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
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
"""What a row can say. A path has one row for each of them that holds."""
COLUMNS = {
    "path": "str",
    "difference": "str",
    "returned": "str",
    "on_create": "str",
    "on_update": "str",
    "evidence": "str",
}
SHOWN_KEYS = 3
"""Keys of an object that its structure names before it only counts them."""
Sides = tuple[ComparableSchema, ComparableSchema, ComparableSchema]
"""Returned, received on create, received on update."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what stands at `path` in each shape, and who says so.

    The path is empty where the difference is about the record as a whole. `returned`, `on_create` and
    `on_update` tell types and structure; empty means that the shape has nothing there.
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

    headings: ClassVar[Mapping[str, str]] = {"on_create": "on create", "on_update": "on update"}

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of rows of each difference."""
        counted = Counter(row.difference for row in self.rows)
        return {each: counted[each] for each in DIFFERENCES}

    def of(self, difference: str) -> tuple[Difference, ...]:
        """The rows of one difference."""
        return tuple(row for row in self.rows if row.difference == difference)

    def frame(self) -> pd.DataFrame:
        """One row per path and difference: what each shape has there, and the evidence; all text."""
        return frame_of(({name: getattr(row, name) for name in COLUMNS} for row in self.rows), COLUMNS)

    def _facts(self) -> dict[str, Any]:
        return {"collection": self.collection, "system": self.system}


def compare_all(shapes: Shapes) -> Differences:
    """Everything in which the shapes of one collection differ, a row each with its evidence.

    A field listed as read-only in a received shape is not settable there. A shape of which nothing is
    known is one row and makes no other; what a known shape leaves open is `unknown`. The list's shape is
    compared with that of one record where `shapes.listed` and `shapes.detail` tell them.

    >>> rows = [{"path": "id"}, {"path": "type"}], [{"path": "type", "required": True}], [{"path": "note"}]
    >>> made = (Schema.from_fields(row, shape=shape) for row, shape in zip(rows, Shape))
    >>> [(row.path, row.difference) for row in compare_all(Shapes("Shop", "orders", *made)).rows][:3]
    [('id', 'only returned'), ('note', 'only received'), ('note', 'settable on update only')]
    """
    sides = ComparableSchema(shapes.returned), ComparableSchema(shapes.create), ComparableSchema(shapes.update)
    found = [*_whole(shapes), *_returned_received(sides), *_received(sides), *_list_detail(shapes, sides)]
    rank = {name: number for number, name in enumerate(DIFFERENCES)}
    rows = sorted(set(found), key=lambda row: (row.path, rank[row.difference], row.evidence))
    return Differences(shapes.collection, shapes.system, tuple(rows))


def structure(side: ComparableSchema, path: str) -> str:
    """What `side` has at `path`: types, with the keys of an object and the elements of a list."""
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
    """Shapes nobody describes, and envelopes that differ."""
    for shape in Shape:
        if not shapes.of(shape).known:
            yield _row("", "unknown shape", ["unknown" * (each is shape) for each in Shape], f"{shape.value}: unknown")
    known = {shape: shapes.of(shape) for shape in Shape if shapes.of(shape).known}
    reads = [each for each in (shapes.listed, shapes.detail) if each]
    if len({schema.envelope for schema in (*known.values(), *reads)}) > 1:
        cells = [_envelope(known[shape]) if shape in known else "" for shape in Shape]
        if len({each.envelope for each in reads}) > 1:
            cells[0] = f"list: {_envelope(reads[0])}; detail: {_envelope(reads[1])}"
        said = "; ".join(f"{shape.value}: {each.source}" for shape, each in known.items() if each.source)
        yield _row("", "other envelope", cells, said)


def _envelope(schema: Schema) -> str:
    return schema.envelope or "none"


def _returned_received(sides: Sides) -> Iterator[Difference]:
    """Against each received shape that is known; what differs from both in the same way is one row."""
    returned, *others = (side.schema for side in sides)
    received = [each for each in others if each.known]
    if not returned.known:
        return
    kinds: dict[str, list[str]] = {}
    for each in received:
        for row in compare_shapes(returned, each).rows:
            kinds.setdefault(row.path, []).append(row.kind)
    for path, found in kinds.items():
        if kind := _agreed(found, len(received)):
            yield _difference(sides, path, kind)


def _agreed(kinds: list[str], shapes: int) -> str:
    """What both received shapes together say: sent by neither, by any, or of another type in one of them."""
    if "other type" in kinds:
        return "other type"
    if "only received" in kinds:
        return "only received"
    if kinds.count("only returned") == shapes:
        return "only returned"
    return "unknown" if "unknown" in kinds and "same" not in kinds else ""


def _received(sides: Sides) -> Iterator[Difference]:
    """What create and update require, and what only one of them takes."""
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
    """What the list tells of a record against what the call of one record tells."""
    if not (shapes.listed and shapes.detail and shapes.listed.known and shapes.detail.known):
        return
    listed, detail = ComparableSchema(shapes.listed), ComparableSchema(shapes.detail)
    for path in {**listed.fields, **detail.fields}:
        if kind := _read(path, listed, detail):
            calls = [(name, side) for name, side in (("list", listed), ("detail", detail))]
            cell = "; ".join(f"{name}: {structure(side, path) or 'absent'}" for name, side in calls)
            said = "; ".join(f"{name}: {evidence_of(path, side).partition(': ')[2]}" for name, side in calls)
            yield _row(path, kind, [cell, *(structure(side, path) for side in sides[1:])], said)


def _read(path: str, listed: ComparableSchema, detail: ComparableSchema) -> str:
    if detail.at(path) is None:
        return "unknown" if detail.silent(path) else "only in list"
    if listed.at(path) is None:
        return "unknown" if listed.silent(path) else "only in detail"
    return "other type in detail" * (differs(path, listed, detail) or differs(path, detail, listed))


def _difference(sides: Sides, path: str, kind: str) -> Difference:
    said = "; ".join(evidence_of(path, side) for side in sides)
    return _row(path, kind, [structure(side, path) for side in sides], said)


def _row(path: str, kind: str, cells: Sequence[str], evidence: str) -> Difference:
    returned, on_create, on_update = cells
    return Difference(path, kind, returned, on_create, on_update, evidence)

"""The returned shape of a collection compared with a received one: the same record, two shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table, Tabular, Wording, shows
from ipaas_discovery.renderings.texts import html_text
from ipaas_discovery.schemas.comparing.comparable import ComparableSchema, accepts, differs, evidence_of
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "ShapeDifference", "ShapeRow", "accepts", "compare_shapes"]

KINDS = ("only returned", "only received", "other type", "same", "unknown")
"""Kinds of paths; `unknown` if one of the shapes leaves open what is at the path."""

COLUMNS = {
    "path": "str",
    "kind": "str",
    "returned": "object",
    "received": "object",
    "required": "boolean",
    "evidence": "str",
}


@dataclass(frozen=True, slots=True)
class ShapeRow(Card):
    """One path in both shapes: JSON types on each side, required or not when received, and the evidence.

    `in_returned` and `in_received` are True if that shape lists the path. `read_only` is True if the
    received shape lists the path only to say that it cannot be set.
    """

    path: str
    kind: str
    returned_types: tuple[str, ...]
    received_types: tuple[str, ...]
    required: bool | None
    evidence: str
    in_returned: bool
    in_received: bool
    read_only: bool


@dataclass(frozen=True, slots=True)
class ShapeDifference(Tabular):
    """The difference of two shapes, one row per path, sorted.

    `shape` is the received shape compared with; `envelopes` names the objects around returned and received
    records, which may differ even if the records are the same.
    """

    collection: str
    system: str
    shape: Shape
    rows: tuple[ShapeRow, ...]
    envelopes: tuple[str, str] = ("", "")

    provenance: ClassVar[tuple[str, ...]] = ("evidence",)
    section: ClassVar[str] = "kind"
    wording: ClassVar[Wording] = {"returned": " | ".join, "received": " | ".join}

    @property
    @shows("Paths of each kind", "kind", "paths")
    def counts(self) -> Mapping[str, int]:
        """Number of paths of each kind."""
        return _counts(self.rows)

    @shows("Fields of the record itself", "kind", "fields")
    def top_level(self) -> Mapping[str, int]:
        """Count the fields of the record itself: `returned`, `received`, in `both`, then the number of each kind.

        A field that the received shape lists as read-only is counted as listed in `received` and in `both`,
        and among the kinds as only returned.
        """
        rows = [row for row in self.rows if _is_top(row.path)]
        listed = {
            "returned": sum(row.in_returned for row in rows),
            "received": sum(row.in_received for row in rows),
            "both": sum(row.in_returned and row.in_received for row in rows),
        }
        return {**listed, **_counts(rows)}

    @shows("Paths of one kind")
    def of(self, kind: str) -> tuple[ShapeRow, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)

    def frame(self) -> pd.DataFrame:
        """Return one row per path: kind, types on both sides, required by the received shape, evidence.

        Dtypes: text, lists of types for returned and received, boolean for required.
        """
        return frame_of(map(_cells, self.rows), COLUMNS)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the number of each kind, then the paths that differ before those that are the same, as plain HTML."""
        counts = ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items() if count)
        title = ", ".join(
            part for part in (self.system, self.collection, f"returned against {self.shape.value}") if part
        )
        shown = frame_of(map(_cells, sorted(self.rows, key=lambda row: row.kind == "same")), COLUMNS)
        table = Table(shown, wording=self.wording, provenance=self.provenance, section=self.section)
        return f"<p><b>{html_text(title)}</b><br>{html_text(counts)}</p>\n{table.to_html(max_rows=max_rows)}"

    def _subject(self) -> str:
        about = (self.system, self.collection, f"returned against {self.shape.value}")
        return ", ".join(filter(None, about))

    def _facts(self) -> dict[str, Any]:
        returned, received = self.envelopes
        about = {"collection": self.collection, "system": self.system, "shape": self.shape.value}
        return {**about, "envelopes": {"returned": returned, "received": received}}


def compare_shapes(returned: Schema, received: Schema) -> ShapeDifference:
    """Find the fields that are only returned, only received, or of another type when sent.

    A type is another one if the received side does not take all values that are returned; an integer is taken
    as a number, and the other way round; lists are of another type too if their elements are. A field that the
    received shape lists as read-only is only returned. If a shape is unknown, or does not describe the contents
    of an object or a list, the paths in question are `unknown`, never missing.

    >>> returned = Schema.from_fields([{"path": "id", "types": "integer"}, {"path": "lines", "types": "object"}])
    >>> received = Schema.from_fields([{"path": "lines", "types": "array"}], shape=Shape.CREATE)
    >>> [(row.path, row.kind) for row in compare_shapes(returned, received).rows]
    [('id', 'only returned'), ('lines', 'other type')]

    Args:
        returned: the schema of the records that the system returns.
        received: the schema of the records that it receives on create or on update.
    """
    sides = ComparableSchema(returned), ComparableSchema(received)
    paths = sorted({path for side in sides for path in side.fields})
    return ShapeDifference(
        collection=returned.collection or received.collection,
        system=returned.system or received.system,
        shape=received.shape,
        rows=tuple(_row(path, *sides) for path in paths),
        envelopes=(returned.envelope, received.envelope),
    )


def _row(path: str, returned: ComparableSchema, received: ComparableSchema) -> ShapeRow:
    one, other = returned.at(path), received.at(path)
    return ShapeRow(
        path=path,
        kind=_kind(path, returned, received),
        returned_types=one.types if one else (),
        received_types=other.types if other else (),
        required=other.required if other else None,
        evidence="; ".join((evidence_of(path, returned), evidence_of(path, received))),
        in_returned=one is not None,
        in_received=other is not None,
        read_only=other is not None and not received.settable(path),
    )


def _kind(path: str, returned: ComparableSchema, received: ComparableSchema) -> str:
    one, other = returned.at(path), received.at(path)
    if other and not received.settable(path):
        return "only returned" if one else "unknown"
    if one and other:
        return "other type" if differs(path, returned, received) else "same"
    if one:
        return "unknown" if received.silent(path) else "only returned"
    return "unknown" if returned.silent(path) else "only received"


def _is_top(path: str) -> bool:
    parts = split_path(path)
    return len(parts) == 1 and not list_depth(parts[0])[1]


def _counts(rows: Iterable[ShapeRow]) -> dict[str, int]:
    counted = Counter(row.kind for row in rows)
    return {kind: counted[kind] for kind in KINDS}


def _cells(row: ShapeRow) -> dict[str, object]:
    return {
        "path": row.path,
        "kind": row.kind,
        "returned": list(row.returned_types),
        "received": list(row.received_types),
        "required": row.required,
        "evidence": row.evidence,
    }

"""One collection in both systems, field by field: what corresponds, and which way each field could move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.explained_mappings import Neighbours, explained_mappings
from ipaas_discovery.matching.field_matches import Match, Matches, match_fields, one_to_one
from ipaas_discovery.matching.fields.embeddings import Embeddings
from ipaas_discovery.matching.formulas.paired_records import PairedRecords
from ipaas_discovery.matching.mapping import Explained, Mapping, map_fields
from ipaas_discovery.matching.records.agreement import LOOKED_UP, MAPPED, REFUTES, SCALED, Agreement, AgreementRow
from ipaas_discovery.matching.records.field_agreement import FieldAgreement
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.matching.side_by_side import SideBySide, side_by_side
from ipaas_discovery.matching.traits import above, leaves
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording, shows
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.schemas.comparing.returned_vs_received import ShapeDifference, compare_shapes
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "FieldRow", "compare", "received_schema"]

COLUMNS = {
    "ipaas": "str",
    "ipaas_types": "object",
    "ipaas_fill": "Float64",
    "third_party": "str",
    "third_party_types": "object",
    "third_party_fill": "Float64",
    "status": "str",
    "to": "str",
    "from": "str",
    "score": "Float64",
    "compared": "Int64",
    "equal": "Int64",
    "equal_after_normalising": "Int64",
    "different": "Int64",
    "agreement": "str",
    "why": "str",
}

COUNTS = ("compared", "equal", "equal_after_normalising", "different")
MOVED = {
    MAPPED: "value map",
    SCALED: "formula",
    LOOKED_UP: "look-up",
    REFUTES: "look-up, formula or wrong match",
}
"""Kinds of mapping that values need to move between fields that differ in the same records."""


@dataclass(frozen=True, slots=True)
class FieldRow(Card):
    """One field of the comparison: the path on each side (empty: it has none), and what can move.

    `status` is "matched", "only iPaaS.com" or "only third party". `to` and `from_` say of each direction "ok"; "value
    map", "look-up", "formula" or "look-up, formula or wrong match" where nearly all of the same records differ;
    "required, no source", "no source", "no destination", "not writable" or "unknown"; a field that a constant or a
    formula fills is "ok" without a counterpart. `agreement` counts the same records in which the two fields are equal,
    None where no records were paired.
    """

    ipaas: str
    third_party: str
    status: str
    to: str
    from_: str
    score: float | None = None
    why: str = ""
    agreement: AgreementRow | None = None


@dataclass(frozen=True, slots=True)
class Comparison(Tabular):
    """One collection of iPaaS.com beside the third party's that corresponds to it.

    `to_matches` leads from what the third party returns to what iPaaS.com receives on create,
    `from_matches` the other way; where the received shape is unknown, the returned one stands in.
    `to_mappings` and `from_mappings` are what fills each destination: what people decided, else what the matches
    propose. The two differences are each system's own: returned against received on create. `pairs` are the same
    records of both sides, where they were looked for, and `agreement` says of all matched fields how their values
    compare there; the left side is iPaaS.com. `to_explained` and `from_explained` are the formulas, value maps,
    look-ups and constants that these records explain.
    """

    ipaas: Shapes
    third_party: Shapes
    to_matches: Matches
    from_matches: Matches
    ipaas_difference: ShapeDifference
    third_party_difference: ShapeDifference
    pairs: Pairs | None = None
    agreement: Agreement = field(default_factory=lambda: Agreement(()))
    to_mappings: tuple[Mapping, ...] = ()
    from_mappings: tuple[Mapping, ...] = ()
    to_explained: Explained = field(default_factory=dict)
    from_explained: Explained = field(default_factory=dict)

    section: ClassVar[str] = "status"
    wording: ClassVar[Wording] = {
        "ipaas_types": " | ".join,
        "third_party_types": " | ".join,
    }

    def _title(self) -> str:
        counts = Counter(row.status for row in self.rows)
        return f"{self.ipaas.collection} ↔ {self.third_party.collection}: " + ", ".join(
            f"{counted(counts[status], 'field')} {status}" for status in counts
        )

    @property
    @shows("Fields of both sides")
    def rows(self) -> tuple[FieldRow, ...]:
        """Matched fields, best first, then those only in iPaaS.com, then those only in the third party."""
        pairs = sorted(one_to_one(self.both_ways()), key=lambda pair: (-pair.score, pair.source))
        to, back = ({row.destination for row in rows if row.fills} for rows in (self.to_mappings, self.from_mappings))
        filled = _holders(to), _holders(back)
        matched = [self._row(pair.source, pair.destination, filled, pair) for pair in pairs]
        taken = {row.ipaas for row in matched}, {row.third_party for row in matched}
        ours = [self._row(path, "", filled) for path in _paths(self.ipaas) if path not in taken[0]]
        theirs = [self._row("", path, filled) for path in _paths(self.third_party) if path not in taken[1]]
        return (*matched, *ours, *theirs)

    @shows("Fields that correspond")
    def both_ways(self) -> tuple[Match, ...]:
        """Return the pairs of fields that correspond in either direction, each as from iPaaS.com to the third party."""
        return (*map(_turned, _fields(self.to_mappings)), *_fields(self.from_mappings))

    def beside(self, at: int) -> SideBySide:
        """Lay the records of one pair side by side, field by field, `at` counted from 0.

        Raises:
            UnknownNameError: if there is no pair of that number.
        """
        if self.pairs is None:
            raise UnknownNameError("pair", str(at), [], where="a comparison without paired records")
        matches = one_to_one(self.both_ways())
        return side_by_side(self.pairs, at, [(one.source, one.destination) for one in matches])

    def frame(self) -> pd.DataFrame:
        """Return one row per field: path, types and fill (0 to 1) on each side, status, both directions, score, why.

        `compared` counts the same records that hold both fields; in each of them they are `equal`,
        `equal_after_normalising` or `different`, and `agreement` says so in words, with up to three that differ.

        Dtypes: text, lists of types for ipaas_types and third_party_types, Float64 for both fills and score, Int64 for
        the counts.
        """
        return frame_of(map(self._cells, self.rows), COLUMNS)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the rows as plain HTML without what their order already says, under short names."""
        unpaired = [] if self.pairs else ["agreement"]
        shown = self._shown().drop(columns=["status", *COUNTS, *unpaired])
        names = ["iPaaS.com", "types", "fill", "third party", "types", "fill", "to", "from", "score"]
        shown.columns = [*names, *(["same records"] if self.pairs else []), "why"]
        return self._folded(shown, max_rows)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data: the two collections, one dict per field, and each system's own differences."""
        sides = {"ipaas": self.ipaas, "third_party": self.third_party}
        names = {name: {"system": side.system, "collection": side.collection} for name, side in sides.items()}
        differences = {"ipaas": self.ipaas_difference, "third_party": self.third_party_difference}
        return names | {
            "fields": [self._cells(row) for row in self.rows],
            "differences": {
                name: [{"path": row.path, "kind": row.kind} for row in difference.rows if row.kind != "same"]
                for name, difference in differences.items()
            },
        }

    def _row(
        self, ipaas: str, third_party: str, filled: tuple[frozenset[str], frozenset[str]], pair: Match | None = None
    ) -> FieldRow:
        status = "matched" if pair else "only iPaaS.com" if ipaas else "only third party"
        to = _movement(self.third_party.returned, third_party, self.ipaas.create, ipaas, filled[0])
        back = _movement(self.ipaas.returned, ipaas, self.third_party.create, third_party, filled[1])
        to, to_why = _made(to, ipaas, self.to_mappings)
        back, back_why = _made(back, third_party, self.from_mappings)
        made = "; ".join(filter(None, (to_why, back_why)))
        if pair is None:
            return FieldRow(ipaas, third_party, status, to, back, None, made)
        same = self.agreement.row(ipaas, third_party)
        how = MOVED.get(same.outcome, "ok") if same else "ok"
        if how == "ok" and same is not None and same.share == 0:
            how = self._looked_up(ipaas, third_party)
        taken = ipaas in _taken(self.to_mappings), third_party in _taken(self.from_mappings)
        to, back = (how if way == "ok" and not own else way for way, own in zip((to, back), taken, strict=True))
        return FieldRow(ipaas, third_party, status, to, back, pair.score, made or pair.why, same)

    def _looked_up(self, ipaas: str, third_party: str) -> str:
        """Tell how ids of other records get across that are never the same, and anything else that never is."""
        rows = [row for row in (*self.to_mappings, *self.from_mappings) if row.kind == "look-up"]
        ids = any((row.destination, row.sources) in {(ipaas, (third_party,)), (third_party, (ipaas,))} for row in rows)
        return "look-up" if ids else "ok"

    def under(self, to: Iterable[Mapping] = (), from_: Iterable[Mapping] = ()) -> Comparison:
        """Return the same comparison under what people said of its mappings, in each direction."""
        comparison = replace(
            self,
            to_mappings=_mappings(self.to_matches, received_schema(self.ipaas), self.to_explained, tuple(to)),
            from_mappings=_mappings(
                self.from_matches, received_schema(self.third_party), self.from_explained, tuple(from_)
            ),
        )
        if self.pairs is None:
            return comparison
        edges = {(match.source, match.destination) for match in comparison.both_ways()}
        return replace(comparison, agreement=self.pairs.agreement(edges))

    def _cells(self, row: FieldRow) -> dict[str, Any]:
        ours, theirs = _first(self.ipaas, row.ipaas), _first(self.third_party, row.third_party)
        return {
            "ipaas": row.ipaas,
            "ipaas_types": _types(ours),
            "ipaas_fill": _fill(ours),
            "third_party": row.third_party,
            "third_party_types": _types(theirs),
            "third_party_fill": _fill(theirs),
            "status": row.status,
            "to": row.to,
            "from": row.from_,
            "score": row.score,
            **{name: getattr(row.agreement, name, None) for name in COUNTS},
            "agreement": row.agreement.summary if row.agreement else "",
            "why": row.why,
        }


def compare(
    ipaas: Shapes,
    third_party: Shapes,
    pairs: Pairs | None = None,
    *,
    neighbours: tuple[Neighbours, Neighbours] | None = None,
    embeddings: Embeddings | None = None,
) -> Comparison:
    """Compare one collection of iPaaS.com with the third party's, in all shapes.

    Args:
        ipaas: the three shapes on iPaaS.com's side.
        third_party: the three shapes on the third party's side; any of them may be unknown.
        pairs: the same records of both, iPaaS.com's on the left, which speak for and against matches.
        neighbours: the collections beside each, iPaaS.com's first, whose records their fields may name.
        embeddings: a model of the user's, as evidence for matches.

    >>> lines = [Schema.from_fields([{"path": path}]) for path in ("qty", "quantity")]
    >>> shapes = [Shapes("system", "lines", schema, schema, schema) for schema in lines]
    >>> [(row.ipaas, row.third_party, row.to, row.from_) for row in compare(*shapes).rows]
    [('qty', 'quantity', 'ok', 'ok')]
    """
    back, to = FieldAgreement.of(pairs) if pairs else (None, None)
    comparison = Comparison(
        ipaas=ipaas,
        third_party=third_party,
        to_matches=match_fields(
            third_party.returned, received_schema(ipaas), witness=ipaas.returned, same=to, embeddings=embeddings
        ),
        from_matches=match_fields(
            ipaas.returned,
            received_schema(third_party),
            witness=third_party.returned,
            same=back,
            embeddings=embeddings,
        ),
        ipaas_difference=compare_shapes(ipaas.returned, ipaas.create),
        third_party_difference=compare_shapes(third_party.returned, third_party.create),
        pairs=pairs,
    )
    return _explained(comparison, neighbours or (None, None)).under()


def _explained(comparison: Comparison, neighbours: tuple[Neighbours | None, Neighbours | None]) -> Comparison:
    if comparison.pairs is None:
        return comparison
    ours, theirs = (received_schema(shapes) for shapes in (comparison.ipaas, comparison.third_party))
    records = PairedRecords.of(comparison.pairs)
    return replace(
        comparison,
        to_explained=explained_mappings(comparison.to_matches, ours, records, "left", neighbours[1]),
        from_explained=explained_mappings(comparison.from_matches, theirs, records, "right", neighbours[0]),
    )


def _mappings(
    matches: Matches, received: Schema, explained: Explained, decided: tuple[Mapping, ...]
) -> tuple[Mapping, ...]:
    """List what fills each field of a destination; what people filled beyond its known fields follows."""
    paths = [field.path for field in leaves(received)]
    beyond = [row.destination for row in decided if row.decided and row.destination not in set(paths)]
    return map_fields(matches, [*paths, *dict.fromkeys(beyond)], explained=explained, decided=decided)


def received_schema(shapes: Shapes) -> Schema:
    """Return what is received on create, else on update; what is returned stands in where nobody knows either.

    What stands in says what corresponds to what, and not what could be written: there nothing is read-only.
    """
    known = next((shape for shape in (shapes.create, shapes.update) if shape.known), None)
    return known or replace(shapes.returned, fields=tuple(map(_settable, shapes.returned.fields)))


def _settable(field: Field) -> Field:
    closed = field.declared is not None and field.declared.read_only
    return replace(field, declared=replace(field.declared, read_only=None)) if closed and field.declared else field


def _fields(mappings: tuple[Mapping, ...]) -> list[Match]:
    """List the pairs of fields that correspond; a person's word goes before any score."""
    return [
        Match(row.sources[0], row.destination, 1, 1.0 if row.decided else row.score or 0.0, "", _why(row), {})
        for row in mappings
        if row.fills and row.kind in {"field", "look-up"} and row.formula is None
    ]


def _taken(mappings: tuple[Mapping, ...]) -> set[str]:
    """List the fields that people filled knowingly by a look-up, a formula, or a field they accepted."""
    return {row.destination for row in mappings if row.decided}


def _why(row: Mapping) -> str:
    if not row.decided:
        return row.evidence
    who = f" by {row.by}" if row.by else ""
    return f"{row.status}{who}" + (f": {row.why}" if row.why else "")


def _made(movement: str, path: str, mappings: tuple[Mapping, ...]) -> tuple[str, str]:
    """Say that a field is filled where a constant or a formula makes its value."""
    row = next((row for row in mappings if row.destination == path and row.fills), None)
    made = row is not None and (row.kind in {"constant", "formula"} or row.formula is not None)
    if not path or row is None or not made or movement in {"not writable", "unknown"}:
        return movement, ""
    how = f"always {row.value!r}" if row.kind == "constant" else str(row.formula or row.value)
    return "ok", how


def _turned(match: Match) -> Match:
    """Read the same match from the other side."""
    return replace(match, source=match.destination, destination=match.source)


def _movement(returned: Schema, source: str, received: Schema, destination: str, filled: frozenset[str]) -> str:
    """Tell whether a value of `source` can be written to `destination` when a record is created."""
    if not destination:
        return "no destination"
    if not received.known:
        return "unknown"
    target = received.field(destination)
    if target is None or (target.declared and target.declared.read_only):
        return "not writable"
    if source and not returned.known:
        return "unknown"
    if source and returned.field(source):
        return "ok"
    return "required, no source" if _demanded(received, target, filled) else "no source"


def _demanded(received: Schema, target: Field, filled: frozenset[str]) -> bool:
    """Tell whether a record is refused without the field, as all that holds it is required or filled."""
    holders = [(path, received.field(path)) for path in above(target.path)]
    return bool(target.required) and all(path in filled or (holder and holder.required) for path, holder in holders)


def _holders(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(holder for path in paths for holder in above(path))


def _paths(shapes: Shapes) -> list[str]:
    paths = (field.path for shape in Shape for field in leaves(shapes.of(shape)))
    return sorted(set(paths))


def _first(shapes: Shapes, path: str) -> Field | None:
    return next((field for shape in Shape if (field := shapes.of(shape).field(path))), None)


def _types(field: Field | None) -> list[str]:
    return list(field.types) if field else []


def _fill(field: Field | None) -> float | None:
    return round(field.observed.fill, 4) if field and field.observed else None

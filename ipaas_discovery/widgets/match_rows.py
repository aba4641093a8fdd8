"""Rows of the match board as plain JSON: each destination field, what fills it, what speaks for that and against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.preview import preview_mapping
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.matching import mapping as fills
from ipaas_discovery.matching.comparison import MOVED, Comparison, received_schema
from ipaas_discovery.matching.condition import Condition
from ipaas_discovery.matching.field_matches import THRESHOLD, Match, Matches
from ipaas_discovery.matching.formulas.formula_text import write_formula
from ipaas_discovery.matching.records.agreement import AgreementRow, PairedValues
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow

__all__ = ["MatchRows", "mapping_words"]

CLEAR = 0.8
"""Score from which a proposal that nothing speaks against is taken with the others."""
NEAR = 5
"""Sources that are listed for a destination."""
Row = dict[str, Any]


def mapping_words(row: fills.Mapping) -> str:
    """Put what fills a field in a few words.

    >>> mapping_words(fills.Mapping("type", "constant", value="Order", default="x"))
    "always 'Order', else 'x'"
    >>> mapping_words(fills.Mapping("state", "look-up", ("status",), values=(("1", "open"),)))
    'status, translated: 1 = open'
    """
    match row.kind:
        case "constant":
            what = f"always '{row.value}'"
        case "formula":
            what = write_formula(row.formula) if row.formula else f"C#: {row.value}"
        case "look-up" if row.formula:
            what = write_formula(row.formula)
        case "look-up" if row.values:
            what = f"{row.sources[0]}, translated: " + ", ".join(f"{left} = {right}" for left, right in row.values)
        case "look-up" if row.value:
            what = f"id of the {row.value} that {row.sources[0]} names"
        case "":
            what = "" if not row.sources else "one of " + ", ".join(row.sources)
        case _:
            what = ", ".join(row.sources)
    what += f", else '{row.default}'" if row.default else ""
    return what + (f", where {row.condition}" if row.condition else "")


@dataclass(frozen=True)
class MatchRows:
    """One direction of a pair of collections, or one named flow of it, field by field of its destination.

    Attributes:
        comparison: both sides, under what people said.
        entry: the pair in the worksheet.
        direction: To or From.
        verdicts: those of this direction, or of the flow.
        flow: the flow that people named, if one is looked at alone.
    """

    comparison: Comparison
    entry: Entry
    direction: Direction
    verdicts: tuple[Verdict, ...] = ()
    flow: OrderedFlow | None = None

    @property
    def to(self) -> bool:
        """True if iPaaS.com is the destination."""
        return self.direction is Direction.TO

    @property
    def side(self) -> Literal["left", "right"]:
        """The side of paired records that is the destination."""
        return "left" if self.to else "right"

    @property
    def source(self) -> Shapes:
        """Shapes of the collection that records come from."""
        return self.comparison.third_party if self.to else self.comparison.ipaas

    @cached_property
    def received(self) -> Schema:
        """The schema that the destination receives."""
        return received_schema(self.comparison.ipaas if self.to else self.comparison.third_party)

    @property
    def matches(self) -> Matches:
        """Ranked matches of source and destination fields."""
        return self.comparison.to_matches if self.to else self.comparison.from_matches

    @cached_property
    def mappings(self) -> dict[str, fills.Mapping]:
        """The mapping of each destination field: the flow's own, else what all flows of the direction share."""
        shared = self.comparison.to_mappings if self.to else self.comparison.from_mappings
        mappings = {row.destination: row for row in shared}
        if self.flow:
            blank = {path: fills.Mapping(path) for path in mappings}
            filling = (row for row in self.flow.over(shared) if row.status != "rejected")
            mappings = blank | {row.destination: row for row in reversed([*filling])}
        return mappings

    @cached_property
    def pairs(self) -> Pairs | None:
        """The same records of both systems; of a named flow those that meet its condition."""
        pairs = self.comparison.pairs
        if pairs is None or self.flow is None or not self.flow.condition:
            return pairs
        condition = Condition.parse(self.flow.condition)
        sample = pairs.right if self.to else pairs.left
        held = (pair for pair in pairs.pairs if condition.holds(sample.records[pair.right if self.to else pair.left]))
        return replace(pairs, pairs=tuple(held))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Paths of the source's fields."""
        return tuple(sorted(self.entry.to_sources if self.to else self.entry.from_sources))

    @cached_property
    def near(self) -> dict[str, list[Match]]:
        """The matches of each destination field, best first."""
        near: dict[str, list[Match]] = {}
        for match in self.matches.rows:
            near.setdefault(match.destination, []).append(match)
        return {path: sorted(rows, key=lambda row: (-row.score, row.source)) for path, rows in near.items()}

    def statement(self, key: str) -> str:
        """Put all that people said of a field in words; empty where they said nothing."""
        return "; ".join(self._statements.get(key, ()))

    @cached_property
    def _statements(self) -> dict[str, list[str]]:
        """List the words that people wrote of each field."""
        statements: dict[str, list[str]] = {}
        for row in self._words:
            if row.status != "proposed":
                statements.setdefault(row.destination, []).append(_signed(row))
        return statements

    @property
    def _words(self) -> Iterable[fills.Mapping]:
        """The words of people on this flow alone, or on all flows of the direction."""
        return self.flow.mappings if self.flow else self.entry.mappings(self.direction)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """Fields of which somebody has to say something: a proposal is undecided, or a required field unfilled."""
        rejected = self._rejected
        return tuple(
            path
            for path, row in self.mappings.items()
            if path in self._missing
            or (row.status == "proposed" and (row.fills or (row.sources and path not in rejected)))
        )

    def check_sources(self, sources: Iterable[str]) -> None:
        """Make sure that the source has the fields, as far as its fields are known.

        Raises:
            UnknownNameError: if it has not; names the nearest.
        """
        for source in sources:
            if self.sources and source not in self.sources:
                raise UnknownNameError("field", source, self.sources, where=self.source.collection)

    def rows(self) -> list[Row]:
        """List one row per destination field: those that are required first, then those that something fills."""
        return [*self._listed]

    @cached_property
    def _listed(self) -> list[Row]:
        undecided = frozenset(self.undecided)
        rows = [{**self._row(mapping), "open": mapping.destination in undecided} for mapping in self.mappings.values()]
        return sorted(rows, key=lambda row: (not row["required"], not row["kind"] and not row["sources"]))

    def unused(self) -> list[Row]:
        """List the source fields that fill nothing."""
        used = {path for row in self.mappings.values() for path in row.sources}
        best = {match.source: match for match in self.matches.rows if match.rank == 1}
        return [
            {"key": path, "types": _types(self.source.returned.field(path)), "like": _like(best.get(path))}
            for path in self.sources
            if path not in used
        ]

    def coverage(self) -> Row:
        """Count the required fields and those that are filled, the decisions, and the records each flow passes."""
        rows = self._listed
        required = [row for row in rows if row["required"]]
        decided = sum(row["status"] != "proposed" and not row["missing"] for row in rows)
        return {
            "required": len(required),
            "filled": sum(not row["missing"] for row in required),
            "decided": decided,
            "of": decided + len(self.undecided),
            "blank": len(rows) - decided - len(self.undecided),
            "flows": [
                {
                    "name": " ".join(filter(None, (verdict.name, str(verdict.method)))),
                    "outcome": str(verdict.outcome),
                    "passed": verdict.run.passed if verdict.run else None,
                    "records": verdict.run.records if verdict.run else None,
                }
                for verdict in self.verdicts
            ],
        }

    def agreement(self, source: str, key: str) -> AgreementRow | None:
        """Return how the same records agree in two fields; None where none were paired."""
        left, right = (key, source) if self.to else (source, key)
        known = None if self.flow else self.comparison.agreement.row(left, right)
        if known is None and self._paired is not None:
            known = self._paired.row(left, right)
        return known

    @cached_property
    def _paired(self) -> PairedValues | None:
        return self.pairs.values if self.pairs else None

    def _row(self, mapping: fills.Mapping) -> Row:
        key = mapping.destination
        field, missing = self.received.field(key), key in self._missing
        same, compared, differs, clear = self._same(mapping)
        conflict = self._conflict(mapping)
        return {
            "key": key,
            "types": _types(field),
            "title": field.declared.title if field and field.declared else "",
            "required": missing or bool(field and field.required and mapping.fills),
            "missing": missing,
            "shared": self.flow is not None and mapping.decided and mapping not in self.flow.mappings,
            "status": self._status(mapping),
            "kind": mapping.kind,
            "sources": list(mapping.sources),
            "how": mapping_words(mapping),
            "formula": write_formula(mapping.formula) if mapping.formula else "",
            "score": mapping.score,
            "said": self.statement(key),
            **{name: getattr(mapping, name) for name in ("value", "default", "condition", "why", "by")},
            "values": [list(pair) for pair in mapping.values],
            "on": mapping.date,
            "evidence": mapping.evidence,
            "near": [[match.source, round(match.score, 3)] for match in self.near.get(key, ())[:NEAR]],
            "same": same,
            "compared": compared,
            "differs": differs,
            "conflict": conflict,
            "clear": clear and not conflict and _likely(mapping),
        }

    @cached_property
    def _rejected(self) -> dict[str, list[str]]:
        rejected: dict[str, list[str]] = {}
        for row in self._words:
            if row.status == "rejected":
                rejected.setdefault(row.destination, []).extend(row.sources)
        return rejected

    def _status(self, mapping: fills.Mapping) -> str:
        """Name what people said: accepted, manual, rejected (and nothing else fills it), or proposed."""
        if mapping.status == "proposed" and not mapping.fills and mapping.destination in self._rejected:
            return "rejected"
        return mapping.status

    @cached_property
    def _missing(self) -> frozenset[str]:
        """Required fields that nothing fills; inside a list or an object only where the whole would be written."""
        movement, path = ("to", "ipaas") if self.to else ("from_", "third_party")
        rows = self.comparison.rows
        missing = {getattr(row, path) for row in rows if getattr(row, movement) == "required, no source"}
        empty = {key for key, row in self.mappings.items() if not row.fills}
        required = {field.path for field in self.received.fields if field.required}
        missing |= {path for path in required if path in self._rejected or len(split_path(path)) == 1}
        return frozenset(missing & empty)

    def _same(self, mapping: fills.Mapping) -> tuple[str, int, int, bool]:
        """Say how what is written agrees with what is there in the same records.

        Gives the words, the records that could be compared, those that differ, and whether the rest may be as it is.
        """
        pairs = self.pairs
        if not mapping.fills or pairs is None or mapping.kind == "constant":
            return "", 0, 0, True
        if mapping.kind == "field":
            row = self.agreement(mapping.sources[0], mapping.destination)
            return (row.counted, row.compared, row.different, row.outcome not in MOVED) if row else ("", 0, 0, True)
        if not mapping.values and not mapping.formula:
            return "", 0, 0, True
        preview = preview_mapping(mapping, pairs, self.side, None)
        return preview.summary, preview.of, preview.of - preview.explained, True

    @cached_property
    def _refused(self) -> Mapping[str, str]:
        """The refusals of the destination, in words, by field."""
        refused: dict[str, str] = {}
        name = self.flow.name if self.flow else ""
        for verdict in (verdict for verdict in self.verdicts if verdict.name == name):
            for one in verdict.run.rejections if verdict.run else ():
                text = f"{one.problem}: refused in {one.records} of {one.of} records on {verdict.method}"
                refused.setdefault(one.field, text)
        return refused

    def _conflict(self, mapping: fills.Mapping) -> str:
        """Say what stands against a mapping: equally good sources, or records that the destination refuses."""
        if mapping.standing == "ambiguous" and not mapping.decided:
            return f"{len(mapping.sources)} sources are equally good"
        return self._refused.get(mapping.destination, "")


def _likely(mapping: fills.Mapping) -> bool:
    """Tell whether a proposal scores so well that it may be taken with others."""
    return mapping.status == "proposed" and mapping.fills and (mapping.score or 0) >= CLEAR


def _signed(row: fills.Mapping) -> str:
    who = " ".join(filter(None, (row.status, row.by and f"by {row.by}", row.date and f"on {row.date}")))
    return f"{mapping_words(row)} ({who})" + (f", because {row.why}" if row.why else "")


def _types(field: Field | None) -> str:
    return " | ".join(field.types) if field else ""


def _like(match: Match | None) -> str:
    return f"{match.destination} ({match.score:.2f})" if match and match.score >= THRESHOLD / 2 else ""

"""Facts of a pair gathered from its shapes, samples, connectors and paired records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.records.agreement import MAPPED, Agreement, AgreementRow
from ipaas_discovery.matching.records.record_pairs import Pairs
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.systems.connectors.collection import CollectionSpec
from ipaas_discovery.vocabulary import Direction, Shape
from ipaas_discovery.worksheet.facts.capabilities import Capability, ReadSample, capabilities
from ipaas_discovery.worksheet.facts.model_field import model_fields
from ipaas_discovery.worksheet.facts.pair_facts import Conflict, ForecastFacts, PairFacts, SideFacts

__all__ = ["PulledSide", "pair_facts", "side_facts"]

CUSTOM = "custom_fields"
"""The platform's own list of fields that people add."""


@dataclass(frozen=True, slots=True)
class PulledSide:
    """One side of a pair as it was pulled: shapes, sample, the connector's settings, and what is known of webhooks."""

    shapes: Shapes
    sample: Sample
    spec: CollectionSpec | None = None
    webhooks: tuple[Capability, ...] = ()


def pair_facts(ipaas: PulledSide, third_party: PulledSide, comparison: Comparison) -> PairFacts:
    """Gather what a worksheet writes out of a pair beside its flows."""
    pairs, agreement = comparison.pairs, comparison.agreement
    if pairs is None:
        return PairFacts(side_facts(ipaas), side_facts(third_party))
    read = ipaas.sample.seen and third_party.sample.seen
    return PairFacts(
        side_facts(ipaas),
        side_facts(third_party),
        forecast=_forecast(pairs, agreement),
        conflicts=tuple(_conflicts(agreement)) if read else (),
        keys=tuple(pairs.keys) if read else (),
        paired=len(pairs) if read else None,
    )


def side_facts(side: PulledSide) -> SideFacts:
    """Gather the facts of one side."""
    spec, sample, shapes = side.spec, side.sample, side.shapes
    records = len(sample) if sample.seen else None
    read = ReadSample(records, len(sample.details), sample.total)
    schemas = [shapes.of(shape) for shape in Shape]
    lists = {named.path for schema in schemas for named in schema.named_lists}
    lists |= {field.path for schema in schemas for field in schema.fields if field.path == CUSTOM}
    return SideFacts(
        shapes.system,
        shapes.collection,
        model_fields(shapes),
        capabilities(spec, shapes, read, webhooks=side.webhooks),
        id=spec.id if spec else "",
        parent=(spec.parent if spec else None) or "",
        embedded=bool(spec and spec.embedded),
        records=records,
        total=sample.total,
        custom_fields=tuple(sorted(lists)),
        sources=tuple((shape.value, shapes.of(shape).source) for shape in Shape if shapes.of(shape).known),
    )


def _forecast(pairs: Pairs, agreement: Agreement) -> tuple[ForecastFacts, ...]:
    ours, theirs = pairs.forecast(agreement).rows
    return tuple(
        ForecastFacts(
            direction.value, row.match, row.create, row.update, row.duplicates, row.undecided, row.fields, row.note
        )
        for direction, row in ((Direction.TO, theirs), (Direction.FROM, ours))
    )


def _conflicts(agreement: Agreement) -> Iterator[Conflict]:
    """Yield the pairs of fields whose values differ, those that differ most often first."""
    rows = [row for row in agreement.rows if row.different]
    for row in sorted(rows, key=_by_share):
        yield Conflict(
            row.left,
            row.right,
            row.compared,
            row.equal + row.equal_after_normalising,
            row.different,
            row.only_left,
            row.only_right,
            row.left_fresher,
            row.right_fresher,
            row.outcome,
            row.value_map if row.outcome == MAPPED else (),
        )


def _by_share(row: AgreementRow) -> tuple[float, str, str]:
    return -(row.different / row.compared), row.left, row.right

"""A fresh entry of the worksheet, drafted from the evidence; what nobody knows is left open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.matching.traits import leaves
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts
from ipaas_discovery.worksheet.facts.proposed_features import proposed_features
from ipaas_discovery.worksheet.ordered_flow import FlowCount, TwoWayField
from ipaas_discovery.worksheet.parts import Claims, Evidence
from ipaas_discovery.worksheet.questions import default_questions

__all__ = ["draft_entry"]


def draft_entry(
    comparison: Comparison,
    verdicts: Iterable[Verdict],
    claims: Claims,
    *,
    type_id: int | None,
    facts: PairFacts,
    counts: tuple[FlowCount, ...] = (),
) -> Entry:
    """Draft the entry of one pair of collections as the evidence alone would write it.

    Args:
        comparison: both sides' shapes and matches.
        verdicts: one per direction and method, then those of named flows and of both ways together.
        claims: what the sample of each side can claim.
        counts: the records that meet the condition of each named flow.
        type_id: the platform's id of the collection type.
        facts: what the worksheet writes out of both sides, from which the Supported Features are filled.
    """
    verdicts = tuple(verdicts)
    return Entry(
        comparison.ipaas.collection,
        type_id,
        comparison.third_party.collection,
        claims=claims,
        counts=counts,
        questions=default_questions("collection"),
        features=tuple(
            proposed_features(comparison.ipaas.collection, facts, direction, _outcomes(verdicts, direction))
            for direction in (Direction.TO, Direction.FROM)
        ),
        to=tuple(map(_rounded, comparison.to_mappings)),
        from_=tuple(map(_rounded, comparison.from_mappings)),
        to_sources=_paths(comparison.third_party.returned),
        from_sources=_paths(comparison.ipaas.returned),
        evidence=tuple(
            Evidence(
                verdict.direction,
                verdict.method,
                verdict.outcome,
                verdict.reason,
                verdict.findings,
                verdict.grade,
                passed=verdict.run.passed if verdict.run else None,
                records=verdict.run.records if verdict.run else None,
                flow=verdict.name,
            )
            for verdict in verdicts
        ),
        two_way=tuple(
            TwoWayField(trip.via[0], trip.field, trip.same, trip.of)
            for verdict in verdicts
            for trip in verdict.trips
            if trip.via
        ),
    )


def _rounded(mapping: Mapping) -> Mapping:
    return replace(mapping, score=None if mapping.score is None else round(mapping.score, 3))


def _paths(schema: Schema) -> tuple[str, ...]:
    return tuple(field.path for field in leaves(schema))


def _outcomes(verdicts: tuple[Verdict, ...], direction: Direction) -> dict[Method, Outcome]:
    """Give the best outcome of each method, that of named flows among them."""
    outcomes: dict[Method, Outcome] = {}
    for verdict in verdicts:
        if verdict.direction is direction:
            known = outcomes.get(verdict.method, Outcome.BLOCKED)
            outcomes[verdict.method] = min(known, verdict.outcome, key=list(Outcome).index)
    return outcomes

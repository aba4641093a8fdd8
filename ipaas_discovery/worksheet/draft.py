"""A fresh entry of the worksheet, drafted from the evidence; what nobody knows is left open."""

from __future__ import annotations

from collections.abc import Iterable

from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.field_matches import Matches
from ipaas_discovery.vocabulary import Direction, Method, Outcome, Shape
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.features import DataType, Endpoint, ExternalId, Features, SyncType
from ipaas_discovery.worksheet.parts import Claims, Evidence, FieldMapping
from ipaas_discovery.worksheet.questions import default_questions

__all__ = ["draft_entry"]


def draft_entry(
    comparison: Comparison, verdicts: Iterable[Verdict], claims: Claims, *, type_id: int | None, read_call: str
) -> Entry:
    """The entry of one pair of collections as the evidence alone would write it.

    Args:
        comparison: both sides' shapes and matches.
        verdicts: one a direction and method.
        claims: what each sample can say.
        type_id: the platform's id of the collection type.
        read_call: the third party's call that lists the collection, for the Supported Features.
    """
    verdicts = tuple(verdicts)
    return Entry(
        comparison.ipaas.collection,
        type_id,
        comparison.third_party.collection,
        claims=claims,
        questions=default_questions("collection"),
        features=tuple(_features(comparison, verdicts, each, read_call) for each in (Direction.TO, Direction.FROM)),
        mappings=(
            *_mappings(comparison.to_matches, Direction.TO),
            *_mappings(comparison.from_matches, Direction.FROM),
        ),
        evidence=tuple(
            Evidence(each.direction, each.method, each.outcome, each.reason, each.findings) for each in verdicts
        ),
    )


def _mappings(matches: Matches, direction: Direction) -> list[FieldMapping]:
    return [
        FieldMapping(direction, each.source, each.destination, score=round(each.score, 3), why=each.why)
        for each in matches.proposals()
    ]


def _features(comparison: Comparison, verdicts: tuple[Verdict, ...], direction: Direction, read_call: str) -> Features:
    """The Supported Features record as far as evidence carries it: methods, end points, ids, types."""
    possible = {Outcome.POSSIBLE, Outcome.WITH_DEFAULTS}
    methods = [each.method for each in verdicts if each.direction is direction and each.outcome in possible]
    their = comparison.third_party
    calls = their.of(Shape.CREATE).operations
    writes = [call for method in Method if method in methods and (call := calls.get(method))]
    fields = {field.path for field in their.returned.fields}
    return Features(
        direction,
        sync_methods=tuple(SyncType[method.name] for method in methods),
        endpoints=tuple(map(Endpoint, [read_call] if direction is Direction.TO else dict.fromkeys(writes))),
        external_id_formats=(ExternalId("{{id}}"),) if "id" in fields else None,
        external_data_types=(DataType(their.collection),),
    )

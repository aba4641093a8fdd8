"""Rules for both ways together: each field comes back as it was, and every record has an id on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.execution.round_trip import RoundTrip, round_trips
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import listed, source_name
from ipaas_discovery.vocabulary import Grade

__all__ = ["ids_on_both_sides", "there_and_back"]


def there_and_back(to: Flow, from_: Flow) -> Iterator[Finding]:
    """Report the round trip of each field, from the third party's side, and ids that are missing on either side."""
    if to.records:
        yield from map(_finding, round_trips(to, from_))
    yield from ids_on_both_sides(to, from_)


def _finding(trip: RoundTrip) -> Finding:
    if not trip.via:
        fact = "goes to iPaaS.com, and nothing brings it back"
        return Finding(
            "round trip",
            Effect.WARNS,
            trip.field,
            fact,
            "map it From iPaaS.com, or let one side own it",
            Grade.INFERRED,
        )
    way, grade = listed(trip.via), observed(trip.same, trip.of)
    if not trip.of:
        fact = f"would come back through {way}, and no record of the sample has it"
        return Finding("round trip", Effect.WARNS, trip.field, fact, "look at a record that has it", grade)
    if trip.same == trip.of:
        fact = f"comes back through {way} as it was in all {trip.of} records that have it"
        return Finding("round trip", Effect.SUPPORTS, trip.field, fact, "", grade)
    shown = f", such as {listed(map(repr, trip.examples))}" if trip.examples else ""
    share = f"as it was in {trip.same} of {trip.of} records"
    fact = f"comes back through {way} {share}{shown}: both sides would overwrite each other"
    return Finding(
        "round trip", Effect.NEEDS_DEFAULT, trip.field, fact, "let one side own it, or map it without loss", grade
    )


def ids_on_both_sides(*flows: Flow) -> Iterator[Finding]:
    """Check that no record of either side is without its id: without one, a change cannot find its way back."""
    for flow in flows:
        for path in flow.surroundings.id_fields or ("id",):
            field = flow.source_field(path)
            seen = field.observed if field else None
            if seen and seen.of and seen.filled < seen.of:
                share = f"{seen.of - seen.filled} of {seen.of}"
                fact = f"{path} of {source_name(flow)} is absent, null or empty in {share}: both ways need an id"
                grade = observed(seen.of - seen.filled, seen.of)
                yield Finding("unique id", Effect.NEEDS_DEFAULT, path, fact, "find out what identifies a record", grade)

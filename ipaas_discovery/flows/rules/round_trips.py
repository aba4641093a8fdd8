"""Rules for both ways together: each field comes back as it was, and every record has an id on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipaas_discovery.flows.execution.round_trip import RoundTrip
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import listed, source_name
from ipaas_discovery.vocabulary import Grade

__all__ = ["ids_on_both_sides", "there_and_back"]


NEWEST = "newest"
"""Owner by which the side that wrote last wins."""
OWNER_FIX = "say which side's value counts, or that the newest does"


def there_and_back(to: Flow, from_: Flow, trips: Iterable[RoundTrip], owners: Mapping[str, str]) -> Iterator[Finding]:
    """Report the round trip of each field, from the third party's side, its owner, and ids that are missing.

    Args:
        to: the way To iPaaS.com.
        from_: the way back.
        trips: the round trip of each field.
        owners: the side whose value counts, by the field of iPaaS.com.
    """
    for trip in trips:
        owner = next((owners[path] for path in trip.via if path in owners), "")
        if to.records and (trip.via or from_.destination.fields):
            yield _came_back(trip, owner)
        if trip.via:
            yield _owned(trip, owner)
    yield from ids_on_both_sides(to, from_)


def _owned(trip: RoundTrip, owner: str) -> Finding:
    """Report whose value counts where both sides write a field."""
    if not owner:
        fact = f"both sides write it, through {listed(trip.via)}, and nobody says whose value counts"
        return Finding("owner", Effect.WARNS, trip.field, fact, OWNER_FIX, Grade.INFERRED)
    whose = "the newest value counts" if owner == NEWEST else f"{owner} owns it"
    return Finding("owner", Effect.SUPPORTS, trip.field, f"both sides write it, and {whose}", "", Grade.DECLARED)


def _came_back(trip: RoundTrip, owner: str) -> Finding:
    if not trip.via:
        fact = "goes to iPaaS.com, and nothing brings it back"
        fix = "map it From iPaaS.com, or let one side own it"
        return Finding("round trip", Effect.WARNS, trip.field, fact, fix, Grade.INFERRED)
    way, grade = listed(trip.via), observed(trip.same, trip.of)
    if not trip.of:
        fact = f"would come back through {way}, and no record of the sample has it"
        return Finding("round trip", Effect.WARNS, trip.field, fact, "look at a record that has it", grade)
    if trip.same == trip.of:
        fact = f"comes back through {way} as it was in all {trip.of} records that have it"
        return Finding("round trip", Effect.SUPPORTS, trip.field, fact, "", grade)
    shown = f", such as {listed(map(repr, trip.examples))}" if trip.examples else ""
    fact = f"comes back through {way} as it was in {trip.same} of {trip.of} records{shown}"
    if owner and owner != NEWEST:
        fact = f"{fact}; {owner} owns it, so nothing overwrites it there"
        return Finding("round trip", Effect.WARNS, trip.field, fact, "map it one way only, or accept it", grade)
    fact = f"{fact}: both sides would overwrite each other"
    fix = "let one side own it, or map it without loss"
    return Finding("round trip", Effect.NEEDS_DEFAULT, trip.field, fact, fix, grade)


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

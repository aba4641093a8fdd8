"""Rules for what identifies a record: a key that is unique, of a form the platform can keep."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.record_keys import is_email, is_key, key_fields
from ipaas_discovery.flows.rules.wording import counted, listed, refused
from ipaas_discovery.flows.value_shares import different
from ipaas_discovery.schemas.schema import Field, Observed
from ipaas_discovery.vocabulary import Direction, Grade, Method

__all__ = ["id_form", "key", "unique"]

SEPARATOR = "|"
"""The sign by which the platform joins a parent's and a child's id."""


def key(flow: Flow) -> Iterator[Finding]:
    """Check that something identifies the destination's record."""
    if flow.method is Method.ADD:
        return
    mapped = [edge for edge in flow.edges if is_key(edge.destination, flow.destination)]
    natural = [edge for edge in flow.edges if is_email(edge.destination)]
    singular = [edge for edge in (*mapped, *natural) if different(flow.source, edge.source)]
    if singular:
        best = min(singular, key=lambda edge: (edge.destination.name == "id", edge.destination.path))
        seen = best.source.observed.filled if best.source.observed else 0
        fact = f"{best.source.path} is filled and different in all {seen} seen, and names the record"
        yield Finding("key", Effect.SUPPORTS, best.destination.path, fact, "", observed(seen, seen))
    elif mapped:
        yield _weak_key(flow, mapped[0].source, mapped[0].destination.path)
    elif flow.destination.fields:
        yield _other_key(flow)


def _weak_key(flow: Flow, field: Field, path: str) -> Finding:
    """Report a mapped key that is not proven to be one."""
    seen = field.observed or Observed(0, 0)
    if different(flow.source, field) is None:
        fact, grade = f"{field.path} is mapped, and no sample shows whether it tells records apart", Grade.UNKNOWN.value
    else:
        fact = f"{field.path} does not tell records apart: {seen.distinct} different values in {seen.of}"
        grade = observed(seen.distinct, seen.of)
    return Finding("key", Effect.WARNS, path, fact, "link the records by their External ID", grade)


def _other_key(flow: Flow) -> Finding:
    """Report that no key is mapped: the External ID can link records, if the source has an id."""
    named = (path for path in flow.surroundings.id_fields if "[]" not in path)
    paths = sorted({*named, *key_fields(flow.source)})
    candidates = [field for field in map(flow.source_field, paths) if field and "object" not in field.types]
    likely = [field for field in candidates if different(flow.source, field) is not False]
    if not likely:
        tried = f": not {listed(field.path for field in candidates)}" if candidates else ""
        fact = f"no field of the source is known to tell its records apart{tried}"
        return Finding(
            "key", Effect.UNKNOWN, "", fact, "find out what identifies a record on both sides", Grade.UNKNOWN
        )
    best = min(likely, key=lambda field: (different(flow.source, field) is None, field.name != "id", field.path))
    fact = f"no key is mapped; {best.path} of the source can be kept as External ID"
    return Finding("key", Effect.WARNS, "", fact, "map the key, or rely on linked External IDs", Grade.INFERRED)


def unique(flow: Flow) -> Iterator[Finding]:
    """Check that no two records are sent with the same key: an add is refused, an update overwrites the other."""
    if flow.method is Method.ADD:
        what = "an earlier one has the same key"
        yield from refused(flow, "unique", what, "find out which is meant, or filter the others out")
        return
    for edge in flow.edges if flow.method is Method.UPDATE else ():
        seen = edge.source.observed
        if edge.destination.path not in flow.unique or not seen or seen.distinct_error or seen.distinct >= seen.filled:
            continue
        again = seen.filled - seen.distinct
        share = f"{counted(again, 'record')} of {seen.filled}"
        fact = f"{share} with the {edge.source.path} of another: each would overwrite the one before"
        fix = "link the records by their External ID"
        yield Finding("unique", Effect.WARNS, edge.destination.path, fact, fix, observed(again, seen.filled))


def id_form(flow: Flow) -> Iterator[Finding]:
    """Check that the ids of the source can be kept as External IDs: never empty, and without the separator."""
    if flow.direction is not Direction.TO:
        return
    wanted = flow.surroundings.id_fields or ("id",)
    for field in filter(None, map(flow.source_field, wanted)):
        seen = field.observed
        if seen is None or not seen.of:
            continue
        if seen.filled < seen.of:
            share = f"{seen.of - seen.filled} of {seen.of}"
            fact = f"{field.path} is absent, null or empty in {share}: no External ID can be kept"
            grade = observed(seen.of - seen.filled, seen.of)
            yield Finding("id form", Effect.WARNS, "", fact, "find out what identifies these records", grade)
        values = [str(value) for value in (*(value for value, _ in seen.top), *seen.examples)]
        joined = [value for value in dict.fromkeys(values) if SEPARATOR in value]
        if joined:
            fact = f"{field.path} holds the sign {SEPARATOR}, by which the platform joins a parent's id and a child's"
            yield Finding(
                "id form", Effect.WARNS, "", fact, "write such ids in another way", observed(len(joined), seen.of)
            )
    if flow.surroundings.parent and not any(map(flow.source_field, wanted)):
        fact = f"its records have no id of their own: the External ID is made of two, parent{SEPARATOR}child"
        yield Finding(
            "id form", Effect.WARNS, "", fact, "find out which field tells the children apart", Grade.INFERRED
        )

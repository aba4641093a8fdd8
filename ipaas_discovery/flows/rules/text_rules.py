"""Rules for texts: their length, their form, and dates."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.execution.conversion import impossible_date
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import listed, refused
from ipaas_discovery.flows.value_shares import in_formats
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.schemas.field import Declared
from ipaas_discovery.vocabulary import Grade

__all__ = ["dates", "formats", "length", "patterns", "zone"]

SHORTEN = "shorten it by a formula"
LENGTHEN = "give a default, or make it longer by a formula"


def length(flow: Flow) -> Iterator[Finding]:
    """Check that no text is longer, or shorter, than the destination takes; counted exactly where records are run."""
    for rejection in flow.run.rejected("length") if flow.run else ():
        target = flow.destination_field(rejection.field)
        limits = (target.declared if target else None) or Declared()
        taken = _taken(limits.min_length, limits.max_length)
        fact = f"{rejection.records} of {rejection.of} records would be refused: {taken} are taken"
        grade = observed(rejection.records, rejection.of)
        fix = _to_length(limits.min_length, limits.max_length)
        yield Finding("length", Effect.NEEDS_DEFAULT, rejection.field, fact, fix, grade)
    for edge in flow.edges:
        limit = edge.destination.declared.max_length if edge.destination.declared else None
        if limit is None or "string" not in edge.source.types:
            continue
        seen, path, declared = edge.source.observed, edge.destination.path, edge.source.declared
        if seen and seen.lengths and seen.lengths[1] > limit:
            if flow.run is None:
                long = sum(count for value, count in seen.top if isinstance(value, str) and len(value) > limit)
                most = "" if seen.distinct <= len(seen.top) else "at least "
                many = f", longer in {most}{long} of {seen.filled}" if long else ""
                fact = f"{edge.source.path} is up to {seen.lengths[1]} characters long, {limit} are taken{many}"
                grade = observed(max(long, 1), seen.filled)
                yield Finding("length", Effect.NEEDS_DEFAULT, path, fact, SHORTEN, grade)
        elif declared and declared.max_length and declared.max_length > limit:
            fact = f"{edge.source.path} may be {declared.max_length} characters long, {limit} are taken"
            yield Finding("length", Effect.WARNS, path, fact, SHORTEN, Grade.DECLARED)


def _taken(least: int | None, most: int | None) -> str:
    if least and least == most:
        return f"exactly {counted(least, 'character')}"
    limits = ((least, "least"), (most, "most"))
    return " and ".join(f"{counted(number, 'character')} at {word}" for number, word in limits if number is not None)


def _to_length(least: int | None, most: int | None) -> str:
    """Say what to do about texts of a wrong length: one that has to be exact is a code, which no cut makes."""
    if least and least == most:
        return "give a value map, or a formula that makes the code"
    if not least:
        return SHORTEN
    return LENGTHEN if most is None else "bring it to that length by a formula, or give a default"


def formats(flow: Flow) -> Iterator[Finding]:
    """Check that each text is written the way the destination declares, or can be read as that."""
    refused_by_run = {rejection.field for rejection in flow.run.rejected("format")} if flow.run else set()
    yield from refused(flow, "format", lambda path: f"not written as {_format(flow, path)}", "convert it by a formula")
    for edge in flow.edges:
        if edge.destination.path in refused_by_run:
            continue
        wanted = edge.destination.declared.format if edge.destination.declared else None
        fitting = field_formats().fulfilling(wanted, sent=True)
        met = in_formats(edge.source, *fitting) if fitting else None
        if met is None or met.part == met.of:
            continue
        other = f"; most are {edge.source.format}" if edge.source.format not in {None, wanted} else ""
        fact = f"{edge.source.path}: {met} are written as {wanted}, which is expected{other}"
        grade = observed(met.part, met.of)
        yield Finding("format", Effect.WARNS, edge.destination.path, fact, f"convert it to {wanted}", grade)


def _format(flow: Flow, path: str) -> str:
    target = flow.destination_field(path)
    return (target.declared.format if target and target.declared else None) or "declared"


def patterns(flow: Flow) -> Iterator[Finding]:
    """Check that each text has the pattern that the destination declares."""
    yield from refused(flow, "pattern", "not of the pattern that is declared", "convert it by a formula")


def dates(flow: Flow) -> Iterator[Finding]:
    """Check that each date is one of the calendar: no 30 February, and no zeros for "never"."""
    fix = "leave it out, or give a default"
    yield from refused(flow, "date", "dates that no calendar has", fix)
    for edge in flow.edges if flow.run is None else ():
        seen, declared = edge.source.observed, edge.destination.declared
        if declared is None or declared.format not in {"date", "date-time"}:
            continue
        wrong = [pair for pair in (seen.top if seen else ()) if isinstance(pair[0], str) and impossible_date(pair[0])]
        if wrong and seen:
            fact = f"{edge.source.path} has dates that no calendar has: {listed(value for value, _ in wrong)}"
            grade = observed(sum(count for _, count in wrong), seen.filled)
            yield Finding("date", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix, grade)


def zone(flow: Flow) -> Iterator[Finding]:
    """Check that a date and time names its zone."""
    for edge in flow.edges:
        bare = in_formats(edge.source, "date-time-local")
        if bare and bare.part:
            fact = f"{edge.source.path} is a date and time without a zone in {bare}"
            fix = "ask which zone the source means"
            yield Finding("time zone", Effect.WARNS, edge.destination.path, fact, fix, observed(bare.part, bare.of))

"""Rules for fields that take some values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Edge, Flow
from ipaas_discovery.flows.rules.wording import listed, spelled_out
from ipaas_discovery.vocabulary import Grade

__all__ = ["enum", "spelling"]


def enum(flow: Flow) -> Iterator[Finding]:
    """Check that each value the source has is one the destination knows."""
    for rejection in flow.run.rejected("enum") if flow.run else ():
        allowed = _allowed(flow, rejection.field)
        share = f"{rejection.records} of {rejection.of} records would be refused"
        fact = f"{share}: values that are not taken: {spelled_out(rejection)}"
        grade = observed(rejection.records, rejection.of)
        fix = _fix([value for value, _ in rejection.values], allowed)
        yield Finding("enum", Effect.NEEDS_DEFAULT, rejection.field, fact, fix, grade)
    for edge in flow.edges:
        allowed = _allowed(flow, edge.destination.path)
        if allowed:
            yield from _by_schema(flow, edge, allowed)


def _allowed(flow: Flow, path: str) -> tuple[Any, ...]:
    target = flow.destination_field(path)
    return target.declared.enum if target and target.declared else ()


def _by_schema(flow: Flow, edge: Edge, allowed: tuple[Any, ...]) -> Iterator[Finding]:
    """Compare what the source's schema tells of its values, where no run tells it better."""
    seen, declared = edge.source.observed, edge.source.declared
    path = edge.destination.path
    if seen and seen.top:
        foreign = [(value, count) for value, count in seen.top if not _taken(value, allowed)]
        if not (flow.run and foreign):
            yield _observed(edge, foreign, _fix([value for value, _ in foreign], allowed))
    elif declared and declared.enum:
        strange = [value for value in declared.enum if not _taken(value, allowed)]
        if strange:
            fact = f"{edge.source.path} may be {listed(strange)}"
            yield Finding("enum", Effect.NEEDS_DEFAULT, path, fact, _fix(strange, allowed), Grade.DECLARED)
    elif flow.run is None:
        fact = f"only {len(allowed)} values are taken, and those of {edge.source.path} are not known"
        yield Finding("enum", Effect.WARNS, path, fact, _fix((), allowed), Grade.UNKNOWN)


def _taken(value: Any, allowed: tuple[Any, ...]) -> bool:  # noqa: ANN401  any JSON value
    return value is None or value == "" or _text(value) in {_text(other) for other in allowed}


def _text(value: Any) -> str:  # noqa: ANN401  any JSON value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _observed(edge: Edge, foreign: list[tuple[object, int]], fix: str) -> Finding:
    seen = edge.source.observed
    rest = seen.distinct - len(seen.top) if seen else 0
    unseen = f"; {rest} rarer values were not looked at" if rest > 0 else ""
    of = seen.filled if seen else 0
    if foreign:
        named = listed(f"{value!r} ({count})" for value, count in foreign)
        fact = f"{edge.source.path} has values that are not taken: {named}{unseen}"
        grade = observed(sum(count for _, count in foreign), of)
        return Finding("enum", Effect.NEEDS_DEFAULT, edge.destination.path, fact, fix, grade)
    fact = f"every value of {edge.source.path} looked at is taken{unseen}"
    effect, then = (Effect.WARNS, fix) if rest > 0 else (Effect.SUPPORTS, "")
    return Finding("enum", effect, edge.destination.path, fact, then, observed(of, of))


def _fix(values: Iterable[Any], allowed: tuple[Any, ...]) -> str:
    """Propose a value map: where values differ in case alone, the whole map is plain."""
    by_case = {_text(value).casefold(): value for value in allowed}
    plain = [f"{value} → {by_case[_text(value).casefold()]}" for value in values if _text(value).casefold() in by_case]
    rest = f"; taken are {listed(allowed)}" if len(plain) < len(list(values)) or not plain else ""
    return f"give a value map: {listed(plain)}{rest}" if plain else f"give a value map{rest}"


def spelling(flow: Flow) -> Iterator[Finding]:
    """Report values that are the destination's own in another type, such as 1 for "1": they are written as it does."""
    for edge in flow.edges:
        allowed, seen = _allowed(flow, edge.destination.path), edge.source.observed
        values = [value for value, _ in seen.top if value is not None] if seen and allowed else []
        others = [value for value in values if value not in allowed and _taken(value, allowed) and value != ""]
        if others:
            named = listed(map(repr, others))
            fact = f"{edge.source.path} has the values of {edge.destination.path} in another type: {named}"
            kinds = ", ".join(sorted({type(value).__name__ for value in allowed if value is not None}))
            count = sum(times for value, times in seen.top if value in others) if seen else 0
            grade = observed(count, seen.filled if seen else 0)
            yield Finding("spelling", Effect.WARNS, edge.destination.path, fact, f"write them as {kinds}", grade)

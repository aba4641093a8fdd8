"""Rules for numbers: ranges, whole numbers of 32 and 64 bits, decimal places, and amounts in cents."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.execution.constraints import INTEGER_SIZES
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Edge, Flow
from ipaas_discovery.flows.rules.wording import refused
from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.schemas.schema import Declared, Field
from ipaas_discovery.vocabulary import Grade

__all__ = ["cents", "integer_size", "multiples", "number_range", "precision"]

COUNTED = {"qty", "quantity", "count", "items", "units"}
"""Words of names that count things, though a total of them is no money."""
FEWEST = 5
"""Amounts of which not one has cents, before they are taken for cents themselves."""

OTHER = "map another field, or say what to send instead"
"""A remedy for numbers that no change of their form lets in."""


def number_range(flow: Flow) -> Iterator[Finding]:
    """Check that each number lies between the least and the greatest that the destination takes."""
    yield from refused(flow, "range", "beyond the numbers that are taken", OTHER)
    for edge in flow.edges if flow.run is None else ():
        declared, seen = edge.destination.declared or Declared(), edge.source.observed
        if not seen or not seen.values:
            continue
        least, most = seen.values
        low = _greatest(declared.minimum, declared.exclusive_minimum)
        high = _least(declared.maximum, declared.exclusive_maximum)
        below = low is not None and (least < low or least == declared.exclusive_minimum)
        beyond = high is not None and (most > high or most == declared.exclusive_maximum)
        if below or beyond:
            fact = f"{edge.source.path} runs from {least} to {most}, {_limits(low, high)} is taken"
            yield Finding("range", Effect.NEEDS_DEFAULT, edge.destination.path, fact, OTHER, observed(1, seen.filled))


def _greatest(*limits: float | None) -> float | None:
    return max((limit for limit in limits if limit is not None), default=None)


def _least(*limits: float | None) -> float | None:
    return min((limit for limit in limits if limit is not None), default=None)


def _limits(low: float | None, high: float | None) -> str:
    return " ".join(
        part for part in ("" if low is None else f"from {low}", "" if high is None else f"up to {high}") if part
    )


def integer_size(flow: Flow) -> Iterator[Finding]:
    """Check that whole numbers fit into the 32 or 64 bits that are declared."""
    yield from refused(flow, "integer size", "too large for the whole numbers that are taken", OTHER)
    for edge in flow.edges if flow.run is None else ():
        declared, seen = edge.destination.declared or Declared(), edge.source.observed
        size = INTEGER_SIZES.get(declared.format or "")
        path = edge.destination.path
        if size and seen and seen.values and not -size <= seen.values[0] <= seen.values[1] < size:
            fact = f"{edge.source.path} runs from {seen.values[0]} to {seen.values[1]}, {declared.format} is taken"
            yield Finding("integer size", Effect.NEEDS_DEFAULT, path, fact, OTHER, observed(1, seen.filled))
        elif size == INTEGER_SIZES["int32"] and _declared_format(edge.source) == "int64":
            fact = f"{edge.source.path} is int64, int32 is taken"
            yield Finding("integer size", Effect.WARNS, path, fact, "ask how large it gets", Grade.DECLARED)


def _declared_format(field: Field) -> str:
    return (field.declared.format if field.declared else None) or ""


def multiples(flow: Flow) -> Iterator[Finding]:
    """Check that each number is a whole multiple of what is declared, such as 0.05 or 12."""
    yield from refused(flow, "multiple of", "no whole multiple of what is taken", "round it by a formula")


def precision(flow: Flow) -> Iterator[Finding]:
    """Check that numbers have no more digits and decimal places than are taken: those of the currency, for money."""
    yield from refused(flow, "precision", "more digits than are taken", "round it by a formula")


def cents(flow: Flow) -> Iterator[Finding]:
    """Ask about amounts that are whole numbers on one side and have cents on the other: 11288 may be 112.88."""
    for edge in flow.edges:
        if not _is_money(edge.source) or not _is_money(edge.destination):
            continue
        ours, theirs = _in_cents(edge.source), _in_cents(edge.destination)
        if ours is None or theirs is None or ours == theirs:
            continue
        cent, factor = (edge.source.path, "0.01") if ours else (edge.destination.path, "100")
        fact = f"{cent} holds whole numbers where the other side has decimals: 11288 may be 112.88"
        fix = f"compare one amount in both systems; if it is cents, multiply by {factor}"
        yield Finding("cents", Effect.WARNS, edge.destination.path, fact, fix, _grade(edge))


def _is_money(field: Field) -> bool:
    words = set(split_words(field.name))
    return bool(set(field_words().money) & set(split_words(field.name)[-2:])) and words.isdisjoint(COUNTED)


def _in_cents(field: Field) -> bool | None:
    """Tell whether amounts are whole numbers; None if that is not known."""
    seen, described = field.observed, field.declared.description.lower() if field.declared else ""
    if "cent" in split_words(described) or "cents" in split_words(described) or "minor unit" in described:
        return True
    if seen and seen.filled >= FEWEST:
        whole = seen.types.get("integer", 0) + seen.formats.get("integer", 0)
        return whole == seen.filled
    kinds = set(field.types)
    return True if kinds == {"integer"} else False if kinds else None


def _grade(edge: Edge) -> str:
    seen = edge.source.observed
    return observed(seen.filled, seen.of) if seen else Grade.INFERRED

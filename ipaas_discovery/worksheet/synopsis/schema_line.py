"""One field of one side in the synopsis: its facts in all shapes, and where it goes or why it goes nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.worksheet.facts.model_field import ModelField
from ipaas_discovery.worksheet.facts.pair_facts import PairFacts
from ipaas_discovery.worksheet.synopsis.mapping_line import MappingLine

__all__ = ["SchemaLine", "schema_lines"]

HOLDER = "holds the fields below it"


@dataclass(frozen=True, slots=True)
class SchemaLine(Card):
    """One field of one side.

    Attributes:
        side: "iPaaS.com" or "third party".
        facts: what is known of it.
        filled_from: what fills it when its side receives.
        goes_to: the fields that it fills when its side sends.
        why_not: why it neither is filled nor goes anywhere; empty where it does.
    """

    side: str
    facts: ModelField
    filled_from: str = ""
    goes_to: str = ""
    why_not: str = ""


def schema_lines(
    facts: PairFacts, to: tuple[MappingLine, ...], from_: tuple[MappingLine, ...]
) -> tuple[SchemaLine, ...]:
    """List the fields of both sides of a pair.

    Args:
        facts: the facts of the pair.
        to: the mappings towards iPaaS.com.
        from_: those towards the third party.
    """
    return (
        *_side("iPaaS.com", facts.ipaas.fields, to, from_),
        *_side("third party", facts.third_party.fields, from_, to),
    )


def _side(
    side: str, fields: tuple[ModelField, ...], arriving: tuple[MappingLine, ...], leaving: tuple[MappingLine, ...]
) -> Iterator[SchemaLine]:
    filled = {line.destination: line for line in arriving}
    used: dict[str, list[str]] = {}
    for line in leaving:
        for source in line.sources if line.sequence is not None else ():
            used.setdefault(source, []).append(line.destination)
    for facts in fields:
        own = filled.get(facts.path)
        source = _source(own) if own and own.sequence is not None else ""
        goes = ", ".join(used.get(facts.path, ()))
        yield SchemaLine(side, facts, source, goes, "" if source or goes else _why_not(facts, own))


def _source(line: MappingLine) -> str:
    made = line.value if line.kind in {"constant", "formula"} else ", ".join(line.sources)
    return f"{made} ({line.mapping_type}, {line.status})"


def _why_not(facts: ModelField, line: MappingLine | None) -> str:
    if line and line.why:
        return line.why
    if not facts.leaf:
        return HOLDER
    if facts.returned is False and not facts.received:
        return "neither returned nor received"
    return "nothing on the other side is like it"

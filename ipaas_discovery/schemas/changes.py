"""The ways in which one field can change, and what each does to who reads it and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.schemas.chance import beyond_chance
from ipaas_discovery.schemas.schema import Declared, Field
from ipaas_discovery.schemas.side import accepts

__all__ = ["BREAKING", "HARMLESS", "LOOKS", "RISKY", "Change", "Effect"]

MUCH_LONGER = 2
"""How many times the longest value before a value is long, to be worth a word."""


class Effect(StrEnum):
    """What a change does to one who relies on the schema before it, worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    HARMLESS = "harmless"


BREAKING, RISKY, HARMLESS = Effect


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field, its effect on a reader of returned records and on a writer of received ones."""

    path: str
    change: str
    before: str
    after: str
    reader: Effect
    writer: Effect


def _types(old: Field, new: Field) -> Iterator[Change]:
    if not old.types or not new.types or old.types == new.types:
        return
    grown, shrunk = accepts(new.types, old.types), accepts(old.types, new.types)
    if grown and shrunk:
        # Whole numbers may become decimals unnoticed by a check that takes both, so that is not harmless.
        reader, writer = (RISKY, HARMLESS) if "number" in new.types else (HARMLESS, RISKY)
    else:
        reader, writer = HARMLESS if shrunk else BREAKING, HARMLESS if grown else BREAKING
    yield Change(old.path, "type changed", " | ".join(old.types), " | ".join(new.types), reader, writer)


def _formats(old: Field, new: Field) -> Iterator[Change]:
    if old.format != new.format and old.types == new.types:
        yield Change(old.path, "format changed", old.format or "", new.format or "", RISKY, RISKY)


def _required(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.required) != bool(new.required):
        if new.required:
            yield Change(old.path, "required added", "optional", "required", HARMLESS, BREAKING)
        else:
            yield Change(old.path, "required removed", "required", "optional", RISKY, HARMLESS)


def _presence(old: Field, new: Field) -> Iterator[Change]:
    one, other = old.observed, new.observed
    if not (one and other and one.of and other.of):
        return
    before, after = (f"in {each.present} of {each.of}" for each in (one, other))
    if one.present == one.of and other.present < other.of:
        yield Change(old.path, "no longer always there", before, after, RISKY, HARMLESS)
    elif beyond_chance((one.present, one.of), (other.present, other.of)):
        less = other.presence < one.presence
        change = "less often there" if less else "more often there"
        yield Change(old.path, change, before, after, RISKY if less else HARMLESS, HARMLESS)


def _nulls(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.declared.nullable) != bool(new.declared.nullable):
        if new.declared.nullable:
            yield Change(old.path, "null allowed", "never null", "may be null", RISKY, HARMLESS)
        else:
            yield Change(old.path, "null forbidden", "may be null", "never null", HARMLESS, BREAKING)
    one, other = old.observed, new.observed
    if one and other and one.present and not one.nulls and other.nulls:
        before, after = (f"{each.nulls} of {each.present} null" for each in (one, other))
        yield Change(old.path, "nulls appear", before, after, RISKY, HARMLESS)
    elif one and other and one.nulls and beyond_chance((one.nulls, one.present), (other.nulls, other.present)):
        more = other.nulls * one.present > one.nulls * other.present
        before, after = (f"{each.nulls} of {each.present} null" for each in (one, other))
        change = "nulls more often" if more else "nulls less often"
        yield Change(old.path, change, before, after, RISKY if more else HARMLESS, HARMLESS)


def _enum(old: Field, new: Field) -> Iterator[Change]:
    one, other = old.declared or Declared(), new.declared or Declared()
    if not (old.declared and new.declared) or one.enum == other.enum:
        return
    if not one.enum or not other.enum:
        reader, writer = (HARMLESS, BREAKING) if other.enum else (RISKY, HARMLESS)
        change = "enum introduced" if other.enum else "enum lifted"
        yield Change(old.path, change, _listed(one.enum), _listed(other.enum), reader, writer)
        return
    for value in other.enum:
        if value not in one.enum:
            yield Change(old.path, "enum value added", "", str(value), RISKY, HARMLESS)
    for value in one.enum:
        if value not in other.enum:
            yield Change(old.path, "enum value removed", str(value), "", HARMLESS, BREAKING)


def _length(old: Field, new: Field) -> Iterator[Change]:
    if not (old.declared and new.declared) or old.declared.max_length == new.declared.max_length:
        return
    one, other = old.declared.max_length, new.declared.max_length
    shorter = other is not None and (one is None or other < one)
    change, reader, writer = ("shorter", HARMLESS, BREAKING) if shorter else ("longer", RISKY, HARMLESS)
    before, after = ("any length" if each is None else f"up to {each}" for each in (one, other))
    yield Change(old.path, change, before, after, reader, writer)


def _settable(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.declared.read_only) != bool(new.declared.read_only):
        if new.declared.read_only:
            yield Change(old.path, "made read-only", "settable", "read-only", HARMLESS, BREAKING)
        else:
            yield Change(old.path, "made settable", "read-only", "settable", HARMLESS, HARMLESS)


def _values(old: Field, new: Field) -> Iterator[Change]:
    """Values that a sample shows for the first time where the one before had only a few, again and again."""
    one, other = old.observed, new.observed
    if not one or not other:
        return
    known = one.enum_candidate
    for value, times in other.top if known else ():
        if value not in known:
            yield Change(old.path, "new value seen", "", f"{value} ({times} times)", RISKY, HARMLESS)
    if other.unsafe_integers and not one.unsafe_integers:
        yield Change(
            old.path, "numbers beyond 2**53", "none", f"{other.unsafe_integers} of {other.present}", RISKY, HARMLESS
        )
    if (
        one.lengths
        and other.lengths
        and old.types == new.types
        and other.lengths[1] >= MUCH_LONGER * one.lengths[1] > 0
    ):
        before, after = (f"up to {each.lengths[1]}" for each in (one, other) if each.lengths)
        yield Change(old.path, "much longer", before, after, RISKY, HARMLESS)


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(map(str, values))


LOOKS: tuple[Callable[[Field, Field], Iterator[Change]], ...] = (
    _types,
    _formats,
    _required,
    _presence,
    _nulls,
    _enum,
    _length,
    _settable,
    _values,
)

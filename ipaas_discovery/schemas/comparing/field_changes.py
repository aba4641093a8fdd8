"""The ways in which one field can change, and the effect of each on readers and writers.

A reader may be given only values that the earlier schema allowed (a returned shape may narrow, not widen); a
writer may not be refused values that it allowed (a received shape may widen, not narrow). A declared change
against that is breaking. A change that does not concern a careful reader (another value of an enumeration), or
that a sample shows without proving it, is risky.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.schemas.comparing.chance import beyond_chance, missed_by_chance
from ipaas_discovery.schemas.schema import Declared, Field

__all__ = ["BREAKING", "HARMLESS", "LOOKS", "RISKY", "Change", "ChangeEffect"]

MUCH_LONGER = 2
"""Factor by which the longest value must grow to be worth a word."""


WIDER = frozenset({("int32", "int64"), ("float", "double")})
"""Formats whose second allows all that the first does, and more."""
LIMITS = (
    ("max_length", "shorter", "longer", "up to {}"),
    ("min_length", "longer at least", "shorter at least", "from {}"),
    ("maximum", "lower maximum", "higher maximum", "<= {:g}"),
    ("exclusive_maximum", "lower maximum", "higher maximum", "< {:g}"),
    ("minimum", "higher minimum", "lower minimum", ">= {:g}"),
    ("exclusive_minimum", "higher minimum", "lower minimum", "> {:g}"),
)
"""Each limit, the names of its narrower and its wider change, and the text that writes it."""


class ChangeEffect(StrEnum):
    """Effect of a change on one who relies on the schema before it, worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    HARMLESS = "harmless"


BREAKING, RISKY, HARMLESS = ChangeEffect


@dataclass(frozen=True, slots=True)
class Change(Card):
    """One change of one field, its effect on a reader of returned records and on a writer of received ones."""

    path: str
    change: str
    before: str
    after: str
    reader: ChangeEffect
    writer: ChangeEffect


def _types(old: Field, new: Field) -> Iterator[Change]:
    """Compare declared types by the values they allow: a whole number is a number, but not the other way round."""
    before, after = (_declared(field).types for field in (old, new))
    if before == after or not (old.declared and new.declared):
        return
    if not before or not after:
        reader, writer = (HARMLESS, RISKY) if after else (RISKY, HARMLESS)
    else:
        reader = HARMLESS if _within(after, before) else BREAKING
        writer = HARMLESS if _within(before, after) else BREAKING
    yield Change(old.path, "type changed", " | ".join(before) or "any", " | ".join(after) or "any", reader, writer)


def _within(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether every value of `some` types is one of the `others`."""
    allowed = {*others, *(("integer",) if "number" in others else ())}
    return set(some) <= allowed


def _kinds(old: Field, new: Field) -> Iterator[Change]:
    """Compare observed types: a new type is certain, a missing type may be missing by chance."""
    one, other = old.observed, new.observed
    if not (one and other) or _declared(old).types != _declared(new).types:
        return  # another declared type is one change
    before, after = (set(seen.types) - {"null"} for seen in (one, other))
    come, gone = after - before, before - after
    if before & after:
        gone = {kind for kind in gone if not missed_by_chance(one.types[kind], one.present, other.present)}
    numbers = come | gone <= {"integer", "number"} and before & after <= {"integer", "number"}
    if numbers and come:
        # Decimals among whole numbers are no new type to most readers, but worth a word.
        reader, writer = (RISKY, HARMLESS) if "number" in come else (HARMLESS, RISKY)
    elif come:
        reader, writer = BREAKING, BREAKING if gone else HARMLESS
    else:
        reader, writer = HARMLESS, RISKY
    if before and after and (come or gone) and not (numbers and come == {"integer"} and not gone):
        yield Change(old.path, "type changed", " | ".join(sorted(before)), " | ".join(sorted(after)), reader, writer)


def _formats(old: Field, new: Field) -> Iterator[Change]:
    """Compare declared formats, or those that most texts of both samples have, beyond chance, if none is declared."""
    before, after = (_declared(field).format or "" for field in (old, new))
    if before != after and _declared(old).types == _declared(new).types and old.declared and new.declared:
        if (before, after) in WIDER or not after:
            reader, writer = (BREAKING, HARMLESS) if after else (RISKY, HARMLESS)
        elif (after, before) in WIDER or not before:
            reader, writer = HARMLESS, BREAKING if before else RISKY
        else:
            reader = writer = BREAKING
        yield Change(old.path, "format changed", before, after, reader, writer)
    one, other = old.observed, new.observed
    if before == after and one and other and old.format != new.format:
        shares = [
            tuple((seen.formats.get(name or "", 0), seen.types.get("string", 0)) for seen in (one, other))
            for name in (old.format, new.format)
        ]
        if any(beyond_chance(*pair) for pair in shares if pair[0][1] and pair[1][1]):
            yield Change(old.path, "format changed", old.format or "", new.format or "", RISKY, RISKY)


def _required(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.required) != bool(new.required):
        if new.required:
            yield Change(old.path, "required added", "optional", "required", HARMLESS, BREAKING)
        else:
            yield Change(old.path, "required removed", "required", "optional", BREAKING, HARMLESS)


def _presence(old: Field, new: Field) -> Iterator[Change]:
    one, other = old.observed, new.observed
    if not (one and other and one.of and other.of):
        return
    before, after = (f"in {seen.present} of {seen.of}" for seen in (one, other))
    if one.present == one.of and other.present < other.of:
        yield Change(old.path, "no longer always there", before, after, RISKY, HARMLESS)
    elif beyond_chance((one.present, one.of), (other.present, other.of)):
        less = other.presence < one.presence
        change = "less often there" if less else "more often there"
        yield Change(old.path, change, before, after, RISKY if less else HARMLESS, HARMLESS)


def _nulls(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.declared.nullable) != bool(new.declared.nullable):
        if new.declared.nullable:
            yield Change(old.path, "null allowed", "never null", "may be null", BREAKING, HARMLESS)
        else:
            yield Change(old.path, "null forbidden", "may be null", "never null", HARMLESS, BREAKING)
    one, other = old.observed, new.observed
    if one and other and one.present and not one.nulls and other.nulls:
        before, after = (f"{seen.nulls} of {seen.present} null" for seen in (one, other))
        yield Change(old.path, "nulls appear", before, after, RISKY, HARMLESS)
    elif one and other and one.nulls and beyond_chance((one.nulls, one.present), (other.nulls, other.present)):
        more = other.nulls * one.present > one.nulls * other.present
        before, after = (f"{seen.nulls} of {seen.present} null" for seen in (one, other))
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


def _limits(old: Field, new: Field) -> Iterator[Change]:
    """Compare lengths and ranges: a reader counts on the old limits, a writer on no new ones."""
    if not (old.declared and new.declared):
        return
    for name, narrower, wider, text in LIMITS:
        before, after = (getattr(declared, name) for declared in (old.declared, new.declared))
        if before == after:
            continue
        upper = "max" in name
        tight = after is not None and (before is None or (after < before if upper else after > before))
        old_limit, new_limit = ("any" if limit is None else text.format(limit) for limit in (before, after))
        reader, writer = (HARMLESS, BREAKING) if tight else (BREAKING, HARMLESS)
        yield Change(old.path, narrower if tight else wider, old_limit, new_limit, reader, writer)


def _pattern(old: Field, new: Field) -> Iterator[Change]:
    """Report a changed pattern; nobody can tell of two patterns which allows more."""
    before, after = _declared(old).pattern, _declared(new).pattern
    if before != after and old.declared and new.declared:
        reader, writer = RISKY if before else HARMLESS, RISKY if after else HARMLESS
        yield Change(old.path, "pattern changed", before or "any", after or "any", reader, writer)


def _settable(old: Field, new: Field) -> Iterator[Change]:
    if old.declared and new.declared and bool(old.declared.read_only) != bool(new.declared.read_only):
        if new.declared.read_only:
            yield Change(old.path, "made read-only", "settable", "read-only", HARMLESS, BREAKING)
        else:
            yield Change(old.path, "made settable", "read-only", "settable", HARMLESS, HARMLESS)


def _values(old: Field, new: Field) -> Iterator[Change]:
    """Report values seen for the first time if the earlier sample repeated only a few, and longer or larger values."""
    one, other = old.observed, new.observed
    if not one or not other:
        return
    known = one.enum_candidate
    for value, times in other.top if known else ():
        if value not in known:
            shown = str(value).lower() if isinstance(value, bool) else value
            yield Change(old.path, "new value seen", "", f"{shown} ({times} of {other.present})", RISKY, HARMLESS)
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
        before, after = (f"up to {seen.lengths[1]}" for seen in (one, other) if seen.lengths)
        yield Change(old.path, "much longer", before, after, RISKY, HARMLESS)


def _declared(field: Field) -> Declared:
    return field.declared or Declared()


def _listed(values: tuple[object, ...]) -> str:
    return ", ".join(map(str, values))


LOOKS: tuple[Callable[[Field, Field], Iterator[Change]], ...] = (
    _types,
    _kinds,
    _formats,
    _required,
    _presence,
    _nulls,
    _enum,
    _limits,
    _pattern,
    _settable,
    _values,
)

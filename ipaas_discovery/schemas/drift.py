"""What changed in a collection between two dates, and what that does to who reads it and who writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ipaas_discovery.schemas.differ import accepts
from ipaas_discovery.schemas.schema import Declared, Field, Schema
from ipaas_discovery.tables import Tabular, frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "Drift", "Effect", "drift"]


class Effect(StrEnum):
    """What a change does to one who relies on the schema before it, worst first."""

    BREAKING = "breaking"
    RISKY = "risky"
    HARMLESS = "harmless"


BREAKING, RISKY, HARMLESS = Effect
CHANCE = 0.05
"""How probable it may be that a field is only missing by chance, for its absence from a sample to count."""

COLUMNS = {"path": "str", "change": "str", "before": "str", "after": "str", "reader": "str", "writer": "str"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field, its effect on a reader of returned records and on a writer of received ones."""

    path: str
    change: str
    before: str
    after: str
    reader: Effect
    writer: Effect


@dataclass(frozen=True, slots=True)
class Drift(Tabular):
    """The changes, sorted by path. `unknown` is a sentence where the two cannot be compared, else empty."""

    collection: str
    system: str
    changes: tuple[Change, ...]
    unknown: str = ""

    @property
    def reader(self) -> Effect | None:
        """The worst effect on a reader; None without any change."""
        return min((each.reader for each in self.changes), key=list(Effect).index, default=None)

    @property
    def writer(self) -> Effect | None:
        """The worst effect on a writer; None without any change."""
        return min((each.writer for each in self.changes), key=list(Effect).index, default=None)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """For `reader` and `writer` the number of changes of each effect."""
        by_role = {"reader": [each.reader for each in self.changes], "writer": [each.writer for each in self.changes]}
        return {role: {effect.value: Counter(found)[effect] for effect in Effect} for role, found in by_role.items()}

    def frame(self) -> pd.DataFrame:
        """One row a change, with what was before and after and the effect on a reader and on a writer."""
        return frame_of(({name: getattr(each, name) for name in COLUMNS} for each in self.changes), COLUMNS)


def drift(before: Schema, after: Schema) -> Drift:
    """What changed from `before` to `after`, two schemas of one collection in one shape.

    A reader suffers when less or something else comes than before, a writer when less is taken or more is
    asked for. A field that a later sample does not show counts as removed only if chance cannot explain
    it; declared facts are compared with declared ones, observed with observed.

    >>> before = Schema.from_fields([{"path": "sku", "types": "string"}])
    >>> after = Schema.from_fields([{"path": "sku", "types": "string", "required": True}])
    >>> [(each.change, each.reader.value, each.writer.value) for each in drift(before, after).changes]
    [('required added', 'harmless', 'breaking')]
    """
    collection, system = after.collection or before.collection, after.system or before.system
    for schema, when in ((before, "before"), (after, "after")):
        if not schema.known:
            return Drift(collection, system, (), f"Nothing is known of the schema {when}, so nothing can be compared.")
    old, new = ({each.path: each for each in schema.fields} for schema in (before, after))
    changes: list[Change] = []
    for path in sorted(old | new):
        if path not in new:
            changes.append(_removed(old[path], after))
        elif path not in old:
            changes.append(_added(new[path]))
        else:
            changes += [each for look in LOOKS for each in look(old[path], new[path])]
    return Drift(collection, system, tuple(changes))


def _removed(field: Field, after: Schema) -> Change:
    kind = " | ".join(field.types)
    seen = field.observed
    if field.declared is None and seen and after.records is not None:
        missed_by_chance = (1 - seen.presence) ** after.records
        if missed_by_chance > CHANCE:
            note = f"not in {after.records} records"
            return Change(field.path, "not seen any more", kind, note, RISKY, RISKY)
    return Change(field.path, "removed", kind, "", BREAKING, BREAKING)


def _added(field: Field) -> Change:
    kind = " | ".join(field.types)
    if field.required:
        return Change(field.path, "added, required", "", kind, HARMLESS, BREAKING)
    return Change(field.path, "added", "", kind, HARMLESS, HARMLESS)


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
    if one and other and one.of and one.present == one.of and other.present < other.of:
        before, after = (f"in {each.present} of {each.of}" for each in (one, other))
        yield Change(old.path, "no longer always there", before, after, RISKY, HARMLESS)


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
)

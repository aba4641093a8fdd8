"""Changes of a collection between two dates, and their effect on its readers and writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.schemas.comparing.chance import missed_by_chance
from ipaas_discovery.schemas.comparing.field_changes import BREAKING, HARMLESS, LOOKS, RISKY, Change, ChangeEffect
from ipaas_discovery.schemas.comparing.fold_maps import folded
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Field, Schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Change", "ChangeEffect", "Drift", "drift"]


COLUMNS = {"path": "str", "change": "str", "before": "str", "after": "str", "reader": "str", "writer": "str"}


@dataclass(frozen=True, slots=True)
class Drift(Tabular):
    """The changes, sorted by path. `unknown` is a sentence if the two cannot be compared, else empty."""

    collection: str
    system: str
    changes: tuple[Change, ...]
    unknown: str = ""

    section: ClassVar[str] = "change"

    @property
    def reader(self) -> ChangeEffect | None:
        """The worst effect on a reader; None without any change."""
        return min((change.reader for change in self.changes), key=list(ChangeEffect).index, default=None)

    @property
    def writer(self) -> ChangeEffect | None:
        """The worst effect on a writer; None without any change."""
        return min((change.writer for change in self.changes), key=list(ChangeEffect).index, default=None)

    @shows("Changes", "for the", "changes")
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Count the changes of each effect, for `reader` and `writer`."""
        by_role = {
            "reader": [change.reader for change in self.changes],
            "writer": [change.writer for change in self.changes],
        }
        return {
            role: {effect.value: Counter(effects)[effect] for effect in ChangeEffect}
            for role, effects in by_role.items()
        }

    def frame(self) -> pd.DataFrame:
        """Return one row per change: the values before and after, the effect on a reader and on a writer; all text."""
        return frame_of(({name: getattr(change, name) for name in COLUMNS} for change in self.changes), COLUMNS)

    def _subject(self) -> str:
        return f"Changes of {of}" if (of := ", ".join(filter(None, (self.collection, self.system)))) else "Changes"

    def _facts(self) -> dict[str, Any]:
        return {"collection": self.collection, "system": self.system, "unknown": self.unknown}


def drift(before: Schema, after: Schema) -> Drift:
    """Find the changes from `before` to `after`, two schemas of one collection in one shape.

    A reader suffers if less or something else comes than before, a writer if less is taken or more is asked
    for: a returned shape may narrow and a received shape may widen. A field goes with the object that holds it,
    as one change. A field that a later sample does not show counts as removed only if chance cannot explain it,
    and the frequency of a field or of null has changed only if the 95 % intervals do not overlap. Declared facts
    are compared with declared ones, observed with observed; an object that is a map in one is a map in both.

    >>> before = Schema.from_fields([{"path": "sku", "types": "string"}])
    >>> after = Schema.from_fields([{"path": "sku", "types": "string", "required": True}])
    >>> [(change.change, change.reader.value, change.writer.value) for change in drift(before, after).changes]
    [('required added', 'harmless', 'breaking')]
    """
    collection, system = after.collection or before.collection, after.system or before.system
    for schema, when in ((before, "before"), (after, "after")):
        if not schema.known:
            return Drift(collection, system, (), f"Nothing is known of the schema {when}, so nothing can be compared.")
    old_fields, new_fields = ({field.path: field for field in schema.fields} for schema in (before, after))
    old, new = folded(old_fields, new_fields), folded(new_fields, old_fields)
    changes: list[Change] = [*_whole(before, after)]
    for path in sorted({*old, *new}):
        if path not in new:
            changes += _removed(old[path], new, after) if _has_holder(path, old, new) else ()
        elif path not in old:
            changes += _added(new[path], old, before) if _has_holder(path, new, old) else ()
        else:
            changes += [change for look in LOOKS for change in look(old[path], new[path])]
            changes += _unseen(old[path], new, after)
    return Drift(collection, system, tuple(changes))


def _whole(before: Schema, after: Schema) -> Iterator[Change]:
    """Find changes of the record as a whole: its envelope, and the calls that write it."""
    declared = all(any(field.declared for field in schema.fields) for schema in (before, after))
    if declared and before.envelope != after.envelope:
        yield Change("", "envelope changed", before.envelope or "none", after.envelope or "none", BREAKING, BREAKING)
    for method, call in before.operations.items():
        now = after.operations.get(method, call)
        if call != now:
            change = f"call to {method.value} changed" if call and now else f"call to {method.value} "
            change += "" if call and now else ("removed" if call else "added")
            yield Change("", change, call or "", now or "", HARMLESS, BREAKING if call else HARMLESS)


def _has_holder(path: str, mine: Mapping[str, Field], theirs: Mapping[str, Field]) -> bool:
    """Tell whether the field's parents are on the other side too; else their absence is the one change."""
    parts = split_path(path)
    holders = (".".join(parts[:end]) for end in range(1, len(parts)))
    lists = {f"{path.removesuffix('[]')}"} if path.endswith("[]") else set()
    above = {name for holder in holders for name in (holder, _unlisted(holder))} | lists
    return not any(name in mine and name not in theirs for name in above)


def _unlisted(path: str) -> str:
    """Return the path of the list whose elements `path` is about."""
    parts = split_path(path)
    return ".".join([*parts[:-1], list_depth(parts[-1])[0]])


def _removed(field: Field, new: Mapping[str, Field], after: Schema) -> Iterator[Change]:
    """Report a field that is gone: if a declaration drops it, or a sample lacks it beyond chance."""
    kind = " | ".join(field.types)
    seen = field.observed
    if field.declared is None and seen:
        of = _chances(field.path, new, after.records) if after.records is not None else 0
        if not of:
            return  # its parent is gone, and that is one change; or no record was read, which says nothing of it
        if missed_by_chance(seen.present, seen.of, of):
            note = f"not in {of} records" if len(split_path(field.path)) == 1 else f"not in {of}"
            yield Change(field.path, "not seen any more", kind, note, RISKY, RISKY)
            return
    yield Change(field.path, "removed", kind, "", BREAKING, BREAKING)


def _unseen(field: Field, new: Mapping[str, Field], after: Schema) -> Iterator[Change]:
    """Report a field that is still declared, and that no record holds any more, beyond chance."""
    seen = field.observed
    of = _chances(field.path, new, after.records) if seen and not new[field.path].observed and after.records else 0
    if seen and of and not missed_by_chance(seen.present, seen.of, of):
        before, now = f"in {seen.present} of {seen.of}", f"in 0 of {of}, though still declared"
        yield Change(field.path, "not seen any more", before, now, BREAKING, RISKY)


def _added(field: Field, old: Mapping[str, Field], before: Schema) -> Iterator[Change]:
    kind = " | ".join(field.types)
    seen = field.observed
    if field.required and not (field.declared and field.declared.read_only):
        yield Change(field.path, "added, required", "", kind, HARMLESS, BREAKING)
        return
    if field.declared is None and seen and before.records is not None:
        of = _chances(field.path, old, before.records)
        if not of:
            return  # its parent is new, and that is one change
        if missed_by_chance(seen.present, seen.of, of):
            yield Change(field.path, "seen for the first time", f"not in {of}", kind, HARMLESS, HARMLESS)
            return
    yield Change(field.path, "added", "", kind, HARMLESS, HARMLESS)


def _chances(path: str, fields: Mapping[str, Field], records: int) -> int:
    """Count the objects of the other sample that could have held the field."""
    *holder, last = split_path(path)
    if list_depth(last)[1]:  # a list's elements: as many chances as lists that are not empty
        lists = fields.get(path.removesuffix("[]"))
        seen = lists.observed if lists else None
        return max(seen.types.get("array", 0) - seen.empties, 0) if seen else 0  # empty texts count as empty, too
    if not holder:
        return records
    return max(
        (field.observed.of for field in fields.values() if field.observed and field.parent == ".".join(holder)),
        default=0,
    )

"""Declared schemas checked against a sample of the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording, shows
from ipaas_discovery.schemas.comparing.comparable import ComparableSchema
from ipaas_discovery.schemas.comparing.deviations import EXAMPLES, LOOKS, Deviation
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Declared, Field, Observed, Schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PROBLEMS", "Conformance", "Deviation", "check_conformance"]

PROBLEMS = (
    "never seen",
    "undeclared",
    "absent though required",
    "null though not nullable",
    "wrong type",
    "wrong format",
    "outside the enum",
    "too long",
    "too short",
    "out of range",
    "not the pattern",
)
"""Names of the problems; a path may have several."""
COLUMNS = {
    "path": "str",
    "problem": "str",
    "declared": "str",
    "observed": "str",
    "count": "Int64",
    "of": "Int64",
    "at_least": "boolean",
    "examples": "object",
}


@dataclass(frozen=True, slots=True)
class Conformance(Tabular):
    """Deviations of a sample from its declaration, by path. `unknown` is a sentence if nothing can be checked."""

    collection: str
    system: str
    rows: tuple[Deviation, ...]
    unknown: str = ""

    section: ClassVar[str] = "problem"
    wording: ClassVar[Wording] = {"examples": lambda examples: ", ".join(map(repr, examples))}

    @property
    @shows("Problems", "problem", "fields")
    def counts(self) -> Mapping[str, int]:
        """Number of rows of each problem."""
        counted = Counter(row.problem for row in self.rows)
        return {problem: counted[problem] for problem in PROBLEMS}

    @shows("Deviations")
    def of(self, problem: str) -> tuple[Deviation, ...]:
        """Return the rows of one problem."""
        return tuple(row for row in self.rows if row.problem == problem)

    def frame(self) -> pd.DataFrame:
        """Return one row per path and problem: declared, observed, `count` of `of`, up to three examples.

        Dtypes: text, Int64 for count and of, boolean for at_least, lists for examples.
        """
        return frame_of(map(_cells, self.rows), COLUMNS)

    def _subject(self) -> str:
        return f"Deviations of {self.collection}, {self.system}, from its description"

    def _noted(self) -> Iterator[str]:
        yield from filter(None, [self.unknown])

    def _facts(self) -> dict[str, Any]:
        return {"collection": self.collection, "system": self.system, "unknown": self.unknown}


def check_conformance(declared: Schema, observed: Schema | None = None) -> Conformance:
    """List the observations that are not as declared.

    A field inside a parent that was never seen, or is not declared at all, gets no row of its own, and a field
    that the declaration leaves open (an object without fields) is never undeclared. The absence of a row is no
    proof: if n values all fit, up to 3 in n more may not (95 %).

    >>> from ipaas_discovery.schemas.observing.observe import observe
    >>> declared = Schema.from_fields([{"path": "state", "enum": ["open"]}, {"path": "note"}])
    >>> conformance = check_conformance(declared, observe([{"state": "open"}, {"state": "void", "id": 1}]))
    >>> [(row.path, row.problem, row.count, row.of) for row in conformance.rows]
    [('id', 'undeclared', 1, 2), ('note', 'never seen', 0, 2), ('state', 'outside the enum', 1, 2)]

    Args:
        declared: the schema as declared, in the shape that the sample is of (the list's, for a list).
        observed: the schema of a sample; None if `declared` holds both, as after `merged`.
    """
    seen = declared if observed is None else observed
    collection, system = declared.collection or seen.collection, declared.system or seen.system
    declared_fields = {field.path: field for field in declared.fields if field.declared}
    shown = {field.path: field.observed for field in seen.folded().fields if field.observed and field.observed.present}
    if not declared_fields:
        return Conformance(collection, system, (), "Nothing is declared, so nothing can deviate.")
    if not seen.records:
        return Conformance(collection, system, (), "No records were observed, so nothing is known of them.")
    side = ComparableSchema(Schema(fields=tuple(declared_fields.values()), source="declared"))
    rows = [*_never_seen(declared_fields, shown, seen.records), *_undeclared(side, shown)]
    for path, observed_there in shown.items():
        if field := side.at(path):
            named = replace(field, path=path)  # a map's values are declared once for all keys
            rows += [row for look in LOOKS for row in look(named, field.declared or Declared(), observed_there)]
    order = {problem: number for number, problem in enumerate(PROBLEMS)}
    return Conformance(collection, system, tuple(sorted(rows, key=lambda row: (row.path, order[row.problem]))))


def _never_seen(
    declared_fields: Mapping[str, Field], shown: Mapping[str, Observed], records: int
) -> Iterator[Deviation]:
    chances = {"": records} | {_holder(path): seen.of for path, seen in shown.items() if not _is_elements(path)}
    for path, field in declared_fields.items():
        of = chances.get(_holder(path), 0)
        if path not in shown and of and not _is_elements(path) and "*" not in split_path(path):
            types = " | ".join(field.declared.types) if field.declared else ""
            yield Deviation(path, "never seen", types or "any", f"in 0 of {of}", 0, of)


def _undeclared(side: ComparableSchema, shown: Mapping[str, Observed]) -> Iterator[Deviation]:
    for path, seen in shown.items():
        holder = _holder(path)
        known = not holder or any(side.at(name) for name in (holder, holder.removesuffix("[]")))
        if side.at(path) is None and known and not side.silent(path) and not _is_elements(path):
            kinds = " | ".join(seen.types)
            yield Deviation(path, "undeclared", "", kinds, seen.present, seen.of, examples=seen.examples[:EXAMPLES])


def _holder(path: str) -> str:
    return ".".join(split_path(path)[:-1])


def _is_elements(path: str) -> bool:
    return list_depth(split_path(path)[-1])[1] > 0


def _cells(row: Deviation) -> dict[str, object]:
    return {name: getattr(row, name) for name in COLUMNS} | {"examples": list(row.examples)}

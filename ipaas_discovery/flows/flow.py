"""Flow, as every rule sees it: two schemas, the mappings between them, a direction and a method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.record_keys import has_unique_values
from ipaas_discovery.flows.selection import Selection
from ipaas_discovery.flows.surroundings import Surroundings
from ipaas_discovery.matching.field_matches import Match, Matches
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.matching.traits import above
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Direction, Method

if TYPE_CHECKING:
    from ipaas_discovery.flows.sample_run import Execution

__all__ = ["Edge", "Flow", "Mappings"]

Mappings = Matches | Iterable[Mapping | tuple[str, str]]
"""Matches, of which the proposals count; mappings; or pairs of a source's and a destination's path."""


@dataclass(frozen=True, slots=True)
class Edge(Card):
    """A mapping that copies one field: where the value comes from, and where it goes."""

    source: Field
    destination: Field
    mapping: Mapping

    @property
    def proposed(self) -> bool:
        """True if nobody took it yet."""
        return not self.mapping.decided


@dataclass(frozen=True)
class Flow(Card):
    """One way, one method: what the source returns, what the destination receives, and the mappings.

    `left_out` are destinations of mappings that this shape of the destination does not receive. `records` are those of
    a sample, and `run` is what became of them, None if none was run. `selection` says which records of the source these
    are. `owned` are mappings to fields that the destination's side owns, so that an update leaves them as they are.
    """

    source: Schema
    destination: Schema
    mappings: tuple[Mapping, ...]
    direction: Direction
    method: Method
    left_out: tuple[str, ...] = ()
    surroundings: Surroundings = field(default_factory=Surroundings)
    records: tuple[Record, ...] = ()
    run: Execution | None = None
    selection: Selection = field(default_factory=Selection)
    owned: tuple[Mapping, ...] = ()

    @classmethod
    def of(
        cls,
        schemas: tuple[Schema, Schema],
        mappings: Mappings,
        direction: Direction,
        method: Method,
        surroundings: Surroundings | None = None,
        records: tuple[Record, ...] = (),
    ) -> Flow:
        """Look up the paths of a flow.

        Mappings to fields that the destination's shape does not receive, or lists as read-only, are left out and kept
        in `left_out`; in a pair of paths, one that is wrong is an error. Nothing is mapped to an unknown shape.

        Raises:
            UnknownNameError: if a path of a pair stands in no known schema.
        """
        source, destination = schemas
        ours, theirs = source.by_path, destination.by_path
        around = surroundings or Surroundings()
        left_to_owner = around.owned if method is Method.UPDATE else ()
        rows: list[Mapping] = []
        left_out: set[str] = set()
        owned: list[Mapping] = []
        for row in _rows(mappings, (source, ours), (destination, theirs)):
            target = theirs.get(row.destination)
            ignored = row.status != "manual" and target and target.declared and target.declared.read_only
            if target is None or ignored:
                left_out.add(row.destination)
            elif row.destination in left_to_owner:
                owned.append(row)
            elif row.decided or all(path in ours for path in row.sources):
                rows.append(row)
        kept = tuple(sorted(rows, key=lambda row: (row.sources, row.destination)))
        beyond = tuple(sorted(left_out)) if destination.fields else ()
        return cls(source, destination, kept, direction, method, beyond, around, records, owned=tuple(owned))

    def ran(self, run: Execution | None) -> Flow:
        """Return this flow with what became of a sample's records."""
        return replace(self, run=run)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The mappings that copy one known field as it is."""
        return tuple(
            Edge(source, target, mapping)
            for mapping in self.mappings
            if mapping.kind == "field" and not mapping.default and not mapping.condition
            for source in [self.source_field(mapping.sources[0])]
            for target in [self.destination_field(mapping.destination)]
            if source and target
        )

    def source_field(self, path: str) -> Field | None:
        """Return the source's field at `path`, or None."""
        return self.source.by_path.get(path)

    def destination_field(self, path: str) -> Field | None:
        """Return the destination's field at `path`, or None."""
        return self.destination.by_path.get(path)

    def into(self, path: str) -> tuple[Mapping, ...]:
        """List the mappings that fill `path` or something below it."""
        return tuple(self._into.get(path, ()))

    @cached_property
    def _into(self) -> Table[str, Sequence[Mapping]]:
        filled: defaultdict[str, list[Mapping]] = defaultdict(list)
        for mapping in self.mappings:
            for path in dict.fromkeys((mapping.destination, *_above_all(mapping.destination))):
                filled[path].append(mapping)
        return filled

    @cached_property
    def unique(self) -> tuple[str, ...]:
        """Destinations in which two records may not have the same value."""
        targets = filter(None, (self.destination_field(mapping.destination) for mapping in self.mappings))
        return tuple(sorted({target.path for target in targets if has_unique_values(target, self.destination)}))

    def linked_id(self, target: Field) -> bool:
        """Tell whether a field is the destination's own id, which the platform takes from the link of the records."""
        return self.method is Method.UPDATE and target.path == "id" and not self.into("id")

    def supplied(self, target: Field) -> bool:
        """Tell whether the destination's own record supplies a field: its id, or what its side owns."""
        return self.linked_id(target) or any(row.destination == target.path for row in self.owned)


def _above_all(path: str) -> Iterator[str]:
    """Yield all that holds a path, lists with and without their mark."""
    for holder in above(path):
        yield holder
        yield f"{holder}[]"


def _rows(
    mappings: Mappings, source: tuple[Schema, Table[str, Field]], destination: tuple[Schema, Table[str, Field]]
) -> Iterator[Mapping]:
    """Yield what fills a field, in whatever form it was given."""
    given = mappings.proposals() if isinstance(mappings, Matches) else dict.fromkeys(mappings)
    for row in given:
        if isinstance(row, Match):
            yield Mapping(
                row.destination, "field", (row.source,), standing="matched", score=row.score, evidence=row.why
            )
        elif isinstance(row, Mapping):
            if row.fills and (row.sources or row.kind in {"constant", "formula"}):
                yield row
        elif _known(row[0], *source) and _known(row[1], *destination):
            yield Mapping(row[1], "field", (row[0],), status="manual")


def _known(path: str, schema: Schema, fields: Table[str, Field]) -> bool:
    """Refuse a path that stands in no known schema; an unknown one has no paths to be wrong about."""
    if schema.fields and path not in fields:
        where = " ".join(part for part in (schema.system, schema.collection, schema.shape.value) if part)
        raise UnknownNameError("field", path, fields, where=where)
    return path in fields

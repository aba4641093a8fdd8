"""Flow, as every rule sees it: two schemas, the mapping between them, a direction and a method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.field_matches import Matches
from ipaas_discovery.matching.mapping import Mapping as Filling
from ipaas_discovery.schemas.schema import Field, Schema
from ipaas_discovery.vocabulary import Direction, Method

__all__ = ["Edge", "Flow"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One mapping: the field a value comes from and the field it goes to."""

    source: Field
    destination: Field


@dataclass(frozen=True, slots=True)
class Flow:
    """One way, one method: what the source returns, what the destination receives, and the mapping.

    `left_out` are proposed destinations that this shape of the destination does not receive.
    """

    source: Schema
    destination: Schema
    edges: tuple[Edge, ...]
    direction: Direction
    method: Method
    left_out: tuple[str, ...] = ()
    made: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        schemas: tuple[Schema, Schema],
        mappings: Matches | Iterable[Filling | tuple[str, str]],
        direction: Direction,
        method: Method,
    ) -> Flow:
        """Look up the paths of a flow.

        Proposals of `Matches` that the destination's shape does not receive, or lists as read-only, are
        left out and kept in `left_out`; a path that somebody wrote is an error. Nothing is mapped to an unknown shape.

        Raises:
            UnknownNameError: if a written path stands in no known schema.
        """
        source, destination = schemas
        ours, theirs = ({field.path: field for field in schema.fields} for schema in schemas)
        mappings = mappings if isinstance(mappings, Matches) else tuple(mappings)
        rows = [] if isinstance(mappings, Matches) else [row for row in mappings if isinstance(row, Filling)]
        made = tuple(row.destination for row in rows if row.fills and row.kind != "field" and row.destination in theirs)
        if rows:
            written = [(row.sources[0], row.destination) for row in rows if row.fills and row.kind == "field"]
            left_out = tuple(sorted(path for _, path in written if path not in theirs)) if destination.fields else ()
        elif isinstance(mappings, Matches):
            proposed = [(match.source, match.destination) for match in mappings.proposals() if match.source in ours]
            received = {path for path, field in theirs.items() if not (field.declared and field.declared.read_only)}
            written = [pair for pair in proposed if pair[1] in received]
            left_out = tuple(sorted(path for _, path in proposed if path not in received)) if destination.fields else ()
        else:
            written, left_out = sorted({row for row in mappings if not isinstance(row, Filling)}), ()
            _check(source, ours, [pair[0] for pair in written])
            _check(destination, theirs, [pair[1] for pair in written])
        edges = tuple(
            Edge(ours[source_path], theirs[destination_path])
            for source_path, destination_path in sorted(written)
            if source_path in ours and destination_path in theirs
        )
        return cls(source, destination, edges, direction, method, left_out, made)

    def into(self, path: str) -> tuple[object, ...]:
        """List the mappings that fill `path` or something below it."""
        below = (f"{path}.", f"{path}[]")
        edges = (
            edge for edge in self.edges if edge.destination.path == path or edge.destination.path.startswith(below)
        )
        return (*edges, *(other for other in self.made if other == path or other.startswith(below)))


def _check(schema: Schema, known: Mapping[str, Field], paths: Sequence[str]) -> None:
    """Refuse a path that stands in no known schema; an unknown one has no paths to be wrong about."""
    for path in paths:
        if schema.fields and path not in known:
            where = " ".join(part for part in (schema.system, schema.collection, schema.shape.value) if part)
            raise UnknownNameError("field", path, known, where=where)

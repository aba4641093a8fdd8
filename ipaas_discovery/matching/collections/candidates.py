"""Collections as a match sees them: a name, a parent, and what is known of the records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.placeholders import names_in
from ipaas_discovery.systems.openapi.url_paths import segments, statics

__all__ = ["CollectionCandidate", "Collections", "candidates_of"]


class Described(Protocol):
    """Anything that lists its collections: an API description, a system."""

    def collections(self) -> tuple[str, ...]:
        """List the names of the collections."""


VERSION = re.compile(r"v\d{1,3}", re.IGNORECASE)
Known: TypeAlias = "Schema | Sample | None"
Collections: TypeAlias = "Connector | Described | Mapping[str, Known] | Iterable[str | Schema]"


@dataclass(frozen=True, slots=True)
class CollectionCandidate:
    """One collection of a system.

    Attributes:
        name: its name; of a list inside records, the parent's and the list's with a dot between.
        parent: the collection whose records its own belong to.
        embedded: path of the list inside the parent's records, empty for a collection with calls of its own.
        schema: its fields, as far as they are known.
        path: the last word of the call that lists it, if it says something else than the name.
        under: how many of the other collections are asked for under one record of this one, and how many there are.
        version: version of the API in the path of the call that reads it, 0 if none is there.
    """

    name: str
    parent: str = ""
    embedded: str = ""
    schema: Schema | None = None
    path: str = ""
    under: tuple[int, int] = (0, 0)
    version: int = 0


def candidates_of(source: Collections, schemas: Mapping[str, Known] | None = None) -> tuple[CollectionCandidate, ...]:
    """Collect a system's collections, and the lists of objects inside their records.

    Args:
        source: a connector, an API description, schemas or samples by name, or names alone.
        schemas: what is known of the records, by collection, beside what `source` says.

    Raises:
        SourceError: for something that lists no collections.
    """
    known = {name: _schema(value) for name, value in (schemas or {}).items()}
    alone = tuple(_alone(source, known))
    inside = (child for candidate in alone for child in _inside(candidate))
    lists = {(one.parent, one.embedded) for one in alone if one.embedded}
    return (*alone, *(child for child in inside if (child.parent, child.embedded) not in lists))


def _alone(source: Collections, known: Mapping[str, Schema | None]) -> Iterator[CollectionCandidate]:
    if isinstance(source, Connector):
        yield from (_connected(source, name, known.get(name)) for name in source.collections)
    elif isinstance(source, Mapping):
        yield from (CollectionCandidate(str(name), schema=_schema(value)) for name, value in source.items())
    elif hasattr(source, "collections"):
        yield from (CollectionCandidate(name, schema=known.get(name)) for name in source.collections())
    elif isinstance(source, str) or not isinstance(source, Iterable):
        kind = type(source).__name__
        raise SourceError(f"Collections come as names, schemas or a connector, not as {kind}", then="give a list")
    else:
        for one in source:
            named = one.collection if isinstance(one, Schema) else str(one)
            yield CollectionCandidate(named, schema=one if isinstance(one, Schema) else known.get(named))


def _connected(connector: Connector, name: str, schema: Schema | None) -> CollectionCandidate:
    spec = connector.collections[name]
    words = statics(segments(spec.list)) if spec.list else ()
    calls = statics(segments(spec.list or (spec.search.path if spec.search else spec.detail) or ""))
    version = next((word for word in calls if VERSION.fullmatch(word)), "v0")
    return CollectionCandidate(
        name,
        parent=spec.parent or "",
        embedded=(spec.embedded or "").removesuffix("[]"),
        schema=schema,
        path=re.sub(r"\(.*|\..*", "", words[-1]) if words else "",
        under=_under(connector, name) if words else (0, 0),
        version=int(version[1:]),
    )


def _under(connector: Connector, name: str) -> tuple[int, int]:
    """Count the other collections that are asked for under one record of `name`, which [scope] chooses, and all."""
    own = {scope for scope in connector.scope if name in _plurals(scope.removesuffix("_id"))}
    others = [other for other, spec in connector.collections.items() if other != name and spec.list]
    bases = names_in(" ".join(environment.base_url for environment in connector.environments.values()))
    asked = [other for other in others if own & {*bases, *connector.scope_of(other)}]
    return (len(asked), len(others)) if own else (0, 0)


def _plurals(noun: str) -> set[str]:
    """Give a noun and how it stands as the name of a collection."""
    return {noun, f"{noun}s", f"{noun.removesuffix('y')}ies"}


def _schema(value: object) -> Schema | None:
    """Return what is known of the records; other values than a schema, a sample or records say nothing of them."""
    if isinstance(value, Sample | list):
        return observe(value)
    return value if isinstance(value, Schema) else None


def _inside(candidate: CollectionCandidate) -> Iterator[CollectionCandidate]:
    """Yield the lists of objects inside a collection's records."""
    fields = candidate.schema.fields if candidate.schema else ()
    paths: dict[str, list[str]] = {}
    for field in fields:
        parts = split_path(field.path)
        for end in range(1, len(parts)):
            if list_depth(parts[end - 1])[1]:
                paths.setdefault(".".join(parts[:end]), []).append(field.path)
    for path, below in sorted(paths.items()):
        own = {name.removeprefix(f"{path}.") for name in below}
        inner = tuple(field for field in fields if field.path in below)
        renamed = Schema.from_fields([{"path": name, "types": []} for name in sorted(own)]).fields
        schema = Schema(collection=path, fields=renamed) if inner else None
        plain = path.replace("[]", "")
        yield CollectionCandidate(f"{candidate.name}.{plain}", candidate.name, plain, schema)

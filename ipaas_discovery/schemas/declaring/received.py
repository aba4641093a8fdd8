"""What a system receives, from the file that a connector names: a field list, an OPTIONS answer, an API description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ipaas_discovery.errors import DescriptionError, SourceError, UnknownNameError, nearest
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.source import parse_json, read_bytes, read_text
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.declaring.field_sheet import read_field_list
from ipaas_discovery.schemas.declaring.graphql import from_graphql
from ipaas_discovery.schemas.declaring.options import from_options
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.connectors.received_files import Received
from ipaas_discovery.systems.openapi import ApiDescription, read_openapi
from ipaas_discovery.vocabulary import Shape

__all__ = ["received_schema"]

SHEETS, DOCUMENTS = ("sheet", "workbook"), ("json", "yaml")
"""Kinds of files."""
Described = Callable[[ApiDescription], Schema]


def received_schema(
    told: Received, path: Path, *, collection: str, shape: Shape, system: str, described: Described
) -> Schema:
    """The schema that a connector's `received` file declares of a collection; its `source` is the file's name.

    What a file that holds for both calls says is required, is required on create; of the update it does not tell.

    Args:
        told: the connector's entry.
        path: where its file is.
        collection: the collection the schema is of.
        shape: received on create or on update.
        system: the system it belongs to.
        described: finds the shape in an API description by the connector's calls; unknown where it is not there.

    Raises:
        SourceError: if the file is missing, of no known form, or lists no fields; with the nearest right name.
        DescriptionError: if it is an API description that tells nothing of the collection.
        UnknownNameError: for a sheet or a collection that it does not have, with the nearest.
    """
    read_bytes(path)  # so that a missing file is said alike, whatever it should be
    kind = file_kinds().kind(path.suffix) if path.suffix.lower() in file_kinds().suffixes(holding="fields") else ""
    if told.sheet and kind not in SHEETS:
        raise SourceError(f"The file has no sheet '{told.sheet}'", where=str(path), then="leave `sheet` out")
    if kind == "graphql":
        return _input(told, path, collection, shape, system)
    if kind in DOCUMENTS:
        found = _document(told, path, collection, shape, system, described)
    elif kind in SHEETS:
        found = read_field_list(path, told.sheet, collection=collection, shape=shape, system=system)
    elif kind == "text":
        found = Schema.from_text(
            read_text(path), collection=collection, shape=shape, system=system, source=path.name
        )  # fmt: skip
    else:
        raise _unknown(path)
    return found if told.on or shape is Shape.CREATE or kind in DOCUMENTS else _not_required(found)


def _document(
    told: Received, path: Path, collection: str, shape: Shape, system: str, described: Described
) -> Schema:  # fmt: skip
    """A JSON or YAML file, by what it holds."""
    held = _held(path)
    if isinstance(held, list):
        found = Schema.from_fields(held, collection=collection, shape=shape, system=system, source=path.name)
        return found if told.on or shape is Shape.CREATE else _not_required(found)
    if isinstance(held, Mapping) and "actions" in held:
        shapes = from_options(held, collection=collection, system=system, source=path.name)
        return shapes.create if shape is Shape.CREATE else shapes.update
    if isinstance(held, Mapping) and ("__schema" in held or "__schema" in str(held.get("data", ""))[:20]):
        return _input(told, path, collection, shape, system)
    api = _description(path, path.stat().st_mtime_ns)
    if told.collection is not None:
        if told.collection not in api.collections():
            raise UnknownNameError("collection", told.collection, api.collections(), where=path.name)
        return declare(api, told.collection, shape)
    found = described(api)
    if found.known or found.operations:
        return found
    if collection in api.collections():
        return declare(api, collection, shape)
    guess = nearest(collection, api.collections()) or next(iter(api.collections()), collection)
    raise DescriptionError(
        f"The API description does not tell what '{collection}' receives",
        where=path.name,
        then=f'say what it calls it, such as `received = {{ file = "{path.name}", collection = "{guess}" }}`; '
        f"it has {', '.join(api.collections()) or 'no collection'}",
    )


def _input(told: Received, path: Path, collection: str, shape: Shape, system: str) -> Schema:
    """An input type of a GraphQL schema, which the connector names."""
    if told.collection is None:
        example = f'received = {{ file = "{path.name}", collection = "OrderInput" }}'
        raise DescriptionError(
            "A GraphQL schema has many inputs", where=path.name, then=f"say which '{collection}' is, as in `{example}`"
        )
    text = read_text(path)
    return from_graphql(text, told.collection, collection=collection, shape=shape, system=system, source=path.name)


def _held(path: Path) -> object:
    """The value of a JSON file; None for YAML, and for what its own reader complains of better."""
    try:
        return parse_json(read_text(path)) if path.suffix.lower() == ".json" else None
    except (SourceError, ValueError):
        return None


@lru_cache(8)
def _description(path: Path, _changed: int) -> ApiDescription:
    """The description, called by its file: that is what a schema's source then says."""
    return replace(read_openapi(path), title=path.name, version="")


def _not_required(schema: Schema) -> Schema:
    """The schema without a word on what is required."""
    fields = (
        replace(each, declared=replace(each.declared, required=None)) if each.declared else each
        for each in schema.fields
    )
    return replace(schema, fields=tuple(fields))


def _unknown(path: Path) -> SourceError:
    """The error for a file of no known form, with the nearest known ending."""
    known = file_kinds().suffixes(holding="fields")
    guess = nearest(path.suffix, known) if path.suffix else None
    meant = f"did you mean '{guess}'? " if guess else ""
    what = f"ends in '{path.suffix}'" if path.suffix else "has no ending"
    return SourceError(
        f"The file {what}, which is no field list", where=str(path), then=f"{meant}known are {', '.join(known)}"
    )

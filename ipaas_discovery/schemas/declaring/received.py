"""The received shape from a file that a connector names: a field list, an OPTIONS answer, an API description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ipaas_discovery.errors import DescriptionError, SourceError, UnknownNameError, nearest
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.samples.files.source import read_bytes, read_text
from ipaas_discovery.schemas.declaring.declare import declare
from ipaas_discovery.schemas.declaring.field_sheet import read_field_list
from ipaas_discovery.schemas.declaring.graphql import from_graphql
from ipaas_discovery.schemas.declaring.options import from_options
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.systems.answers.body import parse
from ipaas_discovery.systems.answers.notes import Note, in_words
from ipaas_discovery.systems.connectors.received_files import Received
from ipaas_discovery.systems.openapi import ApiDescription, read_openapi
from ipaas_discovery.vocabulary import Shape

__all__ = ["received_schema"]

SHEETS, DOCUMENTS = ("sheet", "workbook"), ("json", "yaml")
"""Kinds of files."""
Described = Callable[[ApiDescription], Schema]


def received_schema(
    entry: Received, path: Path, *, collection: str, shape: Shape, system: str, described: Described
) -> Schema:
    """Read the schema that a connector's `received` file declares of a collection; its `source` is the file's name.

    If a file holds for both calls, its required fields are required on create; on update that stays open.

    Args:
        entry: the connector's entry.
        path: the path of its file.
        collection: the collection the schema is of.
        shape: received on create or on update.
        system: the system it belongs to.
        described: finds the shape in an API description by the connector's calls; unknown if it is not there.

    Raises:
        SourceError: if the file is missing, of no known form, or lists no fields; with the nearest right name.
        DescriptionError: if it is an API description without the collection.
        UnknownNameError: for a sheet or a collection that it does not have, with the nearest.
    """
    read_bytes(path)  # so that a missing file gives the same error for every form
    kind = file_kinds().kind(path.suffix) if path.suffix.lower() in file_kinds().suffixes(holding="fields") else ""
    if entry.sheet and kind not in SHEETS:
        raise SourceError(f"The file has no sheet '{entry.sheet}'", where=str(path), then="leave `sheet` out")
    if kind == "graphql":
        return _input(entry, path, collection, shape, system, described)
    if kind in DOCUMENTS:
        schema = _document(entry, path, collection, shape, system, described)
    elif kind in SHEETS:
        schema = read_field_list(
            path, entry.sheet, collection=collection, part=entry.collection or "", shape=shape, system=system
        )
    elif kind == "text":
        schema = Schema.from_text(
            read_text(path), collection=collection, part=entry.collection or "", shape=shape, system=system,
            source=path.name,
        )  # fmt: skip
    else:
        raise _unknown(path)
    return schema if entry.on or shape is Shape.CREATE or kind in DOCUMENTS else _not_required(schema)


def _document(
    entry: Received, path: Path, collection: str, shape: Shape, system: str, described: Described
) -> Schema:  # fmt: skip
    """Read a JSON or YAML file, by its content."""
    held, notes = _held(path)
    if isinstance(held, list):
        source = "; ".join((path.name, *in_words(notes)))
        schema = Schema.from_fields(held, collection=collection, shape=shape, system=system, source=source)
        return schema if entry.on or shape is Shape.CREATE else _not_required(schema)
    if isinstance(held, Mapping) and "actions" in held:
        shapes = from_options(held, collection=collection, system=system, source=path.name)
        return shapes.create if shape is Shape.CREATE else shapes.update
    if isinstance(held, Mapping) and ("__schema" in held or "__schema" in str(held.get("data", ""))[:20]):
        return _input(entry, path, collection, shape, system, described)
    api = _description(path, path.stat().st_mtime_ns)
    if entry.collection is not None:
        if entry.collection not in api.collections():
            raise UnknownNameError("collection", entry.collection, api.collections(), where=path.name)
        return declare(api, entry.collection, shape)
    schema = described(api)
    if schema.known or schema.operations:
        return schema
    if collection in api.collections():
        return declare(api, collection, shape)
    guess = nearest(collection, api.collections()) or next(iter(api.collections()), collection)
    raise DescriptionError(
        f"The API description does not tell what '{collection}' receives",
        where=path.name,
        then=f'say what it calls it, such as `received = {{ file = "{path.name}", collection = "{guess}" }}`; '
        f"it has {', '.join(api.collections()) or 'no collection'}",
    )


def _input(
    entry: Received, path: Path, collection: str, shape: Shape, system: str, described: Described
) -> Schema:  # fmt: skip
    """Read the input type of a GraphQL schema that the connector names, else that of the mutation it writes by."""
    if entry.collection is None:
        with suppress(DescriptionError):  # inputs alone make no API
            if (schema := described(_description(path, path.stat().st_mtime_ns))).known:
                return schema
        example = f'received = {{ file = "{path.name}", collection = "OrderInput" }}'
        raise DescriptionError(
            "A GraphQL schema has many inputs",
            where=path.name,
            then=f"say which '{collection}' is, as in `{example}`, or which mutation writes it, as in "
            '`create = "mutation orderCreate"`',
        )
    text = read_text(path)
    return from_graphql(text, entry.collection, collection=collection, shape=shape, system=system, source=path.name)


def _held(path: Path) -> tuple[object, tuple[Note, ...]]:
    """Return the value of a JSON file, and what was odd; None for YAML, and where its own reader explains better."""
    try:
        return parse(read_bytes(path), "") if path.suffix.lower() == ".json" else (None, ())
    except (SourceError, ValueError):
        return None, ()


@lru_cache(8)
def _description(path: Path, _changed: int) -> ApiDescription:
    """Read the description under its file's name, which becomes the source of its schemas."""
    return replace(read_openapi(path), title=path.name, version="")


def _not_required(schema: Schema) -> Schema:
    """Return the schema without any statement of required fields."""
    fields = (
        replace(field, declared=replace(field.declared, required=None)) if field.declared else field
        for field in schema.fields
    )
    return replace(schema, fields=tuple(fields))


def _unknown(path: Path) -> SourceError:
    """Return the error for a file of no known form, with the nearest known ending."""
    if other := file_kinds().other(path.suffix):
        return SourceError(f"The file is {other.what}, which is not read", where=str(path), then=other.then)
    known = file_kinds().suffixes(holding="fields")
    guess = nearest(path.suffix, known) if path.suffix else None
    hint = f"did you mean '{guess}'? " if guess else ""
    what = f"ends in '{path.suffix}'" if path.suffix else "has no ending"
    return SourceError(
        f"The file {what}, which is no field list", where=str(path), then=f"{hint}known are {', '.join(known)}"
    )

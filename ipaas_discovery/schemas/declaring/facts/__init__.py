"""Fact files: what is publicly known of a platform's collections if no live description is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import msgspec

from ipaas_discovery.errors import DescriptionError, UnknownNameError
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.knowledge.table_reader import converted

__all__ = ["CollectionFacts", "FieldFacts", "collection_facts", "load_facts"]

SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """The facts of one field; None and empty mean that nothing is known.

    `types` are JSON types; `format` is the source's own word (`date-time`, `decimal`,
    `map<string,string>`). `nullable` is about the returned record. `in_request` is True if the field may be
    sent, `required_on_create` if it must be; inside a list both are about each element. `enum` holds the known
    values, `enum_complete` is True if there are no others. `child_collection` names the collection whose
    records the field holds. `source` names the documents that say all this.
    """

    path: str
    types: tuple[str, ...] = ()
    format: str | None = None
    nullable: bool | None = None
    required_on_create: bool | None = None
    in_request: bool | None = None
    enum: tuple[Any, ...] = ()
    enum_complete: bool | None = None
    child_collection: str | None = None
    source: str = ""

    @property
    def prefix(self) -> str:
        """The start of the paths of fields inside this one: `lines[].`, `kit.`."""
        return self.path + ("[]." if "array" in self.types else ".")


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    """The facts of one collection; a path that is None was not seen anywhere, which is no denial.

    Paths are relative to the API's base (`{base}/{api}{path}`). `implemented` is False if the vendor says
    that the collection is not. `fields` are those of a returned record, its children's included, sorted by
    path; empty if the record's shape is unknown.
    """

    name: str
    id: int
    api: str | None = None
    parent: str | None = None
    list_path: str | None = None
    get_path: str | None = None
    create_path: str | None = None
    update_path: str | None = None
    implemented: bool = True
    external_id_table: str | None = None
    fields: tuple[FieldFacts, ...] = ()
    source: str = ""

    @property
    def known(self) -> bool:
        """True if the fields are known."""
        return bool(self.fields)

    def field(self, path: str) -> FieldFacts | None:
        """Return the field at `path`, or None."""
        return next((field for field in self.fields if field.path == path), None)


def load_facts(name: str = "ipaas") -> Mapping[str, CollectionFacts]:
    """Load the facts of every collection of one platform, by collection name, sorted.

    Args:
        name: a shipped fact file; `ipaas` describes iPaaS.com's 63 mapping-collection types.

    Raises:
        UnknownNameError: if no fact file has that name.
        DescriptionError: if the file cannot be read.

    >>> facts = load_facts()
    >>> len(facts), facts["TRANSACTION"].create_path
    (63, '/v2/Transaction')
    >>> facts["TRANSACTION_LINE"].field("qty").types
    ('number',)
    """
    return _load(name)


@cache
def _load(name: str) -> Mapping[str, CollectionFacts]:
    folder = files(__name__)
    known = [file.name.removesuffix(SUFFIX) for file in folder.iterdir() if file.name.endswith(SUFFIX)]
    if name not in known:
        raise UnknownNameError("fact file", name, known)
    return MappingProxyType(_read((folder / f"{name}{SUFFIX}").read_bytes(), where=f"{name}{SUFFIX}"))


def collection_facts(collection: str, name: str = "ipaas") -> CollectionFacts:
    """Load the facts of one collection; plain names such as `Lines` are understood.

    Raises:
        UnknownNameError: if the platform has no such collection, or there is no such fact file.
        DescriptionError: if the file cannot be read.

    >>> collection_facts("Lines").parent
    'TRANSACTION'
    """
    facts = load_facts(name)
    wanted = collection_name(collection)
    if wanted not in facts:
        raise UnknownNameError("collection", collection, facts, where=f"facts of {name}")
    return facts[wanted]


class _FieldRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of `fields`; `of` is a collection, or the name of a group that collections share."""

    of: str
    path: str
    sources: tuple[int, ...]
    type: str | None = None
    format: str | None = None
    nullable: bool | None = None
    required_on_create: bool | None = None
    in_request: bool | None = None
    enum: tuple[Any, ...] = ()
    enum_complete: bool | None = None
    child: str | None = None


class _CollectionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of `collections`; `shares` names a group of fields that the collection has too."""

    name: str
    api: str | None = None
    parent: str | None = None
    list: str | None = None
    get: str | None = None
    create: str | None = None
    update: str | None = None
    implemented: bool = True
    external_id_table: str | None = None
    shares: str | None = None
    sources: tuple[int, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: list[str]
    collections: list[_CollectionRow]
    fields: list[_FieldRow]


def _read(content: bytes, *, where: str) -> dict[str, CollectionFacts]:
    try:
        file = converted(msgspec.json.decode(content), _File)
        own: dict[str, list[FieldFacts]] = {}
        for row in file.fields:
            own.setdefault(row.of, []).append(_field(row, file.sources))
        silent = ipaas_collections().keys() - {row.name for row in file.collections}
        rows = sorted([*file.collections, *map(_CollectionRow, silent)], key=lambda row: row.name)
        own |= {row.name: own.get(row.name, []) + own.get(row.shares or "", []) for row in rows}
        return {row.name: _collection(row, file.sources, own) for row in rows}
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, RecursionError) as error:
        raise DescriptionError(f"The fact file cannot be read: {error}", where=where, then="reinstall it") from error


def _collection(row: _CollectionRow, sources: list[str], own: Mapping[str, list[FieldFacts]]) -> CollectionFacts:
    return CollectionFacts(
        name=row.name,
        id=ipaas_collections()[row.name].id,
        api=row.api,
        parent=row.parent,
        list_path=row.list,
        get_path=row.get,
        create_path=row.create,
        update_path=row.update,
        implemented=row.implemented,
        external_id_table=row.external_id_table,
        fields=tuple(sorted(_expand(row.name, own), key=lambda field: field.path)),
        source=_cited(row.sources, sources),
    )


def _field(row: _FieldRow, sources: list[str]) -> FieldFacts:
    return FieldFacts(
        path=row.path,
        types=(row.type,) if row.type else (),
        format=row.format,
        nullable=row.nullable,
        required_on_create=row.required_on_create,
        in_request=row.in_request,
        enum=row.enum,
        enum_complete=row.enum_complete,
        child_collection=row.child,
        source=_cited(row.sources, sources),
    )


def _expand(name: str, own: Mapping[str, list[FieldFacts]]) -> Iterator[FieldFacts]:
    """Yield a collection's own fields, and below each child collection that collection's fields."""
    for field in own[name]:
        yield field
        if field.child_collection:
            for inner in _expand(field.child_collection, own):
                yield replace(inner, path=field.prefix + inner.path)


def _cited(numbers: tuple[int, ...], sources: list[str]) -> str:
    return "; ".join(sources[number] for number in numbers)

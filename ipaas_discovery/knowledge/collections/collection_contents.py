"""Content of each collection type: the parts without which a record says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["ContentPart", "RecordContent", "collection_contents"]


@dataclass(frozen=True, slots=True)
class ContentPart:
    """One part of a record's content: its name, and words of which a mapped field has one.

    `by_parent` is True if the parent's record gives it where the record is written inside that.
    """

    name: str
    words: tuple[str, ...]
    by_parent: bool = False


@dataclass(frozen=True, slots=True)
class RecordContent:
    """The content of a type's records, and what people call one."""

    type: str
    noun: str
    parts: tuple[ContentPart, ...]


@dataclass(frozen=True, slots=True)
class _Contents:
    contents: tuple[RecordContent, ...]


@cache
def collection_contents() -> Mapping[str, RecordContent]:
    """Give the content of each type's records, by the type's name; of those of which it is known.

    >>> [part.name for part in collection_contents()["TRANSACTION_LINE"].parts]
    ['a product', 'a quantity']
    """
    return {row.type: row for row in read_toml("collections/contents", _Contents).contents}

"""Section heads of the platform's articles about a finished flow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["DocumentationHead", "documentation_heads"]


@dataclass(frozen=True, slots=True)
class DocumentationHead:
    """A section head, and which part of an order fills it."""

    head: str
    fills: str


@dataclass(frozen=True, slots=True)
class _Heads:
    heads: tuple[DocumentationHead, ...]


@cache
def documentation_heads() -> tuple[DocumentationHead, ...]:
    """List the heads in the order of the platform's articles.

    >>> documentation_heads()[0]
    DocumentationHead(head='Summary', fills='summary')
    """
    return read_toml("platform/documentation", _Heads).heads

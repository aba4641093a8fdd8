"""The store's OpenAPI documents, and the values its records usually hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ipaas_discovery.sandbox.sandbox_data import read_shipped, shipped_folder

__all__ = ["document", "document_names", "usual"]

_EMPTY: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "object": {}}


@cache
def document_names() -> tuple[str, ...]:
    """List the documents, each served at `/openapi/<name>.json`.

    >>> document_names()
    ('catalog.v3', 'customers.v3', 'inventory.v3', 'orders.v2', 'transactions.v3')
    """
    return tuple(sorted(path.stem for path in (shipped_folder() / "openapi").glob("*.yaml")))


def document(name: str) -> dict[str, Any]:
    """Read one document, as the store serves it; shared, so do not change it.

    >>> sorted(document("customers.v3")["paths"])
    ['/customers', '/customers/addresses']
    """
    return read_shipped(f"openapi/{name}")


@cache
def usual(schema: str) -> Mapping[str, Any]:
    """Give every field of a returned record with what it holds when its file says nothing; shared.

    Raises:
        KeyError: if no document has such a schema.

    >>> usual("CategoryAccess")
    {'type': '', 'categories': []}
    """
    schemas = (document(name)["components"]["schemas"] for name in document_names())
    fields = next((known[schema]["properties"] for known in schemas if schema in known), None)
    if fields is None:
        raise KeyError(schema)
    exceptions: dict[str, Any] = read_shipped("store")["usual"].get(schema, {})
    return {name: _empty(field) for name, field in fields.items()} | exceptions


def _empty(field: Mapping[str, Any]) -> object:
    """Give the empty value of a field's type: null if nullable; a reference is to an object, no type is text."""
    if field.get("nullable"):
        return None
    return {} if "$ref" in field else _EMPTY[field.get("type", "string")]

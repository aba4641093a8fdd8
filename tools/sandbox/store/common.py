"""Fields that every record of the store has, as its document names them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipaas_discovery.sandbox.store_api.store_calls import schema_of
from ipaas_discovery.sandbox.store_api.store_documents import usual

__all__ = ["returned", "short"]


def returned(schema: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make a record of `schema` as the store returns it: `values`, and the usual value of every other field.

    Raises:
        KeyError: if `values` names a field the schema does not have, so that records and documents cannot part.

    >>> returned("Link", {"url": "https://store.example.test/"})
    {'url': 'https://store.example.test/', 'resource': ''}
    """
    whole = usual(schema)
    if strange := sorted(set(values) - set(whole)):
        raise KeyError(strange)
    return {**whole, **values}


def short(collection: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """Reduce a record to what the sandbox does not put back: most of an order's 72 fields say "nothing" in most orders.

    >>> short("customer_groups", returned("CustomerGroup", {"id": 1, "name": "Retail"}))
    {'id': 1, 'name': 'Retail'}
    """
    known = usual(schema_of(collection))
    return {name: value for name, value in record.items() if name not in known or not _same(value, known[name])}


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right  # False is not 0, and 0.0 is not 0

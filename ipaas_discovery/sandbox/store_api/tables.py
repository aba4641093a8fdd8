"""Every field table of the store by schema name, and records kept short by what the tables already say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ipaas_discovery.sandbox.store_api import (
    catalog_fields,
    customer_fields,
    inventory_fields,
    order_child_fields,
    order_fields,
)
from ipaas_discovery.sandbox.store_api.fields import Table, complete, table

__all__ = ["COLLECTIONS", "fields_of", "full", "returned", "short"]

COLLECTIONS = {
    "categories": "Category",
    "customer_addresses": "CustomerAddress",
    "customer_groups": "CustomerGroup",
    "customers": "Customer",
    "gift_certificates": "GiftCertificate",
    "inventory_items": "InventoryItem",
    "locations": "Location",
    "order_coupons": "OrderCoupon",
    "order_products": "OrderProduct",
    "order_shipments": "OrderShipment",
    "order_shipping_addresses": "OrderShippingAddress",
    "order_taxes": "OrderTax",
    "order_transactions": "OrderTransaction",
    "orders": "Order",
    "products": "Product",
    "variants": "Variant",
}
"""Name of a file of records → the schema its records have."""


@cache
def fields_of(schema: str) -> Table:
    """The fields of one schema.

    Raises:
        KeyError: if there is no such schema.

    >>> [field.name for field in fields_of("Link")]
    ['url', 'resource']
    """
    modules = (catalog_fields, customer_fields, inventory_fields, order_child_fields, order_fields)
    tables = {name: text for module in modules for name, text in module.TABLES.items()}
    return table(tables[schema])


def returned(schema: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """A record of `schema` as the store returns it, with `values` and the table's own for the rest.

    Raises:
        KeyError: if `values` names a field the schema does not return.
    """
    return complete(fields_of(schema), values)


def short(collection: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without what `full` puts back: most of an order's 72 fields say "nothing" in most orders.

    >>> short("customer_groups", returned("CustomerGroup", {"id": 1, "name": "Retail"}))
    {'id': 1, 'name': 'Retail'}
    """
    usual = complete(fields_of(COLLECTIONS[collection]), {})
    return {name: value for name, value in record.items() if name not in usual or not _same(value, usual[name])}


def full(collection: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """The whole record again, its fields in the table's order, undeclared ones last."""
    return complete(fields_of(COLLECTIONS[collection]), {}) | dict(record)


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right  # False is not 0, and 0.0 is not 0

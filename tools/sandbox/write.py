"""Write every collection of both sides to a folder, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.sandbox.ipaas import customers as ipaas_customers
from tools.sandbox.ipaas import products, transactions
from tools.sandbox.make_world import make_world
from tools.sandbox.store import catalog, customers, order_parts, orders, payments
from tools.sandbox.store.common import short
from tools.sandbox.world import World

__all__ = ["COLLECTIONS", "write_records"]

Records = list[dict[str, Any]]

COLLECTIONS: dict[str, dict[str, Callable[[World], Records]]] = {
    "ipaas": {
        "CUSTOMER": ipaas_customers.customers,
        "CUSTOMER_CATEGORY": ipaas_customers.customer_categories,
        "CUSTOMER_COMPANY": ipaas_customers.companies,
        "GIFT_CARD": transactions.gift_cards,
        "LOCATION": products.locations,
        "PAYMENT_METHOD": transactions.payment_methods,
        "PRODUCT": products.products,
        "PRODUCT_CATEGORY": products.categories,
        "SHIPPING_METHOD": transactions.shipping_methods,
        "TRANSACTION": transactions.transactions,
    },
    "store": {
        "categories": catalog.categories,
        "customer_addresses": customers.addresses,
        "customer_groups": customers.customer_groups,
        "customers": customers.customers,
        "gift_certificates": payments.gift_certificates,
        "inventory_items": catalog.inventory_items,
        "locations": catalog.locations,
        "order_coupons": order_parts.coupons,
        "order_products": order_parts.order_products,
        "order_shipments": order_parts.shipments,
        "order_shipping_addresses": order_parts.shipping_addresses,
        "order_taxes": order_parts.taxes,
        "order_transactions": payments.order_transactions,
        "orders": orders.orders,
        "products": catalog.products,
        "variants": catalog.variants,
    },
}
"""Side → collection → the function that draws its records from the world."""


def write_records(folder: Path) -> int:
    """Write `<side>/<name>.json` for every collection; return the number of bytes written."""
    world = make_world()
    files = {
        f"{side}/{name}.json": as_lines(kept(side, name, draw(world)))
        for side, collections in COLLECTIONS.items()
        for name, draw in collections.items()
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return sum(len(text.encode()) for text in files.values())


def kept(side: str, name: str, records: Records) -> Records:
    """Reduce the records to what stands in the file: the store's without what is usual."""
    return [short(name, record) for record in records] if side == "store" else records


def as_lines(records: Records) -> str:
    """Write a JSON array with one record per line, so that a difference shows as changed lines.

    >>> print(as_lines([{"name": "客户"}, {"name": "b"}]))
    [
    {"name":"客户"},
    {"name":"b"}
    ]
    <BLANKLINE>
    """
    rows = (json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for row in records)
    return "[\n" + ",\n".join(rows) + "\n]\n"

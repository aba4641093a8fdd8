"""Writing every collection of both sides to a folder, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ipaas_discovery.sandbox.generate import (
    ipaas_customers,
    ipaas_products,
    ipaas_transactions,
    store_catalog,
    store_customers,
    store_order_parts,
    store_orders,
    store_payments,
)
from ipaas_discovery.sandbox.generate.make_world import make_world
from ipaas_discovery.sandbox.generate.world import World
from ipaas_discovery.sandbox.store_api.tables import short

__all__ = ["COLLECTIONS", "write_records"]

Records = list[dict[str, Any]]

COLLECTIONS: dict[str, dict[str, Callable[[World], Records]]] = {
    "ipaas": {
        "CUSTOMER": ipaas_customers.customers,
        "CUSTOMER_CATEGORY": ipaas_customers.customer_categories,
        "CUSTOMER_COMPANY": ipaas_customers.companies,
        "GIFT_CARD": ipaas_transactions.gift_cards,
        "LOCATION": ipaas_products.locations,
        "PAYMENT_METHOD": ipaas_transactions.payment_methods,
        "PRODUCT": ipaas_products.products,
        "PRODUCT_CATEGORY": ipaas_products.categories,
        "SHIPPING_METHOD": ipaas_transactions.shipping_methods,
        "TRANSACTION": ipaas_transactions.transactions,
    },
    "store": {
        "categories": store_catalog.categories,
        "customer_addresses": store_customers.addresses,
        "customer_groups": store_customers.customer_groups,
        "customers": store_customers.customers,
        "gift_certificates": store_payments.gift_certificates,
        "inventory_items": store_catalog.inventory_items,
        "locations": store_catalog.locations,
        "order_coupons": store_order_parts.coupons,
        "order_products": store_order_parts.order_products,
        "order_shipments": store_order_parts.shipments,
        "order_shipping_addresses": store_order_parts.shipping_addresses,
        "order_taxes": store_order_parts.taxes,
        "order_transactions": store_payments.order_transactions,
        "orders": store_orders.orders,
        "products": store_catalog.products,
        "variants": store_catalog.variants,
    },
}
"""Side → collection → the function that draws its records from the world."""

_README = """# Sandbox records

Everything here is synthetic: a seeded generator made it, and no record belongs to a person or a firm.
`ipaas/` holds what the sandbox's iPaaS.com answers with, `store/` what its store answers with, one record a line.

The store's records leave out a field that holds what its table in `ipaas_discovery/sandbox/store_api/` says it usually
holds (an order has 72 fields, most of them empty). Read them whole with `ipaas_discovery.sandbox.records.load`.

Write the same bytes again with:

    python -m ipaas_discovery.sandbox.generate

The two sides are drawn from one world. Six in ten customers, products and orders exist in both, and the ways in which
the two sides disagree about them are listed, with their shares, in `ipaas_discovery/sandbox/generate/disagreements.py`.
"""


def write_records(folder: Path) -> int:
    """Write `<side>/<name>.json` for every collection, and a README; gives the number of bytes written."""
    world = make_world()
    files = {
        f"{side}/{name}.json": as_lines(kept(side, name, draw(world)))
        for side, collections in COLLECTIONS.items()
        for name, draw in collections.items()
    }
    files["README.md"] = _README
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return sum(len(text.encode()) for text in files.values())


def kept(side: str, name: str, records: Records) -> Records:
    """The records as they stand in the file: the store's without what its field tables already say."""
    return [short(name, record) for record in records] if side == "store" else records


def as_lines(records: Records) -> str:
    """A JSON array with one record a line, so that a difference shows as changed lines.

    >>> print(as_lines([{"name": "客户"}, {"name": "b"}]))
    [
    {"name":"客户"},
    {"name":"b"}
    ]
    <BLANKLINE>
    """
    rows = (json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False) for row in records)
    return "[\n" + ",\n".join(rows) + "\n]\n"

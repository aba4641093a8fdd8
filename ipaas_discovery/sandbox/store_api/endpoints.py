"""The store's calls: which records each list gives, how it filters, and what the vendor lets others write there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["DOCUMENTS", "ENDPOINTS", "Body", "Endpoint"]

Body = Literal["", "object", "array", "items"]
"""What a write call receives: nothing (no such call), one record, a bare array of records, or `{"items": [...]}`."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One collection's calls; paths are below `/v2` or `/v3`.

    `detail` is the path of one record, `parent` the field that holds the id in `path`. `filters` are query names of
    the form `field:in`, `field:min`, `field:max` or `field`; `min_field` and `max_field` in v2. `cursor`: the list
    can also be walked by `after`.
    """

    document: str
    path: str
    schema: str
    records: str
    detail: str = ""
    parent: str = ""
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    cursor: bool = False
    create: Body = ""
    update: Body = ""
    update_path: str = ""
    delete: str = ""

    @property
    def version(self) -> str:
        """`v2` (bare arrays, 204 past the end) or `v3` (an envelope with `meta`)."""
        return self.document.rpartition(".")[2]


DOCUMENTS = {
    "catalog.v3": "products, variants and categories",
    "customers.v3": "customers and their addresses",
    "inventory.v3": "stock and locations",
    "orders.v2": "orders, customer groups and gift certificates",
    "transactions.v3": "payments of orders",
}
"""Document → what it is about. Each is served at `/openapi/<document>.json`."""

_ORDER = "/orders/{order_id}"

ENDPOINTS = (
    Endpoint(
        "customers.v3",
        "/customers",
        "Customer",
        "customers",
        filters=("id:in", "email:in", "customer_group_id:in", "date_modified:min", "date_modified:max"),
        sorts=("date_created", "date_modified", "last_name"),
        cursor=True,
        create="array",
        update="array",
        update_path="/customers",
        delete="/customers",
    ),
    Endpoint(
        "customers.v3",
        "/customers/addresses",
        "CustomerAddress",
        "customer_addresses",
        filters=("id:in", "customer_id:in"),
        cursor=True,
        create="array",
        update="array",
        update_path="/customers/addresses",
        delete="/customers/addresses",
    ),
    # The vendor also takes batches of products; the sandbox's document names the single calls only, its own decision.
    Endpoint(
        "catalog.v3",
        "/catalog/products",
        "Product",
        "products",
        detail="/catalog/products/{product_id}",
        filters=("id:in", "sku", "sku:in", "name", "is_visible", "date_modified:min", "date_modified:max"),
        sorts=("id", "name", "sku", "price", "date_modified", "total_sold"),
        create="object",
        update="object",
        update_path="/catalog/products/{product_id}",
        delete="/catalog/products/{product_id}",
    ),
    Endpoint(
        "catalog.v3",
        "/catalog/variants",
        "Variant",
        "variants",
        filters=("id:in", "product_id", "product_id:in", "sku", "sku:in"),
        sorts=("id", "sku"),
        update="array",
        update_path="/catalog/variants",
    ),
    Endpoint(
        "catalog.v3",
        "/catalog/categories",
        "Category",
        "categories",
        detail="/catalog/categories/{category_id}",
        filters=("id:in", "parent_id", "name"),
        create="object",
        update="object",
        update_path="/catalog/categories/{category_id}",
        delete="/catalog/categories/{category_id}",
    ),
    # Stock is returned where it lies and set by adjustments: two paths, and not one field in common.
    Endpoint(
        "inventory.v3",
        "/inventory/items",
        "InventoryItem",
        "inventory_items",
        filters=("sku:in", "variant_id:in", "product_id:in"),
        cursor=True,
        update="items",
        update_path="/inventory/adjustments/absolute",
    ),
    Endpoint(
        "inventory.v3",
        "/inventory/locations",
        "Location",
        "locations",
        filters=("id:in", "code:in"),
        create="array",
        update="array",
        update_path="/inventory/locations",
        delete="/inventory/locations",
    ),
    Endpoint(
        "orders.v2",
        "/orders",
        "Order",
        "orders",
        detail=_ORDER,
        filters=(
            "min_id",
            "max_id",
            "customer_id",
            "status_id",
            "min_date_created",
            "max_date_created",
            "min_date_modified",
            "max_date_modified",
        ),
        sorts=("id", "customer_id", "date_created", "date_modified", "status_id", "channel_id"),
        create="object",
        update="object",
        update_path=_ORDER,
        delete=_ORDER,
    ),
    Endpoint("orders.v2", f"{_ORDER}/products", "OrderProduct", "order_products", parent="order_id"),
    Endpoint(
        "orders.v2",
        f"{_ORDER}/shipping_addresses",
        "OrderShippingAddress",
        "order_shipping_addresses",
        parent="order_id",
        update="object",
        update_path=f"{_ORDER}/shipping_addresses/{{id}}",
    ),
    Endpoint("orders.v2", f"{_ORDER}/coupons", "OrderCoupon", "order_coupons", parent="order_id"),
    Endpoint("orders.v2", f"{_ORDER}/taxes", "OrderTax", "order_taxes", parent="order_id"),
    Endpoint(
        "orders.v2",
        f"{_ORDER}/shipments",
        "OrderShipment",
        "order_shipments",
        parent="order_id",
        create="object",
        update="object",
        update_path=f"{_ORDER}/shipments/{{shipment_id}}",
        delete=f"{_ORDER}/shipments/{{shipment_id}}",
    ),
    Endpoint(
        "orders.v2",
        "/customer_groups",
        "CustomerGroup",
        "customer_groups",
        detail="/customer_groups/{customer_group_id}",
        filters=("name",),
        create="object",
        update="object",
        update_path="/customer_groups/{customer_group_id}",
        delete="/customer_groups/{customer_group_id}",
    ),
    Endpoint(
        "orders.v2",
        "/gift_certificates",
        "GiftCertificate",
        "gift_certificates",
        detail="/gift_certificates/{id}",
        filters=("code", "min_id", "max_id"),
        create="object",
        update="object",
        update_path="/gift_certificates/{id}",
        delete="/gift_certificates/{id}",
    ),
    Endpoint("transactions.v3", f"{_ORDER}/transactions", "OrderTransaction", "order_transactions", parent="order_id"),
)
"""Every list of the store."""

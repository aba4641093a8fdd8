"""The small lists both systems share under different names: categories, groups, methods, stages, locations."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CATEGORIES", "GROUPS", "LOCATIONS", "PAYMENTS", "SHIPPINGS", "STAGES", "STORE_SYSTEM", "TILL_SYSTEM"]

STORE_SYSTEM = 5001
"""iPaaS.com's id of the subscribed store."""
TILL_SYSTEM = 5002
"""iPaaS.com's id of a till in the shop, which the store knows nothing of."""


class Category(NamedTuple):
    """A category as each side names it, and its parent's position, or None."""

    ipaas: str
    store: str
    parent: int | None


CATEGORIES = (
    Category("Kitchen", "Kitchen & Dining", None),
    Category("Mugs", "Mugs & Cups", 0),
    Category("Boards", "Cutting Boards", 0),
    Category("Garments", "Clothing", None),
    Category("T-Shirts", "Tees", 3),
    Category("Hats", "Hats", 3),
    Category("Stationery", "Stationery", None),
    Category("Notebooks", "Journals", 6),
)

GROUPS = (("Retail", "Retail"), ("WHOLESALE", "Wholesale"), ("VIP", "V.I.P. customers"), ("STAFF", "Employees"))
"""Customer categories of iPaaS.com, and the store's customer groups."""


class Payment(NamedTuple):
    """A way to pay: iPaaS.com's name and type, the store's name, gateway and method code."""

    ipaas: str
    kind: str
    store: str
    gateway: str
    code: str


PAYMENTS = (
    Payment("CC", "Credit Card", "Credit Card", "samplepay", "credit_card"),
    Payment("PAYPAL", "PayPal", "PayPal", "paypal", "paypal"),
    Payment("GIFT", "Gift Card", "Gift Certificate", "gift_certificate", "gift_certificate"),
    Payment("CHECK", "Check", "Check", "cheque", "offline"),
    Payment("ON ACCOUNT", "A/R", "Purchase Order", "manual", "offline"),
    Payment("CASH", "Cash", "Cash on Delivery", "cod", "offline"),
)

SHIPPINGS = (
    ("GROUND", "Ground, 3 to 5 days", "Flat Rate Ground"),
    ("EXPRESS", "Next working day", "Express (1 day)"),
    ("FREE", "Free over 75", "Free Shipping"),
    ("PICKUP", "Picked up in the shop", "Pickup In Store"),
)
"""iPaaS.com's name and description of a shipping method, and the store's name."""


class Stage(NamedTuple):
    """The state of an order: iPaaS.com's status, the store's status id and text, its payment status."""

    ipaas: str
    store_id: int
    store: str
    payment: str


STAGES = (
    Stage("Pending", 1, "Pending", "pending"),
    Stage("Pending", 11, "Awaiting Fulfillment", "captured"),
    Stage("Backorder", 9, "Awaiting Shipment", "authorized"),
    Stage("Shipped", 2, "Shipped", "captured"),
    Stage("Complete", 10, "Completed", "captured"),
    Stage("Cancelled", 5, "Cancelled", "void"),
    Stage("Refunded", 4, "Refunded", "refunded"),
    Stage("Partial Refunded", 14, "Partially Refunded", "partially refunded"),
)
"""The store tells more stages than iPaaS.com, so going back and forth loses some."""

LOCATIONS = (("Main Warehouse", "MAIN"), ("West Warehouse", "WEST"), ("Shop Floor", "SHOP"))
"""A location's name on both sides, and the store's code."""

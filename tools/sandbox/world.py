"""One world of customers, products and orders, from which both systems' records are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tools.sandbox.people import Place

__all__ = ["Address", "Customer", "Line", "Order", "Product", "Variant", "Where", "World"]


@dataclass(frozen=True, slots=True)
class Where:
    """The ids of a record in the systems that know it; `linked` if iPaaS.com has written down the store's id."""

    ipaas_id: int | None
    store_id: int | None
    linked: bool

    @property
    def in_both(self) -> bool:
        """True if the record exists in both systems."""
        return self.ipaas_id is not None and self.store_id is not None


@dataclass(frozen=True, slots=True)
class Address:
    """An address that somebody lives at or has parcels sent to."""

    store_id: int
    first: str
    last: str
    company: str
    street: str
    street_2: str
    place: Place
    phone: str
    residential: bool


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys; `number` is the same on both sides."""

    number: int
    where: Where
    first: str
    last: str
    email: str
    company: str
    phone: str
    group: int
    created: datetime
    modified: datetime
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A stocked and sold unit: one combination of a product's option values."""

    store_id: int
    ipaas_id: int
    sku: str
    values: tuple[str, ...]
    price_cents: int
    stock: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Something for sale; without options it has one variant, itself. `weight_lb` is in pounds."""

    number: int
    where: Where
    sku: str
    name: str
    category: int
    price_cents: int
    retail_cents: int
    cost_cents: int
    weight_lb: Decimal
    size: tuple[int, int, int]
    options: tuple[tuple[str, tuple[str, ...]], ...]
    variants: tuple[Variant, ...]
    created: datetime
    modified: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One article of an order; `discount_cents` is for the whole line."""

    store_id: int
    product: Product
    variant: Variant
    quantity: int
    discount_cents: int

    @property
    def cents(self) -> int:
        """The line's amount before tax and after its discount."""
        return self.variant.price_cents * self.quantity - self.discount_cents


@dataclass(frozen=True, slots=True)
class Order:
    """A sale; `customer` is None for a guest, `stage` is an index into `words.STAGES`."""

    number: int
    where: Where
    customer: Customer | None
    address: Address
    email: str
    lines: tuple[Line, ...]
    shipping_cents: int
    tax_percent: Decimal
    stage: int
    payment: int
    shipping: int
    note: str
    created: datetime
    modified: datetime
    shipped: datetime | None


@dataclass(frozen=True, slots=True)
class World:
    """Everything there is, in the order of its numbers."""

    customers: tuple[Customer, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]

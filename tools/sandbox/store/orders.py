"""Orders as the store returns them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tools.sandbox.disagreements import happens, rfc_2822, tax_cents
from tools.sandbox.store.common import returned
from tools.sandbox.words import PAYMENTS, STAGES
from tools.sandbox.world import Order, World

__all__ = ["ADDRESS", "address_of", "has_coupon", "known", "link", "money", "orders", "tax_of"]

ADDRESS = "https://store.example.test"
"""The store's own address in its links: fixed, so that a sample is the same wherever the sandbox listens."""


def known(world: World) -> list[Order]:
    """List the orders the store has."""
    return [order for order in world.orders if order.where.store_id is not None]


def money(cents: Decimal | int) -> str:
    """Write an amount in cents as the store's v2 writes money: a decimal string with four places."""
    return f"{Decimal(cents) / 100:.4f}"


def orders(world: World) -> list[dict[str, Any]]:
    """List `orders`: 72 fields each; lines, addresses and coupons are links."""
    return [_order(order) for order in known(world)]


def _order(order: Order) -> dict[str, Any]:
    number, stage = order.where.store_id or 0, STAGES[order.stage]
    quantity = sum(line.quantity for line in order.lines)
    fields = {
        "id": number,
        "date_created": rfc_2822(order.created),  # time zone: UTC and RFC 2822; iPaaS.com has ISO with its offset
        "date_modified": rfc_2822(order.modified),
        "date_shipped": rfc_2822(order.shipped),  # empty: no date is an empty string, null in iPaaS.com
        "status": stage.store,
        "status_id": stage.store_id,
        "payment_status": _payment_status(order),
        "payment_method": PAYMENTS[order.payment].store,
        "payment_provider_id": _provider(number),
        "customer_id": order.customer.where.store_id if order.customer else 0,  # 0: a guest; null in iPaaS.com
        "customer_message": order.note,
        "items_total": quantity,
        "items_shipped": quantity if order.shipped else 0,
        "ip_address": f"203.0.113.{number % 250}",
        "geoip_country": order.address.place.country,
        "geoip_country_iso2": order.address.place.country_code,
        "external_source": "POS" if number % 10 == 0 else None,
        "staff_notes": "Checked" if number % 21 == 0 else "",
        "billing_address": address_of(order) | {"form_fields": []},
        **_amounts(order),
        **{name: link(number, name) for name in ("consignments", "products", "shipping_addresses", "coupons")},
    }
    row = returned("Order", fields)
    if happens("rare", number):
        row["reward_points"] = number % 90  # undeclared and rare: in 1 of 50 records and in no document
    return row


def _payment_status(order: Order) -> str:
    if happens("outside enum", order.number):
        return "disputed"  # outside its enum: a value that no document lists
    return STAGES[order.stage].payment.replace(" ", "_")


def _provider(number: int) -> int | str | None:
    """Give a value of mixed type, as the untyped field allows: a number, it as text, an empty string or null."""
    return (None, "", 40 + number % 3, str(40 + number % 3))[number % 4]


def _amounts(order: Order) -> dict[str, Any]:
    net = sum(line.cents for line in order.lines)
    tax = tax_of(order)
    shipping = money(order.shipping_cents)
    return {
        "subtotal_ex_tax": money(net),
        "subtotal_inc_tax": money(net + tax),
        "subtotal_tax": money(tax),
        "base_shipping_cost": shipping,
        "shipping_cost_ex_tax": shipping,
        "shipping_cost_inc_tax": shipping,
        "discount_amount": money(sum(line.discount_cents for line in order.lines)),
        "coupon_discount": money(sum(line.discount_cents for line in order.lines) if has_coupon(order) else 0),
        "total_tax": money(tax),
        "total_ex_tax": money(net + order.shipping_cents),
        "total_inc_tax": money(net + tax + order.shipping_cents),
        "refunded_amount": money(net) if STAGES[order.stage].store == "Refunded" else money(0),
    }


def tax_of(order: Order) -> Decimal:
    """Compute the tax on the sum, in whole cents as a rule, with four decimals in some orders."""
    net = sum(line.cents for line in order.lines)
    if happens("fine tax", order.number):
        return net * order.tax_percent / 100
    return Decimal(tax_cents(net, order.tax_percent))


def link(number: int, name: str) -> dict[str, str]:
    """Make the link that an order holds in place of its lines or addresses: one more call."""
    return {"url": f"{ADDRESS}/v2/orders/{number}/{name}", "resource": f"/orders/{number}/{name}"}


def address_of(order: Order) -> dict[str, Any]:
    """Write the address of an order in the store's v2 spelling."""
    address, place = order.address, order.address.place
    return {
        "first_name": address.first,
        "last_name": address.last,
        "company": address.company,
        "street_1": address.street,
        "street_2": address.street_2,
        "city": place.city,
        "state": place.state,  # names on this side, codes in iPaaS.com
        "zip": place.postal_code,
        "country": place.country,
        "country_iso2": place.country_code,
        "phone": address.phone,
        "email": order.email,
    }


def has_coupon(order: Order) -> bool:
    """Tell whether the order's discount came from a coupon."""
    return order.number % 3 == 0 and any(line.discount_cents for line in order.lines)

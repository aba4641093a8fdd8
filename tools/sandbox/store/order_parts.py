"""Lines, addresses, taxes, parcels and coupons of orders, as the store returns them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tools.sandbox.disagreements import rfc_2822, tax_cents
from tools.sandbox.store.common import returned
from tools.sandbox.store.orders import address_of, has_coupon, known, link, money, tax_of
from tools.sandbox.words import SHIPPINGS
from tools.sandbox.world import Line, Order, World

__all__ = ["coupons", "order_products", "shipments", "shipping_addresses", "taxes"]


def order_products(world: World) -> list[dict[str, Any]]:
    """List `order_products`: the lines of every order, 57 fields each."""
    return [_line(order, line) for order in known(world) for line in order.lines]


def _line(order: Order, line: Line) -> dict[str, Any]:
    unit, item = line.variant.price_cents, line.product
    tax = tax_cents(line.cents, order.tax_percent)
    unit_tax = tax_cents(unit, order.tax_percent)
    width, height, depth = item.size
    shipped = line.quantity if order.shipped else 0
    fields = {
        "id": line.store_id,
        "order_id": order.where.store_id,
        "product_id": item.where.store_id,
        "variant_id": line.variant.store_id,
        "order_address_id": order.address.store_id,
        "name": item.name,
        "name_customer": item.name,
        "name_merchant": item.name,
        "sku": line.variant.sku,
        "base_price": money(unit),
        "price_ex_tax": money(unit),
        "price_inc_tax": money(unit + unit_tax),
        "price_tax": money(unit_tax),
        "base_total": money(unit * line.quantity),
        "total_ex_tax": money(unit * line.quantity),
        "total_inc_tax": money(unit * line.quantity + tax),
        "total_tax": money(tax),
        "discounted_total_inc_tax": money(line.cents + tax),
        "quantity": line.quantity,
        "base_cost_price": money(item.cost_cents),
        "cost_price_inc_tax": money(item.cost_cents),
        "cost_price_ex_tax": money(item.cost_cents),
        "weight": float(item.weight_lb),
        "width": f"{width:.4f}",
        "height": f"{height:.4f}",
        "depth": f"{depth:.4f}",
        "quantity_shipped": shipped,
        "applied_discounts": _discounts(line),
        "product_options": [
            {
                "id": line.store_id * 10 + place,
                "option_id": place + 1,
                "order_product_id": line.store_id,
                "display_name": name,
                "display_value": value,
                "value": str(place + 100),
                "type": "Multiple choice",
                "name": f"{name}{item.number}",
            }
            for place, ((name, _), value) in enumerate(zip(item.options, line.variant.values, strict=True))
        ],
    }
    return returned("OrderProduct", fields)


def _discounts(line: Line) -> list[dict[str, Any]]:
    if not line.discount_cents:
        return []
    return [
        {"id": "coupon", "amount": money(line.discount_cents), "name": "Ten off", "code": "TEN", "target": "product"}
    ]


def shipping_addresses(world: World) -> list[dict[str, Any]]:
    """List `order_shipping_addresses`: where each order goes."""
    return [_shipping_address(order) for order in known(world)]


def _shipping_address(order: Order) -> dict[str, Any]:
    number, address_id = order.where.store_id or 0, order.address.store_id
    quantity = sum(line.quantity for line in order.lines)
    cost = money(order.shipping_cents)
    fields = {
        "id": address_id,
        "order_id": number,
        "items_total": quantity,
        "items_shipped": quantity if order.shipped else 0,
        "base_cost": cost,
        "cost_ex_tax": cost,
        "cost_inc_tax": cost,
        "shipping_zone_name": order.address.place.country,
        "shipping_quotes": link(number, f"shipping_addresses/{address_id}/shipping_quotes"),
        "shipping_method": SHIPPINGS[order.shipping][2],
        **address_of(order),
    }
    return returned("OrderShippingAddress", fields)


def taxes(world: World) -> list[dict[str, Any]]:
    """List `order_taxes`: one row per taxed order."""
    return [
        returned(
            "OrderTax",
            {
                "id": number,
                "order_id": order.where.store_id,
                "order_address_id": order.address.store_id,
                "name": f"{order.address.place.state} Tax",
                "class": "Default Tax Class",
                "rate": f"{order.tax_percent:.4f}",
                "priority_amount": money(tax_of(order)),
                "line_amount": money(tax_of(order)),
                "order_product_id": str(order.lines[0].store_id),
            },
        )
        for number, order in enumerate((order for order in known(world) if order.tax_percent), 1)
    ]


def shipments(world: World) -> list[dict[str, Any]]:
    """List `order_shipments`: the parcels of shipped orders."""
    shipped = [order for order in known(world) if order.shipped]
    return [_shipment(number, order) for number, order in enumerate(shipped, 1)]


def _shipment(number: int, order: Order) -> dict[str, Any]:
    place = address_of(order)
    fields = {
        "id": number,
        "order_id": order.where.store_id,
        "customer_id": order.customer.where.store_id if order.customer else 0,
        "order_address_id": order.address.store_id,
        "date_created": rfc_2822(order.shipped),
        "tracking_number": f"SBX{order.number:09d}",
        "merchant_shipping_cost": money(order.shipping_cents),
        "shipping_method": SHIPPINGS[order.shipping][2],
        "tracking_carrier": "" if number % 3 else "samplepost",
        "billing_address": place | {"form_fields": []},
        "shipping_address": place | {"form_fields": []},
        "items": [
            {"order_product_id": line.store_id, "product_id": line.product.where.store_id, "quantity": line.quantity}
            for line in order.lines
        ],
    }
    return returned("OrderShipment", fields)


def coupons(world: World) -> list[dict[str, Any]]:
    """List `order_coupons`: the coupons of the few orders that had one."""
    used = [order for order in known(world) if has_coupon(order)]
    return [
        {
            "id": number,
            "coupon_id": 1,
            "order_id": order.where.store_id,
            "code": "TEN",
            "amount": 10,
            "type": 1,
            "discount": float(Decimal(sum(line.discount_cents for line in order.lines)) / 100),
        }
        for number, order in enumerate(used, 1)
    ]

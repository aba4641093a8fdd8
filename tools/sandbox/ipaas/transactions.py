"""Transactions with all they nest, their methods, and gift cards, as iPaaS.com returns them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from tools.sandbox.disagreements import cents_to_units, happens, iso, padded, tax_cents
from tools.sandbox.ipaas.common import Child, record
from tools.sandbox.ipaas.customers import email_kept
from tools.sandbox.ipaas.products import sku_kept
from tools.sandbox.words import PAYMENTS, SHIPPINGS, STAGES, STORE_SYSTEM, TILL_SYSTEM
from tools.sandbox.world import Line, Order, World

__all__ = ["gift_cards", "payment_methods", "shipping_methods", "transactions"]

_TILL_TYPES = ("Ticket", "Ticket", "Return", "Invoice", "Quote")
_GIFT_CARDS = 40


def transactions(world: World) -> list[dict[str, Any]]:
    """List TRANSACTION: every sale iPaaS.com knows; those of the till alone are no orders but tickets and the like."""
    child = Child()
    return [_transaction(order, child) for order in world.orders if order.where.ipaas_id is not None]


def _transaction(order: Order, child: Child) -> dict[str, Any]:
    where, number = order.where, order.where.ipaas_id or 0
    in_store = where.store_id is not None
    net = sum(line.cents for line in order.lines)
    # Rounding: tax is rounded per line here and on the sum in the store, so totals may differ by a cent.
    tax = sum(tax_cents(line.cents, order.tax_percent) for line in order.lines)
    total = net + tax + order.shipping_cents
    code = padded(str(order.number), 7) if happens("padded number", order.number) else str(order.number)
    fields = {
        "system_id": STORE_SYSTEM if in_store else TILL_SYSTEM,
        "transaction_parent_id": None,
        "transaction_number": code if in_store else f"T-{code}",  # padding: 0010045 against 10045
        "customer_id": order.customer.where.ipaas_id if order.customer else None,  # a guest: null here, 0 in the store
        "email_address": email_kept(order.customer) if order.customer else order.email,
        "type": "Order" if in_store else _TILL_TYPES[order.number % 5],
        "status": STAGES[order.stage].ipaas,
        "discount_amount": cents_to_units(sum(line.discount_cents for line in order.lines)),
        "tax_amount": cents_to_units(tax),
        "shipping_amount": cents_to_units(order.shipping_cents),
        "subtotal": cents_to_units(net),
        "total": cents_to_units(total),
        "total_qty": float(sum(line.quantity for line in order.lines)),
        "created_datetime": iso(order.created, offset=happens("offset", order.number)),  # time zone: other offset
        "updated_datetime": iso(order.modified) if order.number % 5 else None,
        "lines": [_line(order, line, place, child) for place, line in enumerate(order.lines, 1)],
        "taxes": [_tax(order, tax, child)] if tax else [],
        "payments": [_payment(order, total, child)] if STAGES[order.stage].ipaas != "Cancelled" else [],
        "tracking": [_tracking(order, child)] if order.shipped else [],
        "addresses": _addresses(order, child),
        "notes": [_note(order, child)] if order.note else [],
    }
    store_id = where.store_id if where.linked else None
    custom = {"Sales Rep": f"REP{order.number % 4:02d}"} if order.number % 6 == 0 else {}
    return record(number, fields, kind="transaction", store_id=store_id, custom=custom)


def _line(order: Order, line: Line, place: int, child: Child) -> dict[str, Any]:
    unit = line.variant.price_cents
    own_address = len(order.lines) > 1 and order.number % 6 == 0
    fields = {
        "parent_id": order.where.ipaas_id,
        "sequence_number": place,
        "status": STAGES[order.stage].ipaas,
        "sku": sku_kept(line.product, line.variant),
        "description": line.product.name,
        "type": "Product",
        "qty": float(line.quantity),
        "qty_shipped": float(line.quantity if order.shipped else 0),
        "unit_price": float(
            round(Decimal(line.cents) / line.quantity / 100, 2)
        ),  # rounding: times qty, not quite the sum
        "extended_price": cents_to_units(line.cents),
        "original_unit_price": cents_to_units(unit),
        "discount_amount": cents_to_units(line.discount_cents),
        "discount_percent": float(round(Decimal(line.discount_cents * 100) / (unit * line.quantity), 2)),
        "tax_percent": float(order.tax_percent),
        "estimated_tax_amount": cents_to_units(tax_cents(line.cents, order.tax_percent)),
        "weight": float(line.product.weight_lb) if order.number % 2 else None,
        "address": _place(order, child, primary=False) if own_address else None,  # one object, not an array
        "line_info": {"GiftWrap": "Yes"} if order.number % 19 == 0 else {},
        "options": {name: value for (name, _), value in zip(line.product.options, line.variant.values, strict=True)},
    }
    return record(child.next("line"), fields, store_id=line.store_id if order.where.linked else None)


def _tax(order: Order, tax: int, child: Child) -> dict[str, Any]:
    fields = {
        "authority": f"{order.address.place.country_code}-{order.address.place.state_code}",
        "amount": cents_to_units(tax),
        "orginal_amount": cents_to_units(tax),  # the platform's own spelling
        "tax_percent": float(order.tax_percent),
    }
    return record(child.next("tax"), fields)


def _payment(order: Order, total: int, child: Child) -> dict[str, Any]:
    method = PAYMENTS[order.payment]
    info = {"CardType": "Testcard", "LastFour": "0000"} if method.kind == "Credit Card" else {}
    fields = {
        "method": method.ipaas,  # codes against names: CC here, "Credit Card" in the store
        "amount": cents_to_units(total),
        "status": "Pending" if STAGES[order.stage].ipaas == "Pending" else "Complete",
        "description": None if order.number % 2 else "",
        "method_info": info,
    }
    return record(child.next("payment"), fields)


def _tracking(order: Order, child: Child) -> dict[str, Any]:
    name, text, _ = SHIPPINGS[order.shipping]
    fields = {
        "shipping_method": name,
        "shipping_method_description": text,
        "tracking_number": f"SBX{order.number:09d}",
        "cost": cents_to_units(order.shipping_cents) if order.number % 3 else None,
    }
    return record(child.next("tracking"), fields)


def _addresses(order: Order, child: Child) -> list[dict[str, Any]]:
    billing = _place(order, child, primary=True) if order.number % 3 else None
    shipping = record_of(_place(order, child, primary=False), "Shipping")
    return [shipping] if billing is None else [record_of(billing, "Billing"), shipping]


def record_of(place: dict[str, Any], kind: str) -> dict[str, Any]:
    """Make an address of a transaction: a line's address and the lists that records have."""
    number = int(place.pop("id"))
    return record(number, {**place, "type": kind, "is_primary_billing": kind == "Billing"})


def _place(order: Order, child: Child, *, primary: bool) -> dict[str, Any]:
    address = order.address
    written_out = happens("names for codes", order.number)
    return {
        "id": str(child.next("address")),
        "shipping_method": SHIPPINGS[order.shipping][0],
        "shipping_method_description": SHIPPINGS[order.shipping][1],
        "first_name": address.first,
        "last_name": address.last,
        "shipping_amount": 0.0 if primary else cents_to_units(order.shipping_cents),
        "type": "Shipping",
        "ship_date": _local(order.shipped),
        "phone_number": address.phone,
        "company": address.company or None,
        "address_1": address.street,
        "address_2": address.street_2 or None,
        "address_3": None,
        "city": address.place.city,
        # Codes against names: TX and US here as a rule, Texas and United States in the store.
        "region": address.place.state if written_out else address.place.state_code,
        "country": address.place.country if written_out else address.place.country_code,
        "postal_code": address.place.postal_code,
        "is_primary_billing": False,
        "is_primary_shipping": not primary,
        "customer_id": (order.customer.where.ipaas_id if order.customer else 0),
    }


def _local(moment: datetime | None) -> str | None:
    """Write a date without a zone, as the platform keeps some: here the warehouse's own time, five hours behind UTC."""
    return (moment - timedelta(hours=5)).replace(tzinfo=None).isoformat() if moment else None


def _note(order: Order, child: Child) -> dict[str, Any]:
    fields = {
        "sequence_number": 1,
        "type": "Customer",
        "text": order.note,
        "note_created_date_time": _local(order.created),
        "is_public": True,
    }
    return record(child.next("note"), fields)


def payment_methods(_: World) -> list[dict[str, Any]]:
    """List PAYMENT_METHOD: the ways to pay; the store has them only as words on its orders."""
    return [
        record(600 + place, {"name": method.ipaas, "description": None, "payment_type": method.kind})
        for place, method in enumerate(PAYMENTS)
    ]


def shipping_methods(_: World) -> list[dict[str, Any]]:
    """List SHIPPING_METHOD: the ways to ship; names are case-sensitive keys."""
    return [record(650 + place, {"name": name, "description": text}) for place, (name, text, _) in enumerate(SHIPPINGS)]


def gift_cards(world: World) -> list[dict[str, Any]]:
    """List GIFT_CARD with its activities; three in five are the store's gift certificates."""
    child = Child()
    buyers = [order for order in world.orders if order.where.ipaas_id is not None and order.customer]
    return [_gift_card(number, order, child) for number, order in enumerate(buyers[:_GIFT_CARDS], 1)]


def _gift_card(number: int, order: Order, child: Child) -> dict[str, Any]:
    person = order.customer
    amount, spent = 2500 * (number % 4 + 1), 1000 if number % 3 == 0 else 0
    activity = [("Issue", amount, order.created), ("Redeem", -spent, order.created + timedelta(days=20))]
    fields = {
        "number": f"GC{number:06d}",
        "description": None,
        "type": "Store Credit" if number % 8 == 0 else "Gift Card",
        "original_amount": cents_to_units(amount),
        "balance": cents_to_units(amount - spent),
        "status": ("Active", "Active", "Active", "Expired", "Pending")[number % 5],
        "purchase_date": _local(order.created),
        "customer_id": person.where.ipaas_id if person else None,
        "customer_name": f"{person.first} {person.last}" if person else "",
        "customer_email": person.email if person else "",
        "transaction_id": order.where.ipaas_id,
        "receiving_customer": "",
        "receiving_customer_email": f"gift.{number}@example.test" if number % 2 else None,
        "system_id": STORE_SYSTEM,
        "expiration_date": _local(order.created + timedelta(days=730)) if number % 5 else None,
        "activities": [
            record(
                child.next("activity"),
                {
                    "activity_type": kind,
                    "timestamp": _local(when),
                    "location": "Main Warehouse",
                    "transaction_reference_id": str(order.number),
                    "amount": cents_to_units(cents),
                },
            )
            for kind, cents, when in activity
            if cents
        ],
    }
    return record(800 + number, fields, kind="gift card", store_id=number if number % 5 < 3 else None)  # noqa: PLR2004  three in five

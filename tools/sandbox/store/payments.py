"""Payments of orders and gift certificates, as the store returns them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tools.sandbox.disagreements import iso, rfc_2822, tax_cents
from tools.sandbox.store.common import returned
from tools.sandbox.words import PAYMENTS, STAGES
from tools.sandbox.world import Order, World

__all__ = ["gift_certificates", "order_transactions"]

_IDS_FROM = 2**53 + 1001
"""Payments are numbered beyond 2^53: read as floats, neighbours become one."""
_GIFT_CARDS = 40


def order_transactions(world: World) -> list[dict[str, Any]]:
    """List `order_transactions`: one payment per order that was not cancelled."""
    known = [order for order in world.orders if order.where.store_id is not None]
    return [_payment(order) for order in known if STAGES[order.stage].store != "Cancelled"]


def _payment(order: Order) -> dict[str, Any]:
    method = PAYMENTS[order.payment]
    net = sum(line.cents for line in order.lines)
    total = net + tax_cents(net, order.tax_percent) + order.shipping_cents
    card = {"card_type": "testcard", "card_last4": "0000"} if method.code == "credit_card" else None
    fields = {
        "id": _IDS_FROM + 2 * order.number,
        "order_id": str(order.where.store_id),  # type: text here, a number in the order itself
        "event": "refund" if STAGES[order.stage].store == "Refunded" else "purchase",
        "method": method.code,
        "amount": float(Decimal(total) / 100),  # a number in v3, a decimal string in v2
        "gateway": method.gateway,
        "gateway_transaction_id": f"sbx_{order.number:08x}" if method.code != "offline" else None,
        "payment_method_id": f"{method.gateway}.{method.code}",
        "status": "ok",
        "date_created": iso(order.created + timedelta(minutes=1)),
        "offline": {"display_name": method.store} if method.code == "offline" else None,
        "credit_card": card,
    }
    return returned("OrderTransaction", fields)


def gift_certificates(world: World) -> list[dict[str, Any]]:
    """List `gift_certificates`: three in five of iPaaS.com's gift cards, under the same ids and codes."""
    # The same buyers as on iPaaS.com's side, so that a code means the same card in both systems.
    buyers = [order for order in world.orders if order.where.ipaas_id is not None and order.customer]
    return [
        _certificate(number, order)
        for number, order in enumerate(buyers[:_GIFT_CARDS], 1)
        if number % 5 < 3  # noqa: PLR2004  three in five
    ]


def _certificate(number: int, order: Order) -> dict[str, Any]:
    person = order.customer
    amount, spent = 2500 * (number % 4 + 1), 1000 if number % 3 == 0 else 0
    fields = {
        "id": number,
        "customer_id": person.where.store_id or 0 if person else 0,
        "order_id": order.where.store_id or 0,
        "to_name": "Gift Recipient",
        "to_email": f"gift.{number}@example.test",
        "from_name": f"{person.first} {person.last}" if person else "",
        "from_email": person.email if person else "",
        "code": f"gc-{number:06d}",  # case and separators: GC000001 in iPaaS.com
        "amount": f"{Decimal(amount) / 100:.4f}",
        "balance": f"{Decimal(amount - spent) / 100:.4f}",
        "status": ("active", "active", "active", "expired", "pending")[number % 5],
        "purchase_date": rfc_2822(order.created),
        "expiry_date": rfc_2822(order.created + timedelta(days=730)) if number % 5 else "",
    }
    return returned("GiftCertificate", fields)

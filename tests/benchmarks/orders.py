"""Nested synthetic orders as JSON lines, the same bytes for the same seed: what the observe benchmark reads.

About 3.4 kB and 180 values an order, 160 paths. Half of the texts repeat (states, codes, cities), half hardly do
(names, mails, times, amounts, tokens), as in real exports; and what inference trips over is there: a field of two
types, one that is only null, rare and late ones, whole numbers past 2**53, a map whose keys are data.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

START = datetime(2025, 1, 1, tzinfo=UTC)
LATE = 0.9
"""From this share of the file on, orders have a channel."""
SYLLABLES = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so".split()  # noqa: SIM905
CITIES = [f"{a.title()}{b}{c}" for a in SYLLABLES[::3] for b in SYLLABLES[1::4] for c in ("ville", "ton", "burg")]
COUNTRIES = ["DE", "FR", "US", "GB", "NL", "AT", "CH", "SE"]
WORDS = [a + b for a in SYLLABLES for b in SYLLABLES]


def write(path: Path, count: int, seed: int = 7) -> Path:
    """`count` orders in `path`, a line each."""
    with path.open("wb") as file:
        file.writelines(orjson.dumps(each) + b"\n" for each in orders(count, seed))
    return path


def orders(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """`count` orders."""
    rng = random.Random(seed)  # noqa: S311  synthetic records
    for number in range(count):
        yield _order(rng, number, late=number >= count * LATE)


def _order(rng: random.Random, number: int, *, late: bool) -> dict[str, Any]:
    created = START + timedelta(seconds=number * 600 + rng.randrange(600))
    lines = [_line(rng, number, at) for at in range(rng.randint(3, 5))]
    total = round(sum(line["price"] * line["quantity"] for line in lines), 2)
    order: dict[str, Any] = {
        "id": 450_000_000 + number,
        "number": f"SO-{100_000 + number}",
        "token": f"{rng.getrandbits(128):032x}",
        "status": rng.choice(["pending", "paid", "shipped", "cancelled"]),
        "created_at": created.isoformat(),
        "updated_at": (created + timedelta(hours=rng.randrange(200))).isoformat(),
        "closed_at": None if rng.random() < 0.6 else (created + timedelta(days=9)).isoformat(),
        "currency": rng.choice(["EUR", "USD", "GBP"]),
        "subtotal": total if rng.random() < 0.97 else f"{total:.2f}",
        "total": f"{total * 1.19:.2f}",
        "total_tax": round(total * 0.19, 2),
        "discount": 0 if rng.random() < 0.8 else rng.randrange(1, 50),
        "taxes_included": rng.random() < 0.5,
        "test": False,
        "note": "" if rng.random() < 0.7 else " ".join(rng.choices(WORDS, k=rng.randint(4, 16))),
        "source": rng.choice(["web", "pos", "app"]),
        "landing": f"https://shop.example.test/{rng.choice(WORDS)}?ref={rng.choice(WORDS)}",
        "ip": f"198.51.100.{rng.randrange(256)}",
        "weight": rng.randrange(20_000),
        "company_id": None,
        "tags": rng.sample(["new", "vip", "b2b", "gift", "rush"], rng.randrange(4)),
        "billing": _address(rng),
        "shipping": _address(rng),
        "customer": _customer(rng, created),
        "lines": lines,
        "payments": [_payment(rng, number, created, total)],
        "fulfilments": [_fulfilment(rng, created, lines) for _ in range(rng.random() < 0.4)],
        "utm": {"source": rng.choice(["mail", "ads", None]), "medium": "cpc", "campaign": f"c{rng.randrange(60)}"},
        "totals": {"lines": total, "shipping": rng.choice([0, 4.9, 9.9]), "duties": None, "refunded": 0, "tips": 0.0},
        "attributes": {f"attr_{rng.randrange(40)}": rng.choice(WORDS) for _ in range(2)},
    }
    if rng.random() < 0.15:
        order["gift"] = {"message": " ".join(rng.choices(WORDS, k=6)), "wrap": rng.random() < 0.5}
    if rng.random() < 0.03:
        order["refunds"] = [{"id": number, "reason": "damaged", "lines": [{"id": lines[0]["id"], "restock": True}]}]
    if rng.random() < 0.02:
        order["company"] = {
            "id": number % 90,
            "name": f"{_name(rng)} Ltd",
            "vat": f"DE{number:09}",
            "address": _address(rng),
        }
    if rng.random() < 0.0005:
        order["big"] = 2**60 + number
    if late:
        order["channel"] = rng.choice(["north", "south"])
    return order


def _address(rng: random.Random) -> dict[str, Any]:
    return {
        "first_name": _name(rng),
        "last_name": _name(rng),
        "company": None if rng.random() < 0.7 else f"{_name(rng)} Ltd",
        "street": f"{rng.randrange(1, 400)} {_name(rng)} Street",
        "street2": "",
        "city": rng.choice(CITIES),
        "zip": f"{rng.randrange(10_000, 99_999)}",
        "region": rng.choice(["N", "S", "E", "W", None]),
        "country": rng.choice(COUNTRIES),
        "phone": f"+49 30 {rng.randrange(10**6, 10**7)}",
        "latitude": round(rng.uniform(45, 55), 5),
        "longitude": round(rng.uniform(5, 15), 5),
    }


def _customer(rng: random.Random, created: datetime) -> dict[str, Any]:
    number = rng.randrange(25_000)
    return {
        "id": 7_000_000 + number,
        "email": f"customer{number}@example.test",
        "accepts_marketing": number % 3 == 0,
        "created_at": (created - timedelta(days=number % 700)).isoformat(),
        "orders_count": number % 40,
        "total_spent": f"{number % 9000}.{number % 100:02d}",
        "state": "enabled",
        "verified": True,
        "tax_exempt": False,
        "locale": rng.choice(["de", "en", "fr"]),
        "group": {"id": number % 6, "name": f"Group {number % 6}"},
        "default_address": _address(rng),
    }


def _line(rng: random.Random, number: int, at: int) -> dict[str, Any]:
    item = rng.randrange(5_000)
    price = round(item % 300 + 0.99, 2)
    return {
        "id": 9_000_000_000 + number * 5 + at,
        "product_id": 60_000 + item,
        "variant_id": 70_000 + item * 3 + at % 3,
        "sku": f"SKU-{item:05d}",
        "name": f"{WORDS[item % len(WORDS)]} {WORDS[item % 97]}",
        "quantity": rng.randint(1, 4),
        "price": price,
        "tax_rate": 0.19,
        "tax": f"{price * 0.19:.2f}",
        "taxable": True,
        "requires_shipping": item % 7 > 0,
        "fulfillment": rng.choice([None, "partial", "fulfilled"]),
        "options": [{"name": "size", "value": rng.choice("SML")}, {"name": "colour", "value": f"#{item % 4096:06x}"}],
    }


def _payment(rng: random.Random, number: int, created: datetime, total: float) -> dict[str, Any]:
    return {
        "id": str(UUID(int=rng.getrandbits(128), version=4)),
        "method": rng.choice(["card", "invoice", "wallet"]),
        "amount": total,
        "processed_at": created.isoformat(),
        "reference": f"P{number:08d}",
        "address": _address(rng) if rng.random() < 0.9 else None,
    }


def _fulfilment(rng: random.Random, created: datetime, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": rng.randrange(10**9),
        "carrier": rng.choice(["dhl", "ups", "dpd"]),
        "tracking": f"{rng.randrange(10**14):014}",
        "shipped_at": (created + timedelta(days=1)).isoformat(),
        "line_ids": [line["id"] for line in lines],
        "location": {"id": rng.randrange(5), "name": "Main"},
    }


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title()

"""Formulas, look-ups and constants as connectors' documents describe them, run over made records, as labels.

Each case says what fills one field of a destination, as a function of the source record; the search sees values only.
Six of a hundred destination values are edited by hand, as people do. Cases were written before anything was tuned on
them; those at even places are the tuning half, the others the test half.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

Record = dict[str, Any]
SEED = 11
EDITED = 0.06

FIRST = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kit", "Lou", "Mae", "Ned", "Ora")
LAST = ("Marsh", "Brook", "Field", "Stone", "Hill", "Lake", "Reed", "Ford", "Moor", "Vale", "Cliff", "Glen")
CITIES = ("Springton", "Northby", "Easton", "Westhaven", "Midford")
COUNTRIES = {"US": "United States", "DE": "Germany", "FR": "France", "GB": "United Kingdom", "JP": "Japan"}
STATES = {"pending": "Open", "paid": "Paid", "shipped": "Complete", "refunded": "Returned", "void": "Cancelled"}
TIERS = {"1": "Retail", "2": "Wholesale", "3": "Staff", "4": "Partner"}
SHIPPERS = {
    "ups_ground": "UPS Ground",
    "fedex_2d": "FedEx 2 Day",
    "usps_fc": "USPS First Class",
    "pickup": "Store Pickup",
}


@dataclass(frozen=True)
class Case:
    """What fills a destination field: the kind of mapping, and the field's value for a source record."""

    name: str
    kind: str
    value: Callable[[Record], object]


def source(at: int, chance: random.Random) -> Record:
    """One order as a shop would return it."""
    lines = [
        {
            "sku": f"SKU-{chance.randrange(900) + 100}",
            "qty": chance.randrange(1, 9),
            "total": chance.randrange(100, 90000) / 100,
        }
        for _ in range(chance.randrange(1, 5))
    ]
    created = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(400000))
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return {
        "id": 700000 + at,
        "number": 1000 + at,
        "created_at": created.isoformat().replace("+00:00", "Z"),
        "state": chance.choice([*STATES]),
        "currency": "USD",
        "cents": chance.randrange(100, 900000),
        "subtotal": chance.randrange(100, 90000) / 100,
        "shipping": chance.choice((0, 4.99, 9.5)),
        "weight_g": chance.randrange(1, 40) * 125,
        "first_name": first,
        "last_name": last,
        "email": f"{first}.{last}{at}@Example.Test",
        "phone": f"+1 555 01{at % 100:02} {1000 + at}",
        "company": f"{last} Ltd" if at % 3 == 0 else None,
        "city": chance.choice(CITIES),
        "country": chance.choice([*COUNTRIES]),
        "zip": f"{chance.randrange(100, 99999):05}",
        "tier_id": chance.choice([*TIERS]),
        "gift": chance.random() < 0.3,
        "service": chance.choice([*SHIPPERS]),
        "tax_rate": chance.choice((0.05, 0.075, 0.19)),
        "note": None if at % 2 else f"Note {at}",
        "code": f"so-{chance.randrange(9000) + 1000}-{chance.choice('abc')}",
        "tags": [chance.choice(("new", "vip", "web", "eu")) for _ in range(2)],
        "lines": lines,
        "full_name": f"{last}, {first}",
        "street": f"{at + 1} {chance.choice(LAST)} Road",
        "addresses": [
            {"type": "billing", "city": chance.choice(CITIES)},
            {"type": "shipping", "city": chance.choice(CITIES)},
        ],
        "mobile": None if at % 4 else f"555-02{at:04}",
    }


def moment(record: Record) -> datetime:
    """When the order was placed."""
    return datetime.fromisoformat(record["created_at"])


CASES = (
    Case("order number in text", "formula", lambda r: f"#{r['number']}"),
    Case("full name", "formula", lambda r: f"{r['first_name']} {r['last_name']}"),
    Case("amount in units", "formula", lambda r: r["cents"] / 100),
    Case("always the store's channel", "constant", lambda _: "Web"),
    Case("status words", "look-up", lambda r: STATES[r["state"]]),
    Case("customer group by id", "look-up", lambda r: TIERS[r["tier_id"]]),
    Case("country name of a code", "look-up", lambda r: COUNTRIES[r["country"]]),
    Case("shipping service", "look-up", lambda r: SHIPPERS[r["service"]]),
    Case("e-mail in small letters", "formula", lambda r: r["email"].lower()),
    Case("state in capitals", "formula", lambda r: r["state"].upper()),
    Case("day of the order", "formula", lambda r: f"{moment(r):%Y-%m-%d}"),
    Case("day as Americans write it", "formula", lambda r: f"{moment(r):%m/%d/%Y}"),
    Case("yes or no", "look-up", lambda r: "Y" if r["gift"] else "N"),
    Case("one or zero", "look-up", lambda r: 1 if r["gift"] else 0),
    Case("kilograms", "formula", lambda r: r["weight_g"] / 1000),
    Case("percent of a rate", "formula", lambda r: r["tax_rate"] * 100),
    Case("lines of the order", "formula", lambda r: len(r["lines"])),
    Case("pieces of the order", "formula", lambda r: sum(line["qty"] for line in r["lines"])),
    Case("first line's article", "formula", lambda r: r["lines"][0]["sku"]),
    Case("sum of the lines", "formula", lambda r: float(sum(Decimal(str(line["total"])) for line in r["lines"]))),
    Case("tags in one text", "formula", lambda r: ",".join(r["tags"])),
    Case("number padded with zeros", "formula", lambda r: f"{r['number']:08}"),
    Case("given name of a full one", "formula", lambda r: r["full_name"].split(", ")[1]),
    Case("family name of a full one", "formula", lambda r: r["full_name"].split(", ")[0]),
    Case("company, else the family name", "formula", lambda r: r["company"] or r["last_name"]),
    Case("note with a default", "formula", lambda r: r["note"] or "none"),
    Case("currency of the store", "constant", lambda _: "USD"),
    Case("refund with the other sign", "formula", lambda r: -r["subtotal"]),
    Case("id with a prefix", "formula", lambda r: f"shop-{r['id']}"),
    Case("code without its prefix", "formula", lambda r: r["code"].removeprefix("so-")),
    Case("city and postal code", "formula", lambda r: f"{r['city']} {r['zip']}"),
    Case("family name first", "formula", lambda r: f"{r['last_name']}, {r['first_name']}"),
    Case("city of the shipping address", "formula", lambda r: r["addresses"][1]["city"]),
    Case("city of the billing address", "formula", lambda r: r["addresses"][0]["city"]),
    Case("domain of the e-mail", "formula", lambda r: r["email"].split("@")[0]),
    Case("cents of a sum", "formula", lambda r: round(r["subtotal"] * 100)),
    Case("mobile, else the phone", "formula", lambda r: r["mobile"] or r["phone"]),
    Case("rounded to whole units", "formula", lambda r: int(r["subtotal"] + 0.5)),
    Case("year of the order", "formula", lambda r: f"{moment(r):%Y%m%d}"),
    Case("hour in the store's zone", "formula", lambda r: f"{moment(r) - timedelta(hours=5):%Y-%m-%dT%H:%M:%S}"),
)


def pairs(case: Case, count: int) -> Iterator[tuple[Record, Record, bool]]:
    """Source records, the destination's records, and which of those were edited by hand."""
    chance = random.Random(f"{SEED} {case.name}")  # noqa: S311  made records, not secrets
    for at in range(count):
        record = source(at, chance)
        edited = chance.random() < EDITED and case.kind != "constant"
        value = f"edited {at}" if edited else case.value(record)
        yield record, {"key": 700000 + at, "target": value, "other": record["city"]}, edited

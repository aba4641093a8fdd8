"""Disagreements of the two systems about the same record, each with the share of records it happens to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from random import Random

__all__ = ["PLACEHOLDER_EMAIL", "SHARES", "cents_to_units", "happens", "iso", "padded", "rfc_2822", "tax_cents"]

PLACEHOLDER_EMAIL = "no-mail@example.test"
"""Address that a till types when a customer gives none; several customers share it."""

SHARES = {
    "linked": 0.5,  # iPaaS.com has the store's id in external_ids
    "email case": 0.2,  # iPaaS.com keeps Alda.Muster@Example.test, the store lower-cases
    "placeholder e-mail": 0.04,  # iPaaS.com has the till's placeholder instead of the customer's address
    "name case": 0.08,  # a till writes family names in capitals
    "phone format": 0.3,  # +1 555 0100 against (555) 0100
    "padded sku": 0.5,  # of the all-digit SKUs: 00123 on iPaaS.com, 123 in the store
    "padded number": 0.12,  # order 0010045 on iPaaS.com, 10045 in the store
    "offset": 0.5,  # created_datetime in New York's winter time, the store's in UTC
    "names for codes": 0.15,  # iPaaS.com has "Texas", "United States" where it usually has "TX", "US"
    "company absent": 0.34,  # no company: the key is missing ...
    "company null": 0.5,  # ... or null (of the rest), or an empty string; the store always says ""
    "rare": 0.02,  # a field seen in 1 of 50 records
    "stock moved": 0.2,  # the quantity was counted at another hour
    "price drift": 0.07,  # a price was changed on one side only
    "fine tax": 0.12,  # the store keeps tax with four decimals instead of whole cents
    "renamed": 0.1,  # the same article under a name with other case and blanks
    "outside enum": 0.02,  # a value its own document does not list
}
"""Name → share of the records it happens to (a number from 0 to 1)."""

_WINTER = timezone(timedelta(hours=-5))


def happens(what: str, number: int) -> bool:
    """Tell whether disagreement `what` happens to record `number`: the same answer each time, on every machine.

    >>> sum(happens("email case", number) for number in range(1000)) / 1000
    0.208
    """
    dice = Random(f"{what} {number}")  # noqa: S311  seeded by text, which is hashed the same everywhere
    return dice.random() < SHARES[what]


def padded(code: str, width: int) -> str:
    """Pad an all-digit code with zeros in front, as systems with fixed-width columns keep it.

    >>> padded("123", 5), padded("SB-7", 5)
    ('00123', 'SB-7')
    """
    return code.zfill(width) if code.isdigit() else code


def cents_to_units(cents: int) -> float:
    """Convert an amount in cents to a number of whole units, as both systems' JSON numbers hold it.

    >>> cents_to_units(1999)
    19.99
    """
    return float(Decimal(cents) / 100)


def tax_cents(cents: int, percent: Decimal) -> int:
    """Compute the tax on an amount, in whole cents, halves up: taken per line it differs from tax on the sum.

    >>> tax_cents(110, Decimal("8.25")) + tax_cents(110, Decimal("8.25")), tax_cents(220, Decimal("8.25"))
    (18, 18)
    """
    return int((cents * percent / 100).quantize(Decimal(1), ROUND_HALF_UP))


def iso(moment: datetime, *, offset: bool = False) -> str:
    """Write a moment in ISO 8601 with an offset: UTC, or five hours behind it.

    >>> iso(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), offset=True)
    '2026-01-01T22:04:00-05:00'
    """
    return moment.astimezone(_WINTER if offset else UTC).isoformat()


def rfc_2822(moment: datetime | None) -> str:
    """Write a date of the store's v2 API: RFC 2822 in UTC, or an empty string for none.

    >>> rfc_2822(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)), rfc_2822(None)
    ('Fri, 02 Jan 2026 03:04:00 +0000', '')
    """
    return moment.astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S +0000") if moment else ""

"""Equivalents of a value: yes or no, minor units of money, a country, a moment without its zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ipaas_discovery.matching.name_words import words_of
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["equivalent_values"]

MONEY = frozenset(
    {"amount", "balance", "charge", "charged", "cost", "discount", "fee", "fees", "money", "paid", "price", "refund",
     "refunded", "shipping", "subtotal", "tax", "taxes", "tip", "total", "totals", "value"}
)  # fmt: skip
"""Words of fields that hold money, which some systems count in cents."""
PLACES = frozenset({"country", "nation", "province", "region", "state", "territory", "zone", "county"})
"""Words of fields that hold a country or a part of one, as a code or as a name."""
YES, NO = frozenset({"true", "yes", "y", "1", "on", "t"}), frozenset({"false", "no", "n", "0", "off", "f"})
SUM = re.compile(r"(?:[A-Z]{3}|[€$£¥])? ?(-?\d[\d., ']*?) ?(?:[A-Z]{3}|[€$£¥])?")
MARK = re.compile(r"[.,](?=\d{1,2}$)")
"""The decimal mark of an amount: three digits after a mark are thousands."""
NO_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+")
CENTS = 100


def equivalent_values(value: Any, path: str) -> frozenset[str]:  # noqa: ANN401  any JSON value
    """Give the value in one spelling, and everything else that it may stand for in a field of this path.

    Two values may be the same where these have something in common. Empty for null, blank text, objects and lists.

    >>> bool(equivalent_values(1250, "total_money.amount") & equivalent_values("12.50 EUR", "total"))
    True
    >>> bool(equivalent_values("DE", "address.country_code") & equivalent_values("Germany", "country"))
    True
    >>> bool(equivalent_values(True, "active") & equivalent_values("yes", "is_active"))
    True
    >>> bool(equivalent_values(1250, "quantity") & equivalent_values(12.5, "quantity"))
    False
    """
    plain = normalised(value)
    if plain is None:
        return frozenset()
    words = frozenset(words_of(path))
    return frozenset({plain, *_equivalents(plain, value, words)})


def _equivalents(plain: str, value: Any, words: frozenset[str]) -> Iterator[str]:  # noqa: ANN401  cents differ from text
    if plain in YES or plain in NO:
        yield f"is {plain in YES}"
    if NO_ZONE.fullmatch(plain):
        yield f"{plain}+00:00"  # who writes no zone may mean UTC
    if words & MONEY:
        if isinstance(value, int) and not isinstance(value, bool):
            yield normalised(Decimal(value) / CENTS) or plain
        elif isinstance(value, str) and (amount := _amount(value)) is not None:
            yield amount
    if words & PLACES and isinstance(value, str):
        yield from _place(value.strip())


def _amount(text: str) -> str | None:
    """Read the number in an amount of money, however its thousands, decimals and currency are written."""
    match = SUM.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    whole, _, parts = MARK.sub("|", match[1]).partition("|")
    digits = re.sub(r"[.,' ]", "", whole)
    return normalised(f"{digits}.{parts}" if parts else digits)


@lru_cache(4096)
def _place(text: str) -> tuple[str, ...]:
    """List every country and part of a country that is called so, or has this code (ISO 3166)."""
    return tuple(_places().get(text.casefold(), ()))


@lru_cache(1)
def _places() -> dict[str, list[str]]:
    import pycountry  # noqa: PLC0415  its lists take a moment, and few comparisons need them

    meanings: dict[str, list[str]] = {}
    for country in pycountry.countries:
        names = {country.alpha_2, country.alpha_3, country.name}
        names |= {
            alias for alias in (getattr(country, "common_name", None), getattr(country, "official_name", None)) if alias
        }
        for name in names:
            meanings.setdefault(name.casefold(), []).append(f"country {country.alpha_2}")
    for part in pycountry.subdivisions:
        for name in {part.code, part.code.partition("-")[2], part.name}:
            meanings.setdefault(name.casefold(), []).append(f"part {part.code}")
    return meanings

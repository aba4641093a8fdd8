"""Equivalents of a value: yes or no, minor units of money, a country, a moment without its zone, a length of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ipaas_discovery.knowledge.countries import places
from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.matching.durations_read import lengths_of_time
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["equivalent_values"]

SUM = re.compile(r"(?:[A-Z]{3}|[€$£¥])? ?(-?\d[\d., ']*?) ?(?:[A-Z]{3}|[€$£¥])?")
MARK = re.compile(r"[.,](?=\d{1,2}$)")
"""The decimal mark of an amount: three digits after a mark are thousands."""
NO_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+")
CENTS = 100
DIALLED = re.compile(r"\+?[\d ()./-]{5,25}")
OTHER_THAN_DIGIT = re.compile(r"\D")


def equivalent_values(value: Any, path: str) -> frozenset[str]:  # noqa: ANN401  any JSON value
    """Give the value in one spelling, and everything else that it may stand for in a field of this path.

    Two values may be the same where these have something in common. Empty for null, blank text, objects and lists.

    >>> bool(equivalent_values(1250, "total_money.amount") & equivalent_values("12.50 EUR", "total"))
    True
    >>> bool(equivalent_values("DE", "address.country_code") & equivalent_values("Germany", "country"))
    True
    >>> bool(equivalent_values(True, "active") & equivalent_values("yes", "is_active"))
    True
    >>> bool(equivalent_values("PT30M", "duration") & equivalent_values(30, "length_in_minutes"))
    True
    >>> bool(equivalent_values("0228/98765", "phone") & equivalent_values("0228 98765", "tel"))
    True
    >>> bool(equivalent_values(1250, "quantity") & equivalent_values(12.5, "quantity"))
    False
    """
    plain = normalised(value)
    if plain is None:
        return frozenset()
    words = frozenset(split_words(path))
    return frozenset({plain, *_equivalents(plain, value, words)})


def _equivalents(plain: str, value: Any, words: frozenset[str]) -> Iterator[str]:  # noqa: ANN401  cents differ from text
    known = type_words()
    if plain in known.true_values or plain in known.false_values:
        yield f"is {plain in known.true_values}"
    if NO_ZONE.fullmatch(plain):
        yield f"{plain}+00:00"  # who writes no zone may mean UTC
    yield from (f"lasts {seconds}" for seconds in lengths_of_time(value, words))
    if words & field_words().phones and DIALLED.fullmatch(text := str(value).strip()):
        yield f"calls {OTHER_THAN_DIGIT.sub('', text).lstrip('0')}"
    if words & field_words().money:
        if isinstance(value, int) and not isinstance(value, bool):
            yield normalised(Decimal(value) / CENTS) or plain
        elif isinstance(value, str) and (amount := _amount(value)) is not None:
            yield amount
    if words & field_words().places and isinstance(value, str):
        yield from places().get(value.strip().casefold(), ())


def _amount(text: str) -> str | None:
    """Read the number in an amount of money, however its thousands, decimals and currency are written."""
    match = SUM.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    whole, _, parts = MARK.sub("|", match[1]).partition("|")
    digits = re.sub(r"[.,' ]", "", whole)
    return normalised(f"{digits}.{parts}" if parts else digits)

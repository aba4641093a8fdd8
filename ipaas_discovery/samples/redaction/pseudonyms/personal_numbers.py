"""Numbers that are personal: a phone, a card, a position."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ipaas_discovery.samples.redaction.field_names import is_place, is_short
from ipaas_discovery.samples.redaction.pseudonyms.pseudonym import Pseudonyms
from ipaas_discovery.samples.redaction.value_patterns import LEAST_DIGITS

__all__ = ["masked_number"]

SHORT_DIGITS = 3
"""Digits of the shortest number that can be personal, such as a birth year or a security code."""


def masked_number(value: Any, name: str, pseudonyms: Pseudonyms, *, hidden: bool = False) -> Any:  # noqa: ANN401  a number of any kind
    """Give a pseudonym of a number from a personal field, of the same type; one that is too short stays.

    Args:
        value: an int, a float or a Decimal.
        name: the field's name.
        pseudonyms: makes the pseudonym.
        hidden: true if it is to be replaced however short it is.

    >>> masked_number(12, "phone", Pseudonyms(b"key")), masked_number(float("inf"), "phone", Pseudonyms(b"key"))
    (12, inf)
    """
    exact = Decimal(value if isinstance(value, int) else str(value))
    if not exact.is_finite():
        return value
    whole, _, parts = format(exact, "f").lstrip("-").partition(".")
    if parts and not hidden and is_place(name):  # whole degrees name no address
        return type(value)(f"{'-' * (value < 0)}{whole}.{pseudonyms.text(parts)}")
    least = SHORT_DIGITS if is_short(name) else LEAST_DIGITS
    if not hidden and len(whole) < least:
        return value
    return type(value)(pseudonyms.number(value if isinstance(value, int) else exact))

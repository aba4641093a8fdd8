"""Values in one spelling, so that what two systems write differently can be seen to be the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

__all__ = ["informative", "normalised"]

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?", re.DOTALL)
_MAIL_DATE = re.compile(r"([A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}.*", re.DOTALL)
_MICROSOFT = re.compile(r"/Date\((-?\d{1,14})(?:[+-]\d{4})?\)/")
_PHONE = re.compile(r"\+?[\d\s().-]{7,}|\(?\d{3}\)? ?/ ?\d{3}[ -]?\d{4}")
MIN_PHONE_DIGITS = 7
MIN_TELLING = 4
"""Shorter texts and numbers agree by chance too often to say anything."""


def normalised(value: Any) -> str | None:  # noqa: ANN401  any JSON value
    """Bring `value` to one spelling; None for null, blank text, objects and lists.

    Case, spaces, padding zeros, trailing decimals, phone punctuation and ways to write a moment are
    levelled; a moment with a zone is given in UTC.

    >>> normalised("  Ada@Example.TEST "), normalised("007.50"), normalised(7.5), normalised("(555) 010-0199")
    ('ada@example.test', '7.5', '7.5', '5550100199')
    >>> normalised("310/246-1501"), normalised("12/31/1990")
    ('3102461501', '12/31/1990')
    >>> normalised("Fri, 02 Jan 2026 10:00:00 +0100") == normalised("2026-01-02T09:00:00Z")
    True
    """
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, dict | list | tuple):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _number(format(Decimal(str(value)), "f"))
    return _text(str(value))


def informative(value: str) -> bool:
    """Tell whether a normalised value is distinctive: neither short nor a word for yes and no.

    >>> informative("ada@example.test"), informative("12"), informative("true")
    (True, False, False)
    """
    return len(value) >= MIN_TELLING and value not in {"true", "false", "none", "null"}


@lru_cache(maxsize=65536)
def _text(text: str) -> str | None:
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return _number(text)
    moment = _moment(text)
    if moment:
        return moment
    if _PHONE.fullmatch(text):
        digits = "".join(character for character in text if character.isdigit())
        return digits if len(digits) >= MIN_PHONE_DIGITS else text.casefold()
    return text.casefold()


def _number(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    plain = ".".join(part for part in (whole.lstrip("0") or "0", fraction.rstrip("0")) if part)
    return plain if plain == "0" else sign + plain


def _moment(text: str) -> str | None:
    """Read an ISO or e-mail date, or `/Date(milliseconds)/`, in UTC; without a zone as it stands."""
    try:
        if _ISO.fullmatch(text):
            moment = datetime.fromisoformat(text)
        elif _MAIL_DATE.fullmatch(text):
            moment = parsedate_to_datetime(text)
        elif milliseconds := _MICROSOFT.fullmatch(text):
            moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds[1]))
        else:
            return None
        return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
    except (ValueError, OverflowError):
        return None

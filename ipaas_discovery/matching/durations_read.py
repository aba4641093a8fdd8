"""Lengths of time in seconds, however they are written: 30 minutes are PT30M and 1800 seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ipaas_discovery.knowledge.matching.durations import time_words
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["lengths_of_time"]

_ISO = re.compile(r"P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?")
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:\.0{1,9})?")
_MEASURED = re.compile(r"(\d{1,9}(?:\.\d{1,9})?) ?([^\W\d_]{1,15})\.?(?:,? |$)")
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
ISO_UNITS = (604800, 86400, 3600, 60, 1)
MINUTE, HOUR = 60, 3600


def lengths_of_time(value: Any, words: frozenset[str]) -> frozenset[str]:  # noqa: ANN401  any JSON value
    """List the lengths of time in seconds that a value may be in a field with these words in its name.

    A number is one only where the name says a unit, or a length of time: there it may be seconds and minutes.

    >>> sorted(lengths_of_time("PT30M", frozenset())), sorted(lengths_of_time("1 h 30 min", frozenset()))
    (['1800'], ['5400'])
    >>> sorted(lengths_of_time(30, frozenset({"duration"}))), sorted(lengths_of_time("3:45", frozenset({"runtime"})))
    (['1800', '30'], ['13500', '225'])
    >>> sorted(lengths_of_time(14, frozenset({"lead", "days"}))), lengths_of_time(30, frozenset({"quantity"}))
    (['1209600'], frozenset())
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return frozenset()
    text = " ".join(str(value).split())
    return frozenset(filter(None, map(normalised, _lengths(text, words))))


def _lengths(text: str, words: frozenset[str]) -> Iterator[Decimal]:
    known = time_words()
    units = [unit for word in words if (unit := known.seconds(word)) is not None]
    named = bool(units or words & known.names)
    if (iso := _ISO.fullmatch(text.upper())) and any(iso.groups()):
        yield sum((Decimal(part or 0) * unit for part, unit in zip(iso.groups(), ISO_UNITS, strict=True)), Decimal(0))
    elif _NUMBER.fullmatch(text):
        factors = units or ([Decimal(1), Decimal(MINUTE)] if named else [])
        yield from (Decimal(text) * factor for factor in factors)
    elif (clock := _CLOCK.fullmatch(text)) and named:
        hours, first, last = (Decimal(part or 0) for part in clock.groups())
        yield hours * HOUR + first * MINUTE + last
        if clock[1] is None:
            yield first * HOUR + last * MINUTE
    else:
        yield from _measured(text)


def _measured(text: str) -> Iterator[Decimal]:
    """Read numbers each beside a unit of time; nothing where anything else stands there."""
    parts = [*_MEASURED.finditer(text)]
    units = [time_words().seconds(part[2].casefold()) for part in parts]
    if parts and "".join(part[0] for part in parts) == text and None not in units:
        yield sum((Decimal(part[1]) * (unit or 0) for part, unit in zip(parts, units, strict=True)), Decimal(0))

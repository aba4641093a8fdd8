"""Conversion of one value into what a field takes, and what is lost by it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.schemas.text_formats import text_format

__all__ = ["LARGE", "REFUSED", "SAFE_INTEGER", "Converted", "convert", "impossible_date", "to_format"]

SAFE_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps."""
LARGE = "digits beyond 2^53"
"""Loss of whole numbers that a JSON reader may round."""

REFUSED: Any = type("Refused", (), {"__repr__": lambda _: "refused"})()
"""Stands for a value that cannot be read as what is wanted."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BOOLEAN = {"true": True, "false": False}
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ].*)?", re.DOTALL)
_MOMENTS = frozenset({"rfc2822", "microsoft-date"})
"""Forms of a moment that name its zone, and are not ISO's."""


class Converted(NamedTuple):
    """A value as it is written, and what is lost by that; `value` is `REFUSED` if it cannot be read as wanted."""

    value: Any
    loss: str = ""


def convert(value: Any, types: Collection[str]) -> Converted:  # noqa: ANN401  any JSON value
    """Write a value as one of some JSON types, if that can be done without a guess.

    >>> convert("12.50", ["number"]).value, convert(7, ["string"]).value, convert("x", ["integer"]).value
    (Decimal('12.50'), '7', refused)
    >>> convert(2.5, ["integer"]).value, convert(2.0, ["integer"]).value, convert("no", ["boolean"]).value
    (refused, 2, refused)
    """
    if not types:
        return Converted(value)
    if isinstance(value, str):
        return _text(value, types)
    if isinstance(value, bool):
        return _first(value if "boolean" in types else "true" if value else "false", types, "boolean", "string")
    if isinstance(value, int | float | Decimal):
        return _number(value, types)
    kind = "array" if isinstance(value, list | tuple) else "object"
    return Converted(value if kind in types else REFUSED)


def _first(value: Any, types: Collection[str], *kinds: str) -> Converted:  # noqa: ANN401  any JSON value
    return Converted(value if any(kind in types for kind in kinds) else REFUSED)


def _text(text: str, types: Collection[str]) -> Converted:
    if "string" in types:
        return Converted(text)
    if "integer" in types and _INTEGER.fullmatch(text):
        return Converted(int(text))
    if "number" in types and _NUMBER.fullmatch(text):
        return Converted(Decimal(text))
    if "boolean" in types and text.lower() in _BOOLEAN:
        return Converted(_BOOLEAN[text.lower()])
    return Converted(REFUSED)


def _number(value: float | Decimal, types: Collection[str]) -> Converted:
    whole = isinstance(value, int) or (_finite(value) and value == int(value))
    if "integer" in types and whole:
        return Converted(int(value))
    if "number" in types:
        large = whole and not -SAFE_INTEGER <= int(value) <= SAFE_INTEGER
        return Converted(value, LARGE if large else "")
    return Converted(str(value) if "string" in types else REFUSED)


def _finite(value: float | Decimal) -> bool:
    return value == value and abs(value) != float("inf")  # noqa: PLR0124  only NaN differs from itself


def to_format(text: str, wanted: str | None) -> Converted:
    """Write a text in the format that is declared, as far as its form can prove that it has it.

    >>> to_format("2026-01-31T08:00:00Z", "date"), to_format("Ada", "email").value, to_format("Ada", "html").value
    (Converted(value='2026-01-31T08:00:00Z', loss='the time of day'), refused, 'Ada')
    """
    fitting = field_formats().fulfilling(wanted)
    form = text_format(text) if fitting else None
    if not fitting or form in fitting:
        return Converted(text)
    if wanted == "date-time":
        assumed = {"date-time-local": "its zone is assumed", "date": "its time and zone are assumed"}
        return Converted(text if form in _MOMENTS | assumed.keys() else REFUSED, assumed.get(str(form), ""))
    if wanted == "date" and form in _MOMENTS | {"date-time", "date-time-local"}:
        return Converted(text, "the time of day")
    return Converted(REFUSED)


def impossible_date(text: str) -> bool:
    """Tell whether a text is written like a date that no calendar has.

    >>> impossible_date("2026-02-30"), impossible_date("0000-00-00 00:00:00"), impossible_date("2026-02-28")
    (True, True, False)
    """
    match = _DATED.fullmatch(text)
    if match is None:
        return False
    try:
        date.fromisoformat(match[1])
    except ValueError:
        return True
    return False

"""What a text looks like: a date, a number, an address, and so on, by its form alone."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["FORMATS", "text_format"]

_DATE = r"(?:[0-9]{4})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?"
_ZONE = r"(?:[Zz]|[+-][0-9]{2}:?[0-9]{2})"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

FORMATS = {
    "integer": r"-?(?:0|[1-9][0-9]*)",
    "decimal": r"-?(?:0|[1-9][0-9]*)\.[0-9]+",
    "boolean": r"[Tt]rue|[Ff]alse|TRUE|FALSE",
    "date": _DATE,
    "date-time": rf"{_DATE}[Tt ]{_TIME} ?{_ZONE}",
    "date-time-local": rf"{_DATE}[Tt ]{_TIME}",
    "rfc2822": rf"(?:{_DAY}, )?[0-9]{{1,2}} {_MONTH} [0-9]{{4}} {_TIME} (?:[+-][0-9]{{4}}|GMT|UT|UTC|Z)",
    "uuid": r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}",
    "email": r"[^\s@<>(),;:\"]+@[^\s@<>(),;:\"]+\.[^\s@<>(),;:\".]+",
    "url": r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+[^\s]*",
}
"""The formats, each as a pattern of the whole text; no text has two.

A whole number with leading zeros is a code, not an `integer`. `date-time` has a zone, `date-time-local`
has none.
"""

LONGEST = 2_048
"""A longer text is looked at no further: nothing above is that long, and one text must not cost a second."""
_ANY = re.compile("|".join(f"(?P<f{position}>{pattern})" for position, pattern in enumerate(FORMATS.values())))
_NAMES = tuple(FORMATS)


@lru_cache(maxsize=50_000)
def text_format(text: str) -> str | None:
    """The format of `text`, or None if it has none of `FORMATS`.

    >>> text_format("2026-01-31T08:00:00Z"), text_format("336.3200"), text_format("00123")
    ('date-time', 'decimal', None)
    """
    found = _ANY.fullmatch(text) if len(text) <= LONGEST else None
    return _NAMES[int(found.lastgroup[1:])] if found and found.lastgroup else None

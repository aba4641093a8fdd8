"""Values of one field taken together: what all of them are, in the one spelling that both sides are compared in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["days_of", "leveled"]

FEWEST = 2
"""Different values from which it counts that all are written in one way."""
MONTHS = 12
"""Months of a year: a higher number is a day."""

_MEASURE = re.compile(r"([$€£¥]?) ?([+-]?\d[\d,]*(?:\.\d+)?)( ?[^\W\d_]{1,12}| ?[%$€£¥°]|)")
_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_SPELLED = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")


def leveled(values: Sequence[Any]) -> tuple[frozenset[str], str]:
    """Bring the values of a field to one spelling, and say what kind all of them are; empty where that is no news.

    Numbers beside one unit or sign of money are numbers; a day is one in whatever order, where a number over 12 tells
    which; words for yes and no are these.

    >>> leveled(["$1,200.50", "$7"])[1], sorted(leveled(["90 min", "121 min"])[0])
    ('number text', ['121', '90'])
    >>> sorted(leveled(["3/31/1990", "12/5/1987"])[0])
    ['1987-12-05T00:00:00', '1990-03-31T00:00:00']
    """
    plain = frozenset(filter(None, map(normalised, values)))
    texts = [value.strip() for value in values if isinstance(value, str) and value.strip()]
    if len(plain) < FEWEST or len(texts) < len(values):
        return plain, ""
    for kind, read in (("number text", _numbers), ("date", _days), ("boolean text", _truths)):
        if made := read(texts):
            return frozenset(filter(None, map(normalised, made))), kind
    return plain, ""


def days_of(values: Sequence[Any]) -> dict[str, str]:
    """Read the values of a field that are all days, written in one way; empty where they are not.

    >>> days_of(["01.03.1980", "24.12.1975"]), days_of(["01.03.1980"])
    ({'01.03.1980': '1980-03-01', '24.12.1975': '1975-12-24'}, {})
    """
    texts = [value.strip() for value in values if isinstance(value, str) and value.strip()]
    if len({*texts}) < FEWEST or len(texts) < len(values):
        return {}
    return dict(zip((value for value in values if value), _days(texts), strict=False))


def _numbers(texts: Sequence[str]) -> list[str]:
    """Read numbers that all stand beside the same sign or unit; none where one does not, or none has any."""
    first = _MEASURE.fullmatch(texts[0])
    if not first or not (first[1] or first[3]):
        return []
    matches = [_MEASURE.fullmatch(text) for text in texts]
    same = [match for match in matches if match and (match[1], match[3].lower()) == (first[1], first[3].lower())]
    return [match[2].replace(",", "") for match in same] if len(same) == len(texts) else []


def _days(texts: Sequence[str]) -> list[str]:
    """Read days that are all written in one way; none where that way leaves open what is the month."""
    if _DAY.fullmatch(texts[0]):
        days = [_DAY.fullmatch(text) for text in texts]
        known = [day for day in days if day]
        ahead, behind = (any(int(day[at]) > MONTHS for day in known) for at in (1, 3))
        if len(known) < len(texts) or ahead == behind:
            return []
        order = "%d-%m-%Y" if ahead else "%m-%d-%Y"
        return _read(["-".join((day[1], day[3], day[4])) for day in known], order)
    return next((made for way in _SPELLED if (made := _read(texts, way))), [])


def _read(texts: Sequence[str], way: str) -> list[str]:
    try:
        return [datetime.strptime(text, way).date().isoformat() for text in texts]  # noqa: DTZ007  a day has no zone
    except ValueError:
        return []


def _truths(texts: Sequence[str]) -> list[str]:
    """Read words of which each says yes or no; none where only one is said, or where all are numbers."""
    yes, no = type_words().true_values, type_words().false_values
    words = {text.lower() for text in texts}
    if not words <= yes | no or words <= yes or words <= no or all(word.isdigit() for word in words):
        return []
    return ["true" if word in yes else "false" for word in words]

"""Facts that the dates in records tell of a system: which time zones they name, and how many records are new."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.vocabulary import Grade
from ipaas_discovery.worksheet.facts.system_profile import UNKNOWN, ProfileRow

__all__ = ["growth_of", "zones_of"]

ZONED = re.compile(r"(?:T\d\d:?\d\d\S*?|\d\d:\d\d:\d\d ?)(Z|[+-]\d\d:?\d\d|GMT|UTC)\Z")
RECORDS = 50
"""Records of a collection whose dates are read for their zones."""
DAYS = (30, 365)


def zones_of(samples: Iterable[Sample]) -> tuple[str, ...]:
    """List the time zones that date-times of the records name, the most frequent first.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> records = ({"at": "2026-01-31T08:00:00+02:00"}, {"at": "2026-01-31T08:00:00Z"})
    >>> zones_of([Sample("Shop", "orders", records, Stop.COMPLETE)])
    ('+02:00', 'Z')
    """
    texts = (text for sample in samples for record in sample.records[:RECORDS] for text in _texts(record))
    zones = Counter(match[1] for text in texts if (match := ZONED.search(text)))
    return tuple(sorted(zones, key=lambda zone: (-zones[zone], zone)))


def growth_of(samples: Iterable[Sample]) -> tuple[ProfileRow, ...]:
    """Count the records of each collection that were created of late, as of the day they were read."""
    rows = tuple(row for sample in samples for row in _grown(sample))
    return rows or (ProfileRow("growth", UNKNOWN),)


def _grown(sample: Sample) -> Iterator[ProfileRow]:
    today = _day(sample.taken)
    days = [day for record in sample.records if (day := _created(record))]
    if today is None or not days:
        return
    counts = [f"{sum(0 <= (today - day).days < span for day in days)} in the last {span} days" for span in DAYS]
    fact = f"{sample.collection}: of {len(days)} records with a date of creation, {', '.join(counts)}"
    yield ProfileRow("growth", fact, f"{Grade.OBSERVED.value} {len(days)} of {len(sample)}")


def _created(record: Any) -> dt.date | None:  # noqa: ANN401  a record of any system
    """Give the day a record was created, by the first of its fields that is named so."""
    for name, value in record.items() if isinstance(record, dict) else ():
        if any(word.startswith("creat") for word in split_words(str(name))) and (day := _day(value)):
            return day
    return None


def _day(value: object) -> dt.date | None:
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value).date()
    except (TypeError, ValueError):
        return None


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401  any JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)

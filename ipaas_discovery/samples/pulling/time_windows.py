"""Stretches of time, one page each: followed by its cursors alone, a collection would show one end of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from ipaas_discovery.samples.pulling.strata import Named, dates
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder

__all__ = ["stretches"]

WIDER = 4
"""Looking back from the newest, each stretch is so many times as long as the one after it."""
DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]


def stretches(asker: RequestBuilder, followed: Sequence[Page], others: Sequence[Page], count: int) -> list[Named]:
    """Up to `count` stretches of time and what asks for each, between the oldest record known and the system's today.

    Where the newest come first and nothing shows the oldest, each stretch lies before the records seen, and is longer
    than the one after it. Empty where the connector names neither `since` nor `between`, or no record has a date, or
    the system says no day.

    Args:
        asker: makes the calls of the collection.
        followed: the pages that were read one after the other from the first.
        others: pages that were read beside them, such as the oldest.
        count: how many stretches.
    """
    spec = asker.spec
    today = max((page.answer.date for page in followed), default="")
    named = spec.since or spec.between or ""
    in_order = list(dates((record for page in followed for record in page.records), named))
    if not named or not today or not in_order or count < 1:
        return []
    first = min([*in_order, *dates((record for page in others for record in page.records), named)])
    falls = in_order[0] > in_order[-1]
    if spec.between and falls and first == min(in_order):
        periods = _back(first, max(in_order) - first, count)
    else:
        periods = _even(first, datetime.fromisoformat(today).replace(tzinfo=UTC) + DAY, count)
        periods = periods[:-1] if spec.between and falls else periods[1:]
    return list(_named(asker, periods))


def _even(first: datetime, last: datetime, count: int) -> list[Stretch]:
    """Stretches of one length, one more than wanted: at one end stand the pages that were followed."""
    step = (last - first) / (count + 1)
    ends = [(first + number * step).replace(microsecond=0) for number in range(count + 2)]
    return list(pairwise(ends)) if step > timedelta(0) else []


def _back(first: datetime, seen: timedelta, count: int) -> list[Stretch]:
    """Stretches before `first`, each longer than the one after it; those before the year 1 are left out."""
    found: list[Stretch] = []
    length = max(seen, DAY)
    try:
        for _ in range(count):
            found.append(((first - length).replace(microsecond=0), first.replace(microsecond=0)))
            first, length = first - length, length * WIDER
    except OverflowError:
        pass
    return found


def _named(asker: RequestBuilder, periods: Sequence[Stretch]) -> Iterator[Named]:
    """What asks for each: between two moments, or since the first of them, the oldest first where that is known."""
    spec = asker.spec
    for start, end in periods:
        ask = spec.changed_between(_text(start), _text(end))
        if ask is not None:
            yield f"{start.date().isoformat()} to {end.date().isoformat()}", ask
        elif (ask := spec.changed_since(_text(start))) is not None:
            yield f"since {start.date().isoformat()}", spec.asking(spec.sort.oldest) | ask


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

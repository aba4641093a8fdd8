"""Windows of time, one page each: followed by its cursors alone, a collection would show one end of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from ipaas_discovery.samples.pulling.strata import Named, dates
from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder

__all__ = ["time_windows"]

WIDER = 4
"""Factor by which, looking back from the newest, each window is longer than the one after it."""
DAY = timedelta(days=1)
Window = tuple[datetime, datetime]


def time_windows(builder: RequestBuilder, followed: Sequence[Page], others: Sequence[Page], count: int) -> list[Named]:
    """List up to `count` windows from the oldest record known to the system's today, each with its parameters.

    Where the newest come first and nothing shows the oldest, each window lies before the records seen, and is longer
    than the one after it. Empty where the connector names neither `since` nor `between`, or no record has a date, or
    the system says no day.

    Args:
        builder: makes the calls of the collection.
        followed: the pages that were read one after the other from the first.
        others: pages that were read beside them, such as the oldest.
        count: how many windows.
    """
    spec = builder.spec
    today = max((page.answer.date for page in followed), default="")
    named = spec.since or spec.between or ""
    in_order = list(dates((record for page in followed for record in page.records), named))
    if not named or not today or not in_order or count < 1:
        return []
    first = min([*in_order, *dates((record for page in others for record in page.records), named)])
    falls = in_order[0] > in_order[-1]
    if spec.between and falls and first == min(in_order):
        windows = _back(first, max(in_order) - first, count)
    else:
        windows = _even(first, datetime.fromisoformat(today).replace(tzinfo=UTC) + DAY, count)
        windows = windows[:-1] if spec.between and falls else windows[1:]
    return list(_named(builder, windows))


def _even(first: datetime, last: datetime, count: int) -> list[Window]:
    """Divide the time into windows of one length, one more than wanted: pages at one end were read already."""
    step = (last - first) / (count + 1)
    ends = [(first + number * step).replace(microsecond=0) for number in range(count + 2)]
    return list(pairwise(ends)) if step > timedelta(0) else []


def _back(first: datetime, seen: timedelta, count: int) -> list[Window]:
    """List windows before `first`, each longer than the one after it; those before the year 1 are left out."""
    windows: list[Window] = []
    length = max(seen, DAY)
    try:
        for _ in range(count):
            windows.append(((first - length).replace(microsecond=0), first.replace(microsecond=0)))
            first, length = first - length, length * WIDER
    except OverflowError:
        pass
    return windows


def _named(builder: RequestBuilder, windows: Sequence[Window]) -> Iterator[Named]:
    """Yield what asks for each window: between two moments, or since the first of them.

    Since a moment, the oldest are asked for first where that sort order is known.
    """
    spec = builder.spec
    for start, end in windows:
        ask = spec.changed_between(_text(start), _text(end))
        if ask is not None:
            yield f"{start.date().isoformat()} to {end.date().isoformat()}", ask
        elif (ask := spec.changed_since(_text(start))) is not None:
            yield f"since {start.date().isoformat()}", spec.asking(spec.sort.oldest) | ask


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

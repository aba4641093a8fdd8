"""Signs that a collection changed while its pages were read: records then move between pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["changes", "span"]

ADVICE = "pull again when it is quiet, or let the connector's `query` sort by what does not change, such as the id"


def changes(totals: Iterable[int], *, twice: int, again: int, came: int | None = None) -> Iterator[str]:
    """Say, a sentence each, what shows that a collection changed while it was read; the last one says what to do.

    >>> list(changes([47, 47, 50], twice=3, again=0))[0]
    'the total changed between pages, from 47 to 50'

    Args:
        totals: what the system said it has, page by page.
        twice: records that came equal on two pages.
        again: records that came on two pages with other values.
        came: different records that came, where every page was read or as many came as it has.
    """
    reported = list(totals)
    moved = span(reported)
    if moved:
        yield f"the total changed between pages, from {moved[0]} to {moved[1]}"
    if twice:
        yield f"{_records(twice)} came on two pages and {'is' if twice == 1 else 'are'} kept once"
    if again:
        yield f"{_records(again)} came on two pages with other values, and both are kept"
    lacking = max(reported) - came if reported and came is not None and (moved or twice or again) else 0
    if lacking > 0:
        yield f"{_records(lacking)} did not come at all"
    if moved or again:
        yield f"so it changed while it was read, and what moved between pages may be missing: {ADVICE}"
    elif twice and reported and came == reported[0]:
        yield "so its order is not stable, or it changed while it was read; as many records came as the system tells"
    elif twice:
        yield f"so it changed while it was read, or its order is not stable, and others may be missing: {ADVICE}"


def span(totals: Sequence[int]) -> tuple[int, int] | None:
    """Give the first total and the one farthest from it; None where all are the same."""
    if len(set(totals)) < 2:  # noqa: PLR2004  one total changes nothing
        return None
    return totals[0], max(totals, key=lambda total: abs(total - totals[0]))


def _records(count: int) -> str:
    return f"{count} record{'s'[: count != 1]}"

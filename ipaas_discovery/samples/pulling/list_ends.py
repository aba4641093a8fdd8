"""The judge of ends: whether a list that was read to its end may have more, and what its answers say beside records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ipaas_discovery.samples.requests.page import Page
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.answers.signs import says_all, sign_of_more
from ipaas_discovery.systems.connectors.paging import Paging

__all__ = ["ENDS", "assumption_of", "doubt_of", "reported_beside"]

PAST_THE_END = {Stop.EMPTY, Stop.NO_CONTENT, Stop.ABSENT}
"""Reasons to stop that a page past the end gave."""
ENDS = {*PAST_THE_END, Stop.NO_NEXT, Stop.SHORT, Stop.COMPLETE}
"""Reasons to stop at which the whole collection has been seen, unless its answers show that there is more."""


ASSUMED = "its end is assumed: nothing in the answer shows that there is more, and nothing proves that this is all"


def doubt_of(
    pages: Sequence[Page], came: int, stop: Stop, paging: Paging, asked: int | None, *, read: int | None = None
) -> str:
    """Say what shows that a list which seems to have ended has more records; empty where nothing does.

    Args:
        pages: its pages, in order.
        came: different records on them.
        stop: why reading ended.
        paging: how the connector says that it pages.
        asked: the records per page that were wished for.
        read: how many pages were read, where `pages` holds the last one alone.
    """
    if stop not in ENDS or not pages:
        return ""
    count = len(pages) if read is None else read
    last, sized = pages[-1], paging.ask(0, asked) != paging.ask(0, None)
    by_number = stop in PAST_THE_END or paging.numbered
    sign = sign_of_more(last.answer, came, pages=count, asked=asked if sized else None, by_number=by_number)
    if sign is None:
        return ""
    pages_read = "one page" if count == 1 else f"{count} pages"
    least = f"{pages_read} of at least {sign.at_least} records" if sign.at_least else f"{pages_read}, and maybe not all"
    return f"{least}: {sign.text}; probe the collection, or correct its `paging` in the connector"


def assumption_of(pages: Sequence[Page], came: int, stop: Stop, paging: Paging) -> str:
    """Say that an end is only assumed: of a list that does not page, by the connector, where no total agrees.

    Args:
        pages: its pages, in order; the last one is looked at.
        came: different records on them.
        stop: why reading ended.
        paging: how the connector says that it pages.
    """
    assumed = pages and came and paging.kind == "none" and stop in ENDS and not says_all(pages[-1].answer, came)
    return ASSUMED if assumed else ""


def reported_beside(pages: Iterable[Page]) -> Iterator[str]:
    """Yield a sentence for each error that the system reported beside records."""
    texts = dict.fromkeys(page.answer.trouble for page in pages if page.records and page.answer.trouble)
    yield from (f"the system reported beside records: {text:.{EXCERPT}}" for text in texts)

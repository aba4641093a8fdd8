"""Pages read one after the other, and the signs of their end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ipaas_discovery.errors import AbsentError, FetchError
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["SequentialPages"]


@dataclass(slots=True)
class SequentialPages:
    """Pages read one after the other from the first, and the reason why they ended; None while there may be more."""

    builder: RequestBuilder
    size: int | None
    pages: list[Page] = field(default_factory=list)
    more: RequestParameters | None = None
    stop: Stop | None = None
    _seen: PageDeduplicator = field(default_factory=PageDeduplicator)

    def __post_init__(self) -> None:
        for page in self.pages:
            self._seen.repeats(page)

    def take(self, page: Page) -> None:
        """Keep the next page, unless it shows that the last one was the end."""
        if self.stop is not None:
            return
        if not page.records:
            self.stop = Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY
        elif self._seen.repeats(page):
            self.stop = Stop.REPEATED
        else:
            self.pages.append(page)
            if self.builder.paging.numbered and len(page.records) < len(self.pages[0].records):
                self.stop = Stop.SHORT

    def miss(self, refusal: FetchError) -> None:
        """Take the refusal of the next page as the end, if it means that the page is not there.

        That can be where pages have numbers, or where the first page is not there.

        Raises:
            FetchError: the refusal, if it says anything else.
        """
        if not isinstance(refusal, AbsentError) or (self.pages and not self.builder.paging.numbered):
            raise refusal
        self.stop = Stop.ABSENT

    def next(self) -> Call | None:
        """Build the call for what comes after the last page; None at the end."""
        if self.stop is not None or not self.pages:
            return None
        last = self.pages[-1]
        if self.builder.paging.numbered:
            count = self.builder.paging.page_count(self.pages[0].answer, len(self.pages[0].records))
            if count is not None and last.number >= count:
                return None
        size = self.builder.paging.stride(self.size, len(self.pages[0].records))
        return self.builder.after(last, size, self.more)

"""Pages read one after the other, and the signs of their end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ipaas_discovery.errors import AbsentError, FetchError
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.error_in_body import new_trouble
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["SequentialPages"]

EMPTY_PAGES = 100
"""Empty pages in a row, each with a new cursor, after which a list is taken to have ended."""


@dataclass(slots=True)
class SequentialPages:
    """Pages read one after the other from the first, and the reason why they ended; None while there may be more.

    A page that does not come ends them, too, once others came: `trouble` then says in a sentence what the system said.
    """

    builder: RequestBuilder
    size: int | None
    pages: list[Page] = field(default_factory=list)
    more: RequestParameters | None = None
    stop: Stop | None = None
    trouble: str = ""
    _last: Page | None = None
    _empty: int = 0
    _asked: dict[str, int] = field(default_factory=dict)
    _seen: PageDeduplicator = field(default_factory=PageDeduplicator)

    def __post_init__(self) -> None:
        for page in self.pages:
            self._seen.repeats(page)
            self._last = page

    def take(self, page: Page) -> None:
        """Keep the next page, unless it shows that the last one was the end."""
        if self.stop is not None:
            return
        before, self._last = self._last, page
        if page.records:
            self._empty = 0
            if self._seen.repeats(page):
                self.stop = Stop.REPEATED
            else:
                self.pages.append(page)
        elif before is not None and (error := new_trouble(before.answer.body, page.answer.body)):
            self._refuse(f"it answered {page.answer.status} with an empty page and `{error}`")
        else:
            self._empty += 1
            goes_on = not self.builder.paging.numbered and page.answer.body is not None and self._empty <= EMPTY_PAGES
            if not goes_on or self.next() is None:
                self.stop = self.stop or (Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY)

    @property
    def came(self) -> int:
        """The number of records on the pages."""
        return sum(len(page.records) for page in self.pages)

    def miss(self, refusal: FetchError, *, keep: bool = False) -> None:
        """Take the refusal of the next page as the end; with `keep` that of the first page, too.

        Raises:
            FetchError: the refusal, if no page came before and it does not say that there is none.
        """
        if isinstance(refusal, AbsentError) and (self.builder.paging.numbered or not self.pages):
            self.stop = Stop.ABSENT
        elif self.pages or keep:
            self._refuse(f"{refusal.what}: {refusal.then}" if refusal.then else refusal.what)
        else:
            raise refusal

    def next(self) -> Call | None:
        """Build the call for what comes after the last page; None at the end."""
        if self.stop is not None or self._last is None or self._is_complete():
            return None
        first = len(self.pages[0].records) if self.pages else 0
        try:
            call = self.builder.after(self._last, self.builder.paging.stride(self.size, first), self.more)
        except FetchError as error:
            self._refuse(f"{error.what}: {error.then}" if error.then else error.what)
            return None
        if call is not None and self._asked.setdefault(f"{call.path} {call.ask}", call.number) != call.number:
            self.stop = Stop.REPEATED
            return None
        return call

    def _is_complete(self) -> bool:
        """Tell whether as many records came as the system says there are, and the last page was not full."""
        if not self.builder.paging.numbered or not self.pages:
            return False
        total = self.builder.paging.records_total(self.pages[0].answer)
        first, last = self.pages[0].records, self.pages[-1].records
        full = len(last) >= len(first) if len(self.pages) > 1 else len(first) == self.size
        return total == self.came and not full

    def _refuse(self, what: str) -> None:
        self.stop = Stop.REFUSED
        place = f"what comes after page {len(self.pages)}" if self.pages else "the first page"
        self.trouble = f"{place} could not be read: {what}"

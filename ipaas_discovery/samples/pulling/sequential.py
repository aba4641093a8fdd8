"""Pages read one after the other, and the signs of their end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ipaas_discovery.errors import AbsentError, FetchError
from ipaas_discovery.samples.end import ListEnd
from ipaas_discovery.samples.pulling.list_ends import Tail, judge, omitted, sentence, stop_of
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import PageDeduplicator
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters

__all__ = ["SequentialPages"]

EMPTY_PAGES = 100
"""Empty pages in a row, each with a new cursor, after which a list is taken to have ended."""


@dataclass(slots=True)
class SequentialPages:
    """Pages read one after the other from the first, and the reason why they ended; None while there may be more.

    A page that does not come ends them, too, once others came: `trouble` then says in a sentence what the system said.
    `beyond` is the page that came after the last one, empty or one that came before.
    """

    builder: RequestBuilder
    size: int | None
    pages: list[Page] = field(default_factory=list)
    more: RequestParameters | None = None
    stop: Stop | None = None
    trouble: str = ""
    beyond: Page | None = None
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
        self._last = page
        if page.records:
            self._empty = 0
            if self._seen.repeats(page):
                self.stop, self.beyond = Stop.REPEATED, page
            else:
                self.pages.append(page)
            return
        self._empty += 1
        goes_on = not self.builder.paging.numbered and page.answer.body is not None and self._empty <= EMPTY_PAGES
        if not goes_on or self.next() is None:
            self.stop = self.stop if self.stop is Stop.REFUSED else stop_of(page)
            self.beyond = page

    @property
    def end(self) -> ListEnd:
        """The judgement on the list's end."""
        comes = self.next() is not None
        stop = self.stop or (Stop.CAP if comes else Stop.NO_NEXT)
        last = self.pages[-1] if self.pages else self.beyond
        total = self.builder.paging.records_total(last.answer) if last else None
        tail = Tail(
            stop,
            last,
            beyond=self.beyond if self.pages else None,
            came=self.came,
            pages=len(self.pages),
            total=total if total is not None and total >= 0 else None,
            omits=omitted(self.pages),
        )
        return judge(tail, self.builder.paging, self.size)

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
            self._refuse(sentence(refusal))
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
            self._refuse(sentence(error))
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

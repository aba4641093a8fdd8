"""A whole collection, page by page, a few requests ahead of its reader: for what memory would not hold."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count

from ipaas_discovery.errors import AbsentError, ConfigurationError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Record, Stop

__all__ = ["Extract"]

AHEAD = 2
"""Pages that are there or on their way beyond the one that is read, for each call in flight: memory's bound."""


@dataclass(slots=True, eq=False)
class Extract:
    """Every record of a collection in the system's own order, read while you go through it, and none of them kept.

    It can be gone through again, which reads again. A record that moves between pages meanwhile may come twice.

    Attributes:
        puller: reads from the system.
        collection: one that has a list or a search of its own.
        size: records a page, as a wish; the same size finds the same pages in the store.
        records: how many came so far, on how many `pages`; `total` is what the system says, None where it does not.
        stop: why it ended, None before.
        taken: the day the system gave with its latest answer (ISO).
    """

    puller: Puller
    collection: str
    size: int = 100
    records: int = 0
    pages: int = 0
    total: int | None = None
    stop: Stop | None = None
    taken: str = ""

    @property
    def claim(self) -> str:
        """What came, in one sentence with numbers."""
        of = "" if self.total is None else f" of {self.total}"
        when = f" on {self.taken}" if self.taken else ""
        why = self.stop.value if self.stop else "not read to its end"
        return f"{self.records}{of} records from {self.pages} page{'s'[: self.pages != 1]}{when}; {why}."

    def __iter__(self) -> Iterator[Record]:
        """The records, one after the other.

        Raises:
            UnknownNameError: if the connector has no such collection.
            ConfigurationError: if it has no list of its own, being part of another.
            FetchError: if the system does not give a page; what was recorded until then is kept.
        """
        self.records, self.pages, self.total, self.stop, self.taken = 0, 0, None, None, ""
        asker = RequestBuilder(self.puller.connector, self.collection)
        if (parent := asker.spec.parent) is not None:
            then = f"read '{parent}' as a whole, and this one as a sample"
            raise ConfigurationError(
                f"'{self.collection}' has no list of its own", where=asker.connector.name, then=then
            )
        seen: set[bytes] = set()
        with self.puller.client.budget(), closing(self._pages(asker)) as pages:
            for page in pages:
                mark = blake2b(content(page.records), digest_size=16).digest()
                if not page.records or mark in seen:
                    empty = Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY
                    self.stop = Stop.REPEATED if page.records else empty
                    return
                seen.add(mark)
                self.records, self.pages = self.records + len(page.records), self.pages + 1
                self.taken = page.answer.date or self.taken
                yield from page.records

    def _pages(self, asker: RequestBuilder) -> Generator[Page, None, None]:
        """The pages in order, as far as the connector's own limit allows; at the end `stop` says why it is one."""
        first = _come(self._sent(asker.page(0, self.size)))
        self.total = asker.paging.records_total(first.answer)
        if self.total is None and (call := asker.count()):
            self.total = asker.counted(_come(self._sent(call)))
        yield from self._numbered(asker, first) if asker.paging.numbered else self._followed(asker, first)

    def _numbered(self, asker: RequestBuilder, first: Page) -> Iterator[Page]:
        """Pages that can be asked for by their position, several in flight."""
        length, most = len(first.records), asker.connector.limits.pages or sys.maxsize
        size = asker.paging.stride(self.size, length)
        pages = asker.paging.page_count(first.answer, length)
        if pages is None and self.total is not None and length:
            pages = -(-self.total // length)
        end = most if pages is None else min(pages, most)
        yield first
        try:
            for page in self._ahead(asker.page(position, size) for position in range(1, end)):
                yield page
                if pages is None and len(page.records) < length:
                    self.stop = Stop.SHORT
                    return
        except AbsentError:  # some systems say so that the page before was the last
            if pages is not None:
                raise
            self.stop = Stop.ABSENT
            return
        self.stop = Stop.COMPLETE if end == pages else Stop.CAP

    def _followed(self, asker: RequestBuilder, page: Page) -> Iterator[Page]:
        """Pages by what each says comes next; that is asked for while its reader is busy with the page."""
        most = asker.connector.limits.pages or sys.maxsize
        for number in count(1):
            call = asker.after(page, self.size)
            coming = self._sent(call) if call and number < most else None
            try:
                yield page
                if coming is None:
                    self.stop = Stop.CAP if call else Stop.NO_NEXT
                    return
                page = _come(coming)
            finally:
                if coming is not None:
                    coming.cancel()

    def _ahead(self, calls: Iterable[Call]) -> Iterator[Page]:
        """The pages of calls in their order, so many asked for beyond the one that is read."""
        coming: deque[Future[LazyPage]] = deque()
        try:
            for call in calls:
                coming.append(self._sent(call))
                if len(coming) > AHEAD * self.puller.connector.limits.in_flight:
                    yield _come(coming.popleft())
            while coming:
                yield _come(coming.popleft())
        finally:
            for each in coming:
                each.cancel()

    def _sent(self, call: Call) -> Future[LazyPage]:
        return self.puller.executor.submit(self.puller.send.fetch, call)


def _come(future: Future[LazyPage]) -> Page:
    """A page once it is there; its reader's own work is none of ours, so garbage is collected then."""
    with gc_paused():
        return future.result()()

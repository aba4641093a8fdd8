"""A whole collection, page by page, a few requests ahead of its reader: for what memory would not hold."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count

from ipaas_discovery.errors import AbsentError, ConfigurationError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Record, Stop
from ipaas_discovery.systems.answers.notes import Note, in_words

__all__ = ["Extract"]

AHEAD = 2
"""Pages, for each call in flight, that may have arrived or be under way before they are read: it bounds memory."""


@dataclass(slots=True, eq=False)
class Extract:
    """Every record of a collection in the system's own order, read as you iterate, and none of them kept.

    Iterating again reads again. A record that moves between pages meanwhile may come twice.

    Attributes:
        puller: reads from the system.
        collection: one that has a list or a search of its own.
        size: records per page, as a wish; the same size finds the same pages in the store.
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
    _notes: list[Note] = field(default_factory=list)

    @property
    def claim(self) -> str:
        """One sentence with numbers on the records that came."""
        of = "" if self.total is None else f" of {self.total}"
        when = f" on {self.taken}" if self.taken else ""
        why = self.stop.value if self.stop else "not read to its end"
        end = "; ".join([why, *in_words(self._notes)])
        return f"{self.records}{of} records from {self.pages} page{'s'[: self.pages != 1]}{when}; {end}."

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, one after the other.

        Raises:
            UnknownNameError: if the connector has no such collection.
            ConfigurationError: if it has no list of its own, being part of another.
            FetchError: if the system does not give a page; what was recorded until then is kept.
        """
        self.records, self.pages, self.total, self.stop, self.taken, self._notes = 0, 0, None, None, "", []
        builder = RequestBuilder(self.puller.connector, self.collection)
        if (parent := builder.spec.parent) is not None:
            then = f"read '{parent}' as a whole, and this one as a sample"
            raise ConfigurationError(
                f"'{self.collection}' has no list of its own", where=builder.connector.name, then=then
            )
        seen: set[bytes] = set()
        with self.puller.client.budget(), closing(self._pages(builder)) as pages:
            for page in pages:
                mark = blake2b(content(page.records), digest_size=16).digest()
                if not page.records or mark in seen:
                    empty = Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY
                    self.stop = Stop.REPEATED if page.records else empty
                    return
                seen.add(mark)
                self.records, self.pages = self.records + len(page.records), self.pages + 1
                self.taken = page.answer.date or self.taken
                self._notes += page.notes
                yield from page.records

    def _pages(self, builder: RequestBuilder) -> Generator[Page, None, None]:
        """Yield the pages in order, within the connector's own limit, and set `stop` at their end."""
        first = _wait_for(self._submit(builder.page(0, self.size)))
        self.total = builder.paging.records_total(first.answer)
        if self.total is None and (call := builder.count()):
            self.total = builder.counted(_wait_for(self._submit(call)))
        yield from self._read_numbered(builder, first) if builder.paging.numbered else self._follow(builder, first)

    def _read_numbered(self, builder: RequestBuilder, first: Page) -> Iterator[Page]:
        """Yield pages that can be asked for by their position, several in flight."""
        length, most = len(first.records), builder.connector.limits.pages or sys.maxsize
        size = builder.paging.stride(self.size, length)
        pages = builder.paging.page_count(first.answer, length)
        if pages is None and self.total is not None and length:
            pages = -(-self.total // length)
        end = most if pages is None else min(pages, most)
        yield first
        try:
            for page in self._read_ahead(builder.page(position, size) for position in range(1, end)):
                yield page
                if pages is None and len(page.records) < length:
                    self.stop = Stop.SHORT
                    return
        except AbsentError:  # some systems refuse the page after the last
            if pages is not None:
                raise
            self.stop = Stop.ABSENT
            return
        self.stop = Stop.COMPLETE if end == pages else Stop.CAP

    def _follow(self, builder: RequestBuilder, page: Page) -> Iterator[Page]:
        """Yield pages by what each says comes next, which is asked for while its reader is busy with the page."""
        most = builder.connector.limits.pages or sys.maxsize
        for number in count(1):
            call = builder.after(page, self.size)
            pending = self._submit(call) if call and number < most else None
            try:
                yield page
                if pending is None:
                    self.stop = Stop.CAP if call else Stop.NO_NEXT
                    return
                page = _wait_for(pending)
            finally:
                if pending is not None:
                    pending.cancel()

    def _read_ahead(self, calls: Iterable[Call]) -> Iterator[Page]:
        """Yield the pages of calls in their order, with `AHEAD` calls for each in flight asked for beforehand."""
        pending: deque[Future[LazyPage]] = deque()
        try:
            for call in calls:
                pending.append(self._submit(call))
                if len(pending) > AHEAD * self.puller.connector.limits.in_flight:
                    yield _wait_for(pending.popleft())
            while pending:
                yield _wait_for(pending.popleft())
        finally:
            for future in pending:
                future.cancel()

    def _submit(self, call: Call) -> Future[LazyPage]:
        return self.puller.executor.submit(self.puller.send.fetch, call)


def _wait_for(future: Future[LazyPage]) -> Page:
    """Wait for a page; garbage collection pauses only meanwhile, as the reader's own work is none of ours."""
    with gc_paused():
        return future.result()()

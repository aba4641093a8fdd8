"""A whole collection, page by page, a few requests ahead of its reader: for what memory would not hold."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count

from ipaas_discovery.errors import AbsentError, ConfigurationError, ResponseError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.samples.pulling.list_ends import ENDS, assumption_of, doubt_of, reported_beside
from ipaas_discovery.samples.pulling.moved_records import changes
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.pulling.sequential import EMPTY_PAGES
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.sample import Record, Stop
from ipaas_discovery.systems.answers.error_in_body import new_trouble
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.answers.notes import Note, in_words

__all__ = ["Extract"]

AHEAD = 2
"""Pages, for each call in flight, that may have arrived or be under way before they are read: it bounds memory."""


@dataclass(slots=True, eq=False)
class Extract:
    """Every record of a collection in the system's own order, read as you iterate, and none of them kept.

    Iterating again reads again. Of each record a mark of about a hundred bytes is kept, so that one that comes on two
    pages is given once.

    Attributes:
        puller: reads from the system.
        collection: one that has a list or a search of its own.
        size: records per page, as a wish; the same size finds the same pages in the store.
        records: how many came so far, on how many `pages`; `total` is what the system says, None where it does not.
        stop: why it ended, None before.
        taken: the day the system gave with its latest answer (ISO).
        notes: what else the reader has to know, such as that the collection changed meanwhile.
        refuted: what a probe refuted of the collection's settings, a sentence each.
    """

    puller: Puller
    collection: str
    size: int = 100
    records: int = 0
    pages: int = 0
    total: int | None = None
    stop: Stop | None = None
    taken: str = ""
    notes: tuple[str, ...] = ()
    refuted: tuple[str, ...] = ()
    _reported: list[int] = field(default_factory=list, init=False, repr=False)
    _seen: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _pages_seen: set[int] = field(default_factory=set, init=False, repr=False)
    _marks: list[int] = field(default_factory=list, init=False, repr=False)
    _last: Page | None = field(default=None, init=False, repr=False)
    _twice: int = field(default=0, init=False, repr=False)
    _again: int = field(default=0, init=False, repr=False)
    _is_thinned: bool = field(default=False, init=False, repr=False)
    _odd: list[Note] = field(default_factory=list, init=False, repr=False)

    @property
    def claim(self) -> str:
        """One sentence with numbers on the records that came."""
        of = "" if self.total is None else f" of {self.total}"
        when = f" on {self.taken}" if self.taken else ""
        why = self.stop.value if self.stop else "not read to its end"
        pages = f"{self.pages} page{'s'[: self.pages != 1]}"
        notes = "; ".join((why, *self.notes, *in_words(self._odd), *self.refuted))
        return f"{self.records}{of} records from {pages}{when}; {notes}."

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, one after the other.

        Raises:
            UnknownNameError: if the connector has no such collection.
            ConfigurationError: if it has no list of its own, being part of another.
            FetchError: if the system does not give a page; what was recorded until then is kept.
        """
        self.records, self.pages, self.total, self.stop, self.taken, self.notes = 0, 0, None, None, "", ()
        self._reported, self._seen, self._pages_seen, self._last = [], {}, set(), None
        self._twice, self._again, self._is_thinned, self._odd = 0, 0, False, []
        builder = RequestBuilder(self.puller.connector, self.collection)
        if (parent := builder.spec.parent) is not None:
            then = f"read '{parent}' as a whole, and this one as a sample"
            raise ConfigurationError(
                f"'{self.collection}' has no list of its own", where=builder.connector.name, then=then
            )
        with self.puller.client.budget(), closing(self._pages(builder)) as pages:
            for page in pages:
                yield from self._distinct(page, builder.spec.id)
        self._conclude(builder)

    def _take(self, page: Page, builder: RequestBuilder) -> bool:
        """Note what a page says; return False if it ends the list, being empty or one that came before."""
        self._marks = [hash(content(record)) for record in page.records]
        mark = hash(tuple(self._marks))
        if not page.records or mark in self._pages_seen:
            empty = Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY
            self.stop = Stop.REPEATED if page.records else empty
            return False
        self._pages_seen.add(mark)
        self._odd += page.notes
        self.pages, self.taken, self._last = self.pages + 1, page.answer.date or self.taken, page
        total = builder.paging.records_total(page.answer)
        self._reported += [total] if total is not None and total > 0 else []
        self.notes += tuple(note for note in reported_beside([page]) if note not in self.notes)
        return True

    def _distinct(self, page: Page, id_path: str) -> Iterator[Record]:
        """Yield the records of a page that did not come before, and count those that did."""
        fresh: dict[int, int] = {}
        for record, mark in zip(page.records, self._marks, strict=True):
            value = at(record, id_path)
            key = hash(content(value))
            known = None if value is None else self._seen.get(key)
            if known == mark:
                self._twice += 1
                continue
            self._again += known is not None
            if value is not None:
                fresh[key] = mark
            self.records += 1
            yield record
        self._seen |= fresh

    def _conclude(self, builder: RequestBuilder) -> None:
        """Compare what came with what the system said, and note what does not agree."""
        came = self.records if self.stop in {*ENDS, Stop.REPEATED} else None
        moved = [*changes(self._reported, twice=self._twice, again=self._again, came=came)]
        self.total = max([self.total, *self._reported]) if self.total is not None else None
        pages = [] if self._last is None else [self._last]
        stop = self.stop or Stop.CAP
        doubt = doubt_of(pages, self.records, stop, builder.paging, self.size, read=self.pages)
        doubt = doubt or assumption_of(pages, self.records, stop, builder.paging)
        if doubt and self.total == self.records:
            self.total = None
        if came is not None and self.total is not None and self.total != came and not moved:
            missing = ": others may be missing" if came < self.total else ""
            moved.append(f"the system says {self.total}, and {came} came{missing}")
            self.total = max(self.total, came)
        self.notes += (*moved, *([doubt] if doubt else []))

    def _pages(self, builder: RequestBuilder) -> Generator[Page, None, None]:
        """Yield the pages with records in order, within the connector's own limit, and set `stop` at their end."""
        first = _wait_for(self._submit(builder.page(0, self.size)))
        self.total = builder.paging.records_total(first.answer)
        if self.total is None and (call := builder.count()):
            self.total = builder.counted(_wait_for(self._submit(call)))
        if self.total is not None and self.total < max(1, len(first.records)):
            self.total = None  # it tells nothing beside more records
        yield from self._read_numbered(builder, first) if builder.paging.numbered else self._follow(builder, first)

    def _read_numbered(self, builder: RequestBuilder, first: Page) -> Iterator[Page]:
        """Yield pages that can be asked for by their position, several in flight, up to the last."""
        length, most = len(first.records), builder.connector.limits.pages or sys.maxsize
        size = builder.paging.stride(self.size, length)
        page_count = self._page_count(builder, first)
        end, position, last = most if page_count is None else min(page_count, most), 1, first
        if not self._take(first, builder):
            return
        yield first
        try:
            for page in self._read_ahead(builder.page(at, size) for at in range(1, end)):
                if not self._take(page, builder):
                    return
                yield page
                yield from self._rest(builder, page, size)
                position, last = position + 1, page
            while page_count is not None and position < most and self._may_go_on(last, length):
                page = _wait_for(self._submit(builder.page(position, size)))
                if not self._take(page, builder):
                    break
                yield page
                position, last = position + 1, page
        except AbsentError:  # some systems refuse the page after the last
            if page_count is not None and position < page_count:
                raise
            self.stop = Stop.ABSENT
            return
        if self.stop is None:
            self.stop = Stop.CAP if page_count is None or position < page_count else Stop.COMPLETE
        elif self.total == self.records:
            self.stop = Stop.COMPLETE

    def _page_count(self, builder: RequestBuilder, first: Page) -> int | None:
        """Give the number of pages as the system tells it; None where it does not, or where that cannot be."""
        length = len(first.records)
        if self.total is None or not length:
            named = builder.paging.page_count(first.answer, length)
            return named if named and named > 1 and builder.paging.records_total(first.answer) is None else None
        return -(-self.total // length)

    def _may_go_on(self, last: Page, length: int) -> bool:
        """Tell whether there may be more behind the last page by the total: it is full, or records are missing."""
        full = len(last.records) >= length if self.pages > 1 else len(last.records) == self.size
        return full or (self.total is not None and self.records < self.total)

    def _rest(self, builder: RequestBuilder, page: Page, size: int | None) -> Iterator[Page]:
        """Yield what a smaller page by offset left out, unless the last such request brought nothing new."""
        call, wanted = builder.rest_of(page, size), size
        while call is not None and not self._is_thinned and (self.total is None or self.records < self.total):
            before, rest = self.records, _wait_for(self._submit(call))
            if not rest.records or not self._take(rest, builder):
                self.stop = None
                return
            yield rest
            self._is_thinned = self.records == before
            call = None if self._is_thinned else builder.rest_of(rest, wanted := (wanted or 0) - len(page.records))
            page = rest

    def _follow(self, builder: RequestBuilder, page: Page) -> Iterator[Page]:
        """Yield pages by what each says comes next, which is asked for while its reader is busy with the page."""
        most, asked, empty = builder.connector.limits.pages or sys.maxsize, set[str](), 0
        for number in count(1):
            trouble = new_trouble(self._last.answer.body, page.answer.body) if self._last and not page.records else ""
            if trouble:
                raise ResponseError(f"The system answered an empty page and `{trouble}`", where=page.answer.request)
            call = builder.after(page, self.size)
            repeats = call is not None and f"{call.path} {call.ask}" in asked
            call = None if repeats else call
            asked |= {f"{call.path} {call.ask}"} if call else set()
            pending = self._submit(call) if call and number < most else None
            try:
                taken = self._take(page, builder)
                empty = 0 if page.records else empty + 1
                if self.stop is Stop.REPEATED or (not taken and (pending is None or empty > EMPTY_PAGES)):
                    return
                self.stop = None
                if taken:
                    yield page
                if pending is None:
                    self.stop = Stop.CAP if call else Stop.REPEATED if repeats else Stop.NO_NEXT
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

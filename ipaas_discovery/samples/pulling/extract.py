"""A whole collection, page by page, a few requests ahead of its reader: for what memory would not hold."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count

from ipaas_discovery.errors import AbsentError, BudgetError, ConfigurationError, FetchError, ResponseError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.end import ListEnd
from ipaas_discovery.samples.pulling.list_ends import (
    BELIED,
    ENDS,
    Tail,
    judge,
    may_count_page,
    reported_beside,
    sentence,
    stop_of,
)
from ipaas_discovery.samples.pulling.moved_records import changes
from ipaas_discovery.samples.pulling.puller import Puller
from ipaas_discovery.samples.pulling.sequential import EMPTY_PAGES
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.samples.sample import Record, Stop
from ipaas_discovery.systems.answers.json_path import at
from ipaas_discovery.systems.answers.notes import Note, in_words
from ipaas_discovery.systems.answers.signs import Omissions, counts_page

__all__ = ["Extract"]

AHEAD = 2
"""Pages, for each call in flight, that may have arrived or be under way before they are read: it bounds memory."""
IDLE = 3
"""Pages in a row, of those that are told, which may be refused or empty before reading ends."""


@dataclass(slots=True, eq=False)
class Extract(Card):
    """Every record of a collection in the system's own order, read as you iterate, and none of them kept.

    Iterating again reads again. Of each record a mark of about a hundred bytes is kept, so that one that comes on two
    pages is given once. Once a page came, trouble with a later one raises nothing: it ends the reading, or leaves that
    page out, and `problem` and `claim` say so. Read them before you trust the records to be all.

    Attributes:
        puller: reads from the system.
        collection: one that has a list or a search of its own.
        size: records per page, as a wish; the same size finds the same pages in the store.
        records: how many came so far, on how many `pages`; `total` is what the system says, None where it does not.
        stop: why it ended, None before.
        end: what is known of the collection's end.
        taken: the day the system gave with its latest answer (ISO).
        notes: what else the reader has to know, such as that the collection changed meanwhile.
        problem: in one sentence, why not every page came; empty where all did.
        refuted: what a probe refuted of the collection's settings, a sentence each.
        judged: judges the end once more, by what probes refuted.
    """

    puller: Puller
    collection: str
    size: int = 100
    records: int = 0
    pages: int = 0
    total: int | None = None
    stop: Stop | None = None
    end: ListEnd = field(default_factory=ListEnd)
    taken: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    _send: Requester = field(init=False, repr=False)
    refuted: tuple[str, ...] = ()
    judged: Callable[[str, ListEnd], ListEnd] = lambda _, end: end
    _reported: list[int] = field(default_factory=list, init=False, repr=False)
    _seen: dict[int, int] = field(default_factory=dict, init=False, repr=False)
    _pages_seen: set[int] = field(default_factory=set, init=False, repr=False)
    _marks: list[int] = field(default_factory=list, init=False, repr=False)
    _last: Page | None = field(default=None, init=False, repr=False)
    _beyond: Page | None = field(default=None, init=False, repr=False)
    _confirmed: bool = field(default=False, init=False, repr=False)
    _twice: int = field(default=0, init=False, repr=False)
    _again: int = field(default=0, init=False, repr=False)
    _is_thinned: bool = field(default=False, init=False, repr=False)
    _lost: list[ResponseError] = field(default_factory=list, init=False, repr=False)
    _odd: list[Note] = field(default_factory=list, init=False, repr=False)
    _omissions: Omissions = field(default_factory=Omissions, init=False, repr=False)

    @property
    def claim(self) -> str:
        """One sentence with numbers on the records that came."""
        of = "" if self.total is None else f" of {self.total}"
        when = f" on {self.taken}" if self.taken else ""
        why = self.stop.value if self.stop else "not read to its end"
        pages = f"{self.pages} page{'s'[: self.pages != 1]}"
        end = self.end.sentence if self.records or not self.end.is_proved else "the collection is empty"
        notes = (*self.notes, *in_words(self._odd), *self.refuted)
        parts = (f"{self.records}{of} records from {pages}{when}", why, *notes, end)
        return "; ".join(filter(None, parts)) + "."

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, one after the other.

        Raises:
            UnknownNameError: if the connector has no such collection.
            ConfigurationError: if it has no list of its own, being part of another.
            FetchError: if the system does not give the first page.
        """
        self.records, self.pages, self.total, self.stop, self.end = 0, 0, None, None, ListEnd()
        self.taken, self.notes, self.problem, self._send = "", (), "", self.puller.send
        self._reported, self._seen, self._pages_seen, self._last, self._beyond = [], {}, set(), None, None
        self._confirmed = False
        self._twice, self._again, self._is_thinned, self._lost, self._odd = 0, 0, False, [], []
        self._omissions = Omissions()
        builder = RequestBuilder(self.puller.connector, self.collection)
        if (parent := builder.spec.parent) is not None:
            then = f"read '{parent}' as a whole, and this one as a sample"
            raise ConfigurationError(
                f"'{self.collection}' has no list of its own", where=builder.connector.name, then=then
            )
        try:
            with self.puller.client.budget(), closing(self._pages(builder)) as pages:
                for page in pages:
                    yield from self._distinct(page, builder.spec.id)
        except FetchError as error:
            if not self.pages and self._beyond is None:
                raise
            self.stop, self._beyond = Stop.TIME if isinstance(error, BudgetError) else Stop.REFUSED, None
            self.problem = f"what comes after page {self.pages or 1} could not be read: {sentence(error)}"
        self._conclude(builder)

    def _take(self, page: Page, builder: RequestBuilder) -> bool:
        """Note what a page says; return False if it may end the list, being empty or one that came before."""
        self._marks = [hash(content(record)) for record in page.records]
        mark = hash(tuple(self._marks))
        if not page.records or mark in self._pages_seen:
            self.stop, self._beyond = Stop.REPEATED if page.records else stop_of(page), page
            return False
        self._pages_seen.add(mark)
        self._odd += page.notes
        self.pages, self.taken, self._last = self.pages + 1, page.answer.date or self.taken, page
        self.stop = self._beyond = None
        self._omissions.add(page.answer)
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
        if self._lost:
            count = f"{len(self._lost)} page{'s' if len(self._lost) > 1 else ''} could not be read"
            lost = f"{count}: {sentence(self._lost[0])} ({self._lost[0].where})"
            self.problem, self.stop = "; ".join(filter(None, (lost, self.problem))), Stop.REFUSED
        came = self.records if self.stop in ENDS else None
        if self.total is not None and self.records > (belied := max([self.total, *self._reported])):
            self.notes += (BELIED.format(total=belied),)
            self.total, self._reported = None, []
        moved = [*changes(self._reported, twice=self._twice, again=self._again, came=came)]
        self.total = max([self.total, *self._reported]) if self.total is not None else None
        last = self._last or self._beyond
        beyond = self._beyond if self._last else None
        tail = Tail(
            self.stop or Stop.CAP,
            last,
            beyond,
            came=self.records,
            pages=self.pages,
            total=self.total,
            changed=bool(moved),
            confirmed=self._confirmed,
            omits=self._omissions.text,
        )
        end = judge(tail, builder.paging, self.size)
        self.end = self.judged(self.collection, end)
        self.total = self.total if self.end is end else None
        if came is not None and self.total is not None and self.total != came and not moved:
            moved.append(f"the system says {self.total}, and {came} came: others may be missing")
        self.notes += (*filter(None, [self.problem]), *moved)

    def _pages(self, builder: RequestBuilder) -> Generator[Page, None, None]:
        """Yield the pages with records in order, within the connector's own limit, and set `stop` at their end."""
        first = _wait_for(self._submit(builder.page(0, self.size)))
        self.total = builder.paging.records_total(first.answer)
        if self.total is None and (call := builder.count()):
            self.total = self._counted(builder, call)
        if self.total is not None and self.total < len(first.records):
            self.total = None  # it tells nothing beside more records
        yield from self._read_numbered(builder, first) if builder.paging.numbered else self._follow(builder, first)

    def _counted(self, builder: RequestBuilder, call: Call) -> int | None:
        """Ask for the number of records; a system that refuses it loses nothing else."""
        try:
            return builder.counted(_wait_for(self._submit(call)))
        except FetchError as error:
            self.notes += (f"the count could not be asked for: {sentence(error)}",)
            return None

    def _read_numbered(self, builder: RequestBuilder, first: Page) -> Iterator[Page]:
        """Yield pages that can be asked for by their position, several in flight, up to the last."""
        length, most = len(first.records), builder.connector.limits.pages or sys.maxsize
        size, page_count = builder.paging.stride(self.size, length), self._page_count(builder, first)
        if not self._take(first, builder):
            return
        yield first
        last, position, idle = first, 1, 0
        for answer in self._read_ahead(
            builder.page(number, size) for number in range(1, min(page_count or most, most))
        ):
            position += 1
            if isinstance(answer, Page) and self._take(answer, builder):
                idle, last = 0, answer
                yield answer
                yield from self._rest(builder, answer, size)
            elif page_count is None or self.stop is Stop.REPEATED or (idle := idle + 1) > IDLE:
                self._end_with(answer)
                return
            elif isinstance(answer, ResponseError):
                self._lost.append(answer)
            else:
                self.stop = Stop.GAP
        at_end = page_count is not None and position >= page_count
        if at_end:
            yield from self._read_beyond(builder, first, last, position, size)
        if self.stop is None or (at_end and self.total == self.records):
            self.stop = Stop.COMPLETE if at_end else Stop.CAP

    def _read_beyond(
        self, builder: RequestBuilder, first: Page, last: Page, position: int, size: int | None
    ) -> Iterator[Page]:
        """Yield the pages past those that are told, as long as there may be more."""
        most = builder.connector.limits.pages or sys.maxsize
        alone = may_count_page(first, self.total, builder.paging, self.size)
        doubtful = alone and counts_page(builder.paging.total)
        while position < most and (self._may_go_on(last, len(first.records)) or (alone and position == 1)):
            answer = self._outcome(self._submit(builder.page(position, size)))
            if isinstance(answer, ResponseError) and self.total == self.records and not doubtful:
                self._confirmed = isinstance(answer, AbsentError)
                return  # it is past all that are told
            if not (isinstance(answer, Page) and self._take(answer, builder)):
                if doubtful and self.stop not in {Stop.EMPTY, Stop.NO_CONTENT}:
                    self.total = None
                self._end_with(answer)
                return
            yield answer
            position, last = position + 1, answer

    def _end_with(self, answer: Page | ResponseError) -> None:
        """End the list with what came in place of a page with records of its own.

        Raises:
            ResponseError: if that is a refusal which does not say that there is none.
        """
        if isinstance(answer, AbsentError):
            self.stop = Stop.ABSENT
        elif isinstance(answer, ResponseError):
            raise answer

    def _page_count(self, builder: RequestBuilder, first: Page) -> int | None:
        """Give the number of pages as the system tells it; None where it does not, or where that cannot be."""
        length = len(first.records)
        if self.total is None or not length:
            named = builder.paging.page_count(first.answer, length)
            return named if named and named > 1 and builder.paging.records_total(first.answer) is None else None
        return -(-self.total // length)

    def _may_go_on(self, last: Page, length: int) -> bool:
        """Tell whether there may be more behind the last page: it is full, or the total is not what came."""
        full = self.pages > 1 and len(last.records) >= length
        return full or (self.total is not None and self.records != self.total)

    def _rest(self, builder: RequestBuilder, page: Page, size: int | None) -> Iterator[Page]:
        """Yield what a smaller page by offset left out, unless the last such request brought nothing new."""
        call, wanted = builder.rest_of(page, size), size
        while call is not None and not self._is_thinned and (self.total is None or self.records < self.total):
            before, rest = self.records, _wait_for(self._submit(call))
            if not rest.records or not self._take(rest, builder):
                self.stop = self._beyond = None
                return
            yield rest
            self._is_thinned = self.records == before
            call = None if self._is_thinned else builder.rest_of(rest, wanted := (wanted or 0) - len(page.records))
            page = rest

    def _follow(self, builder: RequestBuilder, page: Page) -> Iterator[Page]:
        """Yield pages by what each says comes next, which is asked for while its reader is busy with the page."""
        most, asked, empty = builder.connector.limits.pages or sys.maxsize, set[str](), 0
        for number in count(1):
            call, fault = self._next_call(builder, page)
            repeats = call is not None and f"{call.path} {call.ask}" in asked
            call = None if repeats else call
            asked |= {f"{call.path} {call.ask}"} if call else set()
            pending = self._submit(call) if call and number < most else None
            try:
                taken = self._take(page, builder)
                empty = 0 if page.records else empty + 1
                if self.stop is Stop.REPEATED or (not taken and (pending is None or empty > EMPTY_PAGES)):
                    return
                if taken:
                    yield page
                if fault is not None:
                    raise fault
                if pending is None:
                    self.stop = Stop.CAP if call else Stop.REPEATED if repeats else Stop.NO_NEXT
                    return
                page = _wait_for(pending)
            finally:
                if pending is not None:
                    pending.cancel()

    def _next_call(self, builder: RequestBuilder, page: Page) -> tuple[Call | None, FetchError | None]:
        """Build the call for what comes after a page, or give the reason why it cannot be built."""
        try:
            return builder.after(page, self.size), None
        except FetchError as error:
            return None, error

    def _read_ahead(self, calls: Iterable[Call]) -> Iterator[Page | ResponseError]:
        """Yield the pages of calls in their order, with `AHEAD` calls for each in flight asked for beforehand."""
        pending: deque[Future[LazyPage]] = deque()
        try:
            for call in calls:
                pending.append(self._submit(call))
                if len(pending) > AHEAD * self.puller.connector.limits.in_flight:
                    yield self._outcome(pending.popleft())
            while pending:
                yield self._outcome(pending.popleft())
        finally:
            for future in pending:
                future.cancel()

    def _outcome(self, future: Future[LazyPage]) -> Page | ResponseError:
        """Wait for a page, or for the refusal of this page alone."""
        try:
            return _wait_for(future)
        except ResponseError as refusal:
            return refusal

    def _submit(self, call: Call) -> Future[LazyPage]:
        return self.puller.executor.submit(self._send.fetch, call)


def _wait_for(future: Future[LazyPage]) -> Page:
    """Wait for a page; garbage collection pauses only meanwhile, as the reader's own work is none of ours."""
    with gc_paused():
        return future.result()()

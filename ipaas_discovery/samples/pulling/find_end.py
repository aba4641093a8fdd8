"""Where a numbered list ends whose size nobody tells: leaps until a page is past the end, then narrowing down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from ipaas_discovery.errors import AbsentError, FetchError, ResponseError
from ipaas_discovery.samples.pulling.read_state import ReadState
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Stop

__all__ = ["End", "EndSearch", "find_end"]

LEAP = 4
"""Each page that is tried stands so many times as far as the one before; so many are tried at once."""
FARTHEST = LEAP**10
"""Who still gives records at this position, page 1,048,577, is taken to page forever."""


Search = Generator[Sequence[Call], Batch, "tuple[End, Mapping[int, Page]]"]


@dataclass(frozen=True, slots=True)
class End:
    """What is known of a list's end: `count` pages, the `total` of their records, why it is the end, and a note.

    `count` counts the pages up to the last one known, and `total` is None, where more may lie beyond it.
    """

    count: int
    stop: Stop
    total: int | None = None
    note: str = ""


@dataclass(slots=True)
class EndSearch:
    """Pages at some positions, counted from 0, and what they say of where the list ends.

    A page past the end is empty, is refused, or repeats another: of pages that are alike, the first is the last page.
    """

    pages: dict[int, Page | None] = field(default_factory=dict)
    refusals: dict[int, FetchError] = field(default_factory=dict)
    _marks: dict[int, bytes] = field(default_factory=dict)
    _alike: Counter[bytes] = field(default_factory=Counter)

    def learn(self, position: int, page: Page | None, refusal: FetchError | None = None) -> None:
        """Take what came at a position: a page, or why there is none."""
        self.pages[position] = page
        if refusal is not None:
            self.refusals[position] = refusal
        if page is not None and page.records:
            self._marks[position] = mark = content(page.records)
            self._alike[mark] += 1

    @property
    def last(self) -> int:
        """The highest position known to hold records of its own."""
        return max((position for position, mark in self._marks.items() if self._alike[mark] == 1), default=0)

    @property
    def past(self) -> int | None:
        """The lowest position above `last` known to hold none of its own; None while there is none."""
        last = self.last
        beyond = [position for position in self.pages if position > last]
        return last + 1 if self._short(last) else min(beyond, default=None)

    def next(self, wave: int) -> tuple[int, ...]:
        """Up to `wave` positions to ask for; none once the end is found, or nobody can tell it.

        >>> EndSearch({0: None}).next(8)
        (1, 4, 16, 64)
        """
        last, past = self.last, self.past
        if past is None:
            farthest = max(self.pages)
            leaps = (LEAP**step for step in range(11))
            return tuple(each for each in leaps if farthest < each <= FARTHEST)[: min(wave, LEAP)]
        if self._doubtful(last):
            return (last - 1,)[:wave]
        gap = past - last
        between = {last + -(-gap * step // (wave + 1)) for step in range(1, wave + 1)}
        return tuple(sorted(between - {past}))

    def found(self) -> End:
        """The end, as far as it was found."""
        last, past = self.last, self.past
        if past is None or past > last + 1 or self._doubtful(last):
            far = f"no end was found up to page {max(self.pages) + 1}"
            return End(last + 1, Stop.CAP, note=f"the pages end before page {past + 1}" if past is not None else far)
        page, refusal = self.pages.get(past), self.refusals.get(past)
        if refusal is not None and not isinstance(refusal, AbsentError):
            return End(last + 1, Stop.REFUSED, note=f"page {past + 1} and those after it are refused: {refusal.what}")
        if page is not None and page.records:
            return End(1, Stop.REPEATED) if self._marks[past] == self._marks[0] else self._end(past, Stop.REPEATED)
        return self._end(last, self._why(past, page))

    def _why(self, past: int, page: Page | None) -> Stop:
        """Why the page before position `past` is the last."""
        if page is None:
            return Stop.ABSENT if past in self.refusals else Stop.SHORT
        return Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY

    def _end(self, last: int, stop: Stop) -> End:
        """The end at a page that was read; pages before it hold as many records as the first."""
        total = last * self._size(0) + self._size(last)
        return End(last + 1, stop, total, f"no total is told, and the pages end with page {last + 1}")

    def _size(self, position: int) -> int:
        page = self.pages.get(position)
        return len(page.records) if page is not None else 0

    def _doubtful(self, last: int) -> bool:
        """Whether a short page may stand past the end: who repeats the last page there shows it just before as well."""
        return self._short(last) and last - 1 not in self.pages

    def _short(self, position: int) -> bool:
        return 0 < self._size(position) < self._size(0)


def find_end(
    reading: ReadState, first: Page, wave: int
) -> Generator[Sequence[Call], Batch, tuple[End, Mapping[int, Page]]]:
    """The steps that find where a list ends after its `first` page, and every page with records that they read.

    Raises:
        FetchError: if the system gives nothing more at all, be it overloaded, out of reach or out of patience.
    """
    known = EndSearch()
    known.learn(0, first)
    stop: Stop | None = None
    while stop is None and (wanted := known.next(max(0, min(wave, reading.plan.most_pages - len(known.pages))))):
        batch = yield [reading.asker.page(position, reading.size, optional=True) for position in wanted]
        reading.requests += batch.answered
        stop = batch.stop
        for number, position in enumerate(wanted):
            refusal = batch.refused.get(number)
            if refusal is not None and not isinstance(refusal, ResponseError):
                raise refusal
            if refusal is not None or batch.pages[number] is not None:
                known.learn(position, batch.pages[number], refusal)
    end = known.found()
    read = {position: page for position, page in known.pages.items() if page is not None and position < end.count}
    return (end if stop is None else End(end.count, stop)), read

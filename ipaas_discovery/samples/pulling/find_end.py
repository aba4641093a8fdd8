"""Find the last page of a numbered list with no total: leap until a page is past the end, then narrow down."""

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
"""Factor between the positions of the pages that are tried, and the most pages that are tried at once."""
FARTHEST = LEAP**10
"""Position (page 1,048,577) at which a system that still gives records is taken to page forever."""


Search = Generator[Sequence[Call], Batch, "tuple[End, Mapping[int, Page]]"]


@dataclass(frozen=True, slots=True)
class End:
    """A list's end as far as it is known: `count` pages, the `total` of their records, why it ends, and a note.

    `count` counts the pages up to the last one known, and `total` is None, where more may lie beyond it.
    """

    count: int
    stop: Stop
    total: int | None = None
    note: str = ""


@dataclass(slots=True)
class EndSearch:
    """Pages at some positions, counted from 0, and what they show of the list's end.

    A page past the end is empty, is refused, or repeats another: of equal pages, the first is the last page.
    """

    pages: dict[int, Page | None] = field(default_factory=dict)
    refusals: dict[int, FetchError] = field(default_factory=dict)
    _marks: dict[int, bytes] = field(default_factory=dict)
    _counts: Counter[bytes] = field(default_factory=Counter)

    def add(self, position: int, page: Page | None, refusal: FetchError | None = None) -> None:
        """Add what came at a position: a page, or the reason why there is none."""
        self.pages[position] = page
        if refusal is not None:
            self.refusals[position] = refusal
        if page is not None and page.records:
            self._marks[position] = mark = content(page.records)
            self._counts[mark] += 1

    @property
    def last(self) -> int:
        """The highest position known to hold records of its own."""
        return max((position for position, mark in self._marks.items() if self._counts[mark] == 1), default=0)

    @property
    def past(self) -> int | None:
        """The lowest position above `last` known to hold none of its own; None while there is none."""
        last = self.last
        beyond = [position for position in self.pages if position > last]
        return last + 1 if self._short(last) else min(beyond, default=None)

    def next(self, wave: int) -> tuple[int, ...]:
        """Choose up to `wave` positions to ask for; none once the end is found, or cannot be found.

        >>> EndSearch({0: None}).next(8)
        (1, 4, 16, 64)
        """
        last, past = self.last, self.past
        if past is None:
            farthest = max(self.pages)
            leaps = (LEAP**step for step in range(11))
            return tuple(leap for leap in leaps if farthest < leap <= FARTHEST)[: min(wave, LEAP)]
        if self._doubtful(last):
            return (last - 1,)[:wave]
        gap = past - last
        between = {last + -(-gap * step // (wave + 1)) for step in range(1, wave + 1)}
        return tuple(sorted(between - {past}))

    def end(self) -> End:
        """Give the end, as far as it was found."""
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
        """Give the reason why the page before position `past` is the last."""
        if page is None:
            return Stop.ABSENT if past in self.refusals else Stop.SHORT
        return Stop.NO_CONTENT if page.answer.body is None else Stop.EMPTY

    def _end(self, last: int, stop: Stop) -> End:
        """Give the end at a page that was read; pages before it hold as many records as the first."""
        total = last * self._size(0) + self._size(last)
        return End(last + 1, stop, total, f"no total is told, and the pages end with page {last + 1}")

    def _size(self, position: int) -> int:
        page = self.pages.get(position)
        return len(page.records) if page is not None else 0

    def _doubtful(self, last: int) -> bool:
        """Tell whether a short page may stand past the end.

        A system that repeats the last page past the end shows it just before as well.
        """
        return self._short(last) and last - 1 not in self.pages

    def _short(self, position: int) -> bool:
        return 0 < self._size(position) < self._size(0)


def find_end(
    state: ReadState, first: Page, wave: int
) -> Generator[Sequence[Call], Batch, tuple[End, Mapping[int, Page]]]:
    """Find where a list ends after its `first` page, and return every page with records that was read.

    Raises:
        FetchError: if the system gives nothing more at all, be it overloaded, out of reach or out of patience.
    """
    search = EndSearch()
    search.add(0, first)
    stop: Stop | None = None
    while stop is None and (wanted := search.next(max(0, min(wave, state.plan.most_pages - len(search.pages))))):
        batch = yield [state.builder.page(position, state.size, optional=True) for position in wanted]
        state.requests += batch.answered
        stop = batch.stop
        for number, position in enumerate(wanted):
            refusal = batch.refused.get(number)
            if refusal is not None and not isinstance(refusal, ResponseError):
                raise refusal
            if refusal is not None or batch.pages[number] is not None:
                search.add(position, batch.pages[number], refusal)
    end = search.end()
    read = {position: page for position, page in search.pages.items() if page is not None and position < end.count}
    return (end if stop is None else End(end.count, stop)), read

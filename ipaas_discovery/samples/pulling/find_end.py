"""Find the last page of a numbered list with no total: leap until a page is past the end, then narrow down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from ipaas_discovery.errors import AbsentError, FetchError, ResponseError
from ipaas_discovery.samples.pulling.list_ends import sentence, stop_of
from ipaas_discovery.samples.pulling.read_state import ReadState
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.page_deduplicator import content
from ipaas_discovery.samples.requests.scheduler import Batch
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.signs import limit_of

__all__ = ["EndSearch", "Extent", "find_end"]

LEAP = 4
"""Factor between the positions of the pages that are tried, and the most pages that are tried at once."""
FARTHEST = LEAP**10
"""Position (page 1,048,577) at which a system that still gives records is taken to page forever."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The extent of a list as far as it is known: `count` pages, the `total` of their records, why it ends, and a note.

    `count` counts the pages up to the last one known, and `total` is None, where more may lie beyond it. `beyond` is a
    page past the end, where one came. `over` is True where nothing more can be asked for, `limited` where the list may
    go on behind its last page.
    """

    count: int
    stop: Stop
    total: int | None = None
    note: str = ""
    beyond: Page | None = None
    over: bool = False
    limited: bool = False


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
        return min((position for position in self.pages if position > last), default=None)

    def next(self, wave: int) -> tuple[int, ...]:
        """Choose up to `wave` positions to ask for; none once the end is found, or cannot be found.

        >>> EndSearch({0: None}).next(8)
        (1, 4, 16, 64)
        """
        last, past = self.last, self.past
        beside = (last - 1, last + 1) if self._short(last) else ()  # where a short page is the last, these show it
        if unknown := tuple(position for position in beside if position not in self.pages):
            return unknown[:wave]
        if past is None:
            farthest = max(self.pages)
            leaps = (LEAP**step for step in range(11))
            return tuple(leap for leap in leaps if farthest < leap <= FARTHEST)[: min(wave, LEAP)]
        gap = past - last
        between = {last + -(-gap * step // (wave + 1)) for step in range(1, wave + 1)}
        return tuple(sorted(between - {past}))

    def end(self) -> Extent:
        """Give the end, as far as it was found."""
        last, past, short = self.last, self.past, self._short(self.last)
        if self._doubtful(last) or (not short and (past is None or past > last + 1)):
            far = f"no end was found up to page {max(self.pages) + 1}"
            return Extent(last + 1, Stop.CAP, note=f"the pages end before page {past + 1}" if past is not None else far)
        page, refusal = self.pages.get(last + 1), self.refusals.get(last + 1)
        if refusal is not None and not isinstance(refusal, AbsentError) and not short:
            return Extent(
                last + 1, Stop.REFUSED, note=f"page {last + 2} and those after it are refused: {refusal.what}"
            )
        if page is not None and page.records:
            return self._repeated(last + 1)
        return self._end(last, self._why(page, refusal), page)

    def _repeated(self, position: int) -> Extent:
        """Give the end at the first of equal pages: the last page, or the first page where it is the only one.

        Where others came between, the first page again is what comes past the end.
        """
        mark = self._marks[position]
        again = next(
            (self.pages[later] for later in sorted(self._marks) if later > position and self._marks[later] == mark),
            None,
        )
        if mark == self._marks[0] and position > 1:
            return self._end(position - 1, Stop.REPEATED, self.pages[position])
        if mark == self._marks[0]:
            return Extent(1, Stop.REPEATED, beyond=self.pages[position])
        return self._end(position, Stop.REPEATED, again)

    def _why(self, page: Page | None, refusal: FetchError | None) -> Stop:
        """Give the reason why a page is the last, by what came past it."""
        if page is None:
            return Stop.ABSENT if isinstance(refusal, AbsentError) else Stop.SHORT
        return stop_of(page)

    def _end(self, last: int, stop: Stop, beyond: Page | None) -> Extent:
        """Give the end at a page that was read; pages before it hold as many records as the first."""
        total = last * self._size(0) + self._size(last)
        limit = limit_of(total, 0 if self._short(last) else last + 1)
        more = f", after {limit}: there may be more" if limit else ""
        note = f"no total is told, and the pages end with page {last + 1}{more}"
        return Extent(last + 1, stop, total, note, beyond, limited=bool(limit))

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
) -> Generator[Sequence[Call], Batch, tuple[Extent, Mapping[int, Page]]]:
    """Find where a list ends after its `first` page, and return every page with records that was read.

    A system that gives nothing more, be it overloaded, out of reach or out of patience, ends the search once it refuses
    the very next page as well: it may only refuse to go far.
    """
    search = EndSearch()
    search.add(0, first)
    stop: Stop | None = None
    severe: FetchError | None = None
    while stop is None:
        room = max(0, min(wave, state.plan.most_pages - len(search.pages)))
        wanted = search.next(room) if severe is None else (search.last + 1,)[:room]
        if not wanted or (severe is not None and wanted[0] in search.pages):
            break
        batch = yield [state.builder.page(position, state.size, optional=True) for position in wanted]
        state.requests += batch.answered
        stop = batch.stop
        for number, position in enumerate(wanted):
            if number in batch.refused or batch.pages[number] is not None:
                search.add(position, batch.pages[number], batch.refused.get(number))
        errors = [error for error in batch.refused.values() if not isinstance(error, ResponseError)]
        severe = errors[0] if errors and not batch.arrived else None
    end = search.end()
    if stop is not None:
        end = Extent(end.count, stop, over=stop is not Stop.CAP)
    elif severe is not None:
        note = f"what comes after page {search.last + 1} could not be read: {sentence(severe)}"
        end = Extent(search.last + 1, Stop.REFUSED, note=note, over=True)
    read = {position: page for position, page in search.pages.items() if page is not None and position < end.count}
    return end, read

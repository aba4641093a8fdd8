"""The page loops: spread over a collection where pages have numbers, one after the other where they have not."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace

from ipaas_discovery.samples.calls import Asker, Call, Page, Seen
from ipaas_discovery.samples.flight import Batch, Steps
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.reading import Reading
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.samples.strata import call, edges, ignored, moments, values, values_found
from ipaas_discovery.systems.ask import Ask

__all__ = ["Trail", "read_list"]

Loop = Generator[Sequence[Call], Batch, None]


def read_list(system: str, asker: Asker, plan: Plan, wave: int) -> Steps:
    """The steps that read a list by a plan, `wave` pages at a time where nobody knows how many there are."""
    reading = Reading(system, asker, plan)
    count_call = asker.count()
    batch = yield [asker.page(0, plan.size), *([count_call] if count_call else [])]
    reading.requests = len(batch.arrived)
    first, counted = batch.pages[0], asker.counted(batch.pages[1]) if count_call else None
    if first is None:
        reading.stop = batch.stop or Stop.CAP
        return reading.sample()
    reading.take([first])
    reading.plan = replace(plan, size=asker.paging.step(plan.size, len(first.records)) or plan.size)
    reading.total = asker.paging.records_total(first.answer) if counted is None else counted
    if not first.records:
        reading.stop = Stop.NO_CONTENT if first.answer.body is None else Stop.EMPTY
        reading.total = reading.total or 0
    elif asker.paging.numbered:
        count = asker.paging.page_count(first.answer, len(first.records))
        if count is None and counted is not None:
            count = -(-counted // len(first.records))
        if _is_of_the_page(reading, first):
            yield from _beyond(reading, wave)
        else:
            yield from _in_waves(reading, wave) if count is None else _spread(reading, count, wave)
    else:
        yield from _followed(reading, first)
    reading.notes += ignored(asker, reading.extra)
    return reading.sample()


def _is_of_the_page(reading: Reading, first: Page) -> bool:
    """Whether what is said of the total may be true of the first page alone, as where a wrong place is configured."""
    total, came = reading.total, len(first.records)
    return total is not None and (total < came or total == came == reading.plan.size) and reading.plan.pages > 1


def _beyond(reading: Reading, wave: int) -> Loop:
    """The second page, where the first is all there is by the total; and all others, if that holds records."""
    asker, said, first = reading.asker, reading.total, reading.main[0]
    batch = yield [asker.page(1, reading.plan.size, optional=True)]
    reading.requests += len(batch.arrived)
    trail = Trail(asker, reading.plan.size, [first])
    for page in batch.arrived:
        trail.take(page)
    if said != len(first.records) or len(trail.pages) > 1:
        reading.total = None
        reading.notes.append(f"the system says {said}, which is not the whole: correct `total` in the connector")
    if len(trail.pages) > 1:
        yield from _in_waves(reading, wave)
    else:
        reading.stop = Stop.COMPLETE


def _spread(reading: Reading, count: int, wave: int) -> Loop:
    """The planned pages after the first and the strata, in flight together; then further ones until they are quiet."""
    plan, asker = reading.plan, reading.asker
    read = set(plan.positions(count))
    reading.stop = Stop.COMPLETE if len(read) == count else Stop.SPACED
    strata = [*edges(asker, plan), *values(asker, plan)] if reading.stop is Stop.SPACED else []
    calls = [asker.page(position, plan.size) for position in sorted(read)[1:]]
    batch = yield [*calls, *(call(asker, plan, each) for each in strata)]
    _received(reading, batch, len(calls), [name for name, _ in strata])
    if reading.stop is Stop.SPACED:
        yield from _values_of_records(reading)
    while plan.until_quiet and reading.stop is Stop.SPACED:
        if reading.novelty.quiet >= plan.until_quiet:
            reading.stop = Stop.QUIET
            return
        room = min(plan.until_quiet - reading.novelty.quiet, wave, plan.most_pages - len(read))
        more = plan.further(count, read, room)
        if not more:
            reading.stop = Stop.COMPLETE if len(read) == count else Stop.CAP
            return
        read |= set(more)
        batch = yield [asker.page(position, plan.size) for position in more]
        _received(reading, batch, len(more), [])


def _received(reading: Reading, batch: Batch, pages: int, names: list[str]) -> None:
    """Keep a batch: first `pages` of the spread ones, then one a stratum; an empty page belies the count."""
    spread = [page for page in batch.pages[:pages] if page is not None]
    reading.requests += len(batch.arrived)
    reading.take(page for page in spread if page.records)
    reading.take_extra(names, batch, pages)
    empty = sorted(page.number for page in spread if not page.records)
    if batch.stop is not None:
        reading.stop = batch.stop
    elif empty:
        reading.stop = Stop.EMPTY
        reading.notes.append(f"page {empty[0]} was empty, though the system says it has {reading.total} records")


def _values_of_records(reading: Reading) -> Loop:
    """One page for each filter value that only the records name."""
    asker, plan = reading.asker, reading.plan
    found = values_found(asker, plan, (record for page in reading.main for record in page.records))
    if found:
        batch = yield [call(asker, plan, each) for each in found]
        _received(reading, batch, 0, [name for name, _ in found])


def _strata(reading: Reading) -> Loop:
    """The edges and one page a filter value, for a collection whose end was not reached."""
    asker, plan = reading.asker, reading.plan
    named = [*edges(asker, plan), *values(asker, plan)]
    if named:
        batch = yield [call(asker, plan, each) for each in named]
        _received(reading, batch, 0, [name for name, _ in named])
        if batch.stop is None:
            yield from _values_of_records(reading)
    elif asker.spec.filters:
        yield from _values_of_records(reading)


def _in_waves(reading: Reading, wave: int) -> Loop:
    """Page after page, several at a time, up to the end: nobody says how many there are."""
    trail = Trail(reading.asker, reading.plan.size, reading.main[:1])
    most = _most(reading.plan)
    while trail.stop is None:
        start = len(trail.pages)
        numbers = range(start, min(start + wave, most))
        if not numbers or _quiet(reading, start):
            reading.stop = Stop.QUIET if _quiet(reading, start) else Stop.CAP
            yield from _strata(reading)
            return
        batch = yield [reading.asker.page(position, reading.plan.size, optional=True) for position in numbers]
        reading.requests += len(batch.arrived)
        for place, page in enumerate(batch.pages):
            if page is not None:
                trail.take(page)
            elif trail.stop is None and (refused := batch.refused.get(place)):
                if not refused.absent:
                    raise refused
                trail.stop = Stop.EMPTY  # nobody said how many pages there are: this one is behind the last
        reading.take(trail.pages[start:])
        trail.stop = batch.stop or trail.stop
    reading.stop = trail.stop


def _followed(reading: Reading, first: Page) -> Loop:
    """Page after page by what each says comes next; stretches of time and filter values beside, where configured."""
    asker, plan = reading.asker, reading.plan
    splits = plan.edges and (asker.spec.since is not None or bool(asker.spec.filters))
    trail = Trail(asker, plan.size, [first])
    half = max(1, plan.pages // 2) if splits else _most(plan)
    yield from _along(reading, trail, half)
    if trail.stop is None:
        yield from _strata(reading)
        yield from _stretches(reading, plan.pages - half)
        if splits and plan.until_quiet and reading.stop is Stop.CAP:
            yield from _along(reading, trail, _most(plan), beside=plan.pages - half)


def _along(reading: Reading, trail: Trail, most: int, beside: int = 0) -> Loop:
    """Page after page up to `most`, or until enough are quiet; `beside` of the plan's pages were read elsewhere."""
    while trail.stop is None:
        done = len(trail.pages)
        following = trail.next()
        if following is None:
            trail.stop = Stop.NO_NEXT
            break
        if done >= most or _quiet(reading, done + beside):
            reading.stop = Stop.QUIET if _quiet(reading, done + beside) else Stop.CAP
            return
        batch = yield [following]
        reading.requests += len(batch.arrived)
        for page in batch.arrived:
            trail.take(page)
        reading.take(trail.pages[done:])
        trail.stop = batch.stop or trail.stop
    reading.stop = trail.stop or Stop.NO_NEXT


def _stretches(reading: Reading, pages: int) -> Loop:
    """As many stretches of time as pages are left, one page each: a cursor alone would see the beginning only."""
    if pages < 1 or reading.stop not in {Stop.CAP, Stop.QUIET} or not reading.plan.edges:
        return
    named = moments(reading.asker, reading.main, pages)
    if named:
        batch = yield [call(reading.asker, reading.plan, each) for each in named]
        _received(reading, batch, 0, [name for name, _ in named])


def _most(plan: Plan) -> int:
    return max(plan.pages, plan.most_pages) if plan.until_quiet else plan.pages


def _quiet(reading: Reading, pages: int) -> bool:
    """Whether the plan's pages are read and enough further ones brought nothing new."""
    plan = reading.plan
    return bool(plan.until_quiet) and pages >= plan.pages and reading.novelty.quiet >= plan.until_quiet


@dataclass(slots=True)
class Trail:
    """Pages read one after the other from the first, and why they ended; None while there may be more."""

    asker: Asker
    size: int | None
    pages: list[Page] = field(default_factory=list)
    more: Ask | None = None
    stop: Stop | None = None
    _seen: Seen = field(default_factory=Seen)

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
            if self.asker.paging.numbered and len(page.records) < len(self.pages[0].records):
                self.stop = Stop.SHORT

    def next(self) -> Call | None:
        """The call for what comes after the last page; None at the end."""
        if self.stop is not None or not self.pages:
            return None
        last = self.pages[-1]
        if self.asker.paging.numbered:
            count = self.asker.paging.page_count(self.pages[0].answer, len(self.pages[0].records))
            if count is not None and last.number >= count:
                return None
        return self.asker.after(last, self.size, self.more)

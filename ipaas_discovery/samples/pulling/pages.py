"""The page loops: spread over a collection where pages have numbers, one after the other where they have not."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import chain

from ipaas_discovery.errors import AbsentError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.find_end import find_end
from ipaas_discovery.samples.pulling.read_state import ReadState
from ipaas_discovery.samples.pulling.sequential import SequentialPages
from ipaas_discovery.samples.pulling.strata import call, edges, ignored, values, values_found
from ipaas_discovery.samples.pulling.time_windows import stretches
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch, Steps
from ipaas_discovery.samples.sample import Stop

__all__ = ["read_list"]

Loop = Generator[Sequence[Call], Batch, None]
SEEKING = "looking for the end"
"""The stratum of pages that were read to find how many there are, and are none of the spread ones."""
NOTHING_NEW = (
    "stretches of time brought no further record: it may give the newest first, "
    "so name `between` or `sort.oldest` in the connector"
)


def read_list(system: str, asker: RequestBuilder, plan: Plan, wave: int) -> Steps:
    """The steps that read a list by a plan, `wave` pages at a time where nobody knows how many there are."""
    reading = ReadState(system, asker, plan)
    count_call = asker.count()
    batch = yield [asker.page(0, plan.size), *([count_call] if count_call else [])]
    reading.requests = batch.answered
    first, counted = batch.pages[0], asker.counted(batch.pages[1]) if count_call else None
    if first is None:
        reading.stop = batch.stop or Stop.CAP
        return reading.sample()
    reading.take([first])
    reading.size = asker.paging.stride(plan.size, len(first.records))
    reading.total = asker.paging.records_total(first.answer) if counted is None else counted
    if not first.records:
        reading.stop = Stop.NO_CONTENT if first.answer.body is None else Stop.EMPTY
        reading.total = reading.total or 0
    elif asker.paging.numbered:
        count = asker.paging.page_count(first.answer, len(first.records))
        if count is None and counted is not None:
            count = -(-counted // len(first.records))
        if _is_of_the_page(reading, first):
            yield from _beyond(reading, first, wave)
        elif count is None:
            yield from _to_the_end(reading, first, wave)
        else:
            yield from _spread(reading, count, wave)
    else:
        yield from _followed(reading, first)
    reading.notes += ignored(asker, reading.extra)
    return reading.sample()


def _is_of_the_page(reading: ReadState, first: Page) -> bool:
    """Whether what is said of the total may be true of the first page alone, as where a wrong place is configured."""
    total, came = reading.total, len(first.records)
    return total is not None and (total < came or total == came == reading.plan.size) and reading.plan.pages > 1


def _beyond(reading: ReadState, first: Page, wave: int) -> Loop:
    """The second page, where the first is all there is by the total; and all others, if that holds records."""
    asker, said = reading.asker, reading.total
    batch = yield [asker.page(1, reading.size, optional=True)]
    reading.requests += batch.answered
    trail = SequentialPages(asker, reading.size, [first])
    for page in batch.arrived:
        trail.take(page)
    reading.stop = batch.stop or Stop.COMPLETE
    if said != len(first.records) or len(trail.pages) > 1:
        reading.total, reading.told = None, False
        reading.notes.append(f"the system says {said}, which is not the whole: correct `total` in the connector")
    if len(trail.pages) > 1 and batch.stop is None:
        yield from _to_the_end(reading, first, wave)


def _spread(reading: ReadState, count: int, wave: int) -> Loop:
    """The planned pages that are not read yet, and the strata, in flight together; then further ones until quiet."""
    plan, asker = reading.plan, reading.asker
    read = {page.number - 1 for page in reading.everything}
    wanted = [position for position in plan.positions(count) if position not in read]
    room = max(0, max(plan.pages, plan.most_pages) - len(read))  # looking for the end may have used some of it
    chosen = wanted if len(wanted) <= room else wanted[:: -(-len(wanted) // room)] if room else []
    calls = [asker.page(position, reading.size, optional=True) for position in chosen]
    read.update(chosen)
    whole = len(read) == count
    reading.stop = Stop.COMPLETE if whole else Stop.SPACED if len(chosen) == len(wanted) else Stop.CAP
    strata = [] if whole else [*edges(asker, plan), *values(asker, plan)]
    batch = yield [*calls, *(call(asker, plan, each) for each in strata)]
    _received(reading, batch, len(calls), [name for name, _ in strata])
    if reading.stop in {Stop.SPACED, Stop.CAP} and batch.stop is None:
        yield from _values_of_records(reading)
    while plan.until_quiet and reading.stop is Stop.SPACED:
        if reading.quiet >= plan.until_quiet:
            reading.stop = Stop.QUIET
            return
        room = min(plan.until_quiet - reading.quiet, wave, plan.most_pages - len(read))
        more = plan.further(count, read, room)
        if not more:
            reading.stop = Stop.COMPLETE if len(read) == count else Stop.CAP
            return
        read |= set(more)
        batch = yield [asker.page(position, reading.size, optional=True) for position in more]
        _received(reading, batch, len(more), [])


def _received(reading: ReadState, batch: Batch, pages: int, names: list[str]) -> None:
    """Keep a batch: first `pages` of the spread ones, then one a stratum; a page that holds nothing belies the count.

    Raises:
        FetchError: if one of the spread pages is refused and not said to be missing.
    """
    spread = [page for page in batch.pages[:pages] if page is not None]
    refused = [error for position, error in batch.refused.items() if position < pages]
    for error in refused:
        if not isinstance(error, AbsentError):
            raise error
    reading.requests += batch.answered
    reading.take(page for page in spread if page.records)
    reading.take_extra(names, batch, pages)
    empty = sorted(page.number for page in spread if not page.records)
    if batch.stop is not None:
        reading.stop = batch.stop
    elif refused:
        reading.stop = Stop.ABSENT
        reading.notes.append(f"{refused[0].what} ({refused[0].where}), though there should be {reading.total} records")
    elif empty:
        reading.stop = Stop.EMPTY
        belied = "later ones are not" if reading.total is None else f"there should be {reading.total} records"
        reading.notes.append(f"page {empty[0]} was empty, though {belied}")


def _values_of_records(reading: ReadState) -> Loop:
    """One page for each filter value that only the records name."""
    asker, plan = reading.asker, reading.plan
    found = values_found(asker, plan, (record for page in reading.main for record in page.records))
    if found:
        batch = yield [call(asker, plan, each) for each in found]
        _received(reading, batch, 0, [name for name, _ in found])


def _strata(reading: ReadState) -> Loop:
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


def _to_the_end(reading: ReadState, first: Page, wave: int) -> Loop:
    """Find how many pages there are where nobody says it, then read as if it had been said."""
    plan = reading.plan
    if plan.pages == 1:
        reading.stop = Stop.CAP
        yield from _strata(reading)
        return
    end, read = yield from find_end(reading, first, wave)
    whole = len(read) == end.count
    planned = set(read) if whole else set(plan.positions(end.count))
    reading.take(read[position] for position in sorted(planned & read.keys() - {0}))
    reading.take((read[position] for position in sorted(read.keys() - planned)), SEEKING)
    reading.stop, reading.total = end.stop, end.total
    if end.stop in {Stop.INTERRUPTED, Stop.TIME} or (whole and end.total is not None):
        return
    if whole or end.stop is Stop.CAP:
        yield from _strata(reading)
    else:
        yield from _spread(reading, end.count, wave)
    complete = reading.stop is Stop.COMPLETE
    if end.note and (end.total is None or not complete):
        reading.notes.append(end.note)
    reading.stop = end.stop if complete else reading.stop


def _followed(reading: ReadState, first: Page) -> Loop:
    """Page after page by what each says comes next; stretches of time and filter values beside, where configured."""
    asker, plan = reading.asker, reading.plan
    splits = plan.edges and asker.spec.splits
    trail = SequentialPages(asker, plan.size, [first])
    half = max(1, plan.pages // 2) if splits else _most(plan)
    yield from _along(reading, trail, half)
    if trail.stop is None:
        yield from _strata(reading)
        yield from _stretches(reading, plan.pages - half)
        if splits and plan.until_quiet and reading.stop is Stop.CAP:
            yield from _along(reading, trail, _most(plan), beside=plan.pages - half)


def _along(reading: ReadState, trail: SequentialPages, most: int, beside: int = 0) -> Loop:
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
        reading.requests += batch.answered
        for page in batch.arrived:
            trail.take(page)
        reading.take(trail.pages[done:])
        trail.stop = batch.stop or trail.stop
    reading.stop = trail.stop or Stop.NO_NEXT


def _stretches(reading: ReadState, pages: int) -> Loop:
    """As many stretches of time as pages are left, one page each: a cursor alone would see the beginning only."""
    if pages < 1 or reading.stop not in {Stop.CAP, Stop.QUIET} or not reading.plan.edges:
        return
    named = stretches(reading.asker, reading.main, [*chain(*reading.extra.values())], pages)
    if named:
        batch = yield [call(reading.asker, reading.plan, each) for each in named]
        if batch.arrived and not any(map(reading.is_new, batch.arrived)):
            reading.notes.append(NOTHING_NEW)
        _received(reading, batch, 0, [name for name, _ in named])


def _most(plan: Plan) -> int:
    return max(plan.pages, plan.most_pages) if plan.until_quiet else plan.pages


def _quiet(reading: ReadState, pages: int) -> bool:
    """Whether the plan's pages are read and enough of the last ones brought nothing new."""
    plan = reading.plan
    return bool(plan.until_quiet) and pages >= plan.pages and reading.quiet >= plan.until_quiet

"""The page loops: spread over a collection where pages have numbers, one after the other where they have not."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import chain

from ipaas_discovery.errors import AbsentError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.pulling.find_end import find_end
from ipaas_discovery.samples.pulling.list_ends import BELIED, may_count_page, sentence, stop_of
from ipaas_discovery.samples.pulling.read_state import ReadState
from ipaas_discovery.samples.pulling.sequential import SequentialPages
from ipaas_discovery.samples.pulling.strata import call, edges, ignored, values, values_found
from ipaas_discovery.samples.pulling.time_windows import time_windows
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.request_builder import RequestBuilder
from ipaas_discovery.samples.requests.scheduler import Batch, Steps
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.systems.answers.signs import counts_page, sign_of_more

__all__ = ["read_list"]

Loop = Generator[Sequence[Call], Batch, None]
SEEKING = "looking for the end"
"""Name of the stratum of pages that were read only to find how many there are."""
NOTHING_NEW = (
    "stretches of time brought no further record: it may give the newest first, "
    "so name `between` or `sort.oldest` in the connector"
)


def read_list(system: str, builder: RequestBuilder, plan: Plan, wave: int) -> Steps:
    """Read a list by a plan, `wave` pages at a time where the number of pages is unknown."""
    state = ReadState(system, builder, plan)
    count_call = builder.count()
    batch = yield [builder.page(0, plan.size), *([replace(count_call, optional=True)] if count_call else [])]
    state.requests = batch.answered
    first, counted = batch.pages[0], builder.counted(batch.pages[1]) if count_call else None
    state.notes += [f"the count could not be asked for: {sentence(error)}" for error in batch.refused.values()]
    if first is None:
        state.stop = batch.stop or Stop.CAP
        return state.sample()
    state.take([first])
    state.size = builder.paging.stride(plan.size, len(first.records))
    state.total = builder.paging.records_total(first.answer) if counted is None else counted
    if not first.records and state.total is not None and state.total < 0:
        state.total, state.total_is_trusted = None, False
    if not first.records and (builder.paging.numbered or first.answer.body is None):
        state.stop = stop_of(first)
    elif builder.paging.numbered:
        count = builder.paging.page_count(first.answer, len(first.records))
        if count is None and counted is not None:
            count = -(-counted // len(first.records))
        if may_count_page(first, state.total, builder.paging, plan.size):
            yield from _read_beyond_total(state, first, wave)
        elif count is None:
            yield from _read_to_end(state, first, wave)
        else:
            yield from _read_spread(state, count, wave)
    else:
        yield from _follow(state, first)
    state.notes += ignored(builder, state.extra)
    return state.sample()


def _read_beyond_total(state: ReadState, first: Page, wave: int) -> Loop:
    """Read the second page, where by the total there is none; and all others, if it holds records."""
    builder, reported = state.builder, state.total
    if state.plan.pages == 1:
        state.stop, state.total, state.total_is_trusted = Stop.CAP, None, False
        return
    batch = yield [builder.page(1, state.size, optional=True)]
    state.requests += batch.answered
    sequence = SequentialPages(builder, state.size, [first])
    for page in batch.arrived:
        sequence.take(page)
    for refusal in batch.refused.values():
        sequence.miss(refusal)
    agrees = reported == len(first.records) and len(sequence.pages) == 1
    is_true = agrees and (sequence.stop in {Stop.EMPTY, Stop.NO_CONTENT} or not counts_page(builder.paging.total))
    if not is_true:
        state.total, state.total_is_trusted = None, False
    if not agrees:
        state.notes.append(BELIED.format(total=reported))
    if len(sequence.pages) > 1 and batch.stop is None:
        yield from _read_to_end(state, first, wave)
        return
    state.beyond = sequence.beyond
    state.is_confirmed = is_true and sequence.stop is Stop.ABSENT
    state.stop = batch.stop or (Stop.COMPLETE if is_true else sequence.stop or Stop.CAP)
    state.notes += [sequence.trouble] if state.stop is Stop.REFUSED else []


def _read_spread(state: ReadState, count: int, wave: int) -> Loop:
    """Read the planned pages that are still missing and the strata, in flight together; then more until quiet."""
    plan, builder = state.plan, state.builder
    read = {page.number - 1 for page in state.everything}
    wanted = [position for position in plan.positions(count) if position not in read]
    room = max(0, max(plan.pages, plan.most_pages) - len(read))  # looking for the end may have used some of it
    chosen = wanted if len(wanted) <= room else wanted[:: -(-len(wanted) // room)] if room else []
    calls = [builder.page(position, state.size, optional=True) for position in chosen]
    read.update(chosen)
    whole = len(read) == count
    state.stop = Stop.COMPLETE if whole else Stop.SPACED if len(chosen) == len(wanted) else Stop.CAP
    strata = [] if whole else [*edges(builder, plan), *values(builder, plan)]
    beyond = [builder.page(count, state.size, optional=True)] if calls and whole and _ends_full(state, count) else []
    answered = yield [*calls, *(call(builder, plan, stratum) for stratum in strata), *beyond]
    batch, ahead = answered.split(len(calls)) if beyond else (answered, None)
    state.requests += ahead.answered if ahead else 0
    _keep_batch(state, batch, len(calls), [name for name, _ in strata])
    if state.stop in {Stop.SPACED, Stop.CAP} and batch.stop is None:
        yield from _read_record_values(state)
    if state.stop is Stop.COMPLETE:
        yield from _read_on(state, count, ahead)
    while plan.until_quiet and state.stop is Stop.SPACED:
        if state.quiet >= plan.until_quiet:
            state.stop = Stop.QUIET
            return
        room = min(plan.until_quiet - state.quiet, wave, plan.most_pages - len(read))
        more = plan.further(count, read, room)
        if not more:
            state.stop = Stop.COMPLETE if len(read) == count else Stop.CAP
            return
        read |= set(more)
        batch = yield [builder.page(position, state.size, optional=True) for position in more]
        _keep_batch(state, batch, len(more), [])


def _ends_full(state: ReadState, count: int) -> bool:
    """Tell whether by the total the last of `count` pages is full, so that one more is asked for."""
    return state.total is not None and state.total >= count * len(state.main[0].records)


def _read_on(state: ReadState, count: int, ahead: Batch | None) -> Loop:
    """Read what the total does not count: gaps that smaller pages left, and pages after a last one that is full.

    `ahead` is what the call for the page after the last one brought, where it was sent with those before.
    """
    builder = state.builder
    before = -1
    while state.expected is not None and before < (came := state.came) < state.expected:
        before = came
        calls = [call for page in state.main if (call := builder.rest_of(page, state.size)) is not None]
        if calls:
            batch = yield calls
            state.requests += batch.answered
            state.take(filter(state.is_new, batch.arrived))
            _note_refusals(state, batch)
    last = max(state.main, key=lambda page: page.number)
    full = max(len(page.records) for page in state.main)
    alone = count == 1 and not _sized(state, last)  # less than was asked for came, and all that is said to be there
    counted, most = count, max(state.plan.pages, state.plan.most_pages, count + 1)
    stop: Stop | None = None
    while not alone and state.beyond is None and (ahead or count > counted or _may_go_on(state, last, full)):
        if count == most:
            stop = Stop.CAP
            break
        if ahead is None:
            ahead = yield [builder.page(count, state.size, optional=True)]
            state.requests += ahead.answered
        fresh = [page for page in ahead.arrived if state.is_new(page)]
        if not fresh:
            state.beyond = next(iter(ahead.arrived), None)
            stop = ahead.stop or _stop_beyond(state.beyond)
            _note_refusals(state, ahead)
            break
        state.take(fresh)
        count, last, alone, ahead = count + 1, fresh[0], False, None
    if stop is not None and count > counted:  # pages came that should not exist
        state.stop = stop if state.stop is Stop.COMPLETE else state.stop
        if state.total is not None and state.came > state.total:
            state.notes.append(BELIED.format(total=state.total))
            state.total, state.total_is_trusted = None, False


def _may_go_on(state: ReadState, last: Page, full: int) -> bool:
    """Tell whether there may be more behind the last page by what came: it is full, or records are missing."""
    return len(last.records) >= full or _misses_pages(state)


def _stop_beyond(page: Page | None) -> Stop:
    """Give the reason to stop that a page behind the last one is, or that there is none."""
    if page is None:
        return Stop.ABSENT
    return Stop.REPEATED if page.records else stop_of(page)


def _sized(state: ReadState, page: Page) -> bool:
    """Tell whether a page holds as many records as were asked for, or as a page may hold without being asked."""
    return sign_of_more(page.answer, len(page.records), asked=state.plan.size) is not None or state.total != state.came


def _misses_pages(state: ReadState) -> bool:
    """Tell whether records are missing that pages with numbers can still bring."""
    return (
        state.expected is not None and state.came < state.expected and state.builder.rest_of(state.main[-1], 1) is None
    )


def _note_refusals(state: ReadState, batch: Batch) -> None:
    """Note a refusal of what may be missing; that of a page after all that are told is none."""
    refused = [error for error in batch.refused.values() if not isinstance(error, AbsentError)]
    if refused and state.expected != state.came:
        state.stop = Stop.REFUSED
        state.notes.append(f"further records could not be read: {sentence(refused[0])} ({refused[0].where})")


def _keep_batch(state: ReadState, batch: Batch, pages: int, names: list[str]) -> None:
    """Keep a batch: first `pages` of the spread ones, then one per stratum; an empty page refutes the count.

    A page that is refused loses nothing of the others.
    """
    spread = [page for page in batch.pages[:pages] if page is not None]
    refused = [error for position, error in batch.refused.items() if position < pages]
    state.requests += batch.answered
    state.take(page for page in spread if page.records)
    state.take_extra(names, batch, pages)
    empty = sorted(page.number for page in spread if not page.records)
    if batch.stop is not None:
        state.stop = batch.stop
    elif refused and not isinstance(refused[0], AbsentError):
        state.stop = Stop.REFUSED
        count = f"{len(refused)} page{'s' if len(refused) > 1 else ''} could not be read"
        state.notes.append(f"{count}: {refused[0].what} ({refused[0].where})")
    elif refused:
        state.stop = Stop.ABSENT if state.total is not None else Stop.GAP
        state.notes.append(f"{refused[0].what} ({refused[0].where}), though there should be {state.expected} records")
    elif empty:
        state.stop = Stop.EMPTY if state.total is not None else Stop.GAP
        belied = "later ones are not" if state.total is None else f"there should be {state.total} records"
        state.notes.append(f"page {empty[0]} was empty, though {belied}")


def _read_record_values(state: ReadState) -> Loop:
    """Read one page for each filter value that only the records name."""
    builder, plan = state.builder, state.plan
    strata = values_found(builder, plan, (record for page in state.main for record in page.records))
    if strata:
        batch = yield [call(builder, plan, stratum) for stratum in strata]
        _keep_batch(state, batch, 0, [name for name, _ in strata])


def _read_strata(state: ReadState) -> Loop:
    """Read the edges and one page per filter value, for a collection whose end was not reached."""
    builder, plan = state.builder, state.plan
    named = [*edges(builder, plan), *values(builder, plan)]
    if named:
        batch = yield [call(builder, plan, stratum) for stratum in named]
        _keep_batch(state, batch, 0, [name for name, _ in named])
        if batch.stop is None:
            yield from _read_record_values(state)
    elif builder.spec.filters:
        yield from _read_record_values(state)


def _read_to_end(state: ReadState, first: Page, wave: int) -> Loop:
    """Find how many pages there are where the system does not say, then read as if it had said so."""
    plan = state.plan
    if plan.pages == 1:
        state.stop = Stop.CAP
        yield from _read_strata(state)
        return
    end, read = yield from find_end(state, first, wave)
    whole = len(read) == end.count
    planned = set(read) if whole else set(plan.positions(end.count))
    state.take(read[position] for position in sorted(planned & read.keys() - {0}))
    state.take((read[position] for position in sorted(read.keys() - planned)), SEEKING)
    state.stop, state.counted, state.beyond = end.stop, end.total, end.beyond
    state.is_limited = end.limited
    if end.over or (whole and end.total is not None):
        state.notes += [end.note] if end.over and end.note else []
        return
    if whole or end.stop is Stop.CAP:
        yield from _read_strata(state)
    else:
        yield from _read_spread(state, end.count, wave)
    complete = state.stop is Stop.COMPLETE
    if end.note and (end.total is None or not complete):
        state.notes.append(end.note)
    if complete:
        state.stop = end.stop
        state.take(state.extra.pop(SEEKING, []))


def _follow(state: ReadState, first: Page) -> Loop:
    """Read page after page by what each says comes next, and windows of time and filter values where configured."""
    builder, plan = state.builder, state.plan
    splits = plan.edges and builder.spec.splits
    sequence = SequentialPages(builder, plan.size)
    sequence.take(first)
    half = max(1, plan.pages // 2) if splits else _page_limit(plan)
    yield from _follow_until(state, sequence, half)
    if sequence.stop is None:
        yield from _read_strata(state)
        yield from _read_windows(state, plan.pages - half)
        if splits and plan.until_quiet and state.stop is Stop.CAP:
            yield from _follow_until(state, sequence, _page_limit(plan), beside=plan.pages - half)


def _follow_until(state: ReadState, sequence: SequentialPages, most: int, beside: int = 0) -> Loop:
    """Read page after page up to `most`, or until enough are quiet; `beside` pages of the plan were read elsewhere."""
    while sequence.stop is None:
        done = len(sequence.pages)
        following = sequence.next()
        if following is None:
            sequence.stop = sequence.stop or Stop.NO_NEXT
            break
        if done >= most or _is_quiet(state, done + beside):
            state.stop = Stop.QUIET if _is_quiet(state, done + beside) else Stop.CAP
            return
        batch = yield [replace(following, optional=True)]
        state.requests += batch.answered
        for page in batch.arrived:
            sequence.take(page)
        for refusal in batch.refused.values():
            sequence.miss(refusal)
        state.take(sequence.pages[done:])
        sequence.stop = batch.stop or sequence.stop
    state.stop, state.beyond = sequence.stop or Stop.NO_NEXT, sequence.beyond if sequence.pages else None
    state.notes += [sequence.trouble] if sequence.trouble else []


def _read_windows(state: ReadState, pages: int) -> Loop:
    """Read one page for each window of time, as many as pages are left: a cursor alone shows the beginning only."""
    if pages < 1 or state.stop not in {Stop.CAP, Stop.QUIET} or not state.plan.edges:
        return
    named = time_windows(state.builder, state.main, [*chain(*state.extra.values())], pages)
    if named:
        batch = yield [call(state.builder, state.plan, window) for window in named]
        if batch.arrived and not any(map(state.is_new, batch.arrived)):
            state.notes.append(NOTHING_NEW)
        _keep_batch(state, batch, 0, [name for name, _ in named])


def _page_limit(plan: Plan) -> int:
    return max(plan.pages, plan.most_pages) if plan.until_quiet else plan.pages


def _is_quiet(state: ReadState, pages: int) -> bool:
    """Tell whether the plan's pages are read and enough of the last ones brought nothing new."""
    plan = state.plan
    return bool(plan.until_quiet) and pages >= plan.pages and state.quiet >= plan.until_quiet

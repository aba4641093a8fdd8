"""Requests in flight: the next calls of every collection through one executor, none of whose workers ever waits.

A collection is read by *steps*, a generator that yields the calls it can make now and is sent the pages they
bring. One loop, in the caller's own thread, drives the steps of all collections and parses what comes; so pages and
collections are in flight together, nothing can wait in a circle, and an interrupt is met where it arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from typing import cast

from ipaas_discovery.errors import BudgetError, FetchError
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.samples.sample import Sample, Stop

__all__ = ["Batch", "Scheduler", "Steps", "within"]

HEARTBEAT = 0.05
"""Seconds after which the loop looks whether it was cancelled, when nothing has come."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of calls brought, in their order: a page, or None where there is none.

    `stop` says why the rest was not asked for or not waited for, None if all were answered. `refused` holds the errors
    of optional calls by their position.
    """

    pages: tuple[Page | None, ...]
    stop: Stop | None = None
    refused: Mapping[int, FetchError] = field(default_factory=dict)

    @property
    def arrived(self) -> list[Page]:
        """The pages that came."""
        return [page for page in self.pages if page is not None]

    @property
    def answered(self) -> int:
        """How many calls the system answered, refusals included."""
        return len(self.arrived) + len(self.refused)


Steps = Generator[Sequence[Call], Batch, Sample]


@dataclass(slots=True, eq=False)
class _Task:
    """One collection on its way: its steps, and the calls it waits for."""

    name: str
    steps: Steps
    spent: int = 0
    futures: list[Future[LazyPage] | None] = field(default_factory=list)
    calls: Sequence[Call] = ()
    left: int = 0


class Scheduler:
    """Drives the steps of collections until all have ended.

    Args:
        executor: runs single calls; its workers are the requests in flight.
        send: sends one call; the loop itself parses the answer.
        cancel: set it, from any thread, to stop and keep what was fetched.
        requests: calls for a collection, at most, by its name; no bound for one that is not there.
        until: tells whether the time is used up.
    """

    def __init__(
        self,
        executor: Executor,
        send: Requester,
        *,
        cancel: Event,
        requests: Mapping[str, int] | None = None,
        until: Callable[[], bool] = lambda: False,
    ) -> None:
        self._executor, self._send, self._cancel = executor, send.fetch, cancel
        self._requests, self._late = requests or {}, until
        self._legs: dict[str, _Task] = {}
        self._arrivals: SimpleQueue[tuple[_Task, Future[LazyPage]]] = SimpleQueue()
        self.done: dict[str, Sample | FetchError] = {}

    def fly(
        self,
        jobs: Mapping[str, Callable[[], Steps]],
        parents: Mapping[str, str | None],
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        """Run every job; one with a parent among them begins when that has ended. Results are in `done`.

        `stop` is called once the flight is halted, so that calls that wait for their turn end.
        """
        waiting = dict(jobs)
        try:
            while True:
                ready = [each for each in waiting if self._may_begin(parents.get(each), jobs)]
                for name in ready:
                    self._begin(name, waiting.pop(name)())
                if not self._legs:
                    if not ready:
                        break
                    continue  # what began has ended without a call, and its children may begin
                if self._turn() is not None:
                    stop()
        finally:
            for leg in self._legs.values():
                _abandon(leg)

    def _may_begin(self, parent: str | None, jobs: Mapping[str, object]) -> bool:
        return parent is None or parent not in jobs or parent in self.done

    def _begin(self, name: str, steps: Steps) -> None:
        leg = _Task(name, steps)
        self._legs[name] = leg
        self._advance(leg, None)

    def _turn(self) -> Stop | None:
        """Wait for one answer; or for nothing more where the flight is halted, which is then said."""
        halted = self._halted()
        if halted:
            for leg in list(self._legs.values()):
                self._advance(leg, self._batch(leg, halted))
            return halted
        try:
            leg, future = self._arrivals.get(timeout=HEARTBEAT)
        except Empty:
            return None
        except KeyboardInterrupt:
            self._cancel.set()
            return None
        if leg.name in self._legs and future in leg.futures:  # and not of a batch, or a leg, that was given up
            self._arrived(leg, future)
        return None

    def _arrived(self, leg: _Task, future: Future[LazyPage]) -> None:
        leg.left -= 1
        failed = _failure(future)
        if isinstance(failed, KeyboardInterrupt):
            self._cancel.set()
        elif leg.left == 0 or (failed is not None and self._ends(leg, future, failed)):
            self._settle(leg)

    def _halted(self) -> Stop | None:
        if self._cancel.is_set():
            return Stop.INTERRUPTED
        return Stop.TIME if self._late() else None

    def _ends(self, leg: _Task, future: Future[LazyPage], failed: BaseException) -> bool:
        """Whether a failed call ends its collection at once, instead of when its batch is complete."""
        if isinstance(failed, BudgetError):
            return False
        call = next(call for call, each in zip(leg.calls, leg.futures, strict=True) if each is future)
        return not (call.optional and isinstance(failed, FetchError))

    def _settle(self, leg: _Task) -> None:
        """All calls of a batch have ended, or one that matters has failed."""
        try:
            batch = self._batch(leg, None)
        except FetchError as error:
            _abandon(leg)
            self._end(leg, error)
        else:
            self._advance(leg, batch)

    def _batch(self, leg: _Task, halted: Stop | None) -> Batch:
        """What came of a leg's calls; what has not come yet when halted is given up."""
        pages: list[Page | None] = []
        refused: dict[int, FetchError] = {}
        stop = halted
        for position, (call, future) in enumerate(zip(leg.calls, leg.futures, strict=True)):
            page = None
            if future is None:
                stop = stop or Stop.CAP
            elif not halted or future.done():
                try:
                    page = future.result()() if future.done() else None
                except (CancelledError, KeyboardInterrupt):
                    pass
                except BudgetError:
                    stop = stop or Stop.TIME
                except FetchError as error:
                    if not call.optional and not halted:
                        raise
                    refused[position] = error
            pages.append(page)
        if halted:
            _abandon(leg)
        return Batch(tuple(pages), stop, refused)

    def _advance(self, leg: _Task, batch: Batch | None) -> None:
        """Send a leg what it waited for, and take the calls it makes next."""
        while True:
            try:
                leg.calls = next(leg.steps) if batch is None else leg.steps.send(batch)
            except StopIteration as ended:
                self._end(leg, ended.value)
                return
            except FetchError as error:
                self._end(leg, error)
                return
            self._submit(leg)
            if leg.left:
                return
            batch = self._batch(leg, self._halted())  # nothing was sent: the budget or the time is used up

    def _submit(self, leg: _Task) -> None:
        room = max(0, self._requests.get(leg.name, leg.spent + len(leg.calls)) - leg.spent)
        allowed = 0 if self._halted() else min(room, len(leg.calls))
        leg.spent += allowed
        leg.left = allowed
        leg.futures = [self._executor.submit(self._send, call) for call in leg.calls[:allowed]]
        for future in list(leg.futures):
            if future is not None:
                future.add_done_callback(lambda each, leg=leg: self._arrivals.put((leg, each)))  # type: ignore[misc]
        leg.futures += [None] * (len(leg.calls) - allowed)

    def _end(self, leg: _Task, result: Sample | FetchError) -> None:
        self.done[leg.name] = result
        del self._legs[leg.name]


def within(steps: Steps, seconds: float, clock: Callable[[], float]) -> Steps:
    """The steps of one collection with a time of its own: after it no further call is made."""
    began = clock()
    try:
        calls = next(steps)
        while True:
            late = clock() - began >= seconds
            calls = steps.send(Batch((None,) * len(calls), Stop.TIME) if late else (yield calls))
    except StopIteration as ended:
        return cast("Sample", ended.value)


def _failure(future: Future[LazyPage]) -> BaseException | None:
    """Why there is no page, None where there is one: it is parsed here, while the workers wait for the next ones."""
    try:
        future.result()()
    except CancelledError:
        return None
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  raised again where its page is asked for
        return error
    return None


def _abandon(leg: _Task) -> None:
    """Give up the calls that have not begun; those under way end unheard."""
    for future in leg.futures:
        if future is not None:
            future.cancel()

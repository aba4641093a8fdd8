"""The next calls of every collection in flight through one executor, none of whose workers ever waits.

A collection is read by *steps*, a generator that yields the calls it can make now and is sent the pages they
bring. One loop, in the caller's own thread, drives the steps of all collections and parses what comes; so pages and
collections are in flight together, no two can wait for each other, and an interrupt is handled where it arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event
from typing import cast

from ipaas_discovery.errors import BudgetError, FetchError
from ipaas_discovery.samples.requests.page import Call, LazyPage, Page
from ipaas_discovery.samples.requests.requester import Requester
from ipaas_discovery.samples.sample import Sample, Stop

__all__ = ["Batch", "Scheduler", "Steps", "within"]

HEARTBEAT = 0.05
"""Seconds without an answer after which the loop checks whether it was cancelled."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The pages that a batch of calls brought, in the calls' order: None where there is none.

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
        """The number of calls that the system answered, refusals included."""
        return len(self.arrived) + len(self.refused)

    def split(self, at: int) -> tuple[Batch, Batch]:
        """Divide it before the call at a position; a part whose calls were all answered was not stopped."""
        parts = []
        for start, end in ((0, at), (at, len(self.pages))):
            refused = {position - start: error for position, error in self.refused.items() if start <= position < end}
            part = Batch(self.pages[start:end], self.stop, refused)
            parts.append(replace(part, stop=None) if part.answered == end - start else part)
        return parts[0], parts[1]


Steps = Generator[Sequence[Call], Batch, Sample]


@dataclass(slots=True, eq=False)
class _Task:
    """One collection that is being read: its steps, and the calls it waits for."""

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
        requests: the most calls for a collection, by its name; no bound for a collection that is not named.
        until: true once the time is used up.
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
        self._tasks: dict[str, _Task] = {}
        self._arrivals: SimpleQueue[tuple[_Task, Future[LazyPage]]] = SimpleQueue()
        self.done: dict[str, Sample | FetchError] = {}

    def run(
        self,
        jobs: Mapping[str, Callable[[], Steps]],
        parents: Mapping[str, str | None],
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        """Run every job; one with a parent among them begins when that has ended. Results are in `done`.

        `stop` is called once reading is halted, so that calls that wait for the limiter end.
        """
        waiting = dict(jobs)
        try:
            while True:
                ready = [name for name in waiting if self._may_begin(parents.get(name), jobs)]
                for name in ready:
                    self._begin(name, waiting.pop(name)())
                if not self._tasks:
                    if not ready:
                        break
                    continue  # what began has ended without a call, and its children may begin
                if self._wait() is not None:
                    stop()
        finally:
            for task in self._tasks.values():
                _abandon(task)

    def _may_begin(self, parent: str | None, jobs: Mapping[str, object]) -> bool:
        return parent is None or parent not in jobs or parent in self.done

    def _begin(self, name: str, steps: Steps) -> None:
        task = _Task(name, steps)
        self._tasks[name] = task
        self._advance(task, None)

    def _wait(self) -> Stop | None:
        """Wait for one answer; where reading is halted, give up what has not come, and return why."""
        halted = self._halted()
        if halted:
            for task in list(self._tasks.values()):
                self._advance(task, self._batch(task, halted))
            return halted
        try:
            task, future = self._arrivals.get(timeout=HEARTBEAT)
        except Empty:
            return None
        except KeyboardInterrupt:
            self._cancel.set()
            return None
        if task.name in self._tasks and future in task.futures:  # not of a batch or a task that was given up
            self._arrived(task, future)
        return None

    def _arrived(self, task: _Task, future: Future[LazyPage]) -> None:
        task.left -= 1
        failed = _failure(future)
        if isinstance(failed, KeyboardInterrupt):
            self._cancel.set()
        elif task.left == 0 or (failed is not None and self._ends(task, future, failed)):
            self._settle(task)

    def _halted(self) -> Stop | None:
        if self._cancel.is_set():
            return Stop.INTERRUPTED
        return Stop.TIME if self._late() else None

    def _ends(self, task: _Task, future: Future[LazyPage], failed: BaseException) -> bool:
        """Tell whether a failed call ends its collection at once, instead of when its batch is complete."""
        if isinstance(failed, BudgetError):
            return False
        call = next(call for call, other in zip(task.calls, task.futures, strict=True) if other is future)
        return not (call.optional and isinstance(failed, FetchError))

    def _settle(self, task: _Task) -> None:
        """Hand on a batch whose calls have all ended, or end a collection of which one that matters has failed."""
        try:
            batch = self._batch(task, None)
        except FetchError as error:
            _abandon(task)
            self._end(task, error)
        else:
            self._advance(task, batch)

    def _batch(self, task: _Task, halted: Stop | None) -> Batch:
        """Collect what a task's calls brought; what has not come yet when halted is given up."""
        pages: list[Page | None] = []
        refused: dict[int, FetchError] = {}
        stop = halted
        for position, (call, future) in enumerate(zip(task.calls, task.futures, strict=True)):
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
            _abandon(task)
        return Batch(tuple(pages), stop, refused)

    def _advance(self, task: _Task, batch: Batch | None) -> None:
        """Send a task what it waited for, and take the calls it makes next."""
        while True:
            try:
                task.calls = next(task.steps) if batch is None else task.steps.send(batch)
            except StopIteration as ended:
                self._end(task, ended.value)
                return
            except FetchError as error:
                self._end(task, error)
                return
            self._submit(task)
            if task.left:
                return
            batch = self._batch(task, self._halted())  # nothing was sent: the budget or the time is used up

    def _submit(self, task: _Task) -> None:
        room = max(0, self._requests.get(task.name, task.spent + len(task.calls)) - task.spent)
        allowed = 0 if self._halted() else min(room, len(task.calls))
        task.spent += allowed
        task.left = allowed
        task.futures = [self._executor.submit(self._send, call) for call in task.calls[:allowed]]
        for future in list(task.futures):
            if future is not None:
                future.add_done_callback(lambda done, task=task: self._arrivals.put((task, done)))  # type: ignore[misc]
        task.futures += [None] * (len(task.calls) - allowed)

    def _end(self, task: _Task, result: Sample | FetchError) -> None:
        self.done[task.name] = result
        del self._tasks[task.name]


def within(steps: Steps, seconds: float, clock: Callable[[], float]) -> Steps:
    """Read one collection with a time of its own, after which no further call is made."""
    began = clock()
    try:
        calls = next(steps)
        while True:
            late = clock() - began >= seconds
            calls = steps.send(Batch((None,) * len(calls), Stop.TIME) if late else (yield calls))
    except StopIteration as ended:
        return cast("Sample", ended.value)


def _failure(future: Future[LazyPage]) -> BaseException | None:
    """Give the reason why there is no page, None where there is one; the page is parsed meanwhile."""
    try:
        future.result()()
    except CancelledError:
        return None
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  raised again where its page is asked for
        return error
    return None


def _abandon(task: _Task) -> None:
    """Give up the calls that have not begun; the answers to those under way are not looked at."""
    for future in task.futures:
        if future is not None:
            future.cancel()

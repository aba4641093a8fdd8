"""Threads that run calls; one that waits for a silent system does not hold back the end of a program."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import Empty, SimpleQueue
from threading import Lock, Semaphore, Thread
from typing import Any, ParamSpec, TypeVar

__all__ = ["DaemonExecutor"]

Given = ParamSpec("Given")
Result = TypeVar("Result")
Job = tuple[Future[Any], Callable[[], Any]]


class DaemonExecutor(Executor):
    """An executor of daemon threads.

    Python waits for the threads of `ThreadPoolExecutor` when it ends, whatever they wait for; not for these.

    >>> with DaemonExecutor(2, "sums") as executor:
    ...     sorted(executor.map(sum, [(1, 2), (3, 4)]))
    [3, 7]

    Args:
        workers: threads, at most; each begins when it is needed.
        name: the first part of each thread's name.
    """

    def __init__(self, workers: int, name: str) -> None:
        self._workers, self._name = workers, name
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._idle, self._lock, self._closed = Semaphore(0), Lock(), False

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        """Queue a call for the next thread that is free.

        Raises:
            RuntimeError: after `shutdown`.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the crew was sent home")
            future: Future[Result] = Future()
            self._jobs.put((future, lambda: fn(*args, **kwargs)))
            if not self._idle.acquire(blocking=False) and len(self._threads) < self._workers:
                thread = Thread(target=self._work, name=f"{self._name}_{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  Executor's
        """Take no more calls; `wait` for those that were given, or give up those that have not begun."""
        with self._lock:
            self._closed = True
            while cancel_futures:
                try:
                    job = self._jobs.get_nowait()
                except Empty:
                    break
                if job is not None:
                    job[0].cancel()
            for _ in self._threads:
                self._jobs.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, call = job
            if not future.set_running_or_notify_cancel():
                self._idle.release()
                continue
            try:
                deliver = partial(future.set_result, call())
            except BaseException as error:  # noqa: BLE001  whoever waits for it gets it
                deliver = partial(future.set_exception, error)
            self._idle.release()  # first, so that whoever gets the result finds this thread free
            deliver()
            del future, call, job, deliver

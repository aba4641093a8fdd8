"""Limit the time of a piece of work, and stop it early."""

from __future__ import annotations

import math
import time
from threading import Event

from ipaas_discovery.errors import BudgetError

__all__ = ["CLOCK", "Budget", "Clock"]


class Clock:
    """The time, and a sleep that ends early when its event is set."""

    def now(self) -> float:
        """Return seconds that only go forward."""
        return time.monotonic()

    def date(self) -> float:
        """Return the seconds since 1970, to compare with dates that a host names."""
        return time.time()

    def sleep(self, seconds: float, ended: Event) -> None:
        """Sleep for so many seconds, or until `ended` is set."""
        ended.wait(seconds)


CLOCK = Clock()


class Budget:
    """Seconds for a piece of work, from now on; None means no limit.

    `given_up` counts its calls whose retries were in vain.

    >>> Budget(None).left
    inf
    """

    def __init__(self, seconds: float | None, clock: Clock | None = None) -> None:
        self.seconds, self._clock = seconds, clock or CLOCK
        self._ended = Event()
        self.given_up = 0
        self._ends = math.inf if seconds is None else self._clock.now() + seconds

    @property
    def left(self) -> float:
        """Seconds left, not below 0."""
        return max(0.0, self._ends - self._clock.now())

    def stop(self) -> None:
        """End the work: waiting calls give up at once, those in flight when their answer arrives."""
        self._ended.set()

    def check(self, where: str = "", wait: float = 0.0) -> None:
        """Raise unless there is time left for a wait of so many seconds.

        Raises:
            BudgetError: if time is up or the work was stopped, naming the request.
        """
        if self._ended.is_set():
            raise BudgetError("The work was stopped", where=where, then="what was fetched until then is kept")
        if self.left > 0 and wait < self.left:
            return
        asked = f", and the system asks for a wait of {wait:.3g} s" if wait else ""
        raise BudgetError(
            f"The time budget of {self.seconds:g} s {'does not last' if wait else 'is used up'}{asked}",
            where=where,
            then="what was fetched until then is kept; raise `limits.seconds` in the connector, or ask for fewer pages",
        )

    def sleep(self, seconds: float, where: str = "") -> None:
        """Wait, if the budget allows it.

        Raises:
            BudgetError: before a wait that does not fit, or during one that is stopped.
        """
        self.check(where, seconds)
        self._clock.sleep(seconds, self._ended)
        self.check(where)

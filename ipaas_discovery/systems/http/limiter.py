"""Limit the calls to each host, across every client and thread of the process.

Why no library does it: pyrate-limiter, aiolimiter and their like keep to a rate that is known beforehand.
The rate of an untried API is unknown; the API states it during the work, by status 429, `Retry-After`
and headers of its own. So this limiter reads them. The one rate that a connector may name, `per_minute`, is kept here
as well: a library's wait would end neither with the budget nor with an interrupt. The retries themselves are
httpx-retries' (see `client`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition, Lock

import httpx

from ipaas_discovery.errors import RateLimitedError
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.budget import CLOCK, Budget, Clock
from ipaas_discovery.systems.http.quota import quota, retry_after

__all__ = ["Limiter", "is_busy", "shared", "too_long"]

BUSY = {429, 430, 503}
"""Statuses by which a host says that it is asked too often."""
FORBIDDEN = 403
MINUTE = 60.0
REFILL = 0.5
"""Seconds for one more call, if a system tells the calls left but not the time of the next ones."""


class Limiter:
    """A limiter of calls: so many at once, none while the host is closed, and slower before its quota ends.

    Args:
        limits: calls at once, the headers that hold the quota, the longest wait.
        clock: source of time and sleep; tests give one that does not sleep.
        listens: False to ignore the host's statuses and headers: a replay repeats old ones and need not wait.

    >>> limiter = Limiter(Limits(in_flight=2))
    >>> with limiter.slot(Budget(None)):
    ...     limiter.busy
    1
    """

    def __init__(self, limits: Limits, clock: Clock | None = None, *, listens: bool = True) -> None:
        self.limits, self.busy, self.clock = limits, 0, clock or CLOCK
        self._listens = listens
        self._free = Condition(Lock())
        self._opens = self._next = self._pace_ends = self._interval = 0.0
        self._starts: deque[float] = deque()

    @contextmanager
    def slot(self, budget: Budget, where: str = "") -> Iterator[Callable[[], None]]:
        """Take a place among the calls in flight, once the host is open; calling what it gives leaves it early.

        Raises:
            RateLimitedError: if the host asked for a wait that is longer than the connector allows.
            BudgetError: if the wait does not fit in `budget`, or the work was stopped.
        """
        with self._free:
            while self.busy >= self.limits.in_flight:
                self._free.wait()
            self.busy += 1
        place = [True]

        def leave() -> None:
            with self._free:
                self.busy -= len(place)
                place.clear()
                self._free.notify()

        try:
            self._depart(budget, where)
            yield leave
        finally:
            leave()

    def adjust(self, status: int, headers: Mapping[str, str]) -> None:
        """Close the host or slow the pace, as an answer's status and headers ask."""
        if not self._listens:
            return
        left, reset = quota(headers, self.limits, self.clock)
        if is_busy(status, headers):
            wait = retry_after(headers, self.clock)
            self.close((reset or 0.0) if wait is None else wait)
        if left is not None:
            self._pace(left, reset)

    def close(self, seconds: float) -> None:
        """Close the host for so many seconds; a call that would wait longer than `longest_wait` ends at once."""
        opens = self.clock.now() + seconds
        with self._free:
            self._opens = max(self._opens, opens)

    def _depart(self, budget: Budget, where: str) -> None:
        """Wait for this call's turn, and again if the host was closed meanwhile."""
        turn = self._turn()
        while (wait := max(turn, self._opens) - self.clock.now()) > 0:
            if wait > self.limits.longest_wait:
                message = f"The system wants no more calls for {wait:,.0f} s"
                raise RateLimitedError(message, where=where, then=too_long(self.limits))
            budget.sleep(wait, where)
        budget.check(where)

    def _turn(self) -> float:
        """Return the time at which this call may start; at a slowed pace each call takes the next moment."""
        with self._free:
            turn = now = self.clock.now()
            if now < self._pace_ends:
                turn = min(max(now, self._next), self._pace_ends)
                self._next = turn + self._interval
            return self._capped(turn)

    def _capped(self, turn: float) -> float:
        """Delay `turn` to the end of a minute in which the connector's calls are used up."""
        most = self.limits.per_minute if self._listens else None
        if most is None:
            return turn
        if len(self._starts) >= most:
            turn = max(turn, self._starts[-most] + MINUTE)
        self._starts.append(turn)
        while len(self._starts) > most:
            self._starts.popleft()
        return turn

    def _pace(self, left: int, reset: float | None) -> None:
        """Spread the remaining calls over the time until there are more; change nothing while there are plenty."""
        with self._free:
            now, spare = self.clock.now(), left - max(self.busy - 1, 0)  # the other calls in flight count as well
            if spare > 2 * self.limits.in_flight:
                self._pace_ends = 0.0
                return
            whole = min(REFILL * (self.limits.in_flight + 1) if reset is None else reset, self.limits.longest_wait)
            self._interval = REFILL if reset is None else whole / max(spare, 1)
            self._pace_ends = now + whole
            self._next = max(self._next, now + self._interval)


def is_busy(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether an answer's wait binds every client of the host; a refusal that names one is a limit, too.

    >>> is_busy(429, {}), is_busy(403, {"retry-after": "2"}), is_busy(403, {}), is_busy(500, {"retry-after": "2"})
    (True, True, False, False)
    """
    return status in BUSY or (status == FORBIDDEN and "retry-after" in headers)


def too_long(limits: Limits) -> str:
    """Advise on a wait that is longer than the connector allows."""
    longest = f"`limits.longest_wait`, {limits.longest_wait:g} s"
    return f"that is longer than {longest}: come back then, or raise it in the connector"


_limiters: dict[tuple[str, int | None], Limiter] = {}
_lock = Lock()


def shared(base_url: str, limits: Limits) -> Limiter:
    """Return the limiter of an address's host in this process; `limits` bind every client from now on.

    >>> shared("https://api.example.test/v1", Limits()) is shared("https://API.example.test.:443", Limits())
    True
    """
    url = httpx.URL(base_url)
    port = url.port or {"http": 80, "https": 443}.get(url.scheme)
    with _lock:
        limiter = _limiters.setdefault((url.host.rstrip("."), port), Limiter(limits))
        limiter.limits = limits
        return limiter

"""A clock that nobody waits for: who sleeps on it moves it."""

from __future__ import annotations

from threading import Lock

from ipaas_discovery.systems.http.budget import Clock


class FakeClock(Clock):
    """Starts at 1000 s; remembers each sleep. With `together` sleeps of several threads overlap, as real ones do."""

    def __init__(self) -> None:
        self.time, self.sleeps, self._lock = 1000.0, [], Lock()

    def now(self) -> float:
        return self.time

    def date(self) -> float:
        return self.time

    def sleep(self, seconds, ended) -> None:
        with self._lock:
            self.sleeps.append(seconds)
            self.time += seconds

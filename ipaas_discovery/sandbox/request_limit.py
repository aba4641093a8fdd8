"""The number of requests the sandbox answers before it refuses one."""

from __future__ import annotations

from threading import Lock

__all__ = ["RequestLimit"]


class RequestLimit:
    """Counter of requests; after `limit` of them one is refused, and counting starts again.

    The clock of the sandbox stands still, so it is the refusal that ends a window, and nobody has to wait.

    Args:
        limit: requests until one is refused; None refuses none.

    >>> once = RequestLimit(1)
    >>> [once.take() for _ in range(4)]
    [True, False, True, False]
    """

    def __init__(self, limit: int | None) -> None:
        self.limit, self._used, self._lock = limit, 0, Lock()

    def take(self) -> bool:
        """Count one request; False if it was one too many."""
        if self.limit is None:
            return True
        with self._lock:
            taken = self._used < self.limit
            self._used = self._used + 1 if taken else 0
            return taken

    def left(self) -> int | None:
        """Return the number of requests until one is refused; None if none ever is."""
        return None if self.limit is None else self.limit - self._used

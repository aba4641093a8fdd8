"""Let each call wait for its turn at a host, and read its answer whole and in time."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import httpx

from ipaas_discovery.systems.http.body_reader import read
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.limiter import Limiter
from ipaas_discovery.systems.http.log_ins.token_requests import SIGN

__all__ = ["ARRIVED", "ThrottledTransport"]

ARRIVED = "arrived"
"""The extension that holds what an inner transport calls with an answer that it read whole, before it works on it."""

TRICKLE = 20
"""Multiple of `limits.timeout` that a whole answer may take, however steadily it comes."""


class ThrottledTransport(httpx.BaseTransport):
    """A transport whose calls wait for their turn, are read whole and in time, and inform the limiter.

    Args:
        inner: transport that sends the request.
        limiter: limiter of the host.
        allowed: function that returns the current budget.
        where: function that names a request, without its secrets.
        largest: the most bytes of a body, decompressed, that are read.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport,
        limiter: Limiter,
        allowed: Callable[[], Budget],
        where: Callable[[httpx.Request], str],
        largest: int,
    ) -> None:
        self._inner, self._limiter, self._allowed, self._where, self._largest = inner, limiter, allowed, where, largest

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request in its turn and read the answer whole."""
        budget, where = self._allowed(), self._where(request)
        with self._limiter.slot(budget, where) as leave:
            waiting = [leave]

            def arrived(response: httpx.Response) -> None:
                if waiting:
                    self._limiter.adjust(response.status_code, response.headers)
                    waiting.pop()()

            request.extensions[ARRIVED] = arrived
            response = self._received(request, where, budget)
            arrived(response)
        response.request = request
        return response

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()

    def _received(self, request: httpx.Request, where: str, budget: Budget) -> httpx.Response:
        """Read the answer whole; give up a body that trickles, even if each piece of it comes in time."""
        clock = self._limiter.clock
        latest = clock.now() + TRICKLE * self._limiter.limits.timeout

        def check() -> None:
            budget.check(where)
            if clock.now() > latest:
                raise httpx.ReadTimeout("its answer was still coming", request=request)

        request.extensions["check"] = check  # for a transport that reads the body itself
        if waits := request.extensions.get("timeout"):  # no call may outlast the budget, though it never answers
            request.extensions["timeout"] = {name: min(wait or inf, budget.left) for name, wait in waits.items()}
        sign = request.extensions.get(SIGN)
        try:
            response = self._inner.handle_request(sign(request) if sign else request)
            response.request = request
            return read(response, self._largest, where, check)
        except httpx.RequestError as error:
            error.request = request  # which transports leave to httpx, that is too far out for the retries
            raise

"""When a read is tried again, and who waits: httpx-retries decides, the host's limiter and the budget wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self, cast

import httpx
from httpx_retries import Retry

from ipaas_discovery.errors import FetchError
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.limiter import BUSY, Limiter
from ipaas_discovery.systems.http.quota import retry_after

__all__ = ["RetryPolicy"]


class Throttled(httpx.TransportError):
    """A GraphQL answer that asks to come again later."""


class RetryPolicy(Retry):
    """Retries of reads, with full jitter. A host that is busy is left alone by everybody, not by one thread alone."""

    limiter: Limiter
    budget: Callable[[], Budget]
    refusal: Callable[[httpx.Response, float], FetchError]

    @classmethod
    def of(
        cls,
        limits: Limits,
        limiter: Limiter,
        budget: Callable[[], Budget],
        refusal: Callable[[httpx.Response, float], FetchError],
    ) -> Self:
        """The retries a connector's limits allow.

        `budget` gives the one that counts then, `refusal` the error for an answer that asks for too long a wait.
        """
        patience = cls(
            total=limits.retries,
            allowed_methods=["GET"],
            retry_on_exceptions=[httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, Throttled],
            backoff_factor=0.25,
            max_backoff_wait=limits.longest_wait,
        )
        patience.limiter, patience.budget, patience.refusal = limiter, budget, refusal
        return patience

    def for_search(self) -> RetryPolicy:
        """The retries of a POST that only asks."""
        return self._hand_on(self.copy_with(allowed_methods=["GET", "POST"], validate_response=_not_throttled))

    def increment(self) -> RetryPolicy:
        """One try later, and as patient as before."""
        return self._hand_on(super().increment())

    def sleep(self, response: httpx.Response | Exception) -> None:
        """Wait before the next try; where the host said how long, the limiter has closed it already.

        Raises:
            RateLimitedError: if it asks for a longer wait than the connector allows: to ask earlier would only annoy.
            BudgetError: if the wait does not fit into the budget.
        """
        wait = self.backoff_strategy()
        if not isinstance(response, httpx.Response):
            request = response.request if isinstance(response, httpx.RequestError) else None
            self.budget().sleep(wait, f"{request.method} {request.url.path}" if request else "")
            return
        asked = retry_after(response.headers, self.limiter.clock) if response.status_code in BUSY else None
        if asked and asked > self.limiter.limits.longest_wait:
            raise self.refusal(response, asked)
        if not asked:
            self.limiter.close(wait)

    def _hand_on(self, copy: Retry) -> RetryPolicy:
        """What a copy, made by httpx-retries, does not know of."""
        patience = cast("RetryPolicy", copy)
        patience.limiter, patience.budget, patience.refusal = self.limiter, self.budget, self.refusal
        return patience


def _not_throttled(response: httpx.Response) -> None:
    """Nothing, unless a GraphQL answer says THROTTLED, as Shopify does with status 200.

    Raises:
        Throttled: then, so that it is tried again.
    """
    if b"THROTTLED" in response.content and b'"errors"' in response.content:
        raise Throttled("throttled", request=response.request)

"""Decide when a read is tried again: httpx-retries decides, the host's limiter and the budget wait."""

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
    """Retries of reads, with full jitter, during which every thread leaves a busy host alone."""

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
        """Build the retries that a connector's limits allow.

        `budget` returns the current budget, `refusal` the error for an answer that asks for too long a wait.
        """
        policy = cls(
            total=limits.retries,
            allowed_methods=["GET"],
            retry_on_exceptions=[httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, Throttled],
            backoff_factor=0.25,
            max_backoff_wait=limits.longest_wait,
        )
        policy.limiter, policy.budget, policy.refusal = limiter, budget, refusal
        return policy

    def for_search(self) -> RetryPolicy:
        """Allow retries of a POST that only reads."""
        return self._hand_on(self.copy_with(allowed_methods=["GET", "POST"], validate_response=_not_throttled))

    def increment(self) -> RetryPolicy:
        """Count one more try."""
        return self._hand_on(super().increment())

    def sleep(self, response: httpx.Response | Exception) -> None:
        """Wait before the next try; if the host named a wait, the limiter keeps it.

        Raises:
            RateLimitedError: if it asks for a longer wait than the connector allows.
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
        """Copy what httpx-retries leaves out of its copies."""
        policy = cast("RetryPolicy", copy)
        policy.limiter, policy.budget, policy.refusal = self.limiter, self.budget, self.refusal
        return policy


def _not_throttled(response: httpx.Response) -> None:
    """Raise if a GraphQL answer says THROTTLED, as Shopify does with status 200.

    Raises:
        Throttled: so that the request is tried again.
    """
    if b"THROTTLED" in response.content and b'"errors"' in response.content:
        raise Throttled("throttled", request=response.request)

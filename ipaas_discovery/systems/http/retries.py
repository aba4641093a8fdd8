"""Decide when a read is tried again: httpx-retries decides, the host's limiter and the budget wait."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Self, cast

import httpx
from httpx_retries import Retry

from ipaas_discovery.errors import FetchError
from ipaas_discovery.systems.answers.xml_body import is_xml
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.limiter import Limiter, is_busy
from ipaas_discovery.systems.http.quota import retry_after

__all__ = ["RetryPolicy", "broke_off"]


PASSING = {408, 425, 429, 430, *range(500, 600)} - {501}
"""Statuses of a fault that may be gone at the next try: every fault of the server but "not implemented"."""
LONGEST_BACKOFF = 2.0
"""The most seconds before the next try, where the system names no wait."""
NAMED_WAITS = 10
"""Longest waits that a system may ask for, all in all, beside the time for retries of one call."""
BUSY_PAGE = re.compile(rb"busy|try again|temporarily|maintenance|overload", re.IGNORECASE)
CLOSED_BY = {b"{": b"}", b"[": b"]"}


class PassingFaultError(httpx.TransportError):
    """An answer that is a success by its status, and asks to come again later or broke off."""


class AnswerCheck:
    """A check of an answer that is no passing fault by its status: it may be one all the same.

    A web page is a fault that passes where it says so, or where JSON came before: else the address is wrong. A GraphQL
    answer that says THROTTLED, as Shopify's do with status 200, is one, too.
    """

    def __init__(self) -> None:
        self.json_came = False

    def __call__(self, response: httpx.Response) -> None:
        """Raise if the answer is a fault that may be gone at the next try.

        Raises:
            PassingFaultError: so that the request is tried again.
        """
        if response.status_code == httpx.codes.FORBIDDEN and "retry-after" in response.headers:
            raise PassingFaultError("put off", request=response.request)
        if not response.is_success:
            return
        content = response.content.strip()
        if response.request.method == "POST" and b"THROTTLED" in content and b'"errors"' in content:
            raise PassingFaultError("throttled", request=response.request)
        if content[:1] == b"<" and not is_xml(content) and (self.json_came or BUSY_PAGE.search(content)):
            raise PassingFaultError("a web page came", request=response.request)
        if content[:1] in CLOSED_BY:
            if not _is_closed(content):
                raise PassingFaultError("the answer broke off", request=response.request)
            self.json_came = True


def broke_off(content: bytes, error: ValueError) -> bool:
    """Tell whether JSON broke off where it looks whole, so that nobody has asked for it again yet.

    >>> broke_off(b'{"data": [{}', ValueError("Input data was truncated")), broke_off(b"{]}", ValueError("malformed"))
    (True, False)
    """
    return "truncated" in str(error) and _is_closed(content.strip())


def _is_closed(content: bytes) -> bool:
    return content[-1:] == CLOSED_BY.get(content[:1])


class RetryPolicy(Retry):
    """Retries of reads, with full jitter, during which every thread leaves a busy host alone.

    They end with their time: `limits.retry_for` from the first fault of a call on, and on top the waits that the system
    names. A call that was given up leaves less time to those after it, so that a list which stays broken for every
    parent does not cost each of them as much as the first.
    """

    limits: Limits
    limiter: Limiter
    budget: Callable[[], Budget]
    refusal: Callable[[httpx.Response, float], FetchError]
    began: float | None = None
    named: float = 0.0

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
            total=sys.maxsize if limits.retries is None else limits.retries,
            allowed_methods=["GET", "HEAD"],
            status_forcelist=PASSING,
            retry_on_exceptions=[
                httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.DecodingError, PassingFaultError,
            ],
            backoff_factor=0.1,
            max_backoff_wait=min(limits.longest_wait, LONGEST_BACKOFF),
            validate_response=AnswerCheck(),
        )  # fmt: skip
        policy.limits, policy.limiter, policy.budget, policy.refusal = limits, limiter, budget, refusal
        return policy

    def for_search(self) -> RetryPolicy:
        """Allow retries of a POST that only reads."""
        return self._hand_on(self.copy_with(allowed_methods=["GET", "HEAD", "POST"]))

    def increment(self) -> RetryPolicy:
        """Count one more try."""
        policy = self._hand_on(super().increment())
        policy.began = self.limiter.clock.now() if self.began is None else self.began
        policy.named = self.named
        return policy

    def is_retryable_exception(self, exception: Exception) -> bool:
        """Tell whether what went wrong may pass; a host that answered before may be lost for a moment, too."""
        lost = isinstance(exception, httpx.ConnectError | httpx.ConnectTimeout)
        came = isinstance(self.validate_response, AnswerCheck) and self.validate_response.json_came
        return (lost and came) or super().is_retryable_exception(exception)

    def is_exhausted(self) -> bool:
        """Tell whether the tries, or the time for them, are used up."""
        if super().is_exhausted():
            return True
        waits = min(self.named, NAMED_WAITS * self.limits.longest_wait)
        if self.began is None or self.limiter.clock.now() - self.began < self.own_time + waits:
            return False
        self.budget().given_up += 1
        return True

    @property
    def own_time(self) -> float:
        """The seconds for all tries of this call, beside the waits that the system names."""
        return self.limits.retry_for / (1 + self.budget().given_up)

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
        busy = is_busy(response.status_code, response.headers)
        asked = retry_after(response.headers, self.limiter.clock) if busy else None
        if asked and asked > self.limiter.limits.longest_wait:
            raise self.refusal(response, asked)
        if asked:
            self.named += asked
            return
        if busy:
            self.limiter.close(wait)
        else:
            self.budget().sleep(wait, f"{response.request.method} {response.request.url.path}")

    def _hand_on(self, copy: Retry) -> RetryPolicy:
        """Copy what httpx-retries leaves out of its copies."""
        policy = cast("RetryPolicy", copy)
        policy.limits, policy.limiter = self.limits, self.limiter
        policy.budget, policy.refusal = self.budget, self.refusal
        return policy

"""Calls of a probe: one at a time, never more than a cap, with the rate-limit headers of every answer remembered."""

from __future__ import annotations

from ipaas_discovery.errors import FetchError
from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.samples.requests.page import Call, Page
from ipaas_discovery.samples.requests.requester import Send

__all__ = ["CappedRequester", "SpentError"]


class SpentError(FetchError):
    """The probe has made all the calls it may make."""


class CappedRequester:
    """Sends a probe's calls, up to a cap.

    Attributes:
        cap: the most calls it may make.
        sent: the calls it made.
        rates: headers about rate limits, with the last value met.
    """

    def __init__(self, send: Send, cap: int) -> None:
        self.send, self.cap, self.sent = send, cap, 0
        self.rates: dict[str, str] = {}

    @property
    def left(self) -> int:
        """The number of calls it may still make."""
        return self.cap - self.sent

    def ask(self, call: Call) -> Page:
        """Give the page that a call brings.

        Raises:
            SpentError: if the cap is reached.
            FetchError: if the system does not give it.
        """
        if self.left <= 0:
            raise SpentError(f"The probe stopped at its cap of {self.cap} requests")
        self.sent += 1
        page = self.send(call)
        for name, value in page.answer.headers.items():
            if any(word in name.lower() for word in answer_words().headers.limits):
                self.rates[name.lower()] = value
        return page

    def attempt(self, call: Call | None) -> Page | None:
        """Give the page that a call brings, or None where the system refuses it or the cap is reached."""
        if call is None:
            return None
        try:
            return self.ask(call)
        except FetchError:
            return None

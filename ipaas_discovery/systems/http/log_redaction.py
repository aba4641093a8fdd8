"""What httpx tells the log of a request, such as its address, without the secrets in it."""

from __future__ import annotations

import logging
from weakref import WeakSet

from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["redact_logs"]

LOGGERS = (
    *("httpx", "httpx_retries.retry", "httpx_retries.transport"),
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)
HEADERS = "response_headers.complete"
"""What httpcore calls its line with everything an answer's head says, cookies and persons among it."""


class _Hush(logging.Filter):
    """Takes the secrets of all credentials in use out of a line."""

    def __init__(self) -> None:
        super().__init__()
        self.known: WeakSet[Credentials] = WeakSet()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may be written; it is changed where it holds a secret."""
        text = record.getMessage()
        safe = text
        for each in tuple(self.known):
            safe = each.scrub(safe)
        if safe != text:
            record.msg, record.args = safe, ()
        return HEADERS not in text


_hush = _Hush()


def redact_logs(credentials: Credentials) -> None:
    """From now on, no line of httpx in any log holds one of these secrets."""
    _hush.known.add(credentials)
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_hush)

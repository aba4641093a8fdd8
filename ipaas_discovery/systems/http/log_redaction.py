"""Remove secrets from what the libraries log of a request, such as its address."""

from __future__ import annotations

import logging
from weakref import WeakSet

from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["redact_logs"]

LOGGERS = (
    *("httpx", "httpx_retries.retry", "httpx_retries.transport"),
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
)
SIGNING = "oauthlib.oauth1.rfc5849"
"""The logger that writes what is signed, and the signature, which lets in whoever repeats it: all of it is left out."""
HEADERS = "response_headers.complete"
"""The name of httpcore's line with all headers of an answer, cookies and personal data included."""


class _RedactingFilter(logging.Filter):
    """A log filter that removes the secrets of all credentials in use from each line."""

    def __init__(self) -> None:
        super().__init__()
        self.known: WeakSet[Credentials] = WeakSet()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line may be written, and remove the secrets in it."""
        text = record.getMessage()
        safe = text
        for credentials in tuple(self.known):
            safe = credentials.scrub(safe)
        if safe != text:
            record.msg, record.args = safe, ()
        return HEADERS not in text


def _nothing(_: logging.LogRecord) -> bool:
    """Let no line through."""
    return False


_filter = _RedactingFilter()


def redact_logs(credentials: Credentials) -> None:
    """Remove these secrets from every line that httpx logs from now on, and leave out how a request was signed."""
    _filter.known.add(credentials)
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_filter)
    logging.getLogger(SIGNING).addFilter(_nothing)

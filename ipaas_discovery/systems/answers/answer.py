"""What one request brought back, parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

__all__ = ["Answer", "day_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the request it answers, status, headers (lower-case names) and the parsed JSON body.

    `body` is None for an empty body. `links` are the URLs of a `Link` header by their `rel`. `date` is the
    day the server gave with it (ISO), empty where it gave none. `trouble` is the error it speaks of though its
    status is a success, without secrets.
    """

    request: str
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    trouble: str = ""


def day_of(date: str | None) -> str:
    """A `Date` header as an ISO day; empty where there is none."""
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else ""
    except ValueError:
        return ""

"""The parsed answer to one request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from ipaas_discovery.systems.answers.notes import Note

__all__ = ["Answer", "day_of"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the request it answers, its status, its headers (lower-case names) and its parsed JSON body.

    `body` is None for an empty body. `links` are the URLs of a `Link` header by their `rel`. `date` is the ISO day
    of the server's `Date` header, empty without one. `trouble` is the error that the body reports although the
    status is a success, without secrets. `notes` are the oddities of a body that is nearly JSON.
    """

    request: str
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    trouble: str = ""
    notes: tuple[Note, ...] = ()


def day_of(date: str | None) -> str:
    """Convert a `Date` header to an ISO day; return an empty text without one."""
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else ""
    except ValueError:
        return ""

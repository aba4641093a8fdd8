"""What every log-in shares: how long its requests may take, and what counts as a token."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["LOG_IN", "is_token", "timed", "told"]

LOG_IN = "log-in"
"""The extension that marks a request which an auth flow made itself: the guard lets it out, nobody keeps its answer."""

READ = 10_000
"""Characters of a body that are looked at, once no secret is in it."""
Flow = Generator[httpx.Request, httpx.Response, None]


def timed(flow: Flow, request: httpx.Request) -> Flow:
    """The requests of a log-in, none allowed to take longer than the one that it is for.

    Each is marked as a log-in where it is made; an address marks nothing.
    """
    try:
        asking = next(flow)
        while True:
            asking.extensions |= {LOG_IN: True, "timeout": request.extensions.get("timeout", {})}
            asking = flow.send((yield asking))
    except StopIteration:
        return
    finally:
        flow.close()


def is_token(token: str) -> bool:
    """Whether a header can carry a text: one line of printable ASCII.

    >>> is_token("abc.def"), is_token(""), is_token("t\u00f6ken")
    (True, False, False)
    """
    return token.isascii() and token.isprintable() and bool(token.strip())


def told(response: httpx.Response, credentials: Credentials) -> str:
    """The status of a log-in that gave no token, and the beginning of what it says, in one line, without secrets."""
    text = credentials.scrub(f"{response.status_code} {response.reason_phrase}: {response.text}")
    line = " ".join("".join(each if each.isprintable() else " " for each in text[:READ]).split())
    place = response.headers.get("location") if response.is_redirect else None
    shown = line[:EXCERPT] + ("…" if len(line) > EXCERPT else "")
    return shown.rstrip(": ") + (f" (to {credentials.scrub(place):.{EXCERPT}})" if place else "")

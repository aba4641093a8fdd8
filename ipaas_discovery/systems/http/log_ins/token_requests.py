"""Send the requests of a log-in in time, and check the token that comes back."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from ipaas_discovery.systems.answers.error_in_body import EXCERPT
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["LOG_IN", "is_token", "refusal_text", "timed"]

LOG_IN = "log-in"
"""The extension that marks a request which an auth flow made itself: the guard lets it out, nobody keeps its answer."""

READ = 10_000
"""Characters of a body that are read, after its secrets are removed."""
Flow = Generator[httpx.Request, httpx.Response, None]


def timed(flow: Flow, request: httpx.Request) -> Flow:
    """Yield the requests of a log-in, none allowed to take longer than the request that it is for.

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
    """Tell whether a header can carry a text: one line of printable ASCII.

    >>> is_token("abc.def"), is_token(""), is_token("t\u00f6ken")
    (True, False, False)
    """
    return token.isascii() and token.isprintable() and bool(token.strip())


def refusal_text(response: httpx.Response, credentials: Credentials) -> str:
    """Describe a log-in that gave no token in one line, without secrets: its status and the beginning of its body."""
    text = credentials.scrub(f"{response.status_code} {response.reason_phrase}: {response.text}")
    line = " ".join("".join(character if character.isprintable() else " " for character in text[:READ]).split())
    target = response.headers.get("location") if response.is_redirect else None
    shown = line[:EXCERPT] + ("…" if len(line) > EXCERPT else "")
    return shown.rstrip(": ") + (f" (to {credentials.scrub(target):.{EXCERPT}})" if target else "")

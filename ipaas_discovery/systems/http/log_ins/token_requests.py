"""Send the requests of a log-in in time, and check the token that comes back."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, trouble_in
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["LOG_IN", "SIGN", "UNSIGNED", "is_token", "refusal_text", "says_expired", "timed"]

LOG_IN = "log-in"
"""The extension that marks a request which an auth flow made itself: the guard lets it out, nobody keeps its answer."""
UNSIGNED = "unsigned"
"""The extension that holds the body of a request as it was before an auth flow wrote secrets into it."""
SIGN = "sign"
"""The extension that holds the function which signs a request as it leaves, anew at every try."""

LONGEST_REFUSAL = 10_000
"""Bytes of the longest answer that may do nothing but say that a session is over."""
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


def says_expired(response: httpx.Response) -> bool:
    """Tell whether an answer with a good status says that the session is over, as JSON-RPC does.

    >>> says_expired(httpx.Response(200, json={"error": {"message": "Session expired"}}))
    True
    """
    if not response.is_success or len(response.content) > LONGEST_REFUSAL or b"rror" not in response.content:
        return False
    try:
        trouble = bare(trouble_in(response.json()))
    except ValueError:
        return False
    return any(words in trouble for words in answer_words().errors.log_in_again)


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

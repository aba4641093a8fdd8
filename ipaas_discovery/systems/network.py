"""The network itself, as a transport: nothing but a client and a recording, both behind the guard, sends through it."""

from __future__ import annotations

import httpx

__all__ = ["network"]


def network() -> httpx.BaseTransport:
    """The network; a connection of each call in flight stays open for the next one, httpx's own bound is 20."""
    return httpx.HTTPTransport(limits=httpx.Limits(max_connections=None, max_keepalive_connections=None))

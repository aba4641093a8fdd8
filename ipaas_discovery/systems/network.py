"""What sends a request at last: the network, or an application in this process; only a guard stands before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

__all__ = ["in_process", "network"]


def network() -> httpx.BaseTransport:
    """The network; a connection of each call in flight stays open for the next one, httpx's own bound is 20."""
    return httpx.HTTPTransport(limits=httpx.Limits(max_connections=None, max_keepalive_connections=None))


def in_process(application: Callable[..., Any]) -> httpx.BaseTransport:
    """A transport that asks a WSGI application in this process, without a port."""
    return httpx.WSGITransport(app=application)

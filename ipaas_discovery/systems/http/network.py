"""Send requests through the network, or to an application in this process; only a guard stands before it."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpx

from ipaas_discovery.errors import ConfigurationError, DiscoveryError

__all__ = ["closed", "in_process", "network"]

HERE = {"localhost", "127.0.0.1", "::1"}
"""Hosts that are never asked through a proxy."""
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""The variables by which a machine names the certificates that it trusts."""


def network() -> httpx.BaseTransport:
    """Open the network, through the proxy that the machine names (`HTTPS_PROXY`, `NO_PROXY`), if any."""
    return _Network()


def in_process(application: Callable[..., Any]) -> httpx.BaseTransport:
    """Make a transport to a WSGI application in this process, without a port."""
    return httpx.WSGITransport(app=application)


def closed(error: DiscoveryError) -> httpx.BaseTransport:
    """Make a transport that sends nothing and raises `error`, which says what is missing to send anything."""
    return _Closed(error)


class _Closed(httpx.BaseTransport):
    def __init__(self, error: DiscoveryError) -> None:
        self._error = error

    def handle_request(self, _: httpx.Request) -> httpx.Response:
        """Raise the error."""
        raise self._error


class _Network(httpx.BaseTransport):
    """A transport that obeys proxies, which httpx does only for transports it makes itself."""

    def __init__(self) -> None:
        self._open: dict[str, httpx.BaseTransport] = {}
        self._lock = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to its host.

        Raises:
            ConfigurationError: if the proxy's address is invalid.
        """
        proxy = _proxy(request.url)
        with self._lock:
            if proxy not in self._open:
                self._open[proxy] = _through(proxy)
        return self._open[proxy].handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            for transport in self._open.values():
                transport.close()


def _through(proxy: str) -> httpx.BaseTransport:
    """Open connections through a proxy, or without; unlimited, because httpx keeps only 20 open by default."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    try:
        return httpx.HTTPTransport(
            verify=_certificates(*map(os.environ.get, CERTIFICATES)), limits=limits, proxy=proxy or None
        )
    except (ImportError, ValueError, httpx.InvalidURL):  # SOCKS without its library, or no address: not shown, for
        then = "write HTTPS_PROXY like http://host:port, or the system's host into NO_PROXY; SOCKS needs `httpx[socks]`"
        raise ConfigurationError("The proxy that the machine names cannot be used", then=then) from None  # its password


@cache
def _certificates(*_: str | None) -> ssl.SSLContext:
    """Load the certificates that are trusted once for what the variables name: each client would load them again."""
    return httpx.create_ssl_context()


def _proxy(url: httpx.URL) -> str:
    """Return the proxy for an address; empty if none is named or wanted."""
    if url.host in HERE or proxy_bypass(url.netloc.decode("ascii")):
        return ""
    named = getproxies()
    proxy = named.get(url.scheme) or named.get("all", "")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"

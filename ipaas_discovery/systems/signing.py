"""What signs a request without asking anybody: headers, or parameters of the query."""

from __future__ import annotations

from collections.abc import Generator

import httpx

__all__ = ["Headers", "Query"]


class Headers(httpx.Auth):
    """Sets the same headers on every request."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the headers."""
        request.headers.update(self._headers)
        yield request


class Query(httpx.Auth):
    """Adds the same parameters to every request."""

    def __init__(self, parameters: dict[str, str]) -> None:
        self._parameters = parameters

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the parameters."""
        request.url = request.url.copy_merge_params(self._parameters)
        yield request

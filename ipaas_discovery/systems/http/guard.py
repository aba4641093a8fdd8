"""Block every request but reads at the last gate before the network."""

from __future__ import annotations

from collections.abc import Collection

import httpx

from ipaas_discovery.errors import NotReadOnlyError
from ipaas_discovery.systems.answers.write_detection import (
    objection_to_body,
    objection_to_headers,
    objection_to_path,
    objection_to_query,
    triggers,
)
from ipaas_discovery.systems.http.log_ins.token_requests import LOG_IN

__all__ = ["Guard", "not_sent"]


def not_sent(objection: str, where: str) -> NotReadOnlyError:
    """Build the error for a call against which something speaks."""
    what = f"This call could change the system and was not sent, {objection}"
    return NotReadOnlyError(what, where=where, then="the kit only reads; correct the connector")


class Guard(httpx.BaseTransport):
    """A transport that lets out GET, HEAD, POST made by a log-in, and POST to the marked searches, and nothing else.

    A marked path takes a JSON object, a form or XML that only asks; if that holds GraphQL, queries alone. A log-in logs
    in, and does nothing else.
    No request may name another method, another path, or what writes.

    Args:
        inner: transport for the requests that may leave.
        base_url: the root that the paths are under.
        searches: paths that list records by POST.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport,
        base_url: str,
        searches: Collection[str],
    ) -> None:
        self._inner = inner
        root = httpx.URL(base_url).path.rstrip("/")
        self._searches = {root + path for path in searches}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a read through `inner`.

        Raises:
            NotReadOnlyError: if the request could change something; it is not sent.
        """
        if objection := self._objection(request):
            raise not_sent(objection, f"{request.method} {request.url.path}")
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()

    def _objection(self, request: httpx.Request) -> str:
        """Return what speaks against sending `request`, or an empty text."""
        path, graphql = request.url.raw_path.decode("ascii").partition("?")[0], "graphql" in request.url.path.lower()
        if triggers(f"{request.url.host}{request.url.path}") or triggers(path):
            return "hookapi triggers transfers"
        log_in = LOG_IN in request.extensions
        objection = (
            objection_to_headers(request.headers.multi_items())
            or objection_to_path(path, log_in=log_in, posted=request.method == "POST")
            or objection_to_query(request.url.params.multi_items(), graphql=graphql, log_in=log_in)
        )
        if objection or request.method in {"GET", "HEAD"}:
            return objection or (f"a {request.method} has no body" if request.read() else "")
        if request.method != "POST":
            return f"{request.method} writes"
        if not log_in and request.url.path not in self._searches:
            return "this path is not marked as a search"
        content_type = request.headers.get("content-type", "")
        return objection_to_body(request.read(), content_type, graphql=graphql, log_in=log_in)

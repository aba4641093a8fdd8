"""The last gate before the network: lets reads out and nothing else, whatever the code above it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping

import httpx

from ipaas_discovery.errors import NotReadOnlyError

__all__ = ["Guard"]

NEVER = "hookapi"
"""A path segment that triggers transfers on iPaaS.com: a hook posted there moves real data (its hook controller)."""
OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")
"""Headers by which some servers take a POST, or even a GET, for another method."""
TEXT = re.compile(r'"""(?:\\"""|.)*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*', re.DOTALL)
"""A GraphQL document's strings and comments, which may say anything."""


class Guard(httpx.BaseTransport):
    """Lets out GET, and POST to the log-in paths and the marked searches; everything else ends here.

    A marked path takes a JSON object; if that holds GraphQL, queries alone.

    Args:
        inner: where requests go that may leave.
        base_url: the root that the paths are under.
        logs_in: whether a POST to a URL is the connector's log-in.
        searches: paths that list records by POST.
    """

    def __init__(
        self,
        inner: httpx.BaseTransport,
        base_url: str,
        logs_in: Callable[[str], bool],
        searches: Collection[str],
    ) -> None:
        self._inner, self._logs_in = inner, logs_in
        root = httpx.URL(base_url).path.rstrip("/")
        self._searches = {root + path for path in searches}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer of `inner`.

        Raises:
            NotReadOnlyError: if the request could change something; it was not sent.
        """
        if objection := self._objection(request):
            raise NotReadOnlyError(
                f"This call could change the system and was not sent, {objection}",
                where=f"{request.method} {request.url.path}",
                then="the kit only reads; correct the connector",
            )
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close what is behind."""
        self._inner.close()

    def _objection(self, request: httpx.Request) -> str:
        """What speaks against sending `request`; empty where nothing does."""
        path = request.url.path
        if NEVER in path.lower().split("/"):
            return f"{NEVER} triggers transfers"
        if overriding := [name for name in OVERRIDES if request.headers.get(name, "GET").upper() != "GET"]:
            return f"its header {overriding[0]} names another method"
        if request.method == "GET":
            return _graphql_objection(request.url.params.get_list("query"))
        if request.method == "POST" and self._logs_in(str(request.url)):
            return ""
        return self._search_objection(request)

    def _search_objection(self, request: httpx.Request) -> str:
        if request.method != "POST":
            return f"{request.method} writes"
        if request.url.path not in self._searches:
            return "this path is not marked as a search"
        return _body_objection(request.read())


def _body_objection(content: bytes) -> str:
    try:
        body = json.loads(content)
    except ValueError:
        return "its body is not JSON"
    if not isinstance(body, Mapping):
        return "its body is not one object"
    if body.get("_method") is not None:
        return "its body names another method"
    if "query" not in body and {"extensions", "documentId", "doc_id"} & set(body):
        return "a stored GraphQL document may do anything"
    query = body.get("query")
    return _graphql_objection([query]) if isinstance(query, str) else ""


def _graphql_objection(texts: list[str]) -> str:
    """What speaks against texts that may be GraphQL: a definition that is neither a query nor a fragment."""
    for text in texts:
        for opening in _definitions(text) if "{" in text else ():
            word = re.split(r"\W", opening, maxsplit=1)[0]
            if word not in {"", "query", "fragment"}:
                return f"its GraphQL holds a {word}" if word in {"mutation", "subscription"} else "its GraphQL is odd"
    return ""


def _definitions(document: str) -> Iterator[str]:
    """How each definition of a GraphQL document begins: the text before its outermost braces."""
    depth, opening = 0, ""
    for part in re.split(r"([{}()])", TEXT.sub(" ", document)):
        if part in {"{", "("}:
            if depth == 0 and part == "{":
                yield opening.strip(" \t\r\n,\ufeff")
                opening = ""
            depth += 1
        elif part in {"}", ")"}:
            depth -= 1
        elif depth == 0:
            opening += part
    if opening.strip(" \t\r\n,\ufeff"):
        yield opening.strip(" \t\r\n,\ufeff")

"""The only door to a system: signed reads with retries, and errors that say what to do. Nothing else gets out.

A request passes, from the outside in: httpx (auth), httpx-retries (reads alone, full jitter), the host's limiter
with the time budget and the cap on a body, and the guard, which lets nothing but reads reach the network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any, Self
from urllib.parse import unquote

import httpx
from httpx_retries import RetryTransport

from ipaas_discovery.errors import FetchError, ResponseError
from ipaas_discovery.systems.answers.answer import Answer, day_of
from ipaas_discovery.systems.answers.body import parse
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, trouble_in
from ipaas_discovery.systems.connectors.auth import Auth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.addresses import address, linked, links_of, redirected
from ipaas_discovery.systems.http.body_reader import LARGEST
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.faults import Faults
from ipaas_discovery.systems.http.guard import Guard
from ipaas_discovery.systems.http.limiter import Limiter, shared
from ipaas_discovery.systems.http.log_ins.sign_in import sign_in
from ipaas_discovery.systems.http.log_redaction import redact_logs
from ipaas_discovery.systems.http.network import network
from ipaas_discovery.systems.http.retries import RetryPolicy
from ipaas_discovery.systems.http.throttling import ThrottledTransport

__all__ = ["ASKING", "Client"]

ASKING = "asking"
"""The extension of a request that names its headers which say what is asked for, and not how."""
REDIRECTS = 5
"""Redirects that are followed one after the other, on the same host alone."""


class Client:
    """Reads from one base URL. Safe to use from several threads.

    Args:
        base_url: where the API is; paths are joined to it, full URLs must stay on its host.
        auth: how requests are signed.
        credentials: the secrets for it.
        limits: calls in flight, retries, time-outs, the time budget, headers that tell the quota.
        headers: fixed headers of the connector.
        transport: any httpx transport, such as one that replays or a WSGI application.
        searches: paths that list records by POST; no other path may be posted to.
        limiter: the host's own, shared by all that call it, without; a transport of one's own has one of its own.
        largest: bytes of a body, decompressed, that are read at most.
    """

    def __init__(  # noqa: PLR0913  one a thing that may differ from the connector
        self,
        base_url: str,
        auth: Auth,
        credentials: Credentials,
        limits: Limits,
        *,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
        searches: Collection[str] = (),
        limiter: Limiter | None = None,
        largest: int = LARGEST,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._auth, self._credentials, self._limits = auth, credentials, limits
        host = httpx.URL(self.base_url).netloc.decode("ascii")
        self._limiter = limiter or (Limiter(limits) if transport else shared(host, limits))
        self._faults = Faults(credentials.scrub, self._in_use, limits)
        redact_logs(credentials)
        self._lock, self._working, self._budget = Lock(), 0, Budget(None, self._limiter.clock)
        guard = Guard(transport or network(), self.base_url, searches)
        self._patience = RetryPolicy.of(limits, self._limiter, self._allowed, self._put_off)
        self._http = httpx.Client(
            transport=RetryTransport(
                ThrottledTransport(guard, self._limiter, self._allowed, self._where, largest), self._patience
            ),
            timeout=limits.timeout,
            headers={"Accept": "application/json", "Accept-Encoding": "gzip, deflate", **(headers or {})},
        )
        self._signed: httpx.Auth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; calls that wait for their turn end."""
        self._budget.stop()
        self._http.close()

    @contextmanager
    def budget(self) -> Iterator[Budget]:
        """A piece of work that may take the connector's `limits.seconds` in all; one inside another counts as one.

        Its `stop()` ends the calls that wait, so that an interrupt does not wait for them.
        """
        with self._lock:
            if self._working == 0:
                self._budget = Budget(self._limits.seconds, self._limiter.clock)
            self._working += 1
            budget = self._budget
        try:
            yield budget
        finally:
            with self._lock:
                self._working -= 1
                if self._working == 0 and self._budget is budget:
                    self._budget = Budget(None, self._limiter.clock)

    def get(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Answer:
        """The parsed answer to a GET of `path`, a path under the base URL or a full URL on its host.

        `headers` are those that say which records are wanted, such as If-Modified-Since; 304 then brings none.

        Raises:
            FetchError: of the kind that fits, naming the request, the likely cause and the next step.
        """
        return self.fetch(path, params, headers=headers, signed=signed)()

    def fetch(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Callable[[], Answer]:
        """The same in two steps, for two threads: it waits for the answer, and what it returns parses it.

        Raises:
            FetchError: if there is no answer; what it returns raises one if the answer is not JSON.
        """
        asking = {ASKING: dict(headers)} if headers else {}
        request = self._http.build_request(
            "GET", address(self.base_url, path, params), headers=headers, extensions=asking
        )
        return self._ask(request, signed=signed)

    def linked(self, link: str) -> str:
        """The path to ask for where an answer holds `link`, as the answer writes it: in full, or from some root."""
        return linked(self.base_url, link)

    def search(
        self,
        path: str,
        body: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The parsed answer to a POST of `body` to `path`, one of the client's `searches`. It only asks.

        Raises:
            NotReadOnlyError: for another path, or for GraphQL that is more than queries.
            FetchError: of the kind that fits; GraphQL's `errors` among them, whatever came beside them.
        """
        asking = {ASKING: dict(headers)} if headers else {}
        request = self._http.build_request(
            "POST", address(self.base_url, path, params), json=dict(body), headers=headers,
            extensions={"retry": self._patience.for_search(), **asking},
        )  # fmt: skip
        answer = self._ask(request)()
        if isinstance(body.get("query"), str) and answer.trouble:
            said = f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}"
            if "throttled" in answer.trouble.lower():
                raise self._faults.limited(said, answer.request)
            raise ResponseError(said, where=answer.request, then="correct the `query` of the search in the connector")
        return answer

    def _ask(self, request: httpx.Request, *, signed: bool = True) -> Callable[[], Answer]:
        for _ in range(REDIRECTS + 1):
            asked, where = request.url, self._where(request)
            response = self._sent(request, where, signed=signed)
            target = redirected(self.base_url, asked, response) if request.method == "GET" else None
            if target is None:
                break
            request = self._http.build_request("GET", target, headers=request.headers, extensions=request.extensions)
        response.stream = httpx.ByteStream(b"")  # httpx's own refers back to the response, and would keep its body
        unchanged = response.status_code == httpx.codes.NOT_MODIFIED and ASKING in request.extensions
        if not response.is_success and not unchanged:
            raise self._faults.refusal(response, where)
        return partial(self._answer, response, where)

    def _sent(self, request: httpx.Request, where: str, *, signed: bool) -> httpx.Response:
        try:
            return self._http.send(request, auth=self._authentication() if signed else httpx.Auth())
        except httpx.HTTPError as error:
            self._allowed().check(where)
            raise self._faults.unreachable(error, where) from None

    def _allowed(self) -> Budget:
        """The budget that counts now."""
        return self._budget

    def _where(self, request: httpx.Request) -> str:
        return self._credentials.scrub(f"{request.method} {unquote(str(request.url))}")

    def _in_use(self) -> str:
        """The variables of the credentials that sign, for whoever reads why a call was refused."""
        return ", ".join(map(self._credentials.variable, self._auth.used(self._credentials.in_use())))

    def _put_off(self, response: httpx.Response, seconds: float) -> FetchError:
        return self._faults.put_off(response, self._where(response.request), seconds)

    def _authentication(self) -> httpx.Auth:
        if self._signed is None:
            self._signed = sign_in(self._auth, self._credentials, self.base_url)
        return self._signed

    def _answer(self, response: httpx.Response, where: str) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        links = links_of(response)
        body = None
        if response.status_code != httpx.codes.NO_CONTENT and response.content.strip():
            try:
                body = parse(response.content, headers.get("content-type", ""))
            except ValueError as error:
                raise self._faults.unreadable(response, where, error) from None
        trouble = self._credentials.scrub(trouble_in(body))
        return Answer(where, response.status_code, body, headers, links, day_of(headers.get("date")), trouble)

"""The only door to a system: signed reads with retries, and errors that name the next step.

A request passes, from the outside in: httpx (auth), httpx-retries (reads alone, full jitter), the host's limiter
with the time budget and the cap on a body, and the guard, which lets nothing but reads reach the network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import Any, Literal, Self
from urllib.parse import unquote

import httpx
from httpx_retries import RetryTransport

from ipaas_discovery.errors import DiscoveryError, FetchError, ResponseError
from ipaas_discovery.systems.answers.answer import Answer, day_of
from ipaas_discovery.systems.answers.body import parse
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, holds_data, trouble_in
from ipaas_discovery.systems.answers.notes import NOTES
from ipaas_discovery.systems.answers.write_detection import WALKS
from ipaas_discovery.systems.connectors.auth import Auth, RecordedAuth
from ipaas_discovery.systems.connectors.connector import Limits
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.addresses import address, linked, links_of, redirected, walks
from ipaas_discovery.systems.http.body_reader import LARGEST
from ipaas_discovery.systems.http.budget import Budget
from ipaas_discovery.systems.http.faults import Faults
from ipaas_discovery.systems.http.guard import Guard, not_sent
from ipaas_discovery.systems.http.limiter import Limiter, shared
from ipaas_discovery.systems.http.log_ins.sign_in import sign_in
from ipaas_discovery.systems.http.log_redaction import redact_logs
from ipaas_discovery.systems.http.network import network
from ipaas_discovery.systems.http.retries import RetryPolicy, broke_off
from ipaas_discovery.systems.http.search_body import BODY, content_types, written
from ipaas_discovery.systems.http.throttling import ThrottledTransport

__all__ = ["ASKING", "Client"]

ASKING = "asking"
"""The extension of a request that names the headers which select records."""
REDIRECTS = 5
"""The most redirects that are followed in a row, all on the same host."""


class Client:
    """A reader of one base URL, safe to use from several threads.

    Args:
        base_url: address of the API; paths are joined to it, full URLs must stay on its host.
        auth: settings that sign requests.
        credentials: secrets for `auth`.
        limits: calls in flight, retries, time-outs, the time budget, headers that hold the quota.
        headers: fixed headers of the connector.
        transport: any httpx transport, such as one that replays or a WSGI application.
        searches: paths that list records by POST; no other path may be posted to.
        limiter: rate limiter. Defaults to the one shared by every client of this host; a custom transport gets its own.
        largest: the most bytes of a body, decompressed, that are read.
    """

    def __init__(  # noqa: PLR0913  each parameter may differ from the connector
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
        self._limiter = limiter or (Limiter(limits) if transport else shared(self.base_url, limits))
        self._faults = Faults(credentials.scrub, self._in_use, limits, isinstance(auth, RecordedAuth))
        redact_logs(credentials)
        self._lock, self._working, self._budget = Lock(), 0, Budget(None, self._limiter.clock)
        guard = Guard(transport or network(), self.base_url, searches)
        self._retries = RetryPolicy.of(limits, self._limiter, self._allowed, self._put_off)
        self._http = httpx.Client(
            transport=RetryTransport(
                ThrottledTransport(guard, self._limiter, self._allowed, self._where, largest), self._retries
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
        """Close the connections; calls that wait for their turn end."""
        self._budget.stop()
        self._http.close()

    @contextmanager
    def budget(self) -> Iterator[Budget]:
        """Limit a piece of work to the connector's `limits.seconds`; one inside another counts as one.

        Its `stop()` ends the waiting calls, so that an interrupt takes effect at once.
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
        """Send a GET to `path`, a path under the base URL or a full URL on its host, and return the parsed answer.

        `headers` are those that select records, such as If-Modified-Since; status 304 then means no records.

        Raises:
            FetchError: of the kind that fits, naming the request, the likely cause and the next step.
        """
        return self.fetch(path, params, headers=headers, signed=signed)()

    def fetch(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        method: Literal["GET", "HEAD"] = "GET",
        headers: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Callable[[], Answer]:
        """Send a GET, or a HEAD, and wait for the answer; return a function that parses it, for use in another thread.

        Raises:
            NotReadOnlyError: for a path that walks to another one.
            FetchError: if there is no answer; the returned function raises one if the answer is not JSON.
        """
        if signed and walks(path):  # httpx would resolve it, and nobody see it
            raise not_sent(WALKS, f"{method} {path}")
        asking = {ASKING: dict(headers)} if headers else {}
        request = self._http.build_request(
            method, address(self.base_url, path, params), headers=headers, extensions=asking
        )
        return self._ask(request, signed=signed)

    def linked(self, link: str) -> str:
        """Return the path to ask for, given a `link` as an answer writes it: in full, or from some root."""
        return linked(self.base_url, link)

    def search(
        self,
        path: str,
        body: Mapping[str, Any],
        params: Mapping[str, Any] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        sent_as: str = "json",
    ) -> Answer:
        """Send a POST of `body` to `path`, one of the client's `searches`, and return the parsed answer.

        The body is sent as JSON, a form or XML.

        Raises:
            NotReadOnlyError: for another path, or for a body that does more than ask.
            FetchError: of the kind that fits, also for GraphQL's `errors` where no data came beside them.
        """
        asking = {ASKING: dict(headers)} if headers else {}
        typed = {} if "content-type" in self._http.headers else {"Content-Type": content_types()[sent_as]}
        request = self._http.build_request(
            "POST",
            address(self.base_url, path, params),
            content=written(body, sent_as),
            headers={**typed, **(headers or {})},
            extensions={"retry": self._retries.for_search(), BODY: (body, sent_as), **asking},
        )
        answer = self._ask(request)()
        if isinstance(body.get("query"), str) and answer.trouble:
            message = f"The system answered {answer.status} with an error inside: {answer.trouble:.{EXCERPT}}"
            if "throttled" in answer.trouble.lower():
                raise self._faults.limited(message, answer.request)
            if holds_data(answer.body):
                return answer  # what reads it notes the error beside the records
            raise ResponseError(
                message, where=answer.request, then="correct the `query` of the search in the connector"
            )
        return answer

    def _ask(self, request: httpx.Request, *, signed: bool = True) -> Callable[[], Answer]:
        """Send a request, follow its redirects, and return a function that parses the answer."""
        for _ in range(REDIRECTS + 1):
            asked, where = request.url, self._where(request)
            response = self._sent(request, where, signed=signed)
            target = redirected(self.base_url, asked, response) if request.method != "POST" else None
            if target is None:
                break
            request = self._http.build_request(
                request.method, target, headers=request.headers, extensions=request.extensions
            )
        response.stream = httpx.ByteStream(b"")  # httpx's own refers back to the response, and would keep its body
        unchanged = response.status_code == httpx.codes.NOT_MODIFIED and ASKING in request.extensions
        if not response.is_success and not unchanged:
            raise self._faults.refusal(response, where)
        again = partial(self._sent, request, where, signed=signed)
        return partial(self._answer, response, where, again)

    def _sent(self, request: httpx.Request, where: str, *, signed: bool) -> httpx.Response:
        """Send one request, signed, and turn the network's errors into the kit's own.

        An error keeps no frame below this one: their variables hold the request as it was signed.
        """
        try:
            return self._http.send(request, auth=self._authentication() if signed else httpx.Auth())
        except httpx.HTTPError as error:
            failure: BaseException = self._unreachable(error, where)
        except BaseException as error:  # noqa: BLE001  the frames of an interrupt hold the request, too
            failure = error
        failure.__context__ = failure.__cause__ = None
        raise failure.with_traceback(None)

    def _unreachable(self, error: httpx.HTTPError, where: str) -> DiscoveryError:
        """Build the error for a missing answer: the budget's, if its time is over."""
        try:
            self._allowed().check(where)
        except DiscoveryError as over:
            return over
        return self._faults.unreachable(error, where)

    def _allowed(self) -> Budget:
        """Return the current budget."""
        return self._budget

    def _where(self, request: httpx.Request) -> str:
        """Name a request in errors, without secrets."""
        return self._credentials.scrub(f"{request.method} {unquote(str(request.url))}")

    def _in_use(self) -> str:
        """Name the variables of the credentials that sign, for the reader of a refusal."""
        return ", ".join(map(self._credentials.variable, self._auth.used(self._credentials.in_use())))

    def _put_off(self, response: httpx.Response, seconds: float) -> FetchError:
        """Build the error for an answer that asks for too long a wait."""
        return self._faults.put_off(response, self._where(response.request), seconds)

    def _authentication(self) -> httpx.Auth:
        """Return the flow that signs requests, made at its first use."""
        if self._signed is None:
            self._signed = sign_in(self._auth, self._credentials, self.base_url)
        return self._signed

    def _answer(self, response: httpx.Response, where: str, again: Callable[[], httpx.Response]) -> Answer:
        """Parse a response; one that broke off unnoticed is asked for `again`, while the limits allow it."""
        retry = self._retries
        while True:
            try:
                return self._parsed(response, where)
            except ValueError as error:
                if retry.is_exhausted() or not broke_off(response.content, error):
                    raise self._faults.unreadable(response, where, error) from None
                retry = retry.increment()
                retry.sleep(error)
            response = again()
            if not response.is_success:
                raise self._faults.refusal(response, where)

    def _parsed(self, response: httpx.Response, where: str) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        body, notes = None, tuple(response.extensions.get(NOTES, ()))
        if response.status_code != httpx.codes.NO_CONTENT and response.content.strip():
            body, odd = parse(response.content, headers.get("content-type", ""))
            notes += odd
        trouble = self._credentials.scrub(trouble_in(body))
        day = day_of(headers.get("date"))
        return Answer(where, response.status_code, body, headers, links_of(response), day, trouble, notes)

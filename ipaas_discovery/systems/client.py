"""The only door to a system: signed reads with retries, and errors that say what to do. Nothing else gets out.

Retries come from httpx-retries, which honours `Retry-After`; connections, TLS and time-outs from httpx.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Self
from urllib.parse import urljoin

import httpx
import msgspec
from httpx_retries import Retry, RetryTransport

from ipaas_discovery.errors import (
    ConfigurationError,
    FetchError,
    NotReadOnlyError,
    RateLimitedError,
    RefusedError,
    ResponseError,
    UnreachableError,
)
from ipaas_discovery.systems.answer import Answer
from ipaas_discovery.systems.auth import Auth
from ipaas_discovery.systems.connector import Limits
from ipaas_discovery.systems.credentials import Credentials

__all__ = ["Client", "fill_base_url", "in_process"]

EXCERPT = 200
"""Characters of an unexpected body that an error shows."""
NEVER = ("/hookapi",)
"""Paths that trigger transfers on iPaaS.com: posting a hook moves real data (the vendor's hook controller)."""


class Client:
    """Reads from one base URL. Safe to use from several threads.

    Args:
        base_url: where the API is; paths are joined to it, full URLs must stay on its host.
        auth: how requests are signed.
        credentials: the secrets for it.
        limits: retries, time-outs.
        headers: fixed headers of the connector.
        transport: any httpx transport, such as one that replays or a WSGI application.
    """

    def __init__(
        self,
        base_url: str,
        auth: Auth,
        credentials: Credentials,
        limits: Limits,
        *,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._auth, self._credentials, self._limits = auth, credentials, limits
        self._guard = _Guard(transport or httpx.HTTPTransport(retries=0), auth.log_in_paths, self.base_url)
        self._http = httpx.Client(
            transport=RetryTransport(self._guard, _retry(limits)),
            timeout=limits.timeout,
            headers={"Accept": "application/json", **(headers or {})},
        )
        self._signed: httpx.Auth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def get(self, path: str, params: Mapping[str, Any] | None = None, *, signed: bool = True) -> Answer:
        """The parsed answer to a GET of `path`, a path under the base URL or a full URL on its host.

        Raises:
            FetchError: of the kind that fits, naming the request, the likely cause and the next step.
        """
        url = self._url(path)
        where = f"GET {self._credentials.scrub(url)}"
        auth = self._authentication() if signed else httpx.Auth()
        try:
            response = self._http.get(url, params=params, auth=auth)
        except httpx.HTTPError as error:
            raise self._unreachable(error, where) from None
        if not response.is_success:
            raise self._refusal(response, where)
        return self._answer(response, where)

    def _authentication(self) -> httpx.Auth:
        if self._signed is None:
            self._signed = self._auth.make(self._credentials, self.base_url)
        return self._signed

    def _url(self, path: str) -> str:
        url = path if re.match(r"https?://", path) else f"{self.base_url}/{path.lstrip('/')}"
        here, there = httpx.URL(self.base_url), httpx.URL(url)
        if (here.host, here.port) != (there.host, there.port):
            raise ResponseError(
                f"A link leads to another host, {there.host}",
                where=self.base_url,
                then="it was not followed, so that no secret goes there; name that host in a connector of its own",
            )
        return url

    def _answer(self, response: httpx.Response, where: str) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        links = {
            str(rel): urljoin(str(response.url), link["url"]) for rel, link in response.links.items() if "url" in link
        }
        body = None
        if response.status_code != httpx.codes.NO_CONTENT and response.content.strip():
            body = self._parsed(response, where)
        return Answer(where, response.status_code, body, headers, links, _day(headers.get("date")))

    def _parsed(self, response: httpx.Response, where: str) -> Any:  # noqa: ANN401  JSON
        try:
            return msgspec.json.decode(response.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            kind = response.headers.get("content-type", "no content type").partition(";")[0]
            html = "html" in kind or response.content.lstrip()[:1] == b"<"
            raise ResponseError(
                f"The system answered {'HTML' if html else f'something that is not JSON ({kind})'}: "
                f"{self._excerpt(response)}",
                where=where,
                then="check the base URL and the path: this looks like a web page, not the API"
                if html
                else "check the path; the kit reads JSON",
            ) from None

    def _unreachable(self, error: httpx.HTTPError, where: str) -> FetchError:
        said = self._credentials.scrub(str(error)) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            advice = f"it did not answer within {self._limits.timeout:g} s: try again, or raise `limits.timeout`"
            return UnreachableError("The system took too long", where=where, then=advice)
        if "CERTIFICATE" in said.upper():
            return UnreachableError(
                f"The host's certificate is not trusted, {said}", where=where, then="check the host"
            )
        if isinstance(error, httpx.UnsupportedProtocol):
            return UnreachableError(f"The base URL is none, {said}", where=where, then="write https:// in front of it")
        return UnreachableError(
            f"The system cannot be reached, {said}", where=where, then="check the base URL, the network and the VPN"
        )

    def _refusal(self, response: httpx.Response, where: str) -> FetchError:
        status = f"{response.status_code} {response.reason_phrase}".strip()
        said = f"The system answered {status}: {self._excerpt(response)}"
        if response.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            names = ", ".join(self._credentials.variable(name) for name in _secret_names(self._auth)) or "the connector"
            return RefusedError(said, where=where, then=f"check the credentials ({names}) and the rights of their user")
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            tries = f"still after {self._limits.retries} retries: wait, or lower `limits.in_flight` in the connector"
            return RateLimitedError(said, where=where, then=tries)
        if response.is_redirect:
            target = httpx.URL(response.headers.get("location", "")).host or "another path"
            return ResponseError(f"{said} (to {target})", where=where, then="use the address it points to as base URL")
        advice = "check the path in the connector" if response.is_client_error else "try again later"
        return ResponseError(said, where=where, then=advice)

    def _excerpt(self, response: httpx.Response) -> str:
        text = " ".join(response.text[: 4 * EXCERPT].split())
        text = self._credentials.scrub(text)
        return (text[:EXCERPT] + "…" if len(text) > EXCERPT else text) or "(no body)"


class _Guard(httpx.BaseTransport):
    """Lets out GET, and POST to the log-in paths; everything else ends here."""

    def __init__(self, inner: httpx.BaseTransport, log_in_paths: tuple[str, ...], base_url: str) -> None:
        self._inner = inner
        root = httpx.URL(base_url).path.rstrip("/")
        self._log_ins = {root + path for path in log_in_paths}
        self._never = tuple(root + path for path in NEVER)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        reads = request.method == "GET" or (request.method == "POST" and path in self._log_ins)
        if not reads or path.startswith(self._never):
            raise NotReadOnlyError(
                "This call could change the system and was not sent",
                where=f"{request.method} {path}",
                then="the kit only reads; correct the connector",
            )
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


class _Patience(Retry):
    """Retries that understand `Retry-After` in fractions of a second as well (Shopify sends "2.0")."""

    def parse_retry_after(self, retry_after: str) -> float:
        try:
            return max(0.0, float(retry_after))
        except ValueError:
            return super().parse_retry_after(retry_after)


def _retry(limits: Limits) -> Retry:
    return _Patience(
        total=limits.retries,
        allowed_methods=["GET"],
        retry_on_exceptions=[httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError],
        backoff_factor=0.25,
        max_backoff_wait=limits.longest_wait,
    )


def _secret_names(auth: Auth) -> list[str]:
    """Names of the secrets a connector's auth uses."""
    if auth.kind == "ipaas":
        return ["email", "password"]
    return sorted(set(re.findall(r"\{(\w+)\}", auth.model_dump_json())))


def _day(date: str | None) -> str:
    """A `Date` header as an ISO day; empty where there is none."""
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else ""
    except ValueError:
        return ""


def in_process(application: Callable[..., Any]) -> httpx.BaseTransport:
    """A transport that asks a WSGI application in this process, without a port."""
    return httpx.WSGITransport(app=application)


def fill_base_url(template: str, find: Callable[[str], str]) -> str:
    """A base URL with its `{placeholders}` filled, each asked of `find`.

    >>> fill_base_url("https://api.example.test/stores/{store}", {"store": "s1"}.__getitem__)
    'https://api.example.test/stores/s1'

    Raises:
        ConfigurationError: if the result is no http(s) URL.
    """
    url = re.sub(r"\{(\w+)\}", lambda name: find(name.group(1)), template)
    if not re.match(r"https?://[^/]+", url):
        raise ConfigurationError(f"The base URL '{url}' is no web address", then="write it like https://host/path")
    return url

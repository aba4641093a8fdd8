"""Tokens that a system issues for a log-in: by a POST of its own kind, or by OAuth 2's client credentials.

OAuth 2 itself (the request's body, the answer's checks) is oauthlib's: it opens no connection of its own, so that
even a token is asked for through the client's one guarded door.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Generator, Mapping
from threading import RLock
from typing import Any

import httpx

from ipaas_discovery.errors import RefusedError, ResponseError
from ipaas_discovery.systems.answer import at
from ipaas_discovery.systems.credentials import Credentials
from ipaas_discovery.systems.issuing import is_token, timed

__all__ = ["ClientCredentialsLogin", "PostLogin", "filled"]

Flow = Generator[httpx.Request, httpx.Response, None]
Issued = tuple[str, float | None]
"""A token, and the seconds it lives where the system says so."""


class _TokenLogin(httpx.Auth):
    """Signs requests with a token: obtains it first, renews it early, obtains it anew once if it is refused.

    One object may sign requests of several threads; only one of them logs in.
    """

    requires_response_body = True
    EARLY = 30.0
    """Seconds before its end at which a token is renewed; one that lives shorter, at half its time."""

    def __init__(
        self,
        credentials: Credentials,
        url: str,
        *,
        sent: tuple[str, str] = ("Authorization", "Bearer {token}"),
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials, self._url, self._sent, self._clock = credentials, url, sent, clock
        self._headers = dict(headers or {})
        self._lock = RLock()
        self._token: str | None = None
        self._ends = float("inf")

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign `request`; if its token is refused once, obtain a new one and try again."""
        with self._lock:
            if self._token is None or self._clock() > self._ends:
                yield from timed(self._renew(), request)
            used = self._token
        response = yield self._signed(request)
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        with self._lock:
            if self._token == used:  # no other thread has renewed it meanwhile
                yield from timed(self._renew(), request)
        yield self._signed(request)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        name, template = self._sent
        request.headers.update({**self._headers, name: template.replace("{token}", self._token or "")})
        return request

    def _renew(self) -> Flow:
        request = self._asking()
        response = yield request
        where = f"POST {self._credentials.scrub(self._url)}"
        late = response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
        if late or response.is_redirect or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            said = f"The log-in answered with status {response.status_code}"
            raise ResponseError(
                said, where=where, then="check the log-in's address in the connector, or try again later"
            )
        token, seconds = self._issued(response, where)
        if not is_token(token):
            then = "ask the system's operator; a token is one line of plain letters, digits and signs"
            raise ResponseError("The log-in's answer has a token that no header can carry", where=where, then=then)
        self._credentials.learn("token", token)
        self._token = token
        lives = float("inf") if seconds is None or seconds <= 0 else seconds
        self._ends = self._clock() + lives - min(self.EARLY, lives / 2)

    def _refused(self, said: str, where: str) -> RefusedError:
        text = self._credentials.scrub(" ".join(said.split()))[:200]
        return RefusedError(
            f"The log-in was refused, {text}", where=where, then="check the credentials and their rights"
        )

    def _asking(self) -> httpx.Request:
        """The request for a token."""
        raise NotImplementedError

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        """The token in the answer."""
        raise NotImplementedError


class PostLogin(_TokenLogin):
    """A token for a log-in of the system's own kind."""

    def __init__(  # noqa: PLR0913  one a thing that differs between systems
        self,
        credentials: Credentials,
        url: str,
        *,
        body: Mapping[str, Any],
        token_at: str = "token",  # noqa: S107  a place, not a secret
        form: bool = False,
        seconds: float | None = None,
        sent: tuple[str, str] = ("Authorization", "Bearer {token}"),
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(credentials, url, sent=sent, headers=headers, clock=clock)
        self._body, self._token_at, self._form, self._seconds = body, token_at, form, seconds

    def _asking(self) -> httpx.Request:
        if self._form:
            return httpx.Request("POST", self._url, headers=self._headers, data=dict(self._body))
        return httpx.Request("POST", self._url, headers=self._headers, json=self._body)

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        if response.is_client_error:
            raise self._refused(f"status {response.status_code}: {response.text[:400]}", where)
        try:
            body = response.json()
        except ValueError:
            body = None
        token = at(body, self._token_at)
        if not token or isinstance(token, bool) or not isinstance(token, str | int):
            place = f"`{self._token_at}`" if self._token_at else "the answer itself"
            raise ResponseError(f"The log-in's answer has no token at {place}", where=where, then="correct `token_at`")
        return str(token), self._seconds


class ClientCredentialsLogin(_TokenLogin):
    """A token for a client's id and secret."""

    def __init__(  # noqa: PLR0913  the grant's own parts
        self,
        credentials: Credentials,
        url: str,
        *,
        client: tuple[str, str],
        scopes: tuple[str, ...] = (),
        parameters: Mapping[str, str] | None = None,
        in_body: bool = False,
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(credentials, url, headers=headers, clock=clock)
        self._client, self._scopes, self._parameters, self._in_body = client, scopes, parameters or {}, in_body

    def _asking(self) -> httpx.Request:
        from oauthlib.oauth2 import BackendApplicationClient  # noqa: PLC0415  only who logs in by OAuth needs it

        name, secret = self._client
        told = {"client_secret": secret} if self._in_body else {}
        body = BackendApplicationClient(name).prepare_request_body(
            scope=list(self._scopes) or None, include_client_id=self._in_body, **told, **self._parameters
        )
        request = httpx.Request(
            "POST",
            self._url,
            content=body,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        return request if self._in_body else next(httpx.BasicAuth(name, secret).auth_flow(request))

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        from oauthlib.oauth2 import (  # noqa: PLC0415  the same
            BackendApplicationClient,
            MissingTokenError,
            OAuth2Error,
        )

        try:
            told = _plain(response)
            token = BackendApplicationClient(self._client[0]).parse_request_body_response(told)
        except OAuth2Error as error:
            if response.is_success and isinstance(error, MissingTokenError):
                raise self._odd(where) from None
            raise self._refused(f"status {response.status_code}, {error.description or error.error}", where) from None
        except (ValueError, TypeError, AttributeError):  # oauthlib trusts an answer to be an object or a form
            raise self._odd(where) from None
        seconds, text = token.get("expires_in"), token["access_token"]
        return text if isinstance(text, str) else "", None if seconds is None else float(seconds)

    @staticmethod
    def _odd(where: str) -> ResponseError:
        then = "check `token_url` in the connector"
        return ResponseError("The log-in's answer is none that OAuth 2 knows", where=where, then=then)


def _plain(response: httpx.Response) -> str:
    """A token's answer without what oauthlib trips over: a byte order mark, and a lifetime that is no number."""
    text = response.content.decode("utf-8-sig", errors="replace")
    try:
        told = json.loads(text)
        float(told.get("expires_in") or 0)
    except (AttributeError, json.JSONDecodeError):
        return text
    except (TypeError, ValueError):
        told.pop("expires_in")
    return json.dumps(told)


def filled(template: Any, credentials: Credentials) -> Any:  # noqa: ANN401  text, or JSON that holds text
    """`template` with each `{name}` in its texts replaced by the credential of that name.

    >>> filled({"user": "{name}"}, Credentials("shop", {"name": "ada"}))
    {'user': 'ada'}

    Raises:
        MissingCredentialError: if no place has one of them.
    """
    if isinstance(template, str):
        return re.sub(r"\{(\w+)\}", lambda name: credentials.get(name.group(1)), template)
    if isinstance(template, Mapping):
        return {key: filled(each, credentials) for key, each in template.items()}
    if isinstance(template, list):
        return [filled(each, credentials) for each in template]
    return template

"""Get tokens by a log-in: a POST of the system's own kind, or OAuth 2's client credentials.

OAuth 2 itself (the request's body, the answer's checks) is oauthlib's: it opens no connection of its own, so that
even a token is asked for through the client's one guarded door.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Mapping
from threading import RLock
from typing import Any

import httpx

from ipaas_discovery.errors import FetchError, RefusedError, ResponseError
from ipaas_discovery.systems.answers.error_in_body import EXCERPT, trouble_in
from ipaas_discovery.systems.answers.json_path import at, texts_in
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.log_ins.placement import Placement
from ipaas_discovery.systems.http.log_ins.token_requests import is_token, refusal_text, says_expired, timed

__all__ = ["ClientCredentialsLogin", "PostLogin"]

Flow = Generator[httpx.Request, httpx.Response, None]
Issued = tuple[Mapping[str, Any], float | None]
"""The token, or the parts of a session, by name, and the seconds it lives, if the system states them."""
SHOWN = 6
"""The most names of an answer's fields that an error shows."""
SHORTEST_PART = 8
"""A shorter part of a session, such as a user's number, opens nothing, and stands in many an answer by chance."""
BEARER = Placement(headers={"Authorization": "Bearer {token}"})


class _TokenLogin(httpx.Auth):
    """A flow that signs requests with a token: it obtains it first, renews it early, and once more if it is refused.

    One object may sign requests of several threads; only one of them logs in.
    """

    requires_response_body = True
    EARLY = 30.0
    """Seconds before its end at which a token is renewed; a short-lived one is renewed at half its time."""

    def __init__(
        self,
        credentials: Credentials,
        url: str,
        *,
        sent: Placement = BEARER,
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._credentials, self._url, self._sent, self._clock = credentials, url, sent, clock
        self._headers = dict(headers or {})
        self._lock = RLock()
        self._parts: Mapping[str, Any] | None = None
        self._ends = float("inf")

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign `request`; if its token is refused once, obtain a new one and try again."""
        with self._lock:
            if self._parts is None or self._clock() > self._ends:
                yield from timed(self._renew(), request)
            used = self._parts
        response = yield self._signed(request)
        if response.status_code != httpx.codes.UNAUTHORIZED and not says_expired(response):
            return
        with self._lock:
            if self._parts is used:  # no other thread has renewed it meanwhile
                yield from timed(self._renew(), request)
        yield self._signed(request)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        """Put the token, or the session's parts, into their places."""
        request.headers.update(self._headers)
        return self._sent.placed(request, self._parts or {})

    def _renew(self) -> Flow:
        """Obtain a token and remember its end."""
        request = self._asking()
        response = yield request
        where = f"POST {self._credentials.scrub(self._url)}"
        if (then := _advice(response.status_code)) is not None:
            message = f"The log-in answered with status {refusal_text(response, self._credentials)}"
            raise ResponseError(message, where=where, then=then)
        parts, seconds = self._issued(response, where)
        if not all(is_token(str(part)) for part in parts.values()):
            then = "ask the system's operator; a token is one line of plain letters, digits and signs"
            raise ResponseError("The log-in's answer has a token that no header can carry", where=where, then=then)
        for name, part in parts.items():
            if isinstance(part, str) and (len(parts) == 1 or len(part) >= SHORTEST_PART):
                self._credentials.learn(name, part)
        self._parts = parts
        lives = float("inf") if seconds is None or seconds <= 0 else seconds
        self._ends = self._clock() + lives - min(self.EARLY, lives / 2)

    def _refused(self, reason: str, where: str) -> RefusedError:
        """Build the error for a refused log-in."""
        used = ", ".join(self._credentials.variables) or "none was looked up"
        then = f"check the credentials ({used}) and their rights"
        return RefusedError(f"The log-in was refused, {reason}", where=where, then=then)

    def _asking(self) -> httpx.Request:
        """Build the request for a token."""
        raise NotImplementedError

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        """Return the token in the answer."""
        raise NotImplementedError


class PostLogin(_TokenLogin):
    """A flow with a token for a log-in of the system's own kind."""

    def __init__(  # noqa: PLR0913  each parameter differs between systems
        self,
        credentials: Credentials,
        url: str,
        *,
        body: Mapping[str, Any],
        token_at: str | Mapping[str, str] = "token",  # noqa: S107  a path, not a secret
        form: bool = False,
        seconds: float | None = None,
        sent: Placement = BEARER,
        headers: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(credentials, url, sent=sent, headers=headers, clock=clock)
        self._typed = not isinstance(token_at, str)
        self._places = {"token": token_at} if isinstance(token_at, str) else token_at
        self._body, self._form, self._seconds = body, form, seconds

    def _asking(self) -> httpx.Request:
        """Build the request for a token."""
        if self._form:
            return httpx.Request("POST", self._url, headers=self._headers, data=dict(self._body))
        return httpx.Request("POST", self._url, headers=self._headers, json=self._body)

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        """Return the token in the answer."""
        if response.is_client_error:
            raise self._refused(f"status {refusal_text(response, self._credentials)}", where)
        try:
            body = response.json()
        except ValueError:
            body = None
        parts = {name: _part(response, body, place) for name, place in self._places.items()}
        for name, part in parts.items():
            if not part or isinstance(part, bool) or not isinstance(part, str | int):
                raise self._tokenless(response, body, where, self._places[name])
        return parts if self._typed else {"token": str(parts["token"])}, self._seconds

    def _tokenless(self, response: httpx.Response, body: object, where: str, place: str) -> FetchError:
        """Build the error for a missing token; it shows only names, because any value may be the token."""
        if trouble := self._credentials.scrub(trouble_in(body)):
            return self._refused(f"status {response.status_code} with an error inside: {trouble:.{EXCERPT}}", where)
        if place and _is_nothing(body, place):
            value = json.dumps(at(body, place))
            return self._refused(f"status {response.status_code}, and in place of a token `{place}` is {value}", where)
        location = f"`{place}`" if place else "the answer itself"
        names = ", ".join(f"`{name}`" for name in texts_in(body)[:SHOWN])
        kind = response.headers.get("content-type", "no content type").partition(";")[0]
        held = f"it has {names}" if names else f"it is {kind} and has no texts with names"
        return ResponseError(
            f"The log-in's answer has no token at {location}, {held}", where=where, then="correct `token_at`"
        )


class ClientCredentialsLogin(_TokenLogin):
    """A flow with a token for a client's id and secret."""

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
        """Build the request for a token."""
        from oauthlib.oauth2 import BackendApplicationClient  # noqa: PLC0415  only OAuth log-ins need it

        name, secret = self._client
        both = {"client_secret": secret} if self._in_body else {}
        body = BackendApplicationClient(name).prepare_request_body(
            scope=list(self._scopes) or None, include_client_id=self._in_body, **both, **self._parameters
        )
        request = httpx.Request(
            "POST",
            self._url,
            content=body,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        return request if self._in_body else next(httpx.BasicAuth(name, secret).auth_flow(request))

    def _issued(self, response: httpx.Response, where: str) -> Issued:
        """Return the token in the answer."""
        from oauthlib.oauth2 import (  # noqa: PLC0415  only OAuth log-ins need it
            BackendApplicationClient,
            MissingTokenError,
            OAuth2Error,
        )

        try:
            token = BackendApplicationClient(self._client[0]).parse_request_body_response(_plain(response))
        except OAuth2Error as error:
            if response.is_success and isinstance(error, MissingTokenError):
                raise self._odd(where) from None
            reason = f"{response.status_code}, {self._credentials.scrub(str(error.description or error.error))}"
            if isinstance(error, MissingTokenError):  # oauthlib raises it for any body it does not know
                reason = refusal_text(response, self._credentials)
            raise self._refused(f"status {reason}", where) from None
        except (ValueError, TypeError, AttributeError):  # oauthlib trusts an answer to be an object or a form
            raise self._odd(where) from None
        seconds, text = token.get("expires_in"), token["access_token"]
        return {"token": text if isinstance(text, str) else ""}, None if seconds is None else float(seconds)

    @staticmethod
    def _odd(where: str) -> ResponseError:
        """Build the error for an answer that is no OAuth 2."""
        then = "check `token_url` in the connector"
        return ResponseError("The log-in's answer is none that OAuth 2 knows", where=where, then=then)


def _advice(status: int) -> str | None:
    """Advise on a status of a log-in that does not concern the credentials; return None for any other."""
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return "try again later"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return "wait before the next try: a log-in is not tried again by itself"
    if status in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED} or httpx.codes.is_redirect(status):
        return "correct the log-in's address in the connector"
    return None


def _part(response: httpx.Response, body: object, place: str) -> object:
    """Return what stands at a place of a log-in's answer: in a header, in a cookie, or in the body."""
    if (header := place.removeprefix("header:")) != place:
        return response.headers.get(header)
    if (cookie := place.removeprefix("cookie:")) != place:
        lines = (line.partition(";")[0].strip().partition("=") for line in response.headers.get_list("set-cookie"))
        return next((value.strip('"') for name, _, value in lines if name == cookie), None)
    return at(body, place)


def _is_nothing(body: object, place: str) -> bool:
    """Tell whether false, null or an empty text stands at a place of a body, as where nobody is let in."""
    outer, _, name = place.rpartition(".")
    holder = at(body, outer)
    return isinstance(holder, Mapping) and name in holder and (holder[name] is False or holder[name] in (None, ""))


def _plain(response: httpx.Response) -> str:
    """Remove from a token's answer what oauthlib cannot read: a byte order mark, and a lifetime that is no number."""
    text = response.content.decode("utf-8-sig", errors="replace")
    try:
        content = json.loads(text)
        float(content.get("expires_in") or 0)
    except (AttributeError, json.JSONDecodeError):
        return text
    except (TypeError, ValueError):
        content.pop("expires_in")
    return json.dumps(content)

"""Sign requests as a connector's `[auth]` says: one function for each kind of setting."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping
from functools import singledispatch

import httpx

from ipaas_discovery.systems.connectors.auth import (
    BasicAuth,
    BearerAuth,
    HeadersAuth,
    IpaasAuth,
    LogInAuth,
    MembersAuth,
    NoAuth,
    OAuth1Auth,
    OAuth2Auth,
    QueryAuth,
)
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.connectors.placeholders import carried, filled, filled_with, headers_of, names_in
from ipaas_discovery.systems.http.log_ins.ipaas_login import IpaasLogin
from ipaas_discovery.systems.http.log_ins.oauth1 import OAuth1Signing
from ipaas_discovery.systems.http.log_ins.placement import PlacedSecrets, Placement
from ipaas_discovery.systems.http.log_ins.token_login import ClientCredentialsLogin, PostLogin

__all__ = ["sign_in"]


@singledispatch
def sign_in(auth: object, credentials: Credentials, base_url: str) -> httpx.Auth:
    """Make the flow that signs each request.

    Args:
        auth: the connector's setting, one of the classes in `systems.connectors.auth`.
        credentials: the secrets that it names.
        base_url: the root of a log-in's path.

    Raises:
        MissingCredentialError: for a secret that no source has.
    """
    raise TypeError(f"Nothing signs for {type(auth).__name__}; register it here")


@sign_in.register
def _(auth: NoAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return httpx.Auth()


@sign_in.register
def _(auth: HeadersAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return _Headers(headers_of(auth.headers, credentials))


@sign_in.register
def _(auth: BearerAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return _Headers(headers_of({"Authorization": f"Bearer {auth.token}"}, credentials))


@sign_in.register
def _(auth: BasicAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    basic = httpx.BasicAuth(_fill(auth.username, credentials), _fill(auth.password, credentials))
    header = basic._auth_header  # noqa: SLF001  httpx encodes, we only join
    credentials.learn("basic", header.partition(" ")[2])  # servers that repeat a request repeat it so
    return _Headers({"Authorization": header, **headers_of(auth.headers, credentials)})


@sign_in.register
def _(auth: QueryAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return PlacedSecrets(Placement(parameters=dict(filled(auth.parameters, credentials))))


@sign_in.register
def _(auth: MembersAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return PlacedSecrets(Placement(members=dict(filled(auth.members, credentials))))


@sign_in.register
def _(auth: OAuth1Auth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return OAuth1Signing(auth, credentials)


@sign_in.register
def _(auth: IpaasAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    if credentials.find("token"):
        return _Headers(headers_of({"Authorization": "Bearer {token}"}, credentials))
    return IpaasLogin(credentials, base_url)


@sign_in.register
def _(auth: OAuth2Auth, credentials: Credentials, base_url: str) -> httpx.Auth:
    parameters = dict(filled(auth.parameters, credentials))
    return ClientCredentialsLogin(
        credentials,
        _address(auth.token_url, credentials, base_url),
        client=(_fill(auth.client_id, credentials), _fill(auth.client_secret, credentials)),
        scopes=auth.scopes,
        parameters=parameters,
        in_body=auth.client_in == "body",
        headers=headers_of(auth.headers, credentials),
    )


@sign_in.register
def _(auth: LogInAuth, credentials: Credentials, base_url: str) -> httpx.Auth:
    return PostLogin(
        credentials,
        _address(auth.path, credentials, base_url),
        body=filled(auth.body, credentials),
        form=auth.form,
        token_at=auth.token_at,
        seconds=auth.minutes * 60 if auth.minutes else None,
        sent=_placement(auth, credentials),
        headers=headers_of(auth.first_headers, credentials),
    )


def _placement(auth: LogInAuth, credentials: Credentials) -> Placement:
    """Say where a session goes, the credentials beside its parts filled in."""
    headers = _given(auth.session_headers, credentials, auth.parts)
    rest = (_given(texts, credentials, auth.parts) for texts in (auth.parameters, auth.members))
    return Placement(carried(headers, auth.session_headers, credentials), *rest)


def _given(texts: Mapping[str, str], credentials: Credentials, parts: Collection[str]) -> dict[str, str]:
    """Fill the credentials in texts; the names of parts that the system issues stay."""
    known = {part: f"{{{part}}}" for part in parts}
    wanted = {name for text in texts.values() for name in names_in(text)} - known.keys()
    values = {name: credentials.get(name) for name in sorted(wanted)} | known
    return {name: str(filled_with(text, values)) for name, text in texts.items()}


def _fill(template: str, credentials: Credentials) -> str:
    """Replace each `{name}` of a text by the secret of that name."""
    return str(filled(template, credentials))


def _address(template: str, credentials: Credentials, base_url: str) -> str:
    """Return a log-in's full URL: a path stands under the base URL."""
    url = _fill(template, credentials)
    return url if url.startswith("http") else base_url.rstrip("/") + url


class _Headers(httpx.Auth):
    """A flow that sets fixed headers on every request."""

    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the headers to the request."""
        request.headers.update(self._headers)
        yield request

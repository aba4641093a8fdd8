"""Sign requests by OAuth 1 (RFC 5849); the signature itself is oauthlib's."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import httpx

from ipaas_discovery.systems.connectors.auth import OAuth1Auth
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.connectors.placeholders import filled, headers_of
from ipaas_discovery.systems.http.log_ins.token_requests import SIGN

__all__ = ["OAuth1Signing"]


@dataclass(frozen=True, slots=True)
class _Keys:
    """The consumer's key and secret, and those of the token, empty without one."""

    consumer: str
    consumer_secret: str
    token: str
    token_secret: str


class OAuth1Signing(httpx.Auth):
    """A flow that has each request signed as it leaves: no signature is taken twice, so a retry needs its own."""

    requires_request_body = True

    def __init__(self, auth: OAuth1Auth, credentials: Credentials) -> None:
        names = (auth.consumer_key, auth.consumer_secret, auth.token, auth.token_secret)
        self._keys = _Keys(*(str(filled(name, credentials)).strip() for name in names))
        self._auth, self._headers = auth, headers_of(auth.headers, credentials)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Mark the request with the function that signs it."""
        request.headers.update(self._headers)
        request.extensions[SIGN] = self._signed
        yield request

    def _signed(self, request: httpx.Request) -> httpx.Request:
        """Return a signed copy of a request."""
        from oauthlib.oauth1 import Client  # noqa: PLC0415  only OAuth log-ins need it

        keys, auth = self._keys, self._auth
        client = Client(
            keys.consumer,
            client_secret=keys.consumer_secret,
            resource_owner_key=keys.token or None,
            resource_owner_secret=keys.token_secret or None,
            signature_method=auth.method,
            signature_type={"header": "AUTH_HEADER", "query": "QUERY"}[auth.signed_in],
            realm=auth.realm or None,
        )
        form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
        kept = {name: value for name, value in request.headers.items() if name != "content-length"}
        uri, headers, _ = client.sign(
            _strict(request.url),
            http_method="POST" if request.method == "POST" else "HEAD" if request.method == "HEAD" else "GET",
            body=request.read().decode() if form else None,
            headers={"Content-Type": "application/x-www-form-urlencoded"} if form else {},
        )
        signature = {name: value for name, value in headers.items() if name.lower() == "authorization"}
        return httpx.Request(
            request.method, uri, headers={**kept, **signature}, content=request.read() or None,
            extensions=request.extensions,
        )  # fmt: skip


def _strict(url: httpx.URL) -> str:
    """Write an address without an earlier signature, every sign of its query escaped that OAuth wants escaped."""
    pairs = [(name, value) for name, value in url.params.multi_items() if not name.startswith("oauth_")]
    query = urlencode(pairs, quote_via=quote, safe="")
    return str(url.copy_with(query=query.encode() or None))

"""The platform's tokens: issued, checked, refreshed, expired."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import flask

from ipaas_discovery.sandbox.platform_api.error_answers import refuse

__all__ = ["Grant", "Tokens"]


@dataclass(frozen=True, slots=True)
class Grant:
    """The permission of a token: everything of one company, or only the choice of a company (`company` None)."""

    access_token: str
    refresh_token: str
    company: str | None
    expires: float


class Tokens:
    """Tokens issued so far, by their text.

    The sandbox's own decisions: a token is a keyed hash over a counter, so that the same calls always
    give the same tokens; a refreshed token's predecessor stays valid to its own end; a refresh token does
    not expire and stays the same.

    Args:
        lifetime: seconds a token opens the APIs.
        clock: gives the present in seconds since 1970.
    """

    def __init__(self, lifetime: float, clock: Callable[[], float]) -> None:
        self._lifetime, self._clock = lifetime, clock
        self._grants: dict[str, Grant] = {}
        self._lock = Lock()

    def issue(self, company: str | None = None, refresh_token: str | None = None) -> Grant:
        """Issue a token, for `company` or for none yet."""
        with self._lock:
            number = len(self._grants) + 1
            refresh_token = refresh_token or _opaque(f"refresh {number}")
            grant = Grant(_opaque(f"access {number}"), refresh_token, company, self._clock() + self._lifetime)
            self._grants[grant.access_token] = grant
        return grant

    def refresh(self, access_token: str, refresh_token: str) -> Grant:
        """Issue a token for the company of the old one, whether or not that has expired; else 401."""
        grant = self._grants.get(access_token)
        if grant is None or not hmac.compare_digest(grant.refresh_token, refresh_token):
            refuse("AUTH-1002", "These two tokens do not belong together.")
        return self.issue(grant.company, grant.refresh_token)

    def required(self) -> Grant:
        """Return the grant of the request at hand, or 401: AUTH-1001 unknown, AUTH-1002 expired."""
        scheme, _, token = flask.request.headers.get("Authorization", "").partition(" ")
        grant = self._grants.get(token.strip())
        if scheme.lower() != "bearer" or grant is None:
            refuse("AUTH-1001", WWW_Authenticate="Bearer")
        if self._clock() >= grant.expires:
            refuse("AUTH-1002", WWW_Authenticate='Bearer error="invalid_token"')
        return grant

    def required_company(self) -> str:
        """Return the company of the request at hand, or 401: AUTH-1003 for a token without a company.

        Which of the codes stands for that case is the sandbox's own decision.
        """
        company = self.required().company
        if company is None:
            refuse("AUTH-1003", WWW_Authenticate="Bearer")
        return company


def _opaque(text: str) -> str:
    return hmac.digest(b"ipaas sandbox", text.encode(), "sha256").hex()

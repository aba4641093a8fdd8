"""Log in to iPaaS.com: user, company, company token, renewed before its hour is over.

Source: the platform's "API authentication" articles 10280417 and 9294434, and the vendor's development utility.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from datetime import datetime
from threading import RLock
from typing import Any
from urllib.parse import quote

import httpx

from ipaas_discovery.errors import ConfigurationError, RefusedError, ResponseError, nearest
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.log_ins.token_requests import is_token, refusal_text, timed

__all__ = ["IpaasLogin"]

LOG_IN = "/sso/v2/Auth/Login"
REFRESH = "/sso/v2/Auth/Refresh"
Flow = Generator[httpx.Request, httpx.Response, None]
Asked = Generator[httpx.Request, httpx.Response, dict[str, Any]]


class IpaasLogin(httpx.Auth):
    """A flow that signs requests with a company token: it logs in first, refreshes early, and logs in again if refused.

    Credentials used: `email`, `password`, and `company` (its id or name) if the user has several.
    One object may sign requests of several threads; only one of them logs in.
    """

    requires_response_body = True
    EARLY = 60.0
    """Seconds before its end at which a token is renewed."""

    def __init__(self, credentials: Credentials, base_url: str, clock: Callable[[], float] = time.time) -> None:
        self._credentials, self._base, self._clock = credentials, base_url.rstrip("/"), clock
        self._lock = RLock()
        self._token: str | None = None
        self._refresh_token = ""
        self._ends = 0.0

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Sign `request`; if its token is refused once, obtain a new one and try again."""
        with self._lock:
            if self._token is None or self._clock() > self._ends - self.EARLY:
                yield from timed(self._renew(), request)
            used = self._token
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        with self._lock:
            if self._token == used:  # no other thread has renewed it meanwhile
                yield from timed(self._renew(), request)
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request

    def _renew(self) -> Flow:
        """Get a fresh company token: by refresh if there is a token, else by log-in."""
        if self._token is not None:
            body = {"access_token": self._token, "refresh_token": self._refresh_token}
            response = yield httpx.Request("POST", self._base + REFRESH, json=body)
            if response.is_success and _token_in(answer := _json(response)):
                self._keep(answer)
                return
        yield from self._log_in()

    def _log_in(self) -> Flow:
        """Log the user in, choose the company, and keep its token."""
        email, password = self._credentials.get("email"), self._credentials.get("password")
        body = {"email_address": email, "password": password}
        user = yield from _ask(httpx.Request("POST", self._base + LOG_IN, json=body), self._credentials)
        headers = {"Authorization": f"Bearer {_token_in(user)}"}
        company = yield from self._company(user.get("id"), headers)
        url = f"{self._base}/sso/v2/User/ChangeCompany/{quote(company, safe='')}"
        self._keep((yield from _ask(httpx.Request("GET", url, headers=headers), self._credentials)))

    def _company(self, user: object, headers: dict[str, str]) -> Generator[httpx.Request, httpx.Response, str]:
        """Return the id of the company to work for: the one named, or the only one."""
        wanted = self._credentials.find("company")
        url = f"{self._base}/sso/v2/User/{quote(str(user), safe='')}/Companies"
        answer = yield from _ask(httpx.Request("GET", url, headers=headers), self._credentials, "companies")
        entries = [entry for group in answer.values() if isinstance(group, list) for entry in group]
        companies = {str(entry.get("id")): str(entry.get("name")) for entry in entries if isinstance(entry, dict)}
        matches = [key for key, name in companies.items() if wanted in {key, name}]
        if wanted is None and len(companies) == 1:
            return next(iter(companies))
        if len(matches) == 1:
            return matches[0]
        if matches:
            message = f"This user has {len(matches)} companies called '{wanted}'"
            then = f"set {self._credentials.variable('company')} to the id of one: {', '.join(sorted(matches))}"
            raise ConfigurationError(message, where="log-in to iPaaS.com", then=then)
        guess = nearest(wanted, companies.values()) if wanted else None
        raise ConfigurationError(
            f"iPaaS.com knows no company '{wanted}' of this user" if wanted else "This user has several companies",
            where="log-in to iPaaS.com",
            then=f"set {self._credentials.variable('company')} to "
            + (f"'{guess}'" if guess else f"one of: {', '.join(sorted(companies.values())) or '(none)'}"),
        )

    def _keep(self, answer: dict[str, Any]) -> None:
        """Keep the token of an answer, and the time at which it ends."""
        token = _token_in(answer)
        if not token:
            raise ResponseError("iPaaS.com's log-in gave no access_token", where="log-in to iPaaS.com")
        self._token = token
        self._refresh_token = str(answer.get("refresh_token") or self._refresh_token)
        hour = self._clock() + 3600
        ends = _seconds(answer.get("access_token_expiration"), default=hour)
        self._ends = ends if ends > self._clock() + self.EARLY else hour  # one of the two clocks is wrong
        for name, value in (("token", self._token), ("refresh token", self._refresh_token)):
            self._credentials.learn(name, value)


def _ask(request: httpx.Request, credentials: Credentials, key: str = "") -> Asked:
    """Send one request of the log-in and return its answer as an object (a list is put under `key`)."""
    response = yield request
    where = f"{request.method} {request.url}"
    if response.status_code in {400, 401, 403}:
        raise RefusedError(
            f"iPaaS.com refused the log-in with status {refusal_text(response, credentials)}",
            where=where,
            then="check IPAAS_EMAIL, IPAAS_PASSWORD and the environment: staging and production have separate users",
        )
    if not response.is_success:
        raise ResponseError(
            f"iPaaS.com answered the log-in with status {refusal_text(response, credentials)}",
            where=where,
            then="try again later" if response.is_server_error else "check the base URL of the environment",
        )
    content = _json(response)
    if key and isinstance(content, list):
        return {key: content}
    if not isinstance(content, dict):
        raise ResponseError(
            "iPaaS.com answered the log-in with something else",
            where=where,
            then="check the base URL of the environment",
        )
    return content


def _token_in(answer: object) -> str:
    """Return the token that an answer issues, or an empty text if a header cannot carry it."""
    token = answer.get("access_token") if isinstance(answer, dict) else None
    return token if isinstance(token, str) and is_token(token) else ""


def _json(response: httpx.Response) -> Any:  # noqa: ANN401  JSON
    """Parse the JSON of a response."""
    try:
        return response.json()
    except ValueError:
        raise ResponseError(
            f"The log-in answered something other than JSON, {response.headers.get('content-type', 'no content type')}",
            where=f"{response.request.method} {response.request.url}",
            then="check the base URL of the environment",
        ) from None


def _seconds(moment: object, default: float) -> float:
    """Convert an ISO date-time to seconds since the epoch. Defaults to `default` for any other text."""
    try:
        return datetime.fromisoformat(str(moment)).timestamp()
    except ValueError:
        return default

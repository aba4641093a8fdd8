"""iPaaS.com's log-in: user, company, company token, renewed before its hour is over.

Source: the platform's "API authentication" articles 10280417 and 9294434, and the vendor's development utility.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from datetime import datetime
from threading import RLock
from typing import Any

import httpx

from ipaas_discovery.errors import ConfigurationError, RefusedError, ResponseError, nearest
from ipaas_discovery.systems.credentials import Credentials

__all__ = ["IpaasLogin"]

Flow = Generator[httpx.Request, httpx.Response, None]
Asked = Generator[httpx.Request, httpx.Response, dict[str, Any]]


class IpaasLogin(httpx.Auth):
    """Signs requests with a company token: logs in first, refreshes early, logs in again if that is refused.

    Credentials used: `email`, `password`, and `company` (its id or name) where the user has several.
    One object may sign requests of several threads; only one of them logs in.
    """

    requires_response_body = True
    LOG_IN = "/sso/v2/Auth/Login"
    REFRESH = "/sso/v2/Auth/Refresh"
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
                yield from self._renew()
            used = self._token
        request.headers["Authorization"] = f"Bearer {used}"
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        with self._lock:
            if self._token == used:  # no other thread has renewed it meanwhile
                yield from self._renew()
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request

    def _renew(self) -> Flow:
        """A fresh company token: by refresh where there is one to refresh, else by log-in."""
        if self._token is not None:
            body = {"access_token": self._token, "refresh_token": self._refresh_token}
            response = yield httpx.Request("POST", self._base + self.REFRESH, json=body)
            if response.is_success:
                self._keep(_json(response))
                return
        yield from self._log_in()

    def _log_in(self) -> Flow:
        email, password = self._credentials.get("email"), self._credentials.get("password")
        body = {"email_address": email, "password": password}
        user = yield from _ask(httpx.Request("POST", self._base + self.LOG_IN, json=body))
        headers = {"Authorization": f"Bearer {user.get('access_token')}"}
        company = yield from self._company(user.get("id"), headers)
        url = f"{self._base}/sso/v2/User/ChangeCompany/{company}"
        self._keep((yield from _ask(httpx.Request("GET", url, headers=headers))))

    def _company(self, user: object, headers: dict[str, str]) -> Generator[httpx.Request, httpx.Response, str]:
        """The id of the company to work for: the one named, or the only one."""
        wanted = self._credentials.find("company")
        answer = yield from _ask(
            httpx.Request("GET", f"{self._base}/sso/v2/User/{user}/Companies", headers=headers), "companies"
        )
        companies = {str(each.get("name")): str(each.get("id")) for each in answer["companies"]}
        if wanted in companies.values():
            return str(wanted)
        if wanted in companies:
            return companies[wanted]
        if wanted is None and len(companies) == 1:
            return next(iter(companies.values()))
        guess = nearest(wanted, companies) if wanted else None
        raise ConfigurationError(
            f"iPaaS.com knows no company '{wanted}' of this user" if wanted else "This user has several companies",
            where="log-in to iPaaS.com",
            then=f"set {self._credentials.variable('company')} to "
            + (f"'{guess}'" if guess else f"one of: {', '.join(sorted(companies)) or '(none)'}"),
        )

    def _keep(self, answer: dict[str, Any]) -> None:
        token = answer.get("access_token")
        if not token:
            raise ResponseError("iPaaS.com's log-in gave no access_token", where="log-in to iPaaS.com")
        self._token = str(token)
        self._refresh_token = str(answer.get("refresh_token") or self._refresh_token)
        self._ends = _seconds(answer.get("access_token_expiration"), default=self._clock() + 3600)
        for name, value in (("token", self._token), ("refresh token", self._refresh_token)):
            self._credentials.learn(name, value)


def _ask(request: httpx.Request, key: str = "") -> Asked:
    """Send one request of the log-in; its answer as an object (a list is put under `key`)."""
    response = yield request
    if response.status_code in {400, 401, 403}:
        raise RefusedError(
            f"iPaaS.com refused the log-in with status {response.status_code}",
            where=f"{request.method} {request.url.path}",
            then="check IPAAS_EMAIL, IPAAS_PASSWORD and the environment: staging and production have separate users",
        )
    if not response.is_success:
        raise ResponseError(
            f"iPaaS.com answered the log-in with status {response.status_code}",
            where=f"{request.method} {request.url.path}",
            then="try again later",
        )
    content = _json(response)
    return {key: content} if isinstance(content, list) else content


def _json(response: httpx.Response) -> Any:  # noqa: ANN401  JSON
    try:
        return response.json()
    except ValueError:
        raise ResponseError(
            "The log-in answered something other than JSON",
            where=str(response.request.url.path),
            then="check the base URL of the environment",
        ) from None


def _seconds(moment: object, default: float) -> float:
    """An ISO date-time as seconds since the epoch; `default` where it is none."""
    try:
        return datetime.fromisoformat(str(moment)).timestamp()
    except ValueError:
        return default

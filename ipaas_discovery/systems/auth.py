"""Ways to authenticate: settings of a connector, each of which makes an `httpx.Auth` from credentials."""

from __future__ import annotations

import string
from collections.abc import Generator
from typing import Annotated, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field

from ipaas_discovery.systems.credentials import Credentials
from ipaas_discovery.systems.ipaas_login import IpaasLogin

__all__ = ["Auth", "BasicAuth", "BearerAuth", "HeadersAuth", "IpaasAuth", "NoAuth", "QueryAuth"]


class _Auth(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """Paths that may be called with POST to log in."""
        return ()

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """The flow that signs each request."""
        raise NotImplementedError


class NoAuth(_Auth):
    """Nothing is sent."""

    kind: Literal["none"] = "none"

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that changes nothing."""
        return httpx.Auth()


class HeadersAuth(_Auth):
    """One or several headers, such as `X-Auth-Token = "{token}"`."""

    kind: Literal["headers"]
    headers: dict[str, str]

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that sets the headers."""
        return _Headers({name: _fill(text, credentials) for name, text in self.headers.items()})


class BearerAuth(_Auth):
    """`Authorization: Bearer …` with a token."""

    kind: Literal["bearer"]
    token: str = "{token}"  # noqa: S105  a placeholder, not a secret

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that sets the header."""
        return _Headers({"Authorization": f"Bearer {_fill(self.token, credentials)}"})


class BasicAuth(_Auth):
    """HTTP Basic, with fixed headers beside it where an API wants two secrets at once."""

    kind: Literal["basic"]
    username: str = "{username}"
    password: str = "{password}"  # noqa: S105  a placeholder, not a secret
    headers: dict[str, str] = {}

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that sets the headers."""
        basic = httpx.BasicAuth(_fill(self.username, credentials), _fill(self.password, credentials))
        more = {name: _fill(text, credentials) for name, text in self.headers.items()}
        return _Headers({"Authorization": basic._auth_header, **more})  # noqa: SLF001  httpx encodes, we only join


class QueryAuth(_Auth):
    """A key in the query string."""

    kind: Literal["query"]
    parameters: dict[str, str]

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that adds the parameters."""
        return _Query({name: _fill(text, credentials) for name, text in self.parameters.items()})


class IpaasAuth(_Auth):
    """iPaaS.com: an API key as bearer where there is one, else log-in, company and company token."""

    kind: Literal["ipaas"]

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """The two calls of the platform that issue tokens by POST."""
        return (IpaasLogin.LOG_IN, IpaasLogin.REFRESH)

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that obtains, uses and renews the company token."""
        key = credentials.find("token")
        return _Headers({"Authorization": f"Bearer {key}"}) if key else IpaasLogin(credentials, base_url)


Auth = Annotated[NoAuth | HeadersAuth | BearerAuth | BasicAuth | QueryAuth | IpaasAuth, Field(discriminator="kind")]


class _Headers(httpx.Auth):
    def __init__(self, headers: dict[str, str]) -> None:
        self._headers = headers

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.update(self._headers)
        yield request


class _Query(httpx.Auth):
    def __init__(self, parameters: dict[str, str]) -> None:
        self._parameters = parameters

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.url = request.url.copy_merge_params(self._parameters)
        yield request


def _fill(template: str, credentials: Credentials) -> str:
    """`template` with each `{name}` replaced by the secret of that name."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return template.format(**{name: credentials.get(name) for name in names})

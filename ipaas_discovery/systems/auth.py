"""Ways to authenticate: settings of a connector, each of which makes an `httpx.Auth` from credentials."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Any, Literal, Self

import httpx
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ipaas_discovery.systems.credentials import Credentials
from ipaas_discovery.systems.ipaas_login import IpaasLogin
from ipaas_discovery.systems.signing import Headers, Query
from ipaas_discovery.systems.template import filled, headers_of, names_in
from ipaas_discovery.systems.token_login import ClientCredentialsLogin, PostLogin

__all__ = [
    "Auth",
    "BasicAuth",
    "BearerAuth",
    "HeadersAuth",
    "IpaasAuth",
    "LogInAuth",
    "NoAuth",
    "OAuth2Auth",
    "QueryAuth",
]


class _Auth(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="after")
    def _no_secret_in_a_file(self) -> Self:
        if self.model_dump().get("kind") not in {"none", "ipaas"} and not self.secrets:
            raise ValueError("it names no secret; write `{token}`, say, and its value into the environment or .env")
        return self

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """Paths under the base URL, or full URLs, that may be called with POST to log in."""
        return ()

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the credentials it needs, sorted."""
        return names_in(self.model_dump_json())

    def used(self, known: Collection[str]) -> tuple[str, ...]:
        """Names of the credentials to look at when a call is refused; `known` are those that were found."""
        return self.secrets

    def logs_in(self, url: str, base_url: str) -> bool:
        """Whether a POST to `url` is this way's log-in; a `{name}` in a log-in path stands for one segment.

        >>> LogInAuth(kind="log-in", path="/login", body={"p": "{p}"}).logs_in("https://x.test/api/login", "https://x.test/api")
        True
        """
        full = (path if path.startswith("http") else base_url.rstrip("/") + path for path in self.log_in_paths)
        return any(re.fullmatch(_pattern(path), url) for path in full)

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
        return Headers(headers_of(self.headers, credentials))


class BearerAuth(_Auth):
    """`Authorization: Bearer …` with a token."""

    kind: Literal["bearer"]
    token: str = "{token}"  # noqa: S105  a placeholder, not a secret

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that sets the header."""
        return Headers(headers_of({"Authorization": f"Bearer {self.token}"}, credentials))


class BasicAuth(_Auth):
    """HTTP Basic, with fixed headers beside it where an API wants two secrets at once."""

    kind: Literal["basic"]
    username: str = "{username}"
    password: str = "{password}"  # noqa: S105  a placeholder, not a secret
    headers: dict[str, str] = {}

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that sets the headers."""
        basic = httpx.BasicAuth(_fill(self.username, credentials), _fill(self.password, credentials))
        header = basic._auth_header  # noqa: SLF001  httpx encodes, we only join
        credentials.learn("basic", header.partition(" ")[2])  # servers that repeat a request repeat it so
        return Headers({"Authorization": header, **headers_of(self.headers, credentials)})


class QueryAuth(_Auth):
    """A key in the query string."""

    kind: Literal["query"]
    parameters: dict[str, str]

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that adds the parameters."""
        return Query({name: _fill(text, credentials) for name, text in self.parameters.items()})


class IpaasAuth(_Auth):
    """iPaaS.com: an API key as bearer where there is one, else log-in, company and company token."""

    kind: Literal["ipaas"]

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """The two calls of the platform that issue tokens by POST."""
        return (IpaasLogin.LOG_IN, IpaasLogin.REFRESH)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What the log-in asks for; an API key alone would do."""
        return ("company", "email", "password")

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that obtains, uses and renews the company token."""
        if credentials.find("token"):
            return Headers(headers_of({"Authorization": "Bearer {token}"}, credentials))
        return IpaasLogin(credentials, base_url)

    def used(self, known: Collection[str]) -> tuple[str, ...]:
        """The API key alone where there is one."""
        return ("token",) if "token" in known else self.secrets


class OAuth2Auth(_Auth):
    """OAuth 2 with the client credentials grant (RFC 6749, 4.4): a token for an id and a secret, renewed in time."""

    kind: Literal["oauth2"]
    token_url: str = Field(pattern=r"^(/|https?://)\S+$")
    client_id: str = "{client_id}"
    client_secret: str = "{client_secret}"  # noqa: S105  a placeholder, not a secret
    scopes: tuple[str, ...] = ()
    parameters: dict[str, str] = {}
    client_in: Literal["header", "body"] = "header"
    headers: dict[str, str] = {}

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """The address that issues tokens."""
        return (self.token_url,)

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that obtains, uses and renews the token."""
        parameters = dict(filled(self.parameters, credentials))
        return ClientCredentialsLogin(
            credentials,
            _address(self.token_url, credentials, base_url),
            client=(_fill(self.client_id, credentials), _fill(self.client_secret, credentials)),
            scopes=self.scopes,
            parameters=parameters,
            in_body=self.client_in == "body",
            headers=headers_of(self.headers, credentials),
        )


class LogInAuth(_Auth):
    """A token for a log-in by POST, obtained anew when it is refused.

    `path` and `body` are the log-in; `form` sends the body as a form instead of JSON; `token_at` is the dotted
    place of the token in the answer (empty: the answer is the token), or `header:NAME`; `header` carries it as `sent`
    writes it.
    """

    kind: Literal["log-in"]
    path: str = Field(pattern=r"^(/|https?://)\S+$")
    body: dict[str, Any]
    form: bool = False
    token_at: str = "token"  # noqa: S105  a place, not a secret
    minutes: float | None = Field(default=None, gt=0)
    header: str = "Authorization"
    sent: str = Field(default="Bearer {token}", pattern=r"\{token\}")
    headers: dict[str, str] = {}

    @property
    def log_in_paths(self) -> tuple[str, ...]:
        """The path of the log-in."""
        return (self.path,)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the credentials it needs, sorted; the token is none, the system issues it."""
        return names_in(self.model_copy(update={"sent": ""}).model_dump_json())

    def make(self, credentials: Credentials, base_url: str) -> httpx.Auth:
        """A flow that logs in, sends the token, and logs in again when it is refused."""
        return PostLogin(
            credentials,
            _address(self.path, credentials, base_url),
            body=filled(self.body, credentials),
            form=self.form,
            token_at=self.token_at,
            seconds=self.minutes * 60 if self.minutes else None,
            sent=(self.header, self.sent),
            headers=headers_of(self.headers, credentials),
        )


Auth = Annotated[
    NoAuth | HeadersAuth | BearerAuth | BasicAuth | QueryAuth | OAuth2Auth | LogInAuth | IpaasAuth,
    Field(discriminator="kind"),
]


def _fill(template: str, credentials: Credentials) -> str:
    """`template` with each `{name}` replaced by the secret of that name."""
    return str(filled(template, credentials))


def _address(template: str, credentials: Credentials, base_url: str) -> str:
    """A log-in's full URL: a path stands under the base URL."""
    url = _fill(template, credentials)
    return url if url.startswith("http") else base_url.rstrip("/") + url


def _pattern(url: str) -> str:
    return "".join("[^/?#]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", url))

"""Ways to authenticate, as settings of a connector; `systems.http.log_ins.sign_in` makes each work."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ipaas_discovery.systems.connectors.placeholders import names_in

__all__ = [
    "Auth",
    "BasicAuth",
    "BearerAuth",
    "HeadersAuth",
    "IpaasAuth",
    "LogInAuth",
    "MembersAuth",
    "NoAuth",
    "OAuth1Auth",
    "OAuth2Auth",
    "QueryAuth",
    "RecordedAuth",
]


class _Auth(BaseModel):
    """The base of every way to authenticate: the secrets it names and the paths it logs in at."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="after")
    def _no_secret_in_a_file(self) -> Self:
        """Refuse settings that name no secret: the file may hold one itself."""
        if self.model_dump().get("kind") not in {"none", "ipaas"} and not self.secrets:
            raise ValueError("it names no secret; write `{token}`, say, and its value into the environment or .env")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the credentials that the settings name, sorted."""
        return names_in(self.model_dump_json())

    @property
    def instead(self) -> str | None:
        """Name of one credential that does for all of `secrets`, if there is one."""
        return None

    def needed(self, find: Callable[[str], str | None]) -> tuple[str, ...]:
        """List the credentials to look up before anything is asked; `find` tells which are there."""
        return () if self.instead and find(self.instead) else self.secrets

    def used(self, known: Collection[str]) -> tuple[str, ...]:
        """Name the credentials to look at when a call is refused; `known` are those that were found."""
        return self.secrets


class NoAuth(_Auth):
    """No authentication."""

    kind: Literal["none"] = "none"


class RecordedAuth(NoAuth):
    """No authentication, as what is asked for was recorded; `names` are the credentials it was recorded with."""

    names: tuple[str, ...] = ()

    def used(self, known: Collection[str]) -> tuple[str, ...]:
        """Name the credentials to look at before it is recorded anew."""
        return self.names


class HeadersAuth(_Auth):
    """One or several headers, such as `X-Auth-Token = "{token}"`."""

    kind: Literal["headers"]
    headers: dict[str, str]
    """The headers of every request, their secrets as `{placeholders}`."""


class BearerAuth(_Auth):
    """`Authorization: Bearer …` with a token."""

    kind: Literal["bearer"]
    token: str = "{token}"  # noqa: S105  a placeholder, not a secret
    """The text behind `Bearer`."""


class BasicAuth(_Auth):
    """HTTP Basic, with fixed headers beside it where an API wants two secrets at once."""

    kind: Literal["basic"]
    username: str = "{username}"
    """The user's name; many systems want a key here."""
    password: str = "{password}"  # noqa: S105  a placeholder, not a secret
    """The password; empty where the name is everything."""
    headers: dict[str, str] = {}
    """Further headers of every request."""


class QueryAuth(_Auth):
    """A key in the query string."""

    kind: Literal["query"]
    parameters: dict[str, str]
    """The parameters of every request, such as `api_key = "{key}"`."""


class IpaasAuth(_Auth):
    """Authentication at iPaaS.com: an API key as bearer, else log-in, company and company token."""

    kind: Literal["ipaas"]

    @property
    def secrets(self) -> tuple[str, ...]:
        """The credentials that the log-in asks for; an API key alone is enough."""
        return ("company", "email", "password")

    @property
    def instead(self) -> str:
        """The API key."""
        return "token"

    def used(self, known: Collection[str]) -> tuple[str, ...]:
        """Name the API key alone where there is one, else the credentials of the log-in."""
        return ("token",) if "token" in known else self.secrets


class OAuth2Auth(_Auth):
    """OAuth 2 with the client credentials grant (RFC 6749, 4.4): a token for an id and a secret, renewed in time."""

    kind: Literal["oauth2"]
    token_url: str = Field(pattern=r"^(/|https?://)\S+$")
    """The address that gives the token: whole, or a path of the system."""
    client_id: str = "{client_id}"
    """The client's id."""
    client_secret: str = "{client_secret}"  # noqa: S105  a placeholder, not a secret
    """The client's secret."""
    scopes: tuple[str, ...] = ()
    """The rights to ask for."""
    parameters: dict[str, str] = {}
    """Further members of the request for a token, such as `audience`."""
    client_in: Literal["header", "body"] = "header"
    """The place of the client's id and secret."""
    headers: dict[str, str] = {}
    """Further headers of every request."""


class OAuth1Auth(_Auth):
    """OAuth 1 (RFC 5849): each request is signed by a consumer's key and secret, and those of a token."""

    kind: Literal["oauth1"]
    consumer_key: str = "{consumer_key}"
    """The consumer's key."""
    consumer_secret: str = "{consumer_secret}"  # noqa: S105  a placeholder, not a secret
    """The consumer's secret."""
    token: str = "{token}"  # noqa: S105  a placeholder, not a secret
    """The token's id; an empty text for two-legged OAuth, which has none."""
    token_secret: str = "{token_secret}"  # noqa: S105  a placeholder, not a secret
    """The token's secret; an empty text for two-legged OAuth."""
    method: Literal["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"] = "HMAC-SHA256"
    """The way to sign."""
    realm: str = ""
    """The realm in the header, where the system wants one."""
    signed_in: Literal["header", "query"] = "header"
    """The place of the signature: the Authorization header, or the query."""
    headers: dict[str, str] = {}
    """Further headers of every request."""


class MembersAuth(_Auth):
    """Secrets in the body of every search."""

    kind: Literal["members"]
    members: dict[str, str]
    """The members by their dotted names, such as `params.args[2] = "{password}"`."""


class LogInAuth(_Auth):
    """A token for a log-in by POST, obtained anew when it is refused.

    Where a session is made of several parts, `token_at` is a table that names each, and `sent` puts them together, as
    in `token_at = { uid = "result.uid", session = "cookie:session_id" }` and `sent = "{uid}:{session}"`. `headers`,
    `parameters` and `members` may hold parts as well as credentials; a name alone keeps its type, so that a number
    stays one.
    """

    kind: Literal["log-in"]
    path: str = Field(pattern=r"^(/|https?://)\S+$")
    """The log-in's address: a path of the system, or whole."""
    body: dict[str, Any]
    """The log-in's body, its secrets as `{placeholders}`."""
    form: bool = False
    """True if the body is sent as a form instead of JSON."""
    token_at: str | dict[str, str] = "token"  # noqa: S105  a path, not a secret
    """The dotted path of the token in the answer (empty: the answer is the token), `header:NAME` or `cookie:NAME`."""
    minutes: float | None = Field(default=None, gt=0)
    """Minutes for which a token is good; by default until it is refused."""
    header: str = "Authorization"
    """The header that carries the token; an empty one carries nothing."""
    sent: str = "Bearer {token}"
    """The form in which the header carries it."""
    headers: dict[str, str] = {}
    """Further headers of the log-in and of every request."""
    parameters: dict[str, str] = {}
    """Further parameters in the query of every request."""
    members: dict[str, str] = {}
    """Further members in the body of every search, by their dotted names."""

    @model_validator(mode="after")
    def _sends_what_it_gets(self) -> Self:
        """Require that the log-in's token goes somewhere."""
        if not self.parts.keys() & set(self._session_names()):
            names = " or ".join(f"{{{name}}}" for name in self.parts)
            raise ValueError(f"nothing sends what the log-in gives: write {names} into `sent`, say")
        return self

    @property
    def parts(self) -> dict[str, str]:
        """The places of what the system issues, by name."""
        return {"token": self.token_at} if isinstance(self.token_at, str) else self.token_at

    @property
    def session_headers(self) -> dict[str, str]:
        """The headers of every request that hold what the system issues; where that is one token, `header` alone."""
        own = {name: text for name, text in self.headers.items() if name not in self.first_headers}
        return own | ({self.header: self.sent} if self.header else {})

    @property
    def first_headers(self) -> dict[str, str]:
        """The headers of the log-in and of every request."""
        parts = set() if isinstance(self.token_at, str) else self.parts.keys()
        return {name: text for name, text in self.headers.items() if not parts & set(names_in(text))}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the credentials that the settings name, sorted, without what the system issues."""
        first = names_in(json.dumps([self.path, self.body, self.first_headers]))
        return tuple(sorted({*first} | ({*self._session_names()} - self.parts.keys())))

    def _session_names(self) -> tuple[str, ...]:
        """Name what the texts hold that a request is signed with after the log-in."""
        texts = (*self.session_headers.values(), *self.parameters.values(), *self.members.values())
        return names_in(" ".join(texts))


Auth = Annotated[
    NoAuth
    | HeadersAuth
    | BearerAuth
    | BasicAuth
    | QueryAuth
    | MembersAuth
    | OAuth1Auth
    | OAuth2Auth
    | LogInAuth
    | IpaasAuth,
    Field(discriminator="kind"),
]

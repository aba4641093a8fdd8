"""Ways to authenticate, as settings of a connector; `systems.http.log_ins.sign_in` makes each work."""

from __future__ import annotations

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
    "NoAuth",
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


class BearerAuth(_Auth):
    """`Authorization: Bearer …` with a token."""

    kind: Literal["bearer"]
    token: str = "{token}"  # noqa: S105  a placeholder, not a secret


class BasicAuth(_Auth):
    """HTTP Basic, with fixed headers beside it where an API wants two secrets at once."""

    kind: Literal["basic"]
    username: str = "{username}"
    password: str = "{password}"  # noqa: S105  a placeholder, not a secret
    headers: dict[str, str] = {}


class QueryAuth(_Auth):
    """A key in the query string."""

    kind: Literal["query"]
    parameters: dict[str, str]


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
    client_id: str = "{client_id}"
    client_secret: str = "{client_secret}"  # noqa: S105  a placeholder, not a secret
    scopes: tuple[str, ...] = ()
    parameters: dict[str, str] = {}
    client_in: Literal["header", "body"] = "header"
    headers: dict[str, str] = {}


class LogInAuth(_Auth):
    """A token for a log-in by POST, obtained anew when it is refused.

    `path` and `body` are the log-in; `form` sends the body as a form instead of JSON; `token_at` is the dotted
    path of the token in the answer (empty: the answer is the token), or `header:NAME`; `header` carries the token in
    the form of `sent`.
    """

    kind: Literal["log-in"]
    path: str = Field(pattern=r"^(/|https?://)\S+$")
    body: dict[str, Any]
    form: bool = False
    token_at: str = "token"  # noqa: S105  a path, not a secret
    minutes: float | None = Field(default=None, gt=0)
    header: str = "Authorization"
    sent: str = Field(default="Bearer {token}", pattern=r"\{token\}")
    headers: dict[str, str] = {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Names of the credentials that the settings name, sorted, without the token that the system issues."""
        return names_in(self.model_copy(update={"sent": ""}).model_dump_json())


Auth = Annotated[
    NoAuth | HeadersAuth | BearerAuth | BasicAuth | QueryAuth | OAuth2Auth | LogInAuth | IpaasAuth,
    Field(discriminator="kind"),
]

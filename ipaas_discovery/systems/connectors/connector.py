"""What a connector file may say of a system's API: base URL, auth, paging, limits, collections. Data, not code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from ipaas_discovery.errors import UnknownNameError, nearest
from ipaas_discovery.systems.connectors.auth import Auth, NoAuth
from ipaas_discovery.systems.connectors.collection import SOURCES, CollectionSpec, Search, Sort
from ipaas_discovery.systems.connectors.paging import GraphQLPaging, NoPaging, Paging
from ipaas_discovery.validation import read_toml, validated

__all__ = [
    "CollectionSpec",
    "Connector",
    "Environment",
    "Limits",
    "Search",
    "Sort",
    "catalogue",
    "connector_of",
    "load_connector",
]


FILES = "files:"
"""The address of a system that consists of files."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie"}
"""Headers that hold nothing but secrets."""


def _carried(headers: dict[str, str]) -> dict[str, str]:
    """The headers, if a request can carry them and a file may hold them."""
    for name, text in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise ValueError(f"'{name}' is no header's name: write letters, digits and hyphens")
        if not (text.isascii() and text.isprintable() and text == text.strip()):
            raise ValueError(f"the header {name} cannot carry '{text}': write plain letters, digits and signs")
        if name.lower() in SECRET_HEADERS:
            raise ValueError(f"the header {name} holds a secret: write it under [auth], its value as `{{token}}`")
    return headers


class Environment(_Settings):
    """One place the system runs. `openapi` lists its API descriptions: paths under the base URL, or local files.

    A system of files alone runs nowhere: its only environment is made up, and nobody has to write it.
    """

    base_url: str
    title: str = ""
    openapi: tuple[str, ...] = ()
    credentials: dict[str, str] = {}

    @property
    def sandbox(self) -> str | None:
        """The embedded sandbox's side this environment stands for, or None for a real place."""
        return self.base_url.removeprefix("sandbox://") if self.base_url.startswith("sandbox://") else None

    @property
    def address(self) -> str:
        """The base URL to ask, its `{placeholders}` not filled yet; of the sandbox, one that exists in this process."""
        return f"http://{self.sandbox}.sandbox" if self.sandbox else self.base_url

    @property
    def files(self) -> bool:
        """Whether this stands for files alone, and nothing can be asked."""
        return self.base_url == FILES

    @model_validator(mode="after")
    def _no_secret_in_a_file(self) -> Self:
        if self.credentials and not self.sandbox:
            raise ValueError(
                "credentials belong into the environment, a .env file or the keyring, not into a connector"
            )
        return self


class Limits(_Settings):
    """How hard the system may be asked, and where its answers say how much is left.

    Calls in flight; calls in any minute, at most; retries of a read; seconds a call, a wait (`longest_wait`: a system
    that asks for a longer one is left alone, and that is said) and the whole pull may take; pages of one collection at
    most; parents whose children are asked for. `remaining_header` names the header with the calls left, `used_header`
    one like `32/40`, `reset_header` the one that says when there are more:
    in seconds (`s`), milliseconds (`ms`) or as a moment (`epoch`, in seconds).
    """

    in_flight: int = Field(default=8, ge=1, le=32)
    per_minute: int | None = Field(default=None, ge=1)
    retries: int = Field(default=6, ge=0, le=20)
    timeout: float = Field(default=30, gt=0)
    longest_wait: float = Field(default=90, gt=0)
    parents: int = Field(default=100, ge=1)
    seconds: float | None = Field(default=None, gt=0)
    pages: int | None = Field(default=None, ge=1)
    remaining_header: str | None = None
    used_header: str | None = None
    reset_header: str | None = None
    reset_unit: Literal["s", "ms", "epoch"] = "s"


class Connector(_Settings):
    """A connector file, validated."""

    title: str
    version: str = "1"
    environments: dict[str, Environment]
    default_environment: str
    auth: Auth = NoAuth()
    headers: Annotated[dict[str, str], AfterValidator(_carried)] = {}
    records: str = ""
    paging: Paging = NoPaging()
    limits: Limits = Limits()
    collections: dict[str, CollectionSpec]
    name: str = ""
    facts: str | None = None
    """A shipped fact file that declares the collections where no description does."""

    scope: dict[str, str] = {}
    """Names such as `company_id` that paths, queries and search bodies hold as `{company_id}`, and what each means.

    Their values come from where secrets do: they are a customer's own.
    """
    _find: Callable[[str], str] | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _files_run_nowhere(cls, given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
        """The environment of a system that consists of files."""
        told = given.get("collections") if isinstance(given, Mapping) else None
        if isinstance(told, Mapping) and told and "environments" not in given:
            sources = [key for each in told.values() if isinstance(each, Mapping) for key in SOURCES if key in each]
            if set(sources) <= {"file", "embedded"} and "file" in sources:
                return {"default_environment": "files", **given, "environments": {"files": {"base_url": FILES}}}
        return given

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        if self.default_environment not in self.environments:
            raise ValueError(f"`default_environment` is none of {sorted(self.environments)}")
        for name, each in self.collections.items():
            if each.parent is not None and each.parent not in self.collections:
                raise ValueError(f"the parent '{each.parent}' of '{name}' is no collection of this connector")
            free = (
                [] if each.parent else [at for at in re.findall(r"\{(\w+)\}", each.list or "") if at not in self.scope]
            )
            if free:
                guess = nearest(free[0], self.scope)
                then = f"did you mean '{guess}'?" if guess else "name it under [scope], or the `parent` it comes from"
                raise ValueError(f"'{name}' asks for {{{free[0]}}}, which nothing fills: {then}")
        return self

    @property
    def searches(self) -> tuple[str, ...]:
        """Paths that may be called with POST because that only asks, sorted."""
        return tuple(sorted({each.search.path for each in self.collections.values() if each.search}))

    def scoped(self, find: Callable[[str], str]) -> Connector:
        """The connector with its scope filled by `find`, when a collection that needs it is asked for."""
        copy = self.model_copy()
        copy._find = find  # noqa: SLF001  a copy of our own
        return copy

    def collection(self, name: str) -> CollectionSpec:
        """The settings of a collection.

        Raises:
            UnknownNameError: if there is none of that name, with the nearest.
            MissingCredentialError: if its scope asks for a name that nobody gives.
        """
        spec = self._written(name)
        return spec.scoped(self.scope, self._find) if self.scope and self._find else spec

    def environment(self, name: str | None = None) -> Environment:
        """An environment by name, the default one without.

        Raises:
            UnknownNameError: if there is none of that name, with the nearest.
        """
        name = name or self.default_environment
        if name not in self.environments:
            raise UnknownNameError("environment", name, self.environments, where=f"connector {self.name}")
        return self.environments[name]

    def paging_of(self, name: str) -> Paging:
        """How a collection pages: its own way, else the connector's; a child does not page unless it says so."""
        spec = self._written(name)
        paging = spec.paging or (NoPaging() if spec.parent else self.paging)
        if isinstance(paging, GraphQLPaging) and not paging.connection:
            return paging.model_copy(update={"connection": self.records_of(name).partition("[]")[0].rpartition(".")[0]})
        return paging

    def records_of(self, name: str) -> str:
        """Where a collection's records are in an answer: its own place, else the connector's."""
        spec = self._written(name)
        return self.records if spec.records is None else spec.records

    def _written(self, name: str) -> CollectionSpec:
        """The settings as they are written, scope names and all."""
        if name not in self.collections:
            raise UnknownNameError("collection", name, self.collections, where=f"connector {self.name}")
        return self.collections[name]


def catalogue() -> tuple[str, ...]:
    """Names of the connectors that are shipped, sorted.

    >>> "ipaas" in catalogue()
    True
    """
    folder = files("ipaas_discovery.systems.connectors") / "catalog"
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


def load_connector(source: str | Path) -> Connector:
    """A connector from the catalogue by its name, or from a `.toml` file.

    Raises:
        UnknownNameError: for a name that is not in the catalogue, or a key that no connector has.
        ConfigurationError: for a file that is missing or wrong, naming the place.

    >>> load_connector("ipaas").title
    'iPaaS.com'
    """
    path = Path(source)
    if path.suffix != ".toml":
        if str(source) not in catalogue():
            raise UnknownNameError("connector", str(source), catalogue(), where="the catalogue; a file ends in .toml")
        path = Path(str(files("ipaas_discovery.systems.connectors") / "catalog" / f"{source}.toml"))
    return validated(Connector, {"name": path.stem, **read_toml(path)}, where=path.name)


def connector_of(text: str, name: str) -> Connector:
    """A connector from the text of a connector file.

    Raises:
        UnknownNameError: for a key that no connector has.
        ConfigurationError: for text that is wrong, naming the place.
    """
    return validated(Connector, {"name": name, **tomllib.loads(text)}, where=f"{name}.toml")

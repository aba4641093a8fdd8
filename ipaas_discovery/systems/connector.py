"""What a connector file may say of a system's API: base URL, auth, paging, limits, collections. Data, not code."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.systems.auth import Auth, NoAuth
from ipaas_discovery.systems.paging import NoPaging, Paging
from ipaas_discovery.validation import read_toml, validated
from ipaas_discovery.words import Method

__all__ = ["CollectionSpec", "Connector", "Environment", "Limits", "catalogue", "load_connector"]

Call = Annotated[str, Field(pattern=r"^(POST|PUT|PATCH|DELETE) /\S*$")] | Literal[False] | None
"""A call such as "POST /v2/orders", false where the system has none, left out where nobody knows."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Environment(_Settings):
    """One place the system runs. `openapi` lists its API descriptions: paths under the base URL, or local files."""

    base_url: str
    title: str = ""
    openapi: tuple[str, ...] = ()
    credentials: dict[str, str] = {}

    @property
    def sandbox(self) -> str | None:
        """The embedded sandbox's side this environment stands for, or None for a real place."""
        return self.base_url.removeprefix("sandbox://") if self.base_url.startswith("sandbox://") else None

    @model_validator(mode="after")
    def _no_secret_in_a_file(self) -> Self:
        if self.credentials and not self.sandbox:
            raise ValueError(
                "credentials belong into the environment, a .env file or the keyring, not into a connector"
            )
        return self


class Limits(_Settings):
    """How hard the system may be asked: calls in flight, retries of a read, seconds a call and children a parent."""

    in_flight: int = Field(default=8, ge=1, le=32)
    retries: int = Field(default=6, ge=0, le=20)
    timeout: float = Field(default=30, gt=0)
    longest_wait: float = Field(default=90, gt=0)
    parents: int = Field(default=100, ge=1)


class CollectionSpec(_Settings):
    """Where one collection's records are, and which calls could write them (facts for verdicts, never sent).

    Records come from exactly one of: `list`; `list` with `parent`, whose `{placeholders}` are filled from
    each of the parent's records; `embedded`, a list inside the parent's records; `link`, a field of the
    parent's records that holds the URL to ask. `received_in` names the list inside the parent in which the
    system receives the collection, where it has no call of its own (an embedded one is received as it is
    returned).
    """

    list: str | None = None
    parent: str | None = None
    embedded: str | None = None
    link: str | None = None
    records: str | None = None
    single: bool = False
    detail: str | None = None
    received_in: str | None = None
    id: str = "id"
    query: dict[str, str | int] = {}
    paging: Paging | None = None
    count: str | None = None
    count_at: str = "count"
    create: Call = None
    update: Call = None
    delete: Call = None
    note: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        sources = [name for name in ("list", "embedded", "link") if getattr(self, name) is not None]
        if len(sources) != 1:
            raise ValueError(f"say exactly one of `list`, `embedded`, `link`; this says {sources or 'none'}")
        if sources != ["list"] and self.parent is None:
            raise ValueError(f"`{sources[0]}` needs the `parent` whose records hold it")
        return self

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The parent's paths that `list` asks for."""
        return tuple(re.findall(r"\{([^}]+)\}", self.list or "")) if self.parent else ()

    def operations(self) -> dict[Method, str | None]:
        """The calls this connector knows of: None for one the system is known to lack."""
        said = {Method.ADD: self.create, Method.UPDATE: self.update, Method.DELETE: self.delete}
        return {method: call or None for method, call in said.items() if call is not None}


class Connector(_Settings):
    """A connector file, validated."""

    title: str
    version: str = "1"
    environments: dict[str, Environment]
    default_environment: str
    auth: Auth = NoAuth()
    headers: dict[str, str] = {}
    records: str = ""
    paging: Paging = NoPaging()
    limits: Limits = Limits()
    collections: dict[str, CollectionSpec]
    name: str = ""
    facts: str | None = None
    """A shipped fact file that declares the collections where no description does."""

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        if self.default_environment not in self.environments:
            raise ValueError(f"`default_environment` is none of {sorted(self.environments)}")
        for name, each in self.collections.items():
            if each.parent is not None and each.parent not in self.collections:
                raise ValueError(f"the parent '{each.parent}' of '{name}' is no collection of this connector")
        return self

    def collection(self, name: str) -> CollectionSpec:
        """The settings of a collection.

        Raises:
            UnknownNameError: if there is none of that name, with the nearest.
        """
        if name not in self.collections:
            raise UnknownNameError("collection", name, self.collections, where=f"connector {self.name}")
        return self.collections[name]

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
        spec = self.collection(name)
        return spec.paging or (NoPaging() if spec.parent else self.paging)

    def records_of(self, name: str) -> str:
        """Where a collection's records are in an answer: its own place, else the connector's."""
        spec = self.collection(name)
        return self.records if spec.records is None else spec.records


def catalogue() -> tuple[str, ...]:
    """Names of the connectors that are shipped, sorted.

    >>> "ipaas" in catalogue()
    True
    """
    folder = files("ipaas_discovery.systems") / "catalog"
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
        path = Path(str(files("ipaas_discovery.systems") / "catalog" / f"{source}.toml"))
    return validated(Connector, {"name": path.stem, **read_toml(path)}, where=path.name)

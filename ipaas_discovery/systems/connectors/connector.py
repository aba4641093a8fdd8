"""Settings of a system's API in a connector file: base URL, auth, paging, limits, collections. Data, not code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from ipaas_discovery.errors import UnknownNameError, nearest
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.systems.connectors.auth import Auth, NoAuth
from ipaas_discovery.systems.connectors.collection import SCOPED, SOURCES, CollectionSpec, Search, Sort
from ipaas_discovery.systems.connectors.no_secrets import refuse_secrets
from ipaas_discovery.systems.connectors.paging import GraphQLPaging, NoPaging, Paging
from ipaas_discovery.systems.connectors.placeholders import names_in
from ipaas_discovery.systems.connectors.reads_only import refuse_writes
from ipaas_discovery.validation import place, read_toml, validated

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
    """Base of all settings of a connector."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie"}
"""Headers that hold nothing but secrets."""


def _carried(headers: dict[str, str]) -> dict[str, str]:
    """Return the headers if a request can carry them and a file may hold them."""
    for name, text in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise ValueError(f"'{name}' is no header's name: write letters, digits and hyphens")
        if not (text.isascii() and text.isprintable() and text == text.strip()):
            raise ValueError(f"the header {name} cannot carry '{text}': write plain letters, digits and signs")
        if name.lower() in SECRET_HEADERS:
            raise ValueError(f"the header {name} holds a secret: write it under [auth], its value as `{{token}}`")
    return headers


class Environment(_Settings):
    """One installation of the system; one of files alone runs nowhere, and its environment need not be written."""

    base_url: str
    """The address that all paths follow; `{placeholders}` in it are looked up like secrets."""
    title: str = ""
    """Its name for people."""
    openapi: tuple[str, ...] = ()
    """API descriptions: paths under the base URL, or local files."""
    credentials: dict[str, str] = {}
    """Credentials of an embedded sandbox; those of a real system are refused here."""

    @property
    def sandbox(self) -> str | None:
        """The side of the embedded sandbox that this environment stands for, or None for a real system."""
        return self.base_url.removeprefix("sandbox://") if self.base_url.startswith("sandbox://") else None

    @property
    def address(self) -> str:
        """The base URL to ask, its `{placeholders}` not filled yet; of the sandbox, one that exists in this process."""
        return f"http://{self.sandbox}.sandbox" if self.sandbox else self.base_url

    @property
    def files(self) -> bool:
        """True if this stands for files alone, without anything to call."""
        return self.base_url == FILES

    @model_validator(mode="after")
    def _no_secret_in_a_file(self) -> Self:
        """Refuse credentials of a real system: they do not belong into a file."""
        if self.credentials and not self.sandbox:
            raise ValueError(
                "credentials belong into the environment, a .env file or the keyring, not into a connector"
            )
        return self


class Limits(_Settings):
    """Limits of the calls to a system, and the headers that report what is left of its own limits."""

    in_flight: int = Field(default=8, ge=1, le=32)
    """Calls at the same time, at most."""
    per_minute: int | None = Field(default=None, ge=1)
    """Calls in any minute, at most."""
    retry_for: float = Field(default=120, ge=0)
    """Seconds for which a read that meets a passing fault is tried again."""
    retries: int | None = Field(default=None, ge=0)
    """Tries beside the first, at most."""
    timeout: float = Field(default=30, gt=0)
    """Seconds of one call."""
    longest_wait: float = Field(default=90, gt=0)
    """Seconds of one wait; a system that asks for a longer one is left alone, and the pull reports it."""
    parents: int = Field(default=100, ge=1)
    """Parents whose children are read, at most."""
    seconds: float | None = Field(default=None, gt=0)
    """Seconds of the whole pull."""
    pages: int | None = Field(default=None, ge=1)
    """Pages of one collection, at most."""
    remaining_header: str | None = None
    """The header with the calls that are left."""
    used_header: str | None = None
    """The header with the calls that were made, like `32/40`."""
    reset_header: str | None = None
    """The header that tells the time of the next calls."""
    reset_unit: Literal["s", "ms", "epoch"] = "s"
    """The form of that time: seconds, milliseconds, or a moment in seconds."""


@dataclass(frozen=True, slots=True)
class _File:
    """The file that a connector was read from; two connectors are equal wherever they stand."""

    name: str = field(default="", compare=False)
    text: str = field(default="", compare=False, repr=False)


class Connector(_Settings):
    """A connector file, validated."""

    title: str
    """The system's name for people."""
    version: str = "1"
    """The version of this file; the worksheet names it."""
    environments: dict[str, Environment]
    """The installations, by name: production, a test system."""
    default_environment: str
    """The one that is meant where none is named."""
    auth: Auth = NoAuth()
    """The way to authenticate."""
    headers: Annotated[dict[str, str], AfterValidator(_carried)] = {}
    """Headers of every request; secrets belong under `auth`."""
    records: str = ""
    """The dotted path of the list in an answer; empty if the answer is the list."""
    paging: Paging = NoPaging()
    """The paging of lists."""
    limits: Limits = Limits()
    """The limits of asking."""
    collections: dict[str, CollectionSpec]
    """The collections, by name."""
    name: str = ""
    """The connector's name; by default that of its file."""
    facts: str | None = None
    """A shipped fact file that declares the collections if no description does."""

    delivery: dict[str, CollectionSpec] = {}
    """Calls by which the platform tells of its own settings: SUBSCRIPTION and MAPPING_COLLECTION."""

    scope: dict[str, str] = {}
    """Names such as `company_id` that paths, queries and search bodies hold as `{company_id}`, with their meaning.

    Their values are looked up like secrets: they are a customer's own.
    """
    _find: Callable[[str], str] | None = PrivateAttr(default=None)
    _file: _File = PrivateAttr(default_factory=_File)

    @model_validator(mode="before")
    @classmethod
    def _files_run_nowhere(cls, given: Any) -> Any:  # noqa: ANN401  whatever the file holds; checked right after
        """Add the environment of a system that consists of files."""
        collections = given.get("collections") if isinstance(given, Mapping) else None
        if isinstance(collections, Mapping) and collections and "environments" not in given:
            sources = [
                key for spec in collections.values() if isinstance(spec, Mapping) for key in SOURCES if key in spec
            ]
            if set(sources) <= {"file", "embedded"} and "file" in sources:
                return {"default_environment": "files", **given, "environments": {"files": {"base_url": FILES}}}
        return given

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        """Require that environments, parents and placeholders refer to something that exists."""
        for name in (name for name in self.scope if is_secret(name, in_request=True)):
            raise _wrong(
                f"`{name}` is a secret's name, and [scope] is for others: write it under [auth]", "scope", name
            )
        if self.default_environment not in self.environments:
            raise _wrong(f"`default_environment` is none of {sorted(self.environments)}", "default_environment")
        for name, spec in self.everything.items():
            room = "collections" if name in self.collections else "delivery"
            if spec.parent is not None and spec.parent not in self.everything:
                message = f"the parent '{spec.parent}' of '{name}' is no collection of this connector"
                raise _wrong(message, room, name, "parent")
            free = (
                [] if spec.parent else [at for at in re.findall(r"\{(\w+)\}", spec.list or "") if at not in self.scope]
            )
            if free:
                guess = nearest(free[0], self.scope)
                then = f"did you mean '{guess}'?" if guess else "name it under [scope], or the `parent` it comes from"
                raise _wrong(f"'{name}' asks for {{{free[0]}}}, which nothing fills: {then}", room, name, "list")
        return self

    @property
    def everything(self) -> dict[str, CollectionSpec]:
        """The collections, and the delivery beside them."""
        return {**self.collections, **self.delivery}

    @property
    def searches(self) -> tuple[str, ...]:
        """Paths that may be called with POST because that only reads, sorted."""
        return tuple(sorted({spec.search.path for spec in self.everything.values() if spec.search}))

    def place(self, *keys: str) -> str:
        """Name the line of its file at which a setting stands, or the nearest table around it."""
        return place(self._file.name or f"connector {self.name}", self._file.text, keys)

    def scope_of(self, name: str) -> tuple[str, ...]:
        """List the names of the scope that the calls of a collection and of its parents hold, sorted."""
        spec = self._written(name)
        held = names_in(spec.model_dump_json(include=set(SCOPED)))
        above = self.scope_of(spec.parent) if spec.parent is not None else ()
        return tuple(sorted({*held, *above} & self.scope.keys()))

    def unscoped(self) -> Connector:
        """Return the connector with the names of its scope as they are written, to read it and not to ask."""
        copy = self.model_copy()
        copy._find = None  # noqa: SLF001  a copy of our own
        return copy

    @property
    def doubts(self) -> tuple[str, ...]:
        """A sentence for each path of one record that asks for an id by a name which is not the id's."""
        doubted = (
            (name, spec.id, spec.doubted_placeholder(tuple(self.scope))) for name, spec in self.collections.items()
        )
        return tuple(
            f"'{name}' asks for one record by {{{written}}}, and its `id` is {own}: where records have no field "
            f"{written}, their {own} is sent; write {{{own}}} if that is meant"
            for name, own, written in doubted
            if written
        )

    def scoped(self, find: Callable[[str], str]) -> Connector:
        """Return the connector with its scope filled by `find` when a collection that needs it is asked for."""
        copy = self.model_copy()
        copy._find = find  # noqa: SLF001  a copy of our own
        return copy

    def collection(self, name: str) -> CollectionSpec:
        """Return the settings of a collection.

        Raises:
            UnknownNameError: if there is none of that name, with the nearest.
            MissingCredentialError: if its scope asks for a name that nobody gives.
        """
        spec = self._written(name)
        return spec.scoped(self.scope, self._find) if self.scope and self._find else spec

    def environment(self, name: str | None = None) -> Environment:
        """Return an environment by name. Defaults to the default environment.

        Raises:
            UnknownNameError: if there is none of that name, with the nearest.
        """
        name = name or self.default_environment
        if name not in self.environments:
            raise UnknownNameError("environment", name, self.environments, where=f"connector {self.name}")
        return self.environments[name]

    def paging_of(self, name: str) -> Paging:
        """Return the paging of a collection: its own, else its parent's, else the connector's; one record has none."""
        spec = self._written(name)
        if spec.paging is None and spec.parent is not None and not spec.single:
            paging = self.paging_of(spec.parent)
            return NoPaging() if paging.in_body else paging  # a child is asked for by GET
        paging = spec.paging or (NoPaging() if spec.single else self.paging)
        if isinstance(paging, GraphQLPaging) and not paging.connection:
            return paging.model_copy(update={"connection": self.records_of(name).partition("[]")[0].rpartition(".")[0]})
        return paging

    def records_of(self, name: str) -> str:
        """Return the path of a collection's records in an answer: its own, else the connector's."""
        spec = self._written(name)
        return self.records if spec.records is None else spec.records

    def _written(self, name: str) -> CollectionSpec:
        """Return the settings as they are written, scope names and all."""
        if name not in self.everything:
            raise UnknownNameError("collection", name, self.collections, where=f"connector {self.name}")
        return self.everything[name]


def _wrong(message: str, *keys: str) -> PydanticCustomError:
    """Build the error of a setting that does not fit another one, with the keys that lead to it in the file."""
    return PydanticCustomError("setting", message, {"keys": keys})


def catalogue() -> tuple[str, ...]:
    """List the names of the shipped connectors, sorted.

    >>> "ipaas" in catalogue()
    True
    """
    folder = files("ipaas_discovery.systems.connectors") / "catalog"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def load_connector(source: str | Path) -> Connector:
    """Load a connector from the catalogue by its name, or from a `.toml` file.

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
    return _checked(read_toml(path), path.read_text(encoding="utf-8-sig"), path)


def connector_of(text: str, name: str) -> Connector:
    """Build a connector from the text of a connector file.

    Raises:
        UnknownNameError: for a key that no connector has.
        ConfigurationError: for text that is wrong, naming the place.
    """
    return _checked(tomllib.loads(text), text, Path(f"{name}.toml"))


def _checked(data: dict[str, Any], text: str, path: Path) -> Connector:
    """Build a connector from what its file says, if that holds no secret, and nothing that would write."""
    connector = validated(Connector, {"name": path.stem, **data}, where=path.name, text=text)
    refuse_secrets(data, text=text, where=path.name)
    refuse_writes(connector, text=text, where=path.name)
    connector._file = _File(path.name, text)  # noqa: SLF001  one that was just built here
    return connector

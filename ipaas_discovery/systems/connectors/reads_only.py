"""Connectors that would write, refused as they are loaded, with the line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.answers.write_detection import (
    objection_to_headers,
    objection_to_members,
    objection_to_path,
    objection_to_query,
    objection_to_xml,
)
from ipaas_discovery.systems.connectors.auth import Auth, LogInAuth, OAuth2Auth
from ipaas_discovery.systems.connectors.collection import HEAD, CollectionSpec
from ipaas_discovery.validation import place

__all__ = ["refuse_writes"]

Objection = tuple[tuple[str, ...], str]
"""The keys of a setting in the file, and what speaks against it."""


class Calls(Protocol):
    """The settings of a connector that become calls."""

    @property
    def auth(self) -> Auth:
        """The way to authenticate."""

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every request."""

    @property
    def collections(self) -> dict[str, CollectionSpec]:
        """The collections by name."""

    @property
    def delivery(self) -> dict[str, CollectionSpec]:
        """The calls that give what the platform was told to do."""

    @property
    def scope(self) -> dict[str, str]:
        """The names that are filled in later."""


def refuse_writes(connector: Calls, *, text: str, where: str) -> None:
    """Refuse a connector that does more than read; `text` is its file's, for the line.

    Raises:
        ConfigurationError: if a call of it could change the system, with the line.
    """
    for keys, objection in _objections(connector):
        if objection:
            raise ConfigurationError(
                f"This could change the system and is never sent, {objection}",
                where=place(where, text, keys),
                then="the kit only reads: take it out, or write a call that lists records",
            )


def _objections(connector: Calls) -> Iterator[Objection]:
    yield ("headers",), objection_to_headers(connector.headers.items())
    auth = connector.auth
    yield ("auth", "headers"), objection_to_headers(getattr(auth, "headers", {}).items())
    if isinstance(auth, OAuth2Auth):
        pairs = auth.parameters.items()
        yield ("auth", "token_url"), _of_address(auth.token_url, log_in=True)
        yield ("auth", "parameters"), objection_to_query(pairs, graphql=False, log_in=True)
    if isinstance(auth, LogInAuth):
        graphql = "graphql" in auth.path.lower()
        yield ("auth", "path"), _of_address(auth.path, log_in=True)
        yield ("auth", "body"), objection_to_members(_filled(auth.body, ()), graphql=graphql, log_in=True)
    for room, specs in (("collections", connector.collections), ("delivery", connector.delivery)):
        for name, spec in specs.items():
            for keys, objection in _of_collection(spec, tuple(connector.scope)):
                yield (room, name, *keys), objection


def _of_collection(spec: CollectionSpec, scope: tuple[str, ...]) -> Iterator[Objection]:
    for key in ("list", "detail", "count"):
        if call := getattr(spec, key):
            yield (key,), _of_address(call.removeprefix(HEAD))
    for key, params in (("query", spec.query), ("sort", {**spec.sort.newest, **spec.sort.oldest})):
        pairs = [(name, str(value)) for name, value in params.items()]
        yield (key,), objection_to_query(pairs, graphql=False)
    if search := spec.search:
        graphql = "graphql" in search.path.lower()
        body = _filled(search.payload(spec.asking({})), scope)
        yield ("search", "path"), objection_to_path(search.path)
        # a body without a document is one whose paging fills it in
        graphql = graphql and isinstance(body.get("query"), str)
        written = objection_to_xml(body) if search.sent_as == "xml" else objection_to_members(body, graphql=graphql)
        yield ("search", "body"), written


def _of_address(address: str, *, log_in: bool = False) -> str:
    """Judge a path or a full URL, its query included."""
    path, _, query = re.sub(r"^https?://[^/]*", "", address).partition("?")
    pairs = (pair.partition("=")[::2] for pair in query.split("&") if pair)
    return objection_to_path(path, log_in=log_in) or objection_to_query(pairs, graphql=False, log_in=log_in)


def _filled(value: Any, names: tuple[str, ...]) -> Any:  # noqa: ANN401  JSON in, JSON out
    """Put a word in the place of each placeholder of `names`, of any if there are none: their values come later."""
    if isinstance(value, str):
        name = "|".join(map(re.escape, names)) or r"\w+"
        return value if not names and " " in value else re.sub(rf"\{{(?:{name})\}}", "x", value)
    if isinstance(value, Mapping):
        return {key: _filled(member, names) for key, member in value.items()}
    return [_filled(member, names) for member in value] if isinstance(value, list | tuple) else value

"""Connectors that would write, refused as they are loaded, with the line that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import parse_qsl

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.systems.answers.write_detection import (
    objection_to_headers,
    objection_to_members,
    objection_to_path,
    objection_to_query,
    objection_to_xml,
    triggers,
)
from ipaas_discovery.systems.connectors.auth import Auth, LogInAuth, OAuth2Auth
from ipaas_discovery.systems.connectors.collection import HEAD, CollectionSpec
from ipaas_discovery.systems.connectors.paging import Paging
from ipaas_discovery.systems.connectors.request_parameters import RequestParameters, listed, nested
from ipaas_discovery.validation import place

__all__ = ["refuse_writes"]

HOOKS = "hookapi triggers transfers"
MAKES = "a POST to the path that lists by GET makes a record"
Objection = tuple[tuple[str, ...], str]
"""The keys of a setting in the file, and what speaks against it."""


class _Installation(Protocol):
    """One installation of a system."""

    @property
    def base_url(self) -> str:
        """Its address."""


class Calls(Protocol):
    """The settings of a connector that become calls."""

    @property
    def auth(self) -> Auth:
        """The way to authenticate."""

    @property
    def environments(self) -> Mapping[str, _Installation]:
        """The installations of the system."""

    @property
    def headers(self) -> dict[str, str]:
        """Headers of every request."""

    @property
    def paging(self) -> Paging:
        """The way to page."""

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
    yield from ((("headers", name), objection_to_headers([(name, text)])) for name, text in connector.headers.items())
    for name, environment in connector.environments.items():
        yield ("environments", name, "base_url"), HOOKS if triggers(environment.base_url) else ""
    yield from ((("auth", *keys), objection) for keys, objection in _of_auth(connector.auth))
    yield ("paging",), _of_parameters(connector.paging.ask(0, None))
    for room, specs in (("collections", connector.collections), ("delivery", connector.delivery)):
        for name, spec in specs.items():
            for keys, objection in _of_collection(spec, tuple(connector.scope)):
                yield (room, name, *keys), objection
    lists = {spec.list.partition("?")[0] for spec in connector.collections.values() if spec.list}
    for name, spec in connector.collections.items():
        makes = spec.search is not None and spec.search.path in lists and not _reads(spec.search.path)
        yield ("collections", name, "search", "path"), MAKES if makes else ""


def _reads(path: str) -> bool:
    """Tell whether the last segment of a path says that a POST there only asks: `/orders/search`."""
    last = path.rpartition("/")[2]
    return "graphql" in path.lower() or not request_words().writes.verbs.reading.isdisjoint(split_words(last))


def _of_auth(auth: Auth) -> Iterator[Objection]:
    """Judge a log-in, and what it adds to every request."""
    log_in = isinstance(auth, OAuth2Auth)  # whose parameters only its own call sends
    yield ("headers",), objection_to_headers(getattr(auth, "headers", {}).items())
    yield ("parameters",), objection_to_query(getattr(auth, "parameters", {}).items(), graphql=False, log_in=log_in)
    yield ("members",), objection_to_members(listed(nested(getattr(auth, "members", {}))), graphql=False)
    if isinstance(auth, OAuth2Auth):
        yield ("token_url",), _of_address(auth.token_url, log_in=True)
    if isinstance(auth, LogInAuth):
        graphql = "graphql" in auth.path.lower()
        yield ("path",), _of_address(auth.path, log_in=True)
        yield ("body",), objection_to_members(_filled(auth.body, r"\w+"), graphql=graphql, log_in=True)


def _of_collection(spec: CollectionSpec, scope: tuple[str, ...]) -> Iterator[Objection]:
    for key in ("list", "detail", "count"):
        if call := getattr(spec, key):
            yield (key,), _of_address(call.removeprefix(HEAD))
    for keys, name, value in _parameters(spec):
        yield (*keys, name), objection_to_query([(name, value)], graphql=False)
    yield ("since",), _of_parameters(spec.changed_since("x") or RequestParameters())
    yield ("between",), _of_parameters(spec.changed_between("x", "x") or RequestParameters())
    yield ("paging",), _of_parameters(spec.paging.ask(0, None) if spec.paging else RequestParameters())
    if search := spec.search:
        graphql = "graphql" in search.path.lower()
        body = _filled(search.payload(spec.asking({})), "|".join(map(re.escape, scope)))
        yield ("search", "path"), _of_address(search.path, posted=True)
        # a body without a document is one whose paging fills it in
        texts = [(name, value) for name, value in body.items() if isinstance(value, str)]
        yield ("search", "body"), objection_to_query(texts, graphql=True).replace("query", "body", 1) if graphql else ""
        graphql = graphql and isinstance(body.get("query"), str)
        written = objection_to_xml(body) if search.sent_as == "xml" else objection_to_members(body, graphql=graphql)
        yield ("search", "body"), written


def _parameters(spec: CollectionSpec) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield the parameters that a collection always or sometimes sends, with the keys of their table."""
    tables = {("query",): spec.query, ("sort", "newest"): spec.sort.newest, ("sort", "oldest"): spec.sort.oldest}
    yield from ((keys, name, str(value)) for keys, params in tables.items() for name, value in params.items())
    yield from ((("filters",), name, str(value)) for name, values in spec.filters.items() for value in values)


def _of_parameters(ask: RequestParameters) -> str:
    """Judge what paging or a filter adds to a request."""
    pairs = [(name, str(value)) for name, value in ask.params.items()]
    written = objection_to_members(ask.body, graphql=False) if ask.body else ""
    return objection_to_headers(ask.headers.items()) or objection_to_query(pairs, graphql=False) or written


def _of_address(address: str, *, log_in: bool = False, posted: bool = False) -> str:
    """Judge a path or a full URL, its query included."""
    path, _, query = re.sub(r"^https?://[^/]*", "", address).partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    if triggers(path):
        return HOOKS
    written = objection_to_path(path, log_in=log_in, posted=posted)
    return written or objection_to_query(pairs, graphql=False, log_in=log_in)


def _filled(value: Any, names: str) -> Any:  # noqa: ANN401  JSON in, JSON out
    """Put a word in the place of each placeholder whose name has a pattern: their values come later."""
    if isinstance(value, str):
        is_text = names == r"\w+" and " " in value
        return value if is_text or not names else re.sub(rf"\{{(?:{names})\}}", "x", value)
    if isinstance(value, Mapping):
        return {key: _filled(member, names) for key, member in value.items()}
    return [_filled(member, names) for member in value] if isinstance(value, list | tuple) else value

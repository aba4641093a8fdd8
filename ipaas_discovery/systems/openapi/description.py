"""Describe an API: its collections, their calls, and the paths of their records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from ipaas_discovery.errors import DiscoveryError, UnknownNameError
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.systems.openapi.api_document import load_document
from ipaas_discovery.systems.openapi.collection_finder import find_collections
from ipaas_discovery.systems.openapi.envelope import records_of
from ipaas_discovery.systems.openapi.node import Node
from ipaas_discovery.systems.openapi.notices.notice import Notice, read_notices
from ipaas_discovery.systems.openapi.operation import (
    EnvelopedRecords,
    Operation,
    Operations,
    read_operations,
    unreadable,
)
from ipaas_discovery.systems.openapi.refusals.refusal import Refusal, read_refusals
from ipaas_discovery.systems.openapi.resolver import Resolver
from ipaas_discovery.systems.openapi.subject_paths import placed
from ipaas_discovery.systems.openapi.url_paths import PLACEHOLDER, Path, ends_with, is_base, is_root, segments

__all__ = ["ApiDescription", "Documents", "read_openapi"]

PLACE_HOLDER = re.compile(
    r"\$\{?([A-Za-z_]\w*)\}?|<([^<>/]+)>|\{+([^{}/]+)\}+|\[([^\[\]/:]+)\]|%([A-Za-z_]\w*)%(?![0-9A-Fa-f]{2})"
)
"""Forms in which people write a part of an address that each customer has of their own."""


@dataclass(frozen=True, slots=True)
class ApiDescription(Card):
    """The contents of an API description.

    `servers` are base URLs or base paths as written; `warnings` are sentences about what cannot be read: one
    per reference that cannot be followed, per repeated key, and per call that is malformed. `unassigned` are the
    calls that belong to no collection.
    `notices` are its webhooks and callbacks, `contact` whom it names. Schemas are resolved when they are asked for.
    """

    title: str
    version: str
    servers: tuple[str, ...]
    warnings: tuple[str, ...]
    _operations: Mapping[tuple[str, str], Operation] = field(repr=False)
    _collections: Mapping[str, Operations] = field(repr=False)
    unassigned: tuple[Operation, ...] = field(repr=False)
    _resolver: Resolver = field(repr=False, compare=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    contact: str = ""
    _taking: dict[str, tuple[Operation, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def document(self) -> Mapping[str, Any]:
        """The whole document, as it was read."""
        return self._resolver.document

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The answers by which its calls refuse, read when they are asked for."""
        return tuple(read_refusals(self._resolver.document, self._resolver))

    @shows("Collections", "collection")
    def collections(self) -> tuple[str, ...]:
        """List the names of the collections, sorted; a child's begins with its parent's: `orders_products`."""
        return tuple(self._collections)

    def operations(self, collection: str) -> Operations:
        """Return the calls of a collection, named as in `collections()`, in any case, or by a path of its calls.

        Raises:
            UnknownNameError: if the document has no such collection.
        """
        if collection in self._collections:
            return self._collections[collection]
        path = segments(collection)
        for name, calls in self._collections.items():
            by_path = collection.startswith("/") and any(segments(call.path) == path for call in calls)
            if by_path or name.lower() == collection.lower():
                return calls
        raise UnknownNameError("collection", collection, self._collections, where=self.title)

    @property
    def every(self) -> tuple[Operation, ...]:
        """Every call, in the document's order."""
        return tuple(self._operations.values())

    @shows("Calls")
    def calls(self, method: str) -> tuple[Operation, ...]:
        """List every call of a method, in the document's order."""
        return tuple(call for call in self._operations.values() if call.method == method and not call.graphql)

    def find(self, method: str, path: str) -> Operation | None:
        """Find the call of `method` on `path`, or None.

        `path` may be a URL, may begin with a server's base path or a part of it, and may use other names
        for its placeholders than the document.
        """
        if method.lower() == "mutation":
            return next(
                (call for call in self._operations.values() if call.graphql == path and call.name == path), None
            )
        asked = segments(path)
        calls = [(segments(call.path), call) for call in self._operations.values() if call.method == method.upper()]
        bases = [segments(server) for server in self.servers]
        matches = [(before, call) for known, call in calls if (before := ends_with(asked, known)) is not None]
        for before, call in sorted(matches, key=lambda match: len(match[0])):
            if not before or any(is_base(before, base) for base in bases):
                return call
        shorter = [call for known, call in calls if _is_root(ends_with(known, asked))]
        chosen = [call for _, call in calls if call.scope and _with_values(call, asked)]
        return shorter[0] if len(shorter) == 1 else chosen[0] if len(chosen) == 1 else None

    def of(self, operation: Operation) -> Operations | None:
        """Return the calls of the collection that `operation` belongs to, or None."""
        return next((calls for calls in self._collections.values() if operation in calls), None)

    def returned(self, operation: Operation) -> EnvelopedRecords | None:
        """Find the records in the call's response; None if the document does not describe them."""
        return records_of(operation, self._resolver, sent=False)

    def received(self, operation: Operation) -> EnvelopedRecords | None:
        """Find the records in the call's request body; None if the document does not describe them."""
        return records_of(operation, self._resolver, sent=True)

    def taking(self, schema: str) -> tuple[Operation, ...]:
        """List the calls that take a record of the schema at a reference, such as `#/components/schemas/Order`."""
        if not self._taking:
            self._taking[""] = ()
            for call in self._operations.values():
                records = self.received(call) if call.method != "GET" else None
                ref = records.schema.get("$ref") if records and isinstance(records.schema, dict) else None
                if isinstance(ref, str):
                    self._taking[ref] = (*self._taking.get(ref, ()), call)
        return self._taking.get(schema, ())

    def node(self, raw: object) -> Node:
        """Return a raw schema with its references followed and its parts merged, one level deep."""
        return self._resolver.node(raw)


def read_openapi(source: str | FilePath | Mapping[str, Any]) -> ApiDescription:
    """Read the API that a Swagger 2.0, OpenAPI 3.0 or 3.1 document describes.

    Nothing is fetched: a reference that leads out of the document or nowhere becomes a warning.

    >>> items = {"type": "array", "items": {"properties": {"id": {"type": "integer"}}}}
    >>> answer = {"responses": {"200": {"content": {"application/json": {"schema": items}}}}}
    >>> api = read_openapi({"openapi": "3.1.0", "info": {"title": "Shop"}, "paths": {"/orders": {"get": answer}}})
    >>> api.collections(), api.operations("orders").list.label
    (('orders',), 'GET /orders')

    Args:
        source: the path of a JSON or YAML file, or the document as a dict.

    Raises:
        DescriptionError: if it cannot be read or is no API description.
    """
    loaded = load_document(source)
    document = loaded.content
    resolver = Resolver(document, loaded.file)
    calls = placed(read_operations(document, resolver).values(), resolver)
    collections, unassigned = find_collections(calls, resolver)
    given = document.get("info")
    info = given if isinstance(given, dict) else {}
    return ApiDescription(
        title=_text(info.get("title")) or loaded.name,
        version=_text(info.get("version")),
        servers=_servers(document),
        warnings=(*loaded.warnings, *unreadable(document), *resolver.warnings()),
        _operations={(call.method, call.path): call for call in calls},
        _collections=collections,
        unassigned=unassigned,
        _resolver=resolver,
        notices=read_notices(document, resolver),
        contact=_contact(info.get("contact")),
    )


def _contact(given: object) -> str:
    """Write whom the description names: a team and its address, not a person's name alone."""
    listed = [_text(given.get(name)) for name in ("name", "email", "url")] if isinstance(given, dict) else []
    return ", ".join(filter(None, listed))


def _text(value: object) -> str:
    """Return a text or a number as text; any other value as an empty text."""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _servers(document: Mapping[str, Any]) -> tuple[str, ...]:
    """List the base URLs of a document."""
    listed = document.get("servers")
    if isinstance(listed, list):
        known = [server for server in listed if isinstance(server, dict) and isinstance(server.get("url"), str)]
        return tuple(dict.fromkeys(_cleaned(_with_scheme(server)) for server in known))
    host, base = _text(document.get("host")), _text(document.get("basePath"))
    listed = document.get("schemes") or ["https"]
    schemes = listed if isinstance(listed, list) else [listed]
    if not host:
        return (base,) if base else ()
    return tuple(_cleaned(f"{scheme}://{host}{base}") for scheme in schemes if isinstance(scheme, str))


def _with_scheme(server: Mapping[str, Any]) -> str:
    """Return the address of a server, with the scheme that a placeholder stands for, `https` unless told otherwise."""
    url, variables = server["url"].strip(), server.get("variables")
    name = re.match(r"\{([^{}/]+)\}(?=://)", url)
    variable = variables.get(name[1]) if name and isinstance(variables, dict) else None
    value = variable.get("default") if isinstance(variable, dict) else None
    return f"{'http' if value == 'http' else 'https'}{url[name.end() :]}" if name else url


def _cleaned(url: str) -> str:
    """Return an address with one scheme, without a query, and with its `<place-holders>` as `{place_holders}`.

    >>> _cleaned("https://https://<server>.example.test/{{tenant-id}}"), _cleaned("{store}.example.test/v1")
    ('https://{server}.example.test/{tenant_id}', 'https://{store}.example.test/v1')
    >>> _cleaned("https://[your-shop]/api?v=1"), _cleaned("https://$STORE.example.test"), _cleaned("http://[::1]:80")
    ('https://{your_shop}/api', 'https://{STORE}.example.test', 'http://[::1]:80')
    """
    url = re.sub(r"^(?:[a-z][a-z+]*://)+(?=[a-z][a-z+]*://)", "", url.strip(), flags=re.IGNORECASE)
    url = PLACE_HOLDER.sub(lambda match: f"{{{_word(match[match.lastindex or 0])}}}", re.split(r"[?#]", url)[0])
    hosted = re.match(r"(?:\{\w+\}|[\w-]+)(?:\.[\w{}-]+)+(?::\d+)?(?:/|$)", url)
    return f"https://{url}" if hosted else f"https:{url}" if url.startswith("//") else url


def _word(name: str) -> str:
    """Turn a placeholder's name into a word."""
    return re.sub(r"\W+", "_", name).strip("_") or "value"


def _with_values(call: Operation, asked: Path) -> bool:
    """Tell whether a path is the call's with values in place of its scope."""
    known = call.path
    for name in call.scope:
        known = known.replace(f"{{{name}}}", "*")
    parts = segments(known)
    return len(parts) == len(asked) and all(
        part == other or (part == "*" and other != PLACEHOLDER) for part, other in zip(parts, asked, strict=True)
    )


def _is_root(before: Path | None) -> bool:
    """Tell whether the segments before a path only locate the API."""
    return before is not None and all(map(is_root, before))


@dataclass(frozen=True, slots=True)
class Documents(Card):
    """API descriptions in the order they are configured; with a `problem`, those that it did not keep away.

    >>> Documents().read()
    ()
    """

    descriptions: tuple[ApiDescription, ...] = ()
    problem: DiscoveryError | None = None

    def read(self) -> tuple[ApiDescription, ...]:
        """Give the descriptions, all of them.

        Raises:
            DiscoveryError: the one that kept them away, of the kind that fits.
        """
        if self.problem is not None:
            raise self.problem
        return self.descriptions

"""Unite the API descriptions of one system: one connector, with the collections of them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ipaas_discovery.drafting.described_connector import UNKNOWN_ADDRESS, connector_from
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector
from ipaas_discovery.systems.openapi import ApiDescription

__all__ = ["DescribedApi", "shared_beginning", "unite"]

CALLS = ("create", "update", "delete")


@dataclass(frozen=True, slots=True)
class DescribedApi:
    """One document of a system: what it describes, its own text as plain dicts, and the name of its file.

    `names` are the names of its collections in the connector, with those in the document; `shared` are collections of
    the document that one before it has as well.
    """

    api: ApiDescription
    document: Mapping[str, Any]
    file: str
    names: Mapping[str, str]
    shared: frozenset[str] = frozenset()


def unite(
    documents: Sequence[tuple[ApiDescription, Mapping[str, Any], str]], *, name: str, base_url: str | None = None
) -> tuple[Connector, tuple[DescribedApi, ...]]:
    """Build one connector from the documents of a system, each with the name of its file.

    Its address is what their addresses have in common, and each path begins with the rest. A collection that two
    documents list at the same path is the first one's, with those calls of the other that it lacks.

    Raises:
        ConfigurationError: if the documents name different hosts, or list nothing.
    """
    built = [connector_from(api, name=name, base_url=base_url) for api, _, _ in documents]
    if len(built) == 1:
        (api, document, file), names = documents[0], {own: own for own in built[0].collections}
        return built[0], (DescribedApi(api, document, file, names),)
    addresses = [connector.environment().base_url for connector in built]
    shared = _shared([address for address in addresses if not address.startswith(UNKNOWN_ADDRESS)])
    specs: dict[str, CollectionSpec] = {}
    described = []
    scope: dict[str, str] = {}
    for (api, document, file), connector, address in zip(documents, built, addresses, strict=True):
        prefix = address.removeprefix(UNKNOWN_ADDRESS if address.startswith(UNKNOWN_ADDRESS) else shared)
        known = {own: spec for own, spec in connector.collections.items() if not (spec.search and "{" in prefix)}
        moved = {own: _moved(spec, prefix) for own, spec in known.items()}
        scope |= dict.fromkeys(re.findall(r"\{(\w+)\}", prefix), f"a value in the address of {file}")
        taken = {spec.reading: key for key, spec in specs.items()}
        names = {_free(own, specs): own for own, spec in moved.items() if spec.reading not in taken}
        for spec in moved.values():
            if key := taken.get(spec.reading):
                specs[key] = _completed(specs[key], spec)
        renamed = {own: new for new, own in names.items()}
        for new, own in names.items():
            parent = moved[own].parent
            specs[new] = moved[own].model_copy(update={"parent": renamed.get(parent, parent) if parent else None})
        shared_names = frozenset(own for own, spec in moved.items() if spec.reading in taken)
        described.append(DescribedApi(api, document, file, names, shared_names))
    environment = built[0].environment().model_copy(update={"base_url": shared, "title": _title(built)})
    merged = {
        "title": _title(built),
        "environments": {"document": environment},
        "headers": {header: text for connector in reversed(built) for header, text in connector.headers.items()},
        "scope": scope | {word: text for connector in reversed(built) for word, text in connector.scope.items()},
        "collections": {key: spec for key, spec in specs.items() if spec.parent is None or spec.parent in specs},
    }
    return built[0].model_copy(update=merged), tuple(described)


def _shared(addresses: list[str]) -> str:
    """Return what addresses have in common, in whole segments; an unknown one if there is none.

    >>> _shared(["https://api.test/v2", "https://api.test/v3/catalog"])
    'https://api.test'
    """
    if not addresses:
        return UNKNOWN_ADDRESS
    hosts = list(dict.fromkeys("/".join(address.split("/")[:3]) for address in addresses))
    if len(hosts) > 1:
        then = "make a workspace for each, as a connector has one host"
        raise ConfigurationError(f"The documents name different hosts, {' and '.join(hosts)}", then=then)
    return "/".join(shared_beginning(address.rstrip("/").split("/") for address in addresses))


def _completed(spec: CollectionSpec, other: CollectionSpec) -> CollectionSpec:
    """Give a collection the calls that it lacks and another description of it has."""
    keys = ("detail", *CALLS)
    lacking = {key: value for key in keys if getattr(spec, key) is None and (value := getattr(other, key)) is not None}
    return spec.model_copy(update=lacking | ({"id": other.id} if "detail" in lacking else {}))


def _moved(spec: CollectionSpec, prefix: str) -> CollectionSpec:
    """Put a prefix before every path of a collection."""
    if not prefix.strip("/"):
        return spec
    prefix = "/" + prefix.strip("/")
    paths = {key: prefix + path for key in ("list", "detail", "count") if (path := getattr(spec, key))}
    calls = {
        key: re.sub(r"^(\w+ )/", rf"\1{prefix}/", call)
        for key in CALLS
        if (call := getattr(spec, key)) and not call.startswith("mutation ")
    }
    search = {"search": spec.search.model_copy(update={"path": prefix + spec.search.path})} if spec.search else {}
    return spec.model_copy(update={**paths, **calls, **search})


def _free(name: str, specs: Mapping[str, CollectionSpec]) -> str:
    """Choose a name that no collection has."""
    numbered = (f"{name}_{number}" for number in range(2, len(specs) + 3))
    return name if name not in specs else next(other for other in numbered if other not in specs)


def _title(built: Sequence[Connector]) -> str:
    """Return the words that the titles begin with, else all titles."""
    titles = list(dict.fromkeys(connector.title for connector in built))
    return " ".join(shared_beginning([title.split() for title in titles])) or ", ".join(titles)


def shared_beginning(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the words that all rows begin with.

    >>> shared_beginning([["Shop", "Orders"], ["Shop", "Customers"]])
    ['Shop']
    """
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*rows, strict=False))]

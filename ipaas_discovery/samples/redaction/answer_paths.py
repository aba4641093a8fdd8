"""The collections in a connector's answers: which of them a path answers, and the full names of their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipaas_discovery.systems.connectors.connector import CollectionSpec, Connector

__all__ = ["AnswerPaths"]


class AnswerPaths:
    """A connector as its answers show it; without a connector, it knows no path.

    >>> from ipaas_discovery.systems.connectors.connector import load_connector
    >>> answer_paths = AnswerPaths(load_connector("bigcommerce"))
    >>> answer_paths.collections("/v2/orders/7/products"), answer_paths.names(("data", "email"), ("customers",))
    (('order_products',), ('customers.email',))
    """

    def __init__(self, connector: Connector | None = None) -> None:
        self._connector = connector
        collections = connector.everything if connector else {}
        self._paths = [(re.compile(form), name) for name, spec in collections.items() for form in _forms(spec)]
        self._linked = tuple(name for name, spec in collections.items() if spec.link is not None)
        self.reused_names = frozenset(_reused_names(connector) if connector else ())

    def collections(self, path: str) -> tuple[str, ...]:
        """List the collections a path under the base URL answers; those reached by links where no other does."""
        return tuple(dict.fromkeys(name for form, name in self._paths if form.fullmatch(path))) or self._linked

    def names(self, keys: tuple[str, ...], collections: tuple[str, ...]) -> tuple[str, ...]:
        """Name the field at `keys` of an answer: `collection.path`, once for each collection it is in."""
        return tuple(dict.fromkeys(name for collection in collections for name in self._names(keys, collection)))

    def _names(self, keys: tuple[str, ...], collection: str) -> Iterator[str]:
        if self._connector is None:
            return
        prefix = tuple(filter(None, self._connector.records_of(collection).replace("[]", "").split(".")))
        inner = keys[len(prefix) :] if keys[: len(prefix)] == prefix else keys
        path = ".".join(inner)
        yield f"{collection}.{path}"
        for name, spec in self._connector.collections.items():
            inside = (spec.embedded or "").replace("[]", "")
            if spec.parent == collection and inside and path.startswith(f"{inside}."):
                yield f"{name}.{path.removeprefix(inside + '.')}"


def _forms(spec: CollectionSpec) -> Iterator[str]:
    """Yield patterns of the paths that answer with a collection's records."""
    search = getattr(spec, "search", None)
    for path in (spec.list, spec.detail, getattr(search, "path", None)):
        if path and "://" not in path:
            fixed = re.split(r"\{[^}]*\}", path.partition("?")[0])
            yield "[^/]+".join(re.escape(part) for part in fixed)


def _reused_names(connector: Connector) -> Iterator[str]:
    """Yield the names of the fields whose values a later request repeats: ids, links, cursors."""
    for name, spec in connector.everything.items():
        paging = connector.paging_of(name)
        for path in (spec.id, spec.link, getattr(paging, "next", None), *spec.placeholders):
            if path:
                yield path.removeprefix("header:").replace("[]", "").rpartition(".")[2]
        yield from ("endCursor", "cursor", "next")

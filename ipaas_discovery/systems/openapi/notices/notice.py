"""Notices of an API description: what it sends by itself when something happens, and what these hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.systems.openapi.notices.body_paths import body_paths
from ipaas_discovery.systems.openapi.operation import read_operation
from ipaas_discovery.systems.openapi.resolver import Resolver

__all__ = ["Notice", "notices_of", "read_notices"]

WEBHOOKS = ("webhooks", "x-webhooks")
SENT = ("post", "put")


@dataclass(frozen=True, slots=True)
class Notice(Card):
    """One webhook or callback.

    Attributes:
        name: the event's, as the API names it.
        fields: paths of what its body holds.
        headers: the headers that come with it.
        call: the call that orders a callback; empty for a webhook, which the description does not say how to order.
    """

    name: str
    fields: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    call: str = ""


def read_notices(document: Mapping[str, Any], resolver: Resolver) -> tuple[Notice, ...]:
    """Read the webhooks of a description, and the callbacks of its calls.

    >>> hook = {"post": {"requestBody": {"content": {"application/json": {"schema": {"properties": {"id": {}}}}}}}}
    >>> document = {"openapi": "3.1.0", "webhooks": {"order.created": hook}}
    >>> read_notices(document, Resolver(document))
    (Notice(name='order.created', fields=('id',), headers=(), call=''),)
    """
    hooks = [
        (str(name), item, "") for key in WEBHOOKS if isinstance(document.get(key), dict)
        for name, item in document[key].items()
    ]  # fmt: skip
    named = [*hooks, *_callbacks(document, resolver)]
    return tuple(notice for name, item, call in named for notice in _notices(name, item, call, resolver))


def notices_of(collection: str, collections: Iterable[str], notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """List the notices that are about a collection, as far as their names say: those of none that fits better.

    >>> hooks = [Notice("order.created"), Notice("orderProductDeleted"), Notice("ping")]
    >>> [notice.name for notice in notices_of("orders", ["orders", "order_products"], hooks)]
    ['order.created']
    """
    known = {name: _words(name) for name in (collection, *collections)}
    return tuple(notice for notice in notices if _best(known, _words(notice.name)) == collection)


def _best(known: Mapping[str, frozenset[str]], words: frozenset[str]) -> str:
    """Choose the collection of which a notice names most words; none where it names all words of no collection."""
    fitting = [name for name, own in known.items() if own and own <= words]
    return max(fitting, key=lambda name: len(known[name]), default="")


def _words(name: str) -> frozenset[str]:
    return frozenset((singulars(word) or (word,))[0] for word in split_words(name))


def _callbacks(document: Mapping[str, Any], resolver: Resolver) -> Iterator[tuple[str, Any, str]]:
    """Yield each callback with the call that orders it."""
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, call in item.items() if isinstance(item, dict) else ():
            listed = call.get("callbacks") if isinstance(call, dict) else None
            for name, raw in listed.items() if isinstance(listed, dict) else ():
                addresses, _ = resolver.follow(raw)
                for sent in addresses.values() if isinstance(addresses, dict) else ():
                    yield str(name), sent, f"{str(method).upper()} {path}"


def _notices(name: str, raw: object, call: str, resolver: Resolver) -> Iterator[Notice]:
    item, _ = resolver.follow(raw)
    for method in SENT if isinstance(item, dict) else ():
        if isinstance(item.get(method), dict):
            sent = read_operation(method.upper(), f"/{name}", item, item[method], resolver)
            yield Notice(name, tuple(body_paths(sent.request, resolver)), tuple(sorted(sent.headers)), call)
            return

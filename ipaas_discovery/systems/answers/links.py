"""Tell links from other values of an answer, and find those to its next page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeGuard
from urllib.parse import urlsplit

from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.answer import Answer
from ipaas_discovery.systems.answers.json_path import leaves

__all__ = ["is_link", "next_links", "other_links"]

RELATIONS, TARGETS = ("rel", "relation", "title"), ("href", "url", "uri", "link")
"""Members of an object that is a link: what it is to this page, and its address."""
OTHER_PAGES = frozenset({"self", "first", "last", "prev", "previous"})
"""Names of addresses of this list that lead elsewhere than to its next page."""


def is_link(value: object) -> TypeGuard[str]:
    """Tell whether a value can be the address of a page: a full URL, one from the root, or a query alone.

    >>> is_link("/orders?page=2"), is_link("?page=2"), is_link("2"), is_link(2)
    (True, True, False, False)
    """
    if not isinstance(value, str) or not re.search(r"[/?]", value):
        return False
    try:
        return urlsplit(value).scheme in {"", "http", "https"}
    except ValueError:
        return False


def next_links(answer: Answer) -> Iterator[tuple[str, str]]:
    """Yield each place in the body or a header, as `lookup` takes it, that holds the address of the next page.

    >>> list(next_links(Answer("GET /o", 200, {"links": [{"rel": "next", "href": "/o?page=2"}]})))
    [('links[rel=next].href', '/o?page=2')]
    >>> list(next_links(Answer("GET /o", 200, {"links": [{"rel": ["next"], "href": "/o?page=2"}]})))
    [('links[rel=next].href', '/o?page=2')]
    """
    headers = ((f"header:{name}", text) for name, text in sorted(answer.headers.items()) if name != "link")
    for place, value in (*leaves(answer.body), *headers):
        if paging_words().is_next_url(place.rpartition(":")[2].removeprefix("x-")) and is_link(value):
            yield place, value
    yield from _listed(answer.body, "")


def other_links(answer: Answer, path: str) -> Iterator[tuple[str, str]]:
    """Yield each place of the body with an address of the same list under a name that nobody knows.

    >>> body = {"forward": "/v1/o?page=2", "self": "/v1/o?page=1", "form": "/form?of=o"}
    >>> list(other_links(Answer("GET /o", 200, body), "/o"))
    [('forward', '/v1/o?page=2')]
    """
    for place, value in leaves(answer.body):
        name = place.rpartition(".")[2].lower()
        if not is_link(value) or name in OTHER_PAGES or paging_words().is_next_url(place):
            continue
        address = urlsplit(value)
        if address.query and (not address.path or address.path.endswith(path)):
            yield place, value


def _named(words: tuple[str, ...]) -> Iterator[str]:
    """Yield names as JSON has them, then as XML's attributes are called."""
    yield from words
    yield from (f"@{word}" for word in words)


def _listed(body: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield the links to the next page that stand in lists of links."""
    if not isinstance(body, Mapping):
        return
    for key, value in body.items():
        place = f"{path}.{key}".lstrip(".")
        yield from _listed(value, place)
        for link in value if isinstance(value, list) else [value]:
            if not isinstance(link, Mapping):
                break
            known = ((name, _relation(link.get(name))) for name in _named(RELATIONS))
            relation = next(((name, word) for name, word in known if word.lower() == "next"), None)
            target = next((name for name in _named(TARGETS) if is_link(link.get(name))), None)
            if relation and target:
                yield f"{place}[{'='.join(relation)}].{target}", link[target]


def _relation(value: object) -> str:
    """Give the relation of a link in text, which Siren writes as a list of them."""
    words = value if isinstance(value, list) else [value]
    return next((str(word) for word in words if str(word).lower() == "next"), "")

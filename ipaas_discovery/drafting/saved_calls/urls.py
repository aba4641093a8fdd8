"""Split addresses as API clients save them: variables in double braces, `:names` and ids in the path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_plus

from ipaas_discovery.knowledge.name_words import singulars
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive

__all__ = ["Address", "fill", "query_of", "split_url"]

_VARIABLE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_DEEPEST = 10
"""The deepest nesting of variables that is followed."""
_ID = re.compile(
    r"\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}", re.IGNORECASE
)
_OPAQUE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[A-Za-z])(?=(?:[A-Za-z]*\d){2})[A-Za-z0-9]{12,}(?![A-Za-z0-9])")
"""A stretch of letters and digits that no word is: a token, or an id of a kind that only its system knows."""
_PERSONAL = re.compile(r"[^@\s]@[^@\s]|^(?:\+\d|0\d[\d/ ()-]*[/ ()-])[\d ().-]{5,}$")
"""A mail address or a telephone number."""
_NAME = re.compile(r"[^\W\d_]{2,}(?:[-._+][^\W\d_]+)+")
"""Words joined as those of a person's name are in an address: `ada-lovelace`."""
_RANDOM = re.compile(r"(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w.~+=-]{16,}|[0-9a-f]{20,}|[0-9A-Z]{26,}", re.DOTALL)
"""A text that nobody has thought of."""
_KEYED = re.compile(r"([\w$-]+)\((?:\w+=)?('?)([^'()]*)\2\)")
"""An OData key: `Customers(42)`, `Items('A-1')`."""
_VERSIONED = frozenset({"api", "rest", "version", "ver"})
"""A number after one of these is a version, not an id."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL in its parts; `server` is empty without a host, `assumed` is True if it named no scheme.

    `keys` are the values of OData keys in the path, which holds placeholders for them.
    """

    server: str
    path: str
    query: tuple[str, ...]
    assumed: bool = False
    keys: tuple[str, ...] = field(default=(), repr=False)


def fill(text: str, variables: Mapping[str, str]) -> str:
    """Fill the `{{variables}}` of `text` as far as they are known.

    >>> fill("{{base}}/{{what}}", {"base": "https://{{host}}", "host": "api.example.test"})
    'https://api.example.test/{{what}}'
    """
    for _ in range(_DEEPEST):
        filled = _VARIABLE.sub(lambda match: variables.get(match.group(1), match.group()), text)
        if filled == text:
            break
        text = filled
    return text


def split_url(raw: str, variables: Mapping[str, str]) -> Address:
    """Split a URL into the server, the path with ids as placeholders, and the names of the query parameters.

    A variable in front is taken as the server, with the path it holds.

    >>> split_url("{{base}}/orders/:order_id/lines?limit=5&page=1", {"base": "https://api.example.test/v2/"})
    Address(server='https://api.example.test/v2', path='/orders/{order_id}/lines', query=('limit', 'page'), ...)
    >>> split_url("https://api.example.test/orders/1042.json", {}).path
    '/orders/{id}.json'
    """
    raw = raw.strip()
    front = re.match(r"\{\{[^{}]+\}\}", raw)
    base = fill(front.group(), variables) if front else ""
    rest = fill(raw[len(front.group()) :], variables) if front else fill(raw, variables)
    if front and not re.match(r"https?://", base, re.IGNORECASE) and not _VARIABLE.fullmatch(base):
        base, rest = "", base + rest  # the variable holds a host, or a part of one
    address, query = _parted(rest)
    if base:
        server_url, _ = _parted(base)
        return Address(_server(server_url), _path(address), query, keys=_keys(address))
    return _hosted(address, query)


def query_of(url: str) -> str:
    """Give the query of a URL, whatever stands for its host, which `urlsplit` would refuse.

    >>> query_of("http://[shop/orders?page=2&limit=5#top"), query_of("/orders")
    ('page=2&limit=5', '')
    """
    return url.partition("#")[0].partition("?")[2]


def _parted(url: str) -> tuple[str, tuple[str, ...]]:
    """Split off the query, and list its names."""
    address = url.partition("#")[0].partition("?")[0]
    names = (unquote_plus(_named(pair.partition("=")[0])) for pair in query_of(url).split("&"))
    return address, tuple(dict.fromkeys(name for name in names if name and not _private(name)))


def _hosted(address: str, query: tuple[str, ...]) -> Address:
    """Split an address into server and path."""
    whole = re.match(r"(https?://[^/]*)(.*)", address, re.IGNORECASE | re.DOTALL)
    if whole:
        return Address(_server(whole.group(1)), _path(whole.group(2)), query, keys=_keys(whole.group(2)))
    first, slash, rest = address.partition("/")
    unknown = bool(_VARIABLE.fullmatch(first))
    if first and (unknown or "." in first or first.startswith("localhost") or re.search(r":\d+$", first)):
        server = first if unknown else f"https://{first}"
        return Address(_server(server), _path(slash + rest), query, not unknown, _keys(rest))
    return Address("", _path(address), query, keys=_keys(address))


def _server(text: str) -> str:
    """Return an address without log-in data and final slash, its variables as `{name}`."""
    without_login = re.sub(r"^(\w+://)[^/@]*@", r"\1", text)
    return _named(without_login).rstrip("/")


def _path(text: str) -> str:
    """Return a path with its ids as placeholders."""
    parts = [part for part in text.split("/") if part]
    before = ["", *parts]
    closing = "/" if parts and text.endswith("/") else ""
    return "/" + "/".join(_segment(part, above) for part, above in zip(parts, before, strict=False)) + closing


def _keys(text: str) -> tuple[str, ...]:
    """Return the values of the OData keys in a path."""
    return tuple(keyed[3] for part in text.split("/") if (keyed := _KEYED.fullmatch(unquote(part))))


def _segment(part: str, above: str) -> str:
    """Return one segment, an id in it as a placeholder."""
    if part.startswith(":") and len(part) > 1:
        name, dot, ending = part[1:].partition(".")
        return f"{{{_word(name)}}}{dot}{ending}"
    part = _named(unquote(part))
    if keyed := _KEYED.fullmatch(part):
        return f"{keyed[1]}({keyed[2]}{{id}}{keyed[2]})"
    stem, ending = re.fullmatch(r"(.+?)(\.(?:json|xml))?", part, re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    known = _ID.fullmatch(stem) or any(pattern.search(stem) for pattern in (_OPAQUE, _PERSONAL))
    named = _NAME.fullmatch(stem) and not request_words().people.isdisjoint({above.lower(), *singulars(above.lower())})
    if (known and above.lower() not in _VERSIONED) or named or _private(stem):
        return "{id}" + (ending or "")
    return re.sub(r"\s", "%20", part)


def _private(text: str) -> bool:
    """Tell whether a text is somebody's address or number, or opens something, by its form."""
    return bool(_RANDOM.fullmatch(text)) or replace_sensitive(text, "", lambda _part: "") != text


def _named(text: str) -> str:
    """Write `{{ store-hash }}` as `{store_hash}`."""
    return _VARIABLE.sub(lambda match: f"{{{_word(match.group(1))}}}", text)


def _word(name: str) -> str:
    """Turn a variable's name into a word."""
    return re.sub(r"\W+", "_", name).strip("_") or "value"

"""Compare paths of an API by their segments, and recognise the names of collections in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["PLACEHOLDER", "Path", "ends_with", "is_base", "is_root", "segments", "statics"]

PLACEHOLDER = "{}"
Path = tuple[str, ...]


@lru_cache(16_384)
def segments(path: str) -> Path:
    """Split a path or URL into segments; every placeholder is `{}`, OData keys, verbs and `.json` endings are resolved.

    >>> segments("/v3/customers/{customer_id}"), segments("/items({id})/lines"), segments("/orders/{id}.json")
    (('v3', 'customers', '{}'), ('items', '{}', 'lines'), ('orders', '{}'))
    >>> segments("/customers/key={key}"), segments("/items(no='{no}')")
    (('customers', '{}'), ('items', '{}'))
    >>> segments("/orders/{id}:cancel"), segments("https://{store}.example.test:8443/v2"), segments("http://[/v2")
    (('orders', '{}', 'cancel'), ('v2',), ('v2',))
    """
    path = re.sub(r"^(?:[A-Za-z][\w+.-]*:)?//[^/?#]*", "", path)  # urlsplit would fail where a server's name is no host
    path = re.sub(r"\{[^{}]*\}", PLACEHOLDER, re.split(r"[?#]", path, maxsplit=1)[0])
    path = re.sub(r"\((?:\w+=)?'?\{\}'?\)", "/{}", path)
    path = re.sub(r"(?<=/)[\w.-]+=\{\}(?=/|$)", PLACEHOLDER, path)
    path = re.sub(r"(?<=[\w}]):([A-Za-z]+)/?$", r"/\1", path)
    return tuple(re.sub(r"\.(json|xml|\{\})$", "", part) for part in path.split("/") if part)


def statics(path: Iterable[str]) -> list[str]:
    """List the segments that are no placeholder."""
    return [part for part in path if part != PLACEHOLDER]


def ends_with(asked: Path, path: Path) -> Path | None:
    """Return the segments of `asked` before `path`, or None if it does not end with it.

    >>> ends_with(("v3", "customers", "{}"), ("customers", "{}"))
    ('v3',)
    """
    rest = len(asked) - len(path)
    return asked[:rest] if rest >= 0 and asked[rest:] == path else None


def is_base(prefix: Path, base: Path) -> bool:
    """Tell whether `prefix` is the end of a server's base path; a placeholder in it stands for any value."""
    tail = base[len(base) - len(prefix) :]
    return len(prefix) <= len(base) and all(
        other in {PLACEHOLDER, part} for part, other in zip(prefix, tail, strict=True)
    )


def is_root(part: str) -> bool:
    """Tell whether a segment only locates an API: `api`, `rest`, `v2`, `V1`, `v1beta3`, `2024-01`.

    >>> [is_root(part) for part in ("api", "V1", "v1beta3", "2024-01", "vendors", "orders")]
    [True, True, True, True, False, False]
    """
    return (
        part.lower() in request_words().paths.roots
        or re.fullmatch(r"[vV]?\d+([.-]\d+)*((alpha|beta|rc)\d*)?", part) is not None
    )

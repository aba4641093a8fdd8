"""Propose the id and the paging that names of parameters and members suggest, for a later proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ipaas_discovery.systems.openapi.url_paths import plain, singulars

__all__ = ["id_field", "paging_names", "paging_proposal"]

_ROLES: Mapping[str, tuple[str, ...]] = {
    "cursor": ("cursor", "after", "startingafter", "pagetoken", "nextpagetoken", "nexttoken", "pageinfo", "sinceid",
               "marker", "continuationtoken", "scrollid"),
    "offset": ("offset", "skip", "start", "startindex", "startat", "from"),
    "page": ("page", "pagenumber", "pageno", "pageindex", "currentpage", "pagenum", "p", "searchcriteriacurrentpage"),
    "size": ("limit", "perpage", "pagesize", "size", "pagelimit", "top", "take", "rows", "maxresults", "count",
             "itemsperpage", "recordsperpage", "searchcriteriapagesize", "max"),
}  # fmt: skip
_TOTAL = ("total", "totalcount", "totalrecords", "totalitems", "totalresults", "recordcount", "odatacount", "count")
_PAGES = ("totalpages", "pagecount", "lastpage", "pages", "numpages")
_NEXT_URL = ("next", "nextlink", "nexturl", "nextpageurl", "odatanextlink", "href")
_NEXT_CURSOR = ("nextcursor", "cursor", "endcursor", "nextpagetoken", "nexttoken", "continuationtoken", "scrollid",
                "after", "next", "marker")  # fmt: skip
_DEPTH = 3


def id_field(records: Iterable[Mapping[str, Any]], word: str, asked: str) -> str:
    """Return the field that identifies a record, as far as examples show. Defaults to `id`.

    >>> id_field([{"OrderId": 7, "total": 1}], "orders", "id")
    'OrderId'

    Args:
        records: examples.
        word: name of the collection, in the plural.
        asked: the placeholder in the path of one record.
    """
    records = list(records)
    shared = set(records[0]).intersection(*records[1:]) if records else set()
    single = next(iter(singulars(word)), word)
    wanted = [
        "id",
        plain(asked),
        plain(f"{single}id"),
        "uuid",
        "guid",
        f"{plain(single)}number",
        f"{plain(single)}code",
    ]
    for candidate in wanted:
        for name in sorted(shared):
            if plain(name) == candidate and "." not in name and isinstance(records[0][name], str | int):
                return name
    return "id"


def paging_names(query: Iterable[str]) -> dict[str, str]:
    """Find the parameters that look like paging, by their role.

    >>> paging_names(["status", "page", "per_page"])
    {'page': 'page', 'size': 'per_page'}
    """
    known = {plain(name): name for name in reversed(list(query))}
    roles = {role: next((known[word] for word in words if word in known), None) for role, words in _ROLES.items()}
    steps = {role: name for role, name in roles.items() if name and role != "size"}
    return {**steps, **({"size": roles["size"]} if roles["size"] else {})}


def paging_proposal(query: Iterable[str], body: object, *, link: bool) -> dict[str, str | int]:
    """Propose paging settings that fit the names of the parameters and of the answer's members, if any.

    >>> paging_proposal(["page", "limit"], {"data": [], "meta": {"total": 3}}, link=False)
    {'kind': 'page', 'page': 'page', 'size': 'limit', 'total': 'meta.total'}

    Args:
        query: the names of the list's query parameters.
        body: an example of its answer, or None.
        link: True if the answer names a next page in its `Link` header.
    """
    names = paging_names(query)
    size = {"size": names["size"]} if "size" in names else {}
    total = {"total": path} if (path := _place(body, _TOTAL, int)) else {}
    cursor = _place(body, _NEXT_CURSOR, str)
    if link:
        return {"kind": "link", **size, **total}
    if (url := _place(body, _NEXT_URL, str)) and "cursor" not in names:
        return {"kind": "next", "next": url, **size, **total}
    if "cursor" in names and cursor:
        return {"kind": "cursor", "cursor": names["cursor"], "next": cursor, **size, **total}
    if "page" in names:
        pages = {"pages": path} if (path := _place(body, _PAGES, int)) else {}
        return {"kind": "page", "page": names["page"], **size, **total, **pages}
    if "offset" in names and size:
        return {"kind": "offset", "offset": names["offset"], "limit": size["size"], **total}
    return {}


def _place(body: object, names: tuple[str, ...], kind: type) -> str:
    """Return the dotted path of the first member with one of the names and a value of the kind, else an empty text."""
    paths = {plain(path.rpartition(".")[2]): path for path, value in reversed(_members(body)) if _is(value, kind)}
    return next((paths[name] for name in names if name in paths), "")


def _is(value: object, kind: type) -> bool:
    """Tell whether a value is of a kind and not empty."""
    return isinstance(value, kind) and not isinstance(value, bool) and value != ""


def _members(body: object, path: str = "", depth: int = 0) -> list[tuple[str, Any]]:
    """List the members outside of lists, the upper ones first."""
    if not isinstance(body, Mapping) or depth > _DEPTH:
        return []
    own = [(f"{path}{key}", value) for key, value in body.items() if "." not in key]
    return own + [member for key, value in own for member in _members(value, f"{key}.", depth + 1)]

"""Propose how a list pages by what its parameters and its answer's members are called; a probe has to prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.paging_words import paging_words
from ipaas_discovery.systems.answers.json_path import leaves
from ipaas_discovery.systems.answers.links import is_link
from ipaas_discovery.systems.openapi import ApiDescription, Operation

__all__ = ["TO_FILL_IN", "Members", "members_described", "members_of", "propose_paging", "total_described"]

Members = tuple[tuple[str, str], ...]
"""The members of an answer outside of its lists, as dotted paths with JSON's type, the upper ones first."""
TO_FILL_IN = "…"
"""Placeholder for a path of the answer that neither an example nor a description shows."""
CURSOR = "cursor"
"""The kind of a member that is called like the next page's address, and whose text is none."""
DEPTH = 3


def propose_paging(
    query: Iterable[str], members: Members = (), *, link: bool = False, next_header: str = "", next_link: str = ""
) -> dict[str, str]:
    """Propose the paging settings that fit the names; empty if none do.

    >>> propose_paging(["page", "limit"], members_of({"data": [], "meta": {"total": 3}}))
    {'kind': 'page', 'page': 'page', 'size': 'limit', 'total': 'meta.total'}
    >>> propose_paging(["startAt", "maxResults"])
    {'kind': 'offset', 'offset': 'startAt', 'limit': 'maxResults'}

    A system may send its `Link` header only where a page is asked for by its number, so a number comes before a link.
    So it does before an address in the body that no answer shows.

    Args:
        query: the names of the list's query parameters.
        members: what its answer holds, as far as that is known.
        link: whether the answer names a next page in its `Link` header.
        next_header: the name of another header that holds the address of the next page.
        next_link: the place in the body at which an answer holds that address.
    """
    known = paging_words()
    roles = known.roles(query)
    sized = {"size": roles["size"]} if "size" in roles else {}
    total = _named("total", _path_of(members, known.names("total"), "integer"))
    if next_header or (link and "page" not in roles):
        shown = {"kind": "link"} if link else {"kind": "next", "next": f"header:{next_header}"}
        return {**shown, **sized, **total}
    if url := next_link or ("" if {"cursor", "page"} & roles.keys() else _next_url(members)):
        return {"kind": "next", "next": url, **sized, **total}
    cursor = next(
        filter(None, (_path_of(members, known.names("next_cursor"), kind) for kind in ("string", CURSOR))), ""
    )
    if "cursor" in roles and (cursor or not {"page", "offset"} & roles.keys()):
        return {"kind": "cursor", "cursor": roles["cursor"], "next": cursor or TO_FILL_IN, **sized, **total}
    if "page" in roles:
        pages = _named("pages", _path_of(members, known.names("pages"), "integer"))
        return {"kind": "page", "page": roles["page"], **sized, **total, **pages}
    if "offset" in roles:
        return {"kind": "offset", "offset": roles["offset"], **_named("limit", roles.get("size", "")), **total}
    return {}


def members_of(body: object) -> Members:
    """List the members of an example of an answer; empty texts tell nothing, and a next page may be a cursor."""
    plain = dict(leaves(body))
    named = {path for path, kind in _in_example(body) if kind == "string" and paging_words().is_next_url(path)}
    cursors = {path for path in named if not is_link(plain.get(path))}
    return tuple((path, CURSOR if path in cursors else kind) for path, kind in _in_example(body))


def members_described(api: ApiDescription, call: Operation) -> Members:
    """List the members that a description tells of a call's answer."""
    return tuple(_in_schema(api, call.response))


def total_described(api: ApiDescription, call: Operation) -> str:
    """Find the path at which a description says that an answer tells how many records there are; empty for none."""
    return _path_of(members_described(api, call), paging_words().names("total"), "integer")


def _in_example(body: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if not isinstance(body, Mapping) or depth > DEPTH:
        return
    own = [
        (f"{path}{key}", value)
        for key, value in body.items()
        if "." not in str(key) or (not path and str(key).startswith("@odata."))
    ]
    kinds = {str: "string", int: "integer"}
    yield from ((name, kinds[type(value)]) for name, value in own if type(value) in kinds and value != "")
    for name, value in own:
        yield from _in_example(value, f"{name}.", depth + 1)


def _in_schema(api: ApiDescription, raw: object, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > DEPTH:
        return
    own = [(f"{path}{key}", schema) for key, schema in api.node(raw).properties.items() if "." not in key]
    nodes = [(name, schema, api.node(schema)) for name, schema in own]
    yield from ((name, kind) for name, _, node in nodes for kind in node.types if kind in {"string", "integer"})
    for name, schema, node in nodes:
        if "array" not in node.types:
            yield from _in_schema(api, schema, f"{name}.", depth + 1)


def _path_of(members: Members, names: tuple[str, ...], kind: str) -> str:
    """Find the dotted path of the first member with one of the names and a value of the kind; empty for none."""
    paths: dict[str, str] = {}
    for path, member_kind in members:
        if member_kind == kind:
            paths.setdefault(bare(path if path.startswith("@odata.") else path.rpartition(".")[2]), path)
    return next((paths[name] for name in names if name in paths), "")


def _next_url(members: Members) -> str:
    """Find the dotted path of the next page's address: of many an `href`, only that of `next` is one."""
    known = paging_words()
    placed = tuple((path, kind) for path, kind in members if known.is_next_url(path))
    return _path_of(placed, known.names("next_url"), "string")


def _named(key: str, path: str) -> dict[str, str]:
    return {key: path} if path else {}

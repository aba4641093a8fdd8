"""Reading Postman exports (collection formats 2.0 and 2.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.gathering import Gathering, json_or_none
from ipaas_discovery.errors import SourceError
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.files.source import read_json

__all__ = ["read_postman"]

_WANTED = "a Postman collection exported as v2.0 or v2.1"
_Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Item:
    """One saved request with where it stands: its folders, and the variables that hold there."""

    node: _Node
    name: str
    variables: Mapping[str, str]


def read_postman(path: str | Path) -> Collected:
    """The requests, addresses, ways to authenticate and saved answers of a Postman export.

    Folders are followed, variables filled as far as the file gives their values. Secrets stay in the file:
    of authentication only the kind is taken over, of variables named like a secret nothing.

    Args:
        path: a collection exported as v2.0 or v2.1.

    Raises:
        SourceError: if it cannot be read, is no such export, or holds no request.
    """
    path = Path(path)
    document = read_json(path, _WANTED)
    document = document.get("collection", document) if "info" not in document else document
    _check(document, path)
    info = document["info"]
    gathering = Gathering(str(info.get("name") or path.stem), path.name)
    _auth(gathering, document.get("auth"), "the collection")
    for item in _items(document, gathering):
        _take(gathering, item)
    collected = gathering.done()
    if not collected.requests:
        raise SourceError("The Postman collection holds no request", where=str(path), then="export it again")
    return collected


def _check(document: object, path: Path) -> None:
    """Refuse what is no Postman collection of a known version."""
    info = document.get("info") if isinstance(document, Mapping) else None
    if isinstance(document, Mapping) and "requests" in document and "order" in document:
        raise SourceError("This is a Postman export of version 1", where=str(path), then="export it again as v2.1")
    if not isinstance(document, Mapping) or not isinstance(info, Mapping):
        raise SourceError("This is no Postman collection: it has no 'info'", where=str(path), then=f"give {_WANTED}")
    if not isinstance(document.get("item"), list):
        raise SourceError("The Postman collection has no list 'item'", where=str(path), then=f"give {_WANTED}")
    schema = info.get("schema")
    version = re.search(r"/v(\d+)\.(\d+)", schema) if isinstance(schema, str) else None
    if version and version.groups() not in {("2", "0"), ("2", "1")}:
        found = ".".join(version.groups())
        raise SourceError(f"This is a Postman export of version {found}", where=str(path), then="export it as v2.1")


def _items(document: _Node, gathering: Gathering) -> Iterator[_Item]:
    """Each request in the file's order; folders on a stack, so that none is too deep."""
    top = _variables(document.get("variable"))
    ahead: list[tuple[Any, str, Mapping[str, str]]] = [(each, "", top) for each in reversed(document["item"])]
    while ahead:
        node, folders, variables = ahead.pop()
        if not isinstance(node, Mapping):
            gathering.warn("An entry that is no object was left out", folders or "at the top")
            continue
        name = " / ".join(filter(None, (folders, str(node.get("name") or ""))))
        inner = {**variables, **_variables(node.get("variable"))}
        if isinstance(node.get("item"), list):
            _auth(gathering, node.get("auth"), name)
            ahead += [(each, name, inner) for each in reversed(node["item"])]
        else:
            yield _Item(node, name, inner)


def _take(gathering: Gathering, item: _Item) -> None:
    """One request with its saved answers."""
    request = item.node.get("request")
    request = {"url": request, "method": "GET"} if isinstance(request, str) else request
    if not isinstance(request, Mapping):
        gathering.warn("An entry without a request was left out", item.name or "unnamed")
        return
    _auth(gathering, request.get("auth"), item.name)
    gathering.headers(_pairs(request.get("header")))
    url, query = _url(request.get("url"))
    kept = gathering.request(
        str(request.get("method") or "GET"),
        url,
        item.variables,
        query=query,
        body=_body(request.get("body")),
        name=item.name,
    )
    answers = item.node.get("response")
    for answer in answers if kept and isinstance(answers, list) else []:
        if kept and isinstance(answer, Mapping):
            headers = {name.lower(): value for name, value in _pairs(answer.get("header"))}
            name = " / ".join(filter(None, (item.name, str(answer.get("name") or ""))))
            text = answer.get("body")
            gathering.example(kept, _code(answer), text if isinstance(text, str) else "", headers=headers, name=name)


def _code(answer: _Node) -> int:
    """The status; an answer saved without one was a good one as far as the file says."""
    code = answer.get("code")
    return int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdecimal()) else 200


def _variables(listed: object) -> dict[str, str]:
    """The values of variables, those named like a secret left out."""
    found: dict[str, str] = {}
    for each in listed if isinstance(listed, list) else []:
        if not isinstance(each, Mapping) or each.get("disabled") or each.get("type") == "secret":
            continue
        name, value = str(each.get("key") or each.get("id") or ""), each.get("value")
        if name and not is_secret(name, in_request=True) and isinstance(value, str | int) and str(value):
            found[name] = str(value)
    return found


def _url(url: object) -> tuple[str, list[str]]:
    """The URL as one text, and the names of its listed query parameters, those switched off among them."""
    if isinstance(url, str):
        return url, []
    if not isinstance(url, Mapping):
        return "", []
    listed = url.get("query")
    names = [str(each["key"]) for each in listed if isinstance(each, Mapping) and each.get("key")] if isinstance(
        listed, list
    ) else []  # fmt: skip
    raw = url.get("raw")
    return (raw if isinstance(raw, str) and raw.strip() else _joined(url)), names


def _joined(url: _Node) -> str:
    """The URL from its parts, where the file gives no `raw`."""
    host, path = _text(url.get("host"), "."), _text(url.get("path"), "/").lstrip("/")
    scheme = f"{url['protocol']}://" if url.get("protocol") and host else ""
    port = f":{url['port']}" if url.get("port") and host else ""
    return f"{scheme}{host}{port}/{path}" if host or path else ""


def _text(parts: object, between: str) -> str:
    if isinstance(parts, list):
        return between.join(str(each.get("value", "")) if isinstance(each, Mapping) else str(each) for each in parts)
    return parts if isinstance(parts, str) else ""


def _pairs(listed: object) -> list[tuple[str, str]]:
    """Headers as names with values; Postman saves them as a list or as one text."""
    if isinstance(listed, str):
        split = (line.partition(":") for line in listed.splitlines())
        return [(name.strip(), value.strip()) for name, colon, value in split if colon]
    found = [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    return [(str(each["key"]), str(each.get("value") or "")) for each in found if each.get("key")]


def _body(body: object) -> object:
    """The JSON body, a GraphQL query, or the fields of a form."""
    if not isinstance(body, Mapping):
        return None
    mode = body.get("mode")
    if mode == "graphql" and isinstance(body.get("graphql"), Mapping):
        held = body["graphql"]
        return {"query": str(held.get("query") or ""), "variables": json_or_none(held.get("variables")) or {}}
    if mode in {"urlencoded", "formdata"}:
        return dict(_pairs(body.get(mode))) or None
    return json_or_none(body.get("raw"))


def _auth(gathering: Gathering, auth: object, of: str) -> None:
    """The kind of an `auth` object; of an API key also the name of the header or parameter that carries it."""
    if not isinstance(auth, Mapping):
        return
    kind = str(auth.get("type") or "")
    if kind != "apikey":
        gathering.auth(kind, of=of)
        return
    held = auth.get(kind)
    said = dict(_pairs(held)) if isinstance(held, list) else held if isinstance(held, Mapping) else {}
    place = "query" if said.get("in") == "query" else "header"
    gathering.auth(place, str(said.get("key") or "Authorization"), of=of)

"""Read Postman exports (collection formats 2.0 and 2.1)."""

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
    """One saved request with its context: the names of its folders, and the variables that apply."""

    node: _Node
    name: str
    variables: Mapping[str, str]


def read_postman(path: str | Path) -> Collected:
    """Read the requests, addresses, ways to authenticate and saved answers of a Postman export.

    Folders are followed, variables filled as far as the file gives their values. Secrets stay in the file:
    only the kind of authentication is taken over, and no variable that is named like a secret.

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
    """Refuse a document that is no Postman collection of a known version."""
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
        number = ".".join(version.groups())
        raise SourceError(f"This is a Postman export of version {number}", where=str(path), then="export it as v2.1")


def _items(document: _Node, gathering: Gathering) -> Iterator[_Item]:
    """Yield each request in the file's order; folders wait on a stack, so that none is too deep."""
    top = _variables(document.get("variable"))
    ahead: list[tuple[Any, str, Mapping[str, str]]] = [(child, "", top) for child in reversed(document["item"])]
    while ahead:
        node, folders, variables = ahead.pop()
        if not isinstance(node, Mapping):
            gathering.warn("An entry that is no object was left out", folders or "at the top")
            continue
        name = " / ".join(filter(None, (folders, str(node.get("name") or ""))))
        inner = {**variables, **_variables(node.get("variable"))}
        if isinstance(node.get("item"), list):
            _auth(gathering, node.get("auth"), name)
            ahead += [(child, name, inner) for child in reversed(node["item"])]
        else:
            yield _Item(node, name, inner)


def _take(gathering: Gathering, item: _Item) -> None:
    """Keep one request with its saved answers."""
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
        text=body.get("raw") if isinstance(body := request.get("body"), Mapping) else None,
        form=isinstance(body, Mapping) and str(body.get("mode")) == "urlencoded",
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
    """Return the status; an answer saved without one counts as a success."""
    code = answer.get("code")
    return int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdecimal()) else 200


def _variables(listed: object) -> dict[str, str]:
    """Return the values of variables, without those named like a secret."""
    values: dict[str, str] = {}
    for variable in listed if isinstance(listed, list) else []:
        if not isinstance(variable, Mapping) or variable.get("disabled") or variable.get("type") == "secret":
            continue
        name, value = str(variable.get("key") or variable.get("id") or ""), variable.get("value")
        if name and not is_secret(name, in_request=True) and isinstance(value, str | int) and str(value):
            values[name] = str(value)
    return values


def _url(url: object) -> tuple[str, list[str]]:
    """Return the URL as one text, and the names of its listed query parameters, disabled ones included."""
    if isinstance(url, str):
        return url, []
    if not isinstance(url, Mapping):
        return "", []
    listed = url.get("query")
    names = [str(node["key"]) for node in listed if isinstance(node, Mapping) and node.get("key")] if isinstance(
        listed, list
    ) else []  # fmt: skip
    raw = url.get("raw")
    return (raw if isinstance(raw, str) and raw.strip() else _joined(url)), names


def _joined(url: _Node) -> str:
    """Join the URL from its parts, if the file has no `raw`."""
    host, path = _text(url.get("host"), "."), _text(url.get("path"), "/").lstrip("/")
    scheme = f"{url['protocol']}://" if url.get("protocol") and host else ""
    port = f":{url['port']}" if url.get("port") and host else ""
    return f"{scheme}{host}{port}/{path}" if host or path else ""


def _text(parts: object, between: str) -> str:
    """Join the parts of a host or path."""
    if isinstance(parts, list):
        return between.join(str(part.get("value", "")) if isinstance(part, Mapping) else str(part) for part in parts)
    return parts if isinstance(parts, str) else ""


def _pairs(listed: object) -> list[tuple[str, str]]:
    """Return headers as names with values; Postman saves them as a list or as one text."""
    if isinstance(listed, str):
        split = (line.partition(":") for line in listed.splitlines())
        return [(name.strip(), value.strip()) for name, colon, value in split if colon]
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    return [(str(entry["key"]), str(entry.get("value") or "")) for entry in entries if entry.get("key")]


def _body(body: object) -> object:
    """Return the JSON body, a GraphQL query, or the fields of a form."""
    if not isinstance(body, Mapping):
        return None
    mode = str(body.get("mode"))
    if mode == "graphql" and isinstance(body.get("graphql"), Mapping):
        graphql = body["graphql"]
        return {"query": str(graphql.get("query") or ""), "variables": json_or_none(graphql.get("variables")) or {}}
    if mode in {"urlencoded", "formdata"}:
        return dict(_pairs(body.get(mode))) or None
    return json_or_none(body.get("raw"))


def _auth(gathering: Gathering, auth: object, of: str) -> None:
    """Keep the kind of an `auth` object, and the header or parameter that carries an API key."""
    if not isinstance(auth, Mapping):
        return
    kind = str(auth.get("type") or "")
    if kind != "apikey":
        gathering.auth(kind, of=of)
        return
    settings = auth.get(kind)
    values = dict(_pairs(settings)) if isinstance(settings, list) else settings if isinstance(settings, Mapping) else {}
    location = "query" if values.get("in") == "query" else "header"
    gathering.auth(location, str(values.get("key") or "Authorization"), of=of)

"""Reading Bruno collections: a `.bru` file, a folder of them, or Bruno's JSON export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ipaas_discovery.drafting.saved_calls.bruno_folder import folder_document
from ipaas_discovery.drafting.saved_calls.collected import Collected
from ipaas_discovery.drafting.saved_calls.gathering import Gathering, json_or_none
from ipaas_discovery.errors import SourceError, UnknownNameError
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.samples.files.source import read_json

__all__ = ["read_bruno"]

_WANTED = "a Bruno collection: its folder, a .bru file, or its JSON export"
_Node = Mapping[str, Any]


def read_bruno(path: str | Path, *, environment: str | None = None) -> Collected:
    """The requests, addresses, ways to authenticate and saved answers of a Bruno collection.

    Secrets stay in the file: of authentication only the kind is taken over, of variables that are marked or
    named as secret nothing.

    Args:
        path: a collection's folder, one `.bru` file, or a JSON export.
        environment: whose variables to use, where there are several; the first by name without.

    Raises:
        SourceError: if it cannot be read, is no such collection, or holds no request; with file and line.
        UnknownNameError: if there is no such environment, with the nearest.
    """
    path = Path(path)
    if path.is_dir() or path.suffix.lower() == ".bru":
        document = folder_document(path)
    else:
        document = read_json(path, _WANTED)
        if not isinstance(document.get("items"), list):
            raise SourceError(
                "This is no Bruno export: it has no list 'items'", where=str(path), then=f"give {_WANTED}"
            )
    gathering = Gathering(str(document.get("name") or path.stem), path.name)
    variables = _environment(document, environment, gathering, path)
    root = _object(_object(document.get("root")).get("request"))
    _shared(gathering, root, "the collection")
    for item, name, inner in _items(document, {**_variables(root), **variables}, gathering):
        _take(gathering, item, name, {**inner, **variables})
    collected = gathering.done()
    if not collected.requests:
        raise SourceError("The Bruno collection holds no request", where=str(path), then=f"give {_WANTED}")
    return collected


def _environment(document: _Node, wanted: str | None, gathering: Gathering, path: Path) -> dict[str, str]:
    """The variables of the environment that is wanted, else of the first by name."""
    listed = document.get("environments")
    known = {str(each.get("name")): each for each in listed if isinstance(each, Mapping)} if isinstance(
        listed, list
    ) else {}  # fmt: skip
    if wanted is not None and wanted not in known:
        raise UnknownNameError("environment", wanted, known, where=path.name)
    if not known:
        return {}
    chosen = wanted or min(known)
    if wanted is None and len(known) > 1:
        gathering.warn(f"Of the environments {', '.join(sorted(known))}, the variables of '{chosen}' were used")
    return _values(known[chosen].get("variables"))


def _items(
    document: _Node, variables: Mapping[str, str], gathering: Gathering
) -> Iterator[tuple[_Node, str, Mapping[str, str]]]:
    """Each request with its name and the variables that hold there, in the collection's order."""
    ahead: list[tuple[Any, str, Mapping[str, str]]] = [(each, "", variables) for each in reversed(document["items"])]
    while ahead:
        item, folders, known = ahead.pop()
        if not isinstance(item, Mapping):
            gathering.warn("An entry that is no object was left out", folders or "at the top")
            continue
        name = " / ".join(filter(None, (folders, str(item.get("name") or ""))))
        if isinstance(item.get("items"), list):
            held = _object(_object(item.get("root")).get("request"))
            _shared(gathering, held, name)
            inner = {**known, **_variables(held)}
            ahead += [(each, name, inner) for each in reversed(item["items"])]
        elif isinstance(item.get("request"), Mapping):
            yield item, name, known
        elif item.get("type") not in {"js", "folder"}:
            gathering.warn("An entry without a request was left out", name or "unnamed")


def _take(gathering: Gathering, item: _Node, name: str, variables: Mapping[str, str]) -> None:
    request = _object(item["request"])
    if str(item.get("type") or "http") not in {"http", "http-request", "graphql", "graphql-request"}:
        gathering.warn(f"A request of kind '{item.get('type')}' was left out", name)
        return
    _shared(gathering, request, name)
    listed = [each for key in ("params", "query") for each in _named(request.get(key))]
    kept = gathering.request(
        str(request.get("method") or "GET"),
        str(request.get("url") or ""),
        {**_variables(request), **variables},
        query=[str(each["name"]) for each in listed if each.get("type", "query") == "query"],
        body=_body(_object(request.get("body"))),
        name=name,
    )
    answers = item.get("examples")
    for example in answers if kept and isinstance(answers, list) else []:
        response = _object(_object(example).get("response"))
        if kept and response:
            headers = {str(each["name"]).lower(): str(each.get("value")) for each in _named(response.get("headers"))}
            body = response.get("body")
            text = _object(body).get("content", body)
            status = str(response.get("status") or 200)
            known_as = " / ".join(filter(None, (name, str(_object(example).get("name") or ""))))
            code = int(status) if status.isdecimal() else 200
            gathering.example(kept, code, text if isinstance(text, str) else "", headers=headers, name=known_as)


def _shared(gathering: Gathering, request: _Node, of: str) -> None:
    """The authentication of a request, a folder or the collection."""
    auth = _object(request.get("auth"))
    kind = str(auth.get("mode") or "")
    if kind == "apikey":
        held = _object(auth.get("apikey"))
        place = "query" if str(held.get("placement") or "").lower().startswith("query") else "header"
        gathering.auth(place, str(held.get("key") or "Authorization"), of=of)
    else:
        gathering.auth(kind, of=of)
    gathering.headers([(str(each["name"]), str(each.get("value") or "")) for each in _named(request.get("headers"))])


def _variables(request: _Node) -> dict[str, str]:
    """The variables set before a request, a folder's or a collection's requests."""
    return _values(_object(request.get("vars")).get("req"))


def _values(listed: object) -> dict[str, str]:
    return {
        str(each["name"]): str(each["value"])
        for each in _named(listed)
        if each.get("enabled", True)
        and not each.get("secret")
        and not is_secret(str(each["name"]), in_request=True)
        and each.get("value")
    }


def _body(body: _Node) -> object:
    mode = str(body.get("mode") or "")
    if mode == "graphql":
        held = _object(body.get("graphql"))
        return {"query": str(held.get("query") or ""), "variables": json_or_none(held.get("variables")) or {}}
    fields = {"formUrlEncoded": "formUrlEncoded", "form-urlencoded": "formUrlEncoded", "multipartForm": "multipartForm",
              "multipart-form": "multipartForm"}.get(mode)  # fmt: skip
    if fields:
        return {str(each["name"]): each.get("value") for each in _named(body.get(fields))} or None
    return json_or_none(body.get("json"))


def _object(node: object) -> _Node:
    return node if isinstance(node, Mapping) else {}


def _named(listed: object) -> list[_Node]:
    """The entries of a list that are objects with a name."""
    return (
        [each for each in listed if isinstance(each, Mapping) and each.get("name")] if isinstance(listed, list) else []
    )

"""Read Bruno collections: a `.bru` file, a folder of them, or Bruno's JSON export."""

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
    """Read the requests, addresses, ways to authenticate and saved answers of a Bruno collection.

    Secrets stay in the file: only the kind of authentication is taken over, and no variable that is marked or
    named as secret.

    Args:
        path: a collection's folder, one `.bru` file, or a JSON export.
        environment: name of the environment whose variables are used. Defaults to the first by name.

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
    """Return the variables of the wanted environment, else of the first by name."""
    listed = document.get("environments")
    known = {str(node.get("name")): node for node in listed if isinstance(node, Mapping)} if isinstance(
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
    """Yield each request with its name and its variables, in the collection's order."""
    ahead: list[tuple[Any, str, Mapping[str, str]]] = [(node, "", variables) for node in reversed(document["items"])]
    while ahead:
        item, folders, known = ahead.pop()
        if not isinstance(item, Mapping):
            gathering.warn("An entry that is no object was left out", folders or "at the top")
            continue
        name = " / ".join(filter(None, (folders, str(item.get("name") or ""))))
        if isinstance(item.get("items"), list):
            settings = _object(_object(item.get("root")).get("request"))
            _shared(gathering, settings, name)
            inner = {**known, **_variables(settings)}
            ahead += [(node, name, inner) for node in reversed(item["items"])]
        elif isinstance(item.get("request"), Mapping):
            yield item, name, known
        elif item.get("type") not in {"js", "folder"}:
            gathering.warn("An entry without a request was left out", name or "unnamed")


def _take(gathering: Gathering, item: _Node, name: str, variables: Mapping[str, str]) -> None:
    """Keep one request with its saved answers."""
    request = _object(item["request"])
    if str(item.get("type") or "http") not in {"http", "http-request", "graphql", "graphql-request"}:
        gathering.warn(f"A request of kind '{item.get('type')}' was left out", name)
        return
    _shared(gathering, request, name)
    parameters = [node for key in ("params", "query") for node in _named(request.get(key))]
    kept = gathering.request(
        str(request.get("method") or "GET"),
        str(request.get("url") or ""),
        {**_variables(request), **variables},
        query=[str(node["name"]) for node in parameters if node.get("type", "query") == "query"],
        body=_body(_object(request.get("body"))),
        form="urlencoded" in str(_object(request.get("body")).get("mode")).lower(),
        name=name,
    )
    answers = item.get("examples")
    for example in answers if kept and isinstance(answers, list) else []:
        response = _object(_object(example).get("response"))
        if kept and response:
            headers = {str(node["name"]).lower(): str(node.get("value")) for node in _named(response.get("headers"))}
            body = response.get("body")
            text = _object(body).get("content", body)
            status = str(response.get("status") or 200)
            known_as = " / ".join(filter(None, (name, str(_object(example).get("name") or ""))))
            code = int(status) if status.isdecimal() else 200
            gathering.example(kept, code, text if isinstance(text, str) else "", headers=headers, name=known_as)


def _shared(gathering: Gathering, request: _Node, of: str) -> None:
    """Keep the authentication of a request, a folder or the collection."""
    auth = _object(request.get("auth"))
    kind = str(auth.get("mode") or "")
    if kind == "apikey":
        settings = _object(auth.get("apikey"))
        location = "query" if str(settings.get("placement") or "").lower().startswith("query") else "header"
        gathering.auth(location, str(settings.get("key") or "Authorization"), of=of)
    else:
        gathering.auth(kind, of=of)
    gathering.headers([(str(node["name"]), str(node.get("value") or "")) for node in _named(request.get("headers"))])


def _variables(request: _Node) -> dict[str, str]:
    """Return the variables set before a request, or before the requests of a folder or collection."""
    return _values(_object(request.get("vars")).get("req"))


def _values(listed: object) -> dict[str, str]:
    """Return the values of enabled variables, without secrets."""
    return {
        str(variable["name"]): str(variable["value"])
        for variable in _named(listed)
        if variable.get("enabled", True)
        and not variable.get("secret")
        and not is_secret(str(variable["name"]), in_request=True)
        and variable.get("value")
    }


def _body(body: _Node) -> object:
    """Return the JSON body, a GraphQL query, or the fields of a form."""
    mode = str(body.get("mode") or "")
    if mode == "graphql":
        graphql = _object(body.get("graphql"))
        return {"query": str(graphql.get("query") or ""), "variables": json_or_none(graphql.get("variables")) or {}}
    fields = {"formUrlEncoded": "formUrlEncoded", "form-urlencoded": "formUrlEncoded", "multipartForm": "multipartForm",
              "multipart-form": "multipartForm"}.get(mode)  # fmt: skip
    if fields:
        return {str(node["name"]): node.get("value") for node in _named(body.get(fields))} or None
    return json_or_none(body.get("json"))


def _object(node: object) -> _Node:
    """Return an object, or an empty one for any other value."""
    return node if isinstance(node, Mapping) else {}


def _named(listed: object) -> list[_Node]:
    """List the entries of a list that are objects with a name."""
    return (
        [node for node in listed if isinstance(node, Mapping) and node.get("name")] if isinstance(listed, list) else []
    )

"""Read a folder of `.bru` files as the one document that Bruno's JSON export would be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ipaas_discovery.drafting.saved_calls.bru import BruBlock, parse_bru
from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.files.source import read_json, read_text

__all__ = ["folder_document"]

METHODS = frozenset({"connect", "delete", "get", "head", "http", "options", "patch", "post", "put", "trace"})
_SKIPPED = frozenset({"environments", "node_modules"})
_NAMES = {"collection.bru", "folder.bru"}
_BODIES = {"body": "json", "body:json": "json", "body:text": "text", "body:xml": "xml"}
_Node = dict[str, Any]


def folder_document(path: Path) -> _Node:
    """Read a folder of `.bru` files, or one such file, as a document like Bruno's JSON export.

    Raises:
        SourceError: if a file in it cannot be read, with the line; or if it holds none.
    """
    if not path.is_dir():
        return {"name": path.stem, "items": [_item(path)]}
    files = sorted(path.rglob("*.bru"))
    if not files and any(path.glob("opencollection.y*ml")):
        then = "export the collection from Bruno as JSON, or as a Postman collection"
        raise SourceError("The folder holds Bruno's YAML format, which is not read", where=str(path), then=then)
    if not files:
        raise SourceError("The folder holds no .bru file", where=str(path), then="give the collection's own folder")
    manifest = path / "bruno.json"
    name = read_json(manifest, "Bruno's own bruno.json").get("name") if manifest.is_file() else None
    environments = [_environment(file) for file in sorted((path / "environments").glob("*.bru"))]
    return {"name": name or path.name, **_folder(path, "collection.bru"), "environments": environments}


def _folder(path: Path, settings: str) -> _Node:
    """Read a folder's settings and its entries: folders by name, then requests by their sequence number."""
    folders = [
        {"name": child.name, **_folder(child, "folder.bru")}
        for child in sorted(path.iterdir())
        if child.is_dir() and not child.is_symlink() and child.name not in _SKIPPED and not child.name.startswith(".")
    ]
    files = [file for file in sorted(path.glob("*.bru")) if file.is_file() and file.name not in _NAMES]
    items = sorted((_item(file) for file in files), key=lambda item: item["seq"])
    own = path / settings
    root = {"root": {"request": _request(_blocks(own))}} if own.is_file() else {}
    return {**root, "items": [*folders, *items]}


def _blocks(path: Path) -> tuple[BruBlock, ...]:
    """Parse a file's blocks."""
    return parse_bru(read_text(path), str(path))


def _environment(path: Path) -> _Node:
    """Read one environment."""
    variables = [pair for block in _blocks(path) if block.name == "vars" for pair in _listed(block)]
    return {"name": path.stem, "variables": variables}


def _item(path: Path) -> _Node:
    """Read one file's request, with its examples."""
    blocks = _blocks(path)
    meta = next((block.values() for block in blocks if block.name == "meta"), {})
    request = _request(blocks)
    if "url" not in request:
        then = "a request has a block such as 'get {' with its url"
        raise SourceError("The file holds no request", where=f"{path}, line 1", then=then)
    examples = [_example(block) for block in blocks if block.name == "example"]
    seq = meta.get("seq", "")
    return {
        "name": meta.get("name") or path.stem,
        "type": meta.get("type") or "http",
        "seq": int(seq) if seq.isdecimal() else 0,
        "request": request,
        "examples": examples,
    }


def _request(blocks: Iterable[BruBlock]) -> _Node:
    """Combine the blocks of a request, or of the settings that a folder's requests share."""
    request: _Node = {"params": [], "headers": [], "body": {"mode": "none"}, "auth": {}, "vars": {"req": []}}
    for block in blocks:
        if block.name in METHODS:
            settings = block.values()
            method = settings.get("method", "get") if block.name == "http" else block.name
            request |= {"method": method.upper(), "url": settings.get("url", "")}
            request["auth"].setdefault("mode", settings.get("auth", ""))
        elif block.name in {"query", "params:query", "params:path"}:
            request["params"] += [{**pair, "type": block.name[-5:].strip(":")} for pair in _listed(block)]
        elif block.name == "headers":
            request["headers"] += _listed(block)
        elif block.name == "vars:pre-request":
            request["vars"]["req"] += _listed(block)
        elif block.name == "auth":
            request["auth"]["mode"] = block.values().get("mode", "none")
        elif block.name.startswith("auth:") and request["auth"].get("mode") != "none":
            kind = block.name.removeprefix("auth:")
            request["auth"] = {"mode": kind, kind: block.values()}
        elif block.name.startswith("body"):
            _add_body(request, block)
    return request


def _add_body(request: _Node, block: BruBlock) -> None:
    """Add a body's block to a request."""
    body = request["body"]
    if block.name in _BODIES:
        body |= {"mode": _BODIES[block.name], _BODIES[block.name]: block.text}
    elif block.name == "body:graphql":
        body |= {"mode": "graphql", "graphql": {**body.get("graphql", {}), "query": block.text}}
    elif block.name == "body:graphql:vars":
        body["graphql"] = {**body.get("graphql", {}), "variables": block.text}
    elif block.name in {"body:form-urlencoded", "body:multipart-form"}:
        mode = "formUrlEncoded" if block.name.endswith("urlencoded") else "multipartForm"
        body |= {"mode": mode, mode: _listed(block)}


def _example(block: BruBlock) -> _Node:
    """Read a saved answer: its name, and the response's status and text."""
    inner = {child.name: child for child in block.blocks()}
    name = inner["name"].text if "name" in inner else ""
    response = {child.name: child for child in inner["response"].blocks()} if "response" in inner else {}
    status = response["status"].values().get("code", "") if "status" in response else ""
    headers = _listed(response["headers"]) if "headers" in response else []
    return {
        "name": name,
        "response": {"status": status, "headers": headers, "body": _body_text(response.get("body"))},
    }


def _body_text(block: BruBlock | None) -> str:
    """Return the text of a saved answer: in `content`, or in older files the block itself."""
    if block is None:
        return ""
    if any(line.startswith("content") for line in block.lines):
        return block.values().get("content", "")
    try:
        json.loads(block.text)
    except (ValueError, RecursionError):
        return "{" + block.text + "}"  # older files write the members of an object without its braces
    return block.text


def _listed(block: BruBlock) -> list[Mapping[str, Any]]:
    """Turn a block's pairs into entries of Bruno's JSON export."""
    return [{"name": pair.name, "value": pair.value, "enabled": pair.enabled} for pair in block.pairs()]

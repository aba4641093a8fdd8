"""Load an API description from a JSON or YAML file as plain dicts and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.knowledge.file_kinds import file_kinds
from ipaas_discovery.systems.openapi.mistaken_files import ADVICE, LOOKED_AT, mistaken_document, mistaken_text
from ipaas_discovery.systems.openapi.references import find_references, written
from ipaas_discovery.systems.openapi.translated.asyncapi_messages import from_asyncapi
from ipaas_discovery.systems.openapi.translated.graphql_schema import from_graphql_schema
from ipaas_discovery.systems.openapi.translated.odata_metadata import from_edmx

__all__ = ["ApiDocument", "load_document", "read_document"]

Doubled = dict[int, tuple[object, list[str]]]
"""The repeated keys of an object, by the object's `id()`; the object is kept, so that the id stays valid."""
TRIED_TWICE = 5_000_000
"""The most characters of a broken JSON text that is tried as YAML, which allows comments and extra commas."""
BOMS = {b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class ApiDocument:
    """A description's `content`, its `name` in messages, its `file` name, and `warnings` about its notation."""

    content: dict[str, Any]
    name: str
    file: str = ""
    warnings: tuple[str, ...] = ()


def read_document(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """Read a document, and the name to call it by in messages.

    Raises:
        DescriptionError: if it cannot be read, or is no API description.
    """
    document = load_document(source)
    return document.content, document.name


def load_document(source: str | Path | Mapping[str, Any]) -> ApiDocument:
    """Load a document, with a warning for each repeated key.

    Raises:
        DescriptionError: if it cannot be read, or is no API description.
    """
    if isinstance(source, Mapping):
        name = "the given document"
        return ApiDocument(_read_anew(source, name) or _checked(dict(source), name), name)
    path = _path(source)
    try:
        content = path.read_bytes()
        text = content.decode(_encoding(content))
    except FileNotFoundError as error:
        raise DescriptionError("There is no such API description", where=str(path), then="check the path") from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DescriptionError(f"The API description cannot be read: {error}", where=str(path), then=ADVICE) from error
    if re.match(r"\s*<", text) and "edmx" in text[:LOOKED_AT].lower():
        return ApiDocument(from_edmx(text, path.name), path.name, path.name)
    if path.suffix in file_kinds().suffixes("graphql"):
        return ApiDocument(from_graphql_schema(text, path.name), path.name, path.name)
    if other := mistaken_text(text):
        raise DescriptionError(f"This is no API description but {other[0]}", where=path.name, then=other[1])
    parsed, doubled = _parse(text, path)
    if isinstance(parsed, dict) and (anew := _read_anew(parsed, path.name)):
        return ApiDocument(anew, path.name, path.name)
    return ApiDocument(_checked(parsed, path.name), path.name, path.name, _twice(parsed, doubled))


def _read_anew(document: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """Write a document of another kind anew: an introspected GraphQL schema, or AsyncAPI; None for any other."""
    data = document.get("data", document)
    if isinstance(data, Mapping) and "__schema" in data:
        return from_graphql_schema(document, name)
    return from_asyncapi(document, name) if "asyncapi" in document else None


def _path(source: object) -> Path:
    """Return the path of a file; refuse, and name, anything given in its place by mistake."""
    what, then = f"a {type(source).__name__}", "give a path, or the document as a dict"
    if isinstance(source, str) and re.match(r"\s*[a-z]+://", source):
        what, then = "an address", "nothing is fetched: download the document, then give its path"
    elif isinstance(source, str) and (len(source.splitlines()) > 1 or source.lstrip()[:1] in {"{", "["}):
        what, then = "its text", "give its path, or parse it and give the dict"
    elif isinstance(source, str | PathLike):
        return Path(source)
    raise DescriptionError(f"An API description is read from a file, not from {what}", then=then)


def _encoding(content: bytes) -> str:
    """Detect the encoding of a file by its byte order mark."""
    return next((name for mark, name in BOMS.items() if content.startswith(mark)), "utf-8-sig")


def _parse(text: str, path: Path) -> tuple[object, Doubled]:
    """Parse JSON if the text looks like it, else YAML, which also reads JSON with tabs or comments, but slowly."""
    if text.lstrip()[:1] in {"{", "["}:
        doubled: Doubled = {}
        try:
            return json.loads(text, object_pairs_hook=_noting(doubled)), doubled
        except RecursionError as error:
            message = "The API description cannot be read: it nests too deeply"
            raise DescriptionError(message, where=str(path), then=ADVICE) from error
        except ValueError as error:
            if len(text) > TRIED_TWICE:
                message = f"The API description cannot be read: {error}"
                raise DescriptionError(message, where=str(path), then="download it again: it may be cut off") from error
    return _parse_yaml(text, path)


def _noting(doubled: Doubled) -> Any:  # noqa: ANN401  a hook of the json module
    """Make a hook for JSON objects that notes repeated keys."""

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) < len(pairs):
            keys = [key for key, _ in pairs]
            doubled[id(members)] = members, [key for key in members if keys.count(key) > 1]
        return members

    return build


def _parse_yaml(text: str, path: Path) -> tuple[object, Doubled]:
    """Parse YAML, with errors that name the line."""
    import yaml  # noqa: PLC0415  only a YAML document needs it

    from ipaas_discovery.systems.openapi.yaml12 import load_yaml  # noqa: PLC0415  it imports yaml

    try:
        return load_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "it is neither JSON nor YAML"
        if mark and text.splitlines()[mark.line : mark.line + 1] and _tabbed(text.splitlines()[mark.line]):
            problem = "a tab indents the line, where YAML takes only spaces"
        raise DescriptionError(f"The API description cannot be read: {problem}", where=where, then=ADVICE) from error
    except (ValueError, RecursionError, TypeError) as error:
        raise DescriptionError(f"The API description cannot be read: {error}", where=str(path), then=ADVICE) from error


def _tabbed(line: str) -> bool:
    """Tell whether a tab indents a line."""
    return line.lstrip(" ").startswith("\t")


def _twice(document: object, doubled: Doubled) -> tuple[str, ...]:
    """Write one sentence per repeated key of an object."""
    if not doubled:
        return ()
    pointers = find_references(document, doubled).places
    # an outer repetition may have replaced the object
    return tuple(
        f"The key '{key}' stands twice in {written(pointers[owner])}; the last one counts."
        for owner, (_, keys) in doubled.items()
        if owner in pointers
        for key in keys
    )


def _checked(document: object, name: str) -> dict[str, Any]:
    """Return the document if it is an API description."""
    if not isinstance(document, dict):
        kind = "empty" if document is None else "a list" if isinstance(document, list) else "plain text"
        raise DescriptionError(f"This is no API description but {kind}", where=name, then=ADVICE)
    version = str(document.get("openapi") or document.get("swagger") or "")
    if not re.match(r"(2|3)\.", version + "."):
        other = None if version else mistaken_document(document)
        if other:
            raise DescriptionError(f"This is no API description but {other[0]}", where=name, then=other[1])
        problem = f"says version '{version}'" if version else "has neither 'openapi' nor 'swagger'"
        raise DescriptionError(f"This is no API description: it {problem}", where=name, then=ADVICE)
    if not isinstance(document.get("paths") or {}, dict):
        raise DescriptionError("The API description's 'paths' are no mapping", where=name, then=ADVICE)
    return document

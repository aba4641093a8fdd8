"""An API description as plain dicts and lists, from a JSON or YAML file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.systems.openapi.mistaken_files import ADVICE, mistaken_document, mistaken_text
from ipaas_discovery.systems.openapi.references import find_references, written

__all__ = ["ApiDocument", "load_document", "read_document"]

Doubled = dict[int, tuple[object, list[str]]]
"""The keys that stand twice in an object, by the object's `id()`; the object is kept, so that the id is good."""
TRIED_TWICE = 5_000_000
"""Characters of a broken JSON text that is still tried as YAML, which takes comments and commas too many."""
BOMS = {b"\xff\xfe\x00\x00": "utf-32", b"\x00\x00\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class ApiDocument:
    """A description's `content`, the `name` to call it by, its `file` name, and what was odd about its notation."""

    content: dict[str, Any]
    name: str
    file: str = ""
    warnings: tuple[str, ...] = ()


def read_document(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The document and the name to call it by in messages.

    Raises:
        DescriptionError: if it cannot be read, or is no API description.
    """
    document = load_document(source)
    return document.content, document.name


def load_document(source: str | Path | Mapping[str, Any]) -> ApiDocument:
    """The document, with a warning for each key that stands twice.

    Raises:
        DescriptionError: if it cannot be read, or is no API description.
    """
    if isinstance(source, Mapping):
        name = "the given document"
        return ApiDocument(_checked(dict(source), name), name)
    path = _path(source)
    try:
        content = path.read_bytes()
        text = content.decode(_encoding(content))
    except FileNotFoundError as error:
        raise DescriptionError("There is no such API description", where=str(path), then="check the path") from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DescriptionError(f"The API description cannot be read: {error}", where=str(path), then=ADVICE) from error
    if other := mistaken_text(text):
        raise DescriptionError(f"This is no API description but {other[0]}", where=path.name, then=other[1])
    parsed, doubled = _parse(text, path)
    return ApiDocument(_checked(parsed, path.name), path.name, path.name, _twice(parsed, doubled))


def _path(source: object) -> Path:
    """The path of a file; what is given in its place by mistake is named."""
    what, then = f"a {type(source).__name__}", "give a path, or the document as a dict"
    if isinstance(source, str) and re.match(r"\s*[a-z]+://", source):
        what, then = "an address", "nothing is fetched: download the document, then give its path"
    elif isinstance(source, str) and (len(source.splitlines()) > 1 or source.lstrip()[:1] in {"{", "["}):
        what, then = "its text", "give its path, or parse it and give the dict"
    elif isinstance(source, str | PathLike):
        return Path(source)
    raise DescriptionError(f"An API description is read from a file, not from {what}", then=then)


def _encoding(content: bytes) -> str:
    return next((name for mark, name in BOMS.items() if content.startswith(mark)), "utf-8-sig")


def _parse(text: str, path: Path) -> tuple[object, Doubled]:
    """JSON if it looks like JSON, else YAML; YAML also reads JSON with tabs or comments, but 20 times slower."""
    if text.lstrip()[:1] in {"{", "["}:
        doubled: Doubled = {}
        try:
            return json.loads(text, object_pairs_hook=_noting(doubled)), doubled
        except RecursionError as error:
            said = "The API description cannot be read: it nests too deeply"
            raise DescriptionError(said, where=str(path), then=ADVICE) from error
        except ValueError as error:
            if len(text) > TRIED_TWICE:
                said = f"The API description cannot be read: {error}"
                raise DescriptionError(said, where=str(path), then="download it again: it may be cut off") from error
    return _parse_yaml(text, path)


def _noting(doubled: Doubled) -> Any:  # noqa: ANN401  a hook of the json module
    def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            doubled[id(found)] = found, [key for key in found if keys.count(key) > 1]
        return found

    return made


def _parse_yaml(text: str, path: Path) -> tuple[object, Doubled]:
    import yaml  # noqa: PLC0415  only a YAML document needs it

    from ipaas_discovery.systems.openapi.yaml12 import load_yaml  # noqa: PLC0415  the same

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
    return line.lstrip(" ").startswith("\t")


def _twice(document: object, doubled: Doubled) -> tuple[str, ...]:
    """One sentence a key that stands twice in one object."""
    if not doubled:
        return ()
    places = find_references(document, doubled).places
    # An object that an outer repetition replaced stands nowhere any more.
    return tuple(
        f"The key '{key}' stands twice in {written(places[at])}; the last one counts."
        for at, (_, keys) in doubled.items()
        if at in places
        for key in keys
    )


def _checked(document: object, name: str) -> dict[str, Any]:
    if not isinstance(document, dict):
        kind = "empty" if document is None else "a list" if isinstance(document, list) else "plain text"
        raise DescriptionError(f"This is no API description but {kind}", where=name, then=ADVICE)
    version = str(document.get("openapi") or document.get("swagger") or "")
    if not re.match(r"(2|3)\.", version + "."):
        other = None if version else mistaken_document(document)
        if other:
            raise DescriptionError(f"This is no API description but {other[0]}", where=name, then=other[1])
        said = f"says version '{version}'" if version else "has neither 'openapi' nor 'swagger'"
        raise DescriptionError(f"This is no API description: it {said}", where=name, then=ADVICE)
    if not isinstance(document.get("paths") or {}, dict):
        raise DescriptionError("The API description's 'paths' are no mapping", where=name, then=ADVICE)
    return document

"""An API description as plain dicts and lists, from a JSON or YAML file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from ipaas_discovery.errors import DescriptionError

__all__ = ["read_document"]

SCALARS = (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+", "-+.0123456789"),
    ("merge", r"<<", "<"),
)
"""Plain scalars that are no text: the tag, the whole text, and what it begins with."""

ADVICE = "give the OpenAPI 3.x or Swagger 2.0 file itself, as JSON or YAML"


def read_document(source: str | Path | Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The document and the name to call it by in messages.

    Raises:
        DescriptionError: if it cannot be read, or is no API description.
    """
    if isinstance(source, Mapping):
        return _checked(dict(source), "the given document")
    path = Path(source)
    try:
        text = path.read_bytes().decode(_encoding(path))
    except FileNotFoundError as error:
        raise DescriptionError("There is no such API description", where=str(path), then="check the path") from error
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise DescriptionError(f"The API description cannot be read: {error}", where=str(path), then=ADVICE) from error
    return _checked(_parse(text, path), path.name)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"


def _parse(text: str, path: Path) -> object:
    """JSON if it looks like JSON, else YAML; YAML also reads JSON with tabs or comments, but 20 times slower."""
    if text.lstrip()[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    return _parse_yaml(text, path)


def _parse_yaml(text: str, path: Path) -> object:
    import yaml  # noqa: PLC0415  only a document needs it

    try:
        return yaml.load(text, Loader=_yaml_loader())  # noqa: S506  a safe loader, see below
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or "it is neither JSON nor YAML"
        raise DescriptionError(f"The API description cannot be read: {problem}", where=where, then=ADVICE) from error
    except (ValueError, RecursionError) as error:
        raise DescriptionError(f"The API description cannot be read: {error}", where=str(path), then=ADVICE) from error


def _yaml_loader() -> Any:  # noqa: ANN401  the C loader where PyYAML has it, typed as neither
    """PyYAML's safe loader with the scalars of YAML 1.2 alone, as OpenAPI asks for.

    YAML 1.1 would turn an example's date into a date, a country `NO` or a property `on` into a boolean,
    and the codes `010` and `12:30` into other numbers.
    """
    import yaml  # noqa: PLC0415  see above

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}

    for tag, pattern, first in SCALARS:
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(first))
    return Loader


def _checked(document: object, name: str) -> tuple[dict[str, Any], str]:
    if not isinstance(document, dict):
        kind = "empty" if document is None else f"a {type(document).__name__}"
        raise DescriptionError(f"This is no API description but {kind}", where=name, then=ADVICE)
    version = str(document.get("openapi") or document.get("swagger") or "")
    if not re.match(r"(2|3)\.", version + "."):
        said = f"says version '{version}'" if version else "has neither 'openapi' nor 'swagger'"
        raise DescriptionError(f"This is no API description: it {said}", where=name, then=ADVICE)
    if not isinstance(document.get("paths") or {}, dict):
        raise DescriptionError("The API description's 'paths' are no mapping", where=name, then=ADVICE)
    return document, name

"""Reader of settings files: a wrong key is answered with the nearest right one, a wrong value with the fitting kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from ipaas_discovery.errors import ConfigurationError, UnknownNameError

__all__ = ["place", "read_toml", "validated"]

FILE_WORDS = dict.fromkeys(("model_type", "dict_type"), "it should be a table, in its own brackets or in braces")
FILE_WORDS |= dict.fromkeys(("tuple_type", "list_type"), "it should be a list, in square brackets")
"""Pydantic's messages about types of Python, in the words of a file."""

Model = TypeVar("Model", bound=BaseModel)


def read_toml(path: Path, *, missing: str = "check the path") -> dict[str, Any]:
    """Read the content of a TOML file.

    Args:
        path: the file.
        missing: what to do next if there is none.

    Raises:
        ConfigurationError: if it is missing, unreadable or not TOML, with the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))  # some editors put a byte-order mark first
    except FileNotFoundError:
        raise ConfigurationError("There is no such file", where=str(path), then=missing) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationError(f"The file cannot be read, {reason}", where=str(path), then="check the path") from None
    except UnicodeDecodeError:
        raise ConfigurationError("The file is not text in UTF-8", where=str(path), then="save it as UTF-8") from None
    except RecursionError:
        raise ConfigurationError("The file is nested too deeply", where=str(path), then="write it flatter") from None
    except ValueError as error:  # not TOML, or a number of too many digits
        then = "correct that line; text stands in quotes, a table's name in brackets"
        raise ConfigurationError(f"The file is not valid TOML, {error}", where=str(path), then=then) from None


def validated(model: type[Model], data: object, *, where: str, text: str = "") -> Model:
    """Validate `data` as a `model`; with the `text` of its file, an error names the line.

    Raises:
        UnknownNameError: for a key the model does not have, naming the nearest.
        ConfigurationError: for a missing key or a wrong value, naming it.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # An unknown key often causes the missing one that is reported beside it, so it comes first.
        first = min(error.errors(include_url=False), key=lambda entry: entry["type"] != "extra_forbidden")
    path, kind = _path_in_file(first["loc"], data), first["type"]
    names = [part for part in path if isinstance(part, str)]
    line = place("", text, [*names, *first.get("ctx", {}).get("keys", ())])
    if kind == "extra_forbidden":
        table = _table_name(path[:-1])
        known = _keys(model, [str(part) for part in first["loc"]][:-1])
        raise UnknownNameError("key", names[-1], known, where=f"{where}{table and f', {table}'}{line}")
    if kind in {"missing", "union_tag_not_found"}:
        table = _table_name(path)
        name = str(first["loc"][-1]) if kind == "missing" else first["ctx"]["discriminator"].strip("'")
        raise ConfigurationError(f"`{name}` is missing", where=f"{where}{table and f', {table}'}{line}", then="add it")
    if kind == "union_tag_invalid":
        known = [tag.strip("'") for tag in first["ctx"]["expected_tags"].split(", ")]
        raise UnknownNameError("kind", first["ctx"]["tag"], known, where=f"{where}, {_table_name(path)}{line}")
    given = f", not {first['input']!r}" if isinstance(first["input"], str | int | float | bool) else ""
    message = FILE_WORDS.get(kind) or first["msg"].removeprefix("Value error, ")
    subject = f"`{'.'.join(map(str, path))}` is wrong: " if path else ""
    raise ConfigurationError(
        f"{subject}{message}{given if subject else ''}", where=f"{where}{line}", then="correct it there"
    )


def _path_in_file(parts: tuple[int | str, ...], data: Any) -> tuple[int | str, ...]:  # noqa: ANN401  what the file holds
    """Return the parts of a path that the file itself has; pydantic puts the names of types between them.

    >>> _path_in_file(("auth", "log-in", "path"), {"auth": {"path": 7}})
    ('auth', 'path')
    """
    path: list[int | str] = []
    tag = None
    for part in parts:
        if part == tag:  # a table's kind, of which a key of it may have the name
            tag = None
            continue
        try:
            data = data[part]
        except (TypeError, LookupError):
            continue
        path.append(part)
        tag = data.get("kind") if isinstance(data, dict) else None
    return tuple(path)


def place(where: str, text: str, keys: Sequence[str]) -> str:
    r"""Name a file and the line in its text at which a setting stands, or the nearest table around it.

    >>> place("shop.toml", '[auth]\nkind = "none"\n[collections.orders]\nlist = "/x"', ("collections", "orders"))
    'shop.toml, line 3'
    """
    table: tuple[str, ...] = ()
    best = line = 0
    for number, row in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[+([^\]]+)\]", row):
            table = _names(header[1])
            path = table
        elif key := re.match(r"\s*+((?:[\w-]++|\"[^\"]*+\"|'[^']*+'|\s*+\.\s*+)++)\s*+=", row):
            path = (*table, *_names(key[1]))
        else:
            continue
        depth = min(len(path), len(keys))
        if best < depth and path[:depth] == tuple(keys[:depth]):
            best, line = depth, number
    return f"{where}, line {line}" if line else where


def _names(text: str) -> tuple[str, ...]:
    """Split a dotted key as a TOML file writes it."""
    return tuple(name.strip("\"'") for name in re.findall(r"[\w-]+|\"[^\"]*\"|'[^']*'", text))


def _table_name(parts: tuple[int | str, ...]) -> str:
    """Name the table at `parts` as the file writes it, an element of a list by its number from 1.

    >>> _table_name(("paging",)), _table_name(("collections", 2))
    ('[paging]', '[[collections]] number 3')
    """
    names = ".".join(part for part in parts if isinstance(part, str))
    number = next((f" number {part + 1}" for part in parts if isinstance(part, int)), "")
    return (f"[[{names}]]{number}" if number else f"[{names}]") if names else ""


def _keys(model: type[BaseModel], path: list[str]) -> list[str]:
    """List the keys known where `path` points: models are followed through lists, maps and tagged unions."""
    models = [model]
    for part in path:
        deeper = [
            inner
            for outer in models
            for inner in _models_in(outer.model_fields[part].annotation if part in outer.model_fields else None)
        ]
        tagged = [outer for outer in models if part in get_args(_annotation(outer, "kind"))]
        models = tagged or deeper or models
    return sorted({name for outer in models for name in outer.model_fields})


def _annotation(model: type[BaseModel], name: str) -> object:
    return model.model_fields[name].annotation if name in model.model_fields else None


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]

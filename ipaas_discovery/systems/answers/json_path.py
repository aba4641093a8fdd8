"""Find values in JSON by dotted paths, and in an answer by a connector's path into its body or a header."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.systems.answers.answer import Answer

__all__ = ["at", "is_true", "leaves", "lookup", "number_at", "texts_in", "values_at", "whole"]


def at(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """Return the value at a dotted path of nested objects, or None; an empty path is the body itself.

    >>> at({"meta": {"pagination": {"total": 3}}}, "meta.pagination.total")
    3
    """
    for key in path.split("."):
        if key:  # a dict is asked about first, as a class of its own is found much faster than an abstract one
            body = body.get(key) if isinstance(body, (dict, Mapping)) else None
    return body


def values_at(record: object, path: str) -> list[Any]:
    """List every value at a dotted path that may pass through lists, without nulls.

    >>> values_at({"categories": [{"id": 1}, {"id": 2}]}, "categories[].id")
    [1, 2]
    """
    values: list[Any] = [record]
    for key in path.split("."):
        name = key.removesuffix("[]")
        values = [value[name] for value in values if isinstance(value, Mapping) and value.get(name) is not None]
        if key.endswith("[]"):
            values = [item for value in values if isinstance(value, list) for item in value]
    return values


def lookup(answer: Answer, place: str | None) -> Any:  # noqa: ANN401  whatever the answer holds there
    """Return the value at a dotted body path, at `header:NAME`, or at a member of the JSON in `header:NAME#member`.

    In a body path `[-1]` is the last element of a list, and `[rel=next]` the one in which that stands.
    """
    if place is None:
        return None
    if not place.startswith("header:"):
        value = answer.body.get(place) if isinstance(answer.body, Mapping) else None  # OData's names hold a dot
        return _last(answer.body, place) if value is None else value
    name, _, member = place.removeprefix("header:").partition("#")
    text = answer.headers.get(name.lower())
    if text is None or not member:
        return text
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content.get(member) if isinstance(content, Mapping) else None


def number_at(answer: Answer, place: str | None) -> int | None:
    """Return the whole number at a place that `lookup` knows; of a range, as in Content-Range, the one of the whole.

    >>> number_at(Answer("GET /o", 206, headers={"content-range": "items 0-9/57"}), "header:Content-Range")
    57
    """
    value = lookup(answer, place)
    ranged = re.search(r"[\d*]\s*/\s*(\d+)\s*$", value) if isinstance(value, str) else None
    return int(ranged[1]) if ranged else whole(value)


def _last(body: object, path: str) -> Any:  # noqa: ANN401  any JSON value can stand there
    """Return the value at a dotted path in which `[-1]` is the last element of a list, `[rel=next]` the one with that.

    >>> _last({"links": [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}]}, "links[rel=next].href")
    'b'
    """
    outer, *inner = re.split(r"\[(-1|@?\w+=[^\]]*)\]", path)
    value = at(body, outer)
    for chosen, rest in zip(inner[::2], inner[1::2], strict=True):
        name, _, wanted = chosen.partition("=")
        alone = [value] if isinstance(value, Mapping) else []  # XML writes a list of one like one object
        elements = value if isinstance(value, list) else alone
        fits = [item for item in elements if isinstance(item, Mapping) and wanted in _texts(item.get(name))]
        element = elements[-1:] if chosen == "-1" else fits[:1]
        value = at(element[0], rest.lstrip(".")) if element else None
    return value


def _texts(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else [str(value)]


def is_true(value: object) -> bool:
    """Tell whether a flag is set; headers write it in words."""
    return bool(value) and str(value).lower() not in answer_words().unset


def whole(value: object) -> int | None:
    """Convert `value` to a whole number, or None; `47.0` is one."""
    try:
        number = float(str(value))
        return int(str(value).partition(".")[0]) if number.is_integer() else None
    except (ValueError, OverflowError):
        return None


def leaves(body: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every plain value outside lists, with its path.

    >>> list(leaves({"data": [{"id": 1}], "meta": {"total": 3}}))
    [('meta.total', 3)]
    """
    if isinstance(body, Mapping):
        for key, value in body.items():
            yield from leaves(value, f"{path}.{key}".lstrip("."))
    elif not isinstance(body, list):
        yield path, body


def texts_in(body: object, path: str = "") -> list[str]:
    """List the dotted paths of an answer that hold text, without the text itself.

    >>> texts_in({"data": {"jwt": "abc", "lives": 60}, "ok": True})
    ['data.jwt']
    """
    if isinstance(body, Mapping):
        return [inner for key, value in body.items() for inner in texts_in(value, f"{path}.{key}".lstrip("."))]
    return [path] if path and isinstance(body, str) else []

"""Find values in JSON by dotted paths, and in an answer by a connector's place for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.systems.answers.answer import Answer

__all__ = ["at", "is_true", "lookup", "texts_in", "values_at", "whole"]


def at(body: object, path: str) -> Any:  # noqa: ANN401  whatever the body holds there
    """The value at a dotted path of nested objects, or None; an empty path is the body itself.

    >>> at({"meta": {"pagination": {"total": 3}}}, "meta.pagination.total")
    3
    """
    for key in filter(None, path.split(".")):
        body = body.get(key) if isinstance(body, Mapping) else None
    return body


def values_at(record: object, path: str) -> list[Any]:
    """Every value at a dotted path that may pass through lists, nulls left out.

    >>> values_at({"categories": [{"id": 1}, {"id": 2}]}, "categories[].id")
    [1, 2]
    """
    found: list[Any] = [record]
    for key in path.split("."):
        name = key.removesuffix("[]")
        found = [each[name] for each in found if isinstance(each, Mapping) and each.get(name) is not None]
        if key.endswith("[]"):
            found = [item for each in found if isinstance(each, list) for item in each]
    return found


def lookup(answer: Answer, place: str | None) -> Any:  # noqa: ANN401  whatever the answer holds there
    """The value at a dotted body path, or at `header:NAME`, or at a member of the JSON in `header:NAME#member`."""
    if place is None:
        return None
    if not place.startswith("header:"):
        found = answer.body.get(place) if isinstance(answer.body, Mapping) else None  # OData's names hold a dot
        return _last(answer.body, place) if found is None else found
    name, _, member = place.removeprefix("header:").partition("#")
    text = answer.headers.get(name.lower())
    if text is None or not member:
        return text
    try:
        content = json.loads(text)
    except ValueError:
        return None
    return content.get(member) if isinstance(content, Mapping) else None


def _last(body: object, place: str) -> Any:  # noqa: ANN401  the same
    """The value at a dotted path, in which `[-1]` is the last element of a list."""
    outer, *inner = place.split("[-1]")
    found = at(body, outer)
    for each in inner:
        found = at(found[-1], each.lstrip(".")) if isinstance(found, list) and found else None
    return found


def is_true(value: object) -> bool:
    """Whether a flag is set; headers say it in words."""
    return bool(value) and str(value).lower() not in {"false", "0", "no"}


def whole(value: object) -> int | None:
    """`value` as a whole number, or None; `47.0` is one."""
    try:
        number = float(str(value))
        return int(str(value).partition(".")[0]) if number.is_integer() else None
    except (ValueError, OverflowError):
        return None


def texts_in(body: object, path: str = "") -> list[str]:
    """The dotted places of an answer that hold text, nothing of the text itself.

    >>> texts_in({"data": {"jwt": "abc", "lives": 60}, "ok": True})
    ['data.jwt']
    """
    if isinstance(body, Mapping):
        return [found for key, value in body.items() for found in texts_in(value, f"{path}.{key}".lstrip("."))]
    return [path] if path and isinstance(body, str) else []

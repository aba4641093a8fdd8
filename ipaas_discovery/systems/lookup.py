"""Values that an answer holds somewhere, at a place as a connector writes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.systems.answer import Answer, at

__all__ = ["is_true", "lookup", "whole"]


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

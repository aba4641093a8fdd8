"""Stored requests without the personal values that a user wrote into a connector, found again without any key."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ipaas_discovery.samples.redaction.field_names import is_personal
from ipaas_discovery.samples.redaction.value_patterns import replace_sensitive
from ipaas_discovery.samples.storage.store_index import StoredRequest

__all__ = ["concealed", "without_people"]

ARGUMENT = re.compile(r'((\w+)\s*:\s*)"([^"\\]*)"')
"""A GraphQL argument whose value is a text."""


def without_people(asked: StoredRequest, known: Callable[[str], bool] = lambda _text: False) -> StoredRequest:
    """Hide each personal value in a request, as the store may keep it.

    A replay has neither a key nor the values, so what stands for one is made of it alone: two bytes of a digest,
    enough to tell the few values of one connector apart, and too few to learn one by guessing.

    Args:
        asked: the request.
        known: true for a pseudonym that an answer has given, which stays.

    >>> str(without_people(StoredRequest("GET", "/orders", (("email", "ada@shop.example"), ("page", "2")))))
    'GET /orders?email=(hidden a4c1)&page=2'
    """

    def hidden(text: str) -> str:
        return text if known(text) else _mark(text)

    path = "/".join(concealed(part, hidden) for part in asked.path.split("/"))
    query = tuple((name, str(_hidden(value, name, hidden))) for name, value in asked.query)
    return replace(asked, path=path, query=query, body=_body(asked.body, hidden))


def _mark(text: str) -> str:
    return f"(hidden {hashlib.sha256(text.encode()).hexdigest()[:4]})"


def concealed(text: str, hidden: Callable[[str], str] = _mark) -> str:
    """Hide what looks personal or like a secret in a part of a path.

    >>> concealed("acme"), concealed("shpat_0123456789abcdef")
    ('acme', '(hidden fcac)')
    """
    return replace_sensitive(text, "", hidden, in_path=True)


def _body(text: str, hidden: Callable[[str], str]) -> str:
    try:
        body = json.loads(text) if text else None
    except ValueError:
        return replace_sensitive(text, "", hidden)
    return json.dumps(_hidden(body, "", hidden), sort_keys=True, ensure_ascii=False) if text else text


def _hidden(value: Any, name: str, hidden: Callable[[str], str]) -> Any:  # noqa: ANN401  any JSON value
    """Hide what is personal in a member, a parameter or an argument of this name."""
    if isinstance(value, dict):
        return {key: _hidden(item, key, hidden) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden(item, name, hidden) for item in value]
    if value is None or isinstance(value, bool) or value == "":
        return value
    if is_personal(name):
        return hidden(str(value))
    if not isinstance(value, str):
        return value
    return replace_sensitive(ARGUMENT.sub(lambda match: _argument(match, hidden), value), name, hidden)


def _argument(match: re.Match[str], hidden: Callable[[str], str]) -> str:
    return f'{match[1]}"{hidden(match[3])}"' if match[3] and is_personal(match[2], of_person=True) else match[0]

"""Refusals that are described: the call, the status, what the description says of it, and what its body holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.systems.openapi.notices.body_paths import body_paths
from ipaas_discovery.systems.openapi.operation import METHODS, answer_schema
from ipaas_discovery.systems.openapi.resolver import Resolver

__all__ = ["Refusal", "read_refusals"]

DEFAULT = "default"
"""Key of the answer that stands for all that are not listed: beside a success, the errors."""


@dataclass(frozen=True, slots=True)
class Refusal(Card):
    """One answer by which a call refuses.

    Attributes:
        call: the call, such as `POST /orders`.
        status: its status as the description writes it: "409", "4XX" or "default".
        description: what the description says of it.
        fields: paths of what its body holds; empty where that is not described.
    """

    call: str
    status: str
    description: str = ""
    fields: tuple[str, ...] = ()


def read_refusals(document: Mapping[str, Any], resolver: Resolver) -> Iterator[Refusal]:
    """Read the answers by which the calls of a description refuse.

    >>> refused = {"409": {"description": "The email is taken"}, "201": {}}
    >>> document = {"openapi": "3.1.0", "paths": {"/users": {"post": {"responses": refused}}}}
    >>> [*read_refusals(document, Resolver(document))]
    [Refusal(call='POST /users', status='409', description='The email is taken', fields=())]
    """
    paths = document.get("paths")
    for path, raw in paths.items() if isinstance(paths, dict) else ():
        item, _ = resolver.follow(raw)
        for method in METHODS if isinstance(item, dict) else ():
            call = item.get(method.lower())
            answers = call.get("responses") if isinstance(call, dict) else None
            if isinstance(answers, dict):
                yield from _of_call(f"{method} /{str(path).lstrip('/')}", answers, resolver)


def _of_call(call: str, answers: Mapping[Any, Any], resolver: Resolver) -> Iterator[Refusal]:
    succeeds = any(str(status)[:1] == "2" for status in answers)
    for status, raw in answers.items():
        if str(status)[:1] == "4" or (str(status) == DEFAULT and succeeds):
            answer, _ = resolver.follow(raw)
            if isinstance(answer, dict):
                text = answer.get("description")
                fields = tuple(body_paths(answer_schema(answer), resolver))
                yield Refusal(call, str(status), " ".join(text.split()) if isinstance(text, str) else "", fields)

"""Find the call of a log-in in an API description, and write it as a connector's `[auth]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ipaas_discovery.drafting.saved_calls.log_in_call import GRANT, TOKEN, client_credentials, credential_name
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.systems.answers.write_detection import objection_to_members, objection_to_path
from ipaas_discovery.systems.connectors.auth import Auth, HeadersAuth, LogInAuth
from ipaas_discovery.systems.openapi import ApiDescription, Operation
from ipaas_discovery.systems.openapi.node import Node

__all__ = ["DescribedLogIn", "described_log_in"]

DEPTH = 4
"""The deepest nesting of a body or an answer that is looked into."""


@dataclass(frozen=True, slots=True)
class DescribedLogIn:
    """A log-in that a description shows: its call, the settings it makes, and what of them it does not tell."""

    call: Operation
    auth: Auth
    unknown: tuple[str, ...] = ()


def described_log_in(api: ApiDescription, *, prefix: str = "", way: Auth | None = None) -> DescribedLogIn | None:
    """Find the POST that logs in: its path says so, its body holds a secret, and best its answer a token.

    Args:
        api: the description.
        prefix: what stands before the paths of this description.
        way: how the description says that other calls are signed, as far as it does.
    """
    calls = [call for call in api.calls("POST") if "{" not in call.path and _is_named(call.path)]
    log_ins = [log_in for call in calls if (log_in := _written(api, call, prefix, way))]
    return min(log_ins, key=lambda log_in: len(log_in.unknown), default=None)


def _is_named(path: str) -> bool:
    """Tell whether a path is that of a log-in, and its end not that of something else to do."""
    words, parts = request_words().writes, [part for part in path.split("/") if part]
    return any(map(words.log_ins.name, parts)) and not (
        words.verbs.write(parts[-1]) or objection_to_path(path, log_in=True)
    )


def _written(api: ApiDescription, call: Operation, prefix: str, way: Auth | None) -> DescribedLogIn | None:
    """Write a call as a log-in; None where its body holds no secret but a token, or would not be sent."""
    body = _body(api, api.node(call.request), 0)
    path = prefix + call.path
    if body.get("grant_type") == GRANT:
        return DescribedLogIn(call, client_credentials(body, path))
    words = [name for name in _names(body) if is_secret(name, in_request=True)]
    if not any(TOKEN not in bare(name) for name in words) or objection_to_members(body, graphql=False, log_in=True):
        return None
    places = [*_secrets(api, api.node(call.response), "", 0)]
    place = next((name for name in places if TOKEN in name.lower()), next(iter(places), None))
    header = next(iter(way.headers.items())) if isinstance(way, HeadersAuth) else ("Authorization", "Bearer {token}")
    plain = place is None and api.node(call.response).types == ("string",)
    auth = LogInAuth(
        kind="log-in", path=path, body=body, form=call.form, token_at="" if plain else place or TOKEN,
        header=header[0], sent=header[1],
    )  # fmt: skip
    unknown = [*(["token_at"] if place is None and not plain else []), *(["sent"] if way is None else [])]
    return DescribedLogIn(call, auth, tuple(unknown))


def _body(api: ApiDescription, node: Node, depth: int) -> dict[str, Any]:
    """Write what a log-in has to send: what is required, secrets, and what says of which kind it is."""
    body: dict[str, Any] = {}
    for name, raw in node.properties.items():
        field = api.node(raw)
        needed = name in node.required or (not node.required and not field.read_only)
        if field.properties and depth < DEPTH and (needed or _body(api, field, depth + 1)):
            body[name] = _body(api, field, depth + 1)
        elif needed or bare(name) in request_words().kept_in_log_ins:
            value = _value(name, field)
            body |= {} if value is None else {name: value}
    return body


def _value(name: str, field: Node) -> Any:  # noqa: ANN401  any JSON value
    """Give the only value that a member can have, else the name of a credential; None for what needs no value."""
    pattern = (field.pattern or "").removeprefix("^").removesuffix("$")
    known = field.enum[0] if field.enum else pattern if pattern.isidentifier() else None
    if known is not None:
        return known
    if bare(name) in request_words().kept_in_log_ins or {*field.types} - {"string", "integer", "number"}:
        return None
    return f"{{{credential_name(name)}}}"


def _names(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names of a body's plain members."""
    for name, value in body.items():
        if isinstance(value, Mapping):
            yield from _names(value)
        else:
            yield name


def _secrets(api: ApiDescription, node: Node, path: str, depth: int) -> Iterator[str]:
    """Yield the dotted paths of an answer that hold a secret, other than the one that renews it."""
    for name, raw in node.properties.items():
        field, place = api.node(raw), f"{path}.{name}".lstrip(".")
        if field.properties and depth < DEPTH:
            yield from _secrets(api, field, place, depth + 1)
        elif field.types in ((), ("string",)) and is_secret(name) and "refresh" not in name.lower():
            yield place

"""Find the call of a log-in in an API description, and write it as a connector's `[auth]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ipaas_discovery.drafting.described_connector import GRAPHQL_PATH
from ipaas_discovery.drafting.saved_calls.log_in_call import GRANT, TOKEN, client_credentials, credential_name
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.knowledge.request_words import request_words
from ipaas_discovery.knowledge.sensitive_names import is_secret
from ipaas_discovery.systems.answers.write_detection import objection_to_members, objection_to_path
from ipaas_discovery.systems.connectors.auth import Auth, HeadersAuth, LogInAuth
from ipaas_discovery.systems.openapi import ApiDescription, Operation
from ipaas_discovery.systems.openapi.node import Node

__all__ = ["DescribedLogIn", "described_log_in", "unclear_log_ins"]

DEPTH = 4
"""The deepest nesting of a body or an answer that is looked into."""


@dataclass(frozen=True, slots=True)
class DescribedLogIn:
    """A log-in that a description shows: its call, the settings it makes, and what of them it does not tell.

    `others` are calls that would be log-ins as well.
    """

    call: Operation
    auth: Auth
    unknown: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def described_log_in(api: ApiDescription, *, prefix: str = "", way: Auth | None = None) -> DescribedLogIn | None:
    """Find the POST or the mutation that logs in: its name says so, its body holds a secret, and its answer a token.

    Args:
        api: the description.
        prefix: what stands before the paths of this description.
        way: how the description says that other calls are signed, as far as it does.
    """
    calls = [call for call in api.calls("POST") if "{" not in call.path and _is_named(call.path)]
    calls += [call for call in api.unassigned if _is_log_in(api, call) and call.response is not None]
    log_ins = [log_in for call in calls if (log_in := _written(api, call, prefix, way))]
    best = min(log_ins, key=lambda log_in: len(log_in.unknown), default=None)
    return best and replace(best, others=tuple(other.call.label for other in log_ins if other is not best))


def _is_named(path: str) -> bool:
    """Tell whether a path is that of a log-in, and its end not that of something else to do."""
    words, parts = request_words().writes, [part for part in path.split("/") if part]
    return any(map(words.log_ins.name, parts)) and not (
        words.verbs.write(parts[-1]) or objection_to_path(path, log_in=True)
    )


def unclear_log_ins(api: ApiDescription) -> tuple[str, ...]:
    """List the mutations that log in, and whose answer shows no token."""
    return tuple(call.label for call in api.unassigned if _is_log_in(api, call) and call.response is None)


def _is_log_in(api: ApiDescription, call: Operation) -> bool:
    """Tell whether a mutation was read as a log-in: the only document that it is sent with is a mutation."""
    document = _body(api, api.node(call.request), 0).get("query") if call.graphql else None
    return isinstance(document, str) and document.startswith("mutation")


def _written(api: ApiDescription, call: Operation, prefix: str, way: Auth | None) -> DescribedLogIn | None:
    """Write a call as a log-in; None where its body holds no secret but a token, or would not be sent."""
    body = _body(api, api.node(call.request), 0)
    path = prefix + (GRAPHQL_PATH if call.graphql else call.path)
    if body.get("grant_type") == GRANT:
        return DescribedLogIn(call, client_credentials(body, path))
    words = [name for name in _names(body) if is_secret(name, in_request=True)]
    if not any(TOKEN not in bare(name) for name in words) or objection_to_members(body, graphql=False, log_in=True):
        return None
    place = _token_at(api, call)
    header = next(iter(way.headers.items())) if isinstance(way, HeadersAuth) else ("Authorization", "Bearer {token}")
    auth = LogInAuth(
        kind="log-in", path=path, body=body, form=call.form, token_at=TOKEN if place is None else place,
        header=header[0], sent=header[1],
    )  # fmt: skip
    doubts = {"path": bool(call.graphql), "token_at": place is None, "sent": way is None}
    return DescribedLogIn(call, auth, tuple(setting for setting, doubtful in doubts.items() if doubtful))


def _token_at(api: ApiDescription, call: Operation) -> str | None:
    """Find where the answer to a log-in holds the token, empty where it is the answer itself; None if none is shown."""
    answer = api.node(call.response)
    places = [*_secrets(api, answer, "", 0)]
    if place := next((name for name in places if TOKEN in name.lower()), next(iter(places), None)):
        return place
    if call.graphql:
        return f"data.{call.graphql}"
    return "" if answer.types == ("string",) else None


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

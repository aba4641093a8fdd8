"""Write an AsyncAPI document (versions 2 and 3) anew as an OpenAPI document: what it sends are webhooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.errors import DescriptionError
from ipaas_discovery.systems.openapi.resolver import Resolver

__all__ = ["from_asyncapi"]

KEPT = ("info", "components", "channels")
"""Parts of the document that its schemas may refer to."""
OTHERS = ("avro", "protobuf", "raml")
"""Parts of the names of schema formats that are not JSON's."""
Document = Mapping[str, Any]


def from_asyncapi(document: Document, name: str) -> dict[str, Any]:
    """Write each message that the described system sends as a webhook.

    Where a channel has one message, the channel's address names the event; else each message's own name does.

    >>> channel = {"subscribe": {"message": {"payload": {"properties": {"id": {}}}}}}
    >>> [*from_asyncapi({"asyncapi": "2.6.0", "channels": {"order/created": channel}}, "events")["webhooks"]]
    ['order/created']

    Args:
        document: the parsed document.
        name: the name of its file.

    Raises:
        DescriptionError: if it describes no message that the system sends.
    """
    version, resolver = str(document["asyncapi"]), Resolver(document)
    sent = dict(_of_operations(document, resolver) if version.startswith("3") else _of_channels(document, resolver))
    if not sent:
        then = "give the document of the system that sends them, or its OpenAPI file"
        raise DescriptionError(f"This is AsyncAPI {version} without a message that is sent", where=name, then=then)
    kept = {part: document[part] for part in KEPT if part in document}
    hooks = {event: {"post": _call(message, resolver)} for event, message in sent.items()}
    return {"openapi": "3.1.0", **kept, "paths": {}, "webhooks": hooks}


def _of_channels(document: Document, resolver: Resolver) -> Iterator[tuple[str, Document]]:
    """Yield the messages that others may subscribe to, by the name of the event: version 2."""
    for address, raw in _mapping(document.get("channels")).items():
        call = _mapping(_mapping(resolver.follow(raw)[0]).get("subscribe"))
        message, _ = resolver.follow(call.get("message"))
        several = _mapping(message).get("oneOf")
        listed = several if isinstance(several, list) else [call["message"]] if "message" in call else []
        yield from _named(str(address), [(_last(raw), resolver.follow(raw)[0]) for raw in listed])


def _of_operations(document: Document, resolver: Resolver) -> Iterator[tuple[str, Document]]:
    """Yield the messages of the operations that send: version 3; without any, those of every channel."""
    calls = [_mapping(resolver.follow(raw)[0]) for raw in _mapping(document.get("operations")).values()]
    channels = [call.get("channel") for call in calls if call.get("action") == "send"]
    if not calls:
        channels = [*_mapping(document.get("channels")).values()]
    named = dict(_mapping(document.get("channels")))
    for raw in channels:
        channel = _mapping(resolver.follow(raw)[0])
        key = next((key for key, other in named.items() if resolver.follow(other)[0] is channel), "")
        messages = [(str(key), resolver.follow(raw)[0]) for key, raw in _mapping(channel.get("messages")).items()]
        yield from _named(str(channel.get("address") or key), messages)


def _named(channel: str, messages: list[tuple[str, Any]]) -> Iterator[tuple[str, Document]]:
    """Yield a channel's messages, each under the name of its event."""
    known = [(key, message) for key, message in messages if isinstance(message, Mapping)]
    for at, (key, message) in enumerate(known, 1):
        own = message.get("name") or message.get("messageId") or key or f"{channel} {at}"
        yield (channel if len(known) == 1 else str(own)), message


def _call(message: Document, resolver: Resolver) -> dict[str, Any]:
    """Write a message as the call that a webhook makes: its payload as the body, and its headers."""
    payload = message.get("payload")
    kind, schema = message.get("schemaFormat", ""), payload
    if isinstance(payload, Mapping) and "schemaFormat" in payload:
        kind, schema = payload["schemaFormat"], payload.get("schema")
    foreign = any(word in str(kind).lower() for word in OTHERS)
    body = {"content": {"application/json": {"schema": schema}}} if schema is not None and not foreign else {}
    headers = resolver.node(message["headers"]).properties if "headers" in message else {}
    return {"requestBody": body, "parameters": [{"name": header, "in": "header"} for header in headers]}


def _last(raw: object) -> str:
    """Return the last part of a reference, which names what it leads to; empty for anything else."""
    return str(_mapping(raw).get("$ref", "")).rpartition("/")[2]


def _mapping(value: object) -> Document:
    """Return a mapping, or an empty one for any other value."""
    return value if isinstance(value, Mapping) else {}

"""Secrets that stand in a connector file, refused as it is loaded, with the line that holds one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.knowledge.sensitive_names import holds_secret
from ipaas_discovery.validation import place

__all__ = ["refuse_secrets"]

Keys = tuple[str, ...]
SENT = ("query", "hidden", "sort", "filters")
"""Settings of a collection that are sent by their names."""
QUERIES = ("since", "between")
"""Settings of a collection that may be a query string."""


def refuse_secrets(data: Mapping[str, Any], *, text: str, where: str) -> None:
    """Refuse a connector file that holds a secret: a text by its look, what is sent by its name as well.

    Args:
        data: what the file says.
        text: its text, for the line.
        where: its name.

    Raises:
        ConfigurationError: if a setting holds what looks like a secret, with the line.
    """
    for keys, value in _texts(data, ()):
        sealed = keys[:1] == ("environments",) and "credentials" in keys  # those of a sandbox, and of nothing else
        name = next((name for name, part in _sent(keys, value) if holds_secret(name, part)), None)
        if name is not None and not sealed:
            raise ConfigurationError(
                f"`{name or keys[-1]}` holds a secret, or what looks like one",
                where=place(where, text, keys),
                then="write it under [auth] as a name in braces, such as `{token}`, and its value into .env",
            )


def _texts(value: object, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield every text and number of a file with the keys that lead to it."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _texts(member, (*keys, str(key)))
    elif isinstance(value, list):
        for element in value:
            yield from _texts(element, keys)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield keys, str(value)


def _sent(keys: Keys, value: str) -> Iterator[tuple[str, str]]:
    """Yield what a setting sends, each with the name under which it is sent; without one, its look alone counts."""
    yield (keys[-1] if _by_name(keys) else ""), value
    _, mark, query = value.partition("?")
    if mark and (value[:1] == "/" or "://" in value):
        yield from _pairs(query)
    elif keys[-1] in QUERIES:
        yield from _pairs(value)


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        yield name, value


def _by_name(keys: Keys) -> bool:
    """Tell whether the last of some keys is the name under which its value is sent."""
    if keys[0] in {"collections", "delivery"}:
        return len(keys) > 3 and (keys[2] in SENT or keys[2:4] == ("search", "body"))  # noqa: PLR2004  the collection's
    return keys[0] == "headers" or (keys[0] == "auth" and "token_at" not in keys)

"""Fill the `{name}` placeholders in a connector's texts with secrets when a request is signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["carried", "filled", "filled_with", "headers_of", "names_in"]

NAME = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> tuple[str, ...]:
    """List the names of the secrets in a text, each once, sorted.

    >>> names_in("{user}:{password}")
    ('password', 'user')
    """
    return tuple(sorted(set(NAME.findall(text))))


def filled(template: Any, credentials: Credentials) -> Any:  # noqa: ANN401  text, or JSON that holds text
    """Replace each `{name}` in the texts of `template` by the credential of that name.

    >>> filled({"user": "{name}"}, Credentials("shop", {"name": "ada"}))
    {'user': 'ada'}

    Raises:
        MissingCredentialError: if no place has one of them.
    """
    if isinstance(template, str):
        return NAME.sub(lambda name: credentials.get(name.group(1)), template)
    if isinstance(template, Mapping):
        return {key: filled(value, credentials) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(element, credentials) for element in template]
    return template


def filled_with(template: str, parts: Mapping[str, Any]) -> Any:  # noqa: ANN401  a part alone keeps its type
    """Replace each `{name}` in a text by the part of that name; a name alone gives the part itself.

    >>> filled_with("{uid}:{session}", {"uid": 7, "session": "x"}), filled_with("{uid}", {"uid": 7})
    ('7:x', 7)
    """
    alone = NAME.fullmatch(template)
    if alone and alone[1] in parts:
        return parts[alone[1]]
    return NAME.sub(lambda name: str(parts.get(name[1], name[0])), template)


def headers_of(templates: Mapping[str, str], credentials: Credentials) -> dict[str, str]:
    """Fill the secrets in headers.

    Raises:
        MissingCredentialError: if no place has one of them.
        ConfigurationError: if no header can carry one of them, such as one with a line end that was copied along.
    """
    return carried({name: str(filled(text, credentials)) for name, text in templates.items()}, templates, credentials)


def carried(headers: dict[str, str], templates: Mapping[str, str], credentials: Credentials) -> dict[str, str]:
    """Return filled headers if a request can carry them; an error names the credentials in their templates.

    Raises:
        ConfigurationError: if no header can carry one of them.
    """
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable() and value == value.strip()):
            variables = ", ".join(credentials.variable(secret) for secret in names_in(templates[name])) or "its value"
            raise ConfigurationError(
                f"The header {name} cannot carry what stands in {variables}",
                where="[auth]",
                then="write it anew: plain letters, digits and signs, no line end, no blank before or after",
            )
    return headers

"""Texts of a connector in which `{name}` stands for a secret, filled when a request is signed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.systems.connectors.credentials import Credentials

__all__ = ["filled", "headers_of", "names_in"]

NAME = re.compile(r"\{(\w+)\}")


def names_in(text: str) -> tuple[str, ...]:
    """The names of the secrets that a text holds, each once, sorted.

    >>> names_in("{user}:{password}")
    ('password', 'user')
    """
    return tuple(sorted(set(NAME.findall(text))))


def filled(template: Any, credentials: Credentials) -> Any:  # noqa: ANN401  text, or JSON that holds text
    """`template` with each `{name}` in its texts replaced by the credential of that name.

    >>> filled({"user": "{name}"}, Credentials("shop", {"name": "ada"}))
    {'user': 'ada'}

    Raises:
        MissingCredentialError: if no place has one of them.
    """
    if isinstance(template, str):
        return NAME.sub(lambda name: credentials.get(name.group(1)), template)
    if isinstance(template, Mapping):
        return {key: filled(each, credentials) for key, each in template.items()}
    if isinstance(template, list):
        return [filled(each, credentials) for each in template]
    return template


def headers_of(templates: Mapping[str, str], credentials: Credentials) -> dict[str, str]:
    """Headers with their secrets filled in.

    Raises:
        MissingCredentialError: if no place has one of them.
        ConfigurationError: if one is such that no header can carry it, as with a line end that was copied along.
    """
    found = {name: str(filled(text, credentials)) for name, text in templates.items()}
    for name, value in found.items():
        if not (value.isascii() and value.isprintable() and value == value.strip()):
            which = ", ".join(credentials.variable(each) for each in names_in(templates[name])) or "its value"
            raise ConfigurationError(
                f"The header {name} cannot carry what stands in {which}",
                where="[auth]",
                then="write it anew: plain letters, digits and signs, no line end, no blank before or after",
            )
    return found

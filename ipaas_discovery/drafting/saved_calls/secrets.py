"""Take out what is named like a secret, so that none is taken over from a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipaas_discovery.knowledge.sensitive_names import is_secret

__all__ = ["REMOVED", "without_secrets"]

REMOVED = "(removed)"
"""The text in place of a secret."""


def without_secrets(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Replace the texts and numbers of secret members of `value` by `REMOVED`, at any depth.

    >>> without_secrets({"user": "a@example.test", "password": "x", "tokens": [{"token": "y", "id": 1}]})
    {'user': 'a@example.test', 'password': '(removed)', 'tokens': [{'token': '(removed)', 'id': 1}]}
    """
    if isinstance(value, Mapping):
        return {key: _kept(key, member) for key, member in value.items()}
    if isinstance(value, list):
        return [without_secrets(element) for element in value]
    return value


def _kept(name: str, value: Any) -> Any:  # noqa: ANN401  any JSON value
    """Return a member without its secrets."""
    if not is_secret(name, in_request=True) or value is None or isinstance(value, bool):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return without_secrets(value)
    if isinstance(value, list):
        return [element if isinstance(element, Mapping | list) else REMOVED for element in map(without_secrets, value)]
    return REMOVED

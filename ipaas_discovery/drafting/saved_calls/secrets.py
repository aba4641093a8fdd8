"""Recognise names of secrets, so that none is taken over from a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["REMOVED", "is_secret", "without_secrets"]

REMOVED = "(removed)"
"""The text in place of a secret."""
_EXACT = frozenset({"auth", "authorization", "cookie", "cookies", "hmac", "jwt", "key", "otp", "pin", "pwd", "pass"})
_PART = re.compile(
    r"password|passwd|passphrase|passcode|secret|credential|signature|bearer|private_?key|api_?key|access_?key"
    r"|auth_?key|client_?key|consumer_?key|subscription_?key|session_?id|csrf|xsrf|x_auth|authorization|cookie"
)
_TOKEN = re.compile(r"(^|_)tokens?(_(id|value|secret|key))?$")
"""`access_token` is one, `token_type`, `token_count` and `next_page_token` are none."""
_PAGING = re.compile(r"(page|next|continuation|sync|cursor|delta|skip|last|previous|prev)_token$")


def is_secret(name: str) -> bool:
    """Tell whether a header, parameter, variable or member of this name holds a secret.

    >>> [name for name in ("X-Auth-Token", "apiKey", "pageToken", "password", "sku") if is_secret(name)]
    ['X-Auth-Token', 'apiKey', 'password']
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    plain = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    if _PAGING.search(plain):
        return False
    return plain in _EXACT or bool(_PART.search(plain) or _TOKEN.search(plain))


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
    if not is_secret(name) or value is None or isinstance(value, bool):
        return without_secrets(value)
    if isinstance(value, Mapping):
        return without_secrets(value)
    if isinstance(value, list):
        return [element if isinstance(element, Mapping | list) else REMOVED for element in map(without_secrets, value)]
    return REMOVED

"""Find the error in an answer whose status is a success."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["EXCERPT", "trouble_in"]

MARKS = ("errors", "error", "fault")
"""Keys, in any case, under which systems put an error into an answer whose status is 200."""
FLAGS = {"success": ("false", "0"), "ok": ("false", "0"), "status": ("error", "fail", "failed", "failure")}
"""Keys that say by one of these values that something is wrong."""
WELL = ("", "success", "ok", "none", "0")
"""Error codes that are no error."""
SAID = ("message", "detail", "faultstring", "error_description", "title", "description", "reason", "code", "errorcode")
"""Keys under which an error says what it is, in any case, the most telling first."""
EXCERPT = 200
"""Characters of somebody else's text that an error shows."""


def trouble_in(body: object) -> str:
    """Return the error that an answer reports although its status is a success (`errors`, `error`), else an empty text.

    >>> trouble_in({"errors": [{"message": "Access denied"}], "data": None})
    'Access denied'
    >>> trouble_in({"errors": [], "data": []})
    ''
    """
    if not isinstance(body, Mapping):
        return ""
    plain = {str(key).lower(): value for key, value in body.items()}
    error = next((plain[mark] for mark in MARKS if plain.get(mark)), None)
    if error is True or (error is None and _flagged(plain)):
        error = body
    return "; ".join(_message_of(entry) for entry in (error if isinstance(error, list) else [error]) if entry)


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Tell whether a flag or an error code reports a failure."""
    code = plain.get("errorcode", plain.get("error_code")) or ""
    return str(code).lower() not in WELL or any(str(plain.get(flag)).lower() in bad for flag, bad in FLAGS.items())


def _message_of(trouble: object) -> str:
    """Return the message of an error, or the whole error as JSON if no key is known to hold one."""
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    messages = [plain[key] for key in SAID if isinstance(plain.get(key), str) and plain[key]]
    return messages[0] if messages else json.dumps(trouble, ensure_ascii=False, default=str)

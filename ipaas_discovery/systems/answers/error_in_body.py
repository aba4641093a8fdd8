"""Find the error that an answer speaks of though its status is a success."""

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
    """What an answer says is wrong though its status is a success: `errors` or `error`, as text; else empty.

    >>> trouble_in({"errors": [{"message": "Access denied"}], "data": None})
    'Access denied'
    >>> trouble_in({"errors": [], "data": []})
    ''
    """
    if not isinstance(body, Mapping):
        return ""
    plain = {str(key).lower(): value for key, value in body.items()}
    found = next((plain[mark] for mark in MARKS if plain.get(mark)), None)
    if found is True or (found is None and _flagged(plain)):
        found = body
    return "; ".join(_said(each) for each in (found if isinstance(found, list) else [found]) if each)


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Whether a flag or a code says that something is wrong."""
    code = plain.get("errorcode", plain.get("error_code")) or ""
    return str(code).lower() not in WELL or any(str(plain.get(flag)).lower() in bad for flag, bad in FLAGS.items())


def _said(trouble: object) -> str:
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    named = [plain[key] for key in SAID if isinstance(plain.get(key), str) and plain[key]]
    return named[0] if named else json.dumps(trouble, ensure_ascii=False, default=str)

"""Find the error that an answer speaks of though its status is a success."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import answer_words

__all__ = ["EXCERPT", "trouble_in"]

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
    found = next((plain[key] for key in answer_words().errors.keys if plain.get(key)), None)
    if found is True or (found is None and _flagged(plain)):
        found = body
    return "; ".join(_said(each) for each in (found if isinstance(found, list) else [found]) if each)


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Whether a flag or a code says that something is wrong."""
    known = answer_words().errors
    code = next((plain[name] for name in known.codes if name in plain), None) or ""
    flagged = any(str(plain.get(flag)).lower() in bad for flag, bad in known.flags.items())
    return flagged or str(code).lower() not in known.no_error


def _said(trouble: object) -> str:
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    named = [plain[key] for key in answer_words().errors.says if isinstance(plain.get(key), str) and plain[key]]
    return named[0] if named else json.dumps(trouble, ensure_ascii=False, default=str)

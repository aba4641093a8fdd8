"""Find the error in an answer whose status is a success."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.systems.answers.json_path import at

__all__ = ["EXCERPT", "new_trouble", "trouble_in"]

SOAP = "Envelope.Body"
"""The place of SOAP's content, an error among it."""
EXCERPT = 200
"""Characters of somebody else's text that an error shows."""


def trouble_in(body: object) -> str:
    """Return the error that an answer reports although its status is a success (`errors`, `error`), else an empty text.

    >>> trouble_in({"errors": [{"message": "Access denied"}], "data": None})
    'Access denied'
    >>> trouble_in({"errors": [], "data": []})
    ''
    """
    body = at(body, SOAP) or body
    if not isinstance(body, Mapping):
        return ""
    plain = {str(key).lower(): value for key, value in body.items()}
    error = next((plain[key] for key in answer_words().errors.keys if plain.get(key)), None)
    if error is True or (error is None and _flagged(plain)):
        error = body
    return "; ".join(_message_of(entry) for entry in (error if isinstance(error, list) else [error]) if entry)


def new_trouble(before: object, body: object) -> str:
    """Return what an empty page says that the page before did not: an error that nothing marks as one.

    >>> new_trouble({"data": [{}], "next": "b"}, {"data": [], "message": "token expired"})
    'token expired'
    >>> new_trouble({"data": [{}], "next": "b", "message": "fine"}, {"data": [], "message": "fine"})
    ''
    """
    if not (isinstance(before, Mapping) and isinstance(body, Mapping)):
        return ""
    words = answer_words().errors.says
    fresh = {key: value for key, value in body.items() if key not in before and bare(str(key)) in words and value}
    return _message_of(fresh) if fresh else ""


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Tell whether a flag or an error code reports a failure."""
    known = answer_words().errors
    code = next((plain[name] for name in known.codes if name in plain), None) or ""
    flagged = any(str(value).lower() in known.flags.get(bare(name), ()) for name, value in plain.items())
    return flagged or str(code).lower() not in known.no_error


def _message_of(trouble: object) -> str:
    """Return the message of an error, or the whole error as JSON if no key is known to hold one."""
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    messages = [plain[key] for key in answer_words().errors.says if isinstance(plain.get(key), str) and plain[key]]
    return messages[0] if messages else json.dumps(trouble, ensure_ascii=False, default=str)

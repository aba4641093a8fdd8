"""Find the error in an answer whose status is a success."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ipaas_discovery.knowledge.answer_words import answer_words
from ipaas_discovery.knowledge.name_words import bare
from ipaas_discovery.systems.answers.json_path import at, leaves

__all__ = ["EXCERPT", "OUTCOME", "failure_in", "holds_data", "new_trouble", "outcome_text", "remark_in", "trouble_in"]

SOAP = "Envelope.Body"
"""The place of SOAP's content, an error among it."""
OUTCOME = "OperationOutcome"
"""The kind of what FHIR answers in place of records, or puts among them, to say how a call went."""
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
    if body.get("resourceType") == OUTCOME:
        return outcome_text(body)
    plain = {str(key).lower(): value for key, value in body.items()}
    error = next((plain[key] for key in answer_words().errors.keys if plain.get(key)), None)
    if error is True or (error is None and _flagged(plain)):
        error = body
    return "; ".join(_message_of(entry) for entry in (error if isinstance(error, list) else [error]) if entry)


def outcome_text(outcome: Mapping[str, Any]) -> str:
    """Return what FHIR's outcome of a call says, issue by issue.

    >>> outcome_text({"issue": [{"severity": "error", "code": "invalid", "diagnostics": "Unknown parameter"}]})
    'error: Unknown parameter'
    >>> outcome_text({"issue": [{"severity": "fatal", "code": "timeout", "details": {"text": "Too slow"}}]})
    'fatal: Too slow'
    """
    issues = outcome.get("issue")
    said_of = [issue for issue in issues if isinstance(issue, Mapping)] if isinstance(issues, list) else []
    texts = (
        (issue.get("severity"), issue.get("diagnostics") or at(issue, "details.text") or issue.get("code"))
        for issue in said_of
    )
    return "; ".join(": ".join(str(part) for part in parts if part) for parts in texts) or OUTCOME


def holds_data(body: object) -> bool:
    """Tell whether GraphQL gave something beside its errors.

    >>> holds_data({"data": {"orders": [{"id": 1}], "shop": None}}), holds_data({"data": {"orders": None}})
    (True, False)
    """
    data = at(body, "data")
    return isinstance(data, Mapping) and any(value is not None for value in data.values())


def new_trouble(before: object, body: object) -> str:
    """Return the error that a page without records shows beside one that had some, else an empty text.

    An error is a text in a place for one where none was before, and another outcome of the call than before; not a text
    that says that there are no records.

    >>> new_trouble({"data": [{}], "next": "b"}, {"data": [], "message": "token expired"})
    'token expired'
    >>> new_trouble({"code": 0, "msg": "ok", "data": [{}]}, {"code": 40012, "msg": "too often", "data": []})
    'too often (code: 40012)'
    >>> new_trouble({"data": [{}]}, {"data": [], "message": "No more records"})
    ''
    """
    if not (isinstance(before, Mapping) and isinstance(body, Mapping)):
        return ""
    known = dict(leaves(before))
    fresh = [(place, value) for place, value in leaves(body) if _is_said(value) and known.get(place) != value]
    if any(isinstance(value, str) and _says_nothing(value) for _, value in fresh):
        return ""
    outcomes = [(place, value) for place, value in fresh if _fails(place, known, value)]
    texts = [
        str(value) for place, value in fresh if _is_text_of_error(place, value) and (outcomes or place not in known)
    ]
    codes = [f"{place}: {json.dumps(value, default=str)}" for place, value in outcomes]
    if not texts:
        return ", ".join(codes)
    return f"{texts[0]} ({', '.join(codes)})" if codes else texts[0]


def failure_in(body: object) -> str:
    """Return what an answer says in whose depth an outcome is that of a failure, else an empty text.

    >>> failure_in({"response": {"control": {"status": "failure"}, "errormessage": {"description": "Wrong password"}}})
    'Wrong password'
    >>> failure_in({"response": {"status": "ok", "message": "3 found"}})
    ''
    """
    stated = [(place, value) for place, value in leaves(body) if _is_said(value)]
    flags = answer_words().errors.flags
    if not any(str(value).lower() in flags.get(_name(place), ()) for place, value in stated):
        return ""
    return next((str(value) for place, value in stated if _is_text_of_error(place, value)), "")


def remark_in(before: object, body: object) -> str:
    """Return what a page without records says that may be an error, but need not; of a first page `before` is None.

    >>> remark_in(None, {"code": 40001, "msg": "invalid credential", "data": []})
    'invalid credential'
    >>> remark_in({"data": [{}]}, {"data": [], "info": "try again in a minute"})
    'try again in a minute'
    >>> remark_in({"data": [{}]}, {"data": [], "message": "No more records"})
    ''
    """
    known = dict(leaves(before))
    remarks = (
        str(value)
        for place, value in leaves(body)
        if place and isinstance(value, str) and known.get(place) != value
        if _is_text_of_error(place, value) or (before is not None and place not in known and " " in value.strip())
        if not _says_nothing(value)
    )
    return next(remarks, "")


def _fails(place: str, known: Mapping[str, object], value: object) -> bool:
    """Tell whether a value is an outcome that is new, or not what it was, and that of a failure."""
    text = str(value).lower()
    name, words = _name(place), answer_words().errors
    if name not in words.outcomes:
        return False
    if place in known:
        return text not in words.well
    return text in words.flags.get(name, ()) or (name in words.says and text not in (*words.no_error, *words.well))


def _is_text_of_error(place: str, value: object) -> bool:
    words = answer_words().errors
    named = _name(place) in map(bare, words.says) and _name(place) not in words.outcomes
    return named and isinstance(value, str) and value.lower() not in words.well and not _says_nothing(value)


def _says_nothing(text: str) -> bool:
    """Tell whether a text says that there are no records."""
    return any(part in text.lower() for part in answer_words().errors.nothing)


def _is_said(value: object) -> bool:
    return value is not None and value != ""


def _name(place: str) -> str:
    return bare(place.rpartition(".")[2])


def _flagged(plain: Mapping[str, Any]) -> bool:
    """Tell whether a flag or an error code reports a failure."""
    known = answer_words().errors
    code = next((plain[name] for name in known.codes if name in plain), None) or ""
    flagged = any(str(plain[name]).lower() in known.flags[bare(name)] for name in plain if bare(name) in known.flags)
    return flagged or str(code).lower() not in known.no_error


def _message_of(trouble: object) -> str:
    """Return the message of an error, or the whole error as JSON if no key is known to hold one."""
    if not isinstance(trouble, Mapping):
        return str(trouble)
    plain = {str(key).lower(): value for key, value in trouble.items()}
    messages = [plain[key] for key in answer_words().errors.says if isinstance(plain.get(key), str) and plain[key]]
    return messages[0] if messages else json.dumps(trouble, ensure_ascii=False, default=str)

"""Error answers: a status, the platform's code, and a body in ASP.NET's problem form."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any, NoReturn

import flask
from werkzeug.exceptions import HTTPException

__all__ = ["CODES", "answer", "plain_problem", "refuse", "whole_number"]

CODES = {
    "AUTH-1001": (401, "The bearer token is missing or invalid."),
    "AUTH-1002": (401, "The token is no longer valid: log in again, or refresh it."),
    "AUTH-1003": (401, "The token gives no access to this API: change to a company first."),
    "AUTH-1004": (401, "The company was not found."),
    "AUTZ-1001": (429, "The request limit is reached."),
    "AUTZ-1002": (403, "You have no permission for this."),
    "NFND-1005": (404, "The iPaaS.com id was not found."),
    "VALD-1001": (400, "A value is null or empty."),
    "VALD-1004": (400, "The value must be an integer."),
    "VALD-1005": (400, "The value must be larger than zero."),
    "VALD-1008": (400, "The value is not in the proper format for this collection."),
    "VALD-1017": (400, "The system id is invalid."),
}
"""Codes the sandbox answers with: HTTP status and plain words. The codes are the platform's own."""

ARTICLES = {"AUTH": 15461548, "AUTZ": 15461553, "NFND": 15461551, "VALD": 15461508}
"""The platform's help article on each family of codes."""

INTEGER = re.compile(r"-?[0-9]{1,40}")


def answer(value: object, status: int = 200, **headers: str) -> flask.Response:
    """`value` as JSON, its members in their own order; underscores in header names become hyphens."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = flask.Response(body, status, content_type="application/json; charset=utf-8")
    response.headers.update({name.replace("_", "-"): text for name, text in headers.items()})
    return response


def refuse(code: str, detail: str = "", *, status: int | None = None, **headers: str) -> NoReturn:
    """Ends the request with the problem that `code` stands for.

    The platform documents a code, a plain message and a help link in every error, but not the names of
    the members. The sandbox's own decision: ASP.NET's `type`, `title`, `status`, `detail` and `instance`,
    and beside them `code` and `help_link`. Its own as well: 429 carries AUTZ-1001 (the plan restricts),
    405 carries AUTZ-1002.
    """
    usual, words = CODES[code]
    article = f"https://support.ipaas.com/en/articles/{ARTICLES[code[:4]]}"
    body = _problem(status or usual, f"{words} {detail}".strip()) | {"code": code, "help_link": article}
    flask.abort(_as_problem(answer(body, body["status"], **headers)))


def plain_problem(error: HTTPException) -> flask.Response:
    """An error that no part of the platform raised (no such path, a crash) as a problem without a code.

    The sandbox's own decision, after ASP.NET, whose router answers before any code of the platform runs.
    """
    if isinstance(error.response, flask.Response):
        return error.response
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = _as_problem(answer(_problem(status, error.description or ""), status))
    response.headers.extend((name, text) for name, text in error.get_headers() if name != "Content-Type")
    return response


def whole_number(text: str, what: str) -> int:
    """`text` as a positive whole number, or 400: VALD-1004 no integer, VALD-1005 not larger than zero.

    The sandbox's own decision: at most 40 digits are read as a number.
    """
    if not INTEGER.fullmatch(text):
        refuse("VALD-1004", f"{what}: '{text[:80]}'.")
    if int(text) <= 0:
        refuse("VALD-1005", f"{what}: '{text}'.")
    return int(text)


def _problem(status: int, detail: str) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": flask.request.path}


def _as_problem(response: flask.Response) -> flask.Response:
    response.content_type = "application/problem+json; charset=utf-8"
    return response

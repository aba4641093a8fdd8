"""The platform's answers, and its errors among them: a status, a code, and a body in ASP.NET's problem form."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any, NoReturn

import flask
from werkzeug.exceptions import HTTPException

from ipaas_discovery.sandbox.sandbox_data import read_shipped

__all__ = ["answer", "plain_problem", "refuse", "whole_number"]

INTEGER = re.compile(r"-?[0-9]{1,40}")


def answer(value: object, status: int = 200, **headers: str) -> flask.Response:
    """Write `value` as JSON, its members in their own order; underscores in header names become hyphens."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = flask.Response(body, status, content_type="application/json; charset=utf-8")
    response.headers.update({name.replace("_", "-"): text for name, text in headers.items()})
    return response


def refuse(code: str, detail: str = "", *, status: int | None = None, **headers: str) -> NoReturn:
    """End the request with the problem that `code` stands for.

    The platform documents a code, a plain message and a help link in every error, but not the names of
    the members. The sandbox's own decision: ASP.NET's `type`, `title`, `status`, `detail` and `instance`,
    and beside them `code` and `help_link`. Its own as well: 429 carries AUTZ-1001 (the plan restricts),
    405 carries AUTZ-1002.
    """
    known = read_shipped("platform")
    usual, words = known["codes"][code]
    article = f"https://support.ipaas.com/en/articles/{known['articles'][code[:4]]}"
    body = _problem(status or usual, f"{words} {detail}".strip()) | {"code": code, "help_link": article}
    flask.abort(_as_problem(answer(body, body["status"], **headers)))


def plain_problem(error: HTTPException) -> flask.Response:
    """Answer an error that no part of the platform raised (no such path, a crash) as a problem without a code.

    The sandbox's own decision, after ASP.NET, whose router answers before any code of the platform runs.
    """
    if isinstance(error.response, flask.Response):
        return error.response
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    response = _as_problem(answer(_problem(status, error.description or ""), status))
    response.headers.extend((name, text) for name, text in error.get_headers() if name != "Content-Type")
    return response


def whole_number(text: str, what: str) -> int:
    """Read `text` as a positive whole number, or 400: VALD-1004 no integer, VALD-1005 not larger than zero.

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

"""The log-in API (`sso`): log in, list companies, change company, refresh."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import flask

from ipaas_discovery.sandbox.platform_api.error_answers import answer, refuse, whole_number
from ipaas_discovery.sandbox.platform_api.platform_tokens import Grant, Tokens

__all__ = ["COMPANY", "EMAIL", "EMPTY_COMPANY", "PASSWORD", "USER", "login_routes"]

USER = 101
EMAIL = "analyst@example.test"
PASSWORD = "sandbox-password"  # noqa: S105  the sandbox's public password
COMPANY = "5a4db0c5-0000-4000-8000-000000000001"
EMPTY_COMPANY = "5a4db0c5-0000-4000-8000-000000000002"
"""A second company; it has no records."""

NAMES = {COMPANY: "Sandbox Trading Company", EMPTY_COMPANY: "Sandbox Empty Company"}


def login_routes(tokens: Tokens) -> flask.Blueprint:
    """Make the routes under `/sso`."""
    routes = flask.Blueprint("sso", __name__, url_prefix="/sso/v2")
    routes.add_url_rule("/Auth/Login", "login", lambda: _login(tokens), methods=["POST"])
    routes.add_url_rule("/Auth/Refresh", "refresh", lambda: _refresh(tokens), methods=["POST"])
    routes.add_url_rule("/User/<user>/Companies", "companies", lambda user: _companies(tokens, user))
    routes.add_url_rule("/User/ChangeCompany/<company>", "change", lambda company: _change(tokens, company))
    return routes


def _login(tokens: Tokens) -> flask.Response:
    """Give a token without a company.

    The platform answers 400 or 401 to wrong credentials. The sandbox's own decision: 401 AUTH-1001 for a
    wrong address or password, 400 VALD-1001 for a missing one.
    """
    body = _body("email_address", "password")
    if (body["email_address"], body["password"]) != (EMAIL, PASSWORD):
        refuse("AUTH-1001", "The email address or the password is wrong.")
    return _granted(tokens.issue(), body)


def _refresh(tokens: Tokens) -> flask.Response:
    body = _body("access_token", "refresh_token")
    return _granted(tokens.refresh(body["access_token"], body["refresh_token"]), body)


def _companies(tokens: Tokens, user: str) -> flask.Response:
    """List the user's companies, as a bare array.

    The sandbox's own decision: another user's companies are refused with AUTZ-1002.
    """
    tokens.required()
    if whole_number(user, "User id") != USER:
        refuse("AUTZ-1002", "A user sees only the companies of its own.")
    return answer([_company(company) for company in NAMES])


def _change(tokens: Tokens, company: str) -> flask.Response:
    """Give a token of one company; an unknown company is 401 AUTH-1004 (the status is the sandbox's own decision)."""
    tokens.required()
    if company.lower() not in NAMES:
        refuse("AUTH-1004")
    return _granted(tokens.issue(company.lower()), {})


def _body(*required: str) -> dict[str, Any]:
    body = flask.request.get_json(force=True, silent=True)
    sent = body if isinstance(body, dict) else {}
    missing = [name for name in required if not isinstance(sent.get(name), str) or not sent[name]]
    if missing:
        refuse("VALD-1001", f"Send a JSON object with: {', '.join(missing)}.")
    return sent


def _granted(grant: Grant, body: dict[str, Any]) -> flask.Response:
    """Write the documented members of a log-in answer; `permissions`, of unknown shape, is empty by own decision."""
    return answer(
        {
            "id": USER,
            "name": "Sandbox Analyst",
            "email_address": EMAIL,
            "access_token": grant.access_token,
            "access_token_expiration": datetime.fromtimestamp(grant.expires, UTC).isoformat(),
            "refresh_token": grant.refresh_token,
            "return_url": body.get("return_url"),
            "permissions": [],
            "tracking_guid": body.get("tracking_guid"),
        }
    )


def _company(company: str) -> dict[str, Any]:
    return {
        "id": company,
        "name": NAMES[company],
        "logo": None,
        "designation_id": 1,
        "user_type_id": 1,
        "designations": {"1": "Integrator"},
    }

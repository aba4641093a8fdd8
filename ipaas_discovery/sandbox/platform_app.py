"""iPaaS.com's side of the sandbox: log-in, data APIs and API documents, over synthetic records, read-only."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import flask
from werkzeug.exceptions import HTTPException

from ipaas_discovery.sandbox.platform_api.error_answers import plain_problem, refuse
from ipaas_discovery.sandbox.platform_api.platform_calls import apis
from ipaas_discovery.sandbox.platform_api.platform_documents import document_routes
from ipaas_discovery.sandbox.platform_api.platform_login import COMPANY, EMAIL, EMPTY_COMPANY, PASSWORD, login_routes
from ipaas_discovery.sandbox.platform_api.platform_records import Record, RecordShelf
from ipaas_discovery.sandbox.platform_api.platform_routes import data_routes
from ipaas_discovery.sandbox.platform_api.platform_subscriptions import SUBSCRIPTIONS, subscription_routes
from ipaas_discovery.sandbox.platform_api.platform_tokens import Tokens
from ipaas_discovery.sandbox.request_limit import RequestLimit
from ipaas_discovery.sandbox.sandbox_day import SandboxDay, sandbox_day

__all__ = ["COMPANY", "EMAIL", "EMPTY_COMPANY", "PASSWORD", "platform_app"]

READS = frozenset({"GET", "HEAD"})


def platform_app(
    *,
    lifetime: float = 3600,
    clock: Callable[[], float] = time.time,
    quota: int | None = None,
    load: Callable[[str], list[Record]] | None = None,
    day: SandboxDay | None = None,
) -> flask.Flask:
    """Make a fresh WSGI app that answers as iPaaS.com's APIs are publicly described to.

    What is not described is decided by the sandbox; each decision stands in the docstring of the
    function that makes it. Here: the data APIs are read-only, so another verb than GET is 405; the hook
    API, which would start transfers, is not there at all (404); `Date` never changes, so that a pulled
    sample can be reproduced.

    Args:
        lifetime: seconds a token is valid.
        clock: gives the present in seconds since 1970; only tokens look at it.
        quota: requests to the data APIs until one is answered 429, after which counting starts again.
        load: gives the records of a collection; by default those that ship with the sandbox.
        day: the day on which it answers; the sandbox's present by default.

    >>> client = platform_app().test_client()
    >>> client.get("/customers/v2/Customers").status_code
    401
    >>> client.get("/customers/swagger/v2/swagger.json").json["openapi"]
    '3.0.1'
    """
    app = flask.Flask(__name__, static_folder=None)
    tokens, day = Tokens(lifetime, clock), day or sandbox_day()
    app.register_blueprint(login_routes(tokens))
    for api in apis():
        app.register_blueprint(data_routes(api))
    app.register_blueprint(subscription_routes())
    app.register_blueprint(document_routes(day))
    app.register_error_handler(HTTPException, plain_problem)
    shelves = RecordShelf(load or partial(day.load, "ipaas")), RecordShelf(lambda _: [])
    app.before_request(_gate(tokens, RequestLimit(quota), *shelves))
    app.after_request(partial(_stamp, day.date))
    return app


def _gate(tokens: Tokens, limit: RequestLimit, shelf: RecordShelf, empty: RecordShelf) -> Callable[[], None]:
    """Check a request to a data API before its path is looked at: verb, token, quota, in that order."""

    def gate() -> None:
        api, _, rest = flask.request.path.strip("/").partition("/")
        if api not in {*apis(), SUBSCRIPTIONS} or rest.startswith("swagger/"):
            return
        if flask.request.method not in READS:
            refuse("AUTZ-1002", "The sandbox is read-only.", status=405, Allow="GET, HEAD")
        flask.g.subscribed = tokens.required_company() == COMPANY
        flask.g.shelf = shelf if flask.g.subscribed else empty
        if not limit.take():
            # The platform publishes neither limits nor headers: that nobody has to wait is the sandbox's own decision.
            refuse("AUTZ-1001", Retry_After="0")

    return gate


def _stamp(date: str, response: flask.Response) -> flask.Response:
    response.headers["Date"] = date
    response.headers["Server"] = "iPaaS.com sandbox"
    return response

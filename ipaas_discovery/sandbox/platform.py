"""iPaaS.com's side of the sandbox: log-in, data APIs and API documents, over synthetic records, read-only."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

import flask
from werkzeug.exceptions import HTTPException

from ipaas_discovery.sandbox import records
from ipaas_discovery.sandbox.platform_api.data import data_routes
from ipaas_discovery.sandbox.platform_api.endpoints import APIS
from ipaas_discovery.sandbox.platform_api.login import COMPANY, EMAIL, EMPTY_COMPANY, PASSWORD, login_routes
from ipaas_discovery.sandbox.platform_api.problems import plain_problem, refuse
from ipaas_discovery.sandbox.platform_api.shelf import Record, Shelf
from ipaas_discovery.sandbox.platform_api.swagger import swagger_routes
from ipaas_discovery.sandbox.platform_api.tokens import Tokens

__all__ = ["COMPANY", "EMAIL", "EMPTY_COMPANY", "PASSWORD", "platform_app"]

READS = frozenset({"GET", "HEAD"})


def platform_app(
    *,
    lifetime: float = 3600,
    clock: Callable[[], float] = time.time,
    quota: int | None = None,
    load: Callable[[str], list[Record]] | None = None,
) -> flask.Flask:
    """A fresh WSGI app that answers as iPaaS.com's APIs are publicly described to.

    What is not described is decided by the sandbox; each decision stands in the docstring of the
    function that makes it. Here: the data APIs are read-only, so another verb than GET is 405; the hook
    API, which would start transfers, is not there at all (404); `Date` never changes, so that a pulled
    sample can be reproduced.

    Args:
        lifetime: seconds a token is valid.
        clock: gives the present in seconds since 1970; only tokens look at it.
        quota: requests to the data APIs until one is answered 429, after which counting starts again.
        load: gives the records of a collection; by default those that ship with the sandbox.

    >>> client = platform_app().test_client()
    >>> client.get("/customers/v2/Customers").status_code
    401
    >>> client.get("/customers/swagger/v2/swagger.json").json["openapi"]
    '3.0.1'
    """
    app = flask.Flask(__name__, static_folder=None)
    tokens = Tokens(lifetime, clock)
    app.register_blueprint(login_routes(tokens))
    for api in APIS:
        app.register_blueprint(data_routes(api))
    app.register_blueprint(swagger_routes())
    app.register_error_handler(HTTPException, plain_problem)
    app.before_request(_gate(tokens, Quota(quota), Shelf(load or _shipped), Shelf(lambda _: [])))
    app.after_request(_stamp)
    return app


class Quota:
    """Counts requests; after `limit` of them one is refused, and counting starts again.

    The platform publishes neither limits nor headers. The sandbox's own decision: no limit unless one is
    asked for, and `Retry-After: 0`, so that nobody has to wait.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit, self._used, self._lock = limit, 0, Lock()

    def use(self) -> None:
        """Counts one request, or ends it with 429."""
        with self._lock:
            exceeded = self._limit is not None and self._used >= self._limit
            self._used = 0 if exceeded else self._used + 1
        if exceeded:
            refuse("AUTZ-1001", Retry_After="0")


def _gate(tokens: Tokens, quota: Quota, shelf: Shelf, empty: Shelf) -> Callable[[], None]:
    """What a request to a data API has to pass before its path is looked at: verb, token, quota, in that order."""

    def gate() -> None:
        api, _, rest = flask.request.path.strip("/").partition("/")
        if api not in APIS or rest.startswith("swagger/"):
            return
        if flask.request.method not in READS:
            refuse("AUTZ-1002", "The sandbox is read-only.", status=405, Allow="GET, HEAD")
        flask.g.shelf = shelf if tokens.required_company() == COMPANY else empty
        quota.use()

    return gate


def _stamp(response: flask.Response) -> flask.Response:
    response.headers["Date"] = records.DATE
    response.headers["Server"] = "iPaaS.com sandbox"
    return response


def _shipped(collection: str) -> list[Record]:
    return records.load("ipaas", collection)

"""The third party's side of the sandbox: a small read-only store, shaped like BigCommerce, over synthetic records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from ipaas_discovery.sandbox.request_limit import RequestLimit
from ipaas_discovery.sandbox.sandbox_day import SandboxDay, sandbox_day
from ipaas_discovery.sandbox.store_api.store_calls import StoreCall, store_calls
from ipaas_discovery.sandbox.store_api.store_documents import document, document_names
from ipaas_discovery.sandbox.store_api.store_lists import BadQueryError, enveloped, page, select

__all__ = ["DEFAULT_QUOTA", "TITLE", "TOKEN", "WINDOW_MS", "store_app"]

TITLE = "Sandbox store (shaped like BigCommerce)"
TOKEN = "sandbox-store-token"  # noqa: S105  no secret: the sandbox's one and public token
WINDOW_MS = 30_000
"""The length of a rate-limit window, in milliseconds."""
DEFAULT_QUOTA = 20_000
"""Requests a window, as the headers say when no quota is enforced; they then never count down."""


def store_app(quota: int | None = None, *, day: SandboxDay | None = None) -> Flask:
    """Make the store as a WSGI app; it answers GET below `/v2`, `/v3` and `/openapi`, and changes nothing.

    Calls below `/v2` and `/v3` need the header `X-Auth-Token: sandbox-store-token`. The sandbox's own decisions: its
    clock stands still (`Date`), it is read-only (405), and its rate-limit window ends with the refusal.

    Args:
        quota: requests a window; the one after them is answered 429. None enforces no limit.
        day: the day on which it answers; the sandbox's present by default.

    >>> client = store_app().test_client()
    >>> client.get("/v3/customers?limit=2", headers={"X-Auth-Token": TOKEN}).json["meta"]["pagination"]["total"]
    300
    """
    app = Flask(__name__, static_folder=None)
    limit, day = RequestLimit(quota), day or sandbox_day()
    app.before_request(lambda: _refusal(limit))
    app.after_request(lambda response: _with_headers(response, limit, day))
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(BadQueryError, _bad_query)
    for call in store_calls():
        _add_routes(app, call, day)
    app.add_url_rule("/v2/orders/count", "orders count", partial(_count, day))
    app.add_url_rule("/openapi/<name>.json", "openapi", partial(_document, day))
    app.add_url_rule("/", "index", _index)
    return app


def _add_routes(app: Flask, call: StoreCall, day: SandboxDay) -> None:
    route = f"/{call.version}{call.path}".replace("{", "<int:").replace("}", ">")
    app.add_url_rule(route, f"{call.document} {call.path}", _lister(call, day))
    if call.detail:
        before, _, _ = call.detail.partition("{")
        app.add_url_rule(f"/{call.version}{before}<int:number>", call.detail, _finder(call, day))


def _lister(call: StoreCall, day: SandboxDay) -> Callable[..., Response]:
    """Make the view of one list, or of one order's share of it."""

    def view(order_id: int | None = None) -> Response:
        records = day.load("store", call.records)
        if order_id is not None:
            if all(order["id"] != order_id for order in day.load("store", "orders")):
                return _problem(HTTPStatus.NOT_FOUND, f"There is no order {order_id}")
            # An order's id is a number here and text on its payments.
            records = [record for record in records if str(record[call.parent]) == str(order_id)]
        query = request.args.to_dict()
        selected = select(call, records, query)
        if call.version == "v3":
            return _answer(enveloped(call, selected, query))
        rows, _, _ = page(selected, query)
        return _answer(rows) if rows else _nothing_left()

    return view


def _nothing_left() -> Response:
    """Answer 204: no body, so no content type either."""
    response = Response(status=HTTPStatus.NO_CONTENT)
    response.headers.remove("Content-Type")
    return response


def _finder(call: StoreCall, day: SandboxDay) -> Callable[..., Response]:
    """Make the view of one record by its id."""

    def view(number: int) -> Response:
        for record in day.load("store", call.records):
            if record["id"] == number:
                return _answer(record if call.version == "v2" else {"data": record, "meta": {}})
        return _problem(HTTPStatus.NOT_FOUND, f"There is no {call.schema} {number}")

    return view


def _count(day: SandboxDay) -> Response:
    """Count the orders, in all and in each status."""
    orders = day.load("store", "orders")
    counts = Counter((order["status_id"], order["status"]) for order in orders)
    statuses = [{"id": number, "name": name, "count": count} for (number, name), count in sorted(counts.items())]
    return _answer({"count": len(orders), "statuses": statuses})


def _document(day: SandboxDay, name: str) -> Response:
    if name not in document_names():
        return _problem(HTTPStatus.NOT_FOUND, f"There is no document {name}; there are {', '.join(document_names())}")
    return _answer(day.document("store", name, document(name)))


def _index() -> Response:
    """Name the sandbox and its documents, for whoever opens it in a browser."""
    return _answer({"title": TITLE, "documents": [f"/openapi/{name}.json" for name in document_names()]})


def _refusal(limit: RequestLimit) -> Response | None:
    """Make the answer to a call that gets no further: another verb, no token, over the quota."""
    if request.method != "GET":
        response = _problem(HTTPStatus.METHOD_NOT_ALLOWED, "The sandbox is read-only, as the kit is: only GET")
        response.headers["Allow"] = "GET"
        return response
    if not request.path.startswith(("/v2/", "/v3/")):
        return None
    token = request.headers.get("X-Auth-Token", "")
    if not compare_digest(token.encode(), TOKEN.encode()):
        return _problem(HTTPStatus.UNAUTHORIZED, "Send the store's token in the header X-Auth-Token")
    return None if limit.take() else _problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests; come back later")


def _with_headers(response: Response, limit: RequestLimit, day: SandboxDay) -> Response:
    response.headers["Date"] = day.date
    response.headers.update(_limit_headers(limit, refused=response.status_code == HTTPStatus.TOO_MANY_REQUESTS))
    return response


def _limit_headers(limit: RequestLimit, *, refused: bool) -> dict[str, str]:
    """Make the four rate-limit headers of the vendor, and when to come back after a refusal: at once."""
    left = limit.left()
    headers = {
        "X-Rate-Limit-Requests-Left": str(0 if refused else DEFAULT_QUOTA if left is None else left),
        "X-Rate-Limit-Requests-Quota": str(limit.limit or DEFAULT_QUOTA),
        "X-Rate-Limit-Time-Window-Ms": str(WINDOW_MS),
        "X-Rate-Limit-Time-Reset-Ms": str(0 if refused else WINDOW_MS),
    }
    return headers | ({"Retry-After": "0"} if refused else {})


def _failed(error: HTTPException) -> Response:
    if error.code == HTTPStatus.NOT_FOUND:
        return _problem(HTTPStatus.NOT_FOUND, f"The sandbox has nothing at {request.path}")
    return _problem(HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR), error.description or error.name)


def _bad_query(error: BadQueryError) -> Response:
    return _problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, f"The query cannot be followed: {error}", {error.parameter: error.problem}
    )


def _problem(status: HTTPStatus, message: str, errors: dict[str, str] | None = None) -> Response:
    """Write an error in the form of the version asked for: v2 has a list of messages, v3 a problem."""
    if request.path.startswith("/v2/"):
        return _answer([{"status": status.value, "message": message}], status)
    return _answer({"status": status.value, "title": message, "type": "about:blank", "errors": errors or {}}, status)


def _answer(value: Any, status: HTTPStatus = HTTPStatus.OK) -> Response:  # noqa: ANN401  any JSON value
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, content_type="application/json")

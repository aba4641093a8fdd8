"""Synthetic files of saved calls that several tests read."""

from __future__ import annotations

import json

ORDERS = {
    "data": [{"id": 1, "status": "open", "lines": [{"sku": "A"}, {"sku": "B"}, {"sku": "C"}]}, {"id": 2}],
    "meta": {"total": 41, "pages": 3},
}
CUSTOMERS = [{"customer_id": 7, "email": "ada@example.test"}, {"customer_id": 8, "email": "bo@example.test"}]
SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
SECRETS = ("s3cret-key", "s3cret-password", "s3cret-token", "s3cret-variable", "s3cret-query", "s3cret-answer")


def answer(body, code=200, **more):
    return {"name": "saved", "code": code, "body": body if isinstance(body, str) else json.dumps(body), **more}


def call(name, method, url, *answers, **more):
    return {"name": name, "request": {"method": method, "url": url, **more}, "response": list(answers)}


def postman(*items, **more):
    """A collection with an address in a variable."""
    variables = [{"key": "base", "value": "https://api.example.test/v2"}]
    return {"info": {"name": "Shop", "schema": SCHEMA}, "variable": variables, "item": list(items), **more}


def shop():
    """A collection with all that a reader has to follow or leave out."""
    key = [
        {"key": "key", "value": "X-Api-Key"},
        {"key": "value", "value": "s3cret-key"},
        {"key": "in", "value": "header"},
    ]
    query = [{"key": "page", "value": "1"}, {"key": "since", "value": "2026-01-01", "disabled": True}]
    url = {"raw": "{{base}}/orders?page=1&limit=20&status=open", "query": query}
    orders = [
        call("List orders", "GET", url, answer(ORDERS)),
        call("One order", "GET", "{{base}}/orders/:order_id", answer({"data": {"id": 1, "note": "x"}})),
        call("Lines", "GET", "{{base}}/orders/1042/lines", answer([{"sku": "A", "quantity": 2}])),
        call("New order", "POST", "{{base}}/orders", body={"mode": "raw", "raw": '{"status": "open"}'}),
        call("Change", "PUT", "{{base}}/orders/{{order}}"),
        call("Remove", "DELETE", "{{base}}/orders/1042"),
    ]
    log_in = call(
        "Log in", "POST", "{{base}}/login", answer({"access_token": "s3cret-answer", "expires": 60}),
        body={"mode": "urlencoded", "urlencoded": [{"key": "user", "value": "ada"},
                                                   {"key": "password", "value": "s3cret-password"}]},
    )  # fmt: skip
    signed = [{"key": "X-Api-Key", "value": "s3cret-token"}]
    customers = call("Customers", "GET", "{{base}}/customers?token=s3cret-query", answer(CUSTOMERS), header=signed)
    document = postman({"name": "Orders", "item": orders}, log_in, customers)
    document["auth"] = {"type": "apikey", "apikey": key}
    document["variable"] += [{"key": "api_token", "value": "s3cret-variable"}]
    return document

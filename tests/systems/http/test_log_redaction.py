"""The guard on log lines stands at the loggers that the installed libraries really have."""

from __future__ import annotations

import ast
import importlib.util
import logging
from pathlib import Path

import httpx
import pytest

from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.log_redaction import HEADERS, LOGGERS, redact_logs

LIBRARIES = ("httpx", "httpcore", "httpx_retries")


def sources(library):
    """Every module of an installed library, those among them that want an optional package."""
    folder = Path(importlib.util.find_spec(library).origin).parent
    return {
        f"{library}.{'.'.join(path.relative_to(folder).with_suffix('').parts)}": path for path in folder.rglob("*.py")
    }


def logger_names():
    names = set()
    for library in LIBRARIES:
        for module, path in sources(library).items():
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"logging.getLogger", "getLogger"}:
                    [argument] = node.args
                    names.add(argument.value if isinstance(argument, ast.Constant) else module)
    return names


def test_every_logger_of_the_libraries_is_guarded_and_none_that_does_not_exist():
    assert set(LOGGERS) == logger_names()


def test_the_line_with_an_answers_head_has_the_name_that_is_left_out():
    """httpcore names its trace after the step; the head of an answer is told by the step `receive_response_headers`."""
    steps = {
        node.value
        for path in sources("httpcore").values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert f"receive_{HEADERS.removesuffix('.complete')}" in steps


@pytest.mark.parametrize("name", LOGGERS)
def test_no_guarded_logger_writes_a_secret(name, caplog):
    credentials = Credentials("shop", {"token": "s3cret-token"}, sealed=True)
    assert credentials.get("token") == "s3cret-token"
    redact_logs(credentials)
    with caplog.at_level(logging.DEBUG, name):
        logging.getLogger(name).debug("GET http://shop.test/?key=%s", "s3cret-token")
    assert "GET http://shop.test" in caplog.text
    assert "s3cret-token" not in caplog.text


def test_a_request_at_debug_level_is_told_without_secrets_and_without_an_answers_head(caplog):
    credentials = Credentials("shop", {"token": "s3cret-token"}, sealed=True)
    credentials.get("token")
    redact_logs(credentials)
    with (
        caplog.at_level(logging.DEBUG),
        httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as http,
    ):
        http.get("http://shop.test/orders?key=s3cret-token")
    assert "http://shop.test/orders" in caplog.text
    assert "s3cret-token" not in caplog.text


@pytest.mark.parametrize("method", ["HMAC-SHA256", "PLAINTEXT"])
@pytest.mark.parametrize("signed_in", ["header", "query"])
def test_a_request_that_is_signed_tells_no_log_how(caplog, method, signed_in):
    connector = Connector.model_validate(
        {
            "name": "shop",
            "title": "Shop",
            "default_environment": "t",
            "environments": {"t": {"base_url": "http://shop.test"}},
            "auth": {"kind": "oauth1", "method": method, "signed_in": signed_in},
            "collections": {"orders": {"list": "/orders"}},
        }
    )
    names = ("consumer_key", "consumer_secret", "token", "token_secret")
    secrets = {name: f"s3cret-{name}-77" for name in names}
    sent = []

    def answer(request):
        sent.append(f"{request.url} {request.headers.get('authorization')}")
        return httpx.Response(200, json=[{"id": 1}])

    with (
        caplog.at_level(logging.DEBUG),
        System(connector, transport=httpx.MockTransport(answer), credentials=secrets) as there,
    ):
        there.pull("orders")
    assert "s3cret-consumer_key-77" in sent[0]
    assert "s3cret-" not in caplog.text
    assert "ignature" not in caplog.text

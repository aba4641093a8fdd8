"""Secrets by the doors beside `[auth]`: cookies that a log-in sets, and variables of a traceback."""

from __future__ import annotations

import gzip
import json

import httpx
import pytest
from fakes import Fake, system

from ipaas_discovery import connect
from ipaas_discovery.errors import DiscoveryError
from ipaas_discovery.samples.redaction.redactor import Redactor
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.recording import Recording
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.auth import BearerAuth, NoAuth, RecordedAuth
from ipaas_discovery.systems.connectors.connector import Connector
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http.client import Client
from ipaas_discovery.systems.http.log_ins.token_requests import LOG_IN

KEY = "no-secret-quill-77"


def learned(request, answer):
    secrets = {}
    with Recording(httpx.MockTransport(lambda _: answer), Redactor(), learn=secrets.__setitem__) as recording:
        recording.handle_request(request)
    return secrets


@pytest.mark.parametrize("extensions", [{}, {LOG_IN: True}])
def test_cookies_that_come_and_go_are_learned(extensions):
    request = httpx.Request("GET", "http://x.test/a", headers={"cookie": "a=abcdefg1; b=short1; c=onlyletters"})
    request.extensions = extensions
    answer = httpx.Response(
        200, json=[], headers=[("set-cookie", 'sid="quill77session"; Path=/'), ("set-cookie", "l=en")]
    )
    assert learned(request, answer) == {"cookie a": "abcdefg1", "cookie sid": "quill77session"}


def test_a_cookie_that_the_same_answer_repeats_is_replaced():
    credentials = Credentials("shop")
    redactor = Redactor(secrets=credentials.in_use, key=b"k" * 32)
    body = {"note": "your session is quill77session"}
    answer = httpx.Response(200, json=body, headers={"set-cookie": "sid=quill77session"})
    with Recording(httpx.MockTransport(lambda _: answer), redactor, learn=credentials.learn) as recording:
        came = recording.handle_request(httpx.Request("GET", "http://x.test/a"))
    assert "quill77session" not in json.dumps(json.loads(came.read()))
    assert credentials.in_use() == {"issued cookie sid": "quill77session"}


def frames(error):
    while error is not None:
        trace = error.__traceback__
        while trace is not None:
            yield trace.tb_frame
            trace = trace.tb_next
        error = error.__cause__ or error.__context__


def gone(request):
    raise httpx.ConnectError("gone", request=request)


@pytest.mark.parametrize(
    "answer", [httpx.Response(500, json={}), httpx.Response(403, json={}), gone, httpx.Response(200, content=b"<html>")]
)
def test_no_frame_of_an_error_shows_a_signed_address(answer):
    fake = Fake({"/orders": answer})
    connector = Connector.model_validate(
        {
            "name": "shop",
            "title": "Shop",
            "default_environment": "t",
            "records": "data",
            "environments": {"t": {"base_url": "http://shop.test"}},
            "limits": {"retries": 0},
            "auth": {"kind": "query", "parameters": {"api_key": "{token}"}},
            "collections": {"orders": {"list": "/orders"}},
        }
    )
    with (
        System(connector, transport=fake, credentials={"token": KEY}) as system,
        pytest.raises(DiscoveryError) as caught,
    ):
        list(system.extract("orders"))
    assert KEY in str(fake.requests[0].url)
    shown = [
        repr(value)
        for frame in frames(caught.value)
        for value in frame.f_locals.values()
        if frame.f_code.co_filename != __file__
    ]
    assert shown
    assert not [text for text in shown if KEY in text]


def refusal(auth):
    answer = httpx.MockTransport(lambda _: httpx.Response(403, json={}))
    limits = Connector.model_fields["limits"].default
    with Client("http://x.test", auth, Credentials("shop", {"token": KEY}), limits, transport=answer) as client:
        with pytest.raises(DiscoveryError) as caught:
            client.get("/a")
    return str(caught.value).partition("/a): ")[2]


def test_a_recorded_refusal_blames_no_connector():
    assert refusal(RecordedAuth(names=("token",))) == (
        "it was recorded so: check the credentials (SHOP_TOKEN) and their rights, then pull with `--refresh`."
    )
    assert refusal(RecordedAuth()).startswith("it was recorded so: check the credentials and their rights")
    assert refusal(NoAuth()).startswith("the connector sends no credentials")
    assert refusal(BearerAuth(kind="bearer")) == "check the credentials (SHOP_TOKEN) and the rights of their user."


def test_a_header_names_the_systems_own_host_even_where_it_is_a_number_and_no_other():
    headers = {"link": '<http://192.0.2.7:8443/a?page=2>; rel="next"', "x-from": "198.51.100.4"}
    answer = httpx.Response(200, json=[], headers=headers)
    with Recording(httpx.MockTransport(lambda _: answer), Redactor(key=b"k" * 32)) as recording:
        came = recording.handle_request(httpx.Request("GET", "http://192.0.2.7:8443/a"))
    assert came.headers["link"] == headers["link"]
    assert came.headers["x-from"] != headers["x-from"]


@pytest.mark.parametrize(
    ("address", "path", "secrets"),
    [
        ("https://shop.test/v1", "/{company}/orders", {"company": "shpat_00000000aaaa"}),
        ("https://shop.test/{store_token}/v1", "/orders", {"store_token": "b2-r9-secret"}),
    ],
)
def test_a_secret_in_an_address_is_not_stored_and_the_pull_is_replayed(tmp_path, address, path, secrets):
    scope = "[scope]\ncompany = 'which'\n" if "company" in secrets else ""
    text = f"""
title = "Shop"
default_environment = "t"
[environments.t]
base_url = "{address}"
{scope}
[collections.orders]
list = "{path}"
"""
    file = tmp_path / "shop.toml"
    file.write_text(text)
    answers = AnswerPolicy(folder=tmp_path / "store")

    def answer(request):
        return httpx.Response(200, json=[{"id": 1, "self": str(request.url)}])

    samples = []
    for _ in range(2):
        with connect(file, transport=httpx.MockTransport(answer), credentials=secrets, answers=answers) as shop:
            samples.append(shop.pull("orders"))
            shop.finish()
    assert samples[0].records == samples[1].records
    assert shop.replayed
    stored = [path for path in answers.folder.rglob("*") if path.is_file()]
    texts = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in stored]
    assert len(texts) > 1
    assert not any(value.encode() in text for text in texts for value in secrets.values())


def test_an_interrupt_shows_no_signed_address():
    def stop(request):
        raise KeyboardInterrupt

    fake = Fake({"/orders": stop})
    auth = {"kind": "query", "parameters": {"key": "{token}"}}
    with system(fake, {"orders": {"list": "/orders"}}, auth=auth) as shop, pytest.raises(KeyboardInterrupt) as caught:
        list(shop.extract("orders"))
    ours = [frame for frame in frames(caught.value) if "ipaas_discovery" in frame.f_code.co_filename]
    assert ours
    assert not any("s3cret-token" in repr(value) for frame in ours for value in frame.f_locals.values())

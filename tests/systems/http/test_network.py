"""Connections stay open from one call to the next, however many are in flight, and go through the proxy."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx
import pytest
from fakes import system
from fault_server import body, client, served

from ipaas_discovery.errors import ConfigurationError, UnreachableError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.system import System


def test_as_many_connections_stay_open_as_calls_are_in_flight():
    calls = 24
    together, opened = threading.Barrier(calls, timeout=20), []

    class Paged(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            opened.append(self.client_address)
            super().setup()

        def do_GET(self):
            page = int(parse_qs(self.path.partition("?")[2])["page"][0])
            if 1 < page <= 1 + 3 * calls:
                together.wait()  # every call of a wave waits for the others, so each needs a connection of its own
            body = json.dumps({"data": [{"id": page}][: page <= 1 + 3 * calls], "total": 1 + 3 * calls}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Paged) as server:
        threading.Thread(target=server.serve_forever).start()
        paging = {"kind": "page", "size": "limit", "total": "total"}
        with system({}, {"a": {"list": "/a"}}, records="data", paging=paging, limits={"in_flight": calls}) as fake:
            connector = fake.connector
        with System(connector, base_url=f"http://127.0.0.1:{server.server_port}") as there:
            assert len(there.pull("a", Plan(pages=1 + 3 * calls, size=1))) == 1 + 3 * calls
        server.shutdown()
    assert len(opened) == calls


@pytest.fixture
def proxies(monkeypatch):
    """Sets the proxies that the machine names."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)
    return lambda **named: [monkeypatch.setenv(f"{name}_proxy", value) for name, value in named.items()]


@pytest.mark.parametrize("name", ["http", "all"])
@pytest.mark.parametrize("form", ["http://{}", "{}"])
def test_the_proxy_that_the_machine_names_is_asked(proxies, name, form):
    with served(body(b'[{"id": 1}]')) as (proxy, seen), client("shop.invalid") as there:
        proxies(**{name: form.format(proxy)})
        assert there.get("/orders").body == [{"id": 1}]
    assert seen[0].startswith(b"GET http://shop.invalid/api/orders HTTP/1.1")


def test_a_host_of_this_machine_or_one_without_proxy_is_asked_itself(proxies):
    with served(body(b"[]")) as (host, seen), served(body(b"[]")) as (proxy, asked), client(host) as there:
        proxies(http=f"http://{proxy}", no="shop.invalid")
        there.get("/orders")
        with client("shop.invalid", retries=0) as other, pytest.raises(UnreachableError, match="HTTPS_PROXY"):
            other.get("/orders")
    assert (len(seen), len(asked)) == (1, 0)


def test_a_proxy_that_refuses_is_named(proxies):
    refused = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with served(refused) as (proxy, _), client("shop.invalid", "https", retries=0) as there:
        proxies(https=f"http://ada:s3cret-pass@{proxy}")
        with pytest.raises(UnreachableError) as caught:
            there.get("/orders")
    assert "The proxy does not let through, 407 Proxy Authentication Required" in str(caught.value)
    assert "check HTTPS_PROXY and its user" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("proxy", ["ftp://ada:s3cret-pass@proxy.invalid", "http://ada:s3cret-pass@proxy.invalid:port"])
def test_a_proxy_whose_address_is_none_is_said_without_its_password(proxies, proxy):
    proxies(http=proxy)
    with client("shop.invalid", retries=0) as there, pytest.raises(ConfigurationError) as caught:
        there.get("/orders")
    assert "write HTTPS_PROXY like http://host:port" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_certificates_are_loaded_once_for_all_clients_and_again_where_others_are_named(monkeypatch, tmp_path):
    loaded, load = [], httpx.create_ssl_context
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: loaded.append(1) or load())
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with served(body(b"[]")) as (host, _):
        for _ in range(3):
            with client(host) as there:
                assert there.get("/orders").body == []
        assert len(loaded) == 1
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "other"))
        with client(host) as there:
            there.get("/orders")
    assert len(loaded) == 2

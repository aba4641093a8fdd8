"""Kinto (PyPI): JSON over HTTP, its own OpenAPI document, HTTP Basic, a `Next-Page` header, no total."""

from __future__ import annotations

from base64 import b64encode

import pytest
from live.serving import Workspace, ask, free_port, installed, is_whole, running

from ipaas_discovery import Discovery
from ipaas_discovery.errors import RefusedError

pytestmark = pytest.mark.live
BASIC = "Basic " + b64encode(b"admin:local-only").decode()
BATCH = 25
COUNTS = {"customers": 137, "orders": 312}
SETTINGS = """
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.memory
kinto.cache_backend = kinto.core.cache.memory
kinto.permission_backend = kinto.core.permission.memory
kinto.userid_hmac_secret = local-only
kinto.bucket_create_principals = system.Authenticated
multiauth.policies = basicauth
kinto.paginate_by = 20
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
"""
COLLECTIONS = """
[collections.{name}]
list = "/buckets/shop/collections/{name}/records"
detail = "/buckets/shop/collections/{name}/records/{{id}}"
records = "data"
"""


def ids(name):
    return [f"{name[:3]}-{number:04}" for number in range(COUNTS[name])]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    program, port = installed("kinto", "bin/kinto"), free_port()
    folder = tmp_path_factory.mktemp("kinto")
    (folder / "kinto.ini").write_text(SETTINGS.format(port=port))
    command = [program, "start", "--ini", folder / "kinto.ini", "--port", port]
    with running(command, port, folder / "server.log") as root:
        seed(f"{root}/v1")
        yield f"{root}/v1"


def seed(address):
    """A bucket with two collections, each record under an id of ours."""
    ask(address, "/buckets/shop", {}, method="PUT", Authorization=BASIC)
    for name in COUNTS:
        path = f"/buckets/shop/collections/{name}"
        ask(address, path, {}, method="PUT", Authorization=BASIC)
        puts = [
            {
                "method": "PUT",
                "path": f"{path}/records/{key}",
                "body": {"data": {"number": number, "status": ["open", "paid", "sent"][number % 3]}},
            }
            for number, key in enumerate(ids(name))
        ]
        for start in range(0, len(puts), BATCH):
            ask(address, "/batch", {"requests": puts[start : start + BATCH]}, Authorization=BASIC)


@pytest.fixture(scope="module")
def connected(address, tmp_path_factory):
    """Connected in four steps: new, what the document cannot know, probe, pull."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "kinto.json").write_bytes(ask(address, "/__api__"))
    workspace = Workspace.new(folder / "mine", "--from-openapi", folder / "kinto.json")
    more = "".join(COLLECTIONS.format(name=name) for name in COUNTS)
    workspace.configure(more=more, KINTO_USERNAME="admin", KINTO_PASSWORD="local-only")
    workspace.pair(CUSTOMER="customers", TRANSACTION="orders")
    report = workspace.probe("orders")
    assert not report.sound
    assert '+ next = "header:next-page"' in report.to_text()
    return workspace


@pytest.mark.parametrize("name", COUNTS)
def test_every_record_comes_once(connected, name):
    with connected.open() as system:
        is_whole(system, name, ids(name))
        assert system.probe(name).sound


def test_a_sample_of_everything_is_everything(connected):
    with Discovery.open(connected.settings, stored=False) as discovery:
        sample = discovery.samples("TRANSACTION")[1]
        assert sorted(record["id"] for record in sample.records) == ids("orders")
        assert len(sample.details) > 0
        assert discovery.problems == ()


def test_a_wrong_password_is_one_sentence(connected):
    text = (connected.settings.parent / ".env").read_text()
    (connected.settings.parent / ".env").write_text(text.replace("local-only", "wrong-password"))
    with connected.open() as system, pytest.raises(RefusedError, match="KINTO_PASSWORD"):
        system.pull("orders")
    (connected.settings.parent / ".env").write_text(text)

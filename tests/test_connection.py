"""One system by the name of its connector: the sandbox without any set-up, everything else by configuration."""

from __future__ import annotations

import json

import httpx
import pytest
from fakes import Fake
from workspaces import CATALOG, changed_connector, server

from ipaas_discovery import Shape, connect, declare
from ipaas_discovery.connection import find_connector
from ipaas_discovery.errors import ConfigurationError, DescriptionError, MissingCredentialError, UnknownNameError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.sandbox.serve import serve

ONE = Plan(pages=1, size=5)


@pytest.mark.parametrize(("name", "collection"), [("ipaas", "LOCATION"), ("bigcommerce", "locations")])
def test_the_sandbox_answers_without_any_set_up(name, collection):
    with connect(name) as system:
        assert len(system.pull(collection, ONE)) > 0
        assert system.environment_name == "sandbox"


def test_the_sandbox_never_sees_a_real_secret(monkeypatch):
    for name in ("TOKEN", "EMAIL", "PASSWORD", "COMPANY"):
        monkeypatch.setenv(f"IPAAS_{name}", "real-secret")
    with connect("ipaas") as system:
        assert len(system.pull("LOCATION", ONE)) > 0


def test_another_base_url_reaches_a_server(monkeypatch):
    with serve() as addresses, connect("bigcommerce", base_url=addresses.store) as store:
        assert len(store.pull("locations", ONE)) > 0
        assert store.client.base_url == addresses.store


def test_a_transport_is_asked_instead_of_the_sandbox():
    fake = Fake({"/v3/inventory/locations": {"data": [{"id": 7}]}})
    with connect("bigcommerce", transport=fake) as store:
        assert [record["id"] for record in store.pull("locations", ONE).records] == [7]
    assert fake.requests[0].headers["X-Auth-Token"] == "sandbox-store-token"


def test_going_live_is_configuration_alone(monkeypatch):
    monkeypatch.setenv("BIGCOMMERCE_STORE_HASH", "s7or3")
    monkeypatch.setenv("BIGCOMMERCE_TOKEN", "live-token")
    fake = Fake({"/stores/s7or3/v3/inventory/locations": {"data": [{"id": 7}]}})
    with connect("bigcommerce", environment="production", transport=fake) as store:
        assert len(store.pull("locations", ONE)) == 1
    assert fake.requests[0].headers["X-Auth-Token"] == "live-token"
    assert fake.requests[0].url.host == "api.bigcommerce.com"


def test_credentials_given_by_the_caller_come_first(monkeypatch):
    monkeypatch.setenv("BIGCOMMERCE_TOKEN", "from-environment")
    fake = Fake({"/stores/mine/v3/inventory/locations": {"data": []}})
    given = {"store_hash": "mine", "token": "given"}
    with connect("bigcommerce", environment="production", credentials=given, transport=fake) as store:
        store.pull("locations", ONE)
    assert fake.requests[0].headers["X-Auth-Token"] == "given"


def test_an_api_key_of_the_platform_replaces_the_log_in(monkeypatch):
    monkeypatch.setenv("IPAAS_TOKEN", "key-of-the-platform")
    fake = Fake({"/products/v2/Catalog/Locations": []})
    with connect("ipaas", environment="production", transport=fake) as platform:
        platform.pull("LOCATION", ONE)
    assert [request.headers["Authorization"] for request in fake.requests] == ["Bearer key-of-the-platform"]


def test_a_connector_file_is_relative_to_the_root(tmp_path):
    (tmp_path / "data").mkdir()
    changed_connector(tmp_path, "bigcommerce", 'title = "BigCommerce"\nversion', 'title = "Mine"\nversion')
    with connect("bigcommerce.toml", root=tmp_path / "data") as store:
        assert store.connector.title == "Mine"


def test_an_api_description_serves_as_connector_and_declares_its_own_schemas(tmp_path):
    record = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    answer = {"content": {"application/json": {"schema": {"type": "array", "items": record}}}, "description": ""}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Tiny", "version": "1"},
        "paths": {"/orders": {"get": {"responses": {"200": answer}}}},
    }
    (tmp_path / "tiny.json").write_text(json.dumps(document))
    with server(200, "application/json", [{"id": 1}, {"id": 2}]) as port:
        with connect("tiny.json", root=tmp_path, base_url=f"http://127.0.0.1:{port}") as tiny:
            assert len(tiny.pull("orders")) == 2
            assert tiny.description.title == "Tiny"
    with connect("tiny.json", root=tmp_path) as tiny:  # nobody says where it is: what it declares is there all the same
        assert (tiny.collections(), tiny.address, tiny.replayed) == (("orders",), "", False)
        assert [field.path for field in declare(tiny.description, "orders", Shape.RETURNED).fields] == ["id"]
        with pytest.raises(MissingCredentialError, match="set TINY_BASE_URL"):
            tiny.pull("orders")


def test_a_system_whose_address_nobody_gives_is_connected_and_says_so_when_it_is_asked():
    with connect("bigcommerce", environment="production") as store:
        assert "orders" in store.collections()
        assert store.address == ""
        with pytest.raises(MissingCredentialError, match="set BIGCOMMERCE_STORE_HASH"):
            store.pull("orders")


@pytest.mark.parametrize(
    ("name", "options", "error", "said"),
    [
        ("bigcomerce", {}, UnknownNameError, "Unknown connector 'bigcomerce'.*did you mean 'bigcommerce'"),
        ("nowhere.toml", {}, ConfigurationError, "no such file .*nowhere.toml"),
        ("nowhere.yaml", {}, DescriptionError, "no such API description"),
        ("ipaas", {"environment": "stagin"}, UnknownNameError, "Unknown environment 'stagin'.*did you mean 'staging'"),
        ("bigcommerce", {"base_url": "shop.example.test"}, ConfigurationError, "no web address .*https://host/path"),
    ],
)
def test_what_cannot_be_connected_says_why(name, options, error, said, tmp_path):
    with pytest.raises(error, match=said.replace(" .*", "(?s:.*)")):
        connect(name, root=tmp_path if "." in name else None, **options)


def test_a_sandbox_side_that_does_not_exist_names_those_that_do(tmp_path):
    (tmp_path / "data").mkdir()
    changed_connector(tmp_path, "bigcommerce", "sandbox://store", "sandbox://shop")
    with pytest.raises(ConfigurationError, match=r"There is no sandbox 'shop' .*write one of \['ipaas', 'store'\]"):
        connect("bigcommerce.toml", root=tmp_path / "data")


def test_every_connector_of_the_catalogue_is_found():
    for path in sorted(CATALOG.glob("*.toml")):
        assert find_connector(path.stem).name == path.stem


def test_pages_are_told_as_they_come():
    told = []
    with connect("bigcommerce", on_page=lambda *each: told.append(each)) as store:
        sample = store.pull("locations", ONE)
    assert told == [("locations", len(sample))]


def test_a_closed_system_gives_its_connections_back():
    store = connect("bigcommerce")
    store.close()
    with pytest.raises((RuntimeError, httpx.HTTPError)):
        store.pull("locations", ONE)

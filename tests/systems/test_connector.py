import pytest

from ipaas_discovery.errors import ConfigurationError, MissingCredentialError, UnknownNameError
from ipaas_discovery.systems.connector import catalogue, load_connector
from ipaas_discovery.systems.credentials import Credentials

GOOD = """
title = "Shop"
default_environment = "live"
[environments.live]
base_url = "https://shop.example.test/{shop}"
[auth]
kind = "bearer"
[paging]
kind = "page"
[collections.orders]
list = "/orders"
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "shop.toml"
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize("name", catalogue())
def test_every_shipped_connector_loads_and_its_sandbox_secrets_are_the_only_ones(name):
    connector = load_connector(name)
    assert connector.name == name
    assert connector.collections
    for environment in connector.environments.values():
        assert environment.sandbox or not environment.credentials


def test_a_connector_file_is_named_after_its_file(write):
    assert load_connector(write(GOOD)).name == "shop"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[auth]", "[auht]"), "Unknown key 'auht' (shop.toml): did you mean 'auth'?"),
        (('kind = "page"', 'kind = "page"\npaeg = "p"'), "did you mean 'page'?"),
        (('kind = "page"', 'kind = "pages"'), "`paging` is wrong"),
        (('list = "/orders"', 'lsit = "/orders"'), "did you mean 'list'?"),
        (('list = "/orders"', ""), "say exactly one of `list`, `embedded`, `link`"),
        (('list = "/orders"', 'embedded = "lines"'), "needs the `parent`"),
        (('list = "/orders"', 'list = "/orders"\nparent = "order"'), "the parent 'order' of 'orders' is no collection"),
        (('list = "/orders"', 'list = "/orders"\ncreate = "GET /orders"'), "`collections.orders.create"),
        (('"live"', '"life"'), "`default_environment` is none of ['live']"),
        (('"https://shop.example.test/{shop}"', '"https://x.test"\ncredentials = { token = "t" }'), "keyring"),
        (('title = "Shop"', "title = Shop"), "not valid TOML"),
    ],
)
def test_a_mistake_in_a_connector_is_named_with_its_place(write, change, said):
    assert change[0] in GOOD
    with pytest.raises(ConfigurationError) as caught:
        load_connector(write(GOOD.replace(*change, 1)))
    assert said in str(caught.value)
    assert "shop.toml" in str(caught.value)


def test_a_name_outside_the_catalogue_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'bigcommerce'"):
        load_connector("bigcomerce")


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(ConfigurationError, match="no such file"):
        load_connector(tmp_path / "nothing.toml")


def test_secrets_come_from_the_caller_then_the_environment_then_the_file(tmp_path, monkeypatch):
    env_file = tmp_path / ".env"
    env_file.write_text("SHOP_TOKEN=from-file\nSHOP_OTHER=from-file\n")
    monkeypatch.setenv("SHOP_TOKEN", "from-environment")
    assert Credentials("shop", {"token": "given"}, env_file=env_file).get("token") == "given"
    secrets = Credentials("shop", env_file=env_file)
    assert (secrets.get("token"), secrets.get("other")) == ("from-environment", "from-file")
    assert "from" not in repr(secrets)


def test_a_secret_from_the_keyring(monkeypatch):
    monkeypatch.setattr("keyring.get_password", lambda service, name: f"{service}/{name}")
    assert Credentials("shop").get("token") == "ipaas-discovery/SHOP_TOKEN"


def test_a_missing_secret_names_every_place_it_could_be_in():
    with pytest.raises(MissingCredentialError) as caught:
        Credentials("shop").get("token")
    assert "set SHOP_TOKEN in the environment or in a .env file" in str(caught.value)


def test_a_sandbox_never_sees_a_real_secret(monkeypatch):
    monkeypatch.setenv("SHOP_TOKEN", "real")
    assert Credentials("shop", sealed=True).find("token") is None


def test_every_used_secret_is_scrubbed_longest_first():
    secrets = Credentials("shop", {"a": "abc", "b": "abcdef"})
    assert secrets.scrub("x abcdef y abc") == "x ••• y •••"

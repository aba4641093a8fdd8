"""Secrets: the order in which they are looked up, who is asked for them, and that no text shows one."""

from __future__ import annotations

import getpass
import sys
from types import SimpleNamespace

import keyring
import pytest
from keyring.errors import KeyringError

from ipaas_discovery.errors import ConfigurationError, MissingCredentialError
from ipaas_discovery.systems.connectors.credentials import SHORTEST, Credentials, ways_to_write

GIVEN = {"token": "given"}


@pytest.fixture(autouse=True)
def ring(monkeypatch):
    """A keyring of its own, and nobody at the prompt."""
    kept = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: kept.get((service, name)))
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.delenv("SHOP_TOKEN", raising=False)
    return kept


@pytest.fixture
def env_file(tmp_path):
    path = tmp_path / ".env"
    path.write_text("SHOP_TOKEN=filed\nSHOP_OTHER=else\nSHOP_NO=\nSHOPS_TOKEN=another\nSHOP_AB=ab\n", encoding="utf-8")
    return path


def asked(monkeypatch, *answers, live=True):
    """Answer prompts on a terminal, and list their texts."""
    prompts, left = [], list(answers)

    def answer(prompt):
        prompts.append(prompt)
        reply = left.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        return reply

    monkeypatch.setattr(getpass, "getpass", answer)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: live))
    return prompts


def test_the_nearest_source_wins(monkeypatch, env_file, ring):
    ring["ipaas-discovery", "SHOP_TOKEN"] = "ringed"
    assert Credentials("shop").get("token") == "ringed"
    assert Credentials("shop", env_file=env_file).get("token") == "filed"
    monkeypatch.setenv("SHOP_TOKEN", "from outside")
    assert Credentials("shop", env_file=env_file).get("token") == "from outside"
    assert Credentials("shop", GIVEN, env_file=env_file).get("token") == "given"


def test_sealed_only_what_is_given_counts(monkeypatch, env_file, ring):
    ring["ipaas-discovery", "SHOP_TOKEN"] = "ringed"
    monkeypatch.setenv("SHOP_TOKEN", "from outside")
    prompts = asked(monkeypatch, "typed")
    sealed = Credentials("shop", {"key": "given"}, env_file=env_file, sealed=True)
    assert (sealed.find("token"), sealed.find("key")) == (None, "given")
    with pytest.raises(MissingCredentialError):
        sealed.get("token")
    assert (prompts, sealed.values()) == ([], ("given",))


def test_a_variable_is_written_in_capitals_of_words():
    assert Credentials("my-shop 2").variable("api_key") == "MY_SHOP_2_API_KEY"


def test_who_has_no_secret_is_told_where_to_put_it(tmp_path):
    with pytest.raises(MissingCredentialError) as caught:
        Credentials("shop", env_file=tmp_path / "none.env").get("api_key")
    assert "No api key for shop" in str(caught.value)
    assert "none.env" in str(caught.value)
    assert "SHOP_API_KEY" in str(caught.value)
    assert Credentials("shop").env_file == ".env"


def test_a_keyring_that_is_none_is_no_source(monkeypatch):
    def fails(service, name):
        raise KeyringError

    monkeypatch.setattr(keyring, "get_password", fails)
    assert Credentials("shop").find("token") is None


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / ".env").write_bytes(b"SHOP_TOKEN=\xff")
    with pytest.raises(ConfigurationError, match="The file cannot be read"):
        Credentials("shop", env_file=tmp_path / ".env").find("token")


def test_somebody_at_a_terminal_is_asked_once(monkeypatch):
    prompts = asked(monkeypatch, "typed")
    secrets = Credentials("shop")
    assert (secrets.get("api_key"), secrets.get("api_key"), prompts) == ("typed", "typed", ["shop api key: "])


@pytest.mark.parametrize("answer", ["", EOFError(), NotImplementedError()])
def test_who_leaves_it_out_is_asked_no_more(monkeypatch, answer):
    prompts = asked(monkeypatch, answer)
    secrets = Credentials("shop")
    assert secrets.missing(["token", "key", "token"]) == ("token", "key")
    assert secrets.missing(["token"]) == ("token",)
    assert len(prompts) == 1


def test_nobody_is_asked_where_nobody_sits(monkeypatch):
    prompts = asked(monkeypatch, "typed", live=False)
    assert (Credentials("shop").missing(["token"]), prompts) == (("token",), [])


def test_what_is_missing_is_what_no_place_has(env_file):
    assert Credentials("shop", {"key": "given"}, env_file=env_file).missing(["key", "token", "more"]) == ("more",)


def test_a_text_of_secrets_shows_their_names_alone():
    assert repr(Credentials("shop", {"token": "abc", "key": "def"})) == "Credentials('shop': key, token)"
    assert repr(Credentials("shop")) == "Credentials('shop': none used yet)"


@pytest.mark.parametrize(
    ("values", "shown", "text", "scrubbed"),
    [
        ({"token": "abc"}, (), "x abc y abc", "x ••• y •••"),
        ({"token": "ab"}, (), "x ab", "x ab"),
        ({"host": "abc"}, ("host",), "x abc", "x abc"),
        ({"token": "a/b c"}, (), "a%2Fb%20c a/b+c a%2Fb+c a/b c", "••• ••• ••• •••"),
        ({"token": "abc", "key": "abcd"}, (), "abcd", "•••"),
        ({"token": 'a"b<c'}, (), 'a\\"b<c a&quot;b&lt;c', "••• •••"),
    ],
)
def test_a_text_is_scrubbed_of_every_spelling(values, shown, text, scrubbed):
    assert Credentials("shop", values, shown=shown).scrub(text) == scrubbed


def test_what_is_learned_is_a_secret_too():
    secrets = Credentials("shop", GIVEN)
    secrets.learn("token", "issued")
    assert secrets.in_use() == {"token": "given", "issued token": "issued"}
    assert secrets.scrub("given issued") == "••• •••"


def test_every_secret_that_is_known_is_listed_once(env_file):
    secrets = Credentials("shop", {"token": "given", "again": "given", "host": "shown", "x": "y" * (SHORTEST - 1)},
                          env_file=env_file, shown=("host",))  # fmt: skip
    assert secrets.values() == ("given", "filed", "else")
    assert Credentials("shop", env_file=env_file, shown=("token",)).values() == ("else",)


def test_the_variables_of_what_was_needed_are_sorted(env_file):
    secrets = Credentials("shop", env_file=env_file)
    secrets.find("ab")
    assert (secrets.get("token"), secrets.get("other"), secrets.variables) == (
        "filed", "else", ("SHOP_OTHER", "SHOP_TOKEN"),
    )  # fmt: skip


def test_a_value_is_spelled_as_addresses_and_json_write_it():
    assert ways_to_write("é b") == {"é b", "%C3%A9%20b", "%C3%A9+b", "é+b", "\\u00e9 b"}

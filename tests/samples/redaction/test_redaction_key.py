"""The key of the pseudonyms is found where it lasts, and never where the data is."""

from __future__ import annotations

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from ipaas_discovery.samples.redaction.pseudonyms.redaction_key import lasting_key, redaction_key


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


class NoRing(Ring):
    def get_password(self, service, username):
        raise NoKeyringError("none here")


@pytest.fixture
def ring(monkeypatch):
    monkeypatch.delenv("IPAAS_DISCOVERY_KEY")
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_the_keyring_keeps_a_key_that_is_made_once(ring):
    first = redaction_key()
    assert ring.kept == {("ipaas-discovery", "redaction-key"): first.decode()}
    assert redaction_key() == lasting_key() == first
    assert len(first) == 64


def test_the_environment_comes_first(ring, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "given")
    assert redaction_key() == b"given"
    assert not ring.kept


def test_without_a_place_that_keeps_it_the_key_lasts_for_this_process(ring):
    keyring.set_keyring(NoRing())
    assert lasting_key() is None
    assert redaction_key() == redaction_key()
    assert len(redaction_key()) == 32

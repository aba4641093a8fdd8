"""Fixtures every test may use; no test sees the machine's own secrets or reaches the network."""

from __future__ import annotations

import json
import os
import signal
import socket

import pytest
from browser import launch
from hypothesis import settings

from ipaas_discovery.caching.value_file import ValueFile

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as under nohup, and every child would ignore it too
    signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("untimed", deadline=None)
settings.register_profile("same inputs", deadline=None, derandomize=True, database=None)
# What lands is judged on the same inputs each time; by hand, each run draws others.
settings.load_profile("same inputs" if "CI" in os.environ else "untimed")
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def no_secrets_of_this_machine(monkeypatch):
    for name in ("IPAAS", "BIGCOMMERCE", "OSCAR"):
        for secret in ("TOKEN", "EMAIL", "PASSWORD", "COMPANY", "USERNAME", "STORE_HASH"):
            monkeypatch.delenv(f"{name}_{secret}", raising=False)
    monkeypatch.setenv("IPAAS_DISCOVERY_BY", "A. Tester")  # as git may know nobody here
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")  # as no keyring here keeps one
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


WRITE = ValueFile.write
"""Writes a file of values, as it does outside tests."""


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_kept():
    """Every test computes what it looks at: no Discovery keeps what it computed, unless a test wants it to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ValueFile, "write", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def kept():
    """What is computed is kept, as it is for everybody else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ValueFile, "write", WRITE)
        yield


@pytest.fixture(autouse=True)
def quick_retries(monkeypatch):
    """A fault that stays is tried again many times, and nobody waits long for it."""
    monkeypatch.setattr("ipaas_discovery.systems.http.retries.LONGEST_BACKOFF", 0.01)
    monkeypatch.setattr("ipaas_discovery.systems.http.retries.RetryPolicy.own_time", 0.1)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Every connection that leaves this machine fails the test that makes it."""
    connect = socket.socket.connect

    def only_loopback(self, address):
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            pytest.fail(f"this test reaches out to {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_loopback)


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once for all tests that look through it."""
    with launch() as chromium:
        yield chromium


@pytest.fixture
def saved(tmp_path):
    """Writes a file, JSON if it is no text, and gives its path."""

    def save(content, name="shop.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8", newline="")
        return path

    return save

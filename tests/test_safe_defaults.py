"""The innermost default is the safe one: a system, its route and its store redact unless raw is said aloud."""

from __future__ import annotations

import pytest
from fakes import Fake

from ipaas_discovery import connect
from ipaas_discovery.errors import SourceError
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.samples.storage.recording import Recording
from ipaas_discovery.samples.storage.route import open_route
from ipaas_discovery.samples.storage.store import Store
from ipaas_discovery.samples.storage.store_index import About
from ipaas_discovery.system import System
from ipaas_discovery.systems.connectors.connector import connector_of
from ipaas_discovery.systems.connectors.credentials import Credentials
from ipaas_discovery.systems.http import Request

PERSON = {"id": 1, "email": "ann.smith@shop.example", "first_name": "Ann", "phone": "+49 30 901820"}
CONNECTOR = """
title = "Shop"
default_environment = "live"
[environments.live]
base_url = "http://shop.test"
[collections.people]
list = "/people"
"""
RAW = AnswerPolicy(raw=True)


@pytest.fixture
def shop():
    return Fake({"/people": [PERSON]})


@pytest.fixture
def connector():
    return connector_of(CONNECTOR, "shop")


def is_clear(record):
    return [name for name in ("email", "first_name", "phone") if PERSON[name] in str(record)]


def get(transport):
    return transport.handle_request(Request("GET", "http://shop.test/people")).read().decode()


def test_a_system_redacts_unless_raw_is_said_aloud(shop, connector):
    with System(connector, transport=shop) as safe, System(connector, transport=shop, answers=RAW) as raw:
        assert not is_clear(safe.pull("people").records)
        assert is_clear(raw.pull("people").records)
        assert not safe.replayed, "without a store, the network answers"


def test_connect_adds_nothing_to_the_safety_of_a_system(shop, tmp_path):
    file = tmp_path / "shop.toml"
    file.write_text(CONNECTOR)
    with connect(file, transport=shop) as safe, connect(file, transport=shop, answers=RAW) as raw:
        assert not is_clear(safe.pull("people").records)
        assert is_clear(raw.pull("people").records)


@pytest.mark.parametrize("folder", [None, "store"])
def test_a_route_redacts_unless_raw_is_said_aloud(shop, connector, tmp_path, folder):
    def route(**policy):
        answers = AnswerPolicy(folder and tmp_path / f"{folder}{len(policy)}", **policy) if folder or policy else None
        secrets = Credentials("shop", sealed=True)
        return open_route(connector, "live", "http://shop.test", secrets, transport=shop, answers=answers)

    assert not is_clear(get(route().transport))
    assert is_clear(get(route(raw=True).transport))


@pytest.mark.parametrize("resumed", [False, True])
def test_a_store_redacts_unless_raw_is_said_aloud(shop, tmp_path, resumed):
    for _ in range(1 + resumed):
        safe = Store(tmp_path / "safe", About("shop", "1", "live"))
        assert not is_clear(get(safe.recording(shop)))
    raw = Store(tmp_path / "raw", About("shop", "1", "live", redacted=False))
    assert is_clear(get(raw.recording(shop, raw=True)))


def test_a_recording_redacts_unless_raw_is_said_aloud(shop):
    assert not is_clear(get(Recording(shop)))
    assert is_clear(get(Recording(shop, raw=True)))


@pytest.mark.parametrize("redacted", [True, False])
def test_a_store_of_one_kind_takes_no_records_of_the_other(shop, tmp_path, redacted):
    store = Store(tmp_path, About("shop", "1", "live", redacted=redacted))
    with pytest.raises(SourceError, match="takes no others"):
        store.recording(shop, raw=redacted)

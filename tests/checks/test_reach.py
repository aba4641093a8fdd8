"""Before a long pull: the log-in, one record of each collection, and what the first answers correct."""

from __future__ import annotations

import pytest
from test_days import SECRETS
from workspaces import changed_connector, run, snapshot, write_live, write_settings

from ipaas_discovery.sandbox.serve import serve

PAIRS = {"CUSTOMER": "customers", "LOCATION": "locations"}


def test_both_systems_are_reached_in_a_sentence_each(tmp_path):
    settings = write_settings(tmp_path)
    before = snapshot(tmp_path)
    done = run("check", "--reach", "-s", settings)
    assert (done.status, done.err) == (0, "")
    assert "iPaaS.com sandbox: the log-in works; CUSTOMER and LOCATION can be read." in done.out
    assert "the log-in works; customers and locations can be read." in done.out
    assert done.out.endswith("Reach: 2 passed.\n")
    assert snapshot(tmp_path) == before


def test_a_collection_that_cannot_be_read_is_named_with_the_others(tmp_path):
    settings = write_settings(tmp_path, third_party="bigcommerce.toml")
    changed_connector(tmp_path, "bigcommerce", 'list = "/v3/inventory/locations"', 'list = "/v3/nowhere"')
    done = run("check", "--reach", "-s", settings)
    assert done.status == 1
    assert "customers can be read; locations: The system answered 404" in done.out


@pytest.fixture
def live(tmp_path, monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with serve() as addresses:
        yield write_live(tmp_path, PAIRS, addresses.ipaas, addresses.store)


def test_a_first_contact_proves_the_paging_and_stores_nothing(live, tmp_path):
    done = run("check", "--reach", "-s", live)
    assert "it pages as its connector says" in done.out
    assert not (tmp_path / "data" / "store").exists() or not [*(tmp_path / "data" / "store").glob("*/*/index.jsonl")]


def test_a_system_that_was_pulled_before_is_not_proved_again(live):
    assert run("pull", "--refresh", "-s", live).status == 0
    done = run("check", "--reach", "-s", live)
    assert (done.status, "it pages" in done.out) == (0, False)
    assert done.out.endswith("Reach: 2 passed.\n")


def test_a_wrong_secret_is_one_sentence(live, monkeypatch):
    monkeypatch.setenv("BIGCOMMERCE_TOKEN", "wrong-token")
    done = run("check", "--reach", "-s", live)
    assert done.status == 1
    assert "401" in done.out
    assert "wrong-token" not in done.out + done.err

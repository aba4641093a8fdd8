"""The report for others: written by `share` and `discover`, and stopped at the first secret or unredacted value."""

from __future__ import annotations

import json

import pytest
from workspaces import run, snapshot, write_settings

from ipaas_discovery import Discovery
from ipaas_discovery.errors import UnsafeExportError
from ipaas_discovery.sharing.shared_report import shared_report

SECRET = "quill-77-no-secret"


@pytest.fixture
def settings(tmp_path):
    return write_settings(tmp_path)


def written(settings, why, **word):
    with Discovery.open(settings) as discovery:
        discovery.worksheet.decide("CUSTOMER", "to", why=why, **word)
        discovery.worksheet.save()
        return discovery


def test_share_writes_the_page_and_its_summary_and_nothing_else(settings, tmp_path):
    done = run("share", "-s", settings, "--out", tmp_path / "for-them")
    assert (done.status, done.err) == (0, "")
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "for-them").iterdir()}
    assert set(files) == {"report.html", "report.md"}
    assert "What we need from you" in files["report.html"]
    assert "## What we need from you" in files["report.md"]
    assert "Decide 2 directions" in files["report.md"]
    assert done.out.count("Wrote ") == 2
    again = run("share", "-s", settings)
    assert again.status == 0
    assert (settings.parent / "out" / "report.html").read_text(encoding="utf-8") == files["report.html"]


def test_a_folder_that_cannot_be_made_is_told(settings, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("share", "-s", settings, "--out", tmp_path / "file" / "out")
    assert done.status == 1
    assert "Cannot make the folder" in done.err


@pytest.mark.parametrize("why", ["ask ada@lovelace.org", "password=hunter2hunter2", "call +49 30 1234567"])
def test_a_reason_with_a_value_in_it_stops_both_commands(settings, why):
    written(settings, why, by="Ada")
    before = snapshot(settings.parent)
    done = run("share", "-s", settings)
    assert done.status == 1
    assert "worksheet, CUSTOMER ↔ customers, decision" in done.err
    assert why.split()[-1] not in done.err + done.out
    assert snapshot(settings.parent) == before
    done = run("discover", "-s", settings)
    assert done.status == 1
    assert "worksheet, CUSTOMER ↔ customers, decision" in done.err
    assert not (settings.parent / "out" / "report.html").exists()
    assert (settings.parent / "out" / "worksheet.xlsx").exists()


def test_the_name_of_who_decides_is_no_value(settings):
    written(settings, "it is so", by="ada@lovelace.org")
    with Discovery.open(settings) as discovery, pytest.raises(UnsafeExportError, match="What is decided, row CUSTOMER"):
        shared_report(discovery)
    settings.write_text(settings.read_text() + '[share]\nallow = ["ada@lovelace.org"]\n')
    with Discovery.open(settings) as discovery:
        assert "ada@lovelace.org" in shared_report(discovery).page


def test_what_the_settings_allow_is_shared(settings):
    written(settings, "ask sales@shop.org", by="Ada")
    settings.write_text(settings.read_text() + '[share]\nallow = ["sales@shop.org"]\n')
    assert run("share", "-s", settings).status == 0


def test_a_pull_without_redaction_is_not_shared(settings):
    with Discovery.open(settings, raw=True) as discovery, pytest.raises(UnsafeExportError, match="not redacted"):
        shared_report(discovery)


def test_a_secret_of_the_env_file_stops_it_before_it_was_ever_used(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "shop.toml").write_text(
        'title = "Shop"\ndefault_environment = "t"\n[environments.t]\nbase_url = "http://127.0.0.1:9"\n'
        '[auth]\nkind = "bearer"\n'
        'token = "{token}"\n[collections.customers]\nfile = "customers.json"\n'
    )
    (tmp_path / "data" / "customers.json").write_text(json.dumps([{"id": n} for n in range(9)]))
    settings = write_settings(tmp_path, {"CUSTOMER": "customers"}, third_party="shop.toml")
    (tmp_path / "data" / ".env").write_text(f"SHOP_TOKEN={SECRET}\nOTHER_TOKEN=of-somebody-else\n")
    with Discovery.open(settings) as discovery:
        assert SECRET in discovery.secrets
        assert "of-somebody-else" not in discovery.secrets
    written(settings, f"the token is {SECRET}", by="Ada")
    with Discovery.open(settings) as discovery, pytest.raises(UnsafeExportError, match="A secret stands") as caught:
        shared_report(discovery)
    assert SECRET not in str(caught.value)


def test_todo_lists_what_is_open_and_how_to_say_it(settings):
    done = run("todo", "-s", settings)
    assert done.status == 0
    assert done.out.startswith("Open: ")
    assert "ipaas-discovery decide LOCATION" in done.out
    plain = json.loads(run("todo", "-s", settings, "--json").out)
    assert plain["counts"]["undecided"] == 2

"""What real systems answered is recorded once, redacted, and answers from then on, without them and the same."""

from __future__ import annotations

import json
import logging

import nbformat
import pytest
from test_secrets import readable
from workspaces import run, snapshot, write_live

from ipaas_discovery import Discovery
from ipaas_discovery.errors import FetchError
from ipaas_discovery.sandbox.platform_app import COMPANY, EMAIL, PASSWORD
from ipaas_discovery.sandbox.sandbox_records import load
from ipaas_discovery.sandbox.serve import serve
from ipaas_discovery.sandbox.store_app import TOKEN

PAIRS = {
    "CUSTOMER": "customers",
    "LOCATION": "locations",
    "GIFT_CARD": "gift_certificates",
    "TRANSACTION": "orders",
    "TRANSACTION_LINE": "order_products",
    "TRANSACTION_ADDRESS": "order_shipping_addresses",
}
WORKSHEETS = ("data/worksheet.yaml", "data/out/worksheet.md", "data/out/worksheet.json", "data/out/report.html")
CELL = """\
from ipaas_discovery import Discovery
discovery = Discovery.open(SETTINGS).pull()
display(discovery.samples("Customers")[1], discovery.samples("Customers")[0], discovery.records("Customers"))
"""


SECRETS = {
    "BIGCOMMERCE_TOKEN": TOKEN, "IPAAS_EMAIL": EMAIL, "IPAAS_PASSWORD": PASSWORD, "IPAAS_COMPANY": COMPANY,
    "IPAAS_DISCOVERY_KEY": "a key for tests",
}  # fmt: skip


@pytest.fixture
def live(tmp_path, monkeypatch):
    """A workspace of two servers, and the secrets to read them."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with serve() as addresses:
        yield write_live(tmp_path, PAIRS, addresses.ipaas, addresses.store)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A workspace whose servers were read once and are gone, secrets too; gives its settings and what it printed."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "notebooks").mkdir()
    cells = [
        nbformat.v4.new_code_cell('SETTINGS = "../data/discovery.toml"', metadata={"tags": ["parameters"]}, id="a"),
        nbformat.v4.new_code_cell(CELL, id="b"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "all.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        with serve() as addresses:
            settings = write_live(folder, PAIRS, addresses.ipaas, addresses.store)
            done = run("discover", "-s", settings)
    assert (done.status, done.err) == (0, "")
    return settings, done


def generations(settings, system="bigcommerce-live"):
    folder = settings.parent / "store" / system
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def personal():
    """Values of people in both systems' records that can come from nowhere else."""
    found = set()

    def walk(value):
        if isinstance(value, list):
            for each in value:
                walk(each)
        if isinstance(value, dict):
            for key, each in value.items():
                walk(each)
                named = key in {"email", "email_address", "phone", "phone_number", "street_1", "address1", "to_email"}
                if named and isinstance(each, str) and len(each) > 7:
                    found.add(each)
            first, last = value.get("first_name"), value.get("last_name")
            if first and last:
                found.add(f"{first} {last}")

    for side, name in (("store", "customers"), ("store", "orders"), ("ipaas", "CUSTOMER"), ("ipaas", "TRANSACTION")):
        walk(load(side, name))
    return found


def test_a_second_run_without_the_systems_and_without_secrets_gives_the_same_bytes(recorded):
    settings, first = recorded
    folder = settings.parent.parent
    before = snapshot(folder)
    again = run("discover", "-s", settings)
    assert (again.status, again.err) == (0, "")
    assert again.out == first.out
    after = snapshot(folder)
    for name in WORKSHEETS:
        assert after[name] == before[name]
    assert after == before


def test_no_token_and_no_person_is_in_the_store_the_outputs_the_notebooks_or_the_log(recorded, caplog):
    settings, done = recorded
    folder = settings.parent.parent
    caplog.set_level(logging.DEBUG)
    run("pull", "Customers", "-s", settings)
    texts = {name: readable(name, content).decode(errors="replace") for name, content in snapshot(folder).items()}
    del texts["data/bigcommerce.toml"], texts["data/ipaas.toml"]  # they name the sandbox's own token
    texts |= {"printed": done.out + done.err, "logged": caplog.text}
    people = personal()
    assert len(people) > 300
    for name, text in texts.items():
        assert not [secret for secret in (TOKEN, PASSWORD, EMAIL, "a key for tests") if secret in text], name
        leaked = [each for each in people if each in text or json.dumps(each)[1:-1] in text]
        assert not leaked, (name, leaked[:5])
    assert "access_token" not in "".join(text for name, text in texts.items() if "/store/" in name)


def test_what_joined_before_joins_after(recorded):
    settings, _ = recorded
    with Discovery.open(settings) as discovery:
        ours, theirs = discovery.samples("Customers")
        assert len(discovery.records("Customers")) > 0
        emails = [record["email"] for record in theirs.records]
        assert all(each.endswith(".test") and "@" in each for each in emails)
        assert ours.taken == theirs.taken == "2026-11-02"
        assert discovery.third_party.replayed


def test_what_was_not_asked_before_is_named_with_what_to_do(recorded):
    settings, _ = recorded
    with Discovery.open(settings) as discovery, pytest.raises(FetchError) as caught:
        discovery.third_party.pull("categories")
    assert "The store has no answer to this request (GET /v3/catalog/categories?limit=20" in str(caught.value)
    assert "run `ipaas-discovery pull --refresh`" in str(caught.value)


def test_refresh_asks_again_and_keeps_the_earlier_pull(live):
    run("pull", "Customers", "-s", live)
    assert generations(live) == ["2026-11-02"]
    done = run("pull", "--refresh", "-s", live)
    assert done.status == 0, done.err
    assert ", customers: " in done.out
    assert generations(live) == ["2026-11-02", "2026-11-02.2"]
    assert (live.parent / "store" / "bigcommerce-live" / "latest").read_text() == "2026-11-02.2\n"


def test_pull_without_a_collection_is_wrong_use_unless_it_refreshes(live):
    done = run("pull", "-s", live)
    assert done.status == 2
    assert "Missing argument 'COLLECTION'" in done.err


def test_raw_is_said_and_stores_records_as_they_are(live):
    done = run("pull", "Customers", "--raw", "-s", live)
    assert done.status == 0
    assert "Note: Records are shown and stored as the system returns them" in done.err
    with Discovery.open(live) as discovery:
        emails = {record["email"] for record in discovery.samples("Customers")[1].records}
        assert emails <= {record["email"] for record in load("store", "customers")}
        assert any("as the system returns them" in note for note in discovery.notes)


def test_a_key_of_this_run_alone_is_said(live, monkeypatch):
    monkeypatch.delenv("IPAAS_DISCOVERY_KEY")
    done = run("pull", "Customers", "-s", live)
    assert done.status == 0
    assert "Note: Pseudonyms of personal data hold for this run only" in done.err
    assert run("pull", "Customers", "-s", live).err == ""


def test_the_analyst_narrows_and_widens(live):
    with live.open("a") as file:
        file.write(
            '[redact]\nkeep = ["customers.first_name", "customers.addresses"]\nhide = ["customers.notes", "*.id"]\n'
        )
    with Discovery.open(live) as discovery:
        records = {record["email"]: record for record in discovery.samples("Customers")[1].records}
        assert len(discovery.samples("Lines")[1]) > 0  # asked for by the orders' ids, which stay
    real = load("store", "customers")
    assert {record["first_name"] for record in records.values()} <= {record["first_name"] for record in real}
    assert not {record["last_name"] for record in records.values()} & {record["last_name"] for record in real}


def test_a_rule_for_a_collection_that_does_not_exist_names_the_nearest(live):
    with live.open("a") as file:
        file.write('[redact]\nkeep = ["custmers.first_name"]\n')
    done = run("pull", "Customers", "-s", live)
    assert done.status == 2
    assert "did you mean 'customers'?" in done.err


def test_a_probe_asks_the_system_and_stores_nothing(live):
    done = run("probe", "third-party", "locations", "-s", live)
    assert done.status == 0, done.err
    assert not (live.parent / "store").exists()

"""Medusa (npm, on Debian's PostgreSQL): a whole commerce server, by the catalogue's connector alone.

`MEDUSA` names the script that brings it up and down: `medusa.sh up FOLDER PORT`, `medusa.sh down FOLDER`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from live.serving import ROOT, WHOLE, free_port, is_whole
from workspaces import run

from ipaas_discovery import Discovery

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(2_400)]
SCRIPT = Path(os.environ.get("MEDUSA") or Path(__file__).parents[3] / "shared" / "servers" / "medusa.sh")
DATABASE = ["-h", "127.0.0.1", "-p", "55432", "-U", "postgres", "medusa", "-tAc"]
TABLES = {
    "customers": "customer",
    "customer_groups": "customer_group",
    "products": "product",
    "variants": "product_variant",
    "orders": '"order"',
    "inventory": "inventory_item",
    "locations": "stock_location",
}
PAIRS = {"CUSTOMER": "customers", "PRODUCT": "products", "TRANSACTION": "orders"}


@pytest.fixture(scope="module")
def port():
    if not SCRIPT.is_file():
        pytest.skip(f"{SCRIPT} is not there: MEDUSA names the script that brings Medusa up")
    if not (os.geteuid() == 0 and next(Path("/usr/lib/postgresql").glob("*/bin/initdb"), None)):
        pytest.skip("Medusa needs Debian's `postgresql`, and root to start it")
    folder, free = ROOT / "medusa", free_port()
    shutil.rmtree(folder / "pg", ignore_errors=True)  # a new database each time; what npm installed stays
    try:
        subprocess.run([SCRIPT, "up", folder, str(free)], check=True, capture_output=True, timeout=1_800)
        yield free
    finally:
        subprocess.run([SCRIPT, "down", folder], check=False, capture_output=True)


@pytest.fixture(scope="module")
def settings(port, tmp_path_factory):
    """Connected in three steps: new, the address and the secrets, pull."""
    folder = tmp_path_factory.mktemp("workspace") / "mine"
    assert run("new", folder, "--connector", "medusa").status == 0
    path = folder / "data" / "discovery.toml"
    head = path.read_text().partition("[sample]")[0]
    assert 'environment = "production"' in head
    before, _, third_party = head.partition("[third_party]")
    third_party = third_party.replace('"production"', f'"local"\nbase_url = "http://127.0.0.1:{port}"\n#', 1)
    tables = "".join(f'[[collections]]\nipaas = "{ours}"\nthird_party = "{theirs}"\n' for ours, theirs in PAIRS.items())
    path.write_text(f"{before}[third_party]{third_party}\n{WHOLE}{tables}")
    (path.parent / ".env").write_text("MEDUSA_EMAIL=admin@example.test\nMEDUSA_PASSWORD=local-only-pw\n")
    return path


@pytest.fixture
def medusa(settings):
    with Discovery.open(settings, stored=False) as discovery:
        yield discovery.third_party


def ids(table):
    """The ids in Medusa's own database."""
    program = shutil.which("psql") or next(map(str, Path("/usr/lib/postgresql").glob("*/bin/psql")))
    asked = [program, *DATABASE, f"select id from {table} where deleted_at is null"]  # noqa: S608  a table of ours
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.parametrize("name", TABLES)
def test_every_record_comes_once(medusa, name):
    is_whole(medusa, name, ids(TABLES[name]))


@pytest.mark.parametrize("name", PAIRS.values())
def test_the_probe_proves_the_catalogue_right(medusa, name):
    report = medusa.probe(name)
    assert report.sound, report.to_text()


def test_a_sample_of_everything_is_everything(settings):
    with Discovery.open(settings, stored=False) as discovery:
        for ours, theirs in PAIRS.items():
            sample = discovery.samples(ours)[1]
            assert sorted(record["id"] for record in sample.records) == sorted(ids(TABLES[theirs]))
            assert len(sample) == sample.total
            assert "nothing is left unseen" in sample.claim

"""The same main job against a real commerce server that nobody here wrote, by a connector file alone."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipaas_discovery import Discovery, connect
from ipaas_discovery.cli.app import app
from ipaas_discovery.errors import RefusedError

HERE = Path(__file__).parent / "oscar"
OUT = Path(__file__).parent / "output" / "oscar"
pytestmark = pytest.mark.oscar


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A running shop that answers at most 20 requests a second; gives its port and its log."""
    folder = tmp_path_factory.mktemp("oscar")
    server = [sys.executable, str(HERE / "server.py")]
    subprocess.run([*server, "init", str(folder)], check=True, capture_output=True)
    port, log = free_port(), folder / "server.log"
    with log.open("w") as out:
        running = subprocess.Popen(
            [*server, "serve", str(folder), str(port)], stdout=out, stderr=out, env={**os.environ, "OSCAR_RATE": "20/s"}
        )
        try:
            deadline = time.monotonic() + 60
            while not answers(port):
                assert running.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
            yield port, log
        finally:
            running.terminate()
            running.wait(20)


@pytest.fixture
def workspace(shop, tmp_path, monkeypatch):
    """A workspace for the shop: settings, connector, the project's own notebooks; secrets in the environment."""
    for name in ("discovery.toml", "oscar.toml"):
        shutil.copy(HERE / name, tmp_path / name)
    port, _ = shop
    for name, value in {"PORT": str(port), "USERNAME": "admin", "PASSWORD": "local-only-password"}.items():
        monkeypatch.setenv(f"OSCAR_{name}", value)
    return tmp_path


def test_users_products_orders_and_lines_are_pulled_whole_through_real_rate_limits(workspace, shop):
    with Discovery.open(workspace / "discovery.toml") as discovery:
        found = {
            name: discovery.samples(name)[1] for name in ("Customers", "Items", "Inventory", "Transactions", "Lines")
        }
    counts = {name: (len(sample), sample.total) for name, sample in found.items()}
    lines = counts.pop("Lines")
    assert counts == {"Customers": (26, 26), "Items": (30, 30), "Inventory": (30, 30), "Transactions": (60, 60)}
    assert lines[0] == lines[1] > 60
    assert set(found["Lines"].parents) == {order["number"] for order in found["Transactions"].records}
    assert '" 429 ' in shop[1].read_text()


def test_the_main_job_runs_by_the_connector_file_alone(workspace):
    result = CliRunner().invoke(
        app,
        ["discover", "--settings", str(workspace / "discovery.toml"), "--out", str(OUT),
         "--notebooks", str(Path(__file__).parent.parent / "notebooks")],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    written = {path.name for path in OUT.iterdir()}
    assert {"worksheet.yaml", "worksheet.xlsx", "worksheet.md", "report.html", "notebooks"} <= written
    for line in ("TRANSACTION ", "TRANSACTION_LINE", "PRODUCT_INVENTORY", "orders", "blocked"):
        assert line in result.output
    for path in (OUT / "worksheet.md", OUT / "report.html"):
        text = path.read_text()
        assert "60 of 60 records" in text
        assert "local-only-password" not in text


def test_no_line_of_the_package_knows_this_shop():
    package = Path(__file__).parent.parent / "ipaas_discovery"
    assert not [path for path in package.rglob("*.py") if "oscar" in path.read_text().lower()]


def test_a_wrong_password_is_one_sentence(workspace, monkeypatch):
    monkeypatch.setenv("OSCAR_PASSWORD", "wrong-password")
    with connect("oscar.toml", root=workspace) as shop, pytest.raises(RefusedError) as caught:
        shop.pull("users")
    assert "OSCAR_PASSWORD" in str(caught.value)
    assert "wrong-password" not in str(caught.value)


def busy(shop):
    """How many calls the shop has answered with 429 so far, and how many in all."""
    text = shop[1].read_text()
    return text.count('" 429 '), text.count('"GET ')


@pytest.mark.parametrize("name", ["users", "products", "orders", "lines"])
def test_the_probe_proves_the_connector_right(workspace, name):
    with connect("oscar.toml", root=workspace) as there:
        report = there.probe(name)
    holds = {proof.claim: proof.holds for proof in report.proofs}
    assert report.sound, report.to_text()
    assert holds["records are found"] is holds["pages are disjoint"] is holds["the order is stable"] is True
    if name == "orders":
        assert holds["the total is right"] is holds["the first page is page 1"] is True
        assert "the connector names no size parameter" in report.to_text()


def test_a_wrong_base_is_refuted_and_the_right_one_proposed(workspace):
    text = (workspace / "oscar.toml").read_text().replace('kind = "page"\n', 'kind = "page"\nfirst = 0\n')
    (workspace / "oscar.toml").write_text(text)
    with connect("oscar.toml", root=workspace) as there:
        report = there.probe("orders")
    assert not report.sound
    assert "- first = 0" in report.to_text()
    assert "+ first = 1" in report.to_text()


def test_what_was_sampled_is_replayed_without_the_shop_and_without_a_secret(workspace, shop, monkeypatch):
    names = ("Customers", "Items", "Inventory", "Transactions", "Lines")
    before = busy(shop)[0]
    with Discovery.open(workspace / "discovery.toml") as discovery:
        live = {name: discovery.samples(name)[1] for name in names}
    refused, asked = busy(shop)
    assert refused > before  # the limit was met, and every record came all the same
    for name in ("PORT", "USERNAME", "PASSWORD"):
        monkeypatch.delenv(f"OSCAR_{name}")
    with Discovery.open(workspace / "discovery.toml") as discovery:
        assert discovery.third_party.replayed
        replayed = {name: discovery.samples(name)[1] for name in names}
    for name in names:
        assert replayed[name].records == live[name].records
        assert replayed[name].parents == live[name].parents
        assert replayed[name].claim == live[name].claim
    assert busy(shop)[1] == asked
    kept = b"".join(gzip.decompress(path.read_bytes()) for path in (workspace / "store").rglob("*.gz")).decode()
    assert len(kept) > 50_000
    for secret in ("local-only-password", "YWRtaW46bG9jYWwtb25seS1wYXNzd29yZA"):
        assert secret not in kept
    assert not re.search(r"[\w.]+@(?!\w+\.test)[\w.]+\.\w+", kept)  # each address is a pseudonym

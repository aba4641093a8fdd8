"""json-server (npm): plain lists, page numbers, `Link` and `X-Total-Count` headers; no description, so saved calls."""

from __future__ import annotations

import json

import pytest
from live.serving import Workspace, free_port, installed, is_whole, recorded, running

from ipaas_discovery import Discovery

pytestmark = pytest.mark.live
DATA = {
    "customers": [
        {"id": number, "name": f"Buyer {number}", "tier": ["gold", "silver"][number % 2]} for number in range(1, 138)
    ],
    "orders": [
        {"id": f"o{number:04}", "customerId": number % 137 + 1, "status": ["open", "paid", "sent"][number % 3],
         "lines": [{"sku": f"S{number % 9}", "quantity": number % 4 + 1}]}
        for number in range(1, 313)
    ],
}  # fmt: skip
CALLS = ("/orders?_page=1&_limit=20", "/orders?_page=2&_limit=20", "/orders/o0007", "/customers?_page=1&_limit=20")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    program, port = installed("json-server", "node_modules/.bin/json-server"), free_port()
    folder = tmp_path_factory.mktemp("json-server")
    (folder / "db.json").write_text(json.dumps(DATA))
    command = [program, "--host", "127.0.0.1", "--port", port, "--quiet", folder / "db.json"]
    with running(command, port, folder / "server.log") as root:
        yield root


@pytest.fixture(scope="module")
def connected(address, tmp_path_factory):
    """Connected in three steps: new, probe, pull."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "shop.har").write_text(recorded(address, CALLS))
    workspace = Workspace.new(folder / "mine", "--from-calls", folder / "shop.har")
    workspace.pair(CUSTOMER="customers", TRANSACTION="orders")
    for name in DATA:
        workspace.probe(name)
    return workspace


@pytest.mark.parametrize("name", DATA)
def test_every_record_comes_once(connected, name):
    with connected.open() as system:
        is_whole(system, name, [record["id"] for record in DATA[name]])
        assert system.probe(name).sound


def test_a_sample_of_everything_is_everything(connected):
    with Discovery.open(connected.settings, stored=False) as discovery:
        for name, ours in (("customers", "CUSTOMER"), ("orders", "TRANSACTION")):
            sample = discovery.samples(ours)[1]
            assert len(sample) == sample.total == len(DATA[name])
            assert "nothing is left unseen" in sample.claim


def test_the_first_draft_never_claims_a_page_as_the_whole(address, tmp_path):
    (tmp_path / "shop.har").write_text(recorded(address, CALLS))
    workspace = Workspace.new(tmp_path / "mine", "--from-calls", tmp_path / "shop.har")
    with workspace.open() as system:
        sample = system.pull("orders")
    assert len(sample) == 312 or "nothing is left unseen" not in sample.claim

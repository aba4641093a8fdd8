"""simple-odata-server (npm): OData 4 with an EDMX document, `$top` and `$skip`, over a store in memory."""

from __future__ import annotations

import pytest
from live.serving import Workspace, ask, free_port, installed, is_whole, running

from ipaas_discovery import Discovery

pytestmark = pytest.mark.heavy
COUNTS = {"customers": 137, "orders": 312}
SERVER = """
const http = require("http"), ODataServer = require("simple-odata-server");
const Adapter = require("simple-odata-server-nedb"), Datastore = require("@seald-io/nedb");
const port = Number(process.argv[2]);
const model = { namespace: "shop", entityTypes: {
  Customer: { _id: { type: "Edm.String", key: true }, name: { type: "Edm.String" }, tier: { type: "Edm.String" } },
  Order: { _id: { type: "Edm.String", key: true }, number: { type: "Edm.String" }, customer: { type: "Edm.String" },
           status: { type: "Edm.String" }, total: { type: "Edm.Double" } },
}, entitySets: { customers: { entityType: "shop.Customer" }, orders: { entityType: "shop.Order" } } };
const stores = { customers: new Datastore({ inMemoryOnly: true }), orders: new Datastore({ inMemoryOnly: true }) };
const id = (letter, number) => letter + String(number).padStart(4, "0");
(async () => {
  for (let i = 0; i < 137; i++)
    await stores.customers.insertAsync({ _id: id("c", i), name: `Buyer ${i}`, tier: ["gold", "silver"][i % 2] });
  for (let i = 0; i < 312; i++)
    await stores.orders.insertAsync({ _id: id("o", i), number: `A${i}`, customer: id("c", i % 137),
      status: ["open", "paid"][i % 2], total: i * 1.5 });
  const adapter = Adapter((name, done) => done(null, stores[name]));
  const odata = ODataServer(`http://127.0.0.1:${port}`).model(model).adapter(adapter);
  http.createServer(odata.handle.bind(odata)).listen(port, "127.0.0.1");
})();
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    modules, port = installed("odata", "node_modules"), free_port()
    folder = tmp_path_factory.mktemp("odata")
    (folder / "server.js").write_text(SERVER)
    with running(["node", folder / "server.js", port], port, folder / "server.log", NODE_PATH=str(modules)) as root:
        yield root


@pytest.fixture(scope="module")
def connected(address, tmp_path_factory):
    """Connected in four steps: new, the address, probe, pull."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "erp.xml").write_bytes(ask(address, "/$metadata"))
    workspace = Workspace.new(folder / "mine", "--from-openapi", folder / "erp.xml")
    workspace.configure({"{base_url}": address})
    workspace.pair(CUSTOMER="customers", TRANSACTION="orders")
    report = workspace.probe("orders")
    assert '+ offset = "$skip"' in report.to_text()
    return workspace


@pytest.mark.parametrize("name", COUNTS)
def test_every_record_comes_once(connected, name):
    with connected.open() as system:
        is_whole(system, name, [f"{name[0]}{number:04}" for number in range(COUNTS[name])], "_id")
        assert system.probe(name).sound


def test_a_sample_of_everything_is_everything(connected):
    with Discovery.open(connected.settings, stored=False) as discovery:
        sample = discovery.samples("TRANSACTION")[1]
        assert sorted(record["_id"] for record in sample.records) == [f"o{number:04}" for number in range(312)]
        assert discovery.problems == ()

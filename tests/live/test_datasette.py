"""Datasette with datasette-graphql (PyPI): GraphQL over a SQLite file, connections with `first` and `after`."""

from __future__ import annotations

import sqlite3

import pytest
from live.serving import Workspace, ask, free_port, installed, is_whole, running

from ipaas_discovery import Discovery

pytestmark = pytest.mark.heavy
TABLES = """
create table customers(id integer primary key, name text not null, email text, tier text);
create table orders(id integer primary key, number text not null unique, customer_id integer references customers(id),
    status text, total real, placed text);
create table order_lines(id integer primary key, order_id integer references orders(id), sku text, quantity integer);
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("datasette") / "shop.db"
    with sqlite3.connect(path) as shop:
        shop.executescript(TABLES)
        shop.executemany(
            "insert into customers values (?, ?, ?, ?)",
            [(at, f"Buyer {at}", f"b{at}@example.test", ["gold", "silver"][at % 2]) for at in range(1, 138)],
        )
        shop.executemany(
            "insert into orders values (?, ?, ?, ?, ?, ?)",
            [(at, f"A{at:04}", at % 137 + 1, ["open", "paid"][at % 2], at * 1.5, f"2026-0{at % 9 + 1}-11")
             for at in range(1, 313)],
        )  # fmt: skip
        shop.executemany(
            "insert into order_lines values (?, ?, ?, ?)",
            [(at, at % 312 + 1, f"S{at % 9}", at % 4 + 1) for at in range(1, 701)],
        )
    shop.close()
    return path


@pytest.fixture(scope="module")
def address(database):
    program, port = installed("datasette", "bin/datasette"), free_port()
    command = [program, "serve", database, "--host", "127.0.0.1", "--port", port]
    with running(command, port, database.parent / "server.log") as root:
        yield root


@pytest.fixture(scope="module")
def connected(address, tmp_path_factory):
    """Connected in three steps: new, the address and path that no schema tells, pull."""
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "shop.graphql").write_bytes(ask(address, "/graphql/shop.graphql?schema=1"))
    workspace = Workspace.new(folder / "mine", "--from-openapi", folder / "shop.graphql")
    workspace.configure({"{base_url}": address, 'path = "/graphql"': 'path = "/graphql/shop"'})
    workspace.pair(CUSTOMER="customers", TRANSACTION="orders", TRANSACTION_LINE="order_lines")
    return workspace


def ids(database, table):
    with sqlite3.connect(database) as shop:
        rows = shop.execute(f"select id from {table}").fetchall()  # noqa: S608  a table of ours
    shop.close()
    return [row[0] for row in rows]


@pytest.mark.parametrize("name", ["customers", "orders", "order_lines"])
def test_every_record_comes_once(connected, database, name):
    with connected.open() as system:
        is_whole(system, name, ids(database, name))
        assert system.probe(name).sound


def test_a_sample_of_everything_is_everything(connected, database):
    with Discovery.open(connected.settings, stored=False) as discovery:
        for name, ours in (("customers", "CUSTOMER"), ("orders", "TRANSACTION"), ("order_lines", "TRANSACTION_LINE")):
            sample = discovery.samples(ours)[1]
            assert sorted(record["id"] for record in sample.records) == ids(database, name)
            assert len(sample) == sample.total
            assert "nothing is left unseen" in sample.claim
        assert discovery.problems == ()

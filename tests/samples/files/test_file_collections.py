"""A system without an API: its exports are its collections, and everything else works as with any other."""

from __future__ import annotations

import json

import openpyxl
import pytest
from fakes import Fake, system
from workspaces import run, snapshot, write_settings

from ipaas_discovery import Discovery, connect
from ipaas_discovery.errors import ConfigurationError, FetchError, UnknownNameError
from ipaas_discovery.samples.sample import Stop
from ipaas_discovery.samples.storage.answer_policy import AnswerPolicy
from ipaas_discovery.settings import Settings
from ipaas_discovery.systems.connectors.connector import connector_of, load_connector

ERP = """\
title = "ERP"
[collections.customers]
file = "customers.csv"
id = "CustomerNo"
[collections.orders]
file = "orders.json"
records = "data"
[collections.lines]
parent = "orders"
embedded = "lines"
"""
CUSTOMERS = [
    {"CustomerNo": number, "name": f"Ada Nr{number}", "email": f"ada{number}@example.test", "city": "Köln"}
    for number in range(1000, 1040)
]
ORDERS = [{"id": number, "customer": 1000 + number, "lines": [{"sku": "A"}, {"sku": "B"}]} for number in range(30)]


def write_csv(path, records):
    lines = [";".join(records[0]), *(";".join(map(str, record.values())) for record in records)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, records in sheets.items():
        sheet = book.create_sheet(name)
        for row in ([*records[0]], *(list(record.values()) for record in records)) if records else ():
            sheet.append(row)
    book.save(path)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "erp.toml").write_text(ERP)
    write_csv(tmp_path / "data" / "customers.csv", CUSTOMERS)
    (tmp_path / "data" / "orders.json").write_text(json.dumps({"data": ORDERS}))
    return tmp_path


@pytest.fixture
def settings(folder):
    pairs = {"CUSTOMER": "customers", "TRANSACTION": "orders", "TRANSACTION_LINE": "lines"}
    return write_settings(folder, pairs, third_party="erp.toml")


def test_a_file_is_a_sample_without_an_address_or_a_request(folder):
    with connect(folder / "data" / "erp.toml") as erp:
        sample = erp.pull("customers")
        assert (erp.address, erp.environment_name, erp.name) == ("", "files", "ERP (files)")
    assert (len(sample), sample.stop, sample.total, sample.requests) == (40, Stop.FILE, None, 0)
    assert "it was read from a file; a path not seen has a presence under 7.5 % at 95 %" in sample.claim
    assert sample.records[0]["CustomerNo"] == 1000


def test_an_encoding_that_cannot_be_found_out_may_be_named(folder):
    (folder / "data" / "customers.csv").write_bytes("CustomerNo;city\n1;Łódź\n".encode("cp1250"))
    (folder / "data" / "erp.toml").write_text(ERP.replace('"CustomerNo"', '"CustomerNo"\nencoding = "cp1250"', 1))
    with connect(folder / "data" / "erp.toml", answers=AnswerPolicy(None, raw=True)) as erp:
        assert erp.pull("customers").records == ({"CustomerNo": 1, "city": "Łódź"},)


def test_lists_inside_its_records_are_children(folder):
    with connect(folder / "data" / "erp.toml") as erp:
        lines = erp.pull("lines")
    assert (len(lines), lines.parents[:3], lines.stop) == (60, (0, 0, 1), Stop.FILE)


def test_personal_data_of_a_file_is_redacted_like_that_of_an_answer(folder):
    with connect(folder / "data" / "erp.toml", answers=AnswerPolicy(None)) as erp:
        shown = erp.pull("customers").records
    assert {record["CustomerNo"] for record in shown} == {record["CustomerNo"] for record in CUSTOMERS}
    assert not {record["email"] for record in shown} & {record["email"] for record in CUSTOMERS}
    assert not {record["name"] for record in shown} & {record["name"] for record in CUSTOMERS}
    with connect(folder / "data" / "erp.toml", answers=AnswerPolicy(None, raw=True)) as erp:
        assert [dict(each) for each in erp.pull("customers").records] == CUSTOMERS
        assert any("as the system returns them" in note for note in erp.notes)


def test_a_key_of_this_run_alone_is_said_of_files_too(folder, monkeypatch):
    monkeypatch.delenv("IPAAS_DISCOVERY_KEY", raising=False)
    with connect(folder / "data" / "erp.toml") as erp:
        assert any("hold for this run only" in note for note in erp.notes)
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    with connect(folder / "data" / "erp.toml") as erp:
        assert erp.notes == ()


def test_the_whole_path_works_on_files(settings, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    with Discovery.open(settings) as discovery:
        assert discovery.pull().problems == ()
        shapes = discovery.schemas("Customers").third_party
        assert {"CustomerNo", "city", "email", "name"} == {field.path for field in shapes.returned.fields}
        assert not shapes.create.known
        assert discovery.compare("Customers").frame().shape[0] > 5
        assert {each.outcome.value for each in discovery.verdicts("Customers")}
        assert "file customers.csv" in str([entry.features for entry in discovery.entries()])
        told = {finding.fact for each in discovery.verdicts("Customers") for finding in each.findings}
        assert not [fact for fact in told if "how many calls" in fact]
        assert any("a delete shows only as a record that is missing in the next one" in fact for fact in told)
    done = run("discover", "-s", settings)
    assert (done.status, done.err) == (0, "")
    out = snapshot(settings.parent / "out")
    assert b"files.invalid" not in out["report.html"]
    assert not [name for name, content in out.items() if b"ada1000@example.test" in content]
    assert not (settings.parent / "store" / "erp-files").exists()  # the file itself is what a later run reads


def test_what_the_analyst_hides_or_keeps_holds_for_files(settings, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    with settings.open("a") as file:
        file.write('[redact]\nkeep = ["customers.email"]\nhide = ["customers.city"]\n')
    with Discovery.open(settings) as discovery:
        shown = discovery.samples("Customers")[1].records
    assert {record["email"] for record in shown} == {record["email"] for record in CUSTOMERS}
    assert "Köln" not in {record["city"] for record in shown}


def test_a_missing_file_is_a_problem_of_its_collection_alone(settings):
    (settings.parent / "customers.csv").rename(settings.parent / "customer.csv")
    done = run("pull", "Customers", "-s", settings)
    assert done.status == 1
    assert "customers: Not read: There is no such file" in done.out
    assert "did you mean 'customer.csv'" in done.err
    assert "orders: 30 records" in run("pull", "Transactions", "-s", settings).out
    with (
        connect(settings.parent / "erp.toml") as erp,
        pytest.raises(FetchError, match=r"customers.csv\): did you mean"),
    ):
        erp.pull("customers")


def test_a_probe_says_what_a_file_can_prove(settings):
    done = run("probe", "third-party", "customers", "-s", settings)
    assert done.status == 0
    assert "| records are found | yes | 40 in the file |" in done.out
    assert "40 different 'CustomerNo' in 40 records" in done.out
    write_csv(settings.parent / "customers.csv", [*CUSTOMERS, CUSTOMERS[0]])
    assert run("probe", "third-party", "customers", "-s", settings).status == 1


def test_a_file_may_stand_beside_what_an_api_lists(tmp_path):
    (tmp_path / "stock.csv").write_text("sku,stock\nA,1\n")
    fake = Fake({"/orders": [{"id": 1}]})
    collections = {"orders": {"list": "/orders"}, "stock": {"file": str(tmp_path / "stock.csv")}}
    with system(fake, collections) as there:
        samples = there.pull_all(["orders", "stock"])
    assert {name: sample.records for name, sample in samples.items()} == {
        "orders": ({"id": 1},),
        "stock": ({"sku": "A", "stock": 1},),
    }
    assert len(fake.requests) == 1


def test_a_system_of_files_asks_nobody_for_a_description(folder):
    (folder / "data" / "erp.toml").write_text(
        ERP + '[environments.files]\nbase_url = "files:"\nopenapi = ["none.json"]\n'
    )
    text = (folder / "data" / "erp.toml").read_text()
    (folder / "data" / "erp.toml").write_text(text.replace('"ERP"\n', '"ERP"\ndefault_environment = "files"\n', 1))
    with connect(folder / "data" / "erp.toml") as erp, pytest.raises(ConfigurationError, match="no such API descr"):
        erp.descriptions  # noqa: B018  asking is the test


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ('file = "a.csv"\nparent = "orders"', ConfigurationError, "a `file` stands alone"),
        ('file = "a.csv"\nlist = "/a"', ConfigurationError, "say exactly one of `list`, .*`file`"),
        ('list = "/a"\nsheet = "A"', ConfigurationError, "a `sheet` and an `encoding` are those of a `file`"),
        ('fille = "a.csv"', UnknownNameError, "did you mean 'file'"),
    ],
)
def test_what_a_connector_may_not_say_of_a_file(text, error, said):
    head = 'title = "E"\ndefault_environment = "x"\n[environments.x]\nbase_url = "https://e.example.test"\n'
    with pytest.raises(error, match=said):
        connector_of(f'{head}[collections.orders]\nfile = "o.csv"\n[collections.a]\n{text}\n', "erp")


def test_what_asks_an_api_needs_an_environment():
    with pytest.raises(ConfigurationError, match="`environments` is missing"):
        connector_of(f'default_environment = "x"\n{ERP}[collections.a]\nlist = "/a"\n', "erp")


@pytest.fixture
def exports(tmp_path):
    write_csv(tmp_path / "Customers 2026.csv", CUSTOMERS)
    stock = [{"sku": "A", "place": "x"}, {"sku": "B", "place": "x"}]
    write_workbook(tmp_path / "items.xlsx", Products=stock, Empty=[], Stock=[{"place": "x"}, {"place": "x"}])
    return tmp_path


def test_new_writes_a_connector_and_a_workspace_from_files(exports, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
    folder = exports / "my-erp"
    done = run("new", folder, "--from-file", exports / "Customers 2026.csv", "--from-file", exports / "items.xlsx")
    assert (done.status, done.err) == (0, "")
    data = folder / "data"
    connector = load_connector(data / "my_erp.toml")
    assert list(connector.collections) == ["customers", "products", "stock"]
    customers, products, stock = connector.collections.values()
    assert (customers.file, customers.sheet, customers.id) == ("files/Customers 2026.csv", None, "CustomerNo")
    assert (products.file, products.sheet, products.id) == ("files/items.xlsx", "Products", "sku")
    assert (stock.sheet, stock.id) == ("Stock", "id")
    assert "# unknown: id" in (data / "my_erp.toml").read_text()
    assert (data / "files" / "items.xlsx").read_bytes() == (exports / "items.xlsx").read_bytes()
    assert "data/files/\n" in (folder / ".gitignore").read_text()
    settings = data / "discovery.toml"
    assert Settings.read(settings).third_party.environment == "files"
    assert ("PRODUCT", "products") in [(each.ipaas, each.third_party) for each in Settings.read(settings).collections]
    done = run("pull", "Items", "-s", settings)
    assert (done.status, done.err) == (0, "")
    assert "products: 2 records" in done.out


def test_what_new_cannot_use_makes_nothing(exports):
    (exports / "twice").mkdir()
    write_csv(exports / "twice" / "Customers 2026.csv", CUSTOMERS)
    (exports / "a.doc").write_text("x")
    for words, said in (
        (["--from-file", exports / "none.csv"], "There is no such file"),
        (["--from-file", exports / "a.doc"], "ends in '.doc'"),
        (
            ["--from-file", exports / "Customers 2026.csv", "--from-file", exports / "twice" / "Customers 2026.csv"],
            "Two files have the same name (Customers 2026.csv)",
        ),
        (["--from-file", exports / "items.xlsx", "--from-calls", exports / "a.har"], "More than one origin"),
    ):
        done = run("new", exports / "made", *words)
        assert done.status in {1, 2}
        assert said in done.err
        assert not (exports / "made").exists()


def test_a_connector_of_files_comes_along_with_its_records_which_git_ignores(folder):
    made = folder / "made"
    assert run("new", made, "--connector", folder / "data" / "erp.toml").status == 0
    assert {"data/customers.csv", "data/orders.json"} <= set(snapshot(made))
    assert {"data/customers.csv", "data/orders.json"} <= set((made / ".gitignore").read_text().splitlines())

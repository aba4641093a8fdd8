"""A system known by its documents alone: everything works on what is declared, and says what is missing for more."""

from __future__ import annotations

import json
import re
import socket

import httpx
import pytest
from documents import answers, document, listed, ref, takes, thing
from openpyxl import load_workbook
from workspaces import run, server

from ipaas_discovery import Direction, Discovery, Grade, Lack, Method, Outcome, Shape, connect
from ipaas_discovery.errors import DescriptionError, FetchError, MissingCredentialError, RefusedError
from ipaas_discovery.sharing.shared_report import system_views, views

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
CUSTOMER = thing(id=WHOLE, email=TEXT | {"format": "email", "maxLength": 40}, first_name=TEXT, last_name=TEXT)
ORDER = thing(id=WHOLE, number=TEXT, total={"type": "number"}, lines=listed(thing(sku=TEXT, quantity=WHOLE)))
NEW = thing(email=TEXT, first_name=TEXT, last_name=TEXT) | {"required": ["email", "last_name"]}
PATHS = {
    "/customers": {"get": answers(listed(ref("Customer"))), "post": takes(ref("New"))},
    "/orders": {"get": answers(listed(ref("Order")))},
}
BEARER = {"key": {"type": "http", "scheme": "bearer"}}
FROM_DELETE = ("From iPaaS.com", "delete")
SECRETS = ("SHOP_TENANT", "SHOP_TOKEN", "SHOP_BASE_URL", "SHOP_COMPANY_ID")


def described(address="https://{tenant}.example.test/api", auth=BEARER, prefix=""):
    """A description of a shop, as its vendor publishes it."""
    paths = {f"{prefix}{path}": calls for path, calls in PATHS.items()}
    api = document(paths, Customer=CUSTOMER, Order=ORDER, New=NEW)
    api["servers"] = [{"url": address}] if address else []
    api["components"]["securitySchemes"] = auth
    return api


@pytest.fixture(autouse=True)
def no_secret(monkeypatch):
    for name in SECRETS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def drafted(tmp_path):
    """Makes a workspace of a description, as `new` does; gives its settings."""

    def draft(ipaas="sandbox", **settings):
        path = tmp_path / "downloads" / "shop.json"
        path.parent.mkdir()
        path.write_text(json.dumps(described(**settings)))
        assert run("new", tmp_path / "mine", "--from-openapi", path).status == 0
        made = tmp_path / "mine" / "data" / "discovery.toml"
        made.write_text(made.read_text().replace('environment = "sandbox"', f'environment = "{ipaas}"'))
        return made

    return draft


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def verdicts(discovery, name):
    return {(verdict.direction, verdict.method): verdict for verdict in discovery.verdicts(name)}


def test_without_a_secret_schemas_matches_verdicts_and_a_worksheet_come_of_the_description(drafted):
    with Discovery.open(drafted()) as discovery:
        assert [pair.third_party for pair in discovery.pairs] == ["customers", "orders"]
        shapes = discovery.schemas("CUSTOMER").third_party
        assert [field.path for field in shapes.of(Shape.RETURNED).fields] == ["email", "first_name", "id", "last_name"]
        assert shapes.create.field("email").required
        assert not shapes.update.known
        assert shapes.returned.records is None
        matched = {match.source: match.destination for match in discovery.compare("CUSTOMER").to_matches.proposals()}
        assert matched["email"] == "email_address"
        found = verdicts(discovery, "CUSTOMER")
        assert found[Direction.FROM, Method.ADD].outcome is Outcome.POSSIBLE
        assert {verdict.grade for (way, _), verdict in found.items() if way is Direction.TO} == {Grade.DECLARED}
        assert {verdict.grade for (way, _), verdict in found.items() if way is Direction.FROM} == {Grade.OBSERVED}
        assert discovery.worksheet.path.is_file()
        assert discovery.problems == ()


def test_every_export_tells_what_is_declared_from_what_was_seen(drafted, tmp_path):
    with Discovery.open(drafted()) as discovery:
        sheet = discovery.worksheet
        sheet.decide("CUSTOMER", "from", methods=["add"], why="agreed", by="A.")
        for form in (".md", ".html", ".json", ".xlsx"):
            sheet.export(tmp_path / f"order{form}")
        made = dict(sheet.skeleton().files)
    page = (tmp_path / "order.md").read_text()
    assert "| From iPaaS.com | delete | blocked | declared |" in page
    assert "| To iPaaS.com | add | possible with defaults | declared |" in page
    content = json.loads((tmp_path / "order.json").read_text())
    gone = next(row for row in content["entries"][0]["evidence"] if (row["direction"], row["method"]) == FROM_DELETE)
    assert (gone["outcome"], gone["known_by"]) == ("blocked", "declared")
    fields = {row["path"]: row for row in content["collections"][0]["facts"]["ipaas"]["fields"]}
    assert (fields["email_address"]["declared"], fields["email_address"]["present"]) == (True, 200)
    rows = load_workbook(tmp_path / "order.xlsx")["Schemas"].iter_rows(values_only=True)
    head = next(rows)
    side, field, declared, presence = map(head.index, ("Side", "Field", "Declared", "Presence"))
    known = {(row[side], row[field]): (row[declared], row[presence]) for row in rows}
    assert known["third party", "email"] == ("yes", None)
    assert known["iPaaS.com", "customer_number"] == ("yes", "200 of 200")
    assert "receives it. Declared; no record was read.</summary>" in made["Models/CustomersModel.cs"]
    assert '        // Known by: declared.\n        [JsonProperty("email")]' in made["Models/CustomersModel.cs"]
    assert 't0["customers<br/>(declared)"]' in made["diagram.mmd"]
    assert 'i0["CUSTOMER<br/>(observed)"]' in made["diagram.mmd"]
    assert "  - property: knownBy\n    value: declared\n" in made["contract.odcs.yaml"]
    described = json.loads(made["Schemas/third_party/Customers.returned.schema.json"])["description"]
    assert described == "customers of Shop, returned; declared"


def test_one_sentence_says_which_samples_are_missing_and_which_names_would_bring_them(drafted):
    with Discovery.open(drafted()) as discovery:
        discovery.pull()
        (note,) = (note for note in discovery.notes if "sample" in note)
        sample = discovery.samples("TRANSACTION")[1]
        assert (sample.absence.lack, sample.absence.variables) == (Lack.ADDRESS, ("SHOP_TENANT", "SHOP_TOKEN"))
        assert note == (
            "What is shown of these is declared, as no sample was pulled: customers and orders of Shop (neither the "
            f"environment nor {discovery.path.parent / '.env'} nor the keyring gives SHOP_TENANT and SHOP_TOKEN; set "
            "them to pull a sample)"
        )
        assert repr(discovery).endswith(f"\n{note}.")


def test_only_what_is_still_missing_is_named(drafted, monkeypatch):
    monkeypatch.setenv("SHOP_TENANT", "t7")
    with Discovery.open(drafted()) as discovery:
        absence = discovery.samples("CUSTOMER")[1].absence
    assert (absence.lack, absence.variables) == (Lack.SECRET, ("SHOP_TOKEN",))


def test_nothing_is_said_of_records_that_nobody_saw(drafted):
    with Discovery.open(drafted()) as discovery:
        rows = discovery.overview().frame()
        theirs = rows[rows["system"] == "Shop"]
        assert theirs["records"].isna().all()
        assert all(claim.startswith("Not read: ") for claim in theirs["claim"])
        assert discovery.census().third_party.system == "Shop"
        assert discovery.census().third_party.collections == ()
        assert discovery.presence("CUSTOMER").third_party.parts == ()
        facts = [finding.fact for verdict in discovery.verdicts() for finding in verdict.findings]
    assert "what Shop customers returns is declared, and no record was read" in facts
    assert not [fact for fact in facts if "is empty: no record" in fact or re.search(r"\b0 records", fact)]


def test_both_sides_may_be_known_by_documents_alone(drafted):
    settings = drafted(ipaas="staging", address=f"http://127.0.0.1:{closed_port()}")
    text = settings.read_text().replace(
        'connector = "ipaas"', f'connector = "ipaas"\nbase_url = "http://127.0.0.1:{closed_port()}"'
    )
    settings.write_text(text)
    with Discovery.open(settings) as discovery:
        assert discovery.schemas("CUSTOMER").ipaas.returned.field("email_address").observed is None
        assert {verdict.grade for verdict in discovery.verdicts()} == {Grade.DECLARED}
        ours, theirs = discovery.samples("CUSTOMER")
        assert ours.absence.variables == ("IPAAS_COMPANY", "IPAAS_EMAIL", "IPAAS_PASSWORD")
        assert "(or IPAAS_TOKEN in place of the log-in)" in ours.problem
        assert theirs.absence.variables == ("SHOP_TOKEN",)
        missing, undescribed = discovery.notes
        assert "CUSTOMER and TRANSACTION of iPaaS.com staging (" in missing
        assert "; customers and orders of Shop (" in missing
        assert undescribed.startswith("API descriptions of iPaaS.com staging are missing, too: The system cannot be")
        assert discovery.as_of == ""


def test_an_api_key_alone_is_enough_for_the_platform(drafted, monkeypatch):
    monkeypatch.setenv("IPAAS_TOKEN", "key-of-the-platform")
    with Discovery.open(drafted(ipaas="staging")) as discovery:
        assert discovery.ipaas.absence("CUSTOMER") is None


def test_a_host_that_cannot_be_reached_leaves_what_is_declared(drafted, monkeypatch):
    monkeypatch.setenv("SHOP_TOKEN", "abcdef")
    with Discovery.open(drafted(address=f"http://127.0.0.1:{closed_port()}/api")) as discovery:
        discovery.pull()
        assert {sample.absence.lack for sample in discovery._pulled.samples["third_party"].values()} == {Lack.NETWORK}
        assert discovery.problems == ()
        (note,) = discovery.notes
        assert "customers and orders of Shop (the system cannot be reached, " in note
        assert note.endswith("check the base URL, the network, the VPN and the proxy (HTTPS_PROXY))")
        assert not (discovery.path.parent / "store" / "shop-document" / "latest").exists()


def test_a_log_in_that_the_document_does_not_tell_is_asked_for(drafted):
    with server(401, "application/json", {"message": "who are you?"}) as port:
        with Discovery.open(drafted(address=f"http://127.0.0.1:{port}", auth={})) as discovery:
            discovery.pull()
            (note,) = discovery.notes
            assert {sample.absence.lack for sample in discovery.samples("CUSTOMER")[1:]} == {Lack.LOG_IN}
    assert "names no way to log in; write [auth] in the connector file, which then names the secrets to set" in note


def test_a_wrong_secret_is_an_error_as_ever(drafted, monkeypatch):
    monkeypatch.setenv("SHOP_TOKEN", "wrong-one")
    with server(401, "application/json", {"message": "who are you?"}) as port:
        settings = drafted(address=f"http://127.0.0.1:{port}")
        with Discovery.open(settings) as discovery, pytest.raises(RefusedError, match="SHOP_TOKEN"):
            discovery.pull()


def test_a_system_that_answers_in_part_says_what_went_wrong(drafted, monkeypatch):
    """One collection that fails beside others that came is a problem, whatever failed it."""

    def answer(request):
        if request.url.path.endswith("/orders"):
            raise httpx.ConnectError("gone", request=request)
        return httpx.Response(200, json=[{"id": 1, "email": "a@example.test"}])

    settings = drafted(address="http://shop.example.test", auth={})
    with Discovery.open(settings, transports={"third_party": httpx.MockTransport(answer)}) as discovery:
        customers, orders = (discovery.samples(name)[1] for name in ("CUSTOMER", "TRANSACTION"))
        assert (len(customers), customers.absence) == (1, None)
        assert (orders.absence, orders.problem in discovery.problems) == (None, True)
        assert discovery.schemas("TRANSACTION").third_party.returned.records is None


def test_an_interrupted_store_is_not_put_in_use_until_every_sample_was_there(drafted, monkeypatch):
    settings = drafted()
    with Discovery.open(settings) as discovery:
        discovery.pull()
    assert not list((settings.parent / "store").glob("shop-*/latest"))
    monkeypatch.setenv("SHOP_TENANT", "t7")
    monkeypatch.setenv("SHOP_TOKEN", "abcdef")
    found = httpx.MockTransport(lambda _: httpx.Response(200, json=[{"id": 1, "number": "A1"}]))
    with Discovery.open(settings, transports={"third_party": found}) as discovery:
        assert len(discovery.samples("TRANSACTION")[1]) == 1
        assert not [note for note in discovery.notes if "no sample was pulled" in note]
    for name in ("SHOP_TENANT", "SHOP_TOKEN"):  # what is stored needs neither address nor secret
        monkeypatch.delenv(name)
    with Discovery.open(settings) as discovery:
        assert discovery.third_party.replayed
        assert discovery.samples("TRANSACTION")[1].absence is None
        assert len(discovery.samples("TRANSACTION")[1]) == 1


def test_what_was_observed_before_is_not_given_up_for_what_is_declared(drafted, monkeypatch):
    settings = drafted(address="http://shop.example.test")
    monkeypatch.setenv("SHOP_TOKEN", "abcdef")
    found = httpx.MockTransport(lambda _: httpx.Response(200, json=[{"id": 1}]))
    with Discovery.open(settings, transports={"third_party": found}) as discovery:
        discovery.pull()

    def gone(request):
        raise httpx.ConnectError("gone", request=request)

    transports = {"third_party": httpx.MockTransport(gone)}
    with Discovery.open(settings, refresh=True, transports=transports) as discovery, pytest.raises(FetchError):
        discovery.pull()
    monkeypatch.delenv("SHOP_TOKEN")
    with Discovery.open(settings, refresh=True) as discovery, pytest.raises(MissingCredentialError, match="SHOP_TOKEN"):
        discovery.pull()


def test_a_value_in_the_paths_that_is_missing_keeps_away_only_what_needs_it(drafted, monkeypatch):
    settings = drafted(address="http://shop.example.test", prefix="/{company_id}")
    connector = settings.parent / "shop.toml"
    connector.write_text(connector.read_text().replace('list = "/{company_id}/orders"', 'list = "/orders"'))
    monkeypatch.setenv("SHOP_TOKEN", "abcdef")
    found = httpx.MockTransport(lambda _: httpx.Response(200, json=[{"id": 1, "number": "A1"}]))
    with Discovery.open(settings, transports={"third_party": found}) as discovery:
        customers, orders = (discovery.samples(name)[1] for name in ("CUSTOMER", "TRANSACTION"))
        assert customers.absence.variables == ("SHOP_COMPANY_ID",)
        assert customers.absence.lack is Lack.SECRET
        assert len(orders) == 1
        assert discovery.schemas("CUSTOMER").third_party.returned.field("email") is not None
        entry = next(entry for entry in discovery.entries() if entry.collection == "CUSTOMER")
        assert entry.features[0].endpoints[0].value == "GET /{company_id}/customers"
        assert not list((settings.parent / "store").glob("shop-*/latest"))


def test_where_nothing_is_declared_the_missing_secret_is_an_error(drafted):
    settings = drafted()
    connector = settings.parent / "shop.toml"
    connector.write_text(connector.read_text().replace('openapi = ["shop.json"]', ""))
    with Discovery.open(settings) as discovery, pytest.raises(MissingCredentialError, match="SHOP_TENANT"):
        discovery.pull()


def test_a_description_that_cannot_be_read_is_an_error(drafted):
    settings = drafted(address="http://shop.example.test")
    (settings.parent / "shop.json").write_text("{ no JSON")
    with Discovery.open(settings) as discovery, pytest.raises((DescriptionError, MissingCredentialError)):
        discovery.verdicts()


def test_the_commands_work_and_name_what_is_missing_on_stderr(drafted, tmp_path):
    settings = drafted()
    empty = tmp_path / "none"
    empty.mkdir()
    done = run("discover", "-s", settings, "--notebooks", empty)
    assert done.status == 0, done.err
    assert "customers (declared)" in done.out
    assert "CUSTOMER (declared)" not in done.out
    assert done.err.startswith(
        "Note: What is shown of these is declared, as no sample was pulled: customers and orders"
    )
    assert done.err.count("\n") == 1
    report = (settings.parent / "out" / "report.html").read_text()
    assert "no sample: declared alone" in report
    assert "<dd>0</dd>" not in report
    for words in (("worksheet",), ("compare", "CUSTOMER")):
        done = run(*words, "-s", settings)
        assert (done.status, "set them to pull a sample" in done.err) == (0, True)
    sheet = (settings.parent / "out" / "worksheet.md").read_text()
    assert "| To iPaaS.com | add | possible with defaults | declared |" in sheet
    assert "| From iPaaS.com | add | possible | observed |" in sheet


def test_pull_says_what_is_missing_and_that_it_failed(drafted):
    done = run("pull", "orders", "-s", drafted())
    assert done.status == 1
    assert "Shop, orders: Not read: neither the environment nor " in done.out
    assert "Warning: neither the environment nor " in done.err


def test_a_probe_asks_for_the_secret(drafted):
    done = run("probe", "third-party", "orders", "-s", drafted())
    assert done.status == 2
    assert "set SHOP_" in done.err


def test_a_first_transfer_is_not_forecast_from_a_sample_that_nobody_has(drafted):
    with Discovery.open(drafted()) as discovery:
        rows = discovery.records("CUSTOMER").forecast().frame()
        assert rows[["match", "create", "update", "duplicates", "undecided"]].isna().all(axis=None)
        assert set(rows["note"]) == {"no record of Shop customers was read"}


FILED = """
title = "Half"
default_environment = "live"
[environments.live]
base_url = "https://{host}"
[auth]
kind = "bearer"
[collections.people]
file = "people.csv"
[collections.orders]
list = "/orders"
"""


def test_a_collection_that_is_a_file_lacks_nothing(tmp_path):
    (tmp_path / "half.toml").write_text(FILED)
    (tmp_path / "people.csv").write_text("id,name\n1,Ada\n")
    with connect("half.toml", root=tmp_path) as half:
        assert half.absence("people") is None
        assert half.absence("orders").variables == ("HALF_HOST", "HALF_TOKEN")
        assert not half.declared
        assert len(half.pull("people")) == 1
    received = '[[collections.orders.received]]\nfile = "order.csv"\n'
    (tmp_path / "half.toml").write_text(FILED + received)
    (tmp_path / "order.csv").write_text("Field,Type,Required\nnumber,string,yes\n")
    with connect("half.toml", root=tmp_path) as half:
        assert half.declared


def test_the_report_draws_nothing_of_a_side_that_nobody_saw(drafted):
    with Discovery.open(drafted()) as discovery:
        ours, theirs = system_views(discovery)
        assert (theirs.records, theirs.census) == (None, None)
        assert ours.records > 0
        assert ours.census is not None
        assert [presence.system for presence in views(discovery)[0].presences] == [discovery.ipaas.name]

import re
from pathlib import Path

import pytest
from workspaces import write_settings

from ipaas_discovery import Direction, Discovery, Method, Outcome, Worksheet
from ipaas_discovery.errors import UnknownNameError, WorksheetError
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "data" / "discovery.toml"


@pytest.fixture(scope="module")
def discovery():
    with Discovery.open(SETTINGS) as found:
        yield found


@pytest.fixture
def elsewhere(tmp_path):
    """The settings in a folder of their own, with a worksheet of their own."""
    (tmp_path / "discovery.toml").write_text(SETTINGS.read_text())
    return tmp_path / "discovery.toml"


def test_pairs_stand_in_the_platforms_order_of_implementation(discovery):
    names = [pair.ipaas for pair in discovery.pairs]
    assert (
        names.index("CUSTOMER_CATEGORY") < names.index("CUSTOMER") < names.index("PRODUCT") < names.index("TRANSACTION")
    )
    assert names[-1] == "TRANSACTION_TRACKING_NUMBER"


def test_every_collection_is_read_and_nothing_is_wrong(discovery):
    overview = discovery.overview().frame()
    assert len(overview) == 2 * len(discovery.pairs)
    assert (overview["records"] > 0).all()
    assert discovery.problems == ()
    assert discovery.as_of == "2026-11-02"


def test_plain_names_platform_names_and_the_third_partys_names_mean_the_same(discovery):
    assert discovery.pair("Transactions") == discovery.pair("TRANSACTION") == discovery.pair("orders")
    with pytest.raises(UnknownNameError, match="did you mean 'CUSTOMER'"):
        discovery.pair("CUSTMER")
    with pytest.raises(UnknownNameError, match=r"did you mean 'Items'\? .* Items, .*, customers, "):
        discovery.pair("Itms")


def test_a_verdict_for_each_direction_and_method(discovery):
    found = {(each.direction, each.method): each for each in discovery.verdicts("Payments")}
    one_way = {(way, method) for way in Direction.BIDIRECTIONAL.flows for method in Method}
    assert set(found) == {*one_way, (Direction.BIDIRECTIONAL, Method.UPDATE)}
    assert found[Direction.FROM, Method.ADD].outcome is Outcome.BLOCKED
    assert found[Direction.FROM, Method.ADD].reason.startswith("this API has no call to add a record of ")
    assert all(each.findings and each.reason for each in discovery.verdicts())


def test_nothing_is_possible_of_which_no_record_passes(discovery):
    ran = [verdict for verdict in discovery.verdicts() if verdict.run]
    assert len(ran) > 40
    assert {verdict.outcome for verdict in ran if verdict.pass_rate < 1} == {Outcome.WITH_DEFAULTS}
    orders = {
        verdict.method: verdict for verdict in discovery.verdicts("Transactions") if verdict.source == "TRANSACTION"
    }
    assert (orders[Method.UPDATE].run.passed, orders[Method.UPDATE].run.records) == (167, 190)


def test_what_the_same_records_explain_is_proposed(discovery):
    ways = {
        (row.destination, row.sources): row
        for row in (*discovery.compare("TRANSACTION_LINE").to_mappings, *discovery.compare("PRODUCT").to_mappings)
    }
    city = ways["address.city", ("order_address_id",)]
    assert (city.kind, city.value) == ("look-up", "the city of the order_shipping_addresses record whose id it is")
    assert ways["parent_id", ("order_id",)].value == "TRANSACTION"
    assert dict(ways["tax_class", ("tax_class_id",)].values) == {"0": "STANDARD", "2": "REDUCED", "3": "EXEMPT"}
    assert ways["msrp", ("retail_price",)].evidence.startswith("msrp = retail_price: times 100; explains 108 of 108")


def test_presence_is_told_of_both_sides_page_by_page(discovery):
    found = discovery.presence("Transactions")
    ours, theirs = discovery.samples("Transactions")
    assert (found.ipaas.system, found.third_party.system) == (ours.system, theirs.system)
    assert found.ipaas.parts == tuple(name for name, size in ours.parts if size)
    assert [sum(side.sizes) for side in (found.ipaas, found.third_party)] == [len(ours), len(theirs)]
    assert "the newest" in found.third_party.parts
    assert dict(found.third_party.rows)["id"] == (1.0,) * len(found.third_party.parts)


def test_the_census_counts_every_collection_once(discovery):
    found = discovery.census()
    assert sorted(each.collection for each in found.ipaas.collections) == sorted(pair.ipaas for pair in discovery.pairs)
    orders = next(each for each in found.third_party.collections if each.collection == "orders")
    observed = [each for each in discovery.schemas("Transactions").third_party.returned.fields
                if each.observed and each.observed.of]  # fmt: skip
    assert len(orders.shares) == len(observed)


def test_the_same_customers_are_found_on_both_sides(discovery):
    pairs = discovery.records("Customers")
    assert len(pairs) > 50
    agreement = pairs.agreement().frame()
    assert {"email", "first_name"} <= set(agreement.iloc[:, 1])


def test_a_worksheet_is_made_once_and_then_kept(elsewhere):
    with Discovery.open(elsewhere) as first:
        first.worksheet.decide("Customers", "to", why="because", by="me", on="2026-11-03")
        first.worksheet.save()
    saved = (elsewhere.parent / "worksheet.yaml").read_bytes()
    with Discovery.open(elsewhere) as second:
        assert second.worksheet.entry("CUSTOMER").decided == "To iPaaS.com"
    assert (elsewhere.parent / "worksheet.yaml").read_bytes() == saved


def test_the_committed_worksheet_says_what_the_evidence_says_now():
    committed = (ROOT / "data" / "worksheet.yaml").read_bytes()
    with Discovery.open(SETTINGS) as again:
        assert again.worksheet.path == ROOT / "data" / "worksheet.yaml"
    assert (ROOT / "data" / "worksheet.yaml").read_bytes() == committed


def test_the_features_are_filled_as_far_as_evidence_goes_and_no_further(discovery):
    entry = next(each for each in discovery.entries() if each.collection == "TRANSACTION")
    features = entry.features_of(Direction.TO)
    assert entry.type_id == 9
    assert [each.value for each in features.endpoints] == ["GET /v2/orders", "GET /v2/orders/{id}"]
    assert features.polling_supported is True  # the list can be asked for what changed
    assert features.external_webhook_support is None  # no document here tells of one
    assert len(entry.questions) == 6


def test_progress_is_told_after_every_answer(tmp_path):
    told = []
    settings = write_settings(tmp_path, {"LOCATION": "locations"})  # beside which no earlier run kept what it pulled
    with Discovery.open(settings, on_page=lambda *page: told.append(page)) as watched:
        watched.samples("Location")
    assert {system for system, _, _ in told} == {"ipaas", "third_party"}
    assert all(re.fullmatch(r"[A-Za-z_]+", collection) and records >= 0 for _, collection, records in told)


def test_two_runs_give_the_same_values():
    def everything():
        with Discovery.open(SETTINGS) as found:
            return [found.compare(pair.ipaas).to_dict() for pair in found.pairs], found.verdicts().frame()

    (one, verdicts), (other, again) = everything(), everything()
    assert one == other
    assert verdicts.equals(again)


@pytest.mark.parametrize("type_name", ["CUSTOMER_ADDRESS", "EMPLOYEE", "KIT_COMPONENT", "BULK_PRICE_ASSIGNMENT"])
def test_a_type_that_no_known_call_reads_can_be_paired_and_says_so(tmp_path, type_name):
    with Discovery.open(write_settings(tmp_path, {type_name: "customer_addresses", "CUSTOMER": "customers"})) as made:
        ours, theirs = made.samples(type_name)
        assert (len(ours), ours.problem) == (0, f"no call that reads {type_name} is publicly known")
        assert len(theirs) > 0
        assert made.schemas(type_name).ipaas.returned.records in {0, None}
        assert made.verdicts(type_name)
        assert made.worksheet.entry(type_name) is not None
        assert any(type_name in problem for problem in made.problems)


def test_every_type_of_the_platform_can_be_paired_and_nothing_else(tmp_path):
    Discovery.open(write_settings(tmp_path, dict.fromkeys(ipaas_collections(), "customers"))).close()
    with pytest.raises(UnknownNameError, match="did you mean 'CUSTOMER'"):
        Discovery.open(write_settings(tmp_path, {"CUSTOMRE": "customers"}))


def test_without_pairs_in_the_settings_the_names_propose_them_and_a_note_says_so(tmp_path, discovery):
    with Discovery.open(write_settings(tmp_path, {})) as made:
        pairs = {(pair.ipaas, pair.third_party) for pair in made.pairs}
        assert pairs == {(pair.ipaas, pair.third_party) for pair in discovery.pairs}
        assert any(note.startswith("Proposed by their names alone: CUSTOMER_CATEGORY ↔ ") for note in made.notes)
    assert not any("roposed" in note for note in discovery.notes)


def test_a_proposed_pair_is_written_once_somebody_says_something_of_it(tmp_path, monkeypatch):
    monkeypatch.setenv("IPAAS_DISCOVERY_BY", "A. Tester")
    settings = write_settings(tmp_path, {})
    file = settings.parent / "worksheet.yaml"
    with Discovery.open(settings) as first:
        assert all(entry.proposed for entry in first.worksheet.entries)
        assert "ipaas" not in file.read_text()
        known = [(pair.ipaas, pair.third_party) for pair in first.pairs]
    sheet = Worksheet.load(file)
    assert [entry.key for entry in sheet.entries] == known
    with pytest.raises(WorksheetError, match="only proposed"):
        sheet.unpair("LOCATION")
    sheet.decide("LOCATION", "to", methods="add", why="the shop opens them")
    sheet.undo()
    sheet.save()
    assert "ipaas" not in file.read_text()
    sheet.redo()
    sheet.leave_out("third party", "customers", why="they stay")
    sheet.save()
    assert file.read_text().count("ipaas:") == 1
    with Discovery.open(settings) as second:
        proposed = {entry.collection for entry in second.worksheet.entries if entry.proposed}
        assert {(pair.ipaas, pair.third_party) for pair in second.pairs} == {*known} - {("CUSTOMER", "customers")}
        assert proposed == {name for name, _ in known} - {"CUSTOMER", "LOCATION"}
        (note,) = [note for note in second.notes if note.startswith("Proposed")]
        assert ("LOCATION" in note, "TRANSACTION ↔ orders" in note) == (False, True)


def test_an_evidence_file_that_cannot_be_read_is_told_wherever_the_worksheet_is_shown(elsewhere):
    with Discovery.open(elsewhere) as first:
        first.worksheet.save()
    (elsewhere.parent / "evidence" / "LOCATION.locations.json").write_text("{")
    sentence = "evidence/LOCATION.locations.json cannot be read; `ipaas-discovery discover` writes it anew"
    sheet = Worksheet.load(elsewhere.parent / "worksheet.yaml")
    for shown in (sheet, sheet.decisions()):
        assert shown.to_text().endswith(f"\nNote: {sentence}.")
        assert shown.to_markdown().endswith(f"\n\nNote: {sentence}.")
        assert shown.to_html().endswith(f"<p>Note: {sentence}.</p>\n")
    with Discovery.open(elsewhere) as second:
        assert sentence in second.notes


def test_what_is_in_no_pair_is_listed_for_both_systems_with_the_reason(discovery):
    reasons = {row["collection"]: row["reason"] for row in discovery.unpaired().frame().to_dict("records")}
    paired = {name for pair in discovery.pairs for name in (pair.ipaas, pair.third_party)}
    assert not paired & reasons.keys()
    assert reasons["customer_addresses"] == "it may belong to CUSTOMER_ADDRESS, but nobody has paired them"
    assert reasons["TIMESHEET"] == "no collection of the third party has a name or fields like it"
    assert len(reasons) == 63 - len(discovery.pairs) + 1


def test_pulled_records_are_evidence_of_the_proposals(discovery):
    discovery.pull()
    best = discovery.match_collections().best("Customers")
    assert best.third_party == "customers"
    assert best.evidence["fields"] > 0.2

"""What people say of a field is an input everywhere: comparison, verdicts, worksheet and its gaps follow at once."""

import shutil
from pathlib import Path

import pytest

from ipaas_discovery import Discovery, Worksheet
from ipaas_discovery.errors import ConfigurationError

DATA = Path(__file__).parents[1] / "data"
MISSING = "required on add, and nothing is mapped to it"


@pytest.fixture(scope="module")
def discovery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    text = (DATA / "discovery.toml").read_text()
    head, *pairs = text.split("[[collections]]")
    kept = [pair for pair in pairs if any(f'"{name}"' in pair for name in ("TRANSACTION", "CUSTOMER", "LOCATION"))]
    (folder / "discovery.toml").write_text("[[collections]]".join([head, *kept]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPAAS_DISCOVERY_BY", "A. Tester")
        patch.setenv("IPAAS_DISCOVERY_KEY", "a key for tests")
        with Discovery.open(folder / "discovery.toml") as opened:
            yield opened


@pytest.fixture
def worksheet(discovery):
    """The worksheet; what a test says in it is taken back."""
    yield discovery.worksheet
    while discovery.worksheet.undo():
        pass


def gaps(discovery, field):
    verdict = next(iter(discovery.verdicts("TRANSACTION")))
    entry = discovery.worksheet.entry("TRANSACTION")
    facts = {finding.fact for finding in verdict.findings if finding.field == field and finding.effect != "supports"}
    evidence = {finding.fact for finding in entry.evidence[0].gaps if finding.field == field}
    table = discovery.worksheet.table("Gaps", "TRANSACTION").frame()
    here = (table["field"] == field) & (table["direction"] == "To iPaaS.com")
    shown = set(table[here & table["methods"].str.contains("add")]["fact"])
    assert facts == evidence == shown
    return facts


def test_a_constant_closes_its_gap_at_once_and_undo_opens_it(discovery, worksheet):
    assert MISSING in gaps(discovery, "system_id")
    worksheet.constant("Transactions", "to", "system_id", 7)
    assert gaps(discovery, "system_id") == set()
    row = next(row for row in discovery.compare("TRANSACTION").rows if row.ipaas == "system_id")
    assert (row.to, row.why) == ("ok", "always '7'")
    worksheet.undo()
    assert MISSING in gaps(discovery, "system_id")


def test_a_value_map_makes_values_fit(discovery, worksheet):
    assert gaps(discovery, "status") == set()
    worksheet.map("TRANSACTION", "to", "status", "status")
    assert gaps(discovery, "status")
    taken = {"Completed": "Complete", "Awaiting Shipment": "Pending", "Awaiting Fulfillment": "Pending",
             "Partially Refunded": "Complete", "Refunded": "Complete", "Shipped": "Shipped", "Pending": "Pending",
             "Cancelled": "Cancelled", "Declined": "Cancelled", "Disputed": "Pending", "Incomplete": "Pending",
             "Awaiting Payment": "Pending", "Awaiting Pickup": "Pending", "Partially Shipped": "Shipped",
             "Manual Verification Required": "Pending"}  # fmt: skip
    worksheet.value_map("TRANSACTION", "to", "status", "status", taken, default="Pending")
    assert gaps(discovery, "status") == set()


def test_a_rejected_match_is_matched_no_more_and_an_accepted_one_has_no_twin(discovery, worksheet):
    mapped = next(row for row in worksheet.entry("TRANSACTION").to if row.fills and row.kind == "field")
    worksheet.reject("TRANSACTION", "to", mapped.destination)
    rows = [row for row in worksheet.entry("TRANSACTION").to if row.destination == mapped.destination]
    assert not [row for row in rows if row.fills and row.sources == mapped.sources]
    worksheet.accept("TRANSACTION", "to", mapped.destination, mapped.sources[0])
    rows = [row for row in worksheet.entry("TRANSACTION").to if row.destination == mapped.destination]
    assert [(row.status, row.sources) for row in rows if row.status != "rejected"] == [("accepted", mapped.sources)]
    pairs = [(row.ipaas, row.third_party) for row in discovery.compare("TRANSACTION").rows if row.status == "matched"]
    assert (mapped.destination, mapped.sources[0]) in pairs


def test_the_condition_of_a_flow_is_counted_on_the_sample(discovery, worksheet):
    worksheet.flow("TRANSACTION", "refunds", "to", condition="status = Refunded", methods="add")
    sample = discovery.samples("TRANSACTION")[1]
    met = sum(record["status"] == "Refunded" for record in sample.records)
    count = worksheet.entry("TRANSACTION").counts[0]
    assert (count.name, count.meets, count.of) == ("refunds", met, len(sample))
    assert met


def verdicts_of(discovery, flow):
    return {verdict.method.value: verdict for verdict in discovery.verdicts("TRANSACTION") if verdict.name == flow}


def test_each_named_flow_has_verdicts_of_its_own_on_the_records_it_moves(discovery, worksheet):
    before = [row.key for row in worksheet.entry("TRANSACTION").evidence]
    worksheet.flow("TRANSACTION", "refunds", "to", condition="status = Refunded", methods="add")
    worksheet.flow("TRANSACTION", "sales", "to", condition="status != Refunded")
    for field, value in (("system_id", 7), ("type", "Order")):
        worksheet.constant("TRANSACTION", "to", field, value)
    worksheet.map("TRANSACTION", "to", "status", "status")
    worksheet.constant("TRANSACTION", "to", "status", "Complete", flow="refunds")
    refunds, sales = verdicts_of(discovery, "refunds"), verdicts_of(discovery, "sales")
    assert (list(refunds), list(sales)) == (["add"], ["add", "update", "delete"])
    sample = discovery.samples("TRANSACTION")[1]
    met = sum(record["status"] == "Refunded" for record in sample.records)
    assert (refunds["add"].run.records, sales["add"].run.records) == (met, len(sample) - met)
    fills = [{row.destination: row.value for row in verdicts["add"].flow.mappings} for verdicts in (refunds, sales)]
    assert [rows["type"] for rows in fills] == ["Order", "Order"]
    assert [rows.get("status") == "Complete" for rows in fills] == [True, False]
    assert not {"type", "system_id", "status"} & {row.field for row in refunds["add"].run.rejections}
    entry = worksheet.entry("TRANSACTION")
    assert {row.title for row in entry.evidence} == {
        "To iPaaS.com", "To iPaaS.com, refunds", "To iPaaS.com, sales", "From iPaaS.com", "Bi-directional",
    }  # fmt: skip
    assert [row.key for row in entry.evidence if not row.flow] == before
    worksheet.decide("TRANSACTION", "both", methods="add", why="both sides sell")
    of = {flow.name: worksheet.entry("TRANSACTION").evidence_of(flow) for flow in worksheet.entry("TRANSACTION").flows}
    assert {name: {row.flow for row in rows} for name, rows in of.items()} == {
        "refunds": {"refunds"}, "sales": {"sales"}, "From iPaaS.com": {""},
    }  # fmt: skip


def test_what_depends_on_a_collection_that_is_left_out_says_so(discovery, worksheet):
    def found():
        worksheet_says = next(iter(worksheet.entry("TRANSACTION").evidence)).findings
        verdict = next(iter(discovery.verdicts("TRANSACTION"))).findings
        assert worksheet_says == verdict
        return [row.fact for row in verdict if row.rule == "outside"]

    assert found() == []
    worksheet.decide("CUSTOMER", None, why="they stay in the shop")
    (fact,) = found()
    assert fact == "customer_id points at CUSTOMER, which this worksheet does not move, and it is left out on purpose"
    worksheet.undo()
    assert found() == []
    worksheet.leave_out("iPaaS.com", "CUSTOMER", "they stay in the shop")
    assert len(found()) == 1
    worksheet.take_in("iPaaS.com", "CUSTOMER")
    assert found() == []


def test_the_evidence_on_a_flow_that_nobody_names_any_more_is_not_shown(discovery, worksheet):
    worksheet.flow("TRANSACTION", "refunds", "to", condition="status = Refunded", methods="add")
    worksheet.save()
    text = worksheet.path.read_text()
    assert [row.title for row in worksheet.entry("TRANSACTION").evidence if row.flow] == ["To iPaaS.com, refunds"]
    loaded = Worksheet.load(worksheet.path).entry("TRANSACTION")
    assert [row.flow for row in loaded.evidence if row.flow] == ["refunds"]
    assert loaded.two_way == worksheet.entry("TRANSACTION").two_way
    lines = [line for line in text.splitlines(keepends=True) if "refunds" not in line and "flows:" not in line]
    worksheet.path.write_text("".join(lines))
    edited = Worksheet.load(worksheet.path).entry("TRANSACTION")
    assert [row for row in edited.evidence if row.flow] == []
    assert edited.counts == ()
    worksheet.path.write_text(text)
    worksheet.undo()
    worksheet.save()


def test_an_owner_settles_what_both_sides_write(discovery, worksheet):
    def found(rule, field):
        both = next(row for row in worksheet.entry("TRANSACTION").evidence if row.direction == "Bi-directional")
        return [row for row in both.findings if (row.rule, row.field) == (rule, field)]

    shared = next(row for row in worksheet.entry("TRANSACTION").two_way if row.ipaas == "email_address")
    assert (shared.same, shared.of) == (267, 267)
    (before,) = found("owner", shared.third_party)
    assert (before.effect, worksheet.entry("TRANSACTION").owner_of("email_address")) == ("warns", "")
    worksheet.own("TRANSACTION", "email_address", "iPaaS.com", why="customers write there")
    (after,) = found("owner", shared.third_party)
    assert (after.effect, after.fact) == ("supports", "both sides write it, and iPaaS.com owns it")
    verdicts = {(row.direction.value, row.method.value): row for row in discovery.verdicts("TRANSACTION")}
    owned = {
        way: [row.field for row in verdict.findings if row.rule == "owner"]
        for way, verdict in verdicts.items()
        if way[0] != "Bi-directional"
    }
    assert owned.pop(("To iPaaS.com", "update")) == ["email_address"]
    assert not any(owned.values())
    worksheet.own("TRANSACTION", "email_address", "third party")
    verdicts = {(row.direction.value, row.method.value): row for row in discovery.verdicts("TRANSACTION")}
    way = verdicts["From iPaaS.com", "update"]
    assert [row.field for row in way.findings if row.rule == "owner"] == [shared.third_party]
    assert worksheet.entry("TRANSACTION").owner_of("email_address") == "third party"


def test_a_finding_on_both_ways_can_be_accepted(discovery, worksheet):
    field = worksheet.entry("TRANSACTION").two_way[0].third_party
    worksheet.accept_finding("TRANSACTION", "both", "owner", field, why="nobody changes it")
    both = next(row for row in discovery.verdicts("TRANSACTION") if row.direction == "Bi-directional")
    assert [row.effect for row in both.findings if (row.rule, row.field) == ("owner", field)] == ["accepted"]


def test_a_word_on_a_flow_is_of_its_direction_and_is_taken_back(discovery, worksheet):
    worksheet.flow("TRANSACTION", "refunds", "to", condition="status = Refunded")
    with pytest.raises(ConfigurationError, match="'refunds' leads To iPaaS.com"):
        worksheet.constant("TRANSACTION", "from", "status_id", 4, flow="refunds")
    worksheet.constant("TRANSACTION", "to", "type", "Return", flow="refunds")
    worksheet.reject("TRANSACTION", "to", "email_address", flow="refunds")
    entry = worksheet.entry("TRANSACTION")
    mine, shared = ({row.destination: row.status for row in rows if row.fills}
                    for rows in (entry.mappings(entry.flow("refunds").direction, "refunds"), entry.to))  # fmt: skip
    assert (mine["type"], "type" in shared) == ("manual", False)
    assert ("email_address" in mine, "email_address" in shared) == (False, True)
    worksheet.unmap("TRANSACTION", "to", "type", flow="refunds")
    assert [row.destination for row in worksheet.entry("TRANSACTION").flow("refunds").mappings] == ["email_address"]


def test_an_accepted_finding_is_shown_as_accepted(discovery, worksheet):
    worksheet.accept_finding("TRANSACTION", "to", "required", "system_id", why="comes later")
    finding = next(
        finding
        for finding in next(iter(discovery.verdicts("TRANSACTION"))).findings
        if (finding.rule, finding.field) == ("required", "system_id")
    )
    assert (finding.effect, "comes later" in finding.accepted) == ("accepted", True)


def test_a_word_that_is_saved_is_an_input_of_the_next_run(discovery, worksheet):
    worksheet.constant("TRANSACTION", "to", "type", "Order")
    worksheet.save()
    text = worksheet.path.read_text()
    assert "    type: {constant: Order, by: A. Tester, date: " in text
    with Discovery.open(discovery.path) as again:
        entry = again._written.entry("TRANSACTION")
        assert [row.value for row in entry.to if row.destination == "type"] == ["Order"]
    worksheet.undo()
    worksheet.save()
    assert "constant" not in worksheet.path.read_text()


def test_a_pair_that_people_add_is_compared_and_looking_writes_nothing(discovery, worksheet):
    folder = discovery.path.parent / "other"
    shutil.copytree(discovery.path.parent, folder, ignore=shutil.ignore_patterns("other"))
    sheet = Worksheet.load(folder / "worksheet.yaml")
    sheet.pair("GIFT_CARD", "gift_certificates")
    sheet.save()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with Discovery.open(folder / "discovery.toml") as other:
        assert ("GIFT_CARD", "gift_certificates") in [(pair.ipaas, pair.third_party) for pair in other.pairs]
        assert other.worksheet.entry("GIFT_CARD").evidence
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_list_that_the_worksheet_folds_is_one_list_of_the_next_opening(discovery, worksheet):
    named = next(path for path in worksheet.entry("CUSTOMER").from_sources if "{" in path)
    worksheet.fold(f"CUSTOMER.{named.split('{')[0]}")
    worksheet.save()
    with Discovery.open(discovery.path) as again:
        assert named not in {field.path for field in again.schemas("CUSTOMER").ipaas.returned.fields}
    worksheet.undo()
    worksheet.save()

"""Under each head of a flow's documentation stands what the order says, and nothing else."""

from __future__ import annotations

import pytest

from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts, SideFacts
from ipaas_discovery.worksheet.facts.system_profile import Preset, ProfileRow, SystemProfile
from ipaas_discovery.worksheet.features import ExternalId, Features, SyncType
from ipaas_discovery.worksheet.ordered_flow import FieldOwner, OrderedFlow
from ipaas_discovery.worksheet.parts import Decision, Evidence
from ipaas_discovery.worksheet.synopsis.documentation import documentation
from ipaas_discovery.worksheet.synopsis.flow_sheet import FlowSheet, MappingCollection
from ipaas_discovery.worksheet.synopsis.mapping_line import MappingLine

OPEN = "not known from this order; write it when the flow is built"
CUSTOMER = Entry("CUSTOMER", 8, "users")


def flow(direction=Direction.TO, name="", **settings):
    return OrderedFlow(name or str(direction), direction, **settings)


def sheet(entry=CUSTOMER, direction=Direction.TO, name="", **known):
    return FlowSheet(entry, flow(direction, name), **known)


def under(head, sheet, facts=None, others=()):
    parts = {part.head: part.text for part in documentation(sheet, facts or Facts(), (sheet, *others))}
    return parts[head]


def test_an_order_that_says_nothing_leaves_the_heads_open():
    parts = [(part.head, part.text) for part in documentation(sheet(Entry("COLOUR", 1, "paints")), Facts(), ())]
    assert parts == [
        ("Summary", "To iPaaS.com: paints to COLOUR, ."),
        ("Requirements in iPaaS.com", "nothing has to exist before"),
        ("Requirements in the third party", OPEN),
        ("ID format", OPEN),
        ("Deleted record support", "deletes are not transferred"),
        ("Custom field support", OPEN),
        ("Mapping collection status", "; trigger not decided"),
        ("Duplicate or conflicting mappings", "no flow of the opposite direction is ordered"),
        ("Supported child collections", "none is ordered"),
        ("System caveats", "none is known"),
        ("Setup requirements", OPEN),
        ("Authentication", OPEN),
        ("Integration flow", OPEN),
        ("Mappings", "0 fields are filled; see Fields To"),
    ]


@pytest.mark.parametrize(
    ("direction", "why", "text"),
    [
        (Direction.TO, "", "To iPaaS.com: users to CUSTOMER, add, delete."),
        (Direction.TO, "agreed", "To iPaaS.com: users to CUSTOMER, add, delete. agreed"),
        (Direction.FROM, "", "From iPaaS.com: CUSTOMER to users, add, delete."),
    ],
)
def test_the_summary_names_both_ends_in_the_order_of_the_flow(direction, why, text):
    entry = Entry("CUSTOMER", 8, "users", decision=Decision(direction, why=why))
    ordered = FlowSheet(entry, flow(direction, methods=(Method.ADD, Method.DELETE)))
    assert under("Summary", ordered) == text
    assert under("Deleted record support", ordered) == "deletes are transferred"


@pytest.mark.parametrize(
    ("collection", "text"),
    [("CUSTOMER_ADDRESS", "CUSTOMER must exist"), ("LOCATION", "nothing has to exist before")],
)
def test_what_has_to_exist_before(collection, text):
    assert under("Requirements in iPaaS.com", sheet(Entry(collection, 1, "x"))) == text


def test_what_is_known_of_the_pair_and_of_the_third_party():
    pair = PairFacts(
        SideFacts("iPaaS.com", "CUSTOMER", custom_fields=("custom_fields",)),
        SideFacts("Shop", "users", parent="shops", custom_fields=("extra", "more")),
    )
    rows = (ProfileRow("sandbox", "yes"), ProfileRow("authentication", "a token"), ProfileRow("authentication", "none"))
    presets = (Preset("url", "string", "address"), Preset("token", "string", "secret"))
    facts = Facts(third_party=SystemProfile("Shop", rows, presets), pairs={CUSTOMER.key: pair})
    assert under("Requirements in the third party", sheet(), facts) == "records of shops must exist"
    assert under("Custom field support", sheet(), facts) == "iPaaS.com: custom_fields; Shop: extra, more"
    assert under("Setup requirements", sheet(), facts) == "url, token"
    assert under("Authentication", sheet(), facts) == "a token"


def test_a_side_without_custom_fields_is_left_out():
    pair = PairFacts(SideFacts("iPaaS.com"), SideFacts("Shop", custom_fields=("extra",)))
    assert under("Custom field support", sheet(), Facts(pairs={CUSTOMER.key: pair})) == "Shop: extra"


def test_ids_are_written_with_their_notes():
    formats = (ExternalId("{{Id}}"), ExternalId("{{Sku}}", note="for variants"))
    entry = Entry("CUSTOMER", 8, "users", features=(Features(Direction.TO, external_id_formats=formats),))
    assert under("ID format", sheet(entry)) == "{{Id}}; {{Sku}} (for variants)"
    assert under("ID format", sheet(entry, Direction.FROM)) == OPEN


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, "trigger not decided"),
        ({"trigger": "webhook"}, "webhook"),
        ({"trigger": "poll", "every": "5 minutes"}, "poll 5 minutes"),
    ],
)
def test_the_status_names_collections_and_trigger(settings, text):
    made = MappingCollection("Add Shop Customer TO iPaaS.com", SyncType.ADD)
    ordered = FlowSheet(CUSTOMER, flow(**settings), collections=(made,))
    assert under("Mapping collection status", ordered) == f"{made.name}, {SyncType.ADD.value}; {text}"


def test_flows_of_the_opposite_direction_write_the_same_records():
    head, back = "Duplicate or conflicting mappings", sheet(direction=Direction.FROM, name="back")
    none = "no flow of the opposite direction is ordered"
    assert under(head, sheet(), others=[sheet(name="again")]) == none
    assert under(head, sheet(), others=[sheet(Entry("CUSTOMER", 8, "guests"), Direction.FROM)]) == none
    text = "back writes the same records; whose value counts is not decided"
    assert under(head, sheet(), others=[back]) == text
    owned = Entry("CUSTOMER", 8, "users", owners=(FieldOwner("name", "newest"), FieldOwner("sku", "iPaaS.com")))
    text = "back writes the same records; whose value counts: name: newest, sku: iPaaS.com"
    assert under(head, sheet(owned), others=[back]) == text


def test_children_are_those_ordered_in_the_same_direction():
    address, contact = Entry("CUSTOMER_ADDRESS", 17, "addresses"), Entry("CUSTOMER_CONTACT", 18, "contacts")
    others = [
        sheet(address, parent="CUSTOMER"),
        sheet(address, parent="CUSTOMER", name="again"),
        sheet(contact, Direction.FROM, parent="CUSTOMER"),
        sheet(Entry("LOCATION_ADDRESS", 54, "places"), parent="LOCATION"),
    ]
    head = "Supported child collections"
    assert under(head, sheet(), others=others) == "CUSTOMER_ADDRESS"
    assert under(head, sheet(direction=Direction.FROM), others=others) == "CUSTOMER_CONTACT"
    assert under(head, sheet(), others=others[2:]) == "none is ordered"


def test_caveats_are_findings_that_do_not_support_the_flow_each_once():
    findings = [
        Finding("required", Effect.BLOCKS, "email", "no source"),
        Finding("key", Effect.SUPPORTS, "id", "unique"),
        Finding("scope", Effect.WARNS, "", "no deletes"),
        Finding("null", Effect.NEEDS_DEFAULT, "name", "empty in 2 of 9"),
        Finding("size", Effect.UNKNOWN, "note", "no limit known"),
    ]
    evidence = tuple(Evidence(Direction.TO, method, Outcome.BLOCKED, "", tuple(findings)) for method in Method)
    text = "email: no source; no deletes; name: empty in 2 of 9; note: no limit known"
    assert under("System caveats", sheet(evidence=evidence)) == text


def test_learning_and_filled_fields_are_those_of_the_flow():
    lines = (MappingLine("a", 1), MappingLine("b", None), MappingLine("c", 2))
    ordered = sheet(direction=Direction.FROM, lines=lines, learning="changes are polled")
    assert under("Integration flow", ordered) == "changes are polled"
    assert under("Mappings", ordered) == "2 fields are filled; see Fields From"
    assert under("Mappings", sheet(lines=lines[:1])) == "1 field is filled; see Fields To"

"""Delivered against ordered: each difference planted alone is seen, and nothing else is."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ipaas_discovery import Discovery
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.delivery.delivered import compare_delivery
from ipaas_discovery.worksheet.delivery.delivered_collection import (
    DeliveredCollection,
    DeliveredRow,
    Delivery,
    Subscription,
)
from ipaas_discovery.worksheet.delivery.delivery_gap import GapKind
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import CollectionSide, Decision

DATA = Path(__file__).parents[3] / "data"
SHOP = Subscription("5", "Shop")
ROWS = (DeliveredRow("CustomerNumber", "Id", "Field"), DeliveredRow("EmailAddress", "Mail", "Field"))
TO = DeliveredCollection(
    "1", "Add/Update Shop User TO iPaaS.com", "CUSTOMER", (Direction.TO,), "ADD_AND_UPDATE", subscription="5", rows=ROWS
)
REQUIRED = {("CUSTOMER", "users", Direction.TO): ("customer_number", "email_address")}


def entry(direction=Direction.TO, methods=("add", "update"), **more):
    return Entry("CUSTOMER", 8, "users", decision=Decision(direction, methods), **more)


def compared(entries, *collections, **more):
    document = WorksheetDocument(third_party=CollectionSide("Shop"), entries=tuple(entries))
    delivery = Delivery((SHOP, Subscription("6", "Ledger")), collections)
    return compare_delivery(document, delivery, required=REQUIRED, **more)


def kinds(*given, **more):
    return [(gap.kind, gap.direction, gap.field) for gap in compared(*given, **more).gaps]


def test_what_is_delivered_as_ordered_has_no_difference():
    delivered = compared([entry()], TO)
    assert (delivered.gaps, delivered.as_ordered, delivered.subscription) == ((), True, SHOP)
    assert str(delivered) == "1 ordered flow and 1 mapping collection of Shop: no difference"


def test_two_mapping_collections_that_do_the_same_are_one_too_many():
    assert kinds([entry()], TO, replace(TO, id="2", name="copy")) == [(GapKind.NOT_ORDERED, Direction.TO, "")]
    assert kinds([entry()], TO, replace(TO, id="2", filter="1==0")) == [(GapKind.SWITCHED_OFF, Direction.TO, "")]


def test_a_filter_that_every_record_passes_is_none():
    assert kinds([entry()], replace(TO, filter="1==1")) == []


def test_a_default_that_is_ordered_has_to_be_delivered():
    ordered = entry(to=(Mapping("email_address", "field", ("mail",), status="accepted", default="none@example.test"),))
    (gap,) = compared([ordered], TO).gaps
    assert (gap.kind, gap.field, gap.ordered, gap.delivered) == (
        GapKind.MAPPING, "email_address", "else none@example.test", "no default",
    )  # fmt: skip
    for row in (
        replace(ROWS[1], default="none@example.test"),
        replace(ROWS[1], source='Mail ?? "none@example.test"', kind="Dynamic Formula"),
    ):
        with_default = [
            gap for gap in compared([ordered], replace(TO, rows=(ROWS[0], row))).gaps if "else" in gap.ordered
        ]
        assert with_default == []


def test_add_and_update_may_be_two_mapping_collections():
    add, update = replace(TO, sync_type="ADD"), replace(TO, id="2", sync_type="UPDATE", rows=())
    assert kinds([entry()], add, update) == []


@pytest.mark.parametrize(
    ("collections", "wanted"),
    [
        ((), [(GapKind.NOT_DELIVERED, Direction.TO, "")]),
        ((TO, replace(TO, id="2", directions=(Direction.FROM,))), [(GapKind.NOT_ORDERED, Direction.FROM, "")]),
        ((TO, replace(TO, id="2", collection="PRODUCT")), [(GapKind.NOT_ORDERED, Direction.TO, "")]),
        ((replace(TO, directions=(Direction.FROM,)),), [(GapKind.DIRECTION, Direction.TO, "")]),
        ((replace(TO, sync_type="ADD"),), [(GapKind.SYNC_TYPE, Direction.TO, "")]),
        ((replace(TO, sync_type="?"),), [(GapKind.SYNC_TYPE, Direction.TO, "")]),
        ((TO, replace(TO, id="2", sync_type="DELETE", rows=())), [(GapKind.SYNC_TYPE, Direction.TO, "")]),
        ((replace(TO, rows=ROWS[:1]),), [(GapKind.REQUIRED, Direction.TO, "email_address")]),
        ((replace(TO, filter="1 == 0"),), [(GapKind.SWITCHED_OFF, Direction.TO, "")]),
        ((replace(TO, filter="IsActive"),), [(GapKind.CONDITION, Direction.TO, "")]),
        ((replace(TO, subscription="6"),), [(GapKind.NOT_DELIVERED, Direction.TO, "")]),
        ((replace(TO, directions=()),), [(GapKind.DIRECTION, Direction.TO, "")]),
    ],
)
def test_each_difference_is_seen_alone(collections, wanted):
    assert kinds([entry()], *collections) == wanted


def test_a_direction_of_a_bidirectional_order_may_be_missing():
    assert kinds([entry(Direction.BIDIRECTIONAL)], TO) == [(GapKind.NOT_DELIVERED, Direction.FROM, "")]


@pytest.mark.parametrize("decision", [None, Decision(None)])
def test_what_is_undecided_or_left_out_is_not_ordered(decision):
    (gap,) = compared([replace(entry(), decision=decision)], TO).gaps
    assert (gap.kind, gap.ordered) == (GapKind.NOT_ORDERED, "leave out" if decision else "undecided")


def test_required_fields_are_asked_of_what_adds_and_shows_its_rows():
    assert kinds([entry(methods=("update",))], replace(TO, sync_type="UPDATE", rows=())) == []
    assert kinds([entry()], replace(TO, rows=None)) == []
    assert [field for *_, field in kinds([entry()], replace(TO, rows=()))] == ["customer_number", "email_address"]


def test_several_flows_of_one_pair_share_their_mapping_collections():
    flows = (
        OrderedFlow("guests", Direction.TO, ("add",), "guest = true"),
        OrderedFlow("members", Direction.TO, ("add",)),
    )
    ordered = entry(methods=("add",), named_flows=flows)
    members = replace(TO, name="Add Members", sync_type="ADD")
    guests = replace(TO, id="2", name="Add Guests", sync_type="ADD", filter="Guest")
    assert kinds([ordered], members, guests) == []
    (gap,) = compared([ordered], members).gaps
    assert (gap.kind, gap.ordered) == (GapKind.NOT_DELIVERED, "guests")
    (gap,) = compared([ordered], members, replace(guests, filter="")).gaps
    assert (gap.kind, gap.ordered, gap.delivered) == (GapKind.CONDITION, "guest = true", "every record")


def test_one_type_in_two_pairs_is_told_apart_by_its_tables():
    other = Entry("CUSTOMER", 8, "guests", decision=Decision(Direction.TO, ("add",)))
    adding = entry(methods=("add",))
    users = replace(TO, name="Add users", sync_type="ADD")
    guests = replace(TO, id="2", name="Add guests", sync_type="ADD", rows=())
    assert kinds([adding, other], guests, users) == []
    assert [gap.third_party for gap in compared([adding, other], users).gaps] == ["guests"]


def test_a_decided_mapping_that_is_not_delivered_is_seen_and_a_proposal_is_not():
    said = [
        Mapping("email_address", "field", ("mail",), status="accepted"),
        Mapping("first_name", "field", ("first",), status="manual"),
        Mapping("customer_number", "field", ("number",), status="accepted"),
        Mapping("company", "field", ("firm",)),
        Mapping("comment", "field", ("note",), status="rejected"),
    ]
    assert kinds([entry(to=tuple(said))], TO) == [
        (GapKind.MAPPING, Direction.TO, "customer_number"), (GapKind.MAPPING, Direction.TO, "first_name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "row"),
    [
        (Mapping("type", "constant", value="Order", status="manual"), DeliveredRow("Type", '"Order"', "Static")),
        (Mapping("type", "constant", value="Order", status="manual"), DeliveredRow("Type", default="Order")),
        (Mapping("name", "formula", ("first", "last"), status="manual"), DeliveredRow("Name", 'First + " " + Last')),
        (Mapping("state", "look-up", ("status",), status="manual"), DeliveredRow("State", "x", translation="States")),
        (Mapping("updated_datetime", "field", ("at",), status="manual"), DeliveredRow("UpdateDateTime", "At")),
    ],
)
def test_a_row_that_reads_what_is_ordered_is_the_same(mapping, row):
    ordered = entry(to=(mapping,))
    assert kinds([ordered], replace(TO, rows=(*ROWS, row))) == []
    wrong = replace(row, source="Other", default="", translation="")
    assert [kind for kind, *_ in kinds([ordered], replace(TO, rows=(*ROWS, wrong)))] == [GapKind.MAPPING]


@pytest.mark.parametrize(
    ("hints", "chosen"),
    [
        ({"subscription": "6"}, "6"), ({"subscription": "ledger"}, "6"), ({"system": "6"}, "6"), ({}, "5"),
        ({"system": "9"}, "5"), ({"subscription": "5", "system": "6"}, "5"),
    ],
)  # fmt: skip
def test_the_subscription_is_that_of_the_settings_else_of_the_records_else_of_the_name(hints, chosen):
    assert compared([], **hints).subscription.id == chosen


def test_nothing_is_compared_where_nobody_knows_with_what():
    document, both = WorksheetDocument(), (SHOP, Subscription("6", "Ledger"))
    assert "there are Shop (5), Ledger (6)" in compare_delivery(document, Delivery(both)).problem
    assert "called 'Stor'" in compare_delivery(document, Delivery(both), subscription="Stor").problem
    nothing = compare_delivery(document, Delivery())
    assert nothing.problem == "The company has no subscription, so nothing is delivered yet"
    assert str(nothing).startswith("Delivered was not compared with ordered: The company")
    assert not nothing.as_ordered
    assert compare_delivery(document, Delivery((SHOP,))).subscription == SHOP


def test_what_was_read_in_part_is_not_called_as_ordered():
    document = WorksheetDocument(entries=(entry(),))
    delivered = compare_delivery(document, Delivery((SHOP,), (TO,), partly="1 of 2 was read"), required=REQUIRED)
    assert not delivered.gaps
    assert not delivered.as_ordered
    assert str(delivered).endswith("no difference; 1 of 2 was read")


def test_the_table_has_a_row_for_each_difference():
    delivered = compared([entry()], replace(TO, filter="1==0"))
    assert delivered.frame().to_dict("records") == [{
        "collection": "CUSTOMER", "third_party": "users", "direction": "To iPaaS.com", "gap": "switched off",
        "field": "", "ordered": "in use", "delivered": "filter 1==0",
        "mapping_collection": TO.name, "fix": "take the filter out",
    }]  # fmt: skip
    assert delivered.of(GapKind.SWITCHED_OFF) == delivered.gaps
    assert delivered.of(GapKind.CONDITION) == ()
    assert delivered.to_dict()["subscription"] == {"id": "5", "name": "Shop"}
    assert "1 difference" in delivered.to_text()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivered")
    shutil.copy(DATA / "discovery.toml", folder)
    shutil.copy(DATA / "worksheet.yaml", folder)
    with Discovery.open(folder / "discovery.toml") as discovery:
        yield discovery


def test_the_sandbox_differs_as_it_was_planted(sandbox):
    delivered = sandbox.delivered()
    assert delivered.subscription == Subscription("5001", "Sandbox store")
    assert [(gap.collection, gap.direction, gap.kind, gap.field) for gap in delivered.gaps] == [
        ("CUSTOMER_CATEGORY", Direction.TO, GapKind.NOT_ORDERED, ""),
        ("CUSTOMER", Direction.FROM, GapKind.SWITCHED_OFF, ""),
        ("PRODUCT", Direction.FROM, GapKind.DIRECTION, ""),
        ("TRANSACTION", Direction.TO, GapKind.SYNC_TYPE, ""),
        ("TRANSACTION", Direction.TO, GapKind.REQUIRED, "status"),
        ("TRANSACTION_PAYMENT", Direction.TO, GapKind.NOT_DELIVERED, ""),
    ]
    assert delivered.compared == (6, 6)
    assert not delivered.partly


def test_a_decision_changes_what_is_compared_at_once(sandbox):
    sandbox.worksheet.decide("PRODUCT", "to", why="a test", by="a test")
    try:
        kinds = {gap.kind for gap in sandbox.delivered().gaps if gap.collection == "PRODUCT"}
        assert kinds == {GapKind.REQUIRED}
    finally:
        sandbox.worksheet.undo()

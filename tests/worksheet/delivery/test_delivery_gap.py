"""The order of the differences of one collection."""

from __future__ import annotations

from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.delivery.delivery_gap import DeliveryGap, GapKind

FIRST, SECOND = list(GapKind)[:2]


def gap(kind=FIRST, third_party="orders", direction=Direction.TO, **more):
    return DeliveryGap(kind, "TRANSACTION", third_party, direction, **more)


def test_differences_stand_by_counterpart_way_kind_mapping_collection_and_field():
    ordered = [
        gap(third_party="invoices", direction=Direction.TO),
        gap(direction=None),
        gap(direction=Direction.FROM),
        gap(),
        gap(field="a"),
        gap(field="b"),
        gap(mapping_collection="Orders To", field="a"),
        gap(SECOND),
    ]
    turned = ordered[::-1]
    assert sorted(turned, key=lambda one: one.sort_key) == ordered


def test_a_difference_is_a_row_of_words():
    assert gap(direction=None).row()["direction"] == ""
    row = gap(field="type", ordered="x", delivered="y").row()
    assert (row["collection"], row["third_party"], row["direction"]) == ("TRANSACTION", "orders", "To iPaaS.com")
    assert (row["gap"], row["field"], row["ordered"], row["delivered"]) == (FIRST.value, "type", "x", "y")

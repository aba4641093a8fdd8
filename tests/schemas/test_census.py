import pytest

from ipaas_discovery.schemas.census import census
from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.schema import Schema


def schema(collection, *fields, records=10):
    return Schema(collection, system="Shop", fields=fields, records=records)


WIDE = schema(
    "orders",
    Field("id", observed=Observed(10, 10, types={"integer": 10})),
    Field("note", observed=Observed(10, 6, nulls=2, empties=2, types={"string": 4, "null": 2})),
    Field("total", observed=Observed(10, 10, types={"string": 9, "number": 1})),
    Field("gone", observed=Observed(10, 10, nulls=10, types={"null": 10})),
    Field("declared only"),
)
SMALL = schema("tags", Field("name", observed=Observed(3, 3, types={"string": 3})), records=3)


def test_collections_stand_with_the_widest_first_and_their_means():
    found = census([SMALL, WIDE, Schema("never asked")])
    rows = found.frame().to_dict("records")
    assert [row["collection"] for row in rows] == ["orders", "tags"]
    assert rows[0]["fields"] == 4
    assert [rows[0][part] for part in ("filled", "null", "empty", "absent")] == pytest.approx([0.55, 0.3, 0.05, 0.1])
    assert rows[0]["never filled"] == 1
    assert rows[0]["types"] == "integer 1, mixed 1, null 1, string 1"


def test_fields_stand_with_the_fullest_first():
    assert [path for path, _ in census([WIDE]).collections[0].shares] == ["id", "total", "note", "gone"]


def test_a_collection_without_records_has_no_means():
    row = census([schema("empty", records=0)]).frame().iloc[0]
    assert row["fields"] == 0
    assert row.isna()["filled"]


def test_nothing_observed_is_no_row():
    assert census([]).frame().empty

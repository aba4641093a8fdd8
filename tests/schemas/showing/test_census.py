import json

import pytest
from reference_files import agrees

from ipaas_discovery.schemas.field import Field, Observed
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.showing.census import census


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
    assert rows[0]["never_filled"] == 1
    assert rows[0]["types"] == {"integer": 1, "mixed": 1, "null": 1, "string": 1}


def test_fields_stand_with_the_fullest_first():
    assert [path for path, _ in census([WIDE]).collections[0].shares] == ["id", "total", "note", "gone"]


def test_a_collection_without_records_has_no_means():
    row = census([schema("empty", records=0)]).frame().iloc[0]
    assert row["fields"] == 0
    assert row.isna()["filled"]


def test_nothing_observed_is_no_row():
    assert census([]).frame().empty


def test_a_collection_that_comes_twice_is_counted_once():
    assert [each.collection for each in census([SMALL, WIDE, SMALL]).collections] == ["orders", "tags"]


def test_it_shows_two_bars_a_collection():
    found = census([SMALL, WIDE, schema("empty", records=0)])
    bundle = found._repr_mimebundle_()
    assert bundle["text/plain"].startswith("Census of Shop: 5 fields in 3 collections\ncollection  ")
    assert agrees("census.html", bundle["text/html"] + "\n")
    assert agrees("census.md", found.to_markdown() + "\n")


def test_a_bar_is_as_long_as_its_collection_has_fields():
    orders, tags = census([SMALL, WIDE])._chart().rows
    assert [bar.length for bar in (*orders.bars, *tags.bars)] == [1.0, 1.0, 0.25, 0.25]
    assert all(sum(share for _, share in bar.parts) == pytest.approx(1) for bar in (*orders.bars, *tags.bars))


def test_its_plain_data_holds_every_field():
    made = json.loads(json.dumps(census([WIDE]).to_dict()))
    (orders,) = made["collections"]
    assert orders["types"] == {"integer": 1, "mixed": 1, "null": 1, "string": 1}
    assert orders["fields"][2] == {"path": "note", "filled": 0.2, "null": 0.2, "empty": 0.2, "absent": 0.4}


def test_more_collections_than_one_looks_at_are_counted():
    found = census(
        [schema(f"c{at:03}", Field("id", observed=Observed(1, 1, types={"integer": 1}))) for at in range(75)]
    )
    assert len(found._chart().rows) == 60
    assert found._repr_html_().endswith("<p>15 more collections have fewer fields; frame() has them all.</p>")
    assert len(found.frame()) == 75


def test_no_collection_is_shown_too():
    assert census([])._repr_html_().endswith("<p>(no rows)</p>")
    assert census([]).to_markdown().endswith("| --- |")

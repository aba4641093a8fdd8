import json
from dataclasses import replace

import pytest

from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape

UNKNOWN = Schema()


def rows(*paths, required=(), read_only=()):
    return [
        {
            "path": path,
            "types": ["string"],
            "required": path in required or None,
            "read_only": path in read_only or None,
        }
        for path in paths
    ]


def fields(*paths, shape=Shape.CREATE, **marks):
    from_fields = Schema.from_fields(rows(*paths, **marks), shape=shape)
    return replace(from_fields, collection="x")


@pytest.fixture
def comparison():
    ours = Shapes(
        "iPaaS.com",
        "CUSTOMER",
        fields("id", "email_address", "first_name", "updated_datetime", shape=Shape.RETURNED),
        fields("email_address", "first_name", "customer_number", required=("customer_number", "email_address")),
        UNKNOWN,
    )
    observed = observe([{"mail": "a@example.test", "forename": "", "hobby": "chess"}, {"mail": "b@example.test"}])
    theirs = Shapes("store", "users", observed, fields("mail", "hobby", "forename", read_only=("forename",)), UNKNOWN)
    return compare(ours, theirs)


def row_of(comparison, **wanted):
    frame = comparison.frame()
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    return frame.iloc[0]


def test_matched_fields_come_first_then_ours_then_theirs(comparison):
    assert comparison.frame()["status"].tolist() == [
        "matched",
        "matched",
        "only iPaaS.com",
        "only iPaaS.com",
        "only iPaaS.com",
        "only third party",
    ]
    assert set(zip(comparison.frame()["ipaas"], comparison.frame()["third_party"], strict=True)) == {
        ("email_address", "mail"),
        ("first_name", "forename"),
        ("id", ""),
        ("customer_number", ""),
        ("updated_datetime", ""),
        ("", "hobby"),
    }


def test_each_direction_says_whether_the_field_can_move(comparison):
    says = {(row.ipaas, row.third_party): (row.to, row.from_) for row in comparison.rows}
    assert says == {
        ("email_address", "mail"): ("ok", "ok"),
        ("first_name", "forename"): ("ok", "not writable"),
        ("customer_number", ""): ("required, no source", "no destination"),
        ("id", ""): ("not writable", "no destination"),
        ("updated_datetime", ""): ("not writable", "no destination"),
        ("", "hobby"): ("no destination", "no source"),
    }


def test_types_and_fill_stand_beside_each_path(comparison):
    row = row_of(comparison, third_party="mail")
    assert (row["ipaas_types"], row["third_party_types"], row["third_party_fill"]) == (["string"], ["string"], 1.0)
    assert row_of(comparison, third_party="hobby")["third_party_fill"] == 0.5
    assert row["score"] > 0.5
    assert "both mean email" in row["why"]


def test_an_unknown_received_shape_leaves_the_direction_unknown():
    shapes = Shapes("a", "x", fields("sku", shape=Shape.RETURNED), UNKNOWN, UNKNOWN)
    other = Shapes("b", "y", fields("sku", shape=Shape.RETURNED), fields("sku"), UNKNOWN)
    row = compare(shapes, other).rows[0]
    assert (row.status, row.to, row.from_) == ("matched", "unknown", "ok")


def test_an_unknown_source_leaves_the_direction_unknown():
    row = compare(
        Shapes("a", "x", fields("sku", shape=Shape.RETURNED), fields("sku"), UNKNOWN),
        Shapes("b", "y", UNKNOWN, fields("sku"), UNKNOWN),
    ).rows[0]
    assert (row.status, row.to, row.from_) == ("matched", "unknown", "ok")


def test_two_unknown_collections_compare_to_an_empty_table():
    nothing = Shapes("a", "x", UNKNOWN, UNKNOWN, UNKNOWN)
    comparison = compare(nothing, nothing)
    assert comparison.rows == ()
    assert list(comparison.frame().columns)[6:9] == ["status", "to", "from"]
    assert list(comparison.frame().columns)[-1] == "why"


def test_the_json_is_plain_and_says_the_same_as_the_frame(comparison):
    data = json.loads(json.dumps(comparison.to_dict()))
    assert data["third_party"] == {"system": "store", "collection": "users"}
    assert [field["ipaas"] for field in data["fields"]] == comparison.frame()["ipaas"].tolist()
    assert {"path": "customer_number", "kind": "only received"} in data["differences"]["ipaas"]


def test_the_same_input_gives_the_same_comparison(comparison):
    again = compare(comparison.ipaas, comparison.third_party)
    assert again == comparison
    assert again.to_dict() == comparison.to_dict()


def test_what_an_element_requires_matters_only_if_the_list_is_filled():
    lines = Schema.from_fields(
        [
            {"path": "sku", "types": ["string"]},
            {"path": "lines", "types": ["array"]},
            {"path": "lines[].qty", "types": ["integer"]},
            {"path": "lines[].type", "types": ["string"], "required": True},
            {"path": "notes", "types": ["array"]},
            {"path": "notes[].text", "types": ["string"], "required": True},
        ],
        collection="x",
    )
    store = fields("sku", "lines[].quantity", shape=Shape.RETURNED)
    comparison = compare(Shapes("a", "x", lines, lines, UNKNOWN), Shapes("b", "y", store, UNKNOWN, UNKNOWN))
    says = {row.ipaas: row.to for row in comparison.rows}
    assert says == {
        "sku": "ok",
        "lines[].qty": "ok",
        "lines[].type": "required, no source",
        "notes[].text": "no source",
    }


def compared(name, ours, theirs):
    sides = [
        Sample(
            system,
            "groups",
            tuple({"name": f"group {at}", name: value} for at, value in enumerate(values)),
            Stop.COMPLETE,
        )
        for system, values in (("iPaaS.com", ours), ("store", theirs))
    ]
    shapes = [Shapes(side.system, "groups", observe(side), observe(side), UNKNOWN) for side in sides]
    return row_of(compare(*shapes, pair_records(*sides, [("name", "name")])), ipaas=name)


@pytest.mark.parametrize(
    ("name", "theirs", "moves"),
    [
        ("parent_id", [2, 3, 1], "look-up"),
        ("parent_id", [1, 3, 2], "ok"),
        ("parent_id", [1, 2, 3], "ok"),
        ("rank", [2, 3, 1], "ok"),
    ],
)
def test_ids_of_other_records_that_are_never_the_same_are_looked_up(name, theirs, moves):
    row = compared(name, [1, 2, 3], theirs)
    assert (row["third_party"], row["to"], row["from"]) == (name, moves, moves)


def test_what_is_returned_stands_in_for_what_nobody_knows_to_be_received_and_closes_nothing():
    rows = [{"path": "amount", "types": ["number"], "read_only": True}, {"path": "note", "types": ["string"]}]
    ours = Schema.from_fields(rows, collection="payments")
    unknown = Schema("payments")
    shapes = [Shapes("system", "payments", ours, unknown, unknown) for _ in range(2)]
    assert {row.destination for row in compare(*shapes).from_matches.proposals()} == {"amount", "note"}
    closed = replace(shapes[1], create=ours)
    assert {row.destination for row in compare(shapes[0], closed).from_matches.proposals()} == {"note"}

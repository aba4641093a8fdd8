"""The browser of collections: what it lists, pairs, takes apart, leaves out, and what it shows of a collection."""

import pytest
from open_collections import Browsed

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.settings import CollectionPair
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.widgets.browser_rows import record_rows, schema_rows
from ipaas_discovery.widgets.collection_browser import CollectionBrowser
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.worksheet import Worksheet


@pytest.fixture
def integration(tmp_path):
    worksheet = Worksheet("Shop", entries=[Entry("CUSTOMER", 8, "users")])
    worksheet.save(tmp_path / "worksheet.yaml")
    return Browsed(worksheet)


@pytest.fixture
def board(integration):
    return CollectionBrowser(integration, by="Ada")


def states(board):
    return {row["name"]: row["state"] for row in board.collections}


def test_collections_of_both_systems_are_listed_with_state_and_proposals(board):
    assert states(board) == {
        "CUSTOMER": "paired", "CUSTOMER_ADDRESS": "in no pair",
        "customer_addresses": "in no pair", "users": "paired", "zebras": "in no pair",
    }  # fmt: skip
    rows = {row["name"]: row for row in board.collections}
    assert rows["CUSTOMER"]["partners"] == ["users"]
    assert rows["users"]["partners"] == ["CUSTOMER"]
    assert rows["CUSTOMER"]["why"] == "CUSTOMER ↔ users: undecided"
    (proposed,) = rows["customer_addresses"]["proposed"]
    assert (proposed["name"], proposed["score"]) == ("CUSTOMER_ADDRESS", "95 %")
    assert proposed["why"].startswith("the name reads as")
    assert repr(board) == "CollectionBrowser(2 of 5 collections paired)"
    assert "customer_<wbr>addresses" in board.static()


def test_a_pair_is_made_and_taken_apart_and_undone(board, integration):
    board.handle({"do": "pair", "ipaas": "CUSTOMER_ADDRESS", "third_party": "customer_addresses"})
    assert board.status["saved"].startswith("CUSTOMER_ADDRESS ↔ customer_addresses: paired. Saved to")
    assert states(board)["customer_addresses"] == "paired"
    assert len(Worksheet.load(integration.worksheet.path).entries) == 2
    board.handle({"do": "unpair", "ipaas": "CUSTOMER_ADDRESS", "third_party": "customer_addresses"})
    assert states(board)["customer_addresses"] == "in no pair"
    board.handle({"do": "undo"})
    assert states(board)["CUSTOMER_ADDRESS"] == "paired"


def test_leaving_out_needs_a_reason_and_is_taken_back(board, integration):
    zebras = {"side": "third party", "name": "zebras"}
    board.handle({"do": "leave out", **zebras, "why": " "})
    assert "Leaving out needs a reason" in board.status["error"]
    board.handle({"do": "leave out", **zebras, "why": "no use"})
    row = next(row for row in board.collections if row["name"] == "zebras")
    assert (row["state"], row["why"]) == ("left out", "no use")
    assert Worksheet.load(integration.worksheet.path).document.left_out[0].by == "Ada"
    board.handle({"do": "take in", **zebras})
    assert states(board)["zebras"] == "in no pair"


def conflict(board, request):
    board.handle(request)
    return board.status["conflict"]


def test_what_was_seen_is_compared_before_a_pair_is_made(board, integration):
    pair = {"do": "pair", "ipaas": "CUSTOMER_ADDRESS", "third_party": "customer_addresses"}
    integration.worksheet.pair("CUSTOMER_ADDRESS", "zebras")
    seen = [["CUSTOMER_ADDRESS", []], ["customer_addresses", []]]
    theirs = {
        "name": "CUSTOMER_ADDRESS ↔ customer_addresses",
        "theirs": "CUSTOMER_ADDRESS ↔ zebras; customer_addresses: no pair",
        "yours": "a pair",
    }
    assert conflict(board, pair) == theirs
    assert conflict(board, {**pair, "seen": seen}) == theirs
    assert conflict(board, pair) is None
    partners = {row["name"]: row["partners"] for row in board.collections}
    assert partners["CUSTOMER_ADDRESS"] == ["zebras", "customer_addresses"]


def test_what_is_lost_with_a_pair_is_what_was_seen(board, integration):
    unpair = {"do": "unpair", "ipaas": "CUSTOMER", "third_party": "users", "seen": "undecided"}
    integration.worksheet.decide("CUSTOMER", "to", methods=["add"])
    theirs = {"name": "CUSTOMER ↔ users", "theirs": "To iPaaS.com", "yours": "no pair"}
    assert conflict(board, unpair) == theirs
    assert states(board)["users"] == "paired"
    assert conflict(board, {**unpair, "seen": "To iPaaS.com"}) is None
    assert states(board)["users"] == states(board)["CUSTOMER"] == "in no pair"
    board.handle({"do": "undo"})
    assert states(board)["users"] == "paired"
    integration.worksheet.constant("CUSTOMER", "to", "name", "Ada")
    assert conflict(board, {**unpair, "seen": "To iPaaS.com"})["theirs"] == "To iPaaS.com, 1 field decided"


def test_pairs_of_the_settings_come_back_and_the_board_says_so(board, integration):
    integration.integration.collections.append(CollectionPair(ipaas="CUSTOMER", third_party="users"))
    board.handle({"do": "unpair", "ipaas": "CUSTOMER", "third_party": "users"})
    assert board.status["saved"] == (
        "CUSTOMER ↔ users: no pair any more. discovery.toml pairs them as well: unless they are taken out there, "
        "they are a pair again at the next opening. Saved to worksheet.yaml."
    )


def test_a_collection_that_somebody_left_out_meanwhile_is_asked(board, integration):
    zebras = {"side": "third party", "name": "zebras"}
    integration.worksheet.leave_out("third party", "zebras", "theirs", by="Bo")
    asked = {"do": "leave out", **zebras, "why": "no use", "seen": "in no pair"}
    assert conflict(board, asked) == {"name": "zebras", "theirs": "left out: theirs", "yours": "left out: no use"}
    assert conflict(board, {"do": "take in", **zebras, "seen": "left out: ours"})["yours"] == "open"
    assert conflict(board, {"do": "take in", **zebras, "seen": "left out: theirs"}) is None
    assert states(board)["zebras"] == "in no pair"


def test_a_type_without_counterpart_is_in_no_pair_and_what_is_only_proposed_can_be_left_out(tmp_path):
    entries = [Entry("CUSTOMER", 8, "users", proposed=True), Entry("CUSTOMER_ADDRESS", 9)]
    worksheet = Worksheet("Shop", entries=entries)
    worksheet.save(tmp_path / "worksheet.yaml")
    board = CollectionBrowser(Browsed(worksheet))
    rows = {row["name"]: row for row in board.collections}
    assert (rows["users"]["state"], rows["users"]["loose"]) == ("paired", True)
    assert rows["users"]["why"] == "CUSTOMER ↔ users: only proposed, undecided"
    assert rows["CUSTOMER_ADDRESS"]["state"] == "in no pair"
    board.handle({"do": "leave out", "side": "third party", "name": "users", "why": "staff", "by": "Ada"})
    assert states(board)["users"] == "left out"


def test_a_schema_shows_three_shapes_shares_and_facts(board):
    board.handle({"do": "schema", "side": "third party", "name": "users"})
    fields = {row["path"]: row for row in board.schema["fields"]}
    assert fields["name"]["shapes"] == ["string", "string*", "unknown"]
    assert fields["name"]["description"] == "Who"
    assert fields["name"]["shares"] == {"fill": 1 / 6, "null": 0.0, "empty": 5 / 6}
    assert fields["name"]["filled"] == "17 % of 6"
    assert not fields["name"]["differs"]
    assert fields["id"]["differs"] and fields["id"]["key"]  # noqa: PT018  one field
    assert fields["lines[].sku"]["depth"] == 1
    assert board.schema["records"] == 6
    assert board.record == {}


def test_records_are_shown_one_by_one(board):
    users = {"do": "record", "side": "third party", "name": "users"}
    board.handle({**users, "at": 5})
    assert board.record == {
        "at": 5,
        "leaves": [
            {"path": "id", "value": "5"}, {"path": "name", "value": ""},
            {"path": "lines[1].sku", "value": "a"}, {"path": "note", "value": "null"},
        ],
    }  # fmt: skip
    board.handle({**users, "at": 0})
    assert board.record["at"] == 0
    board.handle({**users, "at": 5})
    board.handle(users)
    assert board.record["at"] == 0
    for at in (-1, 6):
        board.handle({**users, "at": at})
        assert f"There is no record {at + 1}" in board.status["error"]


def test_a_record_keeps_plain_lists_and_empty_parts_in_one_row():
    rows = record_rows({"tags": ["a", 1], "none": [], "deep": {"x": {}}, "long": "y" * 300})
    assert [(row["path"], row["value"][:12]) for row in rows] == [
        ("tags", '["a", 1]'), ("none", "[]"), ("deep.x", "{}"), ("long", "y" * 12),
    ]  # fmt: skip
    assert len(rows[-1]["value"]) == 160


def test_an_unknown_name_is_told(board):
    board.handle({"do": "schema", "side": "third party", "name": "userz"})
    assert "did you mean 'users'" in board.status["error"]
    board.handle({"do": "pair", "ipaas": "CUSTOMER", "third_party": "userz"})
    assert "Unknown third-party collection 'userz'" in board.status["error"]
    board.handle({"do": "pair", "ipaas": "CUSTOMR", "third_party": "users"})
    assert "Unknown iPaaS.com collection" in board.status["error"]
    with pytest.raises(UnknownNameError, match="by"):
        CollectionBrowser(None, bye="Ada")


def test_nothing_known_is_no_field():
    empty = Shapes("Shop", "x", *(Schema(shape=shape) for shape in Shape))
    assert schema_rows(empty) == []


def test_a_list_is_folded_by_a_word_that_is_compared_with_what_stands_there(board, integration):
    users = {"side": "third party", "name": "users", "list": "users.more"}
    board.handle({"do": "fold", "seen": None, **users})
    assert board.status["saved"].startswith("users.more: one list, from the next opening on.")
    other = Worksheet.load(integration.worksheet.path)
    other.unfold("users.more")
    other.save()
    board.handle({"do": "fold", "seen": "fold", **users})
    assert board.status["conflict"] == {"name": "users.more", "theirs": "names as fields", "yours": "one list"}
    assert board.lists == {"users.more": "unfold"}


@pytest.mark.parametrize("name", ["users.", "", "other.more"])
def test_what_is_no_list_is_not_folded(board, integration, name):
    board.handle({"do": "fold", "side": "third party", "name": "users", "list": name})
    assert f"'{name}' names no list" in board.status["error"]
    assert integration.worksheet.document.lists == ()


def test_everything_known_of_a_field_is_told_and_an_unknown_one_with_the_nearest(board):
    users = {"side": "third party", "name": "users"}
    board.handle({"do": "schema", **users})
    board.handle({"do": "field", "path": "name", **users})
    heads = [head for head, _ in board.field["facts"]]
    assert heads[0] == "observed"
    assert board.field["list"] == ""
    board.handle({"do": "field", "path": "nam", **users})
    assert "did you mean 'name'" in board.status["error"]


def test_several_are_left_out_in_one_step_and_nothing_is_where_one_was_changed(board, integration):
    three = [{"side": row["side"], "name": row["name"]} for row in board.collections if row["state"] == "in no pair"]
    request = {"do": "leave these out", "rows": three, "seen": "in no pair"}
    board.handle({**request, "why": " "})
    assert "Leaving out needs a reason" in board.status["error"]
    integration.worksheet.leave_out("third party", "zebras", "theirs", by="Bo")
    asked = conflict(board, {**request, "why": "no use"})
    assert asked == {"name": "zebras", "theirs": "left out: theirs", "yours": "left out: no use"}
    assert states(board)["CUSTOMER_ADDRESS"] == "in no pair"
    board.handle({"do": "leave these out", "rows": three, "why": "no use"})
    assert board.status["saved"].startswith("3 collections: left out. Saved to")
    assert [row["why"] for row in board.collections if row["state"] == "left out"] == ["no use"] * 3
    assert {row.by for row in Worksheet.load(integration.worksheet.path).document.left_out} == {"Ada"}
    board.handle({"do": "undo"})
    assert states(board)["CUSTOMER_ADDRESS"] == "in no pair"
    assert states(board)["zebras"] == "left out"


def test_what_records_have_and_this_one_has_not_is_listed_as_absent():
    fields = ("id", "a", "a.b", "a.c", "lines", "lines[].sku", "lines[].qty", r"x\.y", "more{Tax}.value", "tags")
    schema = Schema.from_fields([{"path": path} for path in fields])
    record = {"id": 1, "a": {"c": 2}, "lines": [{"sku": "s"}, {"qty": 1}], "x.y": 0}
    rows = {row["path"]: row["value"] for row in record_rows(record, schema)}
    assert rows == {
        "id": "1", "a.c": "2", "a.b": None, "lines[1].sku": "s", "lines[1].qty": None, "lines[2].qty": "1",
        "lines[2].sku": None, "x.y": "0", "tags": None,
    }  # fmt: skip
    assert [row["path"] for row in record_rows({}, schema)] == [""]
    assert None not in [row["value"] for row in record_rows(record)]

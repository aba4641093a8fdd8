import json

import pytest
from small_discovery import SmallDiscovery

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.formulas.formula_text import parse_formula
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.widgets.field_detail import field_detail, preview_rows, source_values, suggested_formula
from ipaas_discovery.widgets.match_rows import MatchRows, mapping_words


def made(discovery, direction=Direction.TO):
    verdicts = tuple(verdict for verdict in discovery.verdicts("CUSTOMER") if verdict.direction is direction)
    return MatchRows(discovery.compare("CUSTOMER"), discovery.worksheet.entry("CUSTOMER"), direction, verdicts)


def row(rows, key):
    return next(row for row in rows.rows() if row["key"] == key)


def test_a_row_is_plain_json_with_what_fills_the_field_and_what_speaks_for_it(discovery):
    one = json.loads(json.dumps(row(made(discovery), "email_address")))
    assert (one["kind"], one["sources"], one["how"], one["status"]) == ("field", ["email"], "email", "proposed")
    assert (one["required"], one["missing"], one["title"], one["types"]) == (True, False, "E-mail", "string")
    assert (one["same"], one["differs"], one["clear"]) == ("equal in 8 of 8 of the same records", 0, True)
    assert one["near"][0][0] == "email"


def test_required_fields_come_first_then_those_that_are_filled(discovery):
    assert [one["key"] for one in made(discovery).rows()] == ["email_address", "name", "type", "note", "state"]


def test_a_required_field_that_nothing_fills_is_missing_and_its_refusal_a_conflict(discovery):
    one = row(made(discovery), "type")
    assert (one["missing"], one["how"], one["clear"]) == (True, "", False)
    assert one["conflict"] == "required: refused in 8 of 8 records on add"


def test_what_the_destination_refuses_is_not_clear(discovery):
    one = row(made(discovery), "note")
    assert (one["how"], one["clear"]) == ("memo", False)
    assert one["conflict"].startswith("length: refused in 8 of 8")


def test_values_that_differ_are_counted_for_a_field_and_for_what_translates_it(discovery):
    translated = row(made(discovery), "state")
    assert (translated["how"], translated["differs"]) == ("status, translated: active = A, blocked = B, gone = A", 0)
    assert translated["same"] == "gives what is there in 8 of 8 records"
    discovery.worksheet.map("CUSTOMER", "to", "state", "status", by="Ada", why="w")
    rows = made(discovery)
    copied = row(rows, "state")
    assert (copied["differs"], copied["same"]) == (8, "equal in 0 of 8 of the same records; different in 8")
    assert rows.statement("state").startswith("status (manual by Ada on ")
    assert rows.statement("state").endswith(", because w")
    assert rows.statement("name") == ""


def test_a_field_that_is_always_another_is_not_clear_and_a_formula_that_gives_it_is(discovery):
    clear = {one["key"]: one["clear"] for one in made(discovery).rows()}
    assert clear == {"email_address": True, "name": True, "type": False, "note": False, "state": True}


def test_the_fields_of_the_source_that_fill_nothing_are_listed(discovery):
    unused = {one["key"]: one for one in made(discovery).unused()}
    assert set(unused) == {"uid"}
    assert unused["uid"]["types"] == "string"


def test_the_other_direction_is_read_the_other_way(discovery):
    rows = made(discovery, Direction.FROM)
    assert (rows.side, rows.source.collection) == ("right", "CUSTOMER")
    assert row(rows, "email")["how"] == "email_address"
    assert row(rows, "email")["same"] == "equal in 8 of 8 of the same records"


def test_a_source_that_is_not_there_is_named_with_the_nearest(discovery):
    rows = made(discovery)
    rows.check_sources(["first", "last"])
    with pytest.raises(UnknownNameError, match="did you mean 'first'"):
        rows.check_sources(["frst"])


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (Mapping("x"), ""),
        (Mapping("x", sources=("a", "b"), standing="ambiguous"), "one of a, b"),
        (Mapping("x", "field", ("a",)), "a"),
        (Mapping("x", "look-up", ("a",), value="CUSTOMER"), "id of the CUSTOMER that a names"),
        (Mapping("x", "formula", ("a",), parse_formula("x", "a | upper")), "a | upper"),
        (Mapping("x", "formula", value="Name.Trim()"), "C#: Name.Trim()"),
        (Mapping("x", "field", ("a",), default="d", condition="a = 1"), "a, else 'd', where a = 1"),
    ],
)
def test_a_mapping_in_words(mapping, words):
    assert mapping_words(mapping) == words


def test_the_detail_holds_the_evidence_in_parts_and_the_same_records(discovery):
    detail = json.loads(json.dumps(field_detail(made(discovery), "email_address")))
    best = detail["proposals"][0]
    assert (best["source"], best["same"]) == ("email", "equal in 8 of 8 of the same records")
    assert dict(best["parts"])["agreement"] == 1.0
    assert best["examples"][0].endswith("@a.test")
    assert detail["preview"]["summary"] == "gives what is there in 8 of 8 records"
    assert (detail["title"], detail["source"]) == ("E-mail", "email")


def test_the_detail_names_what_is_allowed_and_the_limits(discovery):
    assert field_detail(made(discovery), "state")["allowed"] == ["A", "B"]
    assert field_detail(made(discovery), "note")["limits"] == "at most 10 characters"


def test_values_come_with_their_frequency_and_what_stands_beside_them(discovery):
    assert sorted(source_values(made(discovery), "status", "state")) == [
        ["active", 3, "A"],
        ["blocked", 4, "B"],
        ["gone", 1, "A"],
    ]


def test_a_value_that_the_destination_lists_in_another_case_is_what_is_written_for_it(tmp_path):
    discovery = SmallDiscovery(tmp_path / "w.yaml", fields=[{"path": "kind", "enum": ["Active", "Gone"]}])
    values = sorted(source_values(made(discovery), "status", "kind"))
    assert values == [["active", 3, "Active"], ["blocked", 4, ""], ["gone", 1, "Gone"]]


def test_records_are_shown_a_few_at_a_time_and_a_number_too_far_is_the_last(discovery):
    rows = made(discovery)
    mapping = rows.mappings["email_address"]
    assert [len(preview_rows(rows, mapping, at)["rows"]) for at in (0, 5, 7, 99, -3)] == [5, 3, 1, 1, 5]


def test_a_formula_is_looked_for_where_the_records_hold_the_field(discovery):
    rows = made(discovery)
    assert suggested_formula(rows, "name")["formula"] == 'first, last | join " "'
    assert suggested_formula(rows, "type")["formula"] == ""


def test_a_required_field_is_missing_as_soon_as_nothing_fills_it_whatever_it_is_compared_with(discovery):
    rows = made(discovery)
    rows.mappings["email_address"] = Mapping("email_address")
    assert rows.coverage()["filled"] == 1
    assert "email_address" in rows.undecided

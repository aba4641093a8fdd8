from dataclasses import replace

import pytest

from ipaas_discovery.matching.field_matches import Match, Matches, one_to_one
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.matching.mapping import Mapping, map_fields, mapping_by


def match(source, destination, score):
    return Match(source, destination, 1, score, "equivalent", "same name", {})


def matches_of(*rows):
    return Matches(rows, tuple(one_to_one(rows)))


def test_what_people_decided_stands_and_its_source_is_not_proposed_again():
    matches = matches_of(match("a", "x", 0.9), match("a", "y", 0.8), match("b", "y", 0.7))
    decided = [Mapping("x", "field", ("a",), status="accepted", standing="matched")]
    rows = map_fields(matches, ["x", "y"], decided=decided)
    assert rows[0] is decided[0]
    assert (rows[1].sources, rows[1].status) == (("b",), "proposed")


def test_of_two_fields_that_one_source_fills_by_its_values_both_can_be_accepted():
    matches = matches_of(match("stock", "on_hand", 0.9), match("other", "on_hand", 0.7))
    made = {"available": Mapping("available", "field", ("stock",))}
    accepted = Mapping("available", "field", ("stock",), status="accepted")
    rows = map_fields(matches, ["available", "on_hand"], explained=made, decided=[accepted])
    assert [row.sources for row in rows] == [("stock",), ("stock",)]
    refused = Mapping("on_hand", "field", ("stock",), status="rejected")
    rows = map_fields(matches, ["available", "on_hand"], explained=made, decided=[accepted, refused])
    assert rows[1].sources == ("other",)
    alone = map_fields(matches, ["available", "on_hand"], decided=[accepted])
    assert alone[1].sources == ("other",)


def test_a_rejected_source_is_not_proposed_for_its_field_again():
    matches = matches_of(match("a", "x", 0.9), match("b", "x", 0.7))
    rows = map_fields(matches, ["x"], decided=[Mapping("x", "field", ("a",), status="rejected")])
    assert rows[0].sources == ("b",)


def test_two_sources_that_are_as_good_are_ambiguous():
    rows = map_fields(matches_of(match("a", "x", 0.9), match("b", "x", 0.89)), ["x"])
    assert (rows[0].standing, rows[0].sources, rows[0].kind) == ("ambiguous", ("a", "b"), "")
    rows = map_fields(matches_of(match("a", "x", 0.9), match("b", "x", 0.87)), ["x"])
    assert (rows[0].standing, rows[0].sources, rows[0].kind) == ("matched", ("a",), "field")


def test_a_source_that_fits_another_field_better_is_named():
    rows = map_fields(matches_of(match("a", "x", 0.9), match("a", "y", 0.7)), ["x", "y"])
    assert rows[1].standing == "no counterpart"
    assert rows[1].evidence == "a is like it, and fits another field better"
    alone = replace(matches_of(match("a", "x", 0.9)), chosen=())
    assert map_fields(alone, ["x"])[0].evidence == "a is like it, and not surely enough to be proposed"


def test_what_the_same_records_explain_goes_before_a_match_and_after_a_word_of_people():
    made = {"x": Mapping("x", "formula", ("b",), value="B"), "y": Mapping("y", "constant", value="1")}
    matches = matches_of(match("a", "x", 0.9))
    assert [row.sources for row in map_fields(matches, ["x", "y"], explained=made)] == [("b",), ()]
    accepted = Mapping("x", "field", ("a",), status="accepted")
    assert map_fields(matches, ["x"], explained=made, decided=[accepted]) == (accepted,)
    rejected = Mapping("x", "field", ("b",), status="rejected")
    assert map_fields(matches, ["x"], explained=made, decided=[rejected])[0].sources == ("a",)


@pytest.mark.parametrize(
    ("steps", "kind", "value"),
    [
        ((op.Copy(),), "field", ""),
        ((op.Constant("new"),), "constant", "new"),
        ((op.ValueMap((("1", "paid"),)),), "look-up", ""),
        (
            (op.LookUp("customers", "email", (("1", "a"),)),),
            "look-up",
            "the email of the customers record whose id it is",
        ),
        ((op.Upper(),), "formula", "A?.ToUpperInvariant()"),
    ],
)
def test_a_formula_is_of_the_kind_that_its_one_step_is(steps, kind, value):
    row = mapping_by(Formula("x", ("a",), steps, 3, 4), 0.5)
    assert (row.kind, row.value, row.score, row.sources, row.standing) == (kind, value, 0.75, ("a",), "matched")
    assert row.evidence.endswith("explains 3 of 4 pairs")
    assert row.values == ((("1", "paid"),) if isinstance(steps[0], op.ValueMap) else ())
    assert mapping_by(Formula("x", ("a",), steps, 3, 4), 0.8).score == 0.8


@pytest.mark.parametrize(
    ("kind", "agreement", "filled"),
    [("look-up", 0.0, "look-up"), ("look-up", 0.1, "field"), ("look-up", None, "field"), ("field", 0.0, "field")],
)
def test_ids_that_are_never_the_same_are_looked_up(kind, agreement, filled):
    found = Match("a", "x", 1, 0.9, "equivalent", "same name", {"agreement": agreement}, kind)
    assert [row.kind for row in map_fields(matches_of(found), ["x"])] == [filled]


@pytest.mark.parametrize(("rank", "standing"), [(1, "ambiguous"), (2, "no counterpart")])
def test_sources_that_are_as_good_are_offered_where_they_fit_nothing_better(rank, standing):
    rows = tuple(Match(name, "lines[].freight", rank, 0.8, "related", "", {}) for name in ("cost_a", "cost_b"))
    assert [row.standing for row in map_fields(Matches(rows), ["lines[].freight"])] == [standing]

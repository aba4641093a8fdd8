from ipaas_discovery.matching.field_matches import Match, Matches, one_to_one
from ipaas_discovery.matching.mapping import Mapping, map_fields
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop


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


def test_values_of_the_same_records_give_kind_and_formula():
    ours = [{"k": f"k-{at}", "cents": 100 * at + 1, "kind": "Order"} for at in range(9)]
    theirs = [{"k": f"k-{at}", "total": str(at) + ".01", "type": "O", "odd": str(at * at % 7)} for at in range(9)]
    left, right = (Sample("s", "c", tuple(rows), Stop.COMPLETE) for rows in (ours, theirs))
    pairs = pair_records(left, right, [("k", "k")])
    total, kind, odd = map_fields(Matches(()), ["total", "type", "odd"], pairs=pairs)
    assert (total.kind, total.sources, str(total.formula.steps[0])) == ("formula", ("cents",), "times 0.01")
    assert total.evidence == "total = cents: times 0.01; explains 9 of 9 pairs"
    assert (kind.kind, kind.value, kind.sources) == ("constant", '"O"', ())
    assert (odd.kind, odd.standing) == ("", "no counterpart")

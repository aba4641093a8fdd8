"""The same records of both sides speak for and against matches of fields."""

import numpy as np
import pytest

from ipaas_discovery.matching.comparison import compare
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.records.agreement import LOOKED_UP, MAPPED, REFUTES, SCALED
from ipaas_discovery.matching.records.field_agreement import FieldAgreement
from ipaas_discovery.matching.records.record_pairs import pair_records
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes

CITIES = ("Oslo", "Lyon", "Graz", "Bari", "Cork", "Gent", "Kyiv")


def paired(ours, theirs):
    """Two samples of the same records, by their key."""
    left, right = (
        Sample(name, "things", tuple({"key": f"K-{at:03}", **row} for at, row in enumerate(rows)), Stop.COMPLETE)
        for name, rows in (("a", ours), ("b", theirs))
    )
    return pair_records(left, right, [("key", "key")])


def beside(lefts, rights, left="a", right="b"):
    """Agreement of one field of each side, from left to right."""
    pairs = paired([{left: value} for value in lefts], [{right: value} for value in rights])
    return FieldAgreement.of(pairs)[0]


def weighed(same, score=0.7, *, looked_up=False, left="a", right="b"):
    table = same.weighed(np.array([[score]], np.float32), [left], [right], np.array([[looked_up]]))
    return float(table[0, 0])


def test_fields_that_agree_beyond_chance_score_higher():
    same = beside([f"v{at}" for at in range(40)], [f"V{at} " for at in range(40)])
    assert same.shares(["a"], ["b"]).tolist() == [[1.0]]
    assert weighed(same, 0.5) == pytest.approx(0.96, abs=0.02)


@pytest.mark.parametrize(
    ("ours", "theirs", "share"),
    [
        (["x", None], ["x", None], 1),
        (["x", "y", None, None], ["x", "z", None, "w"], 1 / 2),
        (["x", "y", "z", "z"], ["x", None, "y", "z"], 2 / 3),
    ],
)
def test_a_share_counts_the_records_that_hold_both_fields(ours, theirs, share):
    same = beside(ours, theirs)
    assert same.shares(["a"], ["b"]).tolist() == [[pytest.approx(share)]]
    assert same.shares(["key"], ["key"]).tolist() == [[1.0]]


@pytest.mark.parametrize(
    ("ours", "theirs", "odds"),
    [
        (["x", None], ["x", None], 30 ** (1 / 4)),  # 1 of 1, none by chance, counts a quarter
        (["x", "x", None], ["x", None, None], 1),  # 1 of 1, 1 of 1 by chance
        (
            "abbabbaa",
            "abcabbab",
            30 ** (((6 / 8 - 7 / 16) / (9 / 16)) ** (1 + 7 / 16) * 8 / 11),
        ),  # 2 of 8 shifted by 2, 5 of 8 by 5
    ],
)
def test_agreement_counts_as_far_as_it_is_beyond_chance(ours, theirs, odds):
    assert weighed(beside(ours, theirs)) == pytest.approx(0.7 * odds / (0.7 * odds + 0.3), abs=1e-6)


def listed(equal, different):
    """Records with an equal value in a list of two, and records with one value each that differ."""
    lists = [[{"n": at}, {"n": "more"}] for at in range(equal)], [*range(equal)]
    single = [[{"n": f"l{at}"}] for at in range(different)], [f"r{at}" for at in range(different)]
    return paired(*([{name: value} for value in [*a, *b]] for name, a, b in zip("ab", lists, single, strict=True)))


@pytest.mark.parametrize(("equal", "odds"), [(15, 30 ** (15 / 20 / 2)), (5, 8 ** (2 * 5 / 20 - 1))])
def test_values_in_lists_count_once_a_refuted_match_is_looked_at(equal, odds):
    same = FieldAgreement.of(listed(equal, 20 - equal))[0]
    assert weighed(same, left="a[].n", right="b") == pytest.approx(0.7 * odds / (0.7 * odds + 0.3), abs=1e-6)


def test_only_the_ten_best_destinations_of_a_refuted_source_are_looked_at():
    ours = [{"a": [{"n": at}, {"n": "more"}]} for at in range(12)] + [{"a": [{"n": f"l{at}"}]} for at in range(8)]
    theirs = [
        {f"b{place}": at if at < 12 else f"l{at - 12}" if at < 14 else f"r{at}" for place in range(11)}
        for at in range(20)
    ]
    same = FieldAgreement.of(paired(ours, theirs))[0]
    scores = np.array([[0.7] * 10 + [0.6]], np.float32)
    table = same.weighed(scores, ["a[].n"], [f"b{place}" for place in range(11)], np.zeros((1, 11), bool))
    best, rest = 30 ** (14 / 20 / 2), 8 ** (2 * 2 / 8 - 1)
    expected = [0.7 * best / (0.7 * best + 0.3)] * 10 + [0.6 * rest / (0.6 * rest + 0.4)]
    assert table.tolist() == [pytest.approx(expected, abs=1e-6)]


def test_one_value_everywhere_agrees_by_chance_and_says_nothing():
    same = beside(["x"] * 40, ["x"] * 40)
    assert weighed(same) == pytest.approx(0.7)


def test_few_records_say_less_than_many():
    few, many = (beside([f"v{at}" for at in range(size)], [f"v{at}" for at in range(size)]) for size in (2, 40))
    assert 0.7 < weighed(few) < weighed(many)


def test_fields_that_differ_everywhere_score_lower():
    same = beside([f"left {at}" for at in range(9)], [f"right {at}" for at in range(9)])
    assert same.row("a", "b").outcome == REFUTES
    assert weighed(same) == pytest.approx(0.7 / (0.7 + 8 * 0.3), abs=0.01)
    assert same.kind("a", "b", "field") == "formula"
    assert same.kind("a", "b", "look-up") == "look-up"


def test_half_of_the_records_equal_speak_neither_way_below():
    values = [f"v{at}" for at in range(20)]
    half = beside(values, [*values[:10], *(f"w{at}" for at in range(10))])
    less = beside(values, [*values[:9], *(f"w{at}" for at in range(11))])
    assert weighed(half) > 0.71
    assert weighed(less) < 0.69


def test_four_records_are_too_few_to_refute_five_are_not():
    four, five = (beside([f"l{at}" for at in range(n)], [f"r{at}" for at in range(n)]) for n in (4, 5))
    assert weighed(four) == pytest.approx(0.7)
    assert weighed(five) == pytest.approx(0.7 / (0.7 + 8 * 0.3))


def test_a_match_that_is_not_likely_is_not_looked_at():
    same = beside([f"l{at}" for at in range(9)], [f"r{at}" for at in range(9)])
    assert weighed(same, 0.39) == pytest.approx(0.39)
    assert weighed(same, 0.4) < 0.2


def test_ids_of_two_systems_differ_and_that_says_nothing():
    same = beside(range(100, 109), range(9))
    assert weighed(same, looked_up=True) == pytest.approx(0.7)
    assert weighed(same) < 0.3


def test_words_that_stand_for_others_are_a_look_up():
    same = beside(["open", "closed", "held"] * 8, ["O", "C", "H"] * 8)
    assert same.row("a", "b").outcome == MAPPED
    assert same.kind("a", "b", "field") == "look-up"
    assert weighed(same) == pytest.approx(0.7)


def test_what_comes_again_beside_the_same_is_a_look_up():
    ours = [f"left {at}" for at in range(45)]
    theirs = [f"right {at}" for at in range(45)]
    same = beside([*ours, *ours[:3]], [*theirs, *theirs[:3]])
    assert same.row("a", "b").outcome == LOOKED_UP
    assert same.kind("a", "b", "field") == "look-up"
    assert weighed(same) == pytest.approx(0.7)
    twice = beside([*ours, *ours[:2]], [*theirs, *theirs[:2]])
    assert twice.row("a", "b").outcome == REFUTES


def test_a_multiple_is_a_formula_and_speaks_for_the_match():
    same = beside([1.5 * at for at in range(1, 9)], [f"{150 * at}" for at in range(1, 9)])
    row = same.row("a", "b")
    assert (row.outcome, row.ratio) == (SCALED, "100")
    assert "100 times as much" in row.summary
    assert same.kind("a", "b", "field") == "formula"
    assert weighed(same) > 0.95


def test_a_value_in_a_list_of_several_is_compared_exactly_only_where_it_is_looked_at():
    pairs = paired([{"a": [{"n": 1}, {"n": 2}]}] * 6, [{"b": 1}] * 6)
    same, back = FieldAgreement.of(pairs)
    assert np.isnan(same.shares(["a[].n"], ["b"])).all()
    assert same.row("a[].n", "b").share == back.row("b", "a[].n").share == 1.0


def test_a_field_that_nobody_holds_is_unknown():
    same = beside(["x"] * 6, ["y"] * 6)
    assert np.isnan(same.shares(["none"], ["b"])).all()
    assert same.why("none", "b") == ""
    assert weighed(same, left="none") == pytest.approx(0.7)


def test_no_pairs_change_nothing():
    same = FieldAgreement.of(paired([], []))[0]
    assert weighed(same) == pytest.approx(0.7)


def test_of_many_pairs_two_hundred_are_compared_in_all_fields():
    values = [f"v{at}" for at in range(450)]
    same = beside(values, values)
    assert len(same.values.records) == 150
    assert len(beside(values[:200], values[:200]).values.records) == 200
    assert len(beside(values[:201], values[:201]).values.records) == 101


def records(rows):
    return observe([{"key": f"K-{at:03}", **row} for at, row in enumerate(rows)])


def test_the_same_records_decide_between_two_fields_of_like_names():
    ours = [{"ship_town": CITIES[at % 7], "bill_town": CITIES[(at * 3 + 1) % 7]} for at in range(40)]
    theirs = [{"town": row["bill_town"]} for row in ours]
    same = FieldAgreement.of(paired(ours, theirs))[0]
    matches = match_fields(records(ours), records(theirs), same=same)
    proposals = {(match.source, match.destination) for match in matches.proposals()}
    assert proposals == {("bill_town", "town"), ("key", "key")}
    best = matches.best("bill_town")
    assert best.evidence["agreement"] == 1.0
    assert best.why.startswith("equal in 40 of 40 of the same records")
    assert match_fields(records(ours), records(theirs)).best("bill_town").evidence["agreement"] is None


@pytest.fixture(scope="module")
def comparison():
    ours = [
        {"city": CITIES[at % 7], "name": f"N{at}", "grade": "ABC"[at % 3], "serial_number": f"c{at}"}
        for at in range(90)
    ]
    theirs = [
        {"city": row["city"].upper(), "name": row["name"], "grade": {"A": "high", "B": "mid", "C": "low"}[row["grade"]]}
        | {"serial_number": f"x{at * 7}"}
        for at, row in enumerate(ours)
    ]
    pairs = paired(ours, theirs)
    sides = [Shapes("s", "things", *[observe(sample)] * 3) for sample in (pairs.left, pairs.right)]
    return compare(*sides, pairs)


def test_a_comparison_says_how_the_same_records_agree(comparison):
    frame = comparison.frame().set_index("ipaas")
    assert (frame.loc["name", "to"], frame.loc["name", "agreement"]) == ("ok", "equal in 90 of 90 of the same records")
    assert frame.loc["city", "agreement"] == "equal in 90 of 90 of the same records, after case and spaces in 90"
    counts = ["compared", "equal", "equal_after_normalising", "different"]
    assert frame.loc["city", counts].tolist() == [90, 0, 90, 0]
    assert frame.loc["city", "to"] == frame.loc["city", "from"] == "ok"
    assert frame.loc["grade", "to"] == frame.loc["grade", "from"] == "value map"


def test_ninety_of_ninety_different_are_never_ok(comparison):
    row = next(row for row in comparison.rows if row.ipaas == "serial_number")
    assert row.agreement.different == 90
    assert row.to == row.from_ == "look-up, formula or wrong match"
    assert "different in 90: 'c0' / 'x0'" in row.agreement.summary
    assert "different in 90" in comparison.to_html()
    assert "'c0'" not in row.why


def test_without_pairs_nothing_is_said_of_agreement():
    schema = Schema.from_fields([{"path": "sku"}])
    plain = compare(*[Shapes("s", "things", schema, schema, schema)] * 2)
    assert plain.pairs is None
    assert plain.frame()["agreement"].tolist() == [""]
    assert plain.frame()["compared"].isna().all()
    assert "same records" not in plain.to_html()
    assert "same records" not in compare(plain.ipaas, plain.third_party, paired([], [])).to_html()


def test_what_is_mostly_one_value_says_less_than_its_share():
    same = beside([at % 8 > 0 for at in range(40)], [at % 8 > 0 and at % 10 != 3 for at in range(40)])
    varied = beside(range(40), [*range(36), *range(90, 94)])
    assert same.shares(["a"], ["b"])[0, 0] == varied.shares(["a"], ["b"])[0, 0] == np.float32(0.9)
    odds = 30 ** (((0.9 - 0.675) / 0.325) ** 1.675 * 40 / 43) * 0.4 / 0.6
    assert weighed(same, 0.4) == pytest.approx(odds / (1 + odds), abs=0.001)
    assert weighed(varied, 0.4) > 0.9


def test_codes_of_countries_speak_for_their_names():
    names = ["United States", "Canada", "Germany", "France", "Italy", "Spain", "Norway", "Japan"]
    sides = {"left": "country", "right": "country_code"}
    same = beside(["US", "CA", "DE", "FR", "IT", "ES", "NO", "JP"], names, **sides)
    assert same.shares(["country"], ["country_code"]).tolist() == [[0.0]]
    odds = 30**0.5 * 0.6 / 0.4
    assert weighed(same, 0.6, **sides) == pytest.approx(odds / (1 + odds), abs=0.001)

import numpy as np
import pytest

from ipaas_discovery.knowledge.matching.score_weights import score_weights
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.evidence_parts import KINDS, names_of
from ipaas_discovery.matching.fields.rivals import Rivals
from ipaas_discovery.matching.fields.scoring import (
    NameFacts,
    Sums,
    apart,
    calibrated,
    described,
    falling,
    ordered,
    propagated,
    ranked,
    standing,
    weighed,
)
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.schema import Schema

NONE = np.full((1, 1), np.nan, np.float32)
NOTHING = np.zeros((1, 1), np.float32)
ODDS = {"destination": 10.0, "source": 5.0, "first": 2.0, "name": -3.0, "near": -2.0, "type": 4.0, "bias": -1.0}


def facts(specificity=1.0, *, clashing=False, crossing=False, astray=False, strange=False, own=False):
    flags = (np.array([[flag]]) for flag in (clashing, crossing, astray, strange))
    return NameFacts([specificity], *flags, [own])


def evidence(**parts):
    return {kind: NONE if parts.get(kind) is None else np.full((1, 1), parts[kind], np.float32) for kind in KINDS}


def total(names=None, strength=0.0, **parts):
    sums = weighed(evidence(**parts), np.full((1, 1), strength, np.float32), names or facts(), NOTHING)
    return round(float(sums.sums[0, 0]), 4)


def schema(paths):
    return Schema.from_fields([{"path": path} for path in paths.split()])


def test_kinds_without_evidence_are_left_out_of_the_mean():
    assert total(name=1.0, concept=1.0) == 1.0
    assert total(name=1.0, concept=0.0) == pytest.approx(0.16 / 0.48, abs=1e-4)
    assert total() == 0.0


def test_texts_and_descriptions_count_by_how_much_there_is_of_them():
    assert total(concept=1.0, texts=0.0) == pytest.approx(0.32 / (0.32 + 0.15 / 4), abs=1e-4)
    assert total(concept=1.0, description=1.0) == 1.0
    assert total(concept=1.0, values=0.0) == 1.0
    assert total(concept=0.5, values=1.0) == pytest.approx((0.16 + 0.1) / 0.42, abs=1e-4)


def test_a_name_that_says_little_leans_on_its_place():
    assert total(facts(0.0), concept=1.0, path=0.0) == pytest.approx(0.32 / (0.32 + 4 * 0.24), abs=1e-4)
    assert total(facts(1.0), concept=1.0, path=0.0) == pytest.approx(0.32 / 0.56, abs=1e-4)


def test_shared_values_take_doubt_away():
    assert total(strength=1.0, concept=0.0) == pytest.approx(0.85)
    assert total(strength=0.5, concept=0.0) == pytest.approx(0.425)


@pytest.mark.parametrize(
    ("fact", "doubt"),
    [("clashing", "role"), ("crossing", "level"), ("astray", "order"), ("strange", "strange"), ("own", "own_id")],
)
def test_each_doubt_costs_and_shared_values_answer_all_but_an_own_id(fact, doubt):
    cost = score_weights().doubt[doubt]
    assert cost > 0
    assert total(facts(**{fact: True}), concept=0.5) == pytest.approx(0.5 - cost, abs=1e-4)
    with_values = total(strength=1.0, concept=0.5)
    left = cost if fact == "own" else 0.0
    assert total(facts(**{fact: True}), strength=1.0, concept=0.5) == pytest.approx(with_values - left, abs=1e-4)


def test_chance_is_what_the_circumstances_would_give_alone():
    sums = weighed(evidence(concept=1.0, type=1.0), NOTHING, facts(), NOTHING)
    assert float(sums.chance[0, 0]) == pytest.approx(1.0 - 0.32 * 0.6 / 0.52, abs=1e-4)


@pytest.mark.parametrize(("concept", "costs"), [(0.89, True), (0.9, False)])
def test_names_that_mean_the_same_do_not_clash(concept, costs):
    cost = score_weights().doubt["role"] if costs else 0.0
    assert total(facts(clashing=True), concept=concept) == pytest.approx(concept - cost, abs=1e-4)


def all_rivals(sums):
    return Rivals(np.full(len(sums), -1), np.zeros((0, sums.shape[1]), np.bool_), np.zeros(sums.shape, np.bool_))


def square(value):
    return np.full((2, 2), value, np.float32)


def test_a_cell_is_set_against_its_rivals():
    sums = np.array([[0.9, 0.6], [0.4, 0.5]], np.float32)
    parts = {"name": square(0.5), "type": square(0.25)}
    table = ranked(Sums(sums, square(0.0), square(0.1)), parts, all_rivals(sums), ODDS)
    rest = -1 - 1.5 - 0.2 + 1
    assert table[0].tolist() == pytest.approx([10 * 0.3 + 5 * 0.5 + 2 + rest, 10 * -0.3 + 5 * 0.1 + 2 + rest], abs=1e-3)
    assert table[1].tolist() == pytest.approx([10 * -0.1 + 5 * -0.5 + rest, 10 * 0.1 + 5 * -0.1 + rest], abs=1e-3)


def test_a_distance_counts_as_far_as_there_are_grounds():
    sums = np.array([[0.9, 0.6], [0.4, 0.5]], np.float32)
    evidence = {"name": square(0.5), "type": square(np.nan)}
    parts = dict(standing(Sums(sums, sums - np.float32(0.2), square(0.1)), evidence, all_rivals(sums)))
    assert np.allclose(parts["destination"], [[0.2, -0.3], [-0.1, 0.1]])
    assert np.allclose(parts["source"], [[0.2, 0.1], [-0.5, -0.1]])
    assert parts["first"].tolist() == [[1, 1], [0, 0]]
    assert np.allclose(parts["type"], 0.9)


def test_nothing_stands_higher_than_what_is_better_in_its_row():
    ranking = np.array([[1.0, 4.0, -3.0], [2.0, 2.0, 5.0]], np.float32)
    order = np.array([[0, 1, 2], [2, 0, 1]])
    assert falling(ranking, order).tolist() == [[1.0, 1.0, -3.0], [2.0, 2.0, 5.0]]


def test_the_curve_rises_from_nothing_to_all_but_sure():
    sums = np.linspace(-20, 20, 200, dtype=np.float32).reshape(1, -1)
    shares = calibrated(sums)[0]
    assert (np.diff(shares) >= 0).all()
    assert shares[0] == 0.0
    assert 0.98 <= shares[-1] < 1.0


def test_places_are_likely_one_where_their_children_match():
    path = np.full((2, 3), 0.5, np.float32)
    sums = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], np.float32)
    lifted = propagated(path, sums, ["a", "a"], ["x", "x", "y"])
    assert lifted[0, 0] == lifted[1, 1] == lifted[0, 1]
    assert lifted[0, 0] > 0.5 * 0.5 + 0.25
    assert lifted[0, 2] < 0.31


APART = {name: name for name in ("", "items", "lines", "fees", "notes", "refunds")}


def test_a_list_goes_with_its_namesake_however_many_fields_of_another_are_alike():
    sums = np.zeros((4, 2), np.float32)
    sums[0, 0] = sums[1, 1] = sums[2, 1] = 1.0
    named = {"items": "line", "lines": "line", "shipments": "tracking", "": ""}
    other = apart(sums, ["shipments", "shipments", "items", ""], ["lines", "lines"], named)
    assert other.any(axis=1).tolist() == [True, True, False, True]
    assert apart(sums[:2], ["shipments"] * 2, ["lines"] * 2, named).any() is np.False_


def test_lists_that_go_together_take_nothing_from_elsewhere():
    sums = np.zeros((5, 5), np.float32)
    sums[0, 0] = sums[1, 1] = 1.0
    other = apart(sums, ["items", "items", "", "", "fees"], ["lines", "lines", "", "", "notes"], APART)
    assert other[:2].tolist() == [[False, False, True, True, True]] * 2
    assert other[2].tolist() == [True, True, False, False, False]
    assert other[4].tolist() == [True, True, False, False, False]


def test_one_field_in_common_makes_no_lists_go_together():
    sums = np.zeros((2, 2), np.float32)
    sums[0, 0] = 1.0
    assert not apart(sums, ["items", ""], ["lines", ""], APART).any()


def test_the_better_of_two_lists_takes_the_fields():
    sums = np.zeros((4, 3), np.float32)
    sums[0, 0] = sums[1, 1] = sums[2, 2] = 1.0
    sums[3, 0] = sums[3, 1] = 0.9
    other = apart(sums, ["items", "items", "items", "refunds"], ["lines"] * 3, APART)
    assert other.any(axis=1).tolist() == [False, False, False, True]


def test_more_of_the_source_counts_than_of_the_destination():
    path, sums = np.zeros((1, 4), np.float32), np.array([[1.0, 0.0, 0.0, 0.0]], np.float32)
    share = 1 / (1 + np.exp(-1.0))
    lifted = propagated(path, sums, ["a"], ["x"] * 4)
    assert lifted[0, 0] == pytest.approx(0.5 * (0.625 * share + 0.375 * share / 4), abs=1e-3)


def test_names_of_unlike_sorts_clash_and_those_that_say_other_things_are_strange():
    thesaurus = Thesaurus.load()
    left, right = (
        traits_of(schema(paths), thesaurus)
        for paths in ("company_number event_date lines[].total", "company_name id number ship_date lines[].total")
    )
    names = names_of(left, right, thesaurus)
    rows, columns = ({traits.path: at for at, traits in enumerate(side)} for side in (left, right))
    clashing = names.clashing[rows["company_number"]]
    assert clashing[columns["company_name"]]
    assert not clashing[columns["number"]]
    strange = names.strange[rows["event_date"]]
    assert strange[columns["ship_date"]]
    assert strange[columns["company_name"]]
    assert not strange[columns["number"]]
    crossing = names.crossing[:, columns["lines[].total"]]
    assert crossing.tolist() == [True, True, False]
    assert [names.own[columns[path]] for path in ("id", "number")] == [True, False]


def test_the_second_of_several_is_not_the_first():
    thesaurus = Thesaurus.load()
    left, right = (
        traits_of(schema(paths), thesaurus)
        for paths in ("city.a phone_2", "billing.city shipping.city phone other_phone")
    )
    names = names_of(left, right, thesaurus)
    places = {traits.path: at for at, traits in enumerate(right)}
    first, second = names.astray
    assert [bool(first[places[path]]) for path in ("billing.city", "shipping.city", "phone")] == [False, True, False]
    assert [bool(second[places[path]]) for path in ("billing.city", "other_phone", "phone")] == [True, False, False]


def test_initials_are_read_as_the_words_they_stand_for():
    matches = match_fields(schema("os_days xq"), schema("overall_survival_days days_to_birth"))
    best = matches.best("os_days")
    assert best is not None
    assert best.destination == "overall_survival_days"


def test_words_of_either_side_split_what_is_written_as_one():
    best = match_fields(schema("accountratingcode"), schema("account_type rating")).best("accountratingcode")
    assert best is not None
    assert best.destination == "rating"


def test_descriptions_add_and_their_silence_takes_nothing():
    sums = Sums(
        np.array([[0.5, 0.5, 0.5]], np.float32), np.array([[0.1, 0.1, 0.1]], np.float32), np.zeros((1, 3), np.float32)
    )
    more = described(sums, np.array([[1.0, 0.0, np.nan]], np.float32))
    gain = score_weights().gain["described"]
    assert more.sums.tolist()[0] == pytest.approx([0.5 + gain, 0.5, 0.5])
    assert more.chance is sums.chance


def test_the_order_looks_at_the_other_sources_of_a_destination():
    sums = np.array([[0.80, 0.78], [0.95, 0.10]], np.float32)
    assert ordered(sums, all_rivals(sums)).tolist() == [[1, 0], [0, 1]]
    alone = np.array([[0.5, 0.5, 0.6]], np.float32)
    assert ordered(alone, all_rivals(alone)).tolist() == [[2, 0, 1]]

import numpy as np
import pytest

from ipaas_discovery.matching.fields.likeness import Lexicon, hashed, letters, rarity, word_likeness


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("tax", "tax", 1.0),
        ("desc", "description", 0.65),
        ("nbr", "number", 0.55),
        ("modified", "modification", 0.5),
        ("recorded", "recorder", 0.85),
        ("fax", "tax", 0.0),
        ("latitude", "longitude", 0.0),
        ("1", "12", 0.0),
        ("", "a", 0.0),
    ],
)
def test_abbreviations_stems_and_slips_are_alike(left, right, likeness):
    assert word_likeness(left, right) == word_likeness(right, left) == likeness


def test_a_word_weighs_less_the_more_names_have_it_and_the_less_of_both_sides_counts():
    weights = rarity([[("tax", "id"), ("tax", "name"), ("tax",)], [("id",), ("id",), ("city",)]])
    assert weights["name"] == weights["city"] == 1.0
    assert weights["tax"] == 0.5
    assert 0.5 < weights["id"] < 1.0
    assert rarity([[("a",)] * 100])["a"] == 0.25


def test_shared_words_are_weighed_on_both_sides():
    names = [("tax", "rate"), ()], [("tax",), ("city",)]
    table = Lexicon(*names, len, {}).compare(*names)
    assert np.allclose(table, [[6 / 10, 0], [0, 0]])


def test_words_of_one_field_of_meaning_are_near():
    names = [("begin",)], [("since",), ("end",)]
    lexicon = Lexicon(*names, len, {"begin": frozenset({"start"}), "since": frozenset({"start", "x"})})
    assert np.allclose(lexicon.compare(*names), [[0.6, 0]])


def test_names_that_repeat_are_compared_alike():
    names = [("a",), ("b",), ("a",)], [("b",), ("b",)]
    assert Lexicon(*names, len, {}).compare(*names).tolist() == [[0, 0], [1, 1], [0, 0]]


def test_terms_of_one_side_only_lengthen_its_vector():
    ours, theirs = hashed([["a", "b"], []], [["a"], ["c"]])
    table = ours @ theirs.T
    assert 0 < table[0, 0] < 1
    assert table[0, 1] == table[1, 0] == 0
    assert np.isclose(theirs[0] @ theirs[0], 1)


def test_runs_of_letters_find_what_is_written_as_one():
    table = letters(["firstname"], ["first name", "quantity"])
    assert table[0, 0] > 0.4
    assert table[0, 1] < 0.1

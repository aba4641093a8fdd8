import numpy as np
import pytest

from ipaas_discovery.matching.fields.likeness import letters, rarity, soft_words, word_likeness


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("tax", "tax", 1.0),
        ("desc", "description", 0.85),
        ("nbr", "number", 0.7),
        ("modified", "modification", 0.75),
        ("recorded", "recorder", 0.9),
        ("fax", "tax", 0.0),
        ("latitude", "longitude", 0.0),
        ("1", "12", 0.0),
        ("", "a", 0.0),
    ],
)
def test_abbreviations_stems_and_slips_are_alike(left, right, likeness):
    assert word_likeness(left, right) == word_likeness(right, left) == likeness


def test_rare_words_weigh_more():
    weights = rarity([("tax", "id"), ("tax", "name"), ("tax",)])
    assert weights["id"] > weights["tax"] > 0.4


def test_shared_words_are_weighed_on_both_sides():
    table = soft_words([("tax", "rate"), ()], [("tax",), ("city",)], len)
    assert np.allclose(table, [[6 / 10, 0], [0, 0]])


def test_runs_of_letters_find_what_is_written_as_one():
    table = letters(["firstname"], ["first name", "quantity"])
    assert table[0, 0] > 0.4
    assert table[0, 1] < 0.1

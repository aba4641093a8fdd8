"""Bits of evidence: rare values that agree, values that differ, names swapped, shortened and misspelt."""

import math

import numpy as np
import pytest

from ipaas_discovery.matching.records.evidence import Coded, PersonEvidence, ValueEvidence, Weights, alike, per_pair


@pytest.mark.parametrize(
    ("left", "right", "share"),
    [
        ("robert", "robret", 0.7),
        ("ada", "adb", 0.7),
        ("ad", "ab", 0),
        ("abc", "ab", 0.7),
        ("abcd", "dcba", 0.7),
        ("abc", "cba", 0),
        ("abcd", "abxy", 0),
        ("smith", "jones", 0),
        ("christensen", "christiansen", 0.7),
    ],
)
def test_texts_that_are_spelled_alike(left, right, share):
    assert alike([(left, right)]).tolist() == [pytest.approx(share)]


def test_values_are_numbered_over_both_sides():
    coded = Coded.of([("a",), (), ("b", "a")], [("b",), ("c",)])
    assert coded.left.tolist() == [[0, -1], [-1, -1], [1, 0]]
    assert (coded.right.tolist(), coded.vocabulary) == ([[1], [2]], ["a", "b", "c"])
    assert coded.rarity().tolist() == [pytest.approx(-math.log2(2 / 3)), 1.0, 1.0]
    assert coded.most().tolist() == [2, 1, 1]
    assert Coded.of([(), ()], []).left.tolist() == [[-1], [-1]]
    assert coded.within(0).right.tolist() == coded.left.tolist()
    assert coded.within(1).left.tolist() == coded.right.tolist()


def test_each_two_words_that_meet_are_computed_once():
    asked = []

    def compute(pairs):
        asked.extend(pairs)
        return np.arange(len(pairs), dtype=np.float32)

    bits = per_pair(np.array([1, 0, 1]), np.array([0, 2, 0]), ["a", "b", "c"], compute)
    assert (bits.tolist(), asked) == ([1.0, 0.0, 1.0], [("a", "c"), ("b", "a")])


def test_the_best_of_the_values_of_two_records_counts():
    coded = Coded.of([("ada", "bob"), ("ada",), ("abcde",), ()], [("bob",), ("xyz",), ("abcdx",), ("ada",)])
    agree = np.array([8, 4, 10, 2, 6], np.float32)  # ada, bob, abcde, xyz, abcdx
    left, right = np.array([0, 0, 0, 1, 2, 3]), np.array([0, 1, 3, 1, 2, 0])
    plain = ValueEvidence("text", coded, Weights(agree, -3.0))
    assert plain.bits(left, right).tolist() == [4.0, -3.0, 8.0, -3.0, -3.0, 0.0]
    loose = ValueEvidence("text", coded, Weights(agree, -3.0, alike))
    assert loose.bits(left, right).tolist() == [4.0, -3.0, 8.0, -3.0, pytest.approx(4.2), 0.0]
    assert plain.within(0).bits(np.array([0]), np.array([1])).tolist() == [8.0]


def test_two_sides_without_values_say_nothing():
    empty = ValueEvidence("text", Coded.of([()], [()]), Weights(np.zeros(0, np.float32), -3.0))
    assert empty.bits(np.array([0]), np.array([0])).tolist() == [0.0]


CROWD = [(f"given{'abcdefghijklmnopqrst'[at]}", f"family{'abcdefghijklmnopqrst'[at]}") for at in range(14)]
RARE = 4.0  # bits of what one of sixteen records holds


def person(ours, theirs):
    return PersonEvidence.of([ours, ("", ""), *CROWD], [theirs, ("", ""), *CROWD])


@pytest.mark.parametrize(
    ("ours", "theirs", "bits", "other"),
    [
        (("ada", "byron"), ("ada", "byron"), 2 * RARE, False),
        (("ada", "byron"), ("zoe", "byron"), RARE - 10, True),
        (("ada", "byron"), ("ada", "smith"), RARE - 5, False),
        (("ada", "byron"), ("zoe", "smith"), -15, True),
        (("ada", "byron"), ("byron", "ada"), 2 * RARE - 2, False),
        (("ada", "byron"), ("a", "byron"), RARE + 2, False),
        (("a", "byron"), ("ada", "byron"), RARE + 2, False),
        (("a", "byron"), ("zoe", "byron"), RARE - 10, True),
        (("bill", "byron"), ("william", "byron"), 1.75 * RARE, False),
        (("adaline", "byron"), ("adalyne", "byron"), 1.7 * RARE, False),
        (("ada", "byron king"), ("ada", "king"), 1.7 * RARE, False),
        (("ada", "king"), ("ada", "byron king"), 1.7 * RARE, False),
        (("", "byron"), ("ada", "byron"), RARE, False),
        (("ada", ""), ("zoe", ""), -10, True),
        (("", ""), ("ada", "byron"), 0, False),
    ],
)
def test_names_speak_together_swapped_or_not(ours, theirs, bits, other):
    evidence, rows = person(ours, theirs), np.array([0])
    assert evidence.bits(rows, rows).tolist() == [pytest.approx(bits)]
    assert evidence.other_person(rows, rows).tolist() == [other]


def test_within_one_side_its_own_names_are_compared():
    evidence = PersonEvidence.of([("ada", "byron"), ("zoe", "byron")], [("ada", "x"), ("ada", "x")])
    one, other = np.array([0]), np.array([1])
    assert evidence.within(0).bits(one, other).tolist() == [3.0 - 10]
    assert evidence.within(1).bits(one, other).tolist() == [6.0]


def test_a_name_that_nearly_everybody_has_counts_three_bits_and_the_rarest_twelve_and_thirteen():
    crowd = [("ada", "byron")] * 20_000
    evidence = PersonEvidence.of([("zoe", "smith"), *crowd], [("zoe", "smith"), *crowd])
    assert evidence.bits(np.array([0, 1]), np.array([0, 1])).tolist() == [25.0, 6.0]

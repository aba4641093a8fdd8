"""Records that have nothing of their own in common are paired by the linked records that they name."""

import pytest

from ipaas_discovery.matching.reference_pairs import pair_by_references
from ipaas_discovery.samples.sample import Sample, Stop

LINKS = {
    "LOCATION": {"310": "1", "311": "2"},
    "PRODUCT": {"p1": "81", "p2": "82", "p3": "83"},
    "CUSTOMER": {"c1": "5", "c2": "6"},
}


def sample(name, rows):
    return Sample("shop", name, tuple(rows), Stop.COMPLETE)


def stock(*levels):
    return sample("inventory", ({"parent_id": at, "location_id": place, "on_hand": 4} for at, place in levels))


OURS = stock(("p1", 310), ("p1", 311), ("p2", 310), ("p3", 311))
LISTED = sample(
    "levels",
    (
        {"item": {"product_id": number}, "levels": [{"location_id": place, "stock": 9} for place in (1, 2)]}
        for number in (81, 82, 83)
    ),
)


def test_a_list_of_locations_is_paired_element_by_element():
    pairs = pair_by_references(OURS, LISTED, LINKS)
    assert [(pair.left, pair.right, pair.value) for pair in pairs.pairs] == [
        (0, 0, "1 + 81"), (1, 1, "2 + 81"), (2, 2, "1 + 82"), (3, 5, "2 + 83")
    ]  # fmt: skip
    assert pairs.keys == (("location_id + parent_id", "levels[].location_id + item.product_id"),)
    assert {(pair.tier, pair.grade) for pair in pairs.pairs} == {("key", "sure")}
    assert (len(pairs.left), len(pairs.right), len(LISTED)) == (4, 6, 3)
    assert pairs.right.records[5] == {"item": {"product_id": 83}, "levels": [{"location_id": 2, "stock": 9}]}
    assert pairs.right_only == (3, 4)


def test_the_same_names_twice_are_a_tie_and_no_pair():
    rows = ((81, 1), (81, 1), (82, 1), (83, 9), (82, 2))
    flat = sample("levels", ({"product_id": number, "location_id": place} for number, place in rows))
    pairs = pair_by_references(OURS, flat, LINKS)
    assert [(pair.left, pair.right) for pair in pairs.pairs] == [(2, 2)]
    assert (pairs.left_ties, pairs.right_ties) == ({0: (0, 1)}, {0: (0,), 1: (0,)})


@pytest.mark.parametrize(
    "right",
    [
        [{"product_id": 81, "location_id": 7}, {"product_id": 82, "location_id": 8}],
        [{"product_id": 81, "location_id": 1}, {"product_id": 82, "location_id": 1}],
        [{"product_id": 81}, {"product_id": 82}],
        [{"product": 81, "location": 1}, {"product": 82, "location": 2}],
        [],
    ],
)
def test_one_field_that_names_records_is_no_key(right):
    assert pair_by_references(OURS, sample("levels", right), LINKS) is None


def test_names_that_tell_neither_sides_records_apart_are_no_key():
    ours = stock(*[("p1", 310), ("p2", 311)] * 3)
    theirs = sample("levels", [{"product_id": 81, "location_id": 1}, {"product_id": 82, "location_id": 2}] * 3)
    assert pair_by_references(ours, theirs, LINKS) is None
    assert pair_by_references(OURS, theirs, LINKS) is not None


def test_a_field_that_mostly_names_others_is_not_taken():
    few = [{"product_id": number, "location_id": 1 + at % 2} for at, number in enumerate((81, 82, 83, *range(7)))]
    assert pair_by_references(OURS, sample("levels", few), LINKS) is not None
    fewer = [*few, {"product_id": 9, "location_id": 1}]
    assert pair_by_references(OURS, sample("levels", fewer), LINKS) is None

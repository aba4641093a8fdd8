import numpy as np
import pytest

from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.field_matches import match_fields
from ipaas_discovery.matching.fields.rivals import Rivals, best_other
from ipaas_discovery.matching.traits import traits_of
from ipaas_discovery.schemas.schema import Schema


def side(paths):
    return traits_of(Schema.from_fields([{"path": path} for path in paths.split()]), Thesaurus.load())


def rivals(left, right, sums):
    return Rivals.of(side(left), side(right), np.array(sums, np.float32))


def test_the_best_other_is_the_second_of_the_best_and_the_best_of_the_rest():
    assert np.allclose(best_other(np.array([[0.9, 0.6], [0.4, 0.5]], np.float32)), [[0.6, 0.9], [0.5, 0.4]])


def test_where_there_is_no_rival_a_middling_one_stands_in():
    assert np.allclose(best_other(np.array([[0.9]], np.float32)), [[0.35]])
    assert best_other(np.array([[0.9, 0.1]], np.float32)).tolist()[0] == pytest.approx([0.35, 0.9])


def test_objects_of_which_there_is_one_are_no_rivals_in_a_list():
    sums = np.array([[0.9], [0.8], [0.7]], np.float32)
    found = rivals("billing_address.city shipping_address.city town", "addresses[].city", sums)
    assert found.objects.tolist() == [0, 1, -1]
    assert found.best_source(sums).T.tolist()[0] == pytest.approx([0.7, 0.7, 0.9])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("customer.city shipping_address.city", "addresses[].city"),
        ("billing_address.city shipping_address.city", "address.city"),
        ("billing_address[].city shipping_address[].city", "addresses[].city"),
    ],
)
def test_others_want_one_place(left, right):
    sums = np.array([[0.9], [0.8]], np.float32)
    assert rivals(left, right, sums).best_source(sums)[1, 0] == pytest.approx(0.9)


TWINS = "payer.city payer.zip taker.city taker.zip"


def test_objects_that_go_with_another_are_out_of_the_race():
    sums = np.full((4, 4), 0.6, np.float32)
    sums[:2, :2] = sums[2:, 2:] = 0.8
    found = rivals(TWINS, TWINS, sums)
    assert found.taken.tolist() == [[False] * 2 + [True] * 2] * 2 + [[True] * 2 + [False] * 2] * 2
    sums[0, 1] = sums[1, 0] = 0.5
    assert found.best_destination(sums)[0].tolist() == pytest.approx([0.5, 0.8, 0.8, 0.8])
    assert found.best_source(sums)[0].tolist() == pytest.approx([0.5, 0.8, 0.8, 0.8])


@pytest.mark.parametrize(("likeness", "together"), [(0.6, True), (0.59, False)])
def test_objects_go_together_from_a_likeness_of_their_fields(likeness, together):
    sums = np.full((4, 4), 0.1, np.float32)
    sums[:2, :2] = sums[2:, 2:] = likeness
    assert bool(rivals(TWINS, TWINS, sums).taken.any()) is together


def test_what_stands_at_the_top_goes_with_no_object():
    sums = np.full((2, 2), 0.9, np.float32)
    assert not rivals("city zip", "city zip", sums).taken.any()


def test_the_holder_of_an_object_goes_with_it():
    sums = np.full((3, 4), 0.2, np.float32)
    sums[0, :2] = 0.9
    sums[1:, 2:] = 0.9
    found = rivals("a.city b.city b.zip", "x.at.city x.name y.to.city y.to.zip", sums)
    assert found.taken[0].tolist() == [False, False, True, True]
    assert found.taken[1].tolist()[:2] == [True, True]


def test_both_addresses_feed_a_list_of_addresses():
    parts = ["street", "city", "zip", "country"]
    ours = [{"path": f"{name}.{part}"} for name in ("billing", "shipping") for part in parts]
    theirs = [{"path": f"addresses[].{part}"} for part in ("address_1", "city", "postal_code", "country")]
    matches = match_fields(Schema.from_fields(ours), Schema.from_fields(theirs))
    assert {match.source for match in matches.proposals()} == {row["path"] for row in ours}


def test_the_source_of_a_sure_match_is_a_rival_only_for_what_means_the_same():
    sums = np.array([[0.9, 0.7, 0.7], [0.3, 0.6, 0.6]], np.float32)
    same = np.array([[True, False, True], [False, False, False]])
    found = rivals("office_phone home_phone", "work_phone private_phone other.work_phone", sums)
    assert found.best_source(sums)[1].tolist() == pytest.approx([0.9, 0.7, 0.7])
    assert found.without({0: 0}, same).best_source(sums)[1].tolist() == pytest.approx([0.9, 0.35, 0.7])

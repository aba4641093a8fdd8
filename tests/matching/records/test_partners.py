"""Each record gets its best counterpart, unless another is as good."""

import numpy as np
import pytest

from ipaas_discovery.matching.records.partners import Partners, assign, without_repeats


def assigned(*rows, threshold=1.0):
    """Partners of pairs given as left, right and bits."""
    left, right, bits = zip(*rows, strict=True) if rows else ((), (), ())
    return assign(np.array(left, int), np.array(right, int), np.array(bits, float), threshold)


def test_the_best_pair_is_taken_first_and_names_its_runner_up():
    assert assigned((0, 0, 9.0), (0, 1, 5.0), (1, 1, 8.0), (1, 0, 6.0)) == Partners(
        ((0, 0, 9.0, 6.0), (1, 1, 8.0, 6.0)), {}, {}, {}, {}
    )
    assert assigned((2, 7, 3.0)).pairs == ((2, 7, 3.0, None),)


@pytest.mark.parametrize(("bits", "pairs"), [(1.0, 1), (0.99, 0)])
def test_below_the_threshold_nothing_is_paired(bits, pairs):
    assert len(assigned((0, 0, bits)).pairs) == pairs
    assert assigned() == Partners((), {}, {}, {}, {})


@pytest.mark.parametrize(("second", "tied"), [(4.0, True), (3.96, True), (3.95, False), (3.0, False)])
def test_counterparts_that_are_as_good_tie(second, tied):
    partners = assigned((0, 0, 4.0), (0, 1, second))
    if tied:
        assert partners == Partners((), {0: (0, 1)}, {0: (0,), 1: (0,)}, {}, {})
    else:
        assert partners == Partners(((0, 0, 4.0, second),), {}, {}, {}, {1: 0})


def test_two_of_one_side_that_fit_alike_tie_as_well():
    assert assigned((0, 3, 4.0), (1, 3, 4.0)) == Partners((), {0: (3,), 1: (3,)}, {3: (0, 1)}, {}, {})


def test_a_record_that_fits_a_taken_counterpart_less_repeats_the_one_that_has_it():
    partners = assigned((0, 0, 9.0), (1, 0, 5.0), (2, 0, 4.0))
    assert (partners.pairs, partners.left_copies, partners.right_copies) == (((0, 0, 9.0, 5.0),), {1: 0, 2: 0}, {})


def test_what_is_taken_is_no_rival_of_a_worse_pair():
    partners = assigned((0, 0, 9.0), (1, 0, 4.0), (1, 1, 4.0), (2, 1, 2.0))
    assert partners.pairs == ((0, 0, 9.0, 4.0), (1, 1, 4.0, 4.0))


def same(*sides):
    """Say that the records of these sides, and of no other, repeat one another."""
    return lambda side, ones, _: np.full(len(ones), side in sides)


def weigh(left, right):
    return (left * 10 + right).astype(np.float32)


TIED = Partners(((5, 5, 1.0, None),), {0: (2, 3), 1: (2, 3)}, {2: (0, 1), 3: (0, 1)}, {9: 5}, {})


def test_the_first_of_records_that_are_one_thing_is_paired_and_the_others_repeat_it():
    expected = Partners(((0, 2, 2.0, None), (5, 5, 1.0, None)), {}, {}, {9: 5, 1: 0}, {3: 2})
    assert without_repeats(TIED, same(0, 1), weigh) == expected


@pytest.mark.parametrize("sides", [(), (0,), (1,)])
def test_a_tie_stays_where_either_side_may_hold_several_things(sides):
    assert without_repeats(TIED, same(*sides), weigh) == TIED


def test_a_side_with_one_record_needs_no_proof_that_it_is_one_thing():
    tied = Partners((), {1: (0, 4)}, {0: (1,), 4: (1,)}, {}, {})
    assert without_repeats(tied, same(1), weigh) == Partners(((1, 0, 10.0, None),), {}, {}, {}, {4: 0})


def test_groups_that_overlap_stay_tied_beside_one_that_is_settled():
    lefts = {0: (0, 1), 1: (1, 2), 7: (7, 8)}
    rights = {0: (0,), 1: (0, 1), 2: (1,), 7: (7,), 8: (7,)}
    settled = without_repeats(Partners((), lefts, rights, {}, {}), same(0, 1), weigh)
    assert settled.pairs == ((7, 7, 77.0, None),)
    assert (settled.left_ties, settled.right_copies) == ({0: (0, 1), 1: (1, 2)}, {8: 7})
    assert [*settled.right_ties] == [0, 1, 2]

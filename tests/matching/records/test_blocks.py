"""Blocks: which records of both sides are compared at all."""

import pytest

from ipaas_discovery.matching.records.blocks import candidates


def found(*blocks, left=9, right=10, **settings):
    ours, theirs = candidates(blocks, left, right, **settings)
    return list(zip(ours.tolist(), theirs.tolist(), strict=True))


def test_records_that_share_a_value_are_candidates_each_pair_once_in_order():
    block = ([("b",), ("a",), ()], [("a", "b"), ("c",), ("a",)])
    again = ([(), ("x",), ()], [("x",), (), ()])
    assert found(block, again) == [(0, 0), (1, 0), (1, 2)]


@pytest.mark.parametrize(("largest", "pairs"), [(6, 6), (5, 0)])
def test_a_value_that_many_share_says_nothing(largest, pairs):
    block = ([("a",)] * 2, [("a",)] * 3)
    assert len(found(block, largest=largest)) == pairs


def test_the_smallest_blocks_come_first_until_there_are_twenty_four_pairs_a_record():
    large, small = ([("a",)] * 6, [("a",)] * 8), ([(), ("x",)], [(), ("x",)])
    assert found(large, left=1, right=1) == [(at, 0) for at in range(13)]
    assert found(large, small, left=1, right=1) == [(2, 0)]


def test_no_records_are_no_candidates():
    assert found(([], []), left=0, right=0) == []
    assert found(left=3, right=0) == []

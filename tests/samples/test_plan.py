from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.samples.plan import Plan


@given(st.integers(1, 60), st.integers(0, 5000))
def test_positions_are_spread_distinct_and_within_the_collection(pages, count):
    positions = Plan(pages=pages).positions(count)
    assert list(positions) == sorted(set(positions))
    assert len(positions) == min(pages, count)
    if count:
        assert positions[0] == 0
        assert positions[-1] == (count - 1 if pages > 1 or count == 1 else 0)
    gaps = [right - left for left, right in pairwise(positions)]
    assert not gaps or max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("wrong", [{"pages": 0}, {"size": 0}])
def test_a_plan_that_reads_nothing_is_refused(wrong):
    with pytest.raises(ConfigurationError, match="reads nothing"):
        Plan(**wrong)


def test_a_plan_counts_from_the_least_that_makes_sense():
    least = {"values": 0, "until_quiet": 0, "details": 0, "most_pages": 1}
    assert Plan(**least).most_pages == 1
    for name, value in least.items():
        with pytest.raises(ConfigurationError, match="counts `values`, `until_quiet` and `details` from 0"):
            Plan(**{**least, name: value - 1})


@given(st.integers(1, 500), st.sets(st.integers(0, 499), max_size=30), st.integers(0, 40))
def test_further_positions_are_new_distinct_and_within_the_collection(count, read, wanted):
    found = Plan().further(count, read, wanted)
    assert len(set(found)) == len(found) == min(wanted, count - len({each for each in read if each < count}))
    assert not set(found) & read
    assert all(0 <= each < count for each in found)

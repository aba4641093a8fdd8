from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.matching.normalised_values import normalised


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("12.5000", 12.5),
        ("000123", 123),
        (0.1, "0.10"),
        (Decimal("1E+2"), 100),
        (1e22, "10000000000000000000000"),
        ("-0", 0),
        (12345678901234567890123, "12345678901234567890123"),
        ("ADA@Example.test ", "ada@example.test"),
        ("two  words", "Two words"),
        ("+1 (555) 010-0100", "15550100100"),
        ("2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z"),
        ("Sun, 01 Mar 2026 09:00:00 +0000", "2026-03-01 09:00:00+00:00"),
        (True, "True"),
    ],
)
def test_what_is_written_differently_is_the_same(left, right):
    assert normalised(left) == normalised(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("12.5", "125"), ("ab", "a b"), ("2026-03-01", "2026-03-02"), (True, 1), ("-5", "5"), ("1e5", 100000)],
)
def test_what_differs_stays_different(left, right):
    assert normalised(left) != normalised(right)


@pytest.mark.parametrize("empty", [None, "", "  ", {}, [], {"a": 1}])
def test_nothing_and_containers_have_no_value(empty):
    assert normalised(empty) is None


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none()))
def test_normalising_twice_changes_nothing(value):
    once = normalised(value)
    assert normalised(once) == once


@given(st.floats())
def test_every_float_has_a_value(value):
    assert normalised(value)

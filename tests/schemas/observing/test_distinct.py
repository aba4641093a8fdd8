"""Values counted one by one or sketched: merged in any order they give the same, within what a sketch states."""

from __future__ import annotations

import pickle
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipaas_discovery.schemas.observing import distinct
from ipaas_discovery.schemas.observing.distinct import Sketch, Values

CAP = 8
TEXTS = st.lists(
    st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz\ud800") | st.text(max_size=2), max_size=30),
    min_size=1,
    max_size=6,
)


def counted(kind, column):
    values = Values(kind)
    values.add(column)
    return values


def sent(part):
    """As a worker's process would send it."""
    return pickle.loads(pickle.dumps(part))  # noqa: S301  our own


def merged(parts):
    whole = Values("string")
    for part in parts:
        whole.merge(sent(part))
    return whole.summary()


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_merging_is_commutative_and_associative(columns, shuffler):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct, "DISTINCT_CAP", CAP)
        parts = [counted("string", column) for column in columns]
        shuffled = shuffler.sample(parts, len(parts))
        half = len(parts) // 2
        left, right = Values("string"), Values("string")
        for side, some in ((left, parts[:half]), (right, parts[half:])):
            for part in some:
                side.merge(sent(part))
        ways = [merged(parts), merged(shuffled), merged([left, right]), merged([right, left])]
        whole = counted("string", [value for column in columns for value in column]).summary()
    exact = Counter(value for column in columns for value in column)
    empties = exact.pop("", 0)
    for way in [*ways, whole]:
        assert (way.empties, way.formats, way.lengths) == (empties, whole.formats, whole.lengths)
        assert (way.distinct, way.error) == (whole.distinct, whole.error)
        for value, times in way.top.items():
            assert exact[value] - way.top_error <= times <= exact[value]
        assert all(value in way.top for value, times in exact.items() if times > 2 * way.top_error)
        assert {value for _, value in way.examples} <= set(exact)
    if len(exact) + bool(empties) <= CAP:
        assert (whole.distinct, whole.top, whole.error) == (len(exact), exact, 0)


@pytest.mark.parametrize("different", [2_001, 5_000, 60_000])
def test_the_estimate_is_within_three_standard_errors(different):
    seen = counted("string", [f"SKU-{number}" for number in range(different)] * 2).summary()
    assert seen.distinct == pytest.approx(different, rel=3 * seen.error)


@pytest.mark.parametrize(
    "column",
    [
        [2**70 + number for number in range(3_000)],
        [-(2**63) - number for number in range(3_000)],
        [number / 8 for number in range(3_000)],
        [Decimal(f"0.12345678901234567890{number:04}") for number in range(3_000)],
        [f"\udc00{number}" for number in range(3_000)],
    ],
    ids=["beyond 64 bits", "below", "floats", "decimals", "surrogates"],
)
def test_values_that_the_sketch_takes_otherwise_are_told_apart(column):
    kind = {int: "integer", str: "string"}.get(type(column[0]), "number")
    seen = counted(kind, column).summary()
    assert seen.distinct == pytest.approx(3_000, rel=0.05)


def test_a_frequent_value_is_found_among_ever_new_ones():
    values = Values("string")
    for batch in range(40):
        values.add([f"{batch}-{number}" for number in range(900)] + ["often"] * 100)
    seen = values.summary()
    assert list(seen.top) == ["often"]
    assert 4_000 - seen.top_error <= seen.top["often"] <= 4_000
    assert seen.top_error <= 40


def test_frequent_values_are_given_up_only_beyond_the_cap(monkeypatch):
    monkeypatch.setattr(distinct, "DISTINCT_CAP", 4)
    for count, kept in ((4, 4), (5, 0)):
        sketch = Sketch("integer")
        sketch.add(Counter(dict.fromkeys(range(count), 9)))
        assert len(sketch.summary().top) == kept

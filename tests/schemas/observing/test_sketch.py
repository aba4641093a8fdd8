"""Estimates of how many different values there are, beside exact counts."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from decimal import Decimal
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.schemas.observing import sketch as module
from ipaas_discovery.schemas.observing.distinct import DISTINCT_CAP, Values
from ipaas_discovery.schemas.observing.sketch import DistinctSketch


def sketched(*batches):
    sketch = DistinctSketch()
    for batch in batches:
        sketch.add(batch, texts=all(type(value) is str for value in batch))
    return sketch


def uuids(count):
    rng = random.Random(1)  # noqa: S311  synthetic values
    return [str(UUID(int=rng.getrandbits(128))) for _ in range(count)]


KINDS = {
    "codes": lambda count: [f"SKU-{number}" for number in range(count)],
    "digits": lambda count: [f"{number:09}" for number in range(count)],
    "uuids": uuids,
    "sentences": lambda count: [
        f"An order of {number} parts, {'very ' * (number % 40)}late" for number in range(count)
    ],
    "one letter more": lambda count: ["x" * 3 + "ab"[number % 2] + str(number) for number in range(count)],
    "beyond ascii": lambda count: [f"Größe {number} \u4e2d\U0001f600" for number in range(count)],
    "whole numbers": lambda count: [*range(count)],
    "steps of a thousand": lambda count: [number * 1000 for number in range(count)],
    "negative": lambda count: [-number for number in range(count)],
    "cents": lambda count: [number / 100 for number in range(count)],
    "decimals": lambda count: [Decimal(number).scaleb(-20) for number in range(count)],
    "beyond 64 bits": lambda count: [2**70 + number for number in range(count)],
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 10, 100, 3_000, 40_000])
def test_an_estimate_is_as_near_to_the_exact_count_as_stated(kind, count):
    values = KINDS[kind](count)
    assert abs(sketched(values).estimate() / len(set(values)) - 1) <= 4 * DistinctSketch.error + 0.02 / count


def test_estimates_of_many_lists_err_by_the_standard_error_that_is_stated():
    lists = ([f"{seed}/{number}" for number in range(40_000)] for seed in range(60))
    errors = [sketched(values).estimate() / 40_000 - 1 for values in lists]
    assert np.sqrt(np.mean(np.square(errors))) == pytest.approx(DistinctSketch.error, rel=0.25)
    assert abs(np.mean(errors)) < DistinctSketch.error / 3


TEXTS = st.lists(st.text(max_size=80))
NUMBERS = st.lists(st.integers() | st.floats(allow_nan=False) | st.decimals(allow_nan=False, allow_infinity=False))


@given(st.lists(TEXTS, max_size=5) | st.lists(NUMBERS.filter(bool), max_size=5), st.randoms(use_true_random=False))
def test_any_split_merged_in_any_order_gives_the_same_registers(batches, rng):
    whole = sketched([value for batch in batches for value in batch])
    parts = [sketched(batch) for batch in batches]
    rng.shuffle(parts)
    merged = DistinctSketch()
    for part in parts:
        merged.merge(pickle.loads(pickle.dumps(part)))  # noqa: S301  our own
    assert (merged.registers == whole.registers).all()


@given(st.lists(st.text(max_size=200), min_size=1))
def test_a_value_has_one_hash_whatever_stands_beside_it(texts):
    together = module._hashed(texts, texts=True)
    assert [module._hashed([text], texts=True)[0] for text in texts] == together.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("a", "a\0"), ("", "\0"), ("ab", "ba"), ("a" * 64, "a" * 65), ("\ud800", "?")]
)
def test_texts_that_differ_by_little_are_two(one, other):
    assert len(set(module._mixed(module._hashed([one, other], texts=True)).tolist())) == 2


def test_equal_numbers_of_different_types_are_one_value():
    assert sketched([1, 2], [1.0, Decimal(2)], [Decimal("1.00")]).estimate() == pytest.approx(2, abs=0.01)


def test_nothing_is_no_value():
    assert sketched([], []).estimate() == 0


def test_registers_are_the_same_in_every_process():
    code = (
        "from ipaas_discovery.schemas.observing.sketch import DistinctSketch as S; s = S(); "
        "s.add(['a', 'Köln', 'x' * 300], texts=True); s.add([1, 2.5, -7], texts=False); "
        "print(s.registers.nonzero()[0].tolist())"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2")
    }
    here = sketched(["a", "Köln", "x" * 300], [1, 2.5, -7]).registers.nonzero()[0].tolist()
    assert shown == {f"{here}\n"}


def test_frequent_values_are_counted_within_the_error_that_is_stated():
    rng = random.Random(3)  # noqa: S311  synthetic values
    stream = [f"v{min(int(rng.paretovariate(1.1)), 10**6)}" for _ in range(60_000)] + [f"r{n}" for n in range(20_000)]
    rng.shuffle(stream)
    counted = Values("string")
    for start in range(0, len(stream), 5_000):
        counted.add(stream[start : start + 5_000])
    summary = counted.summary()
    exact = {value: stream.count(value) for value in summary.top}
    assert summary.top_error <= 2 * len(stream) / DISTINCT_CAP + len(stream) / 5_000
    assert {"v1", "v2"} <= set(summary.top)
    assert all(exact[value] - summary.top_error <= times <= exact[value] for value, times in summary.top.items())


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9, 0.99])
def test_the_corrections_are_the_sums_they_are_named_for(share):
    """Ertl, New cardinality estimation algorithms for HyperLogLog sketches, 2017, equations 12 and 20."""
    empty = share + sum(share ** (2**k) * 2 ** (k - 1) for k in range(1, 60))
    full = (1 - share - sum((1 - share ** (2**-k)) ** 2 * 2**-k for k in range(1, 60))) / 3
    assert module._sigma(share) == pytest.approx(empty)
    assert module._tau(share) == pytest.approx(full)

"""Chance is not taken for change: two samples of one system, drawn again and again, against a system that changed."""

from __future__ import annotations

from random import Random

import pytest

from ipaas_discovery.schemas.comparing.chance import CHANCE, _interval, beyond_chance, missed_by_chance
from ipaas_discovery.schemas.comparing.drift import ChangeEffect, drift
from ipaas_discovery.schemas.observing.observe import observe

TIMES = 2_000


def counted(chance, share, size):
    return sum(chance.random() < share for _ in range(size))


@pytest.mark.parametrize("share", [0.001, 0.01, 0.03, 0.1, 0.5])
@pytest.mark.parametrize("sizes", [(20, 20), (100, 100), (200, 50), (50, 1000)])
def test_a_field_as_rare_as_before_is_hardly_ever_called_removed(share, sizes):
    chance, wrong = Random(f"{share} {sizes}"), 0  # noqa: S311  seeded chance is the point
    for _ in range(TIMES):
        before, after = (counted(chance, share, size) for size in sizes)
        wrong += bool(before and not after and not missed_by_chance(before, sizes[0], sizes[1]))
    assert wrong <= CHANCE * TIMES


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("sizes", [(20, 20), (200, 200), (200, 30)])
def test_two_shares_of_one_system_hardly_ever_differ(share, sizes):
    chance, wrong = Random(f"{share} {sizes}"), 0  # noqa: S311  no secret
    for _ in range(TIMES):
        before, after = (counted(chance, share, size) for size in sizes)
        wrong += beyond_chance((before, sizes[0]), (after, sizes[1]))
    assert wrong <= 0.02 * TIMES


@pytest.mark.parametrize(("share", "size"), [(1.0, 8), (0.5, 20), (0.2, 60), (0.05, 400)])
def test_a_field_that_is_gone_is_noticed_where_the_samples_suffice(share, size):
    chance = Random(size)  # noqa: S311  no secret
    noticed = sum(not missed_by_chance(counted(chance, share, size), size, size) for _ in range(TIMES))
    assert noticed >= 0.9 * TIMES


def test_a_large_change_of_a_share_is_noticed():
    chance = Random(1)  # noqa: S311  no secret
    noticed = sum(
        beyond_chance((counted(chance, 0.9, 100), 100), (counted(chance, 0.6, 100), 100)) for _ in range(TIMES)
    )
    assert noticed >= 0.9 * TIMES


def records(chance, shares, size):
    return [
        {"id": number} | {f"f{at}": "x" for at, share in enumerate(shares) if chance.random() < share}
        for number in range(size)
    ]


def test_two_samples_of_one_system_with_many_rare_fields_break_nobody():
    chance = Random(7)  # noqa: S311  no secret
    shares = [0.5 ** (at / 8) for at in range(64)]
    found = [drift(observe(records(chance, shares, 150)), observe(records(chance, shares, 150))) for _ in range(20)]
    assert sum(each.reader is ChangeEffect.BREAKING or each.writer is ChangeEffect.BREAKING for each in found) <= 1


def test_a_field_that_vanishes_from_such_a_system_is_found():
    chance = Random(7)  # noqa: S311  no secret
    shares = [0.5 ** (at / 8) for at in range(32)]
    before, after = records(chance, shares, 150), records(chance, [*shares[:5], 0.0, *shares[6:]], 150)
    breaking = [each for each in drift(observe(before), observe(after)).changes if each.reader is ChangeEffect.BREAKING]
    assert [(each.path, each.change) for each in breaking] == [("f5", "removed")]


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(5, 10, 0.2366, 0.7634), (0, 10, 0, 0.2775), (9, 10, 0.5958, 0.9821), (0, 0, 0, 1)]
)
def test_the_interval_is_wilsons(count, of, low, high):
    assert _interval(count, of) == pytest.approx((low, high), abs=2e-4)

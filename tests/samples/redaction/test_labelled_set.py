"""Redaction measured on the labelled set: nearly all that is personal goes, and nearly all that is neutral stays."""

from __future__ import annotations

import pytest
from personal_values import held_systems, tuning_systems, unseen_systems, vendor_systems
from personal_values.labels import KINDS, Personal, count


@pytest.mark.parametrize("half", [tuning_systems, held_systems, unseen_systems, vendor_systems])
def test_what_is_personal_goes_and_what_is_neutral_stays(half):
    counted = count(half.systems())
    assert counted.recall >= 0.98, counted.kept[:5]
    assert counted.false_share <= 0.005, counted.changed[:5]


def test_the_measured_half_is_large_enough_in_every_kind():
    counted = count(held_systems.systems())
    assert counted.personal.total() >= 1000
    assert counted.neutral >= 5000
    assert set(counted.personal) == {*KINDS}
    assert min(counted.personal.values()) >= 50


def test_the_halves_share_no_value_of_a_person():
    one, other, third = ({*half.HEADS, *half.FIRSTS} for half in (tuning_systems, held_systems, unseen_systems))
    assert not one & other
    assert not third & (one | other)


@pytest.mark.parametrize(
    ("label", "after", "stays"),
    [
        (Personal("forms", "4111 1111 1111 1111"), "4111 1111 1111 1111", True),
        (Personal("forms", 4111111111111111), 4111111111111111, True),
        (Personal("other languages", "Ada Lovelace"), "Xyz Lovelace", True),
        (Personal("packed values", "QWRhIExvdmVsYWNl", ("Lovelace",)), "QWRhIExvdmVsYWNl", True),
        (Personal("other languages", "Ada Lovelace"), "Xyz Qwertyui", False),
    ],
)
def test_a_label_sees_what_stays(label, after, stays):
    assert label.stays_in(after) is stays

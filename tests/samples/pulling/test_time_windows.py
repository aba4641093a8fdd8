"""Time divided into windows, of days or of hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ipaas_discovery.samples.pulling.time_windows import _even

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize("length", [timedelta(hours=12), timedelta(days=900)])
def test_time_is_divided_into_windows_of_one_length_that_meet(length):
    windows = _even(NOON, NOON + length, 2)
    assert [(begin - NOON, end - NOON) for begin, end in windows] == [
        (length * part / 3, length * (part + 1) / 3) for part in range(3)
    ]


def test_no_time_has_no_windows():
    assert _even(NOON, NOON, 2) == []

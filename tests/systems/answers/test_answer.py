"""The day of an answer is its server's, if the server tells one."""

from __future__ import annotations

import pytest

from ipaas_discovery.systems.answers.answer import day_of


@pytest.mark.parametrize(
    ("date", "day"),
    [("Tue, 15 Nov 1994 08:12:31 GMT", "1994-11-15"), ("yesterday", ""), ("", ""), (None, "")],
)
def test_a_date_header_is_an_iso_day_or_empty(date, day):
    assert day_of(date) == day

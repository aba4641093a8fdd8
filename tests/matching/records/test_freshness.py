"""Which of two records was changed last."""

import pytest

from ipaas_discovery.matching.records.freshness import changed_last

EARLY, LATE = "2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z"


@pytest.mark.parametrize(
    ("left", "right", "side"),
    [
        ({"updated_at": LATE}, {"modified": EARLY}, "left_fresher"),
        ({"updated_at": EARLY}, {"modified": LATE}, "right_fresher"),
        ({"updated_at": EARLY}, {"modified": "2026-03-01T12:00:00+02:00"}, ""),
        ({"updated_at": EARLY}, {"created_at": LATE}, ""),
        ({"created_at": EARLY}, {"updated_at": LATE}, ""),
        ({"updated_at": EARLY}, {"updated_at": 1_800_000_000}, ""),
        ({"updated_at": EARLY}, {"updated_at": "2026-03-01T10:00:01"}, ""),
        ({"updated_at": "2026-03-01T10:00:00"}, {"updated_at": "2026-03-01T10:00:01"}, "right_fresher"),
        ({"updated_by": "Ada", "updated_at": LATE}, {"updated_at": EARLY}, "left_fresher"),
        ({"updated_by": ""}, {"updated_at": EARLY}, ""),
        ({"updated_at": EARLY, "changed": LATE}, {"updated_at": EARLY}, ""),
    ],
)
def test_the_side_that_was_changed_last(left, right, side):
    assert changed_last(left, right) == side

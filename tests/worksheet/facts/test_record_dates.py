"""Zones and growth are told from the dates of records, with how many they are of."""

import pytest

from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.worksheet.facts.record_dates import growth_of, zones_of


def sample(*records, taken="2026-11-02"):
    return Sample("Shop", "orders", records, Stop.COMPLETE, taken=taken)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-01-31T08:00:00.123-0500", "-0500"), ("Mon, 02 Nov 2026 08:00:00 +0000", "+0000"),
        ("Mon, 02 Nov 2026 08:00:00 GMT", "GMT"), ("20260131T080000Z", "Z"),
    ],
)  # fmt: skip
def test_a_zone_is_read_from_each_form(text, zone):
    assert zones_of([sample({"deep": [{"at": text}]})]) == (zone,)


@pytest.mark.parametrize("text", ["2026-01-31", "2026-01-31T08:00:00", "call +02:00", "2026-01-31T08:00:00Z, twice"])
def test_other_texts_name_no_zone(text):
    assert zones_of([sample({"at": text})]) == ()


def test_zones_are_read_of_the_first_fifty_records():
    rows = [{"at": "2026-01-31T08:00:00Z"}] * 50 + [{"at": "2026-01-31T08:00:00+01:00"}]
    assert zones_of([sample(*rows)]) == ("Z",)


def test_growth_counts_to_the_day():
    days = ["2026-11-02", "2026-10-04", "2026-10-03", "2025-11-03", "2025-11-02", "2026-11-03"]
    (row,) = growth_of([sample(*({"date_created": day} for day in days), {"id": 1})])
    assert row.value == ("orders: of 6 records with a date of creation, 2 in the last 30 days, 4 in the last 365 days")
    assert row.grade == "observed 6 of 7"
    (row,) = growth_of([sample({"createdAt": "Mon, 02 Nov 2026 08:00:00 +0000"})])
    assert "1 in the last 30 days" in row.value


@pytest.mark.parametrize(
    "rows", [[], [{"id": 1}], [{"created": "soon"}], [{"created": 5}], [{"updated": "2026-11-02"}]]
)
def test_growth_is_unknown_without_dates_of_creation(rows):
    assert [(row.subject, row.value) for row in growth_of([sample(*rows)])] == [("growth", "unknown: ask")]
    assert growth_of([sample({"created": "2026-11-02"}, taken="")])[0].value == "unknown: ask"

"""What two systems mean alike and write apart: cents, yes and no, countries, moments; and what only looks alike."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.matching.equivalent_values import equivalent_values
from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.matching.records.agreement import PairedValues
from ipaas_discovery.samples.sample import Sample, Stop

json_values = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@pytest.mark.parametrize(
    ("left", "ours", "right", "theirs"),
    [
        ("amount_money.amount", 1250, "total", "12.50"),
        ("amount", 1250, "price", Decimal("12.5")),
        ("price", "12,50 EUR", "price", 12.5),
        ("total", "€ 1.234,50", "total_inc_tax", "1234.5000"),
        ("total", "USD 1,234", "total", 1234),
        ("total", "-1,234.5", "total", Decimal("-1234.50")),
        ("active", True, "is_active", 1),
        ("active", "yes", "is_active", True),
        ("active", False, "is_active", "0"),
        ("active", "N", "is_active", "false"),
        ("country_code", "DE", "country", "Germany"),
        ("country", "DEU", "country.name", "germany"),
        ("country", "United States", "countryCode", "US"),
        ("state", "California", "state_or_province", "CA"),
        ("region", "US-CA", "state", "CA"),
        ("created", "2026-01-02T10:00:00", "created_at", "2026-01-02T10:00:00Z"),
        ("created", "/Date(1767348000000)/", "created_at", "2026-01-02T10:00:00Z"),
        ("created", "/Date(1767348000000+0200)/", "created_at", "Fri, 02 Jan 2026 10:00:00 +0000"),
        ("id", 9007199254740993, "external_id", "9007199254740993"),
    ],
)
def test_what_is_meant_alike_has_a_reading_in_common(left, ours, right, theirs):
    assert equivalent_values(ours, left) & equivalent_values(theirs, right)


@pytest.mark.parametrize(
    ("left", "ours", "right", "theirs"),
    [
        ("qty", 1250, "quantity", 12.5),
        ("total", 1250, "total", "12.51"),
        ("sku", "DE", "name", "Germany"),
        ("country", "DE", "country", "Denmark"),
        ("state", "CA", "state", "Colorado"),
        ("active", True, "is_active", "0"),
        ("active", True, "is_active", "active"),
        ("total", "1.234", "total", "1.2"),
        ("id", 9007199254740993, "external_id", "9007199254740992"),
        ("note", "1,5 kg", "note", "15"),
    ],
)
def test_what_only_looks_alike_has_none(left, ours, right, theirs):
    assert not equivalent_values(ours, left) & equivalent_values(theirs, right)


@pytest.mark.parametrize("nothing", [None, "", "  ", {}, []])
def test_nothing_reads_as_nothing(nothing):
    assert equivalent_values(nothing, "country") == frozenset()


@given(json_values, st.sampled_from(["total", "country", "active", "note", ""]))
def test_a_value_reads_as_itself_whatever_it_is(value, path):
    plain = normalised(value)
    assert (plain in equivalent_values(value, path)) is (plain is not None)


def test_agreement_counts_them_as_equal_after_normalising():
    ours = Sample("a", "orders", ({"total": 1250, "country": "DE", "paid": 1, "tags": ["yes"]},), Stop.COMPLETE)
    record = {"sum_total": "12.50", "country": "Germany", "is_paid": True, "tags": ["n"]}
    theirs = Sample("b", "orders", (record,), Stop.COMPLETE)
    pairs = [("total", "sum_total"), ("country", "country"), ("paid", "is_paid"), ("tags[]", "tags[]")]
    frame = PairedValues.of(ours, theirs, [(0, 0)]).agreement(pairs).frame().set_index("left")
    assert frame["equal_after_normalising"].to_dict() == {"total": 1, "country": 1, "paid": 1, "tags[]": 0}
    assert frame.loc["tags[]", "different"] == 1

"""Columns of JSON values get the dtype that holds all of them and loses none."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from frames import TEXT, dtypes, expected
from hypothesis import given
from hypothesis import strategies as st

from ipaas_discovery.renderings.frames import frame_of, typed_column, typed_frame

UTC = "datetime64[ns, UTC]"
COLUMNS = [
    ([1, None, -5], "Int64"),
    ([2**63 - 1, -(2**63)], "Int64"),
    ([2**63], "object"),
    ([-(2**63) - 1, 1], "object"),
    ([1.5, None, 2], "Float64"),
    ([2**53, 0.5], "Float64"),
    ([2**53 + 1, 0.5], "object"),
    ([True, None, False], "boolean"),
    ([True, 1], "object"),
    ([True, 0.5], "object"),
    (["a", None], TEXT),
    (["00123", "7"], TEXT),
    (["1", "2.5"], TEXT),
    (["1", 2], "object"),
    ([[1], None], "object"),
    ([{}, "a"], "object"),
    ([None, None], "object"),
    ([], "object"),
    (["2026-01-31T08:00:00Z", None], UTC),
    (["2026-01-31T08:00:00+00:00"], "datetime64[ns, UTC]"),
    (["2026-01-31T08:00:00Z", "2026-01-31T08:00:00.123456789Z"], UTC),
    (["2026-01-31T08:00:00"], "datetime64[ns]"),
    (["2026-01-31 08:00:00.5", "2026-02-28 23:59:59"], "datetime64[ns]"),
    (["2026-01-31T08:00:00+02:00", "2026-01-31T09:00:00+02:00"], "datetime64[ns, UTC+02:00]"),
    (["2026-01-31T08:00:00+02:00", "2026-07-31T08:00:00+01:00"], TEXT),
    (["2026-01-31T08:00:00Z", "2026-01-31T08:00:00"], TEXT),
    (["2026-01-31T08:00:00", "2026-01-31 08:00:00"], TEXT),
    (["2026-01-31T08:00:00Z", "soon"], TEXT),
    (["2026-01-31T08:00:00Z", ""], TEXT),
    (["2026-02-30T08:00:00Z"], TEXT),
    (["2026-01-31T24:30:00Z"], TEXT),
    (["0001-01-01T00:00:00"], TEXT),
    (["2300-01-01T00:00:00Z"], TEXT),
    (["2026-01-31"], TEXT),
    (["20260131"], TEXT),
    (["2026-01-31T08:00:00.1234567891Z"], TEXT),
    (["٢٠٢٦-01-31T08:00:00Z"], TEXT),
]


@pytest.mark.parametrize(("values", "dtype"), COLUMNS)
def test_a_column_has_the_dtype_that_loses_nothing(values, dtype):
    assert str(typed_column(values).dtype) == dtype


def test_date_times_keep_their_moment_their_zone_and_their_nanoseconds():
    moment, nothing = typed_column(["2026-01-31T08:00:00.123456789+02:00", None])
    assert moment.isoformat() == "2026-01-31T08:00:00.123456789+02:00"
    assert nothing is pd.NaT


json_values = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.integers())
)


@given(st.lists(json_values))
def test_whatever_the_dtype_the_values_stay_what_they_are(values):
    column = typed_column(values)
    assert len(column) == len(values)
    for cell, value in zip(column, values, strict=True):
        if value is None:
            assert pd.isna(cell)
        elif not isinstance(cell, pd.Timestamp):
            assert cell == value


@given(st.lists(st.datetimes() | st.none()))
def test_date_times_are_the_same_moments_or_stay_text(values):
    texts = [None if value is None else value.isoformat() for value in values]
    column = typed_column(texts)
    for cell, text in zip(column, texts, strict=True):
        same = pd.isna(cell) if text is None else text in {cell, getattr(cell, "isoformat", str)()}
        assert same or pd.Timestamp(cell) == pd.Timestamp(text)


def test_a_column_without_values_is_of_the_dtype_that_is_asked_for():
    assert str(typed_column([], empty="Int64").dtype) == "Int64"


def test_text_that_no_encoding_holds_is_escaped():
    assert typed_column(["a\ud83d"]).tolist() == ["a\\ud83d"]
    assert frame_of([{"a": "\ud83d"}], {"a": "str"})["a"].tolist() == ["\\ud83d"]


def test_a_frame_of_rows_keeps_the_order_in_which_columns_come():
    frame = typed_frame([{"b": 1}, {"a": "x", "b": None}], {"parent_id": typed_column([7, 8])})
    assert dtypes(frame) == {"parent_id": "Int64", "b": "Int64", "a": TEXT}
    assert typed_frame([{}, {}], {}).shape == (2, 0)


def test_a_frame_without_rows_keeps_its_columns_and_dtypes():
    columns = {"path": "str", "n": "Int64", "share": "Float64", "ok": "boolean", "types": "object"}
    assert dtypes(frame_of([], columns)) == expected(columns)
    assert dtypes(frame_of([dict.fromkeys(columns)], columns)) == expected(columns)


def test_numbers_past_64_bits_are_kept_in_a_column_of_whole_numbers():
    frame = frame_of([{"n": 10**30}, {"n": None}], {"n": "Int64"})
    assert frame["n"][0] == 10**30
    assert pd.isna(frame["n"][1])
    assert not math.isinf(float(frame["n"][0]))

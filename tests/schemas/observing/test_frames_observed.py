"""Rows of a DataFrame and values of pandas and numpy are observed as JSON would hold them."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from ipaas_discovery.errors import SourceError
from ipaas_discovery.schemas.observing.observe import observe


def test_what_a_table_lacks_is_null_and_its_own_types_are_json_s():
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, None], dtype="Int64"),
            "when": pd.to_datetime(["2024-01-01 10:00", None]),
            "share": [1.5, float("nan")],
            "text": ["x", None],
        },
        index=pd.Index(["a", "b"], name="key"),
    )
    schema = observe(frame)
    seen = {field.path: (field.types, field.observed.nulls) for field in schema.fields}
    assert seen == {
        "key": (("string",), 0),
        "share": (("number",), 1),
        "text": (("string",), 1),
        "when": (("string",), 1),
        "whole": (("integer",), 1),
    }
    assert schema.field("when").format == "date-time-local"
    row = {
        "b": np.bool_(True),
        "l": np.array([1, 2]),
        "n": np.int8(3),
        "t": np.datetime64("NaT"),
        "f": np.float32("nan"),
    }
    boxed = observe([row])
    assert {field.path: field.types for field in boxed.fields} == {
        "b": ("boolean",), "f": (), "l": ("array",), "l[]": ("integer",), "n": ("integer",), "t": (),
    }  # fmt: skip
    signalling = observe([{"n": Decimal("sNaN")}, {"n": Decimal("1.5")}])
    assert signalling.field("n").observed.types == {"null": 1, "number": 1}


def test_a_table_with_two_columns_of_one_name_is_refused():
    with pytest.raises(SourceError, match="Two columns of the DataFrame are called 'a'"):
        observe(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    levels = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("a", "x"), ("a", "y")]))
    assert [field.path for field in observe(levels).fields] == [r"a\.x", r"a\.y"]


def test_long_values_and_half_characters_are_counted_whole_and_shown_cut():
    long = "é" * 5_000
    seen = observe([{"v": long}, {"v": long}, {"v": "\ud83d"}, {"v": "x" * 200}]).field("v").observed
    assert seen.distinct == 3
    assert seen.lengths == (1, 5_000)
    shown = dict(seen.top)
    assert shown == {"é" * 160 + "… (5,000 characters)": 2, r"\ud83d": 1, "x" * 200: 1}
    observe([{"\ud83d": 1}]).frame().to_html().encode()


def test_a_masked_value_of_numpy_is_null():
    assert [field.observed.nulls for field in observe([{"a": np.ma.masked}, {"a": 1}]).fields] == [1]


def test_a_number_of_more_digits_than_python_writes_is_told():
    with pytest.raises(SourceError, match="more digits than Python reads or writes, 4,300: give it as a text"):
        observe([{"a": 10**4300}])
    assert observe([{"a": 10**4299}]).fields[0].types == ("integer",)

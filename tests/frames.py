"""What tests of frames share: pandas' own text dtype, which is `str` from pandas 3 on and `object` before."""

from __future__ import annotations

import pandas as pd

TEXT = str(pd.Series(["a"], dtype="str").dtype)


def dtypes(frame):
    """The dtype of each column, by name."""
    return {name: str(kind) for name, kind in frame.dtypes.items()}


def expected(columns):
    """What `dtypes` gives of a frame with these columns, on this pandas."""
    return {name: TEXT if kind == "str" else kind for name, kind in columns.items()}

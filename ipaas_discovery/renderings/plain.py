"""Any value of the kit as plain data: what JSON can hold, and nothing that is lost on the way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plain", "plain_rows"]


def plain(value: Any) -> Any:  # noqa: ANN401  any value in, plain data out
    """Return `value` as plain data: exact integers stay, a decimal that no float holds becomes text, so does NaN.

    >>> plain((Decimal("1.50"), Decimal("0.1234567890123456789"), 2**70, float("inf")))
    [1.5, '0.1234567890123456789', 1180591620717411303424, 'inf']
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | float):
        return _number(value)
    if value is None or isinstance(value, str | int):
        return value
    if is_dataclass(value):
        shown = (slot.name for slot in fields(value) if slot.metadata.get("plain", True))
        return {name: plain(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        items = sorted(value.items(), key=lambda item: str(item[0]))
        return {str(plain(key)): plain(part) for key, part in items}
    return [plain(part) for part in value] if isinstance(value, Iterable) else _text(value)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of `frame` as plain data, one dict each; None for a cell that holds nothing.

    >>> import pandas as pd
    >>> plain_rows(pd.DataFrame({"n": pd.Series([1, None], dtype="Int64"), "types": [["string"], []]}))
    [{'n': 1, 'types': ['string']}, {'n': None, 'types': []}]
    """
    filled = frame.astype(object).where(frame.notna(), None)
    return [{str(name): plain(value) for name, value in row.items()} for row in filled.to_dict("records")]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: Decimal | float) -> float | str:
    """Return a float if it is exactly the number as written, else text."""
    if not Decimal(value).is_finite():
        return str(value)
    near = float(value)
    exact = isinstance(value, float) or (math.isfinite(near) and Decimal(repr(near)) == value)
    return near if exact else str(value)

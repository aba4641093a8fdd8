"""Quick proof that all values of a column fit a field; where it fails, they are judged one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date
from decimal import Decimal
from operator import ne
from typing import Any

from ipaas_discovery.flows.execution.constraints import INTEGER_SIZES, compiled_pattern
from ipaas_discovery.flows.execution.conversion import SAFE_INTEGER
from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.schemas.schema import Declared, Field
from ipaas_discovery.schemas.text_formats import format_counts

__all__ = ["proof_for"]

NUMBERS = {int, float, Decimal}
NUMBER_FORMATS = {"float", "money", "currency"}
DATES = {"date", "date-time"}


def proof_for(field: Field) -> Callable[[Sequence[Any]], bool]:
    """Make a function that tells of values, none null, absent or empty, that each fits the field without loss.

    False says that this is not proven.

    >>> fits = proof_for(Field("a", Declared(types=("string",), max_length=3)))
    >>> fits(["a", "abc"]), fits(["abcd"]), fits([1])
    (True, False, False)
    """
    declared = field.declared or Declared()
    types = {kind for kind in field.types if kind != "null"}
    is_plain = not declared.enum and declared.format in {None, *INTEGER_SIZES} and not declared.pattern
    texts = _texts_fit(declared) if not types or "string" in types else None
    numbers = _numbers_fit(declared, types)

    def all_fit(values: Sequence[Any]) -> bool:
        kinds = set(map(type, values))
        if kinds <= {str}:
            return not values or (texts is not None and texts(values))
        if kinds <= NUMBERS:
            return numbers is not None and numbers(values, kinds)
        return kinds == {bool} and is_plain and (not types or "boolean" in types)

    return all_fit


def _texts_fit(declared: Declared) -> Callable[[Sequence[str]], bool] | None:
    """Make the proof for texts; None where numbers are meant that are written as texts."""
    wanted = declared.format
    if wanted in INTEGER_SIZES or wanted in NUMBER_FORMATS or (wanted and "(" in wanted):
        return None
    allowed = {value for value in declared.enum if isinstance(value, str)}
    least, most = declared.min_length or 0, declared.max_length
    pattern = compiled_pattern(declared.pattern) if declared.pattern else None
    fitting = field_formats().fulfilling(wanted)

    def fit(texts: Sequence[str]) -> bool:
        different = set(texts)
        if declared.enum:
            return different <= allowed and not (least or most is not None or pattern or fitting)
        longest = max(map(len, different))
        if (most is not None and longest > most) or (least and min(map(len, different)) < least):
            return False
        if pattern and not all(map(pattern.search, different)):
            return False
        return not fitting or _have_format(different, longest, fitting, dated=wanted in DATES)

    return fit


def _have_format(texts: Collection[str], longest: int, fitting: Collection[str], *, dated: bool) -> bool:
    counts = format_counts(Counter(texts), longest)
    return sum(counts[name] for name in fitting) == len(texts) and (not dated or all(map(_is_date, texts)))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _numbers_fit(declared: Declared, types: Collection[str]) -> Callable[[Sequence[Any], set[type]], bool] | None:
    """Make the proof for numbers; None where each has to be looked at."""
    wanted = declared.format
    if declared.enum or declared.multiple_of or wanted in NUMBER_FORMATS or (wanted and "(" in wanted):
        return None
    only_text = bool(types) and not {"number", "integer"} & set(types)
    limited = declared.max_length is not None or declared.min_length is not None or declared.pattern
    if only_text and (
        "string" not in types or limited or field_formats().fulfilling(wanted) or wanted in INTEGER_SIZES
    ):
        return None
    size = INTEGER_SIZES.get(wanted or "", SAFE_INTEGER + 1)
    if "number" in types and "integer" not in types:  # a number may be read as a float, whatever its format says
        size = min(size, SAFE_INTEGER + 1)
    low, high, above, below = (
        None if limit is None else Decimal(str(limit))
        for limit in (declared.minimum, declared.maximum, declared.exclusive_minimum, declared.exclusive_maximum)
    )

    def fit(values: Sequence[Any], kinds: set[type]) -> bool:
        if only_text and kinds != {int}:
            return False
        if types and "number" not in types and not only_text and kinds != {int}:
            return False
        if kinds != {int} and any(map(ne, values, values)):  # only NaN differs from itself
            return False
        least, most = min(values), max(values)
        if not -size <= least <= most < size:
            return False
        return not (
            (low is not None and least < low)
            or (high is not None and most > high)
            or (above is not None and least <= above)
            or (below is not None and most >= below)
        )

    return fit

"""Levelling: what had to be levelled before two values were equal, in words."""

from __future__ import annotations

import re
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.matching.durations_read import lengths_of_time
from ipaas_discovery.matching.normalised_values import normalised

__all__ = ["levelling"]

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")

Held = tuple[str, tuple[Any, ...]]


def levelling(left: Held, right: Held, *, same: bool) -> str:
    """Say what differs between a field's values that are equal all the same.

    Args:
        left: the left path and its values.
        right: the right path and its values.
        same: they are equal in one spelling, and not only may stand for each other.

    >>> levelling(("zip", ("0123",)), ("zip", (123,)), same=True), levelling(("a", ("X ",)), ("a", ("x",)), same=True)
    ('number or text', 'case and spaces')
    """
    ours, theirs = left[1][0], right[1][0]
    if len(left[1]) > 1 or len(right[1]) > 1:
        return "order or place in a list"
    plain = normalised(ours) or ""
    if not same:
        return _equivalence(left, right)
    if _MOMENT.fullmatch(plain):
        return "way to write a moment"
    if isinstance(ours, str) != isinstance(theirs, str):
        return "number or text"
    if _NUMBER.fullmatch(plain):
        return "zeros and signs of a number"
    return "case and spaces"


def _equivalence(left: Held, right: Held) -> str:
    known = type_words()
    truths = known.true_values | known.false_values
    ours, theirs = (frozenset(split_words(path)) for path, _ in (left, right))
    plain, other = (normalised(values[0]) or "" for _, values in (left, right))
    reasons = (
        ("words for yes and no", plain in truths and other in truths),
        (
            "unit or writing of a length of time",
            lengths_of_time(left[1][0], ours) & lengths_of_time(right[1][0], theirs),
        ),
        ("signs in a phone number", (ours | theirs) & field_words().phones),
        ("zone of a moment", _MOMENT.fullmatch(plain) or _MOMENT.fullmatch(other)),
        ("code or name of a place", (ours | theirs) & field_words().places),
    )
    return next((reason for reason, given in reasons if given), "unit or writing of money")

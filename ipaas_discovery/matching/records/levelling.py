"""Levelling: what had to be levelled before two values were equal, in words."""

from __future__ import annotations

import re
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.type_words import type_words
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
    plain, other = normalised(ours) or "", normalised(theirs) or ""
    if not same:
        return _equivalence(plain, other, frozenset(split_words(left[0])) | frozenset(split_words(right[0])))
    if _MOMENT.fullmatch(plain):
        return "way to write a moment"
    if isinstance(ours, str) != isinstance(theirs, str):
        return "number or text"
    if _NUMBER.fullmatch(plain):
        return "zeros and signs of a number"
    return "case and spaces"


def _equivalence(left: str, right: str, words: frozenset[str]) -> str:
    known = type_words()
    truths = known.true_values | known.false_values
    if left in truths and right in truths:
        return "words for yes and no"
    if _MOMENT.fullmatch(left) or _MOMENT.fullmatch(right):
        return "zone of a moment"
    if words & field_words().places:
        return "code or name of a place"
    return "unit or writing of money"

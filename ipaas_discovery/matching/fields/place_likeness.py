"""Likeness of the names of two objects."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["NAMED", "place_likeness"]

NAMED = 0.6
"""Share of words in common from which two objects have one name."""


def place_likeness(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Measure the share of words that the names of two objects have in common; 1 where both are the top."""
    total = len(set(ours)) + len(set(theirs))
    return 2 * len(set(ours) & set(theirs)) / total if total else 1.0

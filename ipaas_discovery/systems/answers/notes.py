"""Oddities of an answer or a file that were read all the same, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["NOTES", "Note", "in_words"]

NOTES = "notes"
"""The extension of a response that holds the notes on its body as it came."""


@dataclass(frozen=True, slots=True)
class Note:
    """One kind of oddity, and how often it came."""

    what: str
    count: int = 1


def in_words(notes: Iterable[Note]) -> tuple[str, ...]:
    """Write notes as sentences for a claim, equal ones counted together.

    >>> in_words([Note("null among the records, left out", 2), Note("null among the records, left out")])
    ('null among the records, left out: 3 times',)
    """
    counts: Counter[str] = Counter()
    for note in notes:
        counts[note.what] += note.count
    return tuple(f"{what}: {'once' if times == 1 else f'{times} times'}" for what, times in counts.items())

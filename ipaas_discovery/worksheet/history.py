"""Undo and redo of the decisions made in one worksheet object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Decision

__all__ = ["History"]


class Step(NamedTuple):
    """One change of a decision."""

    key: tuple[str, str]
    before: Decision | None
    after: Decision | None


class History:
    """The decisions made and undone; it keeps no copy of the rest, so that fresh evidence survives an undo."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, entry: Entry, decision: Decision | None) -> None:
        """Remember that `entry` is now to say `decision`; what was undone can then no longer be redone."""
        self._done.append(Step(entry.key, entry.decision, decision))
        self._undone.clear()

    def back(self, entries: Iterable[Entry]) -> Entry | None:
        """Return the entry as it was before the last decision, None if nothing is left to undo."""
        return _walk(self._done, self._undone, entries)

    def forth(self, entries: Iterable[Entry]) -> Entry | None:
        """Return the entry as it was before the last undo, None if nothing is left to redo."""
        return _walk(self._undone, self._done, entries)

    def can_go_back(self, entries: Iterable[Entry]) -> bool:
        """Tell whether a decision is left to undo."""
        return _any_left(self._done, entries)

    def can_go_forth(self, entries: Iterable[Entry]) -> bool:
        """Tell whether a decision is left to redo."""
        return _any_left(self._undone, entries)


def _any_left(steps: list[Step], entries: Iterable[Entry]) -> bool:
    """Tell whether a step is left that nobody else's change has overtaken."""
    now = {entry.key: entry.decision for entry in entries}
    return any(step.key in now and now[step.key] == step.after for step in steps)


def _walk(steps: list[Step], other: list[Step], entries: Iterable[Entry]) -> Entry | None:
    """Go one step back along `steps`; a step that somebody else's change has overtaken is forgotten."""
    by_key = {entry.key: entry for entry in entries}
    while steps:
        key, before, after = steps.pop()
        entry = by_key.get(key)
        if entry is not None and entry.decision == after:
            other.append(Step(key, after, before))
            return replace(entry, decision=before)
    return None

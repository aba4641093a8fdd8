"""Undo and redo of what was said in one worksheet object, or by one speaker in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ipaas_discovery.worksheet.rows import RowKey, Rows, Statement

__all__ = ["History", "Step", "Turn"]


class Step(NamedTuple):
    """One change of a row."""

    key: RowKey
    before: Statement | None
    after: Statement | None

    @property
    def backwards(self) -> Step:
        """The step that takes this one back."""
        return Step(self.key, self.after, self.before)


class Turn(NamedTuple):
    """Steps that are undone as one; those under the same `label` in a row, as of one text being typed, are one, too."""

    steps: tuple[Step, ...]
    label: str = ""


class History:
    """The changes made and undone; it keeps no copy of the rest, so that fresh evidence survives an undo."""

    def __init__(self) -> None:
        self._done: list[Turn] = []
        self._undone: list[Turn] = []

    def add(self, steps: Iterable[Step], label: str = "") -> None:
        """Remember a change; what was undone can then no longer be redone."""
        change = Turn(_joined(steps), label)
        if label and self._done and self._done[-1].label == label:
            change = Turn(_joined((*self._done.pop().steps, *change.steps)), label)
        self._done.append(change)
        self._undone.clear()

    def overruled(self, key: RowKey, theirs: Statement | None, yours: Statement | None) -> None:
        """Remember a change that gave way to somebody else's: a redo makes it again, on top of theirs."""
        self._undone.append(Turn((Step(key, theirs, yours),)))

    def back(self, rows: Rows) -> tuple[Step, ...]:
        """Return the steps that take the last change back, none if nothing is left to undo.

        A step that somebody else's has overtaken is forgotten.
        """
        while self._done:
            change = self._done.pop()
            if steps := tuple(step for step in change.steps if rows.get(step.key) == step.after):
                self._undone.append(Turn(steps))
                return tuple(step.backwards for step in reversed(steps))
        return ()

    def forth(self, rows: Rows) -> tuple[Step, ...]:
        """Return the steps of the change that was undone last, none if nothing is left to redo."""
        while self._undone:
            change = self._undone.pop()
            if steps := tuple(step for step in change.steps if rows.get(step.key) == step.before):
                self._done.append(Turn(steps))
                return steps
        return ()

    def can_go_back(self, rows: Rows) -> bool:
        """Tell whether a change is left to undo."""
        return any(rows.get(step.key) == step.after for change in self._done for step in change.steps)

    def can_go_forth(self, rows: Rows) -> bool:
        """Tell whether a change is left to redo."""
        return any(rows.get(step.key) == step.before for change in self._undone for step in change.steps)


def _joined(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Make one step of several on the same row."""
    joined: dict[RowKey, Step] = {}
    for step in steps:
        joined[step.key] = Step(step.key, joined.get(step.key, step).before, step.after)
    return tuple(joined.values())

"""Undo and redo of what was said in one worksheet object."""

from __future__ import annotations

from typing import NamedTuple

from ipaas_discovery.worksheet.rows import RowKey, Rows, Statement

__all__ = ["History", "Step"]


class Step(NamedTuple):
    """One change of a row."""

    key: RowKey
    before: Statement | None
    after: Statement | None


class History:
    """The changes made and undone; it keeps no copy of the rest, so that fresh evidence survives an undo."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember a change; what was undone can then no longer be redone."""
        self._done.append(step)
        self._undone.clear()

    def overruled(self, key: RowKey, theirs: Statement | None, yours: Statement | None) -> None:
        """Remember a change that gave way to somebody else's: a redo makes it again, on top of theirs."""
        self._undone.append(Step(key, theirs, yours))

    def back(self, rows: Rows) -> Step | None:
        """Return the change that takes the last one back, None if nothing is left to undo.

        A change that somebody else's has overtaken is forgotten.
        """
        while self._done:
            step = self._done.pop()
            if rows.get(step.key) == step.after:
                self._undone.append(step)
                return Step(step.key, step.after, step.before)
        return None

    def forth(self, rows: Rows) -> Step | None:
        """Return the change that was undone last, None if nothing is left to redo."""
        while self._undone:
            step = self._undone.pop()
            if rows.get(step.key) == step.before:
                self._done.append(step)
                return step
        return None

    def can_go_back(self, rows: Rows) -> bool:
        """Tell whether a change is left to undo."""
        return any(rows.get(step.key) == step.after for step in self._done)

    def can_go_forth(self, rows: Rows) -> bool:
        """Tell whether a change is left to redo."""
        return any(rows.get(step.key) == step.before for step in self._undone)

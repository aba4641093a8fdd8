"""The cells of a sheet, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["SheetGrid", "SheetRow"]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of one row, None for an empty one; `line` is where it starts in the file, from 1."""

    line: int
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The rows of one sheet that hold anything; `typed` is true if the file itself tells numbers from text.

    `notes` say what was guessed.
    """

    name: str
    rows: tuple[SheetRow, ...]
    typed: bool = False
    notes: tuple[str, ...] = ()

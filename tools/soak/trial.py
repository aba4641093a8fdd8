"""One row of the table that a soak prints."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Trial"]


@dataclass
class Trial:
    """A fault that was tried again and again: how often, what the user saw, and what was lost or went wrong."""

    fault: str
    sees: str
    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def row(self) -> str:
        """Return the row as Markdown."""
        lost = "nothing" if not self.wrong else f"**{len(self.wrong)}**: {self.wrong[0]:.300}"
        return f"| {self.fault} | {self.tried:,} | {self.sees} | {lost} |"

"""Board on which the analyst decides the directions; the worksheet's file follows every click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.widgets.board_rows import LEAVE_OUT, in_words, proposed_methods, rows_of
from ipaas_discovery.worksheet.parts import decided_direction
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["DirectionBoard"]


class DirectionBoard(Board):
    """A table of the worksheet's collection pairs: evidence to the left, the analyst's decision to the right.

    Every choice is written to the worksheet and saved at once. What cannot be saved is said on the board,
    and the board then shows what the file holds; the choice itself waits behind Redo. The board's own
    output is no record: render the worksheet in a later cell for that.

    Args:
        worksheet: the document to show and to write.
        by: the name of the person who decides, as the decisions will say.

    Raises:
        UnknownNameError: for a keyword the board does not have.
    """

    file: ClassVar[str] = "direction_board"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per pair: names and evidence, as `rows_of` gives them, without the decision."""

    decisions = traitlets.Dict().tag(sync=True)
    """Per decided pair: direction, methods, why, by, on, and what the evidence says against it."""

    def __init__(
        self,
        worksheet: Worksheet,
        *,
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "worksheet"], where="DirectionBoard")
        super().__init__(worksheet, by=by)

    def __repr__(self) -> str:
        entries = self._worksheet.entries
        decided = sum(entry.decision is not None for entry in entries)
        return f"DirectionBoard({decided} of {len(entries)} decided)"

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change."""
        return {"decide": self._decide, "undecide": self._undecide}

    def show(self) -> None:
        """Set evidence and decisions to what the worksheet says now."""
        rows = rows_of(self._worksheet)
        self.rows = [{name: value for name, value in row.items() if name != "decision"} for row in rows]
        self.decisions = {row["key"]: row["decision"] for row in rows if row["decision"]}

    def static(self) -> str:
        """Render the decisions as an HTML table."""
        return self._worksheet.decisions().to_html()

    def _decide(self, request: Request) -> str:
        row = self._row(request)
        self._check(row["key"], request)
        before = self._worksheet.entry(row["collection"], row["third_party"]).decision
        direction = decided_direction(str(request.get("direction", "")))
        chosen = request.get("methods")
        why: str | None = str(request.get("why", ""))
        if before and before.direction is not direction and why == before.why:
            why = None  # the old reason was in the field; nobody gave it for this direction
        self._worksheet.decide(
            row["collection"],
            direction,
            methods=proposed_methods(row, direction) if chosen is None else chosen,
            why=why,
            by=str(request.get("by") or self.by),
            third_party=row["third_party"],
        )
        decision = self._worksheet.entry(row["collection"], row["third_party"]).decision
        self.by = decision.by if decision else self.by
        self.wrote(row["key"], self._now(row["key"]))
        return f"{row['key']}: {direction or LEAVE_OUT}."

    def _undecide(self, request: Request) -> str:
        row = self._row(request)
        self._check(row["key"], request)
        self._worksheet.undecide(row["collection"], third_party=row["third_party"])
        self.wrote(row["key"], None)
        return f"{row['key']}: undecided."

    def _check(self, key: str, request: Request) -> None:
        """Make sure that the decision is still the one that the reader saw."""
        self.check_seen(key, request, self.decisions.get(key), self._now(key), in_words)

    def _now(self, key: str) -> dict[str, Any] | None:
        """Return the decision on a pair as the board shows it."""
        return next((row["decision"] for row in rows_of(self._worksheet) if row["key"] == key), None)

    def _row(self, request: Request) -> dict[str, Any]:
        rows: dict[str, dict[str, Any]] = {row["key"]: row for row in self.rows}
        key = str(request.get("key", ""))
        if key not in rows:
            raise UnknownNameError("pair of collections", key, rows, where="DirectionBoard")
        return rows[key]

"""Board on which the analyst decides the directions; the worksheet's file follows every click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ipaas_discovery.errors import ChangedRowError, DiscoveryError, UnknownNameError
from ipaas_discovery.widgets.board_rows import LEAVE_OUT, in_words, proposed_methods, rows_of
from ipaas_discovery.worksheet.parts import Decision, decided_direction
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["DirectionBoard"]

HERE = Path(__file__).parent


class DirectionBoard(anywidget.AnyWidget):
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

    _esm = HERE / "direction_board.js"
    _css = HERE / "direction_board.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per pair: names and evidence, as `rows_of` gives them, without the decision."""

    decisions = traitlets.Dict().tag(sync=True)
    """Per decided pair: direction, methods, why, by, on, and what the evidence says against it."""

    steps = traitlets.Dict().tag(sync=True)
    """True for `undo` and `redo` if there is something to undo or to redo."""

    by = traitlets.Unicode("").tag(sync=True)
    """Name of the person who decides."""

    status = traitlets.Dict().tag(sync=True)
    """Answer to the last request: its id, what was saved where, the error."""

    def __init__(
        self,
        worksheet: Worksheet,
        *,
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "worksheet"], where="DirectionBoard")
        self._worksheet = worksheet
        super().__init__(by=by)
        self.refresh()
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        rows = rows_of(self._worksheet)
        decided = sum(row["decision"] is not None for row in rows)
        return f"DirectionBoard({decided} of {len(rows)} decided)"

    def refresh(self) -> None:
        """Show the worksheet as it is now, after it was changed elsewhere."""
        file = self._worksheet.path
        message = f"Every choice is saved to {file.name} at once." if file else "The worksheet has no file yet."
        self._show({"request": "", "saved": message, "error": ""})

    def handle(self, request: dict[str, Any]) -> None:
        """Do what the front end asks: `decide`, `undecide`, `undo` or `redo`; then save, and answer.

        An error is answered, not raised, since a notebook swallows what a callback raises.

        Args:
            request: `do`; for a decision `key`, `direction`, `methods` (None: those the evidence allows),
                `why` and `by`; and an id `request` that the answer repeats.
        """
        answer = {"request": str(request.get("request", "")), "saved": "", "error": ""}
        try:
            answer["saved"] = self._write(request)
        except (DiscoveryError, OSError) as error:
            answer["error"] = str(error)
        self._show(answer)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self.handle(content)

    def _write(self, request: dict[str, Any]) -> str:
        """Change the worksheet and save it; a change that cannot be saved is taken back. Says what was done."""
        changes = {"decide": self._decide, "undecide": self._undecide, "undo": self._undo, "redo": self._redo}
        wanted = str(request.get("do"))
        if wanted not in changes:
            raise UnknownNameError("request", wanted, changes, where="DirectionBoard")
        before = self._worksheet.entries
        done = changes[wanted](request)
        if self._worksheet.entries == before and wanted in {"undo", "redo"}:
            return done
        try:
            self._worksheet.save()
        except ChangedRowError:  # the worksheet shows theirs by now, and Redo says yours again
            raise
        except (DiscoveryError, OSError):
            if self._worksheet.entries != before:
                (self._worksheet.redo if wanted == "undo" else self._worksheet.undo)()
            raise
        return f"{done} Saved to {Path(self._worksheet.path or '').name}."

    def _decide(self, request: dict[str, Any]) -> str:
        row = self._row(request)
        direction = decided_direction(str(request.get("direction", "")))
        chosen = request.get("methods")
        before = self._seen(row, request)
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
        return f"{row['key']}: {direction or LEAVE_OUT}."

    def _undecide(self, request: dict[str, Any]) -> str:
        row = self._row(request)
        self._seen(row, request)
        self._worksheet.undecide(row["collection"], third_party=row["third_party"])
        return f"{row['key']}: undecided."

    def _seen(self, row: dict[str, Any], request: dict[str, Any]) -> Decision | None:
        """Make sure that the decision is still the one that the reader saw, where the request says which; gives it.

        Raises:
            ChangedRowError: if somebody else changed it, on another board or in code.
        """
        entry = self._worksheet.entry(row["collection"], row["third_party"])
        shown = {other["key"]: other["decision"] for other in rows_of(self._worksheet)}[row["key"]]
        if "seen" in request and request["seen"] != shown:
            versions = [in_words(decision) for decision in (request["seen"], request, shown)]
            raise ChangedRowError({row["key"]: (versions[0], versions[1], versions[2])})
        return entry.decision

    def _undo(self, _request: dict[str, Any]) -> str:
        undone = self._worksheet.undo()
        return f"{undone}: the last choice is taken back." if undone else "There is nothing to undo."

    def _redo(self, _request: dict[str, Any]) -> str:
        redone = self._worksheet.redo()
        return f"{redone}: the choice is made again." if redone else "There is nothing to redo."

    def _row(self, request: dict[str, Any]) -> dict[str, Any]:
        rows: dict[str, dict[str, Any]] = {row["key"]: row for row in self.rows}
        key = str(request.get("key", ""))
        if key not in rows:
            raise UnknownNameError("pair of collections", key, rows, where="DirectionBoard")
        return rows[key]

    def _show(self, answer: dict[str, str]) -> None:
        """Send evidence, decisions and answer together, as new objects: one changed in place would send nothing."""
        rows = rows_of(self._worksheet)
        with self.hold_sync():
            self.rows = [{name: value for name, value in row.items() if name != "decision"} for row in rows]
            self.decisions = {row["key"]: row["decision"] for row in rows if row["decision"]}
            self.steps = {"undo": self._worksheet.can_undo, "redo": self._worksheet.can_redo}
            self.status = answer

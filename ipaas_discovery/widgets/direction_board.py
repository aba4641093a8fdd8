"""The board on which the analyst decides the directions; the worksheet's file follows every click."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from ipaas_discovery.errors import DiscoveryError, UnknownNameError
from ipaas_discovery.widgets.rows import proposed_methods, rows_of
from ipaas_discovery.words import Method
from ipaas_discovery.worksheet.parts import decided_direction
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["DirectionBoard"]

HERE = Path(__file__).parent


class DirectionBoard(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget carries no types
    """A table of the worksheet's collection pairs: evidence to the left, the analyst's decision to the right.

    Every choice is written to the worksheet and saved at once. What cannot be saved is said on the board,
    and the board then shows what the file holds; the choice itself waits behind Redo. The board's own
    output is no record: render the worksheet in a later cell for that.

    Args:
        worksheet: the document to show and to write.
        by: who decides, as the decisions will say.
        today: gives the date of a decision.

    Raises:
        UnknownNameError: for a keyword the board does not have.
    """

    _esm = HERE / "direction_board.js"
    _css = HERE / "direction_board.css"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per pair: names and evidence, as `rows_of` gives them, without the decision."""

    decisions = traitlets.Dict().tag(sync=True)
    """Per decided collection: direction, methods, why, by, on, and what the evidence says against it."""

    by = traitlets.Unicode("").tag(sync=True)
    """Who decides."""

    status = traitlets.Dict().tag(sync=True)
    """The answer to the last request: its id, what was saved where, the error, whether undo and redo would work."""

    def __init__(
        self,
        worksheet: Worksheet,
        *,
        by: str = "",
        today: Callable[[], datetime.date] = datetime.date.today,
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "today", "worksheet"], where="DirectionBoard")
        self._worksheet = worksheet
        self._today = today
        super().__init__(by=by)
        self.refresh()
        self.on_msg(self._on_message)

    def __repr__(self) -> str:
        rows = rows_of(self._worksheet)
        decided = sum(row["decision"] is not None for row in rows)
        return f"DirectionBoard({decided} of {len(rows)} decided)"

    def refresh(self) -> None:
        """Show the worksheet as it is now, after it was changed elsewhere."""
        self._show({"request": "", "saved": f"Choices are saved to {self._file} at once.", "error": ""})

    def handle(self, request: dict[str, Any]) -> None:
        """Do what the front end asks: `decide`, `undecide`, `undo` or `redo`; then save, and answer.

        An error is answered, not raised, since a notebook swallows what a callback raises.

        Args:
            request: `do`, and with it `collection`, `direction`, `methods` (None: those the evidence
                allows), `why`, `by`, and an id `request` that the answer repeats.
        """
        answer = {"request": str(request.get("request", "")), "saved": "", "error": ""}
        try:
            self._write(request)
            answer["saved"] = f"Saved to {self._file}."
        except (DiscoveryError, OSError) as error:
            answer["error"] = str(error)
        self._show(answer)

    def _on_message(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        self.handle(content)

    def _write(self, request: dict[str, Any]) -> None:
        """Change the worksheet and save it; a change that cannot be saved is taken back."""
        changes: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
            "decide": (lambda: self._decide(request), self._worksheet.undo),
            "undecide": (lambda: self._worksheet.undecide(request["collection"]), self._worksheet.undo),
            "undo": (self._worksheet.undo, self._worksheet.redo),
            "redo": (self._worksheet.redo, self._worksheet.undo),
        }
        wanted = str(request.get("do"))
        if wanted not in changes:
            raise UnknownNameError("request", wanted, changes, where="DirectionBoard")
        change, back = changes[wanted]
        change()
        try:
            self._worksheet.save()
        except (DiscoveryError, OSError):
            back()
            raise

    def _decide(self, request: dict[str, Any]) -> None:
        collection, direction = request["collection"], decided_direction(request["direction"])
        self.by = request.get("by", self.by)
        chosen = request.get("methods")
        row = next((row for row in self.rows if row["collection"] == collection), {"to": {}, "from": {}})
        methods = proposed_methods(row, direction) if chosen is None else [Method(name) for name in chosen]
        self._worksheet.decide(
            collection,
            direction,
            methods=tuple(methods),
            why=request.get("why", ""),
            by=self.by,
            on=self._today(),
        )

    def _show(self, answer: dict[str, Any]) -> None:
        """Send evidence, decisions and answer together, as new objects: a changed one in place would send nothing."""
        rows = rows_of(self._worksheet)
        with self.hold_sync():
            self.rows = [{key: value for key, value in row.items() if key != "decision"} for row in rows]
            self.decisions = {row["collection"]: row["decision"] for row in rows if row["decision"]}
            self.status = answer | {"undo": self._worksheet.can_undo, "redo": self._worksheet.can_redo}

    @property
    def _file(self) -> str:
        return Path(self._worksheet.path).name if self._worksheet.path else "no file"

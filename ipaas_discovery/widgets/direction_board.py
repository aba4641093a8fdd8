"""Board on which the analyst decides the directions; the worksheet's file follows every click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

import traitlets

from ipaas_discovery.errors import ChangedRowError, ReasonMissingError, UnknownNameError, WorksheetError
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.widgets.board import Board, Handler, Request
from ipaas_discovery.widgets.board_rows import (
    LEAVE_OUT,
    decision_of,
    flows_of,
    forecast_of,
    in_words,
    proposals_of,
    proposed_methods,
    rows_of,
)
from ipaas_discovery.worksheet.parts import decided_direction
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["DirectionBoard"]


SIGNED = "approved"
"""Step of the integration that is signed off here."""
KEPT, LONGEST = 50, 400
"""Actions that the log keeps, and characters of one."""


class Integrated(Protocol):
    """The parts of a Discovery that this board asks."""

    @property
    def worksheet(self) -> Worksheet:
        """The worksheet."""

    def compare(self, collection: str) -> Comparison:
        """Compare both sides of a pair."""


class DirectionBoard(Board):
    """A table of the worksheet's collection pairs: evidence to the left, the analyst's decision to the right.

    Every choice is written to the worksheet and saved at once. What cannot be saved is said on the board,
    and the board then shows what the file holds; the choice itself waits behind Redo. The board's own
    output is no record: render the worksheet in a later cell for that.

    Args:
        worksheet: the document to show and to write; or a Discovery, which also forecasts what a flow would do.
        by: the name of the person who decides, as the decisions will say.

    Raises:
        UnknownNameError: for a keyword the board does not have.
    """

    file: ClassVar[str] = "direction_board"

    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    """Per pair: names and evidence, as `rows_of` gives them, without the decision."""

    decisions = traitlets.Dict().tag(sync=True)
    """Per decided pair: direction, methods, why, by, on, and what the evidence says against it."""

    flows = traitlets.Dict().tag(sync=True)
    """Per pair with named flows: each with its direction, methods, condition, and what the evidence says of it."""

    proposals = traitlets.Dict().tag(sync=True)
    """Per undecided pair for which the evidence proposes something: direction, methods, why."""

    forecasts = traitlets.Dict().tag(sync=True)
    """Per pair that was asked about: a sentence for each direction on what a first transfer would do."""

    signed = traitlets.Unicode("").tag(sync=True)
    """Name and day of who signed the directions off, empty while nobody did."""

    log = traitlets.List(traitlets.Unicode()).tag(sync=True)
    """Actions on this board, the last first."""

    def __init__(
        self,
        worksheet: Worksheet | Integrated,
        *,
        by: str = "",
        **unknown: Any,  # noqa: ANN401  whatever was misspelt
    ) -> None:
        for name in sorted(unknown):
            raise UnknownNameError("keyword", name, ["by", "worksheet"], where="DirectionBoard")
        self._by_key: dict[str, dict[str, Any]] = {}
        self._integrated = None if isinstance(worksheet, Worksheet) else worksheet
        super().__init__(worksheet if isinstance(worksheet, Worksheet) else worksheet.worksheet, by=by)

    def __repr__(self) -> str:
        entries = self._worksheet.entries
        decided = sum(entry.decision is not None for entry in entries)
        return f"DirectionBoard({decided} of {len(entries)} decided)"

    def writes(self) -> Mapping[str, Handler]:
        """List what the board can be asked to change."""
        one = {"decide": self._decide, "undecide": self._undecide}
        several = {"decide all": self._decide_all, "propose": self._propose}
        return {**one, **several, "flow": self._flow, "unflow": self._unflow, "sign": self._sign}

    def looks(self) -> Mapping[str, Handler]:
        """List what the board can be asked to show."""
        return {"forecast": self._forecast}

    def handle(self, request: Request) -> None:
        """Do what the front end asks, save what is written, answer, and keep a line of it."""
        before = self._worksheet.revision
        super().handle(request)
        if self._worksheet.revision != before and self.status["saved"]:
            done = str(self.status["saved"]).partition(" Saved to ")[0]
            by = f", by {self.by}" if self.by else ""
            self.log = [f"{done.rstrip('.')[:LONGEST]}{by}.", *self.log[: KEPT - 1]]

    def show(self) -> None:
        """Set evidence and decisions to what the worksheet says now."""
        rows = rows_of(self._worksheet)
        self.rows = [{name: value for name, value in row.items() if name != "decision"} for row in rows]
        self._by_key = {row["key"]: row for row in rows}
        self.decisions = {row["key"]: row["decision"] for row in rows if row["decision"]}
        entries = self._worksheet.entries
        self.flows = {entry.title: flows_of(entry) for entry in entries if entry.named_flows}
        self.proposals = proposals_of(entries)
        self.signed = dict(self._worksheet.document.sign_off).get(SIGNED, "")

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
        if before and before.direction is not direction and why in {"", before.why}:
            why = None  # the old reason was in the field, or none: nobody gave one for this direction
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

    def _decide_all(self, request: Request) -> str:
        """Decide several pairs alike; those that need a reason of their own are named, the others are decided."""
        return self._several(request, self._decide)

    def _propose(self, request: Request) -> str:
        """Take what the evidence proposes for pairs that are undecided."""
        wanted = {**request, "keys": [key for key in request.get("keys") or self.proposals if key in self.proposals]}
        if not wanted["keys"]:
            raise WorksheetError("The evidence proposes nothing here", then="choose a direction in the row")
        return self._several(wanted, lambda part: self._decide({**part, **self.proposals[part["key"]]}))

    def _several(self, request: Request, decide: Handler) -> str:
        done, left = [], []
        for key in map(str, request.get("keys") or ()):
            try:
                decide({**request, "key": key, "seen": self.decisions.get(key)})
                done.append(key)
            except (ReasonMissingError, ChangedRowError) as error:
                left.append(str(error))
        if not done:
            raise WorksheetError(left[0].rstrip(".") if left else "No pair is chosen", then="decide it in its row")
        more = f" Not decided: {' '.join(left)}" if left else ""
        return f"{counted(len(done), 'pair')} decided: {', '.join(done)}.{more}"

    def _flow(self, request: Request) -> str:
        row, name = self._row(request), str(request.get("name", "")).strip()
        if not name:
            raise WorksheetError("A flow has no name", where=row["key"], then="call it something, such as refunds")
        self._worksheet.flow(
            row["collection"],
            name,
            str(request.get("direction") or "") or None,
            methods=request.get("methods") or None,
            by=str(request.get("by") or self.by) or None,
            third_party=row["third_party"],
            condition=str(request.get("condition", "")).strip(),
        )
        return f"{row['key']}: flow {name}."

    def _unflow(self, request: Request) -> str:
        row, name = self._row(request), str(request.get("name", ""))
        self._worksheet.unflow(row["collection"], name, third_party=row["third_party"])
        return f"{row['key']}: no flow {name} any more."

    def _sign(self, request: Request) -> str:
        """Sign the directions off, once every pair is decided."""
        undecided = sum(entry.decision is None for entry in self._worksheet.entries)
        if undecided:
            raise WorksheetError(
                f"{counted(undecided, 'pair')} undecided", then="decide them, or leave them out, first"
            )
        self._worksheet.sign(SIGNED, str(request.get("by") or self.by) or None)
        return f"The order is {SIGNED}."

    def _forecast(self, request: Request) -> str:
        """Say what a first transfer of the sample's records would do, where both systems are at hand."""
        row = self._row(request)
        known = [] if self._integrated is None else forecast_of(self._integrated.compare(row["collection"]))
        self.forecasts = {**self.forecasts, row["key"]: known}
        return f"{row['key']}: {'forecast' if known else 'nothing can be forecast'}."

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
        row = self._row({"key": key})
        return decision_of(self._worksheet.entry(row["collection"], row["third_party"]))

    def _row(self, request: Request) -> dict[str, Any]:
        key = str(request.get("key", ""))
        if key not in self._by_key:
            raise UnknownNameError("pair of collections", key, self._by_key, where="DirectionBoard")
        return self._by_key[key]

"""Changes between two pulls of an integration: each with the flow that it concerns and its effect on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.flows.verdict import Acceptance
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction, Method, Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Aspect", "Changes", "FlowChange"]

EFFECTS = list(ChangeEffect)
OF_CALLS = "call to "
"""The words with which a change of a call begins; its method follows."""


class Aspect(StrEnum):
    """Part of the evidence that a change is about."""

    SCHEMA = "schema"
    VALUES = "values"
    VERDICT = "verdict"
    PASS_RATE = "pass rate"  # noqa: S105  a rate, no word to log in with
    FORECAST = "forecast"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class FlowChange(Card):
    """One change, as it concerns one direction of a pair of collections.

    Attributes:
        collection: iPaaS.com's collection type.
        third_party: the other side's collection.
        direction: the flow's direction.
        aspect: the part of the evidence.
        system: the system that changed; empty where the change is of the flow as a whole.
        part: the shape, or the method, that the change is of; several with commas.
        field: its path; empty for the record, or the flow, as a whole.
        change: the kind of change, in a few words.
        before: what was there.
        after: what is there now.
        effect: its effect on the flow.
        accepted: who accepts it, until when and why, where somebody does.
    """

    collection: str
    third_party: str
    direction: Direction
    aspect: Aspect
    system: str
    part: str
    field: str
    change: str
    before: str
    after: str
    effect: ChangeEffect
    accepted: str = ""

    @property
    def methods(self) -> tuple[Method, ...]:
        """The methods of the flow that it concerns: all, unless it is of a verdict, a call or a received shape."""
        parts = {*self.part.split(", "), self.change.removeprefix(OF_CALLS).partition(" ")[0]}
        named = tuple(method for method in Method if method.value in parts)
        shapes = {Shape.CREATE.value: Method.ADD, Shape.UPDATE.value: Method.UPDATE}
        return named or tuple(method for shape, method in shapes.items() if shape in parts) or tuple(Method)

    @property
    def event(self) -> str:
        """The change without the pair and the direction, in one line."""
        of = f" of {self.system}" if self.system else ""
        place = f"{self.field}{of}" if self.field else (self.system or self.aspect.value)
        part = f" ({self.part})" if self.part else ""
        values = f"{self.before} → {self.after}" if self.before and self.after else self.after or self.before
        return f"{place}{part}: {self.change}{f': {values}' if values else ''}"

    @property
    def sentence(self) -> str:
        """The change in one line.

        >>> way, aspect, effect = Direction.TO, Aspect.VALUES, ChangeEffect.RISKY
        >>> parts = "TRANSACTION", "orders", way, aspect, "Shop", "", "status", "new value seen", "", "X"
        >>> new = FlowChange(*parts, effect)
        >>> new.sentence
        'TRANSACTION ↔ orders, To iPaaS.com: status of Shop: new value seen: X'
        """
        return f"{self.collection} ↔ {self.third_party}, {self.direction}: {self.event}"


COLUMNS = dict.fromkeys(FlowChange.__dataclass_fields__, "str")


@dataclass(frozen=True, slots=True)
class Changes(Tabular):
    """All changes between two pulls, by pair in the worksheet's order, the worst first in each.

    `since` and `until` are the days of both (ISO); `since` is empty where there is no earlier pull.
    `notes` say what could not be compared.
    """

    since: str
    until: str
    rows: tuple[FlowChange, ...] = ()
    notes: tuple[str, ...] = ()

    section: ClassVar[str] = "collection"
    headings: ClassVar[Mapping[str, str]] = {"third_party": "third party"}

    @property
    def open(self) -> Changes:
        """The changes that nobody accepts."""
        return replace(self, rows=tuple(row for row in self.rows if not row.accepted))

    @property
    def severity(self) -> ChangeEffect | None:
        """The worst effect of what nobody accepts; None without any."""
        return min((row.effect for row in self.rows if not row.accepted), key=EFFECTS.index, default=None)

    def at_least(self, effect: ChangeEffect) -> Changes:
        """Keep the changes that are as bad as `effect`, or worse."""
        worst = EFFECTS[: EFFECTS.index(effect) + 1]
        return replace(self, rows=tuple(row for row in self.rows if row.effect in worst))

    def of(self, collection: str, third_party: str | None = None) -> Changes:
        """Keep the changes of one pair of collections, or of all pairs with `collection` on iPaaS.com's side."""
        names = {third_party} if third_party is not None else {row.third_party for row in self.rows}
        rows = (row for row in self.rows if row.collection == collection and row.third_party in names)
        return replace(self, rows=tuple(rows))

    def accepting(self, accepted: Mapping[tuple[str, str], Iterable[Acceptance]]) -> Changes:
        """Mark the changes that people accept, by pair; one that has run out by the later day counts again."""
        rows = tuple(
            _accepted(row, accepted.get((row.collection, row.third_party), ()), self.until) for row in self.rows
        )
        return replace(self, rows=rows)

    def require(self, change: str, field: str = "") -> None:
        """Make sure that there is a change of that kind, of `field` where one is given.

        Raises:
            UnknownNameError: if there is none; names the nearest.
        """
        where = f"the changes between {self.since} and {self.until}"
        if change not in (kinds := {row.change for row in self.rows}):
            raise UnknownNameError("change", change, kinds, where=where)
        fields = {row.field for row in self.rows if row.change == change}
        if field and field not in fields:
            raise UnknownNameError("field", field, fields, where=f"{where}, {change}")

    @shows("Changes of each effect", "effect", "changes")
    def counts(self) -> Mapping[str, int]:
        """Count the changes by effect, and those that are accepted beside them."""
        counted = Counter("accepted" if row.accepted else row.effect.value for row in self.rows)
        return {name: counted[name] for name in (*(effect.value for effect in ChangeEffect), "accepted")}

    @property
    def summary(self) -> str:
        """The changes in one sentence."""
        if not self.since:
            only = f"There is no earlier pull to compare with: the only one is of {self.until}."
            return " ".join(self.notes) or only
        if not self.rows:
            return f"Nothing changed between {self.since} and {self.until}."
        numbers = ", ".join(f"{count} {name}" for name, count in self.counts().items() if count)
        return f"Between {self.since} and {self.until}: {numbers}."

    def frame(self) -> pd.DataFrame:
        """Return one row per change and direction, all text; see `FlowChange`."""
        return frame_of(({name: str(getattr(row, name)) for name in COLUMNS} for row in self.rows), COLUMNS)

    def _facts(self) -> dict[str, Any]:
        days = {"summary": self.summary, "since": self.since, "until": self.until}
        return {**days, "counts": dict(self.counts()), "notes": list(self.notes)}

    def _title(self) -> str:
        return f"Changes: {self.summary}"


def _accepted(row: FlowChange, accepted: Iterable[Acceptance], today: str) -> FlowChange:
    for word in accepted:
        lasts = not word.until or today[:10] <= word.until
        same = word.direction is row.direction and word.rule == row.change and word.field in {"", row.field}
        if lasts and same:
            until, by = f" until {word.until}" * bool(word.until), f" by {word.by}" * bool(word.by)
            return replace(row, accepted=f"accepted{until}{by}" + f": {word.why}" * bool(word.why))
    return row

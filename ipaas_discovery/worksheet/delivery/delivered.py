"""Delivered against ordered: the platform's mapping collections beside the flows of the worksheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, shows
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.delivery.delivered_collection import DeliveredCollection, Delivery, Subscription
from ipaas_discovery.worksheet.delivery.delivery_gap import DeliveredFlow, DeliveryGap, GapKind
from ipaas_discovery.worksheet.delivery.gap_rules import GAP_RULES
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Delivered", "Required", "compare_delivery"]

Required = Mapping[tuple[str, str, Direction], tuple[str, ...]]
"""Fields outside of lists that a destination requires on create, by both collections and the direction."""
Placed = tuple[Entry, OrderedFlow]
NOUNS = ("ordered flow", "mapping collection")

COLUMNS = dict.fromkeys(
    ("collection", "third_party", "direction", "gap", "field", "ordered", "delivered", "mapping_collection", "fix"),
    "str",
)


@dataclass(frozen=True, slots=True)
class Delivered(Tabular):
    """Differences between what the worksheet orders and what one subscription of the platform holds.

    Attributes:
        subscription: the subscription that was compared; None where nobody knows which one is meant.
        gaps: what differs, collection by collection.
        compared: ordered flows and mapping collections that were compared.
        problem: why nothing was compared, in a sentence; empty where it was.
        partly: what was not read of the subscription, in a sentence.
    """

    subscription: Subscription | None = None
    gaps: tuple[DeliveryGap, ...] = ()
    compared: tuple[int, int] = (0, 0)
    problem: str = ""
    partly: str = ""

    section: ClassVar[str] = "collection"

    @property
    def as_ordered(self) -> bool:
        """True if all was read and compared, and nothing differs."""
        return not (self.gaps or self.problem or self.partly)

    @shows("Gaps of one kind")
    def of(self, kind: GapKind) -> tuple[DeliveryGap, ...]:
        """List the differences of one kind."""
        return tuple(gap for gap in self.gaps if gap.kind is kind)

    def frame(self) -> pd.DataFrame:
        """Return one row per difference, all text.

        Columns: collection, third_party, direction, gap, field, ordered, delivered, mapping_collection, fix.
        """
        return frame_of((gap.row() for gap in self.gaps), COLUMNS)

    def __str__(self) -> str:
        if self.problem:
            return f"Delivered was not compared with ordered: {self.problem}"
        flows, collections = (counted(number, noun) for number, noun in zip(self.compared, NOUNS, strict=True))
        name = self.subscription.name or self.subscription.id if self.subscription else ""
        outcome = counted(len(self.gaps), "difference") if self.gaps else "no difference"
        return f"{flows} and {collections} of {name}: {outcome}" + (f"; {self.partly}" if self.partly else "")

    def _title(self) -> str:
        return str(self)

    def _facts(self) -> dict[str, Any]:
        subscription = {"id": self.subscription.id, "name": self.subscription.name} if self.subscription else None
        return {"subscription": subscription, "problem": self.problem, "partly": self.partly}


def compare_delivery(
    document: WorksheetDocument,
    delivery: Delivery,
    *,
    subscription: str = "",
    system: str = "",
    required: Required | None = None,
) -> Delivered:
    """Compare what is ordered with what is delivered.

    Args:
        document: the worksheet.
        delivery: what the platform gave.
        subscription: number or name of the subscription that is meant.
        system: number under which external ids name the third party: that of its subscription.
        required: what each destination requires on create.

    >>> compare_delivery(WorksheetDocument(), Delivery(problem="nobody may read it")).problem
    'nobody may read it'
    """
    if delivery.problem:
        return Delivered(problem=delivery.problem)
    chosen = _chosen(delivery.subscriptions, subscription, (system, document.third_party.name))
    if isinstance(chosen, str):
        return Delivered(problem=chosen)
    collections = delivery.of(chosen)
    flows = [(entry, flow) for entry in document.entries for flow in entry.flows]
    assigned = _assigned(flows, collections)
    turned = _turned(flows, assigned, collections)
    gaps = [
        gap
        for (entry, flow), held in zip(flows, assigned, strict=True)
        for gap in _of_flow(
            DeliveredFlow(entry, flow, held, _required(required or {}, entry, flow)), turned.get(entry.collection, ())
        )
    ]
    named = {row.id for rows in turned.values() for row in rows}
    gaps += _not_ordered(document.entries, [row for row in collections if row.id not in named])
    order = {entry.collection: at for at, entry in enumerate(document.entries)}
    ranked = sorted(gaps, key=lambda gap: (order.get(gap.collection, len(order)), gap.collection, gap.sort_key))
    return Delivered(chosen, tuple(ranked), (len(flows), len(collections)), partly=delivery.partly)


def _chosen(subscriptions: Sequence[Subscription], wanted: str, hints: Iterable[str]) -> Subscription | str:
    """Choose the subscription that is meant; a sentence if nobody can tell."""
    if not subscriptions:
        return "The company has no subscription, so nothing is delivered yet"
    for hint in (wanted, *hints):
        if hint:
            named = [row for row in subscriptions if hint.lower() in {row.id.lower(), row.name.lower()}]
            if len(named) == 1:
                return named[0]
            if hint == wanted:
                return f"No single subscription is called {wanted!r}; there are {_listed(subscriptions)}"
    if len(subscriptions) == 1:
        return subscriptions[0]
    then = "write its number or name as `subscription` under [ipaas]"
    return f"Nobody says which subscription is meant: {then}; there are {_listed(subscriptions)}"


def _listed(subscriptions: Iterable[Subscription]) -> str:
    return ", ".join(f"{row.name or '?'} ({row.id})" for row in subscriptions)


def _required(required: Required, entry: Entry, flow: OrderedFlow) -> tuple[str, ...]:
    return required.get((*entry.key, flow.direction), ())


def _assigned(
    flows: Sequence[Placed], collections: Sequence[DeliveredCollection]
) -> list[tuple[DeliveredCollection, ...]]:
    """Give each ordered flow the mapping collections that carry it out.

    Where several flows are of one type and direction, each takes the one that fits it best, by its name, its tables and
    its filter; those that are left go to the flow they fit best.
    """
    held: list[list[DeliveredCollection]] = [[] for _ in flows]
    for row in collections:
        row_flows = [at for at, (entry, flow) in enumerate(flows) if _serves(row, entry, flow)]
        if row_flows:
            empty = [at for at in row_flows if not held[at]]
            best = max(empty or row_flows, key=lambda at: (_fit(row, *flows[at]), -at))
            held[best].append(row)
    return [tuple(rows) for rows in held]


def _turned(
    flows: Sequence[Placed],
    assigned: Sequence[tuple[DeliveredCollection, ...]],
    collections: Iterable[DeliveredCollection],
) -> Mapping[str, tuple[DeliveredCollection, ...]]:
    """List, for each type of which an ordered flow is missing, the mapping collections that carry out none."""
    missing = {entry.collection for (entry, _), held in zip(flows, assigned, strict=True) if not held}
    used = {row.id for held in assigned for row in held}
    idle = [row for row in collections if row.id not in used]
    return {name: rows for name in missing if (rows := tuple(row for row in idle if row.collection == name))}


def _serves(row: DeliveredCollection, entry: Entry, flow: OrderedFlow) -> bool:
    return row.collection == entry.collection and flow.direction in row.directions


def _fit(row: DeliveredCollection, entry: Entry, flow: OrderedFlow) -> int:
    name = row.name.lower()
    named, tabled = flow.name.lower() in name, entry.third_party.lower() in name
    return 2 * named + tabled + (bool(row.filter) == bool(flow.condition))


def _of_flow(flow: DeliveredFlow, instead: Sequence[DeliveredCollection]) -> Iterator[DeliveryGap]:
    """Yield the differences of one ordered flow; `instead` are those of its type in a direction that nobody ordered."""
    if flow.held:
        for rule in GAP_RULES:
            yield from rule(flow)
        return
    ordered = flow.ordered
    if instead:
        ways = dict.fromkeys(way.value for row in instead for way in row.directions)
        delivered = " and ".join(ways) or "no known direction"
        yield flow.gap(GapKind.DIRECTION, ordered.direction.value, delivered, "turn it, or decide anew", instead)
    else:
        yield flow.gap(GapKind.NOT_DELIVERED, ordered.name, "no mapping collection", "build it, or decide anew")


def _not_ordered(entries: Sequence[Entry], collections: Iterable[DeliveredCollection]) -> Iterator[DeliveryGap]:
    """Yield what is delivered in a direction that nobody ordered."""
    for row in collections:
        pairs = [entry for entry in entries if entry.collection == row.collection]
        ordered = {way for entry in pairs for way in entry.directions}
        for way in row.directions or (None,):
            if way not in ordered:
                yield DeliveryGap(
                    GapKind.NOT_ORDERED,
                    row.collection,
                    pairs[0].third_party if len(pairs) == 1 else "",
                    way,
                    ordered=" / ".join(dict.fromkeys(pair.decided for pair in pairs)) or "in no pair",
                    delivered=row.sync_type or "unknown sync type",
                    mapping_collection=row.title,
                    fix="switch it off, or order it",
                )

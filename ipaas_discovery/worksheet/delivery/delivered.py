"""Delivered against ordered: what the platform was told to do, beside what the worksheet orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.delivery.delivery_gap import DeliveredFlow, DeliveryGap, GapKind
from ipaas_discovery.worksheet.delivery.gap_rules import GAP_RULES
from ipaas_discovery.worksheet.delivery.mapping_collection import Delivery, MappingCollection, Subscription
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Delivered", "Required", "compare_delivery"]

Required = Mapping[tuple[str, str, Direction], tuple[str, ...]]
"""Fields outside of lists that a destination requires on create, by both collections and the direction."""
Placed = tuple[Entry, OrderedFlow]

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

    @property
    def as_ordered(self) -> bool:
        """True if all was read and compared, and nothing differs."""
        return not (self.gaps or self.problem or self.partly)

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


NOUNS = ("ordered flow", "mapping collection")


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
    gaps = [
        gap
        for (entry, flow), held in zip(flows, assigned, strict=True)
        for gap in _of_flow(DeliveredFlow(entry, flow, held, _required(required or {}, entry, flow)), collections)
    ]
    gaps += _not_ordered(document.entries, flows, collections)
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
    return f'Nobody says which subscription is meant: write `subscription = "…"` under [ipaas]; there are {_listed(subscriptions)}'


def _listed(subscriptions: Iterable[Subscription]) -> str:
    return ", ".join(f"{row.name or '?'} ({row.id})" for row in subscriptions)


def _required(required: Required, entry: Entry, flow: OrderedFlow) -> tuple[str, ...]:
    return required.get((*entry.key, flow.direction), ())


def _assigned(flows: Sequence[Placed], collections: Sequence[MappingCollection]) -> list[tuple[MappingCollection, ...]]:
    """Give each ordered flow the mapping collections that carry it out.

    Where several flows are of one type and direction, each takes the one that fits it best, by its name, its tables and
    its filter; those that are left go to the flow they fit best.
    """
    held: list[list[MappingCollection]] = [[] for _ in flows]
    for row in collections:
        row_flows = [at for at, (entry, flow) in enumerate(flows) if _serves(row, entry, flow)]
        if row_flows:
            empty = [at for at in row_flows if not held[at]]
            best = max(empty or row_flows, key=lambda at: (_fit(row, *flows[at]), -at))
            held[best].append(row)
    return [tuple(rows) for rows in held]


def _serves(row: MappingCollection, entry: Entry, flow: OrderedFlow) -> bool:
    return row.collection == entry.collection and flow.direction in row.directions


def _fit(row: MappingCollection, entry: Entry, flow: OrderedFlow) -> int:
    name = row.name.lower()
    return (
        2 * (flow.name.lower() in name)
        + (entry.third_party.lower() in name)
        + (bool(row.filter) == bool(flow.condition))
    )


def _of_flow(flow: DeliveredFlow, collections: Sequence[MappingCollection]) -> Iterator[DeliveryGap]:
    if flow.held:
        for rule in GAP_RULES:
            yield from rule(flow)
        return
    entry, ordered = flow.entry, flow.ordered
    others = [row for row in collections if row.collection == entry.collection]
    turned = [row for row in others if not {*row.directions} & {*entry.directions}]
    if turned:
        ways = (
            " and ".join(dict.fromkeys(way.value for row in turned for way in row.directions)) or "no known direction"
        )
        yield flow.gap(GapKind.DIRECTION, ordered.direction.value, ways, "turn it, or decide anew", turned[0])
    else:
        yield flow.gap(GapKind.NOT_DELIVERED, ordered.name, "no mapping collection", "build it, or decide anew")


def _not_ordered(
    entries: Sequence[Entry], flows: Sequence[Placed], collections: Iterable[MappingCollection]
) -> Iterator[DeliveryGap]:
    """Yield what is delivered in a direction that nobody ordered; of a pair that is only turned, its own rule speaks."""
    ordered = {(entry.collection, flow.direction) for entry, flow in flows}
    missing = {
        key for key in ordered if not any(key[0] == row.collection and key[1] in row.directions for row in collections)
    }
    for row in collections:
        pairs = [entry for entry in entries if entry.collection == row.collection]
        for way in row.directions or (None,):
            turned = any(key[0] == row.collection for key in missing)
            if (row.collection, way) in ordered or turned:
                continue
            entry = pairs[0] if len(pairs) == 1 else None
            yield DeliveryGap(
                GapKind.NOT_ORDERED,
                row.collection,
                entry.third_party if entry else "",
                way,
                ordered=" / ".join(dict.fromkeys(pair.decided for pair in pairs)) or "in no pair",
                delivered=row.sync_type or "unknown sync type",
                mapping_collection=row.title,
                fix="switch it off, or order it",
            )

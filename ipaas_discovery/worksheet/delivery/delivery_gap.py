"""One difference between an ordered flow and what carries it out on the platform."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.vocabulary import Direction
from ipaas_discovery.worksheet.delivery.delivered_collection import DeliveredCollection
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow

__all__ = ["DeliveredFlow", "DeliveryGap", "GapKind"]


class GapKind(StrEnum):
    """Kind of difference between what is ordered and what is delivered."""

    NOT_DELIVERED = "ordered, not delivered"
    NOT_ORDERED = "delivered, not ordered"
    DIRECTION = "another direction"
    SYNC_TYPE = "another sync type"
    SWITCHED_OFF = "switched off"
    CONDITION = "another condition"
    REQUIRED = "required field unmapped"
    MAPPING = "another mapping"


@dataclass(frozen=True, slots=True)
class DeliveryGap(Card):
    """One difference: what is ordered, what is delivered, and what to do about it."""

    kind: GapKind
    collection: str
    third_party: str
    direction: Direction | None
    field: str = ""
    ordered: str = ""
    delivered: str = ""
    mapping_collection: str = ""
    fix: str = ""

    @property
    @shows("Place in the order of gaps")
    def sort_key(self) -> tuple[str, str, int, str, str]:
        """Key that puts the differences of a collection in order."""
        way = self.direction.value if self.direction else ""
        return self.third_party, way, list(GapKind).index(self.kind), self.mapping_collection, self.field

    @shows("Gap", "part", "value")
    def row(self) -> dict[str, str]:
        """Return it as a row of a table."""
        return {
            "collection": self.collection,
            "third_party": self.third_party,
            "direction": self.direction.value if self.direction else "",
            "gap": self.kind.value,
            "field": self.field,
            "ordered": self.ordered,
            "delivered": self.delivered,
            "mapping_collection": self.mapping_collection,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class DeliveredFlow:
    """An ordered flow beside the mapping collections that carry it out, and what its destination requires on create."""

    entry: Entry
    ordered: OrderedFlow
    held: tuple[DeliveredCollection, ...] = ()
    required: tuple[str, ...] = ()

    def gap(
        self,
        kind: GapKind,
        ordered: str,
        delivered: str,
        fix: str,
        rows: Iterable[DeliveredCollection] = (),
        field: str = "",
    ) -> DeliveryGap:
        """Make a difference of this flow."""
        titles = ", ".join(row.title for row in rows)
        return DeliveryGap(kind, *self.entry.key, self.ordered.direction, field, ordered, delivered, titles, fix)

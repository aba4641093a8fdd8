"""Mapping collections and their rows as the platform gives them, and the subscription they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.samples.sample import Record, Sample
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.features import SyncType

__all__ = ["MAPPING_COLLECTION", "SUBSCRIPTION", "DeliveredCollection", "DeliveredRow", "Delivery", "Subscription"]

SUBSCRIPTION, MAPPING_COLLECTION = "SUBSCRIPTION", "MAPPING_COLLECTION"
"""Names under which a connector says where the two are read."""

METHODS = {
    SyncType.ADD: (Method.ADD,),
    SyncType.UPDATE: (Method.UPDATE,),
    SyncType.ADD_AND_UPDATE: (Method.ADD, Method.UPDATE),
    SyncType.DELETE: (Method.DELETE,),
    SyncType.DELETE_TRIGGERED_UPDATE: (),
}
BOTH = 3
"""The platform's retired id of a mapping in both directions."""


@dataclass(frozen=True, slots=True)
class DeliveredRow:
    """One row of a mapping collection: what fills a field, as the platform writes it."""

    destination: str
    source: str = ""
    kind: str = ""
    default: str = ""
    translation: str = ""
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveredCollection:
    """One mapping collection: its type, direction, sync type, filters and rows.

    `rows` is None where only the list was read, which gives none.

    >>> record = {"id": 7, "name": "Add Order TO iPaaS.com", "collection_type_id": 9, "direction_id": 1}
    >>> collection = DeliveredCollection.of(record | {"sync_type": "Add and Update"})
    >>> collection.collection, collection.directions, collection.methods
    ('TRANSACTION', (<Direction.TO: 'To iPaaS.com'>,), (<Method.ADD: 'add'>, <Method.UPDATE: 'update'>))
    """

    id: str
    name: str
    collection: str
    directions: tuple[Direction, ...]
    sync_type: str = ""
    filter: str = ""
    error_filter: str = ""
    parent: str = ""
    subscription: str = ""
    rows: tuple[DeliveredRow, ...] | None = None

    @classmethod
    def of(cls, record: Record) -> DeliveredCollection:
        """Read one as the list or the call of one gives it; what is missing stays empty."""
        rows = record.get("mappings")
        return cls(
            _text(record, "id"),
            _text(record, "name"),
            _type_name(record),
            _directions(record.get("direction_id")),
            _text(record, "sync_type"),
            _text(record, "filter"),
            _text(record, "error_filter"),
            _text(record, "parent_id"),
            _text(record, "subscription_id") or _text(record, "system_id"),
            tuple(_row(row) for row in rows if isinstance(row, Mapping)) if isinstance(rows, list | tuple) else None,
        )

    @property
    def methods(self) -> tuple[Method, ...] | None:
        """Methods of the sync type; None if nobody knows what it stands for."""
        kind = _sync_type(self.sync_type)
        return None if kind is None else METHODS[kind]

    @property
    def title(self) -> str:
        """Its name, or its number where it has none."""
        return self.name or f"mapping collection {self.id}"


@dataclass(frozen=True, slots=True)
class Subscription(Card):
    """One subscription of the company: its number, under which external ids name the third party, and its name."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Answers on the company's subscriptions and mapping collections, or the reason why there are none.

    `partly` says what was not read, in a sentence; empty where everything was.
    """

    subscriptions: tuple[Subscription, ...] = ()
    collections: tuple[DeliveredCollection, ...] = ()
    problem: str = ""
    partly: str = ""

    @classmethod
    def read(cls, samples: Mapping[str, Sample]) -> Delivery:
        """Read the answers of both calls; what the call of one mapping collection gives goes before its list."""
        if SUBSCRIPTION not in samples or MAPPING_COLLECTION not in samples:
            return cls(problem="The connector of iPaaS.com does not say where mapping collections are read")
        subscriptions, listed = samples[SUBSCRIPTION], samples[MAPPING_COLLECTION]
        unread = [sample for sample in (subscriptions, listed) if not sample.seen]
        if unread:
            return cls(problem=_why(unread[0]))
        detailed = {_text(record, "id"): record for record in listed.details}
        collections = [
            DeliveredCollection.of({**record, **detailed.get(_text(record, "id"), {})}) for record in listed.records
        ]
        return cls(
            tuple(Subscription(_text(record, "id"), _text(record, "name")) for record in subscriptions.records),
            tuple(sorted(collections, key=lambda row: (row.collection, row.name, row.id))),
            partly="; ".join(_missing(listed, collections)),
        )

    def of(self, subscription: Subscription) -> tuple[DeliveredCollection, ...]:
        """List the mapping collections of one subscription."""
        return tuple(row for row in self.collections if row.subscription == subscription.id)


def _why(sample: Sample) -> str:
    return sample.problem or (str(sample.absence) if sample.absence else f"{sample.collection}: {sample.stop}")


def _missing(listed: Sample, collections: Iterable[DeliveredCollection]) -> Iterator[str]:
    bare = sum(row.rows is None for row in collections)
    if listed.total is not None and len(listed) < listed.total:
        yield f"{len(listed)} of {listed.total} mapping collections were read"
    if bare:
        yield f"the rows of {bare} mapping collections were not read"


def _row(record: Record) -> DeliveredRow:
    sequence = record.get("sequence_number")
    return DeliveredRow(
        _text(record, "destination_field"),
        _text(record, "source_value"),
        _text(record, "mapping_type_name"),
        _text(record, "default_value"),
        _text(record, "translation_name"),
        sequence if isinstance(sequence, int) else None,
    )


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _type_name(record: Record) -> str:
    number = record.get("collection_type_id")
    named = next((row.name for row in ipaas_collections().values() if row.id == number), "")
    return named or collection_name(_text(record, "collection_type_name"))


def _directions(number: object) -> tuple[Direction, ...]:
    if number == BOTH:
        return Direction.BIDIRECTIONAL.flows
    return tuple(way for way in (Direction.TO, Direction.FROM) if way.platform_id == number)


def _sync_type(text: str) -> SyncType | None:
    """Read a sync type by its number or its name, in any case and with any signs between its words.

    >>> _sync_type("3") is _sync_type("Add/Update") is SyncType.ADD_AND_UPDATE, _sync_type("sometimes")
    (True, None)
    """
    if text.isdecimal():
        return next((kind for kind in SyncType if kind.platform_id == int(text)), None)
    words = [word for word in re.findall(r"[a-z]+", text.lower()) if word != "and"]
    return next((kind for kind in SyncType if [w for w in kind.lower().split("_") if w != "and"] == words), None)

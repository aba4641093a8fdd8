"""The records behind the endpoints: whole collections, and those that stand inside another's records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ipaas_discovery.sandbox.platform_api.platform_calls import platform_calls
from ipaas_discovery.schemas.declaring.facts import CollectionFacts, FieldFacts, load_facts

__all__ = ["Record", "RecordShelf", "external_id"]

Record = dict[str, Any]


class RecordShelf:
    """Shelf that finds records by collection, by id, and by external id.

    Args:
        load: gives the records of one collection that stands alone.
    """

    def __init__(self, load: Callable[[str], list[Record]]) -> None:
        self._load = load
        self._records: dict[str, list[Record]] = {}
        self._by_id: dict[str, dict[str, Record]] = {}

    def records(self, collection: str) -> list[Record]:
        """List every record of `collection`, in its stored order; a child's are taken out of its parent's records."""
        if collection not in self._records:
            self._records[collection] = self._find(load_facts()[collection])
        return self._records[collection]

    def record(self, collection: str, number: int) -> Record | None:
        """Find the record whose id is `number`, or None."""
        if collection not in self._by_id:
            self._by_id[collection] = {str(row["id"]): row for row in self.records(collection) if "id" in row}
        return self._by_id[collection].get(str(number))

    def linked(self, collection: str, system: int, external_id: str) -> Record | None:
        """Find the record that `external_id` of `system` is linked to, or None."""
        wanted = (system, external_id)
        return next((record for record in self.records(collection) if wanted in _links(record)), None)

    def _find(self, facts: CollectionFacts) -> list[Record]:
        inside = _place(facts)
        if inside is None or facts.parent is None:
            alone = any(call.facts is facts for call in platform_calls())
            return self._load(facts.name) if alone else []
        held = (record.get(inside.path) for record in self.records(facts.parent))
        return [record for value in held for record in (value if isinstance(value, list) else [value]) if record]


def external_id(record: Record, system: int) -> str | None:
    """Find the id that `system` has for `record`, or None."""
    return next((text for number, text in _links(record) if number == system), None)


def _links(record: Record) -> list[tuple[int, str]]:
    return [(int(link["system_id"]), str(link["external_id"])) for link in record.get("external_ids") or ()]


def _place(facts: CollectionFacts) -> FieldFacts | None:
    """Name the field of the parent's records in which this collection's records stand."""
    if facts.parent is None:
        return None
    own = (field for field in load_facts()[facts.parent].fields if "." not in field.path)
    return next((field for field in own if field.child_collection == facts.name), None)

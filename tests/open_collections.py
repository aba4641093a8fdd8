"""An integration of one pair and three collections more, without systems, for the browser of collections."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from ipaas_discovery.matching.collections.collection_matches import CollectionMatches, match_collections
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.schemas.observing.observe import observe
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.schemas.shapes import Shapes
from ipaas_discovery.vocabulary import Shape
from ipaas_discovery.worksheet.worksheet import Worksheet

RECORDS = tuple({"id": n, "name": "" if n else "Ada", "lines": [{"sku": "a"}], "note": None} for n in range(6))
CREATE = [{"path": "name", "types": ["string"], "required": True, "description": "Who"}]


class Browsed:
    """What the browser asks of a Discovery; `records` are those of the one collection that was pulled."""

    def __init__(self, worksheet: Worksheet, records: tuple = RECORDS, create: list = CREATE) -> None:
        self.worksheet, self.records, self.create = worksheet, records, create
        self.path, self.integration = Path(worksheet.path).with_name("discovery.toml"), SimpleNamespace(collections=[])
        self.matches = match_collections(["CUSTOMER", "CUSTOMER_ADDRESS"], ["users", "customer_addresses", "zebras"])

    def match_collections(self) -> CollectionMatches:
        """Which collections could belong together, by their names."""
        return self.matches

    def collection(self, system: str, name: str) -> tuple[Shapes, Sample]:
        """The shapes and the sample of a collection; only `users` was pulled."""
        sample = Sample(system, name, self.records if name == "users" else (), Stop.COMPLETE, total=6)
        create = Schema.from_fields(self.create, shape=Shape.CREATE)
        return Shapes(system, name, observe(sample.records), create, Schema(shape=Shape.UPDATE)), sample

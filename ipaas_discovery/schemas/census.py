"""What a whole system holds: every field of every collection, how full it is and of what type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.schemas.field import Field
from ipaas_discovery.schemas.outline import shares
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.tables import Tabular, frame_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Census", "Tallied", "census"]

PARTS = ("filled", "null", "empty", "absent")
COLUMNS = {
    "collection": "str",
    "records": "Int64",
    "fields": "Int64",
    **dict.fromkeys(PARTS, "Float64"),
    "never filled": "Int64",
    "types": "str",
}


@dataclass(frozen=True, slots=True)
class Tallied:
    """One collection: its fields' shares, the fullest first, and how many fields are of which type.

    A field seen with several types counts as `mixed`, one seen only as null as `null`.
    """

    collection: str
    records: int
    shares: tuple[tuple[str, Mapping[str, float]], ...]
    types: Mapping[str, int]

    def mean(self, part: str) -> float | None:
        """The mean share of filled, null, empty or absent over all fields; None where no field was seen."""
        return sum(each[part] for _, each in self.shares) / len(self.shares) if self.shares else None

    @property
    def never(self) -> int:
        """How many fields were there and never filled."""
        return sum(not each["filled"] for _, each in self.shares)


@dataclass(frozen=True, slots=True)
class Census(Tabular):
    """One system's collections, those with the most fields first."""

    system: str
    collections: tuple[Tallied, ...]

    def frame(self) -> pd.DataFrame:
        """One row a collection: its fields' mean shares (0 to 1), how many are never filled, their types counted."""
        return frame_of(map(_row, self.collections), COLUMNS)


def census(schemas: Iterable[Schema]) -> Census:
    """What was observed in `schemas` of one system, a collection each; those not observed are passed over.

    >>> from ipaas_discovery.schemas.observe import observe
    >>> found = census([observe([{"id": 1, "note": None}, {"id": 2, "note": "x"}])])
    >>> found.frame()[["fields", "filled", "null", "types"]].values.tolist()
    [[2, 0.75, 0.25, 'integer 1, string 1']]
    """
    schemas = [schema for schema in schemas if schema.records is not None]
    found = sorted(map(_tallied, schemas), key=lambda each: (-len(each.shares), each.collection))
    return Census(schemas[0].system if schemas else "", tuple(found))


def _tallied(schema: Schema) -> Tallied:
    seen = [each for each in schema.fields if each.observed and each.observed.of]
    parts = [(each.path, dict(shares(each.observed))) for each in seen if each.observed]
    ranked = sorted(parts, key=lambda each: (-each[1]["filled"], -each[1]["empty"], -each[1]["null"], each[0]))
    kinds = Counter(map(_kind, seen))
    types = dict(sorted(kinds.items(), key=lambda each: (-each[1], each[0])))
    return Tallied(schema.collection, schema.records or 0, tuple(ranked), types)


def _kind(field: Field) -> str:
    kinds = sorted(kind for kind in field.observed.types if kind != "null") if field.observed else []
    return "mixed" if len(kinds) > 1 else kinds[0] if kinds else "null"


def _row(each: Tallied) -> dict[str, Any]:
    return {
        "collection": each.collection,
        "records": each.records,
        "fields": len(each.shares),
        **{part: each.mean(part) for part in PARTS},
        "never filled": each.never,
        "types": ", ".join(f"{kind} {count}" for kind, count in each.types.items()),
    }

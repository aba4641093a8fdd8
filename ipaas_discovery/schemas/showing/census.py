"""What a whole system holds: every field of every collection, how full it is and of what type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.bars import PARTS as COLOURS
from ipaas_discovery.renderings.bars import TYPES
from ipaas_discovery.renderings.charts import Bar, Chart, ChartRow, chart_html, chart_markdown, chart_text
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.renderings.texts import counted, percent
from ipaas_discovery.schemas.field import Field
from ipaas_discovery.schemas.forms.outline import shares
from ipaas_discovery.schemas.schema import Schema

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PARTS", "Census", "Tallied", "census"]

PARTS = ("filled", "null", "empty", "absent")
COLUMNS_SHOWN = ("collection", "how full, and of what type", "fields", "filled", "never filled", "types")
DRAWN = 60
"""Collections drawn at most."""
CLAIM = "The longer the bars, the more fields. Above: their mean share filled, null, empty, absent. Below: their types."
COLUMNS = {
    "collection": "str",
    "records": "Int64",
    "fields": "Int64",
    **dict.fromkeys(PARTS, "Float64"),
    "never_filled": "Int64",
    "types": "object",
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
    """One system's collections, those with the most fields first; a notebook shows two bars a collection."""

    system: str
    collections: tuple[Tallied, ...]

    def _chart(self) -> Chart:
        """Two bars a collection, as long as it has fields: how full these are, and of what type."""
        longest = max((len(each.shares) for each in self.collections), default=0) or 1
        title = ", ".join(part for part in (self.system, "how full its fields are, and of what type") if part)
        rows = tuple(_bars(each, len(each.shares) / longest) for each in self.collections[:DRAWN])
        left = len(self.collections) - DRAWN
        notes = (f"{left:,} more collections have fewer fields; frame() has them all.",) if left > 0 else ()
        return Chart(title, CLAIM, COLUMNS_SHOWN, rows, notes)

    def frame(self) -> pd.DataFrame:
        """One row per collection: its fields' mean shares (0 to 1), how many are never filled, their types counted.

        Dtypes: text for collection; Int64 for records, fields and never_filled; Float64 for the shares filled, null,
        empty and absent; a dict of counts for types.
        """
        return frame_of(map(_row, self.collections), COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """All numbers, field by field, as plain data, ready for `json.dumps`."""
        return {"system": self.system, "collections": [_plain(each) for each in self.collections]}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """The numbers as a GitHub-flavoured Markdown table, the shares as bars of text."""
        return chart_markdown(self._chart(), max_rows=max_rows)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Two bars for each collection as plain HTML, of the 60 collections with the most fields."""
        return chart_html(self._chart(), max_rows=max_rows)

    def to_text(self, *, max_rows: int | None = None) -> str:
        """The numbers as plain text for a terminal."""
        return f"{self._title()}\n{chart_text(self._chart(), max_rows=max_rows)}"

    def _title(self) -> str:
        fields = counted(sum(len(each.shares) for each in self.collections), "field")
        return f"Census of {self.system}: {fields} in {counted(len(self.collections), 'collection')}"


def census(schemas: Iterable[Schema]) -> Census:
    """What was observed in `schemas` of one system, a collection each; those not observed are passed over.

    A collection that comes twice is counted once.

    >>> from ipaas_discovery.schemas.observing.observe import observe
    >>> found = census([observe([{"id": 1, "note": None}, {"id": 2, "note": "x"}])])
    >>> found.frame()[["fields", "filled", "null", "types"]].values.tolist()
    [[2, 0.75, 0.25, {'integer': 1, 'string': 1}]]
    """
    schemas = list({schema.collection: schema for schema in schemas if schema.records is not None}.values())
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
        "never_filled": each.never,
        "types": dict(each.types),
    }


def _plain(each: Tallied) -> dict[str, Any]:
    fields = [{"path": path, **found} for path, found in each.shares]
    return {"collection": each.collection, "records": each.records, "types": dict(each.types), "fields": fields}


def _bars(each: Tallied, length: float) -> ChartRow:
    """A collection's row: the mean shares of its fields, their types, and the same in words."""
    count = len(each.shares)
    means = tuple((part, each.mean(part) or 0.0) for part in PARTS) if count else ()
    kinds = tuple((kind, number / count) for kind, number in each.types.items())
    words = ", ".join(
        f"{percent(share)} {part}" if part != "filled" else percent(share) for part, share in means if share
    )
    bars = (Bar(means, COLOURS, length), Bar(kinds, TYPES, length))
    return ChartRow(each.collection, counted(each.records, "record"), bars, (count, words, each.never, _types(each)))


def _types(each: Tallied) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in each.types.items())

"""A census of a whole system: every field of every collection, its fill and its type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.bars import PARTS as COLOURS
from ipaas_discovery.renderings.bars import TYPES
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.charts import Bar, Chart, ChartRow, chart_html, chart_markdown, chart_text
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.renderings.texts import counted, percent, visible
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
class Tallied(Card):
    """One collection: its fields' shares, the fullest first, and the number of fields of each type.

    A field seen with several types counts as `mixed`, one seen only as null as `null`.
    """

    collection: str
    records: int
    shares: tuple[tuple[str, Mapping[str, float]], ...]
    types: Mapping[str, int]

    def mean(self, part: str) -> float | None:
        """Return the mean share of filled, null, empty or absent over all fields; None if no field was seen."""
        return sum(field_shares[part] for _, field_shares in self.shares) / len(self.shares) if self.shares else None

    @property
    def never(self) -> int:
        """Number of fields that were there and never filled."""
        return sum(not field_shares["filled"] for _, field_shares in self.shares)


@dataclass(frozen=True, slots=True)
class Census(Tabular):
    """One system's collections, those with the most fields first; a notebook shows two bars per collection."""

    system: str
    collections: tuple[Tallied, ...]

    def _chart(self) -> Chart:
        """Draw two bars per collection, as long as it has fields: their fill, and their types."""
        longest = max((len(collection.shares) for collection in self.collections), default=0) or 1
        title = ", ".join(part for part in (self.system, "how full its fields are, and of what type") if part)
        rows = tuple(_bars(collection, len(collection.shares) / longest) for collection in self.collections[:DRAWN])
        left = len(self.collections) - DRAWN
        notes = (f"{left:,} more collections have fewer fields; frame() has them all.",) if left > 0 else ()
        return Chart(title, CLAIM, COLUMNS_SHOWN, rows, notes)

    def frame(self) -> pd.DataFrame:
        """Return one row per collection: mean shares (0 to 1), number of fields never filled, types with counts.

        Dtypes: text for collection; Int64 for records, fields and never_filled; Float64 for the shares filled, null,
        empty and absent; a dict of counts for types.
        """
        return frame_of(map(_row, self.collections), COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers, field by field, as plain data, ready for `json.dumps`."""
        return {"system": self.system, "collections": [_plain(collection) for collection in self.collections]}

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the numbers as a GitHub-flavoured Markdown table, the shares as bars of text."""
        return chart_markdown(self._chart(), max_rows=max_rows)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render two bars per collection as plain HTML, of the 60 collections with the most fields."""
        return chart_html(self._chart(), max_rows=max_rows)

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render the numbers as plain text for a terminal."""
        return f"{visible(self._title())}\n{chart_text(self._chart(), max_rows=max_rows)}"

    def _title(self) -> str:
        fields = counted(sum(len(collection.shares) for collection in self.collections), "field")
        return f"Census of {self.system}: {fields} in {counted(len(self.collections), 'collection')}"


def census(schemas: Iterable[Schema]) -> Census:
    """Take the census of one system's `schemas`, one per collection; those not observed are passed over.

    A collection that comes twice is counted once.

    >>> from ipaas_discovery.schemas.observing.observe import observe
    >>> found = census([observe([{"id": 1, "note": None}, {"id": 2, "note": "x"}])])
    >>> found.frame()[["fields", "filled", "null", "types"]].values.tolist()
    [[2, 0.75, 0.25, {'integer': 1, 'string': 1}]]
    """
    schemas = list({schema.collection: schema for schema in schemas}.values())
    observed = [schema for schema in schemas if schema.records is not None]
    tallied = sorted(map(_tallied, observed), key=lambda collection: (-len(collection.shares), collection.collection))
    return Census(schemas[0].system if schemas else "", tuple(tallied))


def _tallied(schema: Schema) -> Tallied:
    seen = [field for field in schema.fields if field.observed and field.observed.of]
    parts = [(field.path, dict(shares(field.observed))) for field in seen if field.observed]
    ranked = sorted(parts, key=lambda entry: (-entry[1]["filled"], -entry[1]["empty"], -entry[1]["null"], entry[0]))
    kinds = Counter(map(_kind, seen))
    types = dict(sorted(kinds.items(), key=lambda entry: (-entry[1], entry[0])))
    return Tallied(schema.collection, schema.records or 0, tuple(ranked), types)


def _kind(field: Field) -> str:
    kinds = sorted(kind for kind in field.observed.types if kind != "null") if field.observed else []
    return "mixed" if len(kinds) > 1 else kinds[0] if kinds else "null"


def _row(tallied: Tallied) -> dict[str, Any]:
    return {
        "collection": tallied.collection,
        "records": tallied.records,
        "fields": len(tallied.shares),
        **{part: tallied.mean(part) for part in PARTS},
        "never_filled": tallied.never,
        "types": dict(tallied.types),
    }


def _plain(tallied: Tallied) -> dict[str, Any]:
    fields = [{"path": path, **parts} for path, parts in tallied.shares]
    return {
        "collection": tallied.collection,
        "records": tallied.records,
        "types": dict(tallied.types),
        "fields": fields,
    }


def _bars(tallied: Tallied, length: float) -> ChartRow:
    """Return a collection's row: the mean shares of its fields, their types, and the same in words."""
    count = len(tallied.shares)
    means = tuple((part, tallied.mean(part) or 0.0) for part in PARTS) if count else ()
    kinds = tuple((kind, number / count) for kind, number in tallied.types.items())
    words = ", ".join(
        f"{percent(share)} {part}" if part != "filled" else percent(share) for part, share in means if share
    )
    bars = (Bar(means, COLOURS, length), Bar(kinds, TYPES, length))
    return ChartRow(
        tallied.collection, counted(tallied.records, "record"), bars, (count, words, tallied.never, _types(tallied))
    )


def _types(tallied: Tallied) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in tallied.types.items())

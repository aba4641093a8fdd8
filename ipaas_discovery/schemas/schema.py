"""What a collection looks like in one shape: fields, what is declared of them, and what was observed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ipaas_discovery.schemas.paths import list_depth, split_path
from ipaas_discovery.tables import Tabular, frame_of
from ipaas_discovery.words import Method, Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["JSON_TYPES", "Declared", "Field", "Observed", "Schema", "split_path"]

JSON_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a description says of a field; None and empty mean that it does not say.

    `required` is about the shape the field stands in: required on create in a received shape.
    `source` names where it is said: a document and a pointer into it.
    """

    types: tuple[str, ...] = ()
    format: str | None = None
    required: bool | None = None
    nullable: bool | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    max_length: int | None = None
    enum: tuple[Any, ...] = ()
    description: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a sample shows of a field.

    `of` is the field's own denominator: how many objects could have held it (all records at the top,
    all elements of the list inside `lines[]`). `present` counts those that do, whatever the value;
    `nulls` and `empties` (empty text, list or object) are among them. `lengths` is the range of text
    and list lengths, `values` of numbers. `distinct` counts different values; `top` holds the most
    frequent values with their counts, `examples` a few, both in a fixed order.
    """

    of: int
    present: int
    nulls: int = 0
    empties: int = 0
    types: Mapping[str, int] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)
    values: tuple[float, float] | None = None
    lengths: tuple[int, int] | None = None
    distinct: int = 0
    top: tuple[tuple[Any, int], ...] = ()
    examples: tuple[Any, ...] = ()

    @property
    def filled(self) -> int:
        """Objects that hold the field with something in it: present, not null, not empty."""
        return self.present - self.nulls - self.empties

    @property
    def presence(self) -> float:
        """Share of objects that hold the field, 0 to 1."""
        return self.present / self.of if self.of else 0.0

    @property
    def fill(self) -> float:
        """Share of objects in which the field is filled, 0 to 1."""
        return self.filled / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Field:
    r"""One dotted path (`lines[].sku`; a literal dot in a key is written `\.`), declared, observed, or both."""

    path: str
    declared: Declared | None = None
    observed: Observed | None = None

    @property
    def name(self) -> str:
        """The last key of the path, without list marks."""
        return list_depth(split_path(self.path)[-1])[0]

    @property
    def parent(self) -> str:
        """The path of the object this field stands in; empty at the top."""
        return ".".join(split_path(self.path)[:-1])

    @property
    def types(self) -> tuple[str, ...]:
        """JSON types without null: those observed if any value was seen, else those declared."""
        seen = tuple(sorted(kind for kind in self.observed.types if kind != "null")) if self.observed else ()
        return seen or tuple(kind for kind in (self.declared.types if self.declared else ()) if kind != "null")

    @property
    def format(self) -> str | None:
        """The format that more than half of the observed texts have, else the declared one."""
        seen = self.observed
        if seen and seen.formats:
            name = max(sorted(seen.formats), key=lambda each: seen.formats[each])
            texts = seen.types.get("string", 0) - seen.empties
            if 2 * seen.formats[name] > texts:
                return name
        return self.declared.format if self.declared else None

    @property
    def required(self) -> bool | None:
        """Whether the shape requires the field; None where nothing says so."""
        return self.declared.required if self.declared else None


COLUMNS = {
    "path": "str",
    "types": "str",
    "format": "str",
    "required": "boolean",
    "nullable": "boolean",
    "read_only": "boolean",
    "max_length": "Int64",
    "enum": "str",
    "of": "Int64",
    "present": "Int64",
    "nulls": "Int64",
    "empties": "Int64",
    "distinct": "Int64",
    "examples": "str",
    "source": "str",
}


@dataclass(frozen=True, slots=True)
class Schema(Tabular):
    """The fields of one collection in one shape, sorted by path.

    `records` is the number of records observed (None: nothing was observed). `operations` says which
    calls the system offers for the collection: a method's call (`"POST /v2/orders"`), None where the
    system is known not to offer it, and no entry where nobody knows. `envelope` names what the records
    are wrapped in (`"data"`), `source` where the schema comes from. A schema without fields whose
    `source` is empty is an unknown one.

    >>> schema = Schema.from_fields([{"path": "sku", "types": ["string"], "required": True}], collection="products")
    >>> schema.field("sku").required, schema.field("name") is None, len(schema.fields)
    (True, True, 1)
    """

    collection: str = ""
    shape: Shape = Shape.RETURNED
    system: str = ""
    fields: tuple[Field, ...] = ()
    records: int | None = None
    operations: Mapping[Method, str | None] = field(default_factory=dict)
    envelope: str = ""
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether anything is known of this shape."""
        return bool(self.fields or self.source)

    def field(self, path: str) -> Field | None:
        """The field at `path`, or None."""
        return next((each for each in self.fields if each.path == path), None)

    def frame(self) -> pd.DataFrame:
        """One row a path: declared facts, then observed counts (absent is `of - present`)."""
        return frame_of((_row(each) for each in self.fields), COLUMNS)

    @classmethod
    def from_fields(
        cls,
        rows: Iterable[Mapping[str, Any]],
        *,
        collection: str = "",
        shape: Shape = Shape.RETURNED,
        system: str = "",
        source: str = "field list",
    ) -> Schema:
        """A declared schema from rows.

        Args:
            rows: dicts with `path` and, as they are known, the names of `Declared`: `types`, `format`,
                `required`, `nullable`, `max_length`, `enum`, `description`; `examples` is accepted too.
            collection: the collection the fields are of.
            shape: the shape they stand in.
            system: the system they belong to.
            source: where the list comes from.

        Raises:
            SourceError: if a row has no path, or a key that no field has.
        """
        from ipaas_discovery.schemas.fieldlist import fields_from_rows  # noqa: PLC0415  keeps this module small

        return cls(collection, shape, system, fields_from_rows(rows, source), source=source)

    def to_json_schema(self) -> dict[str, Any]:
        """This schema as JSON Schema 2020-12."""
        from ipaas_discovery.schemas.jsonschema import json_schema  # noqa: PLC0415  keeps this module small

        return json_schema(self)

    def merged(self, other: Schema) -> Schema:
        """Both schemas' fields in one: this one's identity, what either declares, what either observed."""
        mine, theirs = ({each.path: each for each in schema.fields} for schema in (self, other))
        empty = Field("")
        both = tuple(
            Field(path, a.declared or b.declared, a.observed or b.observed)
            for path in sorted(mine | theirs)
            for a, b in [(mine.get(path, empty), theirs.get(path, empty))]
        )
        records = other.records if self.records is None else self.records
        source = "; ".join(dict.fromkeys(part for part in (self.source, other.source) if part))
        operations = {**other.operations, **self.operations}
        return replace(self, fields=both, records=records, source=source, operations=operations)


def _row(each: Field) -> dict[str, Any]:
    declared, seen = each.declared or Declared(), each.observed
    row: dict[str, Any] = {
        "path": each.path,
        "types": " | ".join(each.types),
        "format": each.format,
        "required": declared.required,
        "nullable": declared.nullable,
        "read_only": declared.read_only,
        "max_length": declared.max_length,
        "enum": ", ".join(map(str, declared.enum)) or None,
        "source": declared.source or None,
    }
    if seen:
        row |= {name: getattr(seen, name) for name in ("of", "present", "nulls", "empties", "distinct")}
        row["examples"] = ", ".join(map(str, seen.examples)) or None
    return row

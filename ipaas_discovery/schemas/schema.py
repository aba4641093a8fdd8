"""One collection in one shape: its fields, their declared facts, and their observed counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ipaas_discovery.renderings.tables import Tabular, frame_of
from ipaas_discovery.renderings.trees import tree_html, tree_markdown
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.field_paths import split_path
from ipaas_discovery.schemas.problems import Problem, Variant
from ipaas_discovery.vocabulary import Method, Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Declared", "Field", "Observed", "Problem", "Schema", "Variant", "split_path"]

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
    "distinct_error": "Float64",
    "key": "boolean",
    "values": "str",
    "lengths": "str",
    "list_lengths": "str",
    "unsafe_integers": "Int64",
    "top": "str",
    "formats": "str",
    "examples": "str",
    "source": "str",
}
SHOWN = 5
"""Number of frequent values in a row of a frame."""


@dataclass(frozen=True, slots=True)
class Schema(Tabular):
    """The fields of one collection in one shape, sorted by path.

    `records` is the number of records observed (None: nothing was observed). `operations` holds the calls
    that the system offers for the collection: a method's call (`"POST /v2/orders"`), None if the system is
    known not to offer it, and no entry if nobody knows. `envelope` names the object around the records
    (`"data"`), `source` the origin of the schema. A schema without fields whose `source` is empty is an
    unknown one. `variants` are the sets of keys that observed records have, the most frequent first, and
    `problems` the faults of records or lines.

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
    variants: tuple[Variant, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def known(self) -> bool:
        """True if anything is known of this shape."""
        return bool(self.fields or self.source)

    def field(self, path: str) -> Field | None:
        """Return the field at `path`, or None."""
        return next((field for field in self.fields if field.path == path), None)

    def frame(self) -> pd.DataFrame:
        """Return one row per path: declared facts, then observed counts (absent is `of - present`), ranges and values.

        `key` is True if the field is filled and different everywhere, as far as that is known; `distinct_error`
        is 0 if different values were counted one by one.
        """
        return frame_of((_row(field) for field in self.fields), COLUMNS)

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
        """Build a declared schema from rows.

        Args:
            rows: dicts with `path` and, as they are known, the names of `Declared`: `types`, `format`,
                `required`, `nullable`, `max_length`, `enum`, `description`; `examples` is accepted too.
            collection: the collection the fields are of.
            shape: the shape they belong to.
            system: the system they belong to.
            source: the origin of the list.

        Raises:
            SourceError: if a row has no path, or a key that no field has.
        """
        from ipaas_discovery.schemas.field_lists.field_rows import fields_from_rows  # noqa: PLC0415  keeps this module small

        return cls(collection, shape, system, fields_from_rows(rows, source), source=source)

    def to_json(self) -> dict[str, Any]:
        """Return this schema as plain data: all declared facts and every count, ready for `json.dumps`.

        >>> Schema.from_fields([{"path": "sku", "types": ["string"]}]).to_json()["fields"]
        [{'path': 'sku', 'declared': {'types': ['string'], 'source': 'field list'}}]
        """
        from ipaas_discovery.schemas.forms.plain_data import plain_schema  # noqa: PLC0415  keeps this module small

        return plain_schema(self)

    def to_markdown(self) -> str:
        """Render the fields as a GitHub-flavoured Markdown table, one row per path, with filled shares as text bars."""
        from ipaas_discovery.schemas.forms.outline import outline  # noqa: PLC0415  keeps this module small

        return tree_markdown(outline(self))

    def _repr_html_(self) -> str:
        from ipaas_discovery.schemas.forms.outline import outline  # noqa: PLC0415  outline imports this module

        return tree_html(outline(self))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """Return the fields as a tree-table for Jupyter to show and store, and one line for hosts showing only text."""
        records = "" if self.records is None else f" in {self.records} records"
        name = " ".join(part for part in (self.collection, self.shape.value) if part)
        return {"text/html": self._repr_html_(), "text/plain": f"Schema of {name}: {len(self.fields)} fields{records}"}

    @classmethod
    def from_text(
        cls, text: str, *, collection: str = "", shape: Shape = Shape.RETURNED, system: str = "", source: str = "pasted"
    ) -> Schema:
        r"""Build a declared schema from a pasted list: lines, a table from a spreadsheet, or a manual's Markdown table.

        >>> pasted = "| Field | Type | Required |\n|---|---|---|\n| `sku` | string(20) | yes |"
        >>> (sku,) = Schema.from_text(pasted, shape=Shape.CREATE).fields
        >>> sku.path, sku.required, sku.declared.max_length
        ('sku', True, 20)

        Raises:
            SourceError: if a line cannot be understood; the message names it.
        """
        from ipaas_discovery.schemas.field_lists.pasted import rows_from_text  # noqa: PLC0415  keeps this module small

        return cls.from_fields(
            rows_from_text(text, source), collection=collection, shape=shape, system=system, source=source
        )

    def to_json_schema(self) -> dict[str, Any]:
        """Return this schema as JSON Schema 2020-12."""
        from ipaas_discovery.schemas.forms.json_schema import json_schema  # noqa: PLC0415  keeps this module small

        return json_schema(self.fields, self.collection)

    def merged(self, other: Schema) -> Schema:
        """Merge both schemas' fields: this one's identity, the declared facts of either, the observations of either."""
        mine, theirs = ({field.path: field for field in schema.fields} for schema in (self, other))
        empty = Field("")
        both = tuple(
            Field(path, a.declared or b.declared, a.observed or b.observed)
            for path in sorted(mine | theirs)
            for a, b in [(mine.get(path, empty), theirs.get(path, empty))]
        )
        records = other.records if self.records is None else self.records
        source = "; ".join(dict.fromkeys(part for part in (self.source, other.source) if part))
        operations = {**other.operations, **self.operations}
        variants, problems = self.variants or other.variants, self.problems or other.problems
        return replace(
            self,
            fields=both,
            records=records,
            source=source,
            operations=operations,
            variants=variants,
            problems=problems,
        )


def _row(field: Field) -> dict[str, Any]:
    declared, seen = field.declared or Declared(), field.observed
    row: dict[str, Any] = {
        "path": field.path,
        "types": " | ".join(field.types),
        "format": field.format,
        "required": declared.required,
        "nullable": declared.nullable,
        "read_only": declared.read_only,
        "max_length": declared.max_length,
        "enum": ", ".join(map(str, declared.enum)) or None,
        "source": declared.source or None,
    }
    if seen:
        counts = ("of", "present", "nulls", "empties", "distinct", "distinct_error", "unsafe_integers")
        row |= {name: getattr(seen, name) for name in counts}
        row |= {name: _range(getattr(seen, name)) for name in ("values", "lengths", "list_lengths")}
        row["key"] = seen.key_candidate
        row["top"] = ", ".join(f"{value} ({times})" for value, times in seen.top[:SHOWN]) or None
        row["formats"] = ", ".join(f"{name} ({times})" for name, times in seen.formats.items()) or None
        row["examples"] = ", ".join(map(str, seen.examples)) or None
    return row


def _range(ends: tuple[Any, Any] | None) -> str | None:
    """Write a range in words, `0.5 to 99`; one value alone if both ends are the same."""
    if ends is None:
        return None
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"

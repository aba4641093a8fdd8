"""One collection in one shape: its fields, their declared facts, and their observed counts."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import ByName, Tabular, Wording
from ipaas_discovery.renderings.texts import visible
from ipaas_discovery.renderings.trees import MOST, Tree, tree_html, tree_markdown, tree_text
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.field_paths import named_part, split_path
from ipaas_discovery.schemas.kept_results import KeptResults, kept
from ipaas_discovery.schemas.named_list import NamedList
from ipaas_discovery.schemas.problems import Problem, Variant
from ipaas_discovery.vocabulary import Method, Shape

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Declared", "Field", "Observed", "Problem", "Schema", "Variant", "split_path"]

COLUMNS = {
    "path": "str",
    "types": "object",
    "format": "str",
    "required": "boolean",
    "nullable": "boolean",
    "read_only": "boolean",
    "max_length": "Int64",
    "enum": "object",
    "title": "str",
    "description": "str",
    "of": "Int64",
    "present": "Int64",
    "nulls": "Int64",
    "empties": "Int64",
    "distinct": "Int64",
    "distinct_error": "Float64",
    "key": "boolean",
    "minimum": "Float64",
    "maximum": "Float64",
    "shortest": "Int64",
    "longest": "Int64",
    "fewest": "Int64",
    "most": "Int64",
    "unsafe_integers": "Int64",
    "top": "object",
    "formats": "object",
    "examples": "object",
    "source": "str",
}
RANGES = {"values": ("minimum", "maximum"), "lengths": ("shortest", "longest"), "list_lengths": ("fewest", "most")}
"""Each range of `Observed` and the two columns that hold its ends."""
SHOWN = 5
"""Number of frequent values in a row of a frame."""


def _counted(values: list[tuple[Any, int]]) -> str:
    return ", ".join(f"{value} ({times})" for value, times in values)


@dataclass(frozen=True, slots=True)
class Schema(Tabular):
    """The fields of one collection in one shape, sorted by path.

    `records` is the number of records observed (None: nothing was observed). `operations` holds the calls
    that the system offers for the collection: a method's call (`"POST /v2/orders"`), None if the system is
    known not to offer it, and no entry if nobody knows. `envelope` names the object around the records
    (`"data"`), `source` the origin of the schema. A schema without fields whose `source` is empty is an
    unknown one. `variants` are the sets of keys that observed records have, the most frequent first, and
    `problems` the faults of records or lines. `named_lists` are the lists of names and values; where their names come
    again, each is a field, such as `custom_fields{Season}.value`. `kept` holds what was worked out of this schema.

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
    named_lists: tuple[NamedList, ...] = ()
    kept: KeptResults = field(
        init=False, repr=False, compare=False, default_factory=KeptResults, metadata={"plain": False}
    )

    wording: ClassVar[Wording] = {
        "types": " | ".join,
        "top": _counted,
        "formats": lambda formats: _counted(list(formats.items())),
    }

    @property
    def known(self) -> bool:
        """True if anything is known of this shape."""
        return bool(self.fields or self.source)

    def field(self, path: str) -> Field | None:
        """Return the field at `path`, or None."""
        return self.by_path.get(path)

    @property
    def by_path(self) -> Mapping[str, Field]:
        """The fields by their paths."""
        return _by_path(self)

    def folded(self, *paths: str) -> Schema:
        """Return this schema without the fields that are names in a list, such as `custom_fields{Season}.value`.

        Args:
            paths: the lists to fold, such as `custom_fields`. Defaults to every one.
        """
        kept = tuple(field for field in self.fields if not _is_named(field.path, paths))
        return replace(self, fields=kept)

    def frame(self) -> pd.DataFrame:
        """Return one row per path: declared facts, then observed counts (absent is `of - present`), ranges and values.

        `key` says whether the field is filled and different everywhere, as far as that is known; `distinct_error`
        is 0 where different values were counted one by one. `minimum` and `maximum` are of numbers, `shortest` and
        `longest` of texts and lists in characters and elements, `fewest` and `most` of lists alone.

        Dtypes: text for path, format, title, description and source; boolean for required, nullable, read_only and
        key; Float64 for distinct_error, minimum and maximum; Int64 for all other numbers. Python lists, empty where
        nothing is known, for types, enum, examples and top (pairs of a value and its count); a dict of counts for
        formats.
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
                `required`, `nullable`, `max_length`, `enum`, `title`, `description`; `examples` is accepted too.
            collection: the collection the fields are of.
            shape: the shape they belong to.
            system: the system they belong to.
            source: the origin of the list.

        Raises:
            SourceError: if a row has no path, or a key that no field has.
        """
        from ipaas_discovery.schemas.field_lists.field_rows import fields_from_rows  # noqa: PLC0415  only a schema of rows needs it

        return cls(collection, shape, system, fields_from_rows(rows, source), source=source)

    def to_dict(self) -> dict[str, Any]:
        """Return this schema as plain data: all declared facts and every count, ready for `json.dumps`.

        >>> Schema.from_fields([{"path": "sku", "types": ["string"]}]).to_dict()["fields"]
        [{'path': 'sku', 'declared': {'types': ['string'], 'source': 'field list'}}]
        """
        from ipaas_discovery.schemas.forms.plain_data import plain_schema  # noqa: PLC0415  only who writes it needs it

        return plain_schema(self)

    def to_markdown(self, *, max_rows: int | None = None) -> str:
        """Render the fields as a GitHub-flavoured Markdown table, one row per path, with filled shares as text bars."""
        return tree_markdown(self._tree(), max_rows=max_rows)

    def to_html(self, *, max_rows: int | None = None) -> str:
        """Render the fields as plain HTML, nested as in a record; those beyond the first 60 folded."""
        return tree_html(self._tree(), most=max_rows)

    def to_text(self, *, max_rows: int | None = None) -> str:
        """Render the fields as plain text for a terminal, one row per path."""
        return f"{visible(self._title())}\n{tree_text(self._tree(), max_rows=max_rows)}"

    def _tree(self) -> Tree:
        from ipaas_discovery.schemas.forms.outline import outline  # noqa: PLC0415  it imports this module

        return outline(self)

    def _title(self) -> str:
        name = " ".join(part for part in (self.collection, self.shape.value) if part)
        records = "" if self.records is None else f" in {self.records} records"
        return f"Schema of {name}: {len(self.fields)} fields{records}"

    def _repr_html_(self) -> str:
        return self.to_html(max_rows=MOST)

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        collection: str = "",
        part: str = "",
        shape: Shape = Shape.RETURNED,
        system: str = "",
        source: str = "pasted",
    ) -> Schema:
        r"""Build a declared schema from a pasted list: lines, a table from a spreadsheet, or a manual's Markdown table.

        >>> pasted = "| Field | Type | Required |\n|---|---|---|\n| `sku` | string(20) | yes |"
        >>> (sku,) = Schema.from_text(pasted, shape=Shape.CREATE).fields
        >>> sku.path, sku.required, sku.declared.max_length
        ('sku', True, 20)

        `part` is the object whose fields are meant, where a column of the list names several.

        Raises:
            SourceError: if a line cannot be understood; the message names it.
        """
        from ipaas_discovery.schemas.field_lists.pasted import rows_from_text  # noqa: PLC0415  only a pasted list needs it

        return cls.from_fields(
            rows_from_text(text, source, part or collection),
            collection=collection,
            shape=shape,
            system=system,
            source=source,
        )

    def to_json_schema(self) -> dict[str, Any]:
        """Return this schema as JSON Schema 2020-12."""
        from ipaas_discovery.schemas.forms.json_schema import json_schema  # noqa: PLC0415  only who writes it needs it

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
        named = {one.path: one for one in (*other.named_lists, *self.named_lists)}
        return replace(
            self,
            fields=both,
            records=records,
            source=source,
            operations=operations,
            variants=variants,
            problems=problems,
            named_lists=tuple(named[path] for path in sorted(named)),
        )


@kept
def _by_path(schema: Schema) -> Mapping[str, Field]:
    paths = {field.path: field for field in reversed(schema.fields)}
    return ByName(paths, f"Fields of {schema.collection}" if schema.collection else "Fields", ("path", "field"))


def _is_named(path: str, folded: Collection[str]) -> bool:
    """Tell whether a path goes through a name in a list: in any, or in one of those at `folded`."""
    parts = split_path(path)
    lists = {".".join([*parts[:at], named[0]]) for at, part in enumerate(parts) if (named := named_part(part))}
    return bool(lists & {*folded} if folded else lists)


def _row(field: Field) -> dict[str, Any]:
    declared, seen = field.declared or Declared(), field.observed
    row: dict[str, Any] = {
        "path": field.path,
        "types": list(field.types),
        "format": field.format,
        "required": declared.required,
        "nullable": declared.nullable,
        "read_only": declared.read_only,
        "max_length": declared.max_length,
        "enum": list(declared.enum),
        "title": declared.title or None,
        "description": declared.description or None,
        "source": declared.source or None,
        "top": [],
        "formats": {},
        "examples": [],
    }
    if seen:
        counts = ("of", "present", "nulls", "empties", "distinct", "distinct_error", "unsafe_integers")
        row |= {name: getattr(seen, name) for name in counts}
        for name, columns in RANGES.items():
            row |= zip(columns, getattr(seen, name) or (None, None), strict=True)
        row["minimum"], row["maximum"] = _double(row["minimum"]), _double(row["maximum"])
        row["key"] = seen.key_candidate
        row["top"], row["formats"], row["examples"] = list(seen.top[:SHOWN]), dict(seen.formats), list(seen.examples)
    return row


def _double(number: Any) -> float | None:  # noqa: ANN401  int, float or Decimal
    """Return a number as a binary double; infinite if no double is as large."""
    if number is None:
        return None
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf

"""Fields from a list somebody wrote or pasted: one row per field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from numbers import Integral
from typing import Any

from ipaas_discovery.errors import SourceError, nearest
from ipaas_discovery.schemas.field import Declared, Field, Observed
from ipaas_discovery.schemas.field_lists.type_reader import WrittenType, advice_for, read_type

__all__ = ["KEYS", "fields_from_rows"]

KEYS = (
    "path",
    "types",
    "format",
    "required",
    "nullable",
    "read_only",
    "write_only",
    "max_length",
    "enum",
    "title",
    "description",
    "source",
    "examples",
)
"""Keys a row may have; all but `path` may be left out, None, or NaN (as a spreadsheet's empty cell)."""


def fields_from_rows(rows: Iterable[Mapping[str, Any]], source: str) -> tuple[Field, ...]:
    """Return one declared field per row, sorted by path.

    `types` is a list of types or a text such as `"string"`, `"integer | null"`, `"varchar(50)"`; `null` in it makes
    the field nullable. The digits of a number, as in `"decimal(10, 2)"`, are kept in its description. `examples` are
    kept as observed examples that count nothing.

    >>> sku, price = fields_from_rows([{"path": "sku", "types": "string"}, {"path": "price"}], "list")[::-1]
    >>> sku.types, price.types
    (('string',), ())

    Args:
        rows: dicts with `path` and any other of `KEYS`.
        source: the origin of the list, for rows without a source of their own.

    Raises:
        SourceError: if a row has no path, a key or type nobody knows, a value of the wrong kind, or a
            path that an earlier row has; the message names the row, counted from 1.
    """
    fields: dict[str, Field] = {}
    if isinstance(rows, Mapping | str) or not isinstance(rows, Iterable):
        then = "give a list of dicts, each with a `path`"
        raise SourceError(f"A field list has rows, and this is {type(rows).__name__}", where=source, then=then)
    for number, row in enumerate(rows, start=1):
        field = _field(row, f"row {number} of {source}", source)
        if field.path in fields:
            raise SourceError(
                f"The path '{field.path}' is listed twice", where=f"row {number} of {source}", then="keep one"
            )
        fields[field.path] = field
    return tuple(fields[path] for path in sorted(fields))


def _field(row: Mapping[str, Any], where: str, source: str) -> Field:
    if not isinstance(row, Mapping):
        raise SourceError(f"A field is a row of named values, not {type(row).__name__}", where=where)
    _check_keys(row, where)
    values = {key: value for key, value in row.items() if not _missing(value)}
    path = values.get("path")
    if not isinstance(path, str) or not path.strip():
        raise SourceError("A field has no path", where=where, then="name it, such as 'lines[].sku'")
    written = _written(values.get("types", ()), where)
    nullable = _flag(values, "nullable", where)
    declared = Declared(
        types=tuple(kind for kind in written.types if kind != "null"),
        format=_text(values, "format", where) or written.format or None,
        required=_flag(values, "required", where),
        nullable=True if nullable is None and "null" in written.types else nullable,
        read_only=_flag(values, "read_only", where),
        write_only=_flag(values, "write_only", where),
        max_length=written.max_length if values.get("max_length") is None else _length(values, where),
        enum=_list(values, "enum", where),
        description="; ".join(filter(None, (_text(values, "description", where), written.remark))),
        source=_text(values, "source", where) or source,
        title=_text(values, "title", where),
    )
    examples = _list(values, "examples", where)
    return Field(path.strip(), declared, Observed(of=0, present=0, examples=examples) if examples else None)


def _missing(value: object) -> bool:
    # An empty cell of a spreadsheet is NaN, the one float that differs from itself.
    if isinstance(value, str):
        return False
    return value is None or (isinstance(value, float) and value != value) or type(value).__name__ == "NAType"  # noqa: PLR0124


def _check_keys(row: Mapping[str, Any], where: str) -> None:
    for key in row:
        if key not in KEYS:
            guess = nearest(str(key), KEYS)
            hint = f"did you mean '{guess}'? " if guess else ""
            raise SourceError(f"A field has no '{key}'", where=where, then=f"{hint}A row may have {', '.join(KEYS)}")


def _written(value: object, where: str) -> WrittenType:
    """Read types in JSON's words or in people's, as a list or a text."""
    if isinstance(value, str) and not (written := read_type(value)).unknown:
        return written
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, Iterable):
        raise SourceError(f"'types' is a list of types, not {value!r}", where=where)
    parts = [read_type(name if isinstance(name, str) else str(name)) for name in listed]
    unknown = [word for part in parts for word in part.unknown]
    if unknown:
        raise SourceError(f"Unknown type '{unknown[0]}'", where=where, then=advice_for(unknown[0]))
    return WrittenType(
        tuple(sorted({kind for part in parts for kind in part.types})),
        next((part.format for part in parts if part.format), ""),
        next((part.max_length for part in parts if part.max_length), None),
        sized=tuple(word for part in parts for word in part.sized),
    )


def _flag(values: Mapping[str, Any], key: str, where: str) -> bool | None:
    value = values.get(key)
    if value is None or isinstance(value, bool):
        return value
    if type(value).__name__ == "bool_" or type(value).__name__ == "bool":  # numpy's, from a frame's row
        return bool(value)
    raise SourceError(f"'{key}' is true or false, not {value!r}", where=where)


def _text(values: Mapping[str, Any], key: str, where: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise SourceError(f"'{key}' is a text, not {value!r}", where=where)
    return value.strip()


def _length(values: Mapping[str, Any], where: str) -> int | None:
    value = values.get("max_length")
    if value is None:
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float | Integral | Decimal)
        or not value % 1 == 0
        or value < 0
    ):
        raise SourceError(f"'max_length' is a whole number, not {value!r}", where=where)
    return int(value)


def _list(values: Mapping[str, Any], key: str, where: str) -> tuple[Any, ...]:
    value = values.get(key, ())
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise SourceError(f"'{key}' is a list, not {value!r}", where=where)
    return tuple(value)

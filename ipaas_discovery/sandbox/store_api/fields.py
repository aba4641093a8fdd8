"""Compact field tables: one line a field, read by the documents and by the generator alike, so that they agree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["StoreField", "Table", "complete", "table"]

_EMPTY: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "any": ""}


@dataclass(frozen=True, slots=True)
class StoreField:
    """One field: what it is, in which shapes it occurs, and what a record holds when nothing was said."""

    name: str
    type: str
    format: str
    of: str
    shapes: frozenset[str]
    required: frozenset[str]
    max_length: int | None
    enum: tuple[Any, ...]
    nullable: bool
    default: Any


Table = tuple[StoreField, ...]


def table(text: str) -> Table:
    """The fields a table of lines describes: `name type shapes extras...`.

    The type is a JSON type, with `:format`, or `array:ITEM` / `object:TABLE`, or `any` for none declared. Shapes
    are R (returned), C (received on create), U (received on update), with `!` behind a letter where the field is
    required. Extras are `max=N`, `enum=a|b`, `nullable`, and `=JSON` for what a record holds when nothing was said.

    >>> field = table("email string RC!U max=250")[0]
    >>> field.name, field.max_length, sorted(field.shapes), sorted(field.required)
    ('email', 250, ['C', 'R', 'U'], ['C'])
    """
    return tuple(_field(line.split()) for line in text.splitlines() if line.strip())


def _field(words: list[str]) -> StoreField:
    name, kind, shapes, *extras = words
    base, _, detail = kind.partition(":")
    nested = base in {"array", "object"}
    said = dict(extra.split("=", 1) for extra in extras if "=" in extra)
    enum = said.get("enum", "").split("|") if "enum" in said else []
    nullable = "nullable" in extras
    return StoreField(
        name,
        base,
        "" if nested else detail,
        detail if nested else "",
        frozenset(shapes.replace("!", "")),
        frozenset(letter for letter, mark in pairwise(shapes) if mark == "!"),
        int(said["max"]) if "max" in said else None,
        tuple(int(value) if base == "integer" else value for value in enum),
        nullable,
        json.loads(said[""]) if "" in said else _nothing(base, nullable=nullable),
    )


def _nothing(base: str, *, nullable: bool) -> Any:  # noqa: ANN401  any JSON value
    if nullable:
        return None
    return {"array": [], "object": {}}.get(base, _EMPTY.get(base))


def complete(fields: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """A returned record: every returned field in the table's order, from `values` or as when nothing was said.

    Raises:
        KeyError: if `values` names a field the table does not have, so that records and documents cannot part.

    >>> complete(table('''id integer R
    ... total string R ="0.0000"'''), {"id": 3})
    {'id': 3, 'total': '0.0000'}
    """
    returned = {field.name: field.default for field in fields if "R" in field.shapes}
    if strange := sorted(set(values) - set(returned)):
        raise KeyError(strange)
    return returned | dict(values)

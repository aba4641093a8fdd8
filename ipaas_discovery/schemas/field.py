"""One field: its path, what is declared of it, and what was observed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ipaas_discovery.schemas.paths import list_depth, split_path

__all__ = ["JSON_TYPES", "Declared", "Field", "Observed"]

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

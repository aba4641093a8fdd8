"""One field: its path, its declared facts, and its observed counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import Listing
from ipaas_discovery.schemas.field_paths import list_depth, split_path

__all__ = ["Declared", "Field", "Observed"]

REPEATS = 5
"""The least number of occurrences of an enumeration's values, on average."""
FEWEST = 5
"""With fewer records, being different everywhere says nothing."""
NEARLY_ALL = 0.95


@dataclass(frozen=True, slots=True)
class Declared(Card):
    """The declared facts of a field; None and empty mean that the description does not say.

    `required` is about the shape the field stands in: required on create in a received shape. `minimum` to
    `exclusive_maximum` limit numbers, the exclusive ones not reached, and `multiple_of` is what each is a multiple of;
    `pattern` is a regular expression. `title` is what people call the field, `description` what it is for.
    `source` names where it is said: a document and a pointer into it. `variants` names the alternatives
    (of a oneOf or anyOf) that have the field, where others have not.
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
    variants: tuple[str, ...] = ()
    min_length: int | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    title: str = ""
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True)
class Observed(Card):
    """The observed counts and values of a field in a sample.

    `of` is the field's own denominator: the number of objects that could have held it (all records at the top,
    all elements of the list inside `lines[]`). `present` counts those that do, whatever the value;
    `nulls` and `empties` (empty text, list or object) are among them. `lengths` is the range of text
    and list lengths, `values` of numbers. `distinct` counts different values; `top` holds the most
    frequent values with their counts, `examples` a few, both in a fixed order.

    Beyond 2,000 different values `distinct` is an estimate with the relative standard error
    `distinct_error`, and the counts in `top` may be too low by `top_error` at most; both are 0 where
    everything was counted exactly. `unsafe_integers` counts whole numbers beyond 2**53, which a reader
    that takes numbers for binary doubles would round. `list_lengths` is the range of the lists' lengths
    alone and `elements` their sum: `types["array"]` is their denominator. `keys` is the number of
    different keys of a map whose keys are data, shown as one path `*`; 0 for a plain object. `sampled` holds every
    different value while there are at most 2,000, else those of `top`; it is for matching and in no rendering.
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
    distinct_error: float = 0.0
    top_error: int = 0
    unsafe_integers: int = 0
    list_lengths: tuple[int, int] | None = None
    elements: int = 0
    keys: int = 0
    sampled: tuple[Any, ...] = field(default=(), repr=False, compare=False, metadata={"plain": False})

    @property
    def filled(self) -> int:
        """Number of objects in which the field is present, not null and not empty."""
        return self.present - self.nulls - self.empties

    @property
    def presence(self) -> float:
        """Share of objects that hold the field, 0 to 1."""
        return self.present / self.of if self.of else 0.0

    @property
    def fill(self) -> float:
        """Share of objects in which the field is filled, 0 to 1."""
        return self.filled / self.of if self.of else 0.0

    @property
    def enum_candidate(self) -> tuple[Any, ...]:
        """The values, if they are few texts or whole numbers that repeat again and again; else nothing."""
        few = 1 < self.distinct <= len(self.top) and self.filled >= REPEATS * self.distinct
        plain = self.types.keys() <= {"string", "integer", "null"} and not self.formats.keys() & field_formats().varied
        return tuple(sorted((value for value, _ in self.top), key=lambda value: (str(type(value)), value))) * (
            few and plain
        )

    @property
    def key_candidate(self) -> bool | None:
        """True if filled and different everywhere; None if an estimate or too few records leave it open."""
        if self.filled < self.of or not self.types.keys() <= {"string", "integer"}:
            return False
        if self.distinct_error:
            return None if self.distinct >= self.filled * (1 - 3 * self.distinct_error) else False
        return self.distinct == self.filled if self.of >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Field(Card):
    r"""One dotted path (`lines[].sku`; a literal dot in a key is written `\.`), declared, observed, or both."""

    path: str
    declared: Declared | None = None
    observed: Observed | None = None

    @property
    def name(self) -> str:
        """The last key of the path, without list marks."""
        return _last_key(self.path)

    @property
    def parent(self) -> str:
        """The path of the object that holds this field; empty at the top."""
        return ".".join(split_path(self.path)[:-1])

    @property
    def types(self) -> tuple[str, ...]:
        """JSON types without null: the observed ones if any value was seen, else the declared ones."""
        seen = _types(tuple(sorted(self.observed.types))) if self.observed else ()
        return seen or _types(self.declared.types if self.declared else ())

    @property
    def format(self) -> str | None:
        """The format of more than half of the observed texts (of nearly all, if it is loose), else the declared one."""
        seen = self.observed
        if seen and seen.formats:
            name = max(sorted(seen.formats), key=lambda candidate: seen.formats[candidate])
            texts = seen.types.get("string", 0) - seen.empties
            if seen.formats[name] > texts * (NEARLY_ALL if name in field_formats().loose else 1 / 2):
                return name
        return self.declared.format if self.declared else None

    @property
    def required(self) -> bool | None:
        """True if the shape requires the field; None if nothing says so."""
        return self.declared.required if self.declared else None


@lru_cache(65_536)
def _last_key(path: str) -> str:
    return list_depth(split_path(path)[-1])[0]


@cache
def _types(names: tuple[str, ...]) -> tuple[str, ...]:
    """Make types that show themselves, null not among them; the same few sets are asked for again and again."""
    return Listing((name for name in names if name != "null"), "Types", ("type",))

"""Shares of a field's values, with numbers: how many are empty, how many can be read as what."""

from __future__ import annotations

from dataclasses import dataclass

from ipaas_discovery.schemas.observing.distinct import DISTINCT_CAP
from ipaas_discovery.schemas.schema import Field, Schema

__all__ = ["Share", "bound", "convertible", "different", "in_formats", "missing"]

_READ_AS = {"integer": ("integer",), "number": ("integer", "decimal"), "boolean": ("boolean",)}
"""The formats of texts that can be read as a JSON type without loss."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `of`, in words.

    >>> str(Share(12, 200))
    '12 of 200 (6.0 %)'
    """

    part: int
    of: int

    def __str__(self) -> str:
        return f"{self.part} of {self.of} ({self.part / self.of:.1%})".replace("%)", " %)") if self.of else "0 of 0"


def bound(n: int) -> str:
    """Bound the share of a case that n records do not show: the rule of three.

    >>> bound(200)
    'under 1.5 % at 95 %'
    >>> bound(3)
    'under 100 % at 95 %'
    """
    share = min(300 / n, 100)
    return f"under {share:.0f} % at 95 %" if share >= 10 else f"under {share:.2g} % at 95 %"  # noqa: PLR2004  two digits


def missing(schema: Schema, field: Field) -> Share | None:
    """Count the objects that could hold the field in which it is absent, null or empty; None if unobserved.

    Outside lists the records themselves are counted, so that an absent parent counts too.
    """
    seen = field.observed
    if seen is None:
        return None
    of = seen.of if "[]" in field.path or schema.records is None else max(schema.records, seen.of)
    return Share(of - seen.filled, of)


def convertible(field: Field, kind: str) -> Share | None:
    """Count the observed texts that can be read as `kind` (integer, number, boolean); None if none was seen."""
    return in_formats(field, *_READ_AS[kind])


def in_formats(field: Field, *names: str) -> Share | None:
    """Count the observed texts that have one of the formats; None if no text was seen."""
    seen = field.observed
    if seen is None:
        return None
    texts = seen.types.get("string", 0) - (0 if {"array", "object"} & seen.types.keys() else seen.empties)
    return Share(min(sum(seen.formats.get(name, 0) for name in names), texts), texts) if texts > 0 else None


def different(schema: Schema, field: Field) -> bool | None:
    """Tell whether the field is filled and different in every record; None if that is not known.

    Above a cap different values are no longer told apart, and the answer is not known.
    """
    empty, seen = missing(schema, field), field.observed
    if seen is None or empty is None or not empty.of:
        return None
    if empty.part or seen.distinct < min(seen.filled, DISTINCT_CAP):
        return False
    return None if seen.filled > DISTINCT_CAP else True

"""Factors from one unit of measure to another, by which two fields that hold one thing may differ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["UnitFactor", "unit_factor"]

NEAR = Decimal("0.005")
"""Part by which a scale may be off the factor of its units: the numbers were rounded."""


@dataclass(frozen=True, slots=True)
class UnitFactor:
    """The number by which a measure in one unit is multiplied to give it in another."""

    source: str
    destination: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class _UnitFactors:
    factors: tuple[UnitFactor, ...]


@cache
def _all_factors() -> tuple[UnitFactor, ...]:
    return read_toml("matching/unit_factors", _UnitFactors).factors


def unit_factor(scale: Decimal) -> UnitFactor | None:
    """Find the change of units that has this scale, or nearly.

    >>> unit_factor(Decimal("2.203")).destination, unit_factor(Decimal("2.3"))
    ('pound', None)
    """
    near = (unit for unit in _all_factors() if abs(scale / unit.factor - 1) < NEAR)
    return min(near, key=lambda unit: abs(scale - unit.factor), default=None)

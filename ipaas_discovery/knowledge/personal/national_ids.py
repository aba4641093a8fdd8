"""Numbers that states give to people, by their form and their check digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["NationalId", "national_id_pattern", "passes_national_check"]


@dataclass(frozen=True, slots=True)
class NationalId:
    """One form of a number: its country, the pattern that finds it, and the rule in python-stdnum."""

    country: str
    search: str
    check: str


@dataclass(frozen=True, slots=True)
class NationalIds:
    """All forms."""

    numbers: tuple[NationalId, ...]


@cache
def national_ids() -> tuple[NationalId, ...]:
    """Read the table, once."""
    return read_toml("personal/national_ids", NationalIds).numbers


@cache
def national_id_pattern() -> str:
    """Give a pattern that finds what may be such a number."""
    return f"(?<![\\w.+/-])(?:{'|'.join(row.search for row in national_ids())})(?![\\w/-]|\\.\\w)"


def passes_national_check(text: str) -> bool:
    """Tell whether a number has the form of a country's and its right check digits.

    >>> passes_national_check("12345678Z"), passes_national_check("12345678A")
    (True, False)
    """
    return any(
        re.fullmatch(row.search, text) and (not row.check or import_module(f"stdnum.{row.check}").is_valid(text))
        for row in national_ids()
    )

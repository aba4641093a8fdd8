"""How answers say that something is wrong though their status is a success."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.tables import read_toml

__all__ = ["ErrorMarks", "error_marks"]


@dataclass(frozen=True, slots=True)
class ErrorMarks:
    """Names of members, in lower case.

    `keys` hold an error, `codes` its code, of which those in `no_error` are none; `flags` say by one of their values
    that something is wrong; an error `says` what it is in these, the most telling first.
    """

    keys: tuple[str, ...]
    codes: tuple[str, ...]
    no_error: tuple[str, ...]
    says: tuple[str, ...]
    flags: Mapping[str, tuple[str, ...]]


@cache
def error_marks() -> ErrorMarks:
    """What is known of errors inside answers, read once."""
    return read_toml("error_marks", ErrorMarks)

"""Read the types that people and databases write in field lists, in JSON's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ipaas_discovery.errors import nearest
from ipaas_discovery.knowledge.type_words import type_words
from ipaas_discovery.vocabulary import JSON_TYPES

__all__ = ["WrittenType", "advice_for", "read_type"]

_BETWEEN = re.compile(r"\s*(?:\||/|\bor\b|,(?![^(]*\)))\s*", re.IGNORECASE)
_SIZED = re.compile(r"(.*?)\s*\(\s*(?:max\.?\s*)?(\d{1,9})?[^)]*\)|(\w+?)\s*(?:\.\.|≤|<=?)\s*(\d{1,9})", re.IGNORECASE)
_SHORT = re.compile(r"([a-z]{1,3})\s?(\d{1,9})", re.IGNORECASE)
"""A type of a guide to EDI with an exact length: `an3`."""
_LIST = re.compile(r"\[\s*\]$|^(array|list)( of\b|<)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenType:
    """The meaning of a cell of types: JSON's types, a format, the longest text, and words that are no type.

    `sized` are types whose digits none of these holds, such as `decimal(10,2)`.
    """

    types: tuple[str, ...] = ()
    format: str = ""
    max_length: int | None = None
    unknown: tuple[str, ...] = ()
    sized: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """A description's words for what was written and none of these holds; empty where they hold all."""
        odd = (*self.unknown, *self.sized)
        return f"type as written: {', '.join(odd)}" if odd else ""


@lru_cache(4096)
def read_type(text: str) -> WrittenType:
    """Read the types that a cell says; several are alternatives.

    >>> read_type("varchar(50)")
    WrittenType(types=('string',), format='', max_length=50, unknown=(), sized=())
    >>> read_type("integer | null").types, read_type("decimal(10, 2)").types, read_type("AN..20").max_length
    (('integer', 'null'), ('number',), 20)
    >>> read_type("AN").types, read_type("N | DT").types, read_type("an").unknown
    (('string',), ('number', 'string'), ('an',))
    >>> read_type("string[]").types, read_type("Yes/No").types, read_type("geo point").unknown
    (('array',), ('boolean',), ('geo point',))
    """
    types: list[str] = []
    unknown: list[str] = []
    sized: list[str] = []
    form, length = "", None
    for part in _parts(text.strip()):
        word, digits = _split(part)
        of_edi = digits or part.isupper()
        known = type_words().get(word, "edi" if of_edi else "") or type_words().get(word.removesuffix("s"))
        if known is None:
            unknown.append(part)
            continue
        types += [known.type] if known.type else []
        form = form or known.format
        if digits and known.type == "string":
            length = int(digits)
        elif digits:
            sized.append(part)
    return WrittenType(tuple(dict.fromkeys(types)), form, length, tuple(unknown), tuple(sized))


def advice_for(word: str) -> str:
    """Say what to write in place of a word that is no type."""
    guess = nearest(word, [*JSON_TYPES, *type_words().known])
    question = f"did you mean '{guess}'? " if guess else ""
    return f"{question}JSON has {', '.join(JSON_TYPES)}"


def _split(part: str) -> tuple[str, str]:
    """Split a type into its word and the digits of the length behind it."""
    if _LIST.search(part):
        return "array", ""
    sized = _SIZED.fullmatch(part) or (None if type_words().get(part) else _SHORT.fullmatch(part))
    if sized and sized.re is _SHORT:
        return sized[1], sized[2]
    return (sized[1] or sized[3] or "", sized[2] or sized[4] or "") if sized else (part, "")


def _parts(text: str) -> list[str]:
    """Split alternatives into types; `Yes/No` is one."""
    return [text] if type_words().get(text) else [part for part in _BETWEEN.split(text) if part]

"""Types as people and databases write them, translated to JSON's types."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["type_of"]

_WORDS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("string", ""): ("string", "str", "text", "char", "character", "varchar", "nvarchar", "nchar", "longtext", "clob",
                     "alphanumeric", "alpha", "enum", "picklist", "code", "memo"),
    ("integer", ""): ("integer", "int", "bigint", "smallint", "tinyint", "long", "short", "int32", "int64",
                      "wholenumber", "serial", "counter"),
    ("number", ""): ("number", "decimal", "numeric", "float", "double", "real", "money", "currency", "amount", "price",
                     "percent", "percentage"),
    ("boolean", ""): ("boolean", "bool", "bit", "flag", "checkbox", "yesno", "truefalse"),
    ("string", "date"): ("date",),
    ("string", "date-time"): ("datetime", "timestamp", "datetimeoffset", "timestamptz"),
    ("string", "time"): ("time",),
    ("string", "uuid"): ("uuid", "guid", "uniqueidentifier"),
    ("string", "email"): ("email", "emailaddress"),
    ("string", "uri"): ("uri", "url", "link"),
    ("array", ""): ("array", "list", "collection"),
    ("object", ""): ("object", "json", "struct", "map", "record", "dict"),
    ("null", ""): ("null",),
}  # fmt: skip
_KNOWN = {word: type_and_format for type_and_format, words in _WORDS.items() for word in words}
_SIZED = {"string"}


def type_of(text: str) -> tuple[tuple[str, ...], str, int | None, str]:
    """Read JSON types, format, length, and the rest of the text that is no known type.

    >>> type_of("varchar(50)"), type_of("decimal(10, 2)"), type_of("integer | null")
    ((('string',), '', 50, ''), (('number',), '', None, ''), (('integer', 'null'), '', None, ''))
    >>> type_of("string[]"), type_of("geo point")
    ((('array',), '', None, ''), ((), '', None, 'geo point'))
    """
    types, form, length, unknown = [], "", None, []
    for part in _parts(text.strip()):
        sized = re.fullmatch(r"(.*?)\s*\(\s*(\d{1,9})?[^)]*\)", part)
        word = re.sub(r"[^a-z0-9]", "", (sized.group(1) if sized else part).lower())
        if re.search(r"\[\s*\]$|^(array|list) of\b|^(array|list)<", part.strip().lower()):
            word, sized = "array", None
        known = _KNOWN.get(word)
        if known is None:
            unknown.append(part)
            continue
        types.append(known[0])
        form = form or known[1]
        if sized and sized.group(2) and known[0] in _SIZED:
            length = int(sized.group(2))
    return tuple(dict.fromkeys(types)), form, length, ", ".join(unknown)


def _parts(text: str) -> list[str]:
    """Split the types that are alternatives; `Yes/No` is one type."""
    if re.sub(r"[^a-z]", "", text.lower()) in _KNOWN:
        return [text]
    return [part for part in re.split(r"\s*(?:\||/|\bor\b|,(?![^(]*\)))\s*", text) if part]

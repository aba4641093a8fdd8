"""Propose the field that identifies a record, by what examples show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ipaas_discovery.knowledge.name_words import bare, singulars

__all__ = ["id_field"]


_GENERAL = ("identifier", "code", "number", "key", "sku")
"""Names that say little of what they identify."""


def id_field(records: Iterable[Mapping[str, Any]], word: str, asked: str) -> str:
    """Return the field that identifies a record, as far as examples show. Defaults to `id`.

    >>> id_field([{"OrderId": 7, "total": 1}], "orders", "id")
    'OrderId'

    Args:
        records: examples.
        word: name of the collection, in the plural.
        asked: the placeholder in the path of one record.
    """
    records = list(records)
    shared = set(records[0]).intersection(*records[1:]) if records else set()
    single = next(iter(singulars(word)), word)
    wanted = [
        "id",
        bare(asked),
        bare(f"{single}id"),
        "uuid",
        "guid",
        f"{bare(single)}number",
        f"{bare(single)}code",
        *_GENERAL,
    ]
    for candidate in wanted:
        for name in sorted(shared):
            fits = bare(name) == candidate and "." not in name and isinstance(records[0][name], str | int)
            general = candidate in _GENERAL  # a name that says little has to differ in every record
            if fits and not (general and len({str(record[name]) for record in records}) < len(records)):
                return name
    return "id"

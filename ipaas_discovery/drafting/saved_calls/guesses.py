"""Propose the field that identifies a record, by what examples show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ipaas_discovery.knowledge.name_words import bare, singulars
from ipaas_discovery.knowledge.request_words import request_words

__all__ = ["id_field"]


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
    general_names = request_words().general_ids
    single = next(iter(singulars(word)), word)
    wanted = [
        "id",
        bare(asked),
        bare(f"{single}id"),
        "uuid",
        "guid",
        f"{bare(single)}number",
        f"{bare(single)}code",
        *general_names,
    ]
    for candidate in wanted:
        for name in sorted(shared):
            fits = bare(name) == candidate and "." not in name and isinstance(records[0][name], str | int)
            general = candidate in general_names  # a name that says little has to differ in every record
            if fits and not (general and len({str(record[name]) for record in records}) < len(records)):
                return name
    return "id"

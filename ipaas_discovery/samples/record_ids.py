"""The field that tells records apart."""

from __future__ import annotations

from collections.abc import Sequence

from ipaas_discovery.samples.sample import Record

__all__ = ["id_field"]

WORDS = ("id", "uuid", "key", "number", "no", "code", "sku", "url")
"""Endings of the names of such fields, the best first."""


def id_field(records: Sequence[Record]) -> str | None:
    """Find a field that every record has and no two share, with the best name; None where there is none.

    >>> id_field([{"CustomerNo": "10", "name": "A"}, {"CustomerNo": "11", "name": "B"}])
    'CustomerNo'
    """
    names = [
        name
        for name in (records[0] if records else ())
        if all(isinstance(record.get(name), str | int) for record in records)
        and len({str(record[name]) for record in records}) == len(records)
    ]
    rank = {
        name: min((WORDS.index(word) for word in WORDS if name.lower().endswith(word)), default=99) for name in names
    }
    return min((name for name in names if rank[name] < len(WORDS)), key=lambda name: (rank[name], name), default=None)

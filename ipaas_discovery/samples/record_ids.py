"""The field that tells records apart."""

from __future__ import annotations

from collections.abc import Sequence

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.samples.sample import Record

__all__ = ["id_field"]


def id_field(records: Sequence[Record]) -> str | None:
    """Find a field that every record has and no two share, with the best name; None where there is none.

    >>> id_field([{"CustomerNo": "10", "name": "A"}, {"CustomerNo": "11", "name": "B"}])
    'CustomerNo'
    >>> id_field([{"Kunden-Nr.": "10", "Casino": "A"}, {"Kunden-Nr.": "11", "Casino": "B"}])
    'Kunden-Nr.'
    """
    names = [
        name
        for name in (records[0] if records else ())
        if all(isinstance(record.get(name), str | int) for record in records)
        and len({str(record[name]) for record in records}) == len(records)
    ]
    words = field_words().key_words("file")
    rank = {name: min(map(words.index, _last_words(name) & {*words}), default=len(words)) for name in names}
    return min((name for name in names if rank[name] < len(words)), key=lambda name: (rank[name], name), default=None)


def _last_words(name: str) -> set[str]:
    """Give the last word of a name, as it is written and as it is meant; none where it is of something else."""
    words = split_words(name)
    if not words:
        return set()
    written, meant = Thesaurus.load().literal(words), Thesaurus.load().meanings(words)[0]
    if field_words().described & {*written[:-1], *meant[:-1]}:
        return set()
    return {words[-1], *written[-1:], *meant[-1:]}

"""Records of a system's other collections, found by what a field says of them: an id, a code, a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.formula_values import Column, Held, formula_value, held_values, same_value
from ipaas_discovery.samples.sample import Sample

__all__ = ["RelatedRecords"]

ID = "id"
KEYS = frozenset({"code", "key", "number", "sku"})
"""Last words of fields by which records are named beside their id, if no two have the same."""

LookedUp = tuple[tuple[str], tuple[op.LookUp]]


@dataclass(frozen=True)
class RelatedRecords:
    """Samples of the collections beside a source's records, by name."""

    samples: Mapping[str, Sample]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], dict[str, Held]]:
        """List the records of each collection by each field that tells them apart."""
        tables: dict[tuple[str, str], dict[str, Held]] = {}
        for name, sample in sorted(self.samples.items()):
            records = [held_values(record) for record in sample.records]
            for key in sorted({path for record in records for path in record if path == ID or _is_key(path)}):
                named = [(str(record[key][0]), record) for record in records if record.get(key, (None,))[0] is not None]
                if named and len(dict(named)) == len(named):
                    tables[name, key] = dict(named)
        return tables

    def look_ups(self, columns: Mapping[str, Column], wanted: Column) -> Iterator[LookedUp]:
        """List the fields of related records that give the value of at least half of the pairs."""
        for (name, key), records in self._by_key.items():
            for path, values in columns.items():
                if split_words(path)[-1:] != split_words(key)[-1:]:
                    continue
                rows = [records.get(value) if isinstance(value, str) else None for value in values]
                if 2 * sum(map(bool, rows)) < len(values):
                    continue
                for field in sorted({field for row in rows for field in row or ()} - {key}):
                    texts = [formula_value(row.get(field, ())) if row else None for row in rows]
                    if 2 * sum(map(same_value, texts, wanted)) >= len(wanted):
                        yield (path,), (self.look_up(name, field, key),)

    def look_up(self, collection: str, field: str, key: str = ID) -> op.LookUp:
        """Make the operation that gives a field of a collection's record, by what its records are called."""
        records = self._by_key.get((collection, key), {})
        texts = ((value, formula_value(record.get(field, ()))) for value, record in records.items())
        return op.LookUp(
            collection, field, tuple(sorted((value, text) for value, text in texts if isinstance(text, str))), key
        )

    def filled(self, step: op.LookUp) -> op.LookUp:
        """Give an operation that people wrote in words the records that it looks among."""
        return step if step.pairs else self.look_up(step.collection, step.field, step.key)


def _is_key(path: str) -> bool:
    return "[]" not in path and bool(KEYS & {*split_words(path)[-1:]})

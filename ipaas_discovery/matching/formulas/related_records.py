"""Records of a system's other collections, found by what a field says of them: an id, a code, a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.formula_values import Column, comparable, formula_value, held_values
from ipaas_discovery.matching.formulas.operations import Value
from ipaas_discovery.matching.formulas.paired_records import Columns
from ipaas_discovery.samples.sample import Record, Sample

__all__ = ["RelatedRecords"]

ID = "id"
KEYS = frozenset({"code", "key", "number", "sku"})
"""Last words of fields by which records are named beside their id, if no two have the same."""

TRIED = 12
"""Pairs on which a look-up is tried."""

LookedUp = tuple[tuple[str], tuple[op.LookUp]]


@dataclass(frozen=True)
class _Related:
    """A record: its values by path, and the paths by what is compared of their values."""

    values: Mapping[str, Value]
    paths: Mapping[object, tuple[str, ...]]

    @classmethod
    def of(cls, record: Record) -> _Related:
        values = {path: formula_value(held) for path, held in held_values(record).items()}
        paths: dict[object, tuple[str, ...]] = {}
        for path, value in values.items():
            paths[comparable(value)] = (*paths.get(comparable(value), ()), path)
        return cls(values, paths)


Named = dict[str, _Related]
"""Records by what they are called."""


@dataclass(frozen=True)
class RelatedRecords:
    """Samples of one system's collections, by name."""

    samples: Mapping[str, Sample]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Named]:
        """List the values of each collection's records by each field that tells them apart."""
        tables: dict[tuple[str, str], Named] = {}
        for name, sample in sorted(self.samples.items()):
            records = [_Related.of(record) for record in sample.records]
            for key in sorted({path for record in records for path in record.values if path == ID or _is_key(path)}):
                named = {value: record for record in records if isinstance(value := record.values.get(key), str)}
                if named and len(named) == sum(record.values.get(key) is not None for record in records):
                    tables[name, key] = named
        return tables

    def look_ups(self, columns: Columns, wanted: Column, own: str = "") -> Iterator[LookedUp]:
        """List fields of records of collections other than `own` that give the value of at least half of the pairs."""
        tried = range(0, len(wanted), max(1, len(wanted) // TRIED))
        for (name, key), records in self._by_key.items():
            for path in columns.by_last_word.get(split_words(key)[-1], ()) if name != own else ():
                values = columns.texts[path]
                if 2 * sum(map(records.__contains__, values)) < len(values):
                    continue
                seen = [(records[value], wanted[row]) for row in tried if isinstance(value := values[row], str) and value in records]
                agreed = Counter(field for record, value in seen for field in record.paths.get(comparable(value), ()))
                for field in sorted(agreed.keys() - {key}):
                    if 2 * agreed[field] >= len(tried):
                        yield (path,), (self.look_up(name, field, key),)

    def look_up(self, collection: str, field: str, key: str = ID) -> op.LookUp:
        """Make the operation that gives a field of a collection's record, by what its records are called."""
        records = self._by_key.get((collection, key), {})
        texts = ((value, record.values.get(field)) for value, record in records.items())
        pairs = sorted((value, text) for value, text in texts if isinstance(text, str))
        return op.LookUp(collection, field, tuple(pairs), key)

    def filled(self, step: op.FormulaStep) -> op.FormulaStep:
        """Give a look-up that people wrote in words the records that it looks among."""
        if not isinstance(step, op.LookUp) or step.pairs:
            return step
        return self.look_up(step.collection, step.field, step.key)


def _is_key(path: str) -> bool:
    return "[]" not in path and bool(KEYS & {*split_words(path)[-1:]})

"""Fields and values as evidence: how much of what two collections hold is the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log, sqrt

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.normalised_values import informative, normalised
from ipaas_discovery.schemas.field_paths import list_depth, split_path
from ipaas_discovery.schemas.schema import Schema

__all__ = ["FieldEvidence"]

DEEPEST = 2
"""Parts of the paths that are looked at: what stands deeper belongs to another collection."""
FEWEST = 5
"""Values that a collection shows at least, before those in common say something."""


class FieldEvidence:
    """The meanings of all collections' fields, the rarer the weightier, and their values."""

    def __init__(self, schemas: Mapping[tuple[str, str], Schema]) -> None:
        self._schemas = schemas

    @cached_property
    def _meanings(self) -> dict[tuple[str, str], frozenset[tuple[str, ...]]]:
        thesaurus = Thesaurus.load()
        return {key: frozenset(_meanings(schema, thesaurus)) for key, schema in self._schemas.items()}

    @cached_property
    def _weights(self) -> dict[tuple[str, ...], float]:
        counts = Counter(meaning for meanings in self._meanings.values() for meaning in meanings)
        return {meaning: log(1 + len(self._meanings) / times) for meaning, times in counts.items()}

    @cached_property
    def _values(self) -> dict[tuple[str, str], frozenset[str]]:
        return {key: _values(schema) for key, schema in self._schemas.items()}

    def fields(self, one: tuple[str, str], other: tuple[str, str]) -> float | None:
        """Compare the fields of two collections, 0 to 1; None where one's are not known."""
        if one not in self._schemas or other not in self._schemas:
            return None
        left, right = self._meanings[one], self._meanings[other]
        if not left or not right:
            return None
        weigh = self._weight
        return weigh(left & right) / sqrt(weigh(left) * weigh(right))

    def values(self, one: tuple[str, str], other: tuple[str, str]) -> float | None:
        """Compute the share of values in common, 0 to 1, of the collection that shows fewer; None where too few are."""
        if one not in self._schemas or other not in self._schemas:
            return None
        left, right = self._values[one], self._values[other]
        fewer = min(len(left), len(right))
        return len(left & right) / fewer if fewer >= FEWEST else None

    def _weight(self, meanings: Iterable[tuple[str, ...]]) -> float:
        return sum(self._weights[meaning] for meaning in meanings)


def _meanings(schema: Schema, thesaurus: Thesaurus) -> Iterable[tuple[str, ...]]:
    for field in schema.fields:
        parts = split_path(field.path)
        if len(parts) <= DEEPEST and set(field.types) != {"object"}:
            yield tuple(sorted(thesaurus.meanings(split_words(list_depth(parts[-1])[0]))[0]))


def _values(schema: Schema) -> frozenset[str]:
    """List the telling values of the fields that are different nearly everywhere."""
    seen = (field.observed for field in schema.fields if field.observed and "[]" not in field.path)
    keys = (one for one in seen if one.distinct > one.filled / 2 and "string" in one.types)
    values = (value for one in keys for value in (*(top for top, _ in one.top), *one.examples))
    return frozenset(text for value in values if (text := normalised(value)) and informative(text))

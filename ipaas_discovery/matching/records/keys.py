"""Proposed keys, strongest first: fields that tell records apart and stand on both sides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.normalised_values import informative, normalised
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.schemas.schema import split_path

__all__ = ["Key", "Values", "distinctive_values", "proposed_keys", "raw_values", "sample_values"]

Key = tuple[str, str]
"""A left path and a right path that hold the same value in the same record."""

Values = Mapping[str, tuple[str, ...]]
"""The normalised values of one record, by path."""

UNIQUE = 0.9
"""The share of values that have to differ in a field whose name says that it tells records apart."""

FILLED = 0.2
"""The share of records that have to hold it."""

SHARED = 0.05
"""The share of the smaller side's values that has to stand on the other side too."""

CONFIRMED = 0.2
"""Margin over chance by which paired records agree elsewhere, when the key alone may be chance."""

CONTRADICTED = 0.1
"""The share of records that a weaker key may pair otherwise than the strongest."""

_AMOUNT = re.compile(r"-?\d+\.\d+")

MOST = 8
"""Keys proposed at most."""


def raw_values(record: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    r"""List the scalar values of a record with their paths; list elements share one path.

    >>> list(raw_values({"id": 1, "lines": [{"sku": "a"}, {"sku": "b"}]}))
    [('id', 1), ('lines[].sku', 'a'), ('lines[].sku', 'b')]
    """
    for key, value in record.items():
        yield from _below(value, prefix + key.replace(".", "\\."))


def _below(value: Any, path: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any JSON value
    if isinstance(value, Mapping):
        yield from raw_values(value, path + ".")
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _below(item, path + "[]")
    else:
        yield path, value


def sample_values(sample: Sample) -> list[Values]:
    """Normalise every record's values, by path."""
    return [_record_values(record) for record in sample.records]


def _record_values(record: Mapping[str, Any]) -> Values:
    values: dict[str, tuple[str, ...]] = {}
    for path, value in raw_values(record):
        plain = normalised(value)
        values[path] = values.get(path, ()) + ((plain,) if plain is not None else ())
    return values


def distinctive_values(record: Values) -> frozenset[str]:
    """List the values of a record that two records do not share by chance."""
    return frozenset(value for values in record.values() for value in values if informative(value))


def proposed_keys(left: Sequence[Values], right: Sequence[Values]) -> tuple[Key, ...]:
    """Propose keys: unique on both sides, values in common, alike by name; strongest first.

    Whole numbers in a row stand in any two systems, so a key of such numbers has to be confirmed: the
    records it pairs must agree elsewhere more often than records paired at random. A key that pairs
    other records than the strongest one does is dropped.
    """
    ours, theirs = _candidates(left), _candidates(right)
    candidates: list[tuple[float, Key, dict[int, int]]] = []
    for left_path, our_rows in sorted(ours.items()):
        for right_path, their_rows in sorted(theirs.items()):
            common = our_rows.keys() & their_rows.keys()
            share = len(common) / min(len(our_rows), len(their_rows))
            if share >= SHARED and _beats_chance(common, (our_rows, their_rows), left, right):
                joined = {our_rows[value]: their_rows[value] for value in sorted(common)}
                strength = share * (0.5 + _name_similarity(left_path, right_path))
                candidates.append((-strength, (left_path, right_path), joined))
    ranked = sorted(candidates, key=lambda candidate: candidate[:2])
    return tuple(key for _, key, joined in ranked if _agrees(joined, ranked[0][2]))[:MOST]


def _agrees(joined: Mapping[int, int], strongest: Mapping[int, int]) -> bool:
    """Tell whether two keys pair the same records, as far as both pair them."""
    both = joined.keys() & strongest.keys()
    return sum(joined[row] != strongest[row] for row in both) <= CONTRADICTED * len(both)


def _candidates(records: Sequence[Values]) -> dict[str, dict[str, int]]:
    """Map each path that tells records apart to its values, and those to the first record that holds each."""
    occurrences: dict[str, Counter[str]] = {}
    first: dict[str, dict[str, int]] = {}
    for row, record in enumerate(records):
        for path, values in record.items():
            for value in dict.fromkeys(values):
                occurrences.setdefault(path, Counter())[value] += 1
                first.setdefault(path, {}).setdefault(value, row)
    return {path: first[path] for path, counts in occurrences.items() if _tells_apart(path, counts, len(records))}


def _tells_apart(path: str, counts: Counter[str], records: int) -> bool:
    """Accept a name such as number, e-mail or id that repeats little, any other that never does; no amounts."""
    if any(_AMOUNT.fullmatch(value) for value in counts) or counts.total() < FILLED * records:
        return False
    meanings = Thesaurus.load().meanings(_words(path))
    keys = set(field_words().key_words("pair"))
    named = any(keys & set(meaning) for meaning in meanings)
    return len(counts) >= (UNIQUE if named else 1) * counts.total()


def _beats_chance(
    common: set[str],
    sides: tuple[Mapping[str, int], Mapping[str, int]],
    left: Sequence[Values],
    right: Sequence[Values],
) -> bool:
    """Tell whether the values in common are more than chance."""
    if any(informative(value) and not value.isdigit() for value in common):
        return True
    ordered = sorted(common)
    our_rows, their_rows = [sides[0][value] for value in ordered], [sides[1][value] for value in ordered]
    shifted = their_rows[1:] + their_rows[:1]
    distinctive = {
        (side, row): distinctive_values(records[row]) - common
        for side, records, rows in (("left", left, our_rows), ("right", right, their_rows))
        for row in rows
    }

    def support(rows: list[int]) -> float:
        agreeing = (bool(distinctive["left", a] & distinctive["right", b]) for a, b in zip(our_rows, rows, strict=True))
        return sum(agreeing) / len(ordered)

    return support(their_rows) >= support(shifted) + CONFIRMED if len(ordered) > 1 else support(their_rows) > 0


def _name_similarity(left: str, right: str) -> float:
    """Measure how much of their names' meaning two paths share, 0 to 1."""
    thesaurus = Thesaurus.load()
    ours, theirs = (set(thesaurus.meanings(_words(path))[0]) for path in (left, right))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def _words(path: str) -> tuple[str, ...]:
    return split_words(split_path(path)[-1].removesuffix("[]"))

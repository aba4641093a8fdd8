"""Proposed keys, strongest first: fields that tell records apart and stand on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.people.person_names import person_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.normalised_values import informative
from ipaas_discovery.matching.records.columns import Column

__all__ = ["Key", "name_similarity", "proposed_keys"]

Key = tuple[str, str]
"""A left path and a right path that hold the same value in the same record."""

UNIQUE = 0.9
"""The share of values that have to differ in a field whose name says that it tells records apart."""

FILLED = 0.1
"""The share of records that have to hold it."""

SHARED = 0.05
"""The share of the smaller side's values that has to stand on the other side too."""

CROWD = 3
"""A value that more records than this hold is a placeholder, and counts neither for nor against a key."""

CONFIRMED = 0.2
"""Margin over chance by which paired records agree elsewhere, when the key alone may be chance."""

CONTRADICTED = 0.1
"""The share of records that a weaker key may pair otherwise than the strongest."""

FORMS = ("email", "integer", "code", "text", "title")
"""Forms of what may be a key: no times, no amounts, and no telephones, which a house shares."""

MOST = 8
"""Keys proposed at most."""


@dataclass(frozen=True)
class _Candidate:
    key: Key
    strength: float
    joined: Mapping[int, int]


def proposed_keys(left: Mapping[str, Column], right: Mapping[str, Column]) -> tuple[Key, ...]:
    """Propose keys: values that one record holds, in common on both sides, names alike; strongest first.

    What many records share is left aside. Whole numbers in a row stand in any two systems, so a key of such numbers
    has to be confirmed: the records it pairs agree elsewhere more often than records paired at random. A key that
    pairs other records than the strongest does is dropped.
    """
    ours, theirs = _telling(left), _telling(right)
    candidates = [
        candidate
        for a, our_rows in ours.items()
        for b, their_rows in theirs.items()
        if (candidate := _candidate(left[a], right[b], our_rows, their_rows))
        and _beats_chance(candidate, left, right, set(our_rows) & set(their_rows))
    ]
    ranked = sorted(candidates, key=lambda candidate: (-candidate.strength, candidate.key))
    return tuple(row.key for row in ranked if _agrees(row.joined, ranked[0].joined))[:MOST]


def _telling(columns: Mapping[str, Column]) -> dict[str, dict[str, int]]:
    """Map each path that tells records apart to its values that one record holds, and those to the record."""
    return {path: _own(column) for path, column in columns.items() if _tells_apart(column)}


def _tells_apart(column: Column) -> bool:
    """Accept a name such as number, e-mail or id that repeats little, any other that never does."""
    own = sum(count for count in column.counts.values() if count <= CROWD)
    if column.form not in FORMS or own < FILLED * len(column.rows) or person_words().touched & column.all_words:
        return False
    keys = set(field_words().key_words("pair"))
    named = any(keys & set(meaning) for meaning in Thesaurus.load().meanings(column.words))
    different = sum(count <= CROWD for count in column.counts.values())
    return different >= (UNIQUE if named or column.form == "email" else 1) * own


def _own(column: Column) -> dict[str, int]:
    return {value: at for at, row in enumerate(column.rows) for value in row if column.counts[value] == 1}


def _candidate(left: Column, right: Column, ours: Mapping[str, int], theirs: Mapping[str, int]) -> _Candidate | None:
    common = ours.keys() & theirs.keys()
    share = len(common) / max(1, min(len(ours), len(theirs)))
    if not common or share < SHARED:
        return None
    joined = {ours[value]: theirs[value] for value in sorted(common)}
    strength = share * (0.5 + name_similarity(left, right))
    return _Candidate((left.path, right.path), strength, joined)


def _agrees(joined: Mapping[int, int], strongest: Mapping[int, int]) -> bool:
    """Tell whether two keys pair the same records, as far as both pair them."""
    both = joined.keys() & strongest.keys()
    return sum(joined[row] != strongest[row] for row in both) <= CONTRADICTED * len(both)


def _beats_chance(
    candidate: _Candidate, left: Mapping[str, Column], right: Mapping[str, Column], common: set[str]
) -> bool:
    """Tell whether the values in common are more than chance."""
    if any(informative(value) and not value.isdigit() for value in common):
        return True
    rows = [*candidate.joined]
    partners = [candidate.joined[row] for row in rows]
    ours, theirs = (
        [_distinctive(columns.values(), row) - common for row in at]
        for columns, at in ((left, rows), (right, partners))
    )

    def support(shift: int) -> float:
        shifted = theirs[shift:] + theirs[:shift]
        return sum(bool(a & b) for a, b in zip(ours, shifted, strict=True)) / len(rows)

    return support(0) >= support(1) + CONFIRMED if len(rows) > 1 else support(0) > 0


def _distinctive(columns: Iterable[Column], row: int) -> frozenset[str]:
    return frozenset(value for column in columns for value in column.rows[row] if informative(value))


def name_similarity(left: Column, right: Column) -> float:
    """Measure how much of their names' meaning two columns share, 0 to 1."""
    thesaurus = Thesaurus.load()
    ours, theirs = (set(thesaurus.meanings(column.words)[0]) for column in (left, right))
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0

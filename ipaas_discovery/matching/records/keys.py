"""Proposed keys, strongest first: fields that tell records apart and stand on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ipaas_discovery.knowledge.field_words import field_words
from ipaas_discovery.knowledge.people.person_names import person_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.normalised_values import informative
from ipaas_discovery.matching.records.columns import Column

__all__ = ["JOINED", "Key", "composite", "composite_key", "name_similarity", "proposed_keys"]

Key = tuple[str, str]
"""A left path and a right path that hold the same value in the same record; of a composite key all paths, joined."""

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

PARTS = ("integer", "code", "text", "title", "date")
PARTLY, NAMED = 0.5, 0.6
"""Share of the records that hold each part of a composite key, and likeness of the names of the parts."""
JOINED = " + "
"""Sign between the parts of a composite key."""

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


def composite(columns: Mapping[str, Column], paths: Sequence[str]) -> Column:
    """Join columns to one, whose records hold a value where each of the columns holds one."""
    rows = [
        tuple(JOINED.join(values) for values in product(*parts))
        for parts in zip(*(columns[path].rows for path in paths), strict=True)
    ]
    return Column(JOINED.join(paths), "code", rows)


def composite_key(left: Mapping[str, Column], right: Mapping[str, Column]) -> tuple[Column, Column] | None:
    """Propose two fields of like names that tell records apart together, where no field does alone.

    One of them has to hold words or codes that stand on both sides, so that numbers in a row make no key.
    """
    alike = _alike(left, right)
    best: tuple[float, tuple[Column, Column]] | None = None
    for at, one in enumerate(alike):
        for other in alike[at + 1 :]:
            if one[0] == other[0] or one[1] == other[1]:
                continue
            columns = composite(left, (one[0], other[0])), composite(right, (one[1], other[1]))
            if not all(map(_is_unique, columns)) or not _says_something(columns, left, right, (one, other)):
                continue
            ours, theirs = (set(column.counts) for column in columns)
            share = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
            if share >= SHARED and (best is None or share > best[0]):
                best = share, columns
    return best[1] if best else None


def _alike(left: Mapping[str, Column], right: Mapping[str, Column]) -> list[Key]:
    """List pairs of columns with like names and values in common, the most telling first."""
    touched = person_words().touched
    sides = [
        [column for column in side.values() if column.form in PARTS and not touched & column.all_words
         and column.filled >= PARTLY * len(column.rows) and len(column.counts) > 1]
        for side in (left, right)
    ]  # fmt: skip
    candidates = [
        (min(len(a.counts), len(b.counts)) * named, (a.path, b.path))
        for a in sides[0]
        for b in sides[1]
        if (named := name_similarity(a, b)) >= NAMED and a.counts.keys() & b.counts.keys()
    ]
    return [key for _, key in sorted(candidates, key=lambda row: (-row[0], row[1]))][:MOST]


def _is_unique(column: Column) -> bool:
    own = sum(count for count in column.counts.values() if count <= CROWD)
    return own > 0 and sum(count == 1 for count in column.counts.values()) >= UNIQUE * own


def _says_something(
    columns: tuple[Column, Column], left: Mapping[str, Column], right: Mapping[str, Column], keys: tuple[Key, Key]
) -> bool:
    """Tell whether values in common are words or codes, or records that share a value agree elsewhere, too."""
    for a, b in keys:
        common = left[a].counts.keys() & right[b].counts.keys()
        if any(informative(value) and not value.isdigit() for value in common):
            return True
    ours, theirs = _own(columns[0]), _own(columns[1])
    joined = {ours[value]: theirs[value] for value in sorted(ours.keys() & theirs.keys())}
    return bool(joined) and _beats_chance(_Candidate(keys[0], 1.0, joined), left, right, set())


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

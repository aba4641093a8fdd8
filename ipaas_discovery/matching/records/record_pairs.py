"""Pairs: the same record found in both systems, by a cascade of keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.errors import UnknownNameError
from ipaas_discovery.matching.agreement import Agreement, agreement_of
from ipaas_discovery.matching.keys import Key, Values, distinctive_values, proposed_keys, sample_values
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.field_matches import Matches

__all__ = ["Pair", "Pairs", "pair_records"]

SHARED = 3
"""A value that more records than this hold on one side is a placeholder, and joins nothing."""

COLUMNS = {"left": "Int64", "right": "Int64", "left_key": "str", "right_key": "str", "value": "str"}


@dataclass(frozen=True, slots=True)
class Pair:
    """The record at `left` of one sample and the one at `right` of the other, and the key that joined them."""

    left: int
    right: int
    key: Key
    value: str


@dataclass(frozen=True, slots=True)
class Pairs(Tabular):
    """The records found on both sides; each record stands in one pair at most. `keys` is the cascade used."""

    left: Sample
    right: Sample
    pairs: tuple[Pair, ...] = ()
    keys: tuple[Key, ...] = ()

    def __len__(self) -> int:
        return len(self.pairs)

    def frame(self) -> pd.DataFrame:
        """Return one row per pair: both positions in the samples, the key's two paths, and the value they share.

        Dtypes: Int64 for left and right, text for the others.
        """
        rows = (
            {"left": p.left, "right": p.right, "left_key": p.key[0], "right_key": p.key[1], "value": p.value}
            for p in self.pairs
        )
        return frame_of(rows, COLUMNS)

    def _facts(self) -> dict[str, Any]:
        sides = {"left": self.left, "right": self.right}
        about = {name: {"system": side.system, "collection": side.collection} for name, side in sides.items()}
        return {**about, "keys": [list(key) for key in self.keys]}

    def agreement(self, mappings: Matches | Iterable[tuple[str, str]] | None = None) -> Agreement:
        """Count how often each mapped pair of fields holds the same value in paired records.

        Args:
            mappings: pairs of left and right paths, or matches whose proposals are used; by default
                the proposals of `match_fields` on what both samples show.

        Returns:
            One row per pair of fields. A single value that faces a list, as a billing city the cities of all
            addresses, is equal after normalising if the list holds it.
        """
        return agreement_of(self.left, self.right, [(p.left, p.right) for p in self.pairs], mappings)


def pair_records(left: Sample, right: Sample, keys: Sequence[Key] | None = None) -> Pairs:
    """Find the same record in both samples.

    Keys are tried in turn; what one key has paired the next leaves alone. Values are compared after
    normalising (case, spaces, padding zeros). A value that more than three records share is skipped;
    among up to three, those pair that share the most other values.

    Args:
        left: records of one system.
        right: records of the other.
        keys: pairs of a left and a right path, strongest first; by default proposed from fields that
            tell records apart and share values.

    Raises:
        UnknownNameError: if a key's path is in no record of a sample that has records.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> ours = Sample("a", "customers", ({"email": "ada@example.test"}, {"email": "bo@example.test"}), Stop.COMPLETE)
    >>> theirs = Sample("b", "users", ({"mail": "BO@example.test"},), Stop.COMPLETE)
    >>> [(pair.left, pair.right, pair.key) for pair in pair_records(ours, theirs).pairs]
    [(1, 0, ('email', 'mail'))]
    """
    ours, theirs = sample_values(left), sample_values(right)
    if keys is None:
        chosen = proposed_keys(ours, theirs)
    else:
        chosen = tuple((str(a), str(b)) for a, b in keys)
        for sample, values, paths in ((left, ours, [a for a, _ in chosen]), (right, theirs, [b for _, b in chosen])):
            _check(sample, values, paths)
    return Pairs(left, right, _cascade(ours, theirs, chosen), chosen)


def _check(sample: Sample, values: Sequence[Values], paths: Iterable[str]) -> None:
    known = {path for record in values for path in record}
    for path in paths:
        if values and path not in known:
            raise UnknownNameError("key", path, known, where=f"{sample.system} {sample.collection}")


def _cascade(ours: Sequence[Values], theirs: Sequence[Values], keys: Sequence[Key]) -> tuple[Pair, ...]:
    free: tuple[set[int], set[int]] = (set(range(len(ours))), set(range(len(theirs))))
    pairs: list[Pair] = []
    distinctive = [distinctive_values(record) for record in ours], [distinctive_values(record) for record in theirs]
    for key in keys:
        our_rows, their_rows = _index(ours, key[0]), _index(theirs, key[1])
        for value in sorted(our_rows.keys() & their_rows.keys()):
            if max(len(our_rows[value]), len(their_rows[value])) > SHARED:
                continue
            for a, b in _closest(our_rows[value], their_rows[value], distinctive):
                if a in free[0] and b in free[1]:
                    free[0].discard(a)
                    free[1].discard(b)
                    pairs.append(Pair(a, b, key, value))
    return tuple(sorted(pairs, key=lambda pair: (pair.left, pair.right)))


def _index(records: Sequence[Values], path: str) -> dict[str, list[int]]:
    """List the positions of the records that hold each normalised value at `path`."""
    index: dict[str, list[int]] = {}
    for row, record in enumerate(records):
        for value in dict.fromkeys(record.get(path, ())):
            index.setdefault(value, []).append(row)
    return index


def _closest(
    left: Sequence[int], right: Sequence[int], distinctive: tuple[list[frozenset[str]], list[frozenset[str]]]
) -> list[tuple[int, int]]:
    """Pair the candidates, those with the most distinctive values in common first."""
    candidates = [(a, b) for a in left for b in right]
    return sorted(candidates, key=lambda pair: (-len(distinctive[0][pair[0]] & distinctive[1][pair[1]]), pair))

"""Agreement of every field with every other over paired records: evidence for a match, against it, and of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.normalised_values import normalised
from ipaas_discovery.matching.records.agreement import (
    LOOKED_UP,
    MAPPED,
    REFUTES,
    SCALED,
    AgreementRow,
    Held,
    PairedValues,
)
from ipaas_discovery.matching.records.record_pairs import Pairs

__all__ = ["FieldAgreement"]

Table = NDArray[np.float32]
Codes = NDArray[np.int32]

LOOKED_AT = 200
"""Pairs of records that are compared in all fields at most, taken evenly."""
CHANCES = 2
"""Ways to pair the same records wrongly, by which the agreement of chance is measured."""
FOR, AGAINST = 30.0, 8.0
"""Times that a full agreement beyond chance makes a match likelier, and that none at all makes it less likely."""
PAUSE = 3.0
"""Pairs at which an agreement counts half."""
LIKELY = 0.4
"""Score from which a match that the records refute is looked at value by value."""
HALF, ENOUGH = 0.5, 5
"""Share of equal values below which records speak against a match, and number of records from which they do."""
LEVELLED = 0.5
"""Weight of an agreement of codes with names, of which nobody knows how much is chance."""
BEST = 10
"""Destinations of each source whose values are compared one by one where they speak against it."""
SEVERAL = -2
"""Code of a field that holds several values in a record."""


@dataclass(frozen=True)
class FieldAgreement:
    """Agreement of all fields of the source's records with all of the destination's, in the same records.

    Attributes:
        values: what the same records hold on both sides.
        codes: numbers of both sides' values by field, one a pair of records; 0 where a field is empty.
        source: the side from which values come.
    """

    values: PairedValues
    codes: tuple[Mapping[str, Codes], Mapping[str, Codes]]
    source: Literal["left", "right"] = "left"

    @classmethod
    def of(cls, pairs: Pairs) -> tuple[FieldAgreement, FieldAgreement]:
        """Look at paired records, from the left to the right and the other way."""
        step = max(1, -(-len(pairs) // LOOKED_AT))
        values = (pairs if step == 1 else replace(pairs, pairs=pairs.pairs[::step])).values
        numbers: dict[str, int] = {}
        left, right = (_coded(side, numbers) for side in values.sides)
        return cls(values, (left, right), "left"), cls(values, (right, left), "right")

    def shares(self, sources: Sequence[str], destinations: Sequence[str]) -> Table:
        """Give the share of the pairs holding both fields in which they are equal; NaN where none holds both."""
        equal, both = _compared(*self._tables(sources, destinations))
        return np.where(both > 0, equal / np.maximum(both, 1), np.nan).astype(np.float32)

    def weighed(self, scores: Table, sources: Sequence[str], destinations: Sequence[str], looked_up: Table) -> Table:
        """Raise the scores of fields that agree beyond chance, and lower those of fields whose values differ.

        The more agrees by chance, as of two that are mostly true, the less a part of the rest says.
        Where values stand for others, or may as `looked_up` says of ids, that they differ says nothing.
        """
        ours, theirs = self._tables(sources, destinations)
        equal, both = _compared(ours, theirs)
        chance = _by_chance(ours, theirs)
        share = equal / np.maximum(both, 1)
        gained = np.maximum((share - chance) / np.maximum(1 - chance, 1e-6), 0)
        beyond = gained ** (1 + chance) * (both / (both + PAUSE))
        odds = FOR**beyond
        doubted = (scores >= LIKELY) & (both >= ENOUGH) & (share < HALF)
        odds = np.where(doubted & np.logical_not(looked_up), AGAINST ** (share / HALF - 1), odds)
        best = scores >= np.sort(scores, axis=1)[:, -min(BEST, scores.shape[1]) :][:, :1]
        for row, column in np.argwhere(doubted & best).tolist():
            known = self.row(sources[row], destinations[column])
            if known.outcome == SCALED:
                odds[row, column] = FOR
            elif known.outcome in {MAPPED, LOOKED_UP} or looked_up[row, column]:
                odds[row, column] = FOR ** float(beyond[row, column])
            elif (known.share or 0) >= HALF:
                odds[row, column] = FOR ** (LEVELLED * (known.share or 0))
            else:
                odds[row, column] = AGAINST ** ((known.share or 0) / HALF - 1)
        weighed: Table = (scores * odds / np.maximum(scores * odds + 1 - scores, 1e-9)).astype(np.float32)
        return weighed

    def kind(self, source: str, destination: str, kind: str) -> str:
        """Correct the kind that names and types suggest: few values that stand for others are a look-up."""
        outcome = self.row(source, destination).outcome
        if outcome in {MAPPED, LOOKED_UP}:
            return "look-up"
        return "formula" if outcome in {SCALED, REFUTES} and kind == "field" else kind

    def why(self, source: str, destination: str) -> str:
        """Say in how many of the same records the two fields are equal; empty where none holds both."""
        known = self.row(source, destination)
        return known.counted if known.compared else ""

    def row(self, source: str, destination: str) -> AgreementRow:
        """Compare two fields, value by value; `left` of the row is the left side's field."""
        left, right = (source, destination) if self.source == "left" else (destination, source)
        return self.values.row(left, right)

    def _tables(self, sources: Sequence[str], destinations: Sequence[str]) -> tuple[Codes, Codes]:
        """Give the codes of both sides' fields, a row for each field."""
        size = len(self.values.records)
        ours, theirs = (
            np.array([columns.get(path, np.zeros(size, np.int32)) for path in paths], np.int32).reshape(
                len(paths), size
            )
            for columns, paths in zip(self.codes, (sources, destinations), strict=True)
        )
        return ours, theirs


def _coded(records: Sequence[Held], numbers: dict[str, int]) -> dict[str, Codes]:
    columns: dict[str, Codes] = {}
    for at, record in enumerate(records):
        for path, values in record.items():
            different = {plain for value in values if (plain := normalised(value)) is not None}
            if different:
                column = columns.setdefault(path, np.zeros(len(records), np.int32))
                codes = [numbers.setdefault(plain, len(numbers) + 1) for plain in sorted(different)]
                column[at] = codes[0] if len(codes) == 1 else SEVERAL
    return columns


def _by_chance(ours: Codes, theirs: Codes) -> Table:
    """Give the share in which every two fields are equal where the records are paired wrongly."""
    shape, size = (len(ours), len(theirs)), ours.shape[1]
    lucky, met = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for step in range(1, CHANCES + 1):
        hits, filled = _compared(ours, np.roll(theirs, step * size // (CHANCES + 1) or 1, axis=1))
        lucky, met = lucky + hits, met + filled
    return (lucky / np.maximum(met, 1)).astype(np.float32)


def _compared(ours: Codes, theirs: Codes) -> tuple[Table, Table]:
    """Count for every two fields the records in which they are equal, and in which both hold one value."""
    filled: Table = (ours > 0).astype(np.float32) @ (theirs > 0).astype(np.float32).T
    equal = np.zeros(filled.shape, np.float32)
    for a, b in zip(ours.T, theirs.T, strict=True):
        equal += (a[:, None] == b[None, :]) & (a > 0)[:, None]
    return equal, filled

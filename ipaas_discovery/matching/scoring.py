"""One score from the evidence, and what the evidence of brothers and sisters adds to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ipaas_discovery.matching.evidence_parts import Table

__all__ = ["WEIGHTS", "propagate", "score"]

WEIGHTS = {"name": 0.2, "concept": 0.35, "path": 0.2, "type": 0.1, "values": 0.25, "keyness": 0.05}
"""Weight of each kind of evidence; kinds for which there is none are left out of the sum."""

MIDDLE, STEEPNESS = 0.63, 9.0
"""Weighted sum that is as likely right as wrong, and how fast that changes around it."""

WEAK = 0.3
"""Weight left to the absence of shared values: two samples of the same field may well not overlap."""


PLACE = 3.0
"""Extra weight of the place for a name that says little, as `id` and `type` do."""


def score(evidence: Mapping[str, Table], specificity: Sequence[float]) -> Table:
    """Weigh the evidence there is, on a scale on which 0.5 is as good as a guess.

    `specificity` tells of each source field how much its name says, 0 to 1.
    """
    shape = evidence["name"].shape
    place = 1 + PLACE * (1 - np.array(specificity, dtype=np.float64).reshape(-1, 1))
    total, weights = np.zeros(shape), np.zeros(shape)
    for kind, table in evidence.items():
        known = ~np.isnan(table)
        trust = WEAK + (1 - WEAK) * table if kind == "values" else place if kind == "path" else 1.0
        weight = np.where(known, WEIGHTS[kind] * trust, 0.0)
        total += weight * np.where(known, table, 0.0)
        weights += weight
    return _calibrated(total / np.maximum(weights, 1e-9))


def _calibrated(mean: Table) -> Table:
    """Bend the mean by a logistic curve through 0, 0.5 at `MIDDLE`, and 1."""
    low, high, value = (1 / (1 + np.exp(-STEEPNESS * (x - MIDDLE))) for x in (0.0, 1.0, mean))
    table: Table = np.clip((value - low) / (high - low), 0.0, 1.0)
    return table


def propagate(path: Table, scores: Table, left: Sequence[str], right: Sequence[str]) -> Table:
    """Adjust `path` by one round: two parents whose children match well are likely the same place.

    `left` and `right` name each field's parent.
    """
    rows, columns = _groups(left), _groups(right)
    lifted = path.copy()
    for ours in rows.values():
        for theirs in columns.values():
            block = scores[np.ix_(ours, theirs)]
            best = block.max(axis=1).sum() + block.max(axis=0).sum()
            fit = best / (len(ours) + len(theirs))
            lifted[np.ix_(ours, theirs)] = 0.6 * path[np.ix_(ours, theirs)] + 0.4 * fit
    return lifted


def _groups(parents: Sequence[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for row, parent in enumerate(parents):
        groups.setdefault(parent, []).append(row)
    return groups

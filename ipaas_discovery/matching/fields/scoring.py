"""One score from the evidence, and what the evidence of brothers and sisters adds to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ipaas_discovery.matching.fields.likeness import Table

__all__ = ["WEIGHTS", "propagate", "score"]

WEIGHTS = {
    "name": 0.2,
    "concept": 0.4,
    "path": 0.2,
    "type": 0.1,
    "texts": 0.15,
    "look": 0.1,
    "description": 0.2,
    "keyness": 0.03,
}
"""Weight of each kind of evidence; kinds for which there is none are left out of the sum."""

MIDDLE, STEEPNESS = 0.56, 10.0
"""Weighted sum that is as likely right as wrong, and how fast that changes around it; set by hand on labels."""

RAISING = frozenset({"texts", "description"})
"""Kinds whose absence says little: they count by how much there is of them."""
WEAK = 0.25

PLACE = 3.0
"""Extra weight of the place for a name that says little, as `id` and `type` do."""
CARRIED, OWN_WORTH = 0.4, 0.6
"""Weight of the children's fit, and of the parents' own names, in a place."""
WITNESSED = 0.85
"""Part of the doubt that shared values can take."""


def score(evidence: Mapping[str, Table], strength: Table, specificity: Sequence[float]) -> Table:
    """Weigh the evidence there is, on a scale on which 0.5 is as good as a guess.

    `strength` tells how telling the shared values are, `specificity` of each source field how much its name
    says, 0 to 1.
    """
    shape = evidence["name"].shape
    place = 1 + PLACE * (1 - np.array(specificity, np.float32).reshape(-1, 1))
    total, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for kind, base in WEIGHTS.items():
        table = evidence[kind]
        known = ~np.isnan(table)
        trust = WEAK + (1 - WEAK) * table if kind in RAISING else place if kind == "path" else 1.0
        weight = np.where(known, base * trust, 0.0)
        total += weight * np.where(known, table, 0.0)
        weights += weight
    mean = total / np.maximum(weights, 1e-9)
    return _calibrated((mean + (1 - mean) * WITNESSED * strength).astype(np.float32))


def _calibrated(mean: Table) -> Table:
    """Bend the mean by a logistic curve through 0, 0.5 at `MIDDLE`, and 1."""
    low, high, value = (1 / (1 + np.exp(-STEEPNESS * (x - MIDDLE))) for x in (0.0, 1.0, mean))
    table: Table = np.clip((value - low) / (high - low), 0.0, 1.0).astype(np.float32)
    return table


def propagate(path: Table, scores: Table, left: Sequence[str], right: Sequence[str]) -> Table:
    """Adjust `path` by one round: two parents whose children match well are likely the same place.

    `left` and `right` name each field's parent.
    """
    rows, columns = _groups(left), _groups(right)
    lifted = path.copy()
    for ours in rows.values():
        for theirs in columns.values():
            cells = np.ix_(ours, theirs)
            block = scores[cells]
            fit = (block.max(axis=1).sum() + block.max(axis=0).sum()) / (len(ours) + len(theirs))
            lifted[cells] = OWN_WORTH * path[cells] + CARRIED * fit
    return lifted


def _groups(parents: Sequence[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for row, parent in enumerate(parents):
        groups.setdefault(parent, []).append(row)
    return groups

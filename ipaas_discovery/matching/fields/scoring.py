"""One score from the evidence, what the evidence of brothers and sisters adds to it, and its calibration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.knowledge.matching.score_weights import score_weights
from ipaas_discovery.matching.fields.likeness import Table
from ipaas_discovery.matching.fields.object_groups import best_of, mean_of, numbered
from ipaas_discovery.matching.fields.rivals import Rivals

__all__ = [
    "NameFacts",
    "Sums",
    "apart",
    "calibrated",
    "described",
    "falling",
    "ordered",
    "propagated",
    "ranked",
    "standing",
    "weighed",
    "without_settled",
]

RAISING = {"texts": 0.25, "description": 0.25, "values": 0.0}
"""Kinds whose absence says little, or nothing: they count by how much there is of them, and so much without."""
GROUNDS = frozenset({"name", "concept", "texts", "description", "embedding"})
"""Kinds that say that two fields are one; the others say only that they might be."""
CHANCE = 0.4
"""Likeness by chance."""
ALIKE, STEEPNESS = 0.9, 10.0
"""Weighted sum from which a child speaks for its parents' place, and how fast that sets in."""
LIKE, TOGETHER = 0.75, 1.5
"""Weighted sum from which two fields of lists match, and how many such make the lists go together."""
UNKNOWN = 0.9
"""Likeness of kinds of value of which one is unknown: most are alike."""
SAME = 0.9
"""Share of words in common from which two names mean the same, whatever sort of value their last words stand for."""
SETTLED = 2.0
"""Logarithm of odds from which a match is as good as sure, and no rival of others any more."""
DIGITS = 4
"""Digits that count: beyond them a computer's way to add up decides."""


@dataclass(frozen=True, slots=True)
class NameFacts:
    """Facts of the names alone, by source and destination; `specificity` is how much each source's says."""

    specificity: Sequence[float]
    clashing: NDArray[np.bool_]
    crossing: NDArray[np.bool_]
    astray: NDArray[np.bool_]
    strange: NDArray[np.bool_]
    own: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Sums:
    """Weighted sums of the evidence, 0 to 1, and what the circumstances alone would have given by chance.

    `near` is what the names have in common only because their words are of one field of meaning.
    """

    sums: Table
    chance: Table
    near: Table


def weighed(evidence: Mapping[str, Table], strength: Table, names: NameFacts, near: Table) -> Sums:
    """Weigh the evidence there is; `strength` tells how telling the shared values are."""
    learned = score_weights()
    place = 1 + learned.place["light"] * (1 - np.array(names.specificity, np.float32).reshape(-1, 1))
    total, weights, grounds = np.zeros_like(strength), np.full_like(strength, 1e-9), np.zeros_like(strength)
    for kind, base in learned.weights.items():
        if kind not in evidence:
            continue
        table = evidence[kind]
        known = ~np.isnan(table)
        likeness = np.where(known, table, 0.0)
        weak = RAISING.get(kind, 1.0)
        trust = place if kind == "path" else weak + (1 - weak) * likeness
        weight = np.where(known, np.float32(base) * trust, 0.0)
        total += weight * likeness
        weights += weight
        if kind in GROUNDS:
            grounds += weight * (likeness - CHANCE)
    mean = total / weights
    chance = mean - grounds / weights
    mean += (1 - mean) * np.float32(learned.doubt["witnessed"]) * strength
    clashing = names.clashing & (np.nan_to_num(evidence["concept"]) < SAME)
    mean -= learned.doubt["role"] * clashing * (1 - strength)
    mean -= learned.doubt["level"] * names.crossing * (1 - strength)
    mean -= learned.doubt["order"] * names.astray * (1 - strength)
    mean -= learned.doubt["strange"] * names.strange * (1 - strength)
    mean -= learned.doubt["own_id"] * np.array(names.own)
    return Sums(mean.astype(np.float32), chance.astype(np.float32), near)


def described(sums: Sums, description: Table) -> Sums:
    """Add what both descriptions say; that they do not, or that there is none, takes nothing."""
    gain = np.float32(score_weights().gain["described"]) * np.nan_to_num(description)
    return replace(sums, sums=sums.sums + gain)


def propagated(path: Table, sums: Table, left: Sequence[str], right: Sequence[str]) -> Table:
    """Adjust `path` by one round: two parents whose children match well are likely the same place.

    `left` and `right` name each field's parent.
    """
    weights = score_weights().place
    fit: Table = (1 / (1 + np.exp(STEEPNESS * (ALIKE - sums)))).astype(np.float32)
    rows, columns = numbered(left), numbered(right)
    outward = mean_of(best_of(fit, columns).T, rows).T
    inward = mean_of(best_of(fit.T, rows).T, columns)
    carried = weights["ours"] * outward + (1 - weights["ours"]) * inward
    table: Table = (weights["own"] * path + weights["carried"] * carried[np.ix_(rows, columns)]).astype(np.float32)
    return table


def apart(sums: Table, left: Sequence[str], right: Sequence[str], named: Mapping[str, object]) -> NDArray[np.bool_]:
    """Tell which fields stand in lists that go with others: a line's address is no part of the bill's.

    `left` and `right` are the path of the outermost list of each field, empty for none; `named` gives the meaning of
    each. A list with a namesake opposite goes with that one, however many fields of another are alike.
    """
    fit: Table = (1 / (1 + np.exp(STEEPNESS * (LIKE - sums)))).astype(np.float32)
    rows, columns = numbered(left), numbered(right)
    ours, theirs = [*dict.fromkeys(left)], [*dict.fromkeys(right)]
    sizes = np.bincount(rows)[:, None], np.bincount(columns)
    whole = np.minimum(
        mean_of(best_of(fit, columns).T, rows).T * sizes[0], mean_of(best_of(fit.T, rows).T, columns) * sizes[1]
    )
    lists = np.logical_and.outer([bool(name) for name in ours], [bool(name) for name in theirs])
    whole = np.where(lists & (whole >= TOGETHER), whole, 0)
    namesakes = lists & np.array([[named[one] == named[other] for other in theirs] for one in ours])
    claimed = namesakes.any(axis=0) | namesakes.any(axis=1)[:, None]
    other = (whole < whole.max(axis=0)) | (whole < whole.max(axis=1)[:, None])
    other = np.where(lists & claimed, ~namesakes, other)
    spread_out: NDArray[np.bool_] = other[np.ix_(rows, columns)]
    return spread_out


def ranked(
    weighed: Sums, evidence: Mapping[str, Table], rivals: Rivals, odds: Mapping[str, float] | None = None
) -> Table:
    """Weigh what makes each cell likely, most of all how far it is ahead of its rivals; as the logarithm of odds.

    `odds` are the weights that ship, or others.
    """
    odds = odds or score_weights().odds
    table = np.full_like(weighed.sums, odds["bias"])
    for name, likely in standing(weighed, evidence, rivals):
        table += np.float32(odds[name]) * likely
    return table.round(DIGITS).astype(np.float32)


def standing(weighed: Sums, evidence: Mapping[str, Table], rivals: Rivals) -> Iterator[tuple[str, Table]]:
    """Measure what makes each cell likely: how far it is ahead of its rivals, where it has grounds for that."""
    sums = weighed.sums
    grounds = sums - weighed.chance
    best = rivals.best_source(sums)
    yield "destination", np.minimum(sums - rivals.best_destination(sums), grounds)
    yield "source", np.minimum(sums - best, grounds)
    yield "first", (sums >= best).astype(np.float32)
    yield "name", np.nan_to_num(evidence["name"])
    yield "near", weighed.near
    yield "type", np.nan_to_num(evidence["type"], nan=UNKNOWN)


def ordered(sums: Table, rivals: Rivals) -> NDArray[np.intp]:
    """Order each source's destinations, best first: by the sum, and by how far it is above the best other source's.

    Equal ones stay as their paths stand.
    """
    chosen = sums - rivals.best_source(sums)
    return (-(sums + chosen).round(DIGITS)).argsort(axis=1, kind="stable")


def without_settled(weighed: Sums, evidence: Mapping[str, Table], rivals: Rivals) -> Rivals:
    """Take the first ranks that are as good as sure out of the race, if they are so for their destination, too."""
    ranking = ranked(weighed, evidence, rivals)
    best = ranking.argmax(axis=0)
    firsts = enumerate(ordered(weighed.sums, rivals)[:, 0].tolist())
    sure = {row: column for row, column in firsts if ranking[row, column] >= SETTLED and best[column] == row}
    return rivals.without(sure, np.nan_to_num(evidence["concept"]) >= SAME)


def falling(ranking: Table, order: NDArray[np.intp]) -> Table:
    """Lower what stands higher than a better one of its row, so that the `order` of each row stays."""
    lowered = np.minimum.accumulate(np.take_along_axis(ranking, order, axis=1), axis=1)
    table = np.empty_like(ranking)
    np.put_along_axis(table, order, lowered, axis=1)
    return table


def calibrated(ranking: Table) -> Table:
    """Tell how many of the labelled matches that stood as high were right."""
    curve = score_weights().curve
    table: Table = np.interp(ranking, curve["sums"], curve["shares"]).astype(np.float32).round(DIGITS)
    return table

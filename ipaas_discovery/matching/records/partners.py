"""Partners: each record to its best counterpart, unless another is as good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.records.evidence import Bits, Rows

__all__ = ["Partners", "assign", "without_repeats"]

Repeats = Callable[[int, Rows, Rows], NDArray[np.bool_]]

TIE = 0.05
"""Bits between two counterparts below which neither is better."""


@dataclass(frozen=True)
class Partners:
    """Pairs as (left, right, score, score of the runner-up), and the records left over because others are as good.

    `left_ties` and `right_ties` map a record to the counterparts among which nothing decides; `left_copies` and
    `right_copies` a record to the one on its side that has the counterpart it fits as well.
    """

    pairs: tuple[tuple[int, int, float, float | None], ...]
    left_ties: dict[int, tuple[int, ...]]
    right_ties: dict[int, tuple[int, ...]]
    left_copies: dict[int, int]
    right_copies: dict[int, int]


def assign(left: Rows, right: Rows, bits: Bits, threshold: float) -> Partners:
    """Take the best pairs first; a record that two counterparts fit alike stays alone, and so do these.

    Args:
        left: positions on the left of pairs that may be.
        right: their positions on the right.
        bits: the evidence for each pair.
        threshold: bits from which two records are the same.
    """
    rows = sorted(
        (
            (float(score), a, b)
            for a, b, score in zip(left.tolist(), right.tolist(), bits.tolist(), strict=True)
            if score >= threshold
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    of_left: dict[int, list[tuple[float, int]]] = {}
    of_right: dict[int, list[tuple[float, int]]] = {}
    for score, a, b in rows:
        of_left.setdefault(a, []).append((score, b))
        of_right.setdefault(b, []).append((score, a))
    partner: tuple[dict[int, int], dict[int, int]] = ({}, {})
    ties: tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]] = ({}, {})
    pairs = []
    for score, a, b in rows:
        if a in partner[0] or b in partner[1] or a in ties[0] or b in ties[1]:
            continue
        rights = [other for bits_, other in of_left[a] if bits_ > score - TIE and other not in partner[1]]
        lefts = [other for bits_, other in of_right[b] if bits_ > score - TIE and other not in partner[0]]
        if len(rights) > 1 or len(lefts) > 1:
            ties[0].update(dict.fromkeys(lefts, tuple(sorted(rights))))
            ties[1].update(dict.fromkeys(rights, tuple(sorted(lefts))))
            continue
        partner[0][a], partner[1][b] = b, a
        others = [s for s, other in of_left[a] if other != b] + [s for s, other in of_right[b] if other != a]
        pairs.append((a, b, score, max(others, default=None)))
    copies = [
        {
            row: partner[1 - side][options[0][1]]
            for row, options in options_of.items()
            if row not in partner[side] and row not in ties[side] and options[0][1] in partner[1 - side]
        }
        for side, options_of in enumerate((of_left, of_right))
    ]
    return Partners(tuple(sorted(pairs)), *ties, *copies)


def without_repeats(partners: Partners, repeats: Repeats, weigh: Callable[[Rows, Rows], Bits]) -> Partners:
    """Pair the first of tied records that are one thing, which a side holds several times; the others repeat it.

    Args:
        partners: the pairs and ties.
        repeats: tells of pairs of records of a side, 0 or 1, whether each is one thing.
        weigh: gives the evidence for pairs.
    """
    groups = _tied(partners)
    for side in (0, 1):
        following = [(at, *two) for at, group in enumerate(groups) for two in pairwise(group[side])]
        ones, others = (np.asarray([row[part] for row in following], dtype=np.int64) for part in (1, 2))
        same = repeats(side, ones, others) if following else np.zeros(0, dtype=bool)
        doubtful = {row[0] for row, one_thing in zip(following, same.tolist(), strict=True) if not one_thing}
        groups = [group for at, group in enumerate(groups) if at not in doubtful]
    if not groups:
        return partners
    firsts = [np.asarray([group[side][0] for group in groups], dtype=np.int64) for side in (0, 1)]
    scores = weigh(*firsts).tolist()
    pairs = [(lefts[0], rights[0], score, None) for (lefts, rights), score in zip(groups, scores, strict=True)]
    ties: list[dict[int, tuple[int, ...]]] = []
    copies: list[dict[int, int]] = []
    for side, (tied, repeated) in enumerate(
        ((partners.left_ties, partners.left_copies), (partners.right_ties, partners.right_copies))
    ):
        settled = {row for group in groups for row in group[side]}
        ties.append({row: others for row, others in tied.items() if row not in settled})
        copies.append(repeated | {row: group[side][0] for group in groups for row in group[side][1:]})
    return Partners(tuple(sorted((*partners.pairs, *pairs))), ties[0], ties[1], copies[0], copies[1])


def _tied(partners: Partners) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """List the groups of records that tie with one another alone."""
    groups = {
        (tuple(sorted({one for right in rights for one in partners.right_ties[right]})), rights)
        for left, rights in partners.left_ties.items()
    }
    return sorted(
        (lefts, rights)
        for lefts, rights in groups
        if all(partners.left_ties.get(left) == rights for left in lefts)
        and all(partners.right_ties.get(right) == lefts for right in rights)
    )

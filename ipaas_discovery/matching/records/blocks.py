"""Blocks: records of both sides that share a value, so that nobody compares every record with every other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter

import numpy as np

from ipaas_discovery.matching.records.evidence import Rows

__all__ = ["LARGEST", "Block", "candidates"]

Block = tuple[Sequence[tuple[str, ...]], Sequence[tuple[str, ...]]]
"""For each record of either side the values under which it stands."""

LARGEST = 100
"""Pairs in a block at most; a value that more share says nothing."""

AVERAGE = 24
"""Candidates per record at most, the smallest blocks first."""


def candidates(blocks: Iterable[Block], left: int, right: int, largest: int = LARGEST) -> tuple[Rows, Rows]:
    """List the pairs of records, by position, that stand in a block together; each once, in order.

    Args:
        blocks: ways to divide the records.
        left: number of records on the left.
        right: number of records on the right.
        largest: pairs in one block at most.
    """
    joined: list[tuple[int, list[int], list[int]]] = []
    for ours, theirs in blocks:
        here, there = _index(ours), _index(theirs)
        for value, lefts in here.items():
            if (rights := there.get(value)) and len(lefts) * len(rights) <= largest:
                joined.append((len(lefts) * len(rights), lefts, rights))
    joined.sort(key=itemgetter(0))
    budget, pairs = AVERAGE * (left + right), []
    for size, lefts, rights in joined:
        budget -= size
        if budget < 0:
            break
        pairs += [a * right + b for a in lefts for b in rights]
    unique = np.unique(np.asarray(pairs, dtype=np.int64))
    return unique // max(1, right), unique % max(1, right)


def _index(rows: Sequence[tuple[str, ...]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for at, values in enumerate(rows):
        for value in values:
            index.setdefault(value, []).append(at)
    return index

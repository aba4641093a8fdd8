"""Fields taken together by their objects: the best and the mean of a table's cells, by group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.matching.fields.likeness import Table

__all__ = ["best_of", "mean_of", "numbered"]


def numbered(parents: Sequence[str]) -> NDArray[np.intp]:
    """Number each field's object."""
    numbers = {parent: number for number, parent in enumerate(dict.fromkeys(parents))}
    return np.array([numbers[parent] for parent in parents], np.intp)


def best_of(table: Table, columns: NDArray[np.intp]) -> Table:
    """Take the best cell of each row for each group of columns."""
    order = np.argsort(columns, kind="stable")
    starts = np.searchsorted(columns[order], np.arange(columns.max() + 1))
    best: Table = np.maximum.reduceat(table[:, order], starts, axis=1)
    return best


def mean_of(table: Table, columns: NDArray[np.intp]) -> Table:
    """Take the mean of each row for each group of columns."""
    order = np.argsort(columns, kind="stable")
    starts = np.searchsorted(columns[order], np.arange(columns.max() + 1))
    mean: Table = (np.add.reduceat(table[:, order], starts, axis=1) / np.bincount(columns)).astype(np.float32)
    return mean

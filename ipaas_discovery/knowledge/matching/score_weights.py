"""Weights of the kinds of evidence for a match, and the curve from their sum to a share of right ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ipaas_discovery.knowledge.table_reader import read_toml

__all__ = ["ScoreWeights", "score_weights"]


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """Everything about a score that was learned from labelled matches, as the file beside this module says it."""

    weights: Mapping[str, float]
    place: Mapping[str, float]
    gain: Mapping[str, float]
    doubt: Mapping[str, float]
    odds: Mapping[str, float]
    curve: Mapping[str, tuple[float, ...]]


@cache
def score_weights() -> ScoreWeights:
    """Read the weights that ship with the kit.

    >>> score_weights().weights["concept"] > score_weights().weights["keyness"]
    True
    """
    return read_toml("matching/score_weights", ScoreWeights)

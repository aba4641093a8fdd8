"""Fit the calibration of match scores on the labels but those only counted, and print it for score_weights.toml.

A logistic regression over the first ranks tells what makes a match likely; the share of right ones among them, made
monotone by pooling adjacent violators, is the curve. The test half and `late_test` are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, product

import numpy as np
from labelled import labelled

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching import field_matches
from ipaas_discovery.matching.fields import scoring
from ipaas_discovery.matching.fields.evidence_parts import Evidence
from ipaas_discovery.matching.fields.refusals import Refusals
from ipaas_discovery.matching.fields.rivals import Rivals
from ipaas_discovery.matching.traits import traits_of

LATER = ("unlike", "unseen", "late_tuning", "whole_tuning")
"""Parts that are fitted on with the whole thesaurus, too."""
BINS = 14
RIDGE = 0.5
HIGHEST = 0.99


@dataclass(frozen=True)
class Cells:
    """The weighted sums of one labelled pair, the evidence they are made of, and which cells are right."""

    sums: scoring.Sums
    evidence: Evidence
    right: np.ndarray
    rivals: Rivals


def cells() -> Iterator[Cells]:
    """Per labelled pair, what every cell has, with the whole thesaurus and with either half of it.

    The words of a new vendor are in the thesaurus less often than those of the vendors it grew on.
    """
    whole = Thesaurus.load()
    halves = halved(whole, 0), halved(whole, 1)
    seen = product(labelled("tuning"), halves)
    later = product((pair for part in LATER for pair in labelled(part)), (whole, *halves))
    for pair, known in chain(seen, later):
        names = (split_words(field.name) for side in (pair.source, pair.destination) for field in side.fields)
        thesaurus = known.knowing(word for words in names for word in words)
        entity = tuple(thesaurus.container(split_words(f"{pair.source.collection} {pair.destination.collection}")))
        left = traits_of(pair.source, thesaurus, entity, given=True)
        right = traits_of(pair.destination, thesaurus, entity)
        named = field_matches._meanings_of_names((pair.source, pair.destination), thesaurus)
        refusals = Refusals.of(right, named)
        evidence, _, sums = field_matches.weighed_evidence(left, right, thesaurus, refusals.own)
        right_ones = np.array([[b.path in pair.matches.get(a.path, ()) for b in right] for a in left])
        rivals = scoring.without_settled(sums, evidence, Rivals.of(left, right, sums.sums))
        yield Cells(sums, evidence, right_ones, rivals)


def halved(thesaurus: Thesaurus, first: int) -> Thesaurus:
    """The thesaurus with every other phrase, word and field of meaning, from the first or the second."""
    phrases, words, containers = (
        dict([*table.items()][first::2]) for table in (thesaurus.phrases, thesaurus.words, thesaurus.containers)
    )
    fields = dict([*thesaurus.fields.items()][first::2])
    return replace(thesaurus, phrases=phrases, words=words, containers=containers, fields=fields, remembered={})


def of_first(pair: Cells, table: np.ndarray) -> np.ndarray:
    """What the first destination of each source has."""
    return table[range(len(table)), scoring.ordered(pair.sums.sums, pair.rivals)[:, 0]]


def logistic(features: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Fit by Newton's method, with a small ridge."""
    table = np.column_stack([features, np.ones(len(features))]).astype(float)
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share - right) + RIDGE * weights
        bend = (table * (share * (1 - share))[:, None]).T @ table + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def monotone(sums: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Pool bins of equally many first ranks until the share of right ones never falls, and doubt small pools."""
    order = np.argsort(sums, kind="stable")
    pools = [[sums[part].mean(), right[part].mean(), len(part)] for part in np.array_split(order, BINS)]
    at = 1
    while at < len(pools):
        if pools[at][1] > pools[at - 1][1]:
            at += 1
            continue
        (a, p, n), (b, q, m) = pools[at - 1 : at + 1]
        pools[at - 1 : at + 1] = [[(a * n + b * m) / (n + m), (p * n + q * m) / (n + m), n + m]]
        at = max(at - 1, 1)
    shares = np.maximum.accumulate([(p * n + 1) / (n + 2) for _, p, n in pools])
    return [(round(float(pool[0]), 2), round(float(share), 3)) for pool, share in zip(pools, shares, strict=True)]


def main() -> None:
    """Print the fitted numbers as TOML."""
    pairs = [*cells()]
    right = np.concatenate([of_first(pair, pair.right) for pair in pairs]).astype(float)
    features = [
        [of_first(pair, table) for _, table in scoring.standing(pair.sums, pair.evidence, pair.rivals)]
        for pair in pairs
    ]
    names = [*(name for name, _ in scoring.standing(pairs[0].sums, pairs[0].evidence, pairs[0].rivals)), "bias"]
    weights = logistic(np.concatenate([np.column_stack(columns) for columns in features]), right)
    odds = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    rankings = [of_first(pair, scoring.ranked(pair.sums, pair.evidence, pair.rivals, odds)) for pair in pairs]
    curve = monotone(np.concatenate(rankings).astype(float), right)
    curve = [(round(curve[0][0] - 8, 2), 0.0), *curve, (round(curve[-1][0] + 4, 2), max(HIGHEST, curve[-1][1]))]
    print("[odds]")  # noqa: T201  a command's answer
    for name, weight in odds.items():
        print(f"{name} = {weight}")  # noqa: T201  a command's answer
    print(f"\n[curve]\nsums = {[a for a, _ in curve]}\nshares = {[p for _, p in curve]}")  # noqa: T201  a command's answer


if __name__ == "__main__":
    main()

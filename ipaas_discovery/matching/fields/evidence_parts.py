"""Kinds of evidence for a match, each a table of source fields by destination fields, 0 to 1, NaN for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.fields.likeness import Table, hashed, letters, rarity, soft_words
from ipaas_discovery.matching.fields.value_evidence import looks, shared_values, texts
from ipaas_discovery.matching.traits import Traits

__all__ = ["KINDS", "Evidence", "gather"]

Key = TypeVar("Key")
Side = Sequence[Traits]
Words = tuple[str, ...]
Weight = Callable[[str], float]
Evidence = dict[str, Table]

KINDS = ("name", "concept", "path", "type", "values", "texts", "look", "description", "keyness")

_NEAR_KINDS = {
    frozenset(pair.split(" / ")): near
    for near, pairs in {
        0.9: ("integer / number", "number / number text", "integer / number text", "boolean / boolean text"),
        0.7: ("integer / text",),
        0.6: ("number / text", "date / text", "text / array"),
        0.4: ("integer / date", "integer / boolean", "integer / uuid", "date / number text"),
        0.3: ("boolean / text", "number / boolean"),
    }.items()
    for pair in pairs
}
FAR_KINDS = 0.1
FORMATTED = 0.7
"""Likeness of a text to one that has a format."""

NAMED_PLACE, OTHER_PLACE = 0.6, 0.15
"""Likeness of the top and a place below it, whether one names the other or not."""
LEVEL = 0.8
"""Likeness of two places that stand in differently many lists."""

OWN = 0.3
"""Weight of a word that names the collection itself."""


def gather(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> tuple[Evidence, Table, Table]:
    """Measure every kind of evidence, and how many values are shared and how telling that is.

    `own` are words that name the collection itself and so say little in it.
    """
    rare = rarity((*traits.place, *traits.meanings[0][0]) for side in (left, right) for traits in side)

    def weight(word: str) -> float:
        return thesaurus.weight(word) * rare.get(word, 1.0)

    shared = shared_values(left, right)
    evidence = {
        "name": name(left, right, thesaurus, own),
        "concept": concept(left, right, lambda word: weight(word) * (OWN if word in own else 1.0)),
        "path": path(left, right, weight),
        "type": kind(left, right),
        "values": shared.share,
        "texts": texts(left, right),
        "look": looks(left, right),
        "description": description(left, right, thesaurus),
        "keyness": uniqueness(left, right),
    }
    return evidence, shared.count, shared.strength


def name(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> Table:
    """Compare the names letter by letter and by their runs of letters, whatever the order of their words."""

    def own_name(traits: Traits) -> str:
        """Join the words without those that name the collection, if others are left."""
        rest = [word for word in traits.words if not own & set(thesaurus.meanings((word,))[0])]
        return " ".join(rest or traits.words)

    rows, columns = ([own_name(traits) for traits in side] for side in (left, right))
    ours, theirs = dict.fromkeys(rows), dict.fromkeys(columns)
    spelled = process.cdist([*ours], [*theirs], scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100
    table = ((spelled + letters([*ours], [*theirs])) / 2).astype(np.float32)
    return _spread(table, [*ours], [*theirs], rows, columns)


def concept(left: Side, right: Side, weight: Weight) -> Table:
    """Measure the meaning that the names share, once the thesaurus has brought them to one spelling."""
    rows, columns = ([meaning for traits in side for meaning in traits.meanings] for side in (left, right))
    likely = np.outer([share for _, share in rows], [share for _, share in columns]).astype(np.float32)
    shared = _words([words for words, _ in rows], [words for words, _ in columns], weight) * likely
    by_row = np.maximum.reduceat(shared, _starts(left), axis=0)
    table: Table = np.maximum.reduceat(by_row, _starts(right), axis=1)
    return table


def path(left: Side, right: Side, weight: Weight) -> Table:
    """Compare the places: the parents, and the parents with the name, for names that hold both.

    Between the top and a place below it counts whether one names the other: `payment_method` names the
    place of `payments[].method`.
    """
    wholes = [[(*traits.place, *traits.meanings[0][0]) for traits in side] for side in (left, right)]
    places = [[traits.place for traits in side] for side in (left, right)]
    ours, theirs = (np.array([not traits.place for traits in side]) for side in (left, right))
    named = (_words(places[0], wholes[1], weight) > 0) | (_words(wholes[0], places[1], weight) > 0)
    across = np.where(named, NAMED_PLACE, OTHER_PLACE)
    same = np.subtract.outer([traits.lists for traits in left], [traits.lists for traits in right]) == 0
    level = np.where(same, 1.0, LEVEL)
    alone = np.where(np.logical_xor.outer(ours, theirs), across, _words(places[0], places[1], weight)) * level
    alone = np.where(np.logical_and.outer(ours, theirs), 1.0, alone)
    table: Table = ((alone + _words(wholes[0], wholes[1], weight)) / 2).astype(np.float32)
    return table


def _words(rows: Sequence[Words], columns: Sequence[Words], weight: Weight) -> Table:
    """Compare every two names, once for each different pair: names repeat a lot."""
    ours, theirs = [*dict.fromkeys(rows)], [*dict.fromkeys(columns)]
    return _spread(soft_words(ours, theirs, weight), ours, theirs, rows, columns)


def kind(left: Side, right: Side) -> Table:
    """Measure how well the kinds of value go together; none where a side's is unknown."""

    def near(ours: str, theirs: str) -> float:
        if not ours or not theirs:
            return float("nan")
        if ours == theirs:
            return 1.0
        written = ({ours, theirs} - {"text"}) if "text" in {ours, theirs} else set()
        near = FORMATTED if written & field_formats().kinds else FAR_KINDS
        return _NEAR_KINDS.get(frozenset((ours, theirs)), near)

    return _by_key([traits.kind for traits in left], [traits.kind for traits in right], near)


def description(left: Side, right: Side, thesaurus: Thesaurus) -> Table:
    """Compare what labels and descriptions say, each with the name; none where neither side has one."""

    def terms(traits: Traits) -> list[str]:
        return [*traits.place, *traits.meanings[0][0], *(word for word in traits.text if thesaurus.weight(word) > OWN)]

    rows, columns = hashed([terms(traits) for traits in left], [terms(traits) for traits in right])
    table: Table = rows @ columns.T
    silent = np.logical_and.outer([not traits.text for traits in left], [not traits.text for traits in right])
    table[silent] = np.nan
    return table


def uniqueness(left: Side, right: Side) -> Table:
    """Tell whether both or neither tell records apart; none where a side was not observed."""
    ours, theirs = (
        np.array([np.nan if traits.unique is None else traits.unique for traits in side], np.float32)
        for side in (left, right)
    )
    table: Table = 1 - np.abs(np.subtract.outer(ours, theirs))
    return table


def _starts(side: Side) -> NDArray[np.intp]:
    """Find the row in which each field's meanings start, when all are put in one table."""
    return np.cumsum([0, *(len(traits.meanings) for traits in side[:-1])])


def _by_key(rows: Sequence[Key], columns: Sequence[Key], measure: Callable[[Key, Key], float]) -> Table:
    ours, theirs = [*dict.fromkeys(rows)], [*dict.fromkeys(columns)]
    small = np.array([[measure(a, b) for b in theirs] for a in ours], np.float32).reshape(len(ours), len(theirs))
    return _spread(small, ours, theirs, rows, columns)


def _spread(
    small: Table, ours: Sequence[Any], theirs: Sequence[Any], rows: Sequence[Any], columns: Sequence[Any]
) -> Table:
    """Look up each row's and each column's key in the table of the different ones."""
    at_row, at_column = ({key: at for at, key in enumerate(keys)} for keys in (ours, theirs))
    table: Table = small[np.ix_([at_row[key] for key in rows], [at_column[key] for key in columns])]
    return table

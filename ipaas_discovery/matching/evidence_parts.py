"""Kinds of evidence for a match, each a table of source fields by destination fields, 0 to 1, NaN for none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ipaas_discovery.knowledge.field_formats import field_formats
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.traits import Traits

__all__ = ["KINDS", "Table", "concept", "gather", "kind", "name", "path", "uniqueness", "values"]

Table = NDArray[np.float64]
Key = TypeVar("Key")
Side = Sequence[Traits]
Words = tuple[str, ...]
Weight = Callable[[str], float]

KINDS = ("name", "concept", "path", "type", "values", "keyness")

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

NAMED_PLACE, OTHER_PLACE = 0.5, 0.15
"""Likeness of the top and a place below it, whether one names the other or not."""

OWN = 0.3
"""Weight of a word that names the collection itself."""


def gather(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> dict[str, Table]:
    """Measure every kind of evidence; `own` are words that name the collection itself and so say little in it."""
    return {
        "name": name(left, right, thesaurus, own),
        "concept": concept(left, right, weights(thesaurus, own)),
        "path": path(left, right, weights(thesaurus)),
        "type": kind(left, right),
        "values": values(left, right),
        "keyness": uniqueness(left, right),
    }


def name(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> Table:
    """Compare the names letter by letter, whatever the order of their words."""

    def own_name(traits: Traits) -> str:
        """Join the words without those that name the collection, if others are left."""
        rest = [word for word in traits.words if not own & set(thesaurus.meanings((word,))[0])]
        return " ".join(rest or traits.words)

    rows, columns = ([own_name(traits) for traits in side] for side in (left, right))
    table: Table = process.cdist(rows, columns, scorer=fuzz.token_sort_ratio, dtype=np.float64)
    return table / 100


def concept(left: Side, right: Side, weight: Weight) -> Table:
    """Measure the meaning that the names share, once the thesaurus has brought them to one spelling."""
    rows, columns = ([meaning for traits in side for meaning in traits.meanings] for side in (left, right))
    likely = np.outer([share for _, share in rows], [share for _, share in columns])
    shared = shared_words([words for words, _ in rows], [words for words, _ in columns], weight) * likely
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
    named = (shared_words(places[0], wholes[1], weight) > 0) | (shared_words(wholes[0], places[1], weight) > 0)
    across = np.where(named, NAMED_PLACE, OTHER_PLACE)
    same = np.subtract.outer([traits.lists for traits in left], [traits.lists for traits in right]) == 0
    level = np.where(same, 1.0, 0.8)
    alone = np.where(np.logical_xor.outer(ours, theirs), across, shared_words(places[0], places[1], weight)) * level
    alone = np.where(np.logical_and.outer(ours, theirs), 1.0, alone)
    return (alone + shared_words(wholes[0], wholes[1], weight)) / 2


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


def values(left: Side, right: Side) -> Table:
    """Measure the share of the smaller side's distinctive values that both hold; none where a side has none."""

    def contained(ours: frozenset[str], theirs: frozenset[str]) -> float:
        return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else float("nan")

    return _by_key([traits.values for traits in left], [traits.values for traits in right], contained)


def uniqueness(left: Side, right: Side) -> Table:
    """Tell whether both or neither tell records apart; none where a side was not observed."""

    def similarity(ours: float | None, theirs: float | None) -> float:
        return float("nan") if ours is None or theirs is None else 1 - abs(ours - theirs)

    return _by_key([traits.unique for traits in left], [traits.unique for traits in right], similarity)


def weights(thesaurus: Thesaurus, own: frozenset[str] = frozenset()) -> Weight:
    """Weigh each word; `own` are words that name the collection itself."""
    return lambda word: thesaurus.weight(word) * (OWN if word in own else 1.0)


def shared_words(rows: Sequence[Words], columns: Sequence[Words], weight: Weight) -> Table:
    """Measure the weighted share of words in common (Dice): 1 for the same words, 0 for none or nothing to share."""
    words = sorted({word for side in (rows, columns) for name in side for word in name})
    column_of = {word: column for column, word in enumerate(words)}
    worth = np.array([weight(word) for word in words], dtype=np.float64)
    ours, theirs = (_incidence(side, column_of) for side in (rows, columns))
    total = np.add.outer(ours @ worth, theirs @ worth)
    common = (ours * worth) @ theirs.T
    return np.divide(2 * common, total, out=np.zeros_like(common), where=total > 0)


def _incidence(side: Sequence[Words], column_of: Mapping[str, int]) -> Table:
    table = np.zeros((len(side), len(column_of)))
    for row, words in enumerate(side):
        table[row, [column_of[word] for word in words]] = 1.0
    return table


def _starts(side: Side) -> NDArray[np.intp]:
    """Find the row in which each field's meanings start, when all are put in one table."""
    return np.cumsum([0, *(len(traits.meanings) for traits in side[:-1])])


def _by_key(rows: Sequence[Key], columns: Sequence[Key], measure: Callable[[Key, Key], float]) -> Table:
    """Compute `measure` of every row with every column, once for each different pair: names repeat a lot."""
    ours, theirs = dict.fromkeys(rows), dict.fromkeys(columns)
    small = np.array([[measure(a, b) for b in theirs] for a in ours], dtype=np.float64).reshape(len(ours), len(theirs))
    at_row: dict[Any, int] = {key: at for at, key in enumerate(ours)}
    at_column: dict[Any, int] = {key: at for at, key in enumerate(theirs)}
    return small[np.ix_([at_row[key] for key in rows], [at_column[key] for key in columns])]

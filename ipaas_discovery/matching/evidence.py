"""Kinds of evidence for a match, each a table of source fields by destination fields, 0 to 1, NaN for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from ipaas_discovery.matching.names import Thesaurus
from ipaas_discovery.matching.traits import Traits

__all__ = ["KINDS", "Table", "concept", "gather", "keyness", "kind", "name", "path", "values"]

Table = NDArray[np.float64]
Key = TypeVar("Key")
Side = Sequence[Traits]
Words = tuple[str, ...]

KINDS = ("name", "concept", "path", "type", "values", "keyness")

_NEAR_KINDS = {
    frozenset(pair.split(" / ")): near
    for near, pairs in {
        0.9: ("integer / number", "number / number text", "integer / number text", "boolean / boolean text"),
        0.7: (
            "text / email",
            "text / url",
            "text / uuid",
            "text / number text",
            "integer / text",
            "text / boolean text",
        ),
        0.6: ("number / text", "date / text", "text / array"),
        0.4: ("integer / date", "integer / boolean", "integer / uuid", "date / number text"),
        0.3: ("boolean / text", "number / boolean"),
    }.items()
    for pair in pairs
}
FAR_KINDS = 0.1


def gather(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> dict[str, Table]:
    """Every kind of evidence; `own` are words that name the collection itself and so say little in it."""
    return {
        "name": name(left, right, thesaurus, own),
        "concept": concept(left, right, thesaurus, own),
        "path": path(left, right, thesaurus),
        "type": kind(left, right),
        "values": values(left, right),
        "keyness": keyness(left, right),
    }


def name(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> Table:
    """How alike the names are, letter by letter, whatever the order of their words."""

    def told(each: Traits) -> str:
        """The words without those that name the collection, if others are left."""
        rest = [word for word in each.words if not own & set(thesaurus.meanings((word,))[0])]
        return " ".join(rest or each.words)

    rows, columns = ([told(each) for each in side] for side in (left, right))
    table: Table = process.cdist(rows, columns, scorer=fuzz.token_sort_ratio, dtype=np.float64)
    return table / 100


def concept(left: Side, right: Side, thesaurus: Thesaurus, own: frozenset[str]) -> Table:
    """How much of their meaning the names share, once the thesaurus has brought them to one spelling."""
    weight = _weights(thesaurus, own)
    return _by_key(
        [each.meanings for each in left],
        [each.meanings for each in right],
        lambda ours, theirs: max(_shared(a, b, weight) * x * y for a, x in ours for b, y in theirs),
    )


def path(left: Side, right: Side, thesaurus: Thesaurus) -> Table:
    """How alike the places are: the parents, and the parents with the name, for names that hold both."""
    weight = _weights(thesaurus, frozenset())

    def places(ours: tuple[Words, int], theirs: tuple[Words, int]) -> float:
        (above, lists), (other, other_lists) = ours, theirs
        level = 1.0 if lists == other_lists else 0.8
        if not above or not other:
            return 1.0 if above == other else 0.35 * level
        return _shared(above, other, weight) * level

    alone = _by_key([(each.place, each.lists) for each in left], [(each.place, each.lists) for each in right], places)
    whole = _by_key(
        [_whole(each) for each in left], [_whole(each) for each in right], lambda a, b: _shared(a, b, weight)
    )
    return (alone + whole) / 2


def kind(left: Side, right: Side) -> Table:
    """How well the kinds of value go together; none where a side's is unknown."""

    def near(ours: str, theirs: str) -> float:
        if not ours or not theirs:
            return float("nan")
        return 1.0 if ours == theirs else _NEAR_KINDS.get(frozenset((ours, theirs)), FAR_KINDS)

    return _by_key([each.kind for each in left], [each.kind for each in right], near)


def values(left: Side, right: Side) -> Table:
    """The share of the smaller side's telling values that the other side has too; none where a side has none."""

    def contained(ours: frozenset[str], theirs: frozenset[str]) -> float:
        return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else float("nan")

    return _by_key([each.values for each in left], [each.values for each in right], contained)


def keyness(left: Side, right: Side) -> Table:
    """Whether both or neither tell records apart; none where a side was not observed."""

    def alike(ours: float | None, theirs: float | None) -> float:
        return float("nan") if ours is None or theirs is None else 1 - abs(ours - theirs)

    return _by_key([each.unique for each in left], [each.unique for each in right], alike)


def _whole(each: Traits) -> Words:
    return (*each.place, *each.meanings[0][0])


def _weights(thesaurus: Thesaurus, own: frozenset[str]) -> Callable[[str], float]:
    return lambda word: thesaurus.weight(word) * (0.3 if word in own else 1.0)


def _shared(ours: Words, theirs: Words, weight: Callable[[str], float]) -> float:
    """The weighted share of words in common (Dice), 1 for the same words."""
    a, b = set(ours), set(theirs)
    total = sum(map(weight, sorted(a))) + sum(map(weight, sorted(b)))
    return 2 * sum(map(weight, sorted(a & b))) / total if total else 0.0


def _by_key(rows: Sequence[Key], columns: Sequence[Key], measure: Callable[[Key, Key], float]) -> Table:
    """`measure` of every row with every column, asked once for each different pair: names repeat a lot."""
    ours, theirs = dict.fromkeys(rows), dict.fromkeys(columns)
    small = np.array([[measure(a, b) for b in theirs] for a in ours], dtype=np.float64).reshape(len(ours), len(theirs))
    at_row: dict[Any, int] = {key: at for at, key in enumerate(ours)}
    at_column: dict[Any, int] = {key: at for at, key in enumerate(theirs)}
    return small[np.ix_([at_row[key] for key in rows], [at_column[key] for key in columns])]

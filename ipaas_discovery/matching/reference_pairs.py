"""Pairs of records that are known by what they name: a product and a location, whose records are paired already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.matching.formulas.formula_values import held_values
from ipaas_discovery.matching.records.keys import JOINED
from ipaas_discovery.matching.records.record_pairs import Pair, Pairs
from ipaas_discovery.samples.sample import Record, Sample

__all__ = ["pair_by_references"]

NAMES = 0.3
"""Share of a field's values that have to be ids of linked records, for the field to name such records."""
SEVERAL = 2
"""Fields that name records, and different records that each of them names, at least."""
TOLD_APART = 0.9
"""Share of one side's records that such names have to tell apart."""
AT_MOST = 20_000
"""Records that a list of a side's records is unfolded into at most."""

Links = Mapping[str, Mapping[str, str]]
Texts = Mapping[str, Sequence[str]]


def pair_by_references(left: Sample, right: Sample, links: Links) -> Pairs | None:
    """Pair records by the linked records that they name; None where such names tell neither side's apart.

    Where one of the names stands in a list, its records are taken element by element, and the side of the pairs is
    these: a stock of several locations is one record a location.

    Args:
        left: records of one system.
        right: records of the other.
        links: by collection, the id on the right of each id on the left.
    """
    named = [*_named_by_both(left, right, links)]
    if len(named) < SEVERAL:
        return None
    paths = [ours for _, ours, _ in named], [theirs for _, _, theirs in named]
    left, right = (_by_element(sample, side) for sample, side in zip((left, right), paths, strict=True))
    translations = [links[collection] for collection, _, _ in named]
    ours = [
        tuple(link.get(text or "") for link, text in zip(translations, key, strict=True)) if key else None
        for key in _keys(left, paths[0])
    ]
    whole = [key if key and all(key) else None for key in ours]
    theirs = _keys(right, paths[1])
    if not any(_apart(side) for side in (_keys(left, paths[0]), theirs)):
        return None
    joined = JOINED.join(paths[0]), JOINED.join(paths[1])
    places = _positions(whole), _positions(theirs)
    both = [(key, places[0][key], places[1][key]) for key in places[0] if key in places[1]]
    pairs = (Pair(a[0], b[0], joined, JOINED.join(map(str, key))) for key, a, b in both if len(a) == len(b) == 1)
    ties = [(a, b) for _, a, b in both if len(a) > 1 or len(b) > 1]
    return Pairs(
        left,
        right,
        tuple(sorted(pairs, key=lambda pair: pair.left)),
        (joined,),
        {at: b for a, b in ties for at in a},
        {at: a for a, b in ties for at in b},
    )


Key = tuple[str | None, ...]


def _named_by_both(left: Sample, right: Sample, links: Links) -> Iterator[tuple[str, str, str]]:
    """Yield each collection of which both sides' records name some, with the fields that do; each field once."""
    texts = _texts(left), _texts(right)
    taken: tuple[set[str], set[str]] = (set(), set())
    for collection, link in sorted(links.items()):
        sides = ({*link}, {*link.values()})
        best = [_best(held, ids, used) for held, ids, used in zip(texts, sides, taken, strict=True)]
        if all(best):
            taken[0].add(best[0])
            taken[1].add(best[1])
            yield collection, best[0], best[1]


def _texts(sample: Sample) -> Texts:
    """List the values of each field that is called an id of something."""
    texts: dict[str, list[str]] = {}
    for record in sample.records:
        for path, values in held_values(record).items():
            words = split_words(path.rpartition(".")[2])
            if words[-1:] == ("id",) and len(words) > 1:
                texts.setdefault(path, []).extend(str(value) for value in values if value is not None)
    return texts


def _best(texts: Texts, ids: set[str], taken: set[str]) -> str:
    """Choose the field that names most of the linked records, the first of equals; empty where none does."""
    shares = {
        path: sum(text in ids for text in values) / len(values)
        for path, values in sorted(texts.items())
        if path not in taken and len({*values} & ids) >= SEVERAL
    }
    best = max(shares, key=lambda path: shares[path], default="")
    return best if shares.get(best, 0.0) >= NAMES else ""


def _by_element(sample: Sample, paths: Iterable[str]) -> Sample:
    """Unfold the list in which a name stands: one record an element, the rest of the record beside it."""
    lists = {path.partition("[]")[0] for path in paths if "[]" in path and "." not in path.partition("[]")[0]}
    if len(lists) != 1:
        return sample
    name = lists.pop()
    lists_of = ((record, record.get(name)) for record in sample.records)
    records = [
        {**record, name: [element]} for record, held in lists_of for element in (held if isinstance(held, list) else ())
    ]
    return replace(sample, records=tuple(records[:AT_MOST]), parents=(), total=None, pages=(), sizes=())


def _keys(sample: Sample, paths: Sequence[str]) -> list[Key | None]:
    return [_key(record, paths) for record in sample.records]


def _key(record: Record, paths: Sequence[str]) -> Key | None:
    held = held_values(record)
    values = [[str(value) for value in held.get(path, ()) if value is not None] for path in paths]
    keys = [*product(*values)]
    return keys[0] if len(keys) == 1 else None


def _apart(keys: Sequence[Key | None]) -> bool:
    filled = [key for key in keys if key]
    return bool(filled) and len({*filled}) >= TOLD_APART * len(filled)


def _positions(keys: Sequence[Key | None]) -> dict[Key, tuple[int, ...]]:
    places: dict[Key, tuple[int, ...]] = {}
    for at, key in enumerate(keys):
        if key:
            places[key] = (*places.get(key, ()), at)
    return places

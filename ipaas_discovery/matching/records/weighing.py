"""Fields of both sides that say something of a pair of records, and how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.knowledge.people.person_names import full_forms, person_words
from ipaas_discovery.matching.records.blocks import Block
from ipaas_discovery.matching.records.columns import Column
from ipaas_discovery.matching.records.emails import (
    EmailEvidence,
    alike_email,
    digits_beside_name,
    locals_of,
    names_in_emails,
)
from ipaas_discovery.matching.records.evidence import (
    SLIP,
    Bits,
    Coded,
    PersonEvidence,
    Rows,
    ValueEvidence,
    Weighable,
    Weights,
    alike,
)
from ipaas_discovery.matching.records.keys import Key, name_similarity
from ipaas_discovery.matching.records.names import Name, person_names

__all__ = ["Weighing", "weigh_fields"]

SHARE, COMMON, NAMED = 0.2, 10, 0.5
"""Columns belong together whose names share so much, or so many of whose values are the same."""

HOUSE = ("place", "phone", "email")
HOUSE_GAP = 4.0
"""Bits that all that a house shares has to lack of telling one record from all others, where the given names differ."""
PLACE_CAP, PLACE_FLOOR = 14.0, -3.0
ASPECTS = 3
"""Aspects, as a name, an address and a telephone, in which a record that stands twice on one side agrees at least."""
FINE = 0.02
"""Part of the evidence as it is before it is limited: it decides between two that are as good within the limits."""
IDENTIFYING = 1.5
"""Bits for each sign of a value that is made to be unique."""
KEY_CAP = 24.0
AGREEING = 0.85
"""Share of the same records in which a field is expected to agree, until the keys tell better."""
PRIOR_WEIGHT = 10.0
FEW = 2, 4
"""Records that may hold one value and be a couple, or a family."""
OTHER_PHONE, OTHER_EMAIL, OTHER_PLACE, OTHER_BIRTH = -2.0, -1.5, -1.0, -8.0
"""Bits of values that differ: people move, and change their number; their birthday they keep."""
WRITTEN = 9.0
TELLING, MOST_FEATURES = 0.4, 6
"""Share of different values from which a feature makes blocks alone, and features that are joined."""
CONFUSED = -6.0
RUNNING = 0.8
"""Share of different numbers from which a field of numbers runs: each system counts by itself."""
LOOSE = 6.0
"""Bits that a number, a moment or a flag carries at most: it agrees by chance or in a row."""


@dataclass(frozen=True)
class Weighing:
    """All evidence on two sets of records, and the blocks in which pairs are looked for."""

    evidence: tuple[Weighable, ...]
    blocks: tuple[Block, ...]
    among: int
    """Records on the side that has more."""

    def repeats(self, side: int, one: Rows, other: Rows, least: float) -> NDArray[np.bool_]:
        """Tell which pairs of records of one side are surely one thing: by so many bits, from several aspects."""
        inside = Weighing(tuple(part.within(side) for part in self.evidence), (), self.among)
        speaking: dict[str, NDArray[np.bool_]] = {}
        for part in inside.evidence:
            speaking[part.aspect] = speaking.get(part.aspect, np.False_) | (part.bits(one, other) > 0)
        aspects = sum((held.astype(int) for held in speaking.values()), np.zeros(len(one), dtype=int))
        return np.asarray((aspects >= ASPECTS) & (inside.bits(one, other) >= least))

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Add up the evidence; what a house shares counts once, and less where the given names differ."""
        parts: dict[str, Bits] = {}
        for part in self.evidence:
            parts[part.aspect] = parts.get(part.aspect, np.float32(0)) + part.bits(left, right)
        whole = sum(parts.values(), np.zeros(len(left), dtype=np.float32))
        if "place" in parts:
            parts["place"] = np.clip(parts["place"], PLACE_FLOOR, PLACE_CAP)
        named = parts.get("name")
        for part in self.evidence:
            if isinstance(part, EmailEvidence) and named is not None:
                parts["email"] = part.beside_names(parts["email"], left, right, named)
        written = parts.pop("name in an e-mail", None)
        if written is not None:
            parts["name"] = np.where(written > 0, np.maximum(parts["name"], written), parts["name"])
        total = sum(parts.values(), np.zeros(len(left), dtype=np.float32))
        for names in (part for part in self.evidence if isinstance(part, PersonEvidence)):
            shared = sum((parts[name] for name in HOUSE if name in parts), np.zeros(len(left), dtype=np.float32))
            total = np.where(
                names.other_person(left, right),
                total - np.maximum(shared - max(0.0, math.log2(self.among) - HOUSE_GAP), 0),
                total,
            )
        return np.asarray(total + FINE * np.maximum(whole - total, 0), dtype=np.float32)


def weigh_fields(left: Mapping[str, Column], right: Mapping[str, Column], keys: Sequence[Key]) -> Weighing:
    """Find what to compare on two sides, and how much each says."""
    evidence: list[Weighable] = []
    features: list[Block] = []
    blocks: list[Block] = []
    persons = all(any(column.form in {"email", "phone"} for column in side.values()) for side in (left, right))
    ours, theirs = (person_names(side) if persons else None for side in (left, right))
    names = (ours[0], theirs[0]) if ours and theirs else None
    if names and ours and theirs:
        evidence.append(PersonEvidence.of(*names))
        blocks.append((list(map(_whole, names[0])), list(map(_whole, names[1]))))
        blocks.append((list(map(_beginnings, names[0])), list(map(_beginnings, names[1]))))
        blocks.append((list(map(_initials, names[0])), list(map(_initials, names[1]))))
        features += [(list(map(part, names[0])), list(map(part, names[1]))) for part in (_given, _family)]
        for block in names_in_emails((left, right), names):
            blocks.append(block)
            coded = Coded.of(*block)
            evidence.append(
                ValueEvidence("name in an e-mail", coded, Weights(np.minimum(coded.rarity(), WRITTEN), 0.0))
            )
        left, right = _without(left, ours[1]), _without(right, theirs[1])
        keys = [key for key in keys if key[0] in left and key[1] in right and not _of_a_place(left, right, key)]
    reference = _reference(left, right, keys)
    for a, b in _aligned(left, right, keys):
        part = _evidence(left[a], right[b], reference, key=(a, b) in keys)
        if part is None:
            continue
        block = (left[a].rows, right[b].rows)
        if part.aspect == "email" and names:
            made = (digits_beside_name(rows, side) for rows, side in zip(block, names, strict=True))
            evidence.append(EmailEvidence("email", part, *made))
        else:
            evidence.append(part)
        (blocks if (a, b) in keys or left[a].form in {"email", "phone", "title"} else features).append(block)
        if left[a].form == "email":
            blocks.append(([*map(locals_of, block[0])], [*map(locals_of, block[1])]))
    among = max([2, *(len(column.rows) for side in (left, right) for column in side.values())])
    return Weighing(tuple(evidence), (*blocks, *_composites(features)), among)


def _of_a_place(left: Mapping[str, Column], right: Mapping[str, Column], key: Key) -> bool:
    return bool(person_words().place & (left[key[0]].all_words | right[key[1]].all_words))


def _without(columns: Mapping[str, Column], paths: frozenset[str]) -> dict[str, Column]:
    return {path: column for path, column in columns.items() if path not in paths}


def _whole(name: Name) -> tuple[str, ...]:
    return (" ".join(sorted(name)),) if all(name) else ()


def _given(name: Name) -> tuple[str, ...]:
    """Give the beginnings of all that a given name may be short for, which slips of the pen leave most often."""
    return tuple(sorted({form[:3] for form in full_forms(name[0]) if form}))


def _family(name: Name) -> tuple[str, ...]:
    return (name[1][:3],) if name[1] else ()


def _initials(name: Name) -> tuple[str, ...]:
    """Give each part with the other's initial, so that a slip in one of them leaves a value in common."""
    return tuple(dict.fromkeys((f"{name[0][0]} {name[1]}", f"{name[1][0]} {name[0]}"))) if all(name) else ()


def _beginnings(name: Name) -> tuple[str, ...]:
    """Give the beginnings of both parts, in an order that a swap does not change."""
    return tuple(" ".join(sorted((given, name[1][:4]))) for given in _given(name)) if all(name) else ()


def _composites(features: Sequence[Block]) -> Iterator[Block]:
    """Join two features at a time: what many share alone, few share together; what tells enough stays alone."""
    shares = [_telling(block) for block in features]
    yield from (block for block, share in zip(features, shares, strict=True) if share >= TELLING)
    order = sorted(range(len(features)), key=lambda at: -shares[at])[:MOST_FEATURES]
    for place, at in enumerate(order):
        for other in order[place + 1 :]:
            if shares[other] < TELLING:
                (a, b), (c, d) = features[at], features[other]
                yield _joined(a, c), _joined(b, d)


def _telling(block: Block) -> float:
    """Give the share of the records that hold different values."""
    return len({value for row in block[0] for value in row}) / max(1, sum(map(bool, block[0])))


def _joined(one: Sequence[Iterable[str]], other: Sequence[Iterable[str]]) -> list[tuple[str, ...]]:
    return [tuple(f"{a}\n{b}" for a in first for b in second) for first, second in zip(one, other, strict=True)]


def _aligned(left: Mapping[str, Column], right: Mapping[str, Column], keys: Sequence[Key]) -> list[Key]:
    """Put the columns of both sides together, each once: the keys first, then by names and values in common."""
    worth: list[tuple[float, Key]] = []
    values = [{path: frozenset(column.counts) for path, column in side.items()} for side in (left, right)]
    for a, ours in left.items():
        for b, theirs in right.items():
            if (a, b) in keys or not _comparable(ours, theirs):
                continue
            common = len(values[0][a] & values[1][b])
            share = common / max(1, min(len(values[0][a]), len(values[1][b])))
            named = name_similarity(ours, theirs)
            telling = share >= SHARE and common >= COMMON and ours.form not in {"integer", "flag", "amount"}
            if named >= NAMED or telling:
                worth.append((named + 1.5 * share, (a, b)))
    taken: tuple[set[str], set[str]] = ({a for a, _ in keys}, {b for _, b in keys})
    aligned = [*keys]
    for _, (a, b) in sorted(worth, key=lambda row: (-row[0], row[1])):
        if a not in taken[0] and b not in taken[1]:
            taken[0].add(a)
            taken[1].add(b)
            aligned.append((a, b))
    return aligned


def _comparable(left: Column, right: Column) -> bool:
    loose = {"integer", "code", "text", "phone"}
    other = {left.form, right.form}
    touched = person_words().touched & (left.all_words | right.all_words)
    return not touched and (
        len(other) == 1 or other <= loose or other <= {"text", "title"} or other <= {"integer", "amount"}
    )


def _reference(left: Mapping[str, Column], right: Mapping[str, Column], keys: Sequence[Key]) -> tuple[Rows, Rows]:
    """Pair the records by the strongest key alone, where one record on each side holds its value."""
    if not keys:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    ours, theirs = left[keys[0][0]], right[keys[0][1]]
    there = {value: at for at, row in enumerate(theirs.rows) for value in row if theirs.counts[value] == 1}
    pairs = sorted(
        (at, there[value])
        for at, row in enumerate(ours.rows)
        for value in row
        if ours.counts[value] == 1 and value in there
    )
    rows = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def _evidence(left: Column, right: Column, reference: tuple[Rows, Rows], *, key: bool) -> ValueEvidence | None:
    coded = Coded.of(left.rows, right.rows)
    wide = math.log2(max(2, len(left.rows), len(right.rows))) + 4
    return _of_a_person(left, right, coded, wide, key=key) or _of_a_thing(
        left, right, coded, reference, wide if key else 0
    )


def _of_a_person(left: Column, right: Column, coded: Coded, wide: float, *, key: bool) -> ValueEvidence | None:
    """Weigh what is known to be an e-mail address, a telephone, a part of an address or a birthday."""
    words, rarity, most = left.all_words | right.all_words, coded.rarity(), coded.most()
    if left.form == right.form == "email":
        return ValueEvidence("email", coded, Weights(_by_holders(most, wide, 10.0), OTHER_EMAIL, alike_email))
    if "phone" in {left.form, right.form}:
        return ValueEvidence("phone", coded, Weights(_by_holders(most, 12.0, 7.0), OTHER_PHONE, _alike_phone))
    if words & person_words().place and not key:
        close = alike if left.form in {"text", "title"} else None
        return ValueEvidence("place", coded, Weights(np.minimum(rarity, 11), OTHER_PLACE, close))
    if left.form == "date" and words & person_words().birth:
        return ValueEvidence("birth", coded, Weights(np.minimum(rarity, 12), OTHER_BIRTH, _alike_day))
    return None


def _of_a_thing(
    left: Column, right: Column, coded: Coded, reference: tuple[Rows, Rows], own: float
) -> ValueEvidence | None:
    """Weigh any other field by how rare its values are, and by how often it agrees where the keys do; keys by `own`."""
    key = own > 0
    runs = min(len(side.counts) / max(1, side.filled) for side in (left, right)) > RUNNING
    if not key and left.form == "integer" and runs:
        return None
    rarity, most = coded.rarity(), coded.most()
    agreeing = AGREEING if key else _agreeing(coded, reference)
    chance = float(np.mean(2.0**-rarity)) if len(rarity) else 0.5
    if agreeing <= chance:
        return None
    bits = rarity
    if key or left.form == "code":
        made = [max(own, min(KEY_CAP, IDENTIFYING * len(word))) for word in coded.vocabulary]
        few = most < FEW[1]
        bits = np.where(few, np.maximum(rarity, np.asarray(made, dtype=np.float32)), np.minimum(rarity, LOOSE))
    elif left.form not in {"text", "title"}:
        bits = np.minimum(rarity, LOOSE)
    differ = max(CONFUSED, math.log2((1 - agreeing) / max(1e-6, 1 - chance)))
    close = alike if left.form in {"text", "title"} else None
    return ValueEvidence(left.path, coded, Weights(bits, differ, close))


def _agreeing(coded: Coded, reference: tuple[Rows, Rows]) -> float:
    """Estimate in how many of the same records the field holds the same."""
    a, b = coded.left[reference[0], 0], coded.right[reference[1], 0]
    filled = (a >= 0) & (b >= 0)
    agreeing = float(((a == b) & filled).sum())
    return min(0.99, (agreeing + AGREEING * PRIOR_WEIGHT) / (float(filled.sum()) + PRIOR_WEIGHT))


def _by_holders(most: np.ndarray[tuple[int], np.dtype[np.int64]], own: float, few: float) -> Bits:
    """Weigh a way to reach a person: its own, a family's, or one that nobody has."""
    return np.select([most <= 1, most <= FEW[0], most <= FEW[1]], [own, (own + few) / 2, few], 1.0).astype(np.float32)


def _alike_phone(pairs: Iterable[tuple[str, str]]) -> Bits:
    """Weigh a slip of the finger in a number."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  only what is not equal needs it
    from rapidfuzz.process import cpdist  # noqa: PLC0415  only what is not equal needs it

    pairs = [*pairs]
    ours, theirs = [a for a, _ in pairs], [b for _, b in pairs]
    slips = cpdist(ours, theirs, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    return np.where(slips <= 1, SLIP, 0.0).astype(np.float32)


def _alike_day(pairs: Iterable[tuple[str, str]]) -> Bits:
    """Weigh a day that is written with day and month swapped, or with one other digit."""
    shares = [
        SLIP if a[:4] == b[:4] and (a[5:7], a[8:10]) == (b[8:10], b[5:7]) else SLIP / 2 if _one_off(a, b) else 0.0
        for a, b in pairs
    ]
    return np.asarray(shares, dtype=np.float32)


def _one_off(left: str, right: str) -> bool:
    return len(left) == len(right) and sum(a != b for a, b in zip(left, right, strict=True)) == 1

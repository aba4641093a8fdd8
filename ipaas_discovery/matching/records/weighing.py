"""Fields of both sides that say something of a pair of records, and how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ipaas_discovery.knowledge.people.person_names import full_forms, person_words
from ipaas_discovery.matching.records.blocks import Block
from ipaas_discovery.matching.records.columns import Column
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
HOUSE_GAP = 2.3
"""Bits that all that a house shares has to lack of telling one record from all others, where the given names differ."""
PLACE_CAP, PLACE_FLOOR = 14.0, -3.0
IDENTIFYING = 1.5
"""Bits for each sign of a value that is made to be unique."""
KEY_CAP = 24.0
AGREEING = 0.85
"""Share of the same records in which a field is expected to agree, until the keys tell better."""
PRIOR_WEIGHT = 10.0
FEW = 2, 4
"""Records that may hold one value and be a couple, or a family."""
LONG_EMAIL = 10
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

    def bits(self, left: Rows, right: Rows) -> Bits:
        """Add up the evidence; what a house shares counts once, and less where the given names differ."""
        parts: dict[str, Bits] = {}
        for part in self.evidence:
            parts[part.aspect] = parts.get(part.aspect, np.float32(0)) + part.bits(left, right)
        if "place" in parts:
            parts["place"] = np.clip(parts["place"], PLACE_FLOOR, PLACE_CAP)
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
        return np.asarray(total, dtype=np.float32)


def weigh_fields(left: Mapping[str, Column], right: Mapping[str, Column], keys: Sequence[Key]) -> Weighing:
    """Find what to compare on two sides, and how much each says."""
    evidence: list[Weighable] = []
    features: list[Block] = []
    blocks: list[Block] = []
    persons = all(any(column.form in {"email", "phone"} for column in side.values()) for side in (left, right))
    ours, theirs = (person_names(side) if persons else None for side in (left, right))
    if ours and theirs:
        names = ours[0], theirs[0]
        evidence.append(PersonEvidence.of(*names))
        blocks.append((list(map(_whole, names[0])), list(map(_whole, names[1]))))
        blocks.append((list(map(_beginnings, names[0])), list(map(_beginnings, names[1]))))
        features += [(list(map(part, names[0])), list(map(part, names[1]))) for part in (_given, _family)]
        for block in _names_in_emails((left, right), names):
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
        evidence.append(part)
        block = (left[a].rows, right[b].rows)
        (blocks if (a, b) in keys or left[a].form in {"email", "phone", "title"} else features).append(block)
        if left[a].form == "email":
            blocks.append(([_locals(row) for row in block[0]], [_locals(row) for row in block[1]]))
    among = max([2, *(len(column.rows) for side in (left, right) for column in side.values())])
    return Weighing(tuple(evidence), (*blocks, *_composites(features)), among)


def _of_a_place(left: Mapping[str, Column], right: Mapping[str, Column], key: Key) -> bool:
    return bool(person_words().place & (left[key[0]].all_words | right[key[1]].all_words))


def _names_in_emails(
    sides: tuple[Mapping[str, Column], Mapping[str, Column]], names: tuple[Sequence[Name], Sequence[Name]]
) -> Iterator[Block]:
    """Lay the names of one side beside the e-mail addresses of the other, which keep the name before a wedding."""
    emails = [
        next(column for column in side.values() if column.form == "email")
        if any(column.form == "email" for column in side.values())
        else None
        for side in sides
    ]
    written = [list(map(_as_in_emails, side)) for side in names]
    if emails[1]:
        yield written[0], [_letters(row) for row in emails[1].rows]
    if emails[0]:
        yield [_letters(row) for row in emails[0].rows], written[1]


def _as_in_emails(name: Name) -> tuple[str, ...]:
    given, family = (part.replace(" ", "") for part in name)
    return tuple(dict.fromkeys((given + family, family + given))) if given and family else ()


def _letters(row: Iterable[str]) -> tuple[str, ...]:
    return tuple("".join(filter(str.isalpha, value.partition("@")[0])) for value in row)


def _without(columns: Mapping[str, Column], paths: frozenset[str]) -> dict[str, Column]:
    return {path: column for path, column in columns.items() if path not in paths}


def _whole(name: Name) -> tuple[str, ...]:
    return (" ".join(sorted(name)),) if all(name) else ()


def _given(name: Name) -> tuple[str, ...]:
    """Give the beginnings of all that a given name may be short for, which slips of the pen leave most often."""
    return tuple(sorted({form[:3] for form in full_forms(name[0]) if form}))


def _family(name: Name) -> tuple[str, ...]:
    return (name[1][:3],) if name[1] else ()


def _beginnings(name: Name) -> tuple[str, ...]:
    """Give the beginnings of both parts, in an order that a swap does not change."""
    return tuple(" ".join(sorted((given, name[1][:4]))) for given in _given(name)) if all(name) else ()


def _locals(row: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.partition("@")[0] for value in row)


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


def _evidence(left: Column, right: Column, reference: tuple[Rows, Rows], *, key: bool) -> Weighable | None:
    coded = Coded.of(left.rows, right.rows)
    wide = math.log2(max(2, len(left.rows), len(right.rows))) + 4
    return _of_a_person(left, right, coded, wide, key=key) or _of_a_thing(
        left, right, coded, reference, wide if key else 0
    )


def _of_a_person(left: Column, right: Column, coded: Coded, wide: float, *, key: bool) -> Weighable | None:
    """Weigh what is known to be an e-mail address, a telephone, a part of an address or a birthday."""
    words, rarity, most = left.all_words | right.all_words, coded.rarity(), coded.most()
    if left.form == right.form == "email":
        return ValueEvidence("email", coded, Weights(_by_holders(most, wide, 10.0), -1.5, _alike_email))
    if "phone" in {left.form, right.form}:
        return ValueEvidence("phone", coded, Weights(_by_holders(most, 12.0, 7.0), -1.0))
    if words & person_words().place and not key:
        close = alike if left.form in {"text", "title"} else None
        return ValueEvidence("place", coded, Weights(np.minimum(rarity, 11), -1.0, close))
    if left.form == "date" and words & person_words().birth:
        return ValueEvidence("birth", coded, Weights(np.minimum(rarity, 12), -6.0))
    return None


def _of_a_thing(
    left: Column, right: Column, coded: Coded, reference: tuple[Rows, Rows], own: float
) -> Weighable | None:
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


def _alike_email(pairs: Iterable[tuple[str, str]]) -> Bits:
    """Weigh the same name at another provider, and a slip of the pen."""
    pairs = [*pairs]
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415  only what is not equal needs it
    from rapidfuzz.process import cpdist  # noqa: PLC0415  only what is not equal needs it

    slips = cpdist(
        [a for a, _ in pairs], [b for _, b in pairs], scorer=DamerauLevenshtein.distance, score_cutoff=1, dtype=np.uint8
    )
    numbered = np.asarray([_digits(a) == _digits(b) for a, b in pairs])
    same = np.asarray([len(a) > LONG_EMAIL and a.partition("@")[0] == b.partition("@")[0] for a, b in pairs])
    return np.where(((slips <= 1) & numbered) | same, SLIP, 0.0).astype(np.float32)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))

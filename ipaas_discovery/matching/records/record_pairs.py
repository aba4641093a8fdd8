"""Pairs: the same record found in both systems, and the records that stand on one side alone."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.matching.records.agreement import Agreement, PairedValues, edges_of
from ipaas_discovery.matching.records.blocks import LARGEST, Block, candidates
from ipaas_discovery.matching.records.columns import Column, columns_of
from ipaas_discovery.matching.records.evidence import Bits, Rows
from ipaas_discovery.matching.records.forecast import Forecast, Unpaired, forecast_of
from ipaas_discovery.matching.records.keys import JOINED, Key, composite, composite_key, proposed_keys
from ipaas_discovery.matching.records.known_links import known_links
from ipaas_discovery.matching.records.partners import Partners, assign, without_repeats
from ipaas_discovery.matching.records.weighing import Weighing, weigh_fields
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Listing, Tabular, Wording
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.samples.sample import Sample

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.field_matches import Matches

__all__ = ["Pair", "Pairs", "pair_records"]

OVER_CHANCE = 1.0
"""Bits by which the evidence has to outweigh that nearly every two records are different."""
SURE = 10.0
"""Bits above the least from which a pair is graded "sure"."""
SHARED = 9
"""Pairs of one value of a given key at most: what more than three records hold on both sides is a placeholder."""
FAMILY = 10_000
"""Pairs of children of one pair of parents at most."""
FIRST = 1000.0
"""Bits by which an earlier one of the given keys goes before a later one."""

SIDES = 2

COLUMNS = {
    "left": "Int64",
    "right": "Int64",
    "tier": "str",
    "grade": "str",
    "score": "Float64",
    "runner_up": "Float64",
    "left_key": "str",
    "right_key": "str",
    "value": "str",
}
HEADINGS = {
    "tier": "found by",
    "score": "bits",
    "runner_up": "bits of the next",
    "left_key": "its key",
    "right_key": "key of the other",
}


@dataclass(frozen=True, slots=True)
class Pair(Card):
    """The record at `left` of one sample and the one at `right` of the other.

    `tier` is "known link", "key", or "likeness" where no key is shared; `key` and `value` are the first key they share.
    `score` is the evidence in bits, as far as it was weighed: 10 bits more are a thousand times less chance.
    `runner_up` is the score of the next best counterpart of either record, None where there is none. `grade` is "sure",
    or "likely" where the evidence is barely enough or the runner-up is near.
    """

    left: int
    right: int
    key: Key = ("", "")
    value: str = ""
    tier: str = "key"
    grade: str = "sure"
    score: float | None = None
    runner_up: float | None = None


def _rest(side: Sample, gone: Collection[int]) -> Listing[int]:
    """List the records of a side that are in nothing else."""
    rest = (at for at in range(len(side)) if at not in gone)
    return Listing(rest, f"Records of {side.collection} in {side.system} alone", ("record",), {"record": side.name_of})


@dataclass(frozen=True)
class Pairs(Tabular):
    """The records found on both sides; each record stands in one pair at most. `keys` is the cascade used.

    Every other record is in one of these, by position: `left_only` and `right_only` have no counterpart among the other
    side's records. `left_ties` and `right_ties` map a record to counterparts among which nothing decides; a tie is no
    pair. `left_copies` and `right_copies` map a record to the one of its own side that it repeats.
    """

    left: Sample
    right: Sample
    pairs: tuple[Pair, ...] = ()
    keys: tuple[Key, ...] = ()
    left_ties: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    right_ties: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    left_copies: Mapping[int, int] = field(default_factory=dict)
    right_copies: Mapping[int, int] = field(default_factory=dict)

    section: ClassVar[str] = "tier"

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def left_only(self) -> tuple[int, ...]:
        """Positions of the left records that have no counterpart on the right; shown by their ids."""
        paired = (pair.left for pair in self.pairs)
        return _rest(self.left, {*paired, *self.left_ties, *self.left_copies})

    @property
    def right_only(self) -> tuple[int, ...]:
        """Positions of the right records that have no counterpart on the left; shown by their ids."""
        return _rest(
            self.right, {pair.right for pair in self.pairs} | self.right_ties.keys() | self.right_copies.keys()
        )

    def frame(self) -> pd.DataFrame:
        """Return one row per pair: both positions in the samples, how they were found, the key and its value.

        Dtypes: Int64 for left and right, Float64 for score and runner_up, text for the others.
        """
        rows = (
            {name: getattr(pair, name, None) for name in COLUMNS} | {"left_key": pair.key[0], "right_key": pair.key[1]}
            for pair in self.pairs
        )
        return frame_of(rows, COLUMNS)

    def _noted(self) -> Iterable[str]:
        """Say why no record is paired, where none is."""
        empty = [f"{side.system} {side.collection}" for side in (self.left, self.right) if not len(side)]
        if empty:
            yield f"There is no record of {' and of '.join(empty)} to pair."
        elif not self.pairs and (self.left_ties or self.right_ties):
            both = (counted(len(self.left_ties), "left record"), counted(len(self.right_ties), "right record"))
            yield f"No pair: nothing decides between the counterparts of {' and '.join(both)}."
        elif not self.pairs and self.keys:
            keys = ", ".join(f"{a} = {b}".replace(JOINED, " and ") for a, b in self.keys)
            yield f"No pair: no value of {keys} stands in so few records of both sides that it tells any apart."
        elif not self.pairs:
            yield "No pair: no field's values tell which records of both sides are the same; `keys` may name some."

    def _title(self) -> str:
        alone = ((len(self.left_only), self.left), (len(self.right_only), self.right))
        others = ", ".join(f"{number:,} in {sample.system} alone" for number, sample in alone)
        return f"{counted(len(self), 'record')} found in both systems, {others}"

    def _headings(self) -> Mapping[str, str]:
        sides = {
            name: f"{side.system}, {side.collection}" for name, side in (("left", self.left), ("right", self.right))
        }
        return {**HEADINGS, **sides}

    def _wording(self) -> Wording:
        return {"left": self.left.name_of, "right": self.right.name_of}

    def _facts(self) -> dict[str, Any]:
        sides = {"left": self.left, "right": self.right}
        about = {name: {"system": side.system, "collection": side.collection} for name, side in sides.items()}
        alone = {"left_only": len(self.left_only), "right_only": len(self.right_only)}
        undecided = {"left_ties": len(self.left_ties), "right_ties": len(self.right_ties)}
        copies = {"left_copies": len(self.left_copies), "right_copies": len(self.right_copies)}
        return {**about, "keys": [list(key) for key in self.keys], **alone, **undecided, **copies}

    def agreement(self, mappings: Matches | Iterable[tuple[str, str]] | None = None) -> Agreement:
        """Count how often each mapped pair of fields holds the same value in paired records.

        Args:
            mappings: pairs of left and right paths, or matches whose proposals are used; by default
                the proposals of `match_fields` on what both samples show.

        Returns:
            One row per pair of fields. A single value that faces a list, as a billing city the cities of all
            addresses, is equal after normalising if the list holds it.
        """
        return self.values.agreement(edges_of(self.left, self.right, mappings))

    @cached_property
    def values(self) -> PairedValues:
        """The values of all pairs, read once."""
        return PairedValues.of(self.left, self.right, [(pair.left, pair.right) for pair in self.pairs])

    def forecast(self, mappings: Agreement | Matches | Iterable[tuple[str, str]] | None = None) -> Forecast:
        """Count what a first transfer of these records would do in each direction.

        Args:
            mappings: the fields that would be written, as for `agreement`; or their agreement, where it is known.
        """
        return forecast_of(
            mappings if isinstance(mappings, Agreement) else self.agreement(mappings),
            len(self),
            Unpaired(self.left, len(self.left_only), len(self.left_copies), len(self.left_ties)),
            Unpaired(self.right, len(self.right_only), len(self.right_copies), len(self.right_ties)),
        )


def pair_records(
    left: Sample,
    right: Sample,
    keys: Sequence[tuple[str | Sequence[str], str | Sequence[str]]] | None = None,
    *,
    links: Iterable[tuple[object, object]] = (),
    parents: Pairs | None = None,
    system: str | None = None,
) -> Pairs:
    """Find the same record in both samples.

    Links that are known come first. Then every field that stands on both sides is weighed: what agrees counts for a
    pair, the more the rarer the value, what differs against it. Only records that share a value, or two common ones
    together, are compared. Case, spaces, accents, alphabets, padding zeros and ways to write telephones and moments are
    levelled; names may be shortened, swapped or misspelt. Where two counterparts are as good, there is no pair.

    Args:
        left: records of one system.
        right: records of the other.
        keys: pairs of a left and a right path, strongest first, that alone decide; what one key has paired the next
            leaves alone, and among up to three records that share a value those pair that share the most others. Lists
            of paths in place of a path make a composite key.
        links: pairs of a left and a right record's `id` that are known to be the same, as the platform's look-ups give
            them; those in the records' own lists of external ids are known without.
        system: the number under which the records' external ids name the other side, where it is known.
        parents: the pairs of the collections that these are children of; only children of paired parents are compared.

    Raises:
        UnknownNameError: if a key's path is in no record of a sample that has records.
        ConfigurationError: if a key is no pair of paths, or there is none.

    >>> from ipaas_discovery.samples.sample import Stop
    >>> ours = Sample("a", "customers", ({"email": "ada@example.test"}, {"email": "bo@example.test"}), Stop.COMPLETE)
    >>> theirs = Sample("b", "users", ({"mail": "BO@example.test"},), Stop.COMPLETE)
    >>> [(pair.left, pair.right, pair.key) for pair in pair_records(ours, theirs).pairs]
    [(1, 0, ('email', 'mail'))]
    """
    with gc_paused():
        return _paired(left, right, keys, (known_links(left, right, links, read=keys is None, system=system), parents))


def _paired(
    left: Sample,
    right: Sample,
    keys: Sequence[tuple[str | Sequence[str], str | Sequence[str]]] | None,
    known: tuple[Mapping[tuple[int, int], str], Pairs | None],
) -> Pairs:
    linked, parents = known
    columns = columns_of(left.records), columns_of(right.records)
    if keys is not None:
        _check_form(keys)
        chosen = tuple((JOINED.join(_parts(a)), JOINED.join(_parts(b))) for a, b in keys)
        for side, at in ((columns[0], 0), (columns[1], 1)):
            side |= {joined.path: joined for key in keys if (joined := _composite(side, _parts(key[at])))}
        for sample, side, at in ((left, columns[0], 0), (right, columns[1], 1)):
            _check(sample, side, [key[at] for key in chosen])
        result, least = _by_given_keys(columns, chosen, len(left), len(right)), 0.0
    else:
        chosen = proposed_keys(*columns)
        if not chosen and (both := composite_key(*columns)):
            chosen = ((both[0].path, both[1].path),)
            for side, column in zip(columns, both, strict=True):
                side[column.path] = column
        weighing = weigh_fields(*columns, chosen)
        least, result = _by_weight(weighing, left, right, parents, set(linked))
    return _pairs(left, right, chosen, (columns, linked, result, least))


def _check_form(keys: Sequence[object]) -> None:
    then = 'write pairs of a left and a right path, as in [("email", "email_address")], or leave `keys` out'
    if isinstance(keys, str) or not keys:
        raise ConfigurationError("No key is given" if not keys else f"`{keys}` is no list of keys", then=then)
    for key in keys:
        if isinstance(key, str) or not isinstance(key, Sequence) or len(key) != SIDES or not all(map(_is_path, key)):
            raise ConfigurationError(f"A key is a pair of paths, and not {key!r}", then=then)


def _is_path(path: object) -> bool:
    several = path if isinstance(path, Sequence) else ()
    return isinstance(path, str) or (bool(several) and all(isinstance(part, str) for part in several))


def _parts(paths: str | Sequence[str]) -> tuple[str, ...]:
    return (paths,) if isinstance(paths, str) else tuple(paths)


def _composite(columns: Mapping[str, Column], paths: tuple[str, ...]) -> Column | None:
    return composite(columns, paths) if len(paths) > 1 and all(path in columns for path in paths) else None


def _check(sample: Sample, columns: Mapping[str, Column], paths: Iterable[str]) -> None:
    for path in (part for joined in paths for part in joined.split(JOINED)):
        if len(sample) and path not in columns and not any(path in dict(_paths(record)) for record in sample.records):
            raise UnknownNameError("key", path, columns, where=f"{sample.system} {sample.collection}")


def _paths(record: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    from ipaas_discovery.matching.records.columns import raw_values  # noqa: PLC0415  only a key without values needs it

    return raw_values(record)


def _by_weight(
    weighing: Weighing, left: Sample, right: Sample, parents: Pairs | None, linked: set[tuple[int, int]]
) -> tuple[float, Partners]:
    blocks, among = weighing.blocks, max(len(left), len(right), 2)
    if parents is not None:
        blocks, among = (_families(left, right, parents),), 2
    ours, theirs = candidates(blocks, len(left), len(right), FAMILY if parents is not None else LARGEST)
    free = _not_linked(ours, theirs, linked)
    ours, theirs = ours[free], theirs[free]
    least = math.log2(among) + OVER_CHANCE
    partners = assign(ours, theirs, weighing.bits(ours, theirs), least)
    if parents is not None:
        return least, partners

    def repeats(side: int, one: Rows, other: Rows) -> NDArray[np.bool_]:
        return weighing.repeats(side, one, other, least + SURE)

    return least, _with_lone_copies(
        without_repeats(partners, repeats, weighing.bits), weighing, (len(left), len(right)), linked, least
    )


def _with_lone_copies(
    partners: Partners, weighing: Weighing, sizes: tuple[int, int], linked: set[tuple[int, int]], least: float
) -> Partners:
    """Find the records without a counterpart that repeat another one of their side, which has none either."""
    copies = []
    for side, (ties, repeated) in enumerate(
        ((partners.left_ties, partners.left_copies), (partners.right_ties, partners.right_copies))
    ):
        gone = {pair[side] for pair in (*partners.pairs, *linked)} | ties.keys() | repeated.keys()
        alone = [at not in gone for at in range(sizes[side])]
        rows = [
            [row if free else () for row, free in zip(block[side], alone, strict=True)] for block in weighing.blocks
        ]
        ones, others = candidates([(row, row) for row in rows], sizes[side], sizes[side])
        earlier = ones < others
        ones, others = ones[earlier], others[earlier]
        same = weighing.repeats(side, ones, others, least + SURE)
        firsts: dict[int, int] = {}
        for one, other in zip(ones[same].tolist(), others[same].tolist(), strict=True):
            firsts.setdefault(other, firsts.get(one, one))
        copies.append(repeated | firsts)
    return replace(partners, left_copies=copies[0], right_copies=copies[1])


def _not_linked(left: Rows, right: Rows, linked: set[tuple[int, int]]) -> NDArray[np.bool_]:
    taken = np.fromiter((a for a, _ in linked), np.int64), np.fromiter((b for _, b in linked), np.int64)
    return ~np.isin(left, taken[0]) & ~np.isin(right, taken[1])


def _families(left: Sample, right: Sample, parents: Pairs) -> Block:
    """Put the children of paired parents into one block each, by their parents' ids."""
    ours = {str(parents.left.records[pair.left].get("id")): str(at) for at, pair in enumerate(parents.pairs)}
    theirs = {str(parents.right.records[pair.right].get("id")): str(at) for at, pair in enumerate(parents.pairs)}

    def rows(sample: Sample, names: Mapping[str, str]) -> list[tuple[str, ...]]:
        held = [names.get(str(parent)) for parent in sample.parents]
        return [(name,) if name else () for name in [*held, *[None] * (len(sample) - len(held))]]

    return rows(left, ours), rows(right, theirs)


def _by_given_keys(
    columns: tuple[Mapping[str, Column], Mapping[str, Column]], keys: Sequence[Key], left: int, right: int
) -> Partners:
    bits: dict[tuple[int, int], float] = {}
    for rank, (a, b) in enumerate(keys):
        if a in columns[0] and b in columns[1]:
            ours, theirs = candidates([(columns[0][a].rows, columns[1][b].rows)], left, right, SHARED)
            for pair in zip(ours.tolist(), theirs.tolist(), strict=True):
                bits.setdefault(pair, FIRST * (len(keys) - rank) + _in_common(columns, *pair))
    pairs = np.asarray([*bits], dtype=np.int64).reshape(-1, 2)
    weights: Bits = np.fromiter(bits.values(), np.float32, len(bits))
    return assign(pairs[:, 0], pairs[:, 1], weights, 0)


def _in_common(columns: tuple[Mapping[str, Column], Mapping[str, Column]], left: int, right: int) -> int:
    ours, theirs = (
        {value for column in side.values() for value in column.rows[at]}
        for side, at in zip(columns, (left, right), strict=True)
    )
    return len(ours & theirs)


def _pairs(
    left: Sample,
    right: Sample,
    keys: tuple[Key, ...],
    parts: tuple[tuple[Mapping[str, Column], Mapping[str, Column]], Mapping[tuple[int, int], str], Partners, float],
) -> Pairs:
    columns, linked, result, least = parts
    known = [Pair(a, b, ("", ""), value, tier="known link") for (a, b), value in linked.items()]
    taken = {pair.left for pair in known}, {pair.right for pair in known}
    others = []
    for a, b, score, second in result.pairs:
        if a in taken[0] or b in taken[1]:
            continue
        key, value = _shared_key(columns, keys, a, b)
        sure = score >= least + SURE and (second is None or score >= second + SURE)
        others.append(
            Pair(a, b, key, value)
            if least == 0
            else Pair(
                a,
                b,
                key,
                value,
                "key" if value else "likeness",
                "sure" if sure else "likely",
                round(score, 1),
                None if second is None else round(second, 1),
            )
        )
    paired = tuple(sorted((*known, *others), key=lambda pair: (pair.left, pair.right)))
    return Pairs(
        left,
        right,
        paired,
        keys,
        result.left_ties,
        result.right_ties,
        {a: b for a, b in result.left_copies.items() if a not in taken[0]},
        {a: b for a, b in result.right_copies.items() if a not in taken[1]},
    )


def _shared_key(
    columns: tuple[Mapping[str, Column], Mapping[str, Column]], keys: Iterable[Key], left: int, right: int
) -> tuple[Key, str]:
    for a, b in keys:
        ours = columns[0][a].rows[left] if a in columns[0] else ()
        theirs = columns[1][b].rows[right] if b in columns[1] else ()
        common = [value for value in ours if value in theirs]
        if common:
            return (a, b), common[0]
    return ("", ""), ""

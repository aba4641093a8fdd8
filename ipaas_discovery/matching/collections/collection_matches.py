"""Matches between collections: which one of the other system belongs to each type of iPaaS.com, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ipaas_discovery.knowledge.collections.collection_words import Meaning, collection_words
from ipaas_discovery.knowledge.ipaas_collections import collection_name, ipaas_collections
from ipaas_discovery.knowledge.name_words import singulars, split_words
from ipaas_discovery.matching.collections.candidates import CollectionCandidate, Collections, candidates_of
from ipaas_discovery.matching.collections.field_evidence import FieldEvidence
from ipaas_discovery.matching.collections.name_evidence import DOUBTED, NameEvidence, Names
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Table, Tabular, Wording, shows

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.collections.candidates import Known

__all__ = ["CollectionMatch", "CollectionMatches", "match_collections"]

PROPOSED = 0.5
"""The score from which a collection is proposed."""
SHOWN = 0.15
"""The score from which a collection is shown as a candidate."""
TIE = 0.005
"""Scores that differ by less are equal: nothing tells the collections apart."""
FIELDS, VALUES, CERTAIN = 0.15, 0.1, 0.99
"""Most that equal fields and equal values add to a name's score, and the score where that ends."""
NAMELESS = 0.7
"""The share that fields alone make of a score, where the name says nothing."""

EVIDENCE = ("name", "fields", "values")
COLUMNS = {
    "ipaas": "str", "third_party": "str", "rank": "Int64", "score": "Float64", "proposed": "boolean",
    "runner_up": "str", "margin": "Float64", "inside": "str", "why": "str", "caution": "str",
} | dict.fromkeys(EVIDENCE, "Float64")  # fmt: skip
KINDS = {"system": "str", "collection": "str", "reason": "str"}


@dataclass(frozen=True, slots=True)
class CollectionMatch(Card):
    """A collection of the third party that may belong to a collection type of iPaaS.com.

    `rank` counts from 1 within the type. `score` and each part of `evidence` run from 0 to 1; a part is None where
    there is nothing to judge by. `runner_up` is the next collection that the type could have, and `margin` the
    distance to its score. `inside` is the collection in whose records a list stands that has no call of its own.
    `caution` says why the name does not mean what it says here, empty where nothing speaks against it.
    """

    ipaas: str
    third_party: str
    score: float
    evidence: Mapping[str, float | None]
    why: str
    caution: str = ""
    inside: str = ""
    rank: int = 0
    runner_up: str = ""
    margin: float = 0.0
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class CollectionMatches(Tabular):
    """Ranked matches, in iPaaS.com's order and by rank; a proposal decides nothing.

    Iterating gives the proposals.
    """

    rows: tuple[CollectionMatch, ...] = ()
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    lists: frozenset[str] = field(default_factory=frozenset)

    wording: ClassVar[Wording] = {}

    def __iter__(self) -> Iterator[CollectionMatch]:
        return iter(self.proposals())

    def __len__(self) -> int:
        return len(self.proposals())

    @shows("Proposed pairs of collections")
    def proposals(self) -> tuple[CollectionMatch, ...]:
        """Return the matches to begin with: each type once, each collection once, in iPaaS.com's order."""
        return tuple(row for row in self.rows if row.proposed)

    def best(self, ipaas: str) -> CollectionMatch | None:
        """Return the proposal for a type of iPaaS.com, or None."""
        return next((row for row in self.proposals() if row.ipaas == collection_name(ipaas)), None)

    def frame(self) -> pd.DataFrame:
        """Return one row per type and candidate: score, rank, whether proposed, runner-up, why, each kind of evidence.

        Dtypes: text, Int64 for rank, boolean for proposed, Float64 for score, margin and each kind of evidence.
        """
        return frame_of((_row(match) for match in self.rows), COLUMNS)

    def unpaired(self, pairs: Iterable[tuple[str, str]] | None = None) -> Table:
        """List the collections of both sides that are in no pair, each with the reason.

        Columns, all text: system ("iPaaS.com" or "third party"), collection, reason.

        Args:
            pairs: the pairs, iPaaS.com's collection first. Defaults to the proposals.
        """
        taken = [(row.ipaas, row.third_party) for row in self.proposals()] if pairs is None else [*pairs]
        ours, theirs = {name for name, _ in taken}, {name for _, name in taken}
        rows = [("iPaaS.com", name, self._no_candidate(name)) for name in self.ours if name not in ours]
        rows += [
            ("third party", name, self._not_taken(name))
            for name in self.theirs
            if name not in theirs and name not in self.lists
        ]
        return Table(frame_of((dict(zip(KINDS, row, strict=True)) for row in rows), KINDS))

    def _no_candidate(self, name: str) -> str:
        """Say why nothing is proposed for a type."""
        if name not in ipaas_collections():
            return "it is no collection type of iPaaS.com"
        rows = [row for row in self.rows if row.ipaas == name]
        if not rows:
            return "no collection of the third party has a name or fields like it"
        return f"{rows[0].third_party} may belong to it, but {self._against(rows[0])}"

    def _not_taken(self, name: str) -> str:
        """Say why a collection is not proposed."""
        rows = sorted((row for row in self.rows if row.third_party == name), key=lambda row: -row.score)
        if not rows:
            return "no type of iPaaS.com has a name or fields like it"
        return f"it may belong to {rows[0].ipaas}, but {self._against(rows[0])}"

    def _against(self, row: CollectionMatch) -> str:
        """Say what speaks against a match."""
        if row.proposed:
            return "nobody has paired them"
        if row.caution:
            return row.caution
        if not ipaas_collections()[row.ipaas].implemented:
            return f"the platform does not implement {row.ipaas} yet"
        taken = [one for one in self.proposals() if row.ipaas == one.ipaas or row.third_party == one.third_party]
        if taken:
            return _lost_to(taken[0], row)
        if row.score < PROPOSED:
            return f"the evidence is weak ({row.score:.2f})"
        equal = (other.third_party for other in self.rows if other.ipaas == row.ipaas and other != row)
        return f"{next(equal, 'another')} fits as well: nothing tells them apart"


def _lost_to(taken: CollectionMatch, row: CollectionMatch) -> str:
    """Say why another match is proposed: it is better, or as good and its collection's name decides.

    >>> rows = match_collections(["TRANSACTION"], ["orders", "orders_2"])
    >>> rows.unpaired().frame()["reason"].tolist()
    ['it may belong to TRANSACTION, but orders fits as well and has no number behind its name']
    """
    if row.ipaas != taken.ipaas:
        return f"it fits {taken.ipaas} better" if taken.score > row.score else f"it is proposed for {taken.ipaas}"
    if taken.score - row.score >= TIE:
        return f"{taken.third_party} fits better"
    if _bears(taken.third_party, row.ipaas) and not _bears(row.third_party, row.ipaas):
        return f"{taken.third_party} fits as well and bears its name"
    if len(_unnumbered([taken.third_party, row.third_party])) == 1:
        return f"{taken.third_party} fits as well and has no number behind its name"
    return f"{taken.third_party} is proposed for it"


def match_collections(
    ours: Collections, theirs: Collections, *, schemas: Mapping[str, Known] | None = None
) -> CollectionMatches:
    """Propose which collection of the third party belongs to each collection type of iPaaS.com.

    Names are split into words, in several languages, and read beside each other: `users` beside `contacts` are staff.
    Where fields are known they count as well, and so do values in common. Lists inside records are offered as child
    collections. Nothing is proposed against a caution, nor where two collections fit equally well.

    Args:
        ours: the types of iPaaS.com, as a connector, schemas or samples by name, or names alone.
        theirs: the third party's collections, likewise, or an API description.
        schemas: what is known of the third party's records by collection, where `theirs` does not say.

    >>> matches = match_collections(["CUSTOMER", "TRANSACTION_LINE"], ["res.partner", "sale.order.line", "res.users"])
    >>> [(match.ipaas, match.third_party) for match in matches.proposals()]
    [('CUSTOMER', 'res.partner'), ('TRANSACTION_LINE', 'sale.order.line')]
    """
    types = {collection_name(one.name): one for one in candidates_of(ours) if "." not in one.name}
    others = candidates_of(theirs, schemas)
    order = [*(name for name in ipaas_collections() if name in types), *sorted(types.keys() - ipaas_collections())]
    sides = {("ours", name): one.schema for name, one in types.items()}
    sides |= {("theirs", one.name): one.schema for one in others}
    content = FieldEvidence({key: schema for key, schema in sides.items() if schema is not None})
    names, meanings = Names(others), {meaning.type: meaning for meaning in collection_words().meanings}
    ranked = {
        name: _ranked([_match(name, meanings[name], other, names, content) for other in others])
        for name in order
        if name in meanings
    }
    chosen = _chosen(ranked)
    rows = tuple(
        replace(row, proposed=row.third_party == chosen.get(name)) for name, rows in ranked.items() for row in rows
    )
    lists = frozenset(one.name for one in others if one.embedded and "." in one.name)
    return CollectionMatches(rows, tuple(order), tuple(one.name for one in others), lists)


def _match(
    name: str, meaning: Meaning, other: CollectionCandidate, names: Names, content: FieldEvidence
) -> CollectionMatch:
    known = names.evidence(other, meaning)
    fields = content.fields(("ours", name), ("theirs", other.name))
    values = content.values(("ours", name), ("theirs", other.name))
    alike, same = fields or 0.0, values or 0.0
    if known.score:
        score = min(known.score + (0 if known.caution else FIELDS * alike + VALUES * same), max(CERTAIN, known.score))
    else:
        score = NAMELESS * max(alike, same) * (DOUBTED if other.embedded else 1.0)
    evidence = {"name": round(known.score, 4) if known.score else None, "fields": fields, "values": values}
    return CollectionMatch(
        name, other.name, round(score, 4), evidence, _why(known, fields, values), known.caution,
        other.parent if other.embedded else "",
    )  # fmt: skip


def _why(known: NameEvidence, fields: float | None, values: float | None) -> str:
    """Say what speaks for a match."""
    parts = [f"the name reads as {known.phrase}"] if known.phrase else []
    parts += [f"its fields are {fields:.0%} alike"] if fields is not None else []
    parts += [f"{values:.0%} of the telling values are found on both sides"] if values else []
    return "; ".join(parts)


def _ranked(rows: list[CollectionMatch]) -> list[CollectionMatch]:
    """Rank the candidates of one type, each with its runner-up."""
    rows = sorted((row for row in rows if row.score >= SHOWN), key=lambda row: (-row.score, row.third_party))
    following = [*rows[1:], None][: len(rows)]
    return [
        replace(
            row,
            rank=rank,
            runner_up=after.third_party if after else "",
            margin=round(row.score - after.score, 4) if after else row.score,
        )
        for rank, (row, after) in enumerate(zip(rows, following, strict=True), 1)
    ]


def _chosen(ranked: Mapping[str, list[CollectionMatch]]) -> dict[str, str]:
    """Give each type the best collection that is free, the surest first.

    Of equals the one that bears the type's own name is taken, or the one without a number; other ties are left open.
    """
    chosen: dict[str, str] = {}
    open_rows = [row for rows in ranked.values() for row in rows if row.score >= PROPOSED and not row.caution]
    possible = [row for row in open_rows if ipaas_collections()[row.ipaas].implemented]
    order = list(ranked)
    settled: set[str] = set()
    for row in sorted(possible, key=lambda row: (-row.score, order.index(row.ipaas), row.third_party)):
        if row.ipaas in settled or row.third_party in chosen.values():
            continue
        settled.add(row.ipaas)
        equals = [
            other.third_party
            for other in possible
            if other.ipaas == row.ipaas and other.third_party not in chosen.values() and row.score - other.score < TIE
        ]
        named = [name for name in equals if _bears(name, row.ipaas)]
        best = named if len(named) == 1 else _unnumbered(equals)
        if len(best) == 1:
            chosen[row.ipaas] = best[0]
    return chosen


def _unnumbered(names: list[str]) -> list[str]:
    """Keep of names that differ by a number behind them the one without, which was there first.

    >>> _unnumbered(["orders", "orders_2"]), _unnumbered(["orders_1", "orders_2"]), _unnumbered(["orders", "sales"])
    (['orders'], ['orders_1', 'orders_2'], ['orders', 'sales'])
    """
    stems = {re.sub(r"[ _.-]?\d+\Z", "", name) for name in names}
    return [*stems] if len(stems) == 1 and stems <= {*names} else names


def _bears(name: str, type_name: str) -> bool:
    """Tell whether a collection's name is the type's own, in the singular or plural.

    >>> _bears("locations", "LOCATION"), _bears("giftCards", "GIFT_CARD"), _bears("sites", "LOCATION")
    (True, True, False)
    """
    wanted = split_words(type_name)
    words = split_words(name)
    return len(words) == len(wanted) and all(
        own in {word, *singulars(word)} for own, word in zip(wanted, words, strict=True)
    )


def _row(match: CollectionMatch) -> dict[str, Any]:
    plain = {name: getattr(match, name) for name in COLUMNS if name not in EVIDENCE}
    return plain | {name: match.evidence[name] for name in EVIDENCE}

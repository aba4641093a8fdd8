"""Which field of one schema corresponds to which of another: ranked, with the evidence in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.matching.name_words import Thesaurus, words_of
from ipaas_discovery.matching.relation import relation_of, why_of
from ipaas_discovery.matching.traits import Traits, traits_of
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.schemas.schema import Field, Schema

if TYPE_CHECKING:
    import pandas as pd

    from ipaas_discovery.matching.evidence_parts import Table

__all__ = ["THRESHOLD", "Match", "Matches", "match_fields", "one_to_one"]

THRESHOLD = 0.55
"""The score from which a match is proposed."""

COHERENCE = 0.5
"""What it counts for a proposal that the rest of the object fits too."""

CARRIED = 3
"""How many fields an object has to share with an element of a list before it is proposed as one."""

EVIDENCE = ("name", "concept", "path", "type", "values", "keyness")

COLUMNS = {
    "source": "str",
    "destination": "str",
    "rank": "Int64",
    "score": "Float64",
    "relation": "str",
    "why": "str",
} | dict.fromkeys(EVIDENCE, "Float64")


@dataclass(frozen=True, slots=True)
class Match:
    """A source field and a destination field that may correspond.

    `rank` counts from 1 within the source field; `score` and each part of `evidence` run from 0 to 1,
    a part is None where there is nothing to judge by. `relation` is one of "equivalent", "source
    narrower" (every source value fits), "source broader" (some may not fit) and "related".
    """

    source: str
    destination: str
    rank: int
    score: float
    relation: str
    why: str
    evidence: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Matches(Tabular):
    """Ranked matches, by source path and rank. A ranking is a proposal: nothing is decided by it."""

    rows: tuple[Match, ...] = ()

    def frame(self) -> pd.DataFrame:
        """One row per match: source, destination, rank, score, relation, why, then each kind of evidence.

        Dtypes: text, Int64 for rank, Float64 for score and for each kind of evidence.
        """
        return frame_of((_row(each) for each in self.rows), COLUMNS)

    def best(self, source: str) -> Match | None:
        """The first match of `source`, or None."""
        return next((each for each in self.rows if each.source == source and each.rank == 1), None)

    def proposals(self, threshold: float = THRESHOLD) -> tuple[Match, ...]:
        """A one-to-one choice among the ranked matches that score at least `threshold`, best first.

        A field goes along with its brothers and sisters: between two that want the same destination
        the one whose object fits there better has it. A value that is one a record on one side and one
        of a list on the other goes along only with others of its object: an address may be the first
        of a list of addresses, a lone total is no line's total.

        >>> left = Schema.from_fields([{"path": "zip"}, {"path": "qty"}])
        >>> right = Schema.from_fields([{"path": "postal_code"}, {"path": "quantity"}])
        >>> [(each.source, each.destination) for each in match_fields(left, right).proposals()]
        [('qty', 'quantity'), ('zip', 'postal_code')]
        """
        likely = _carried([each for each in self.rows if each.score >= threshold])
        chosen = one_to_one(likely, _coherence(likely))
        return tuple(sorted(chosen, key=lambda each: (-each.score, each.source)))


def one_to_one(matches: Iterable[Match], bonus: Mapping[tuple[str, str], float] | None = None) -> list[Match]:
    """Each source and each destination once, the better score first; `bonus` is by the parents' paths."""
    more = bonus or {}
    taken: tuple[set[str], set[str]] = (set(), set())
    chosen: list[Match] = []

    def worth(each: Match) -> tuple[float, str, str]:
        return (-each.score - COHERENCE * more.get(_parents(each), 0.0), each.source, each.destination)

    for each in sorted(matches, key=worth):
        if each.source not in taken[0] and each.destination not in taken[1]:
            taken[0].add(each.source)
            taken[1].add(each.destination)
            chosen.append(each)
    return chosen


def _carried(matches: list[Match]) -> list[Match]:
    """The matches within one level of lists, and across levels those whose objects share enough fields."""
    company: dict[tuple[str, str], set[str]] = {}
    for each in matches:
        company.setdefault(_parents(each), set()).add(each.source)
    return [
        each
        for each in matches
        if each.source.count("[]") == each.destination.count("[]") or len(company[_parents(each)]) >= CARRIED
    ]


def _coherence(matches: Iterable[Match]) -> dict[tuple[str, str], float]:
    """For each two parents the share of the source parent's likely fields that find a match there."""
    found: dict[tuple[str, str], set[str]] = {}
    children: dict[str, set[str]] = {}
    for each in matches:
        found.setdefault(_parents(each), set()).add(each.source)
        children.setdefault(_parents(each)[0], set()).add(each.source)
    return {pair: len(sources) / len(children[pair[0]]) * _size(len(sources)) for pair, sources in found.items()}


def _size(fields: int) -> float:
    """One field alone shows no coherence; many do."""
    return 1 - 1 / fields


def _parents(each: Match) -> tuple[str, str]:
    return Field(each.source).parent, Field(each.destination).parent


def match_fields(source: Schema, destination: Schema, *, top: int = 5) -> Matches:
    """Rank, for every source field, the destination fields it may correspond to.

    Only fields that hold values are matched; objects and lists of objects are their context. The
    ranking is complete up to `top`: nothing is left out for a low score.

    Args:
        source: the schema values come from, declared, observed or both.
        destination: the schema they go to.
        top: how many matches to keep for each source field.

    Returns:
        The matches, sorted by source path and rank; the same input gives the same output.

    >>> orders = Schema.from_fields([{"path": "billing_address.email", "types": ["string"]}])
    >>> theirs = Schema.from_fields([{"path": "email_address", "types": ["string"]}, {"path": "total"}])
    >>> match_fields(orders, theirs).best("billing_address.email").destination
    'email_address'
    """
    thesaurus = Thesaurus.load()
    left, right = traits_of(source, thesaurus), traits_of(destination, thesaurus)
    if not left or not right:
        return Matches()
    own = _own_words((source, destination), thesaurus)
    table = _scored(left, right, thesaurus, own)
    return Matches(tuple(row for at in range(len(left)) for row in _ranked(at, left, right, table, top)))


@dataclass(frozen=True, slots=True)
class _Scored:
    evidence: Mapping[str, Table]
    scores: Table


def _scored(left: tuple[Traits, ...], right: tuple[Traits, ...], thesaurus: Thesaurus, own: frozenset[str]) -> _Scored:
    from ipaas_discovery.matching.evidence_parts import gather  # noqa: PLC0415  numpy is slow to import
    from ipaas_discovery.matching.scoring import propagate, score  # noqa: PLC0415  the same

    evidence = gather(left, right, thesaurus, own)
    parents = ([each.field.parent for each in side] for side in (left, right))
    telling = [thesaurus.telling(each.meanings[0][0]) for each in left]
    evidence["path"] = propagate(evidence["path"], score(evidence, telling), *parents)
    return _Scored(evidence, score(evidence, telling))


def _own_words(schemas: tuple[Schema, ...], thesaurus: Thesaurus) -> frozenset[str]:
    """Words that name the collections themselves: `transaction` in `transaction_number` says little."""
    return frozenset(
        word for schema in schemas for meaning in thesaurus.meanings(words_of(schema.collection)) for word in meaning
    )


def _ranked(at: int, left: tuple[Traits, ...], right: tuple[Traits, ...], table: _Scored, top: int) -> list[Match]:
    scores = [round(float(score), 4) for score in table.scores[at]]
    order = sorted(range(len(right)), key=lambda column: (-scores[column], right[column].path))[: max(top, 0)]
    rows = []
    for rank, column in enumerate(order, 1):
        parts = {kind: _known(table.evidence[kind][at, column]) for kind in EVIDENCE}
        relation, why = relation_of(left[at], right[column]), why_of(left[at], right[column], parts)
        rows.append(Match(left[at].path, right[column].path, rank, scores[column], relation, why, parts))
    return rows


def _known(value: Any) -> float | None:  # noqa: ANN401  a numpy scalar
    return None if value != value else round(float(value), 4)  # noqa: PLR0124  only NaN differs from itself


def _row(each: Match) -> dict[str, Any]:
    plain = {name: getattr(each, name) for name in ("source", "destination", "rank", "score", "relation", "why")}
    return plain | dict(each.evidence)

"""Matches between the fields of two schemas: ranked, with the evidence in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
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
"""Weight of the rest of the object fitting too, in the choice of a proposal."""

CARRIED = 3
"""Least number of fields that an object and an element of a list share before they are proposed as one."""

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
        """Return one row per match: source, destination, rank, score, relation, why, then each kind of evidence.

        Dtypes: text, Int64 for rank, Float64 for score and for each kind of evidence.
        """
        return frame_of((_row(match) for match in self.rows), COLUMNS)

    def best(self, source: str) -> Match | None:
        """Return the first match of `source`, or None."""
        return next((match for match in self.rows if match.source == source and match.rank == 1), None)

    def proposals(self, threshold: float = THRESHOLD) -> tuple[Match, ...]:
        """Choose one to one among the ranked matches that score at least `threshold`, best first.

        A field goes along with its brothers and sisters: between two that want the same destination
        the one whose object fits there better has it. A value that stands once in a record on one side and in a
        list on the other goes along only with others of its object: an address may be the first
        of a list of addresses, a lone total is no line's total.

        >>> left = Schema.from_fields([{"path": "zip"}, {"path": "qty"}])
        >>> right = Schema.from_fields([{"path": "postal_code"}, {"path": "quantity"}])
        >>> [(match.source, match.destination) for match in match_fields(left, right).proposals()]
        [('qty', 'quantity'), ('zip', 'postal_code')]
        """
        likely = _carried([match for match in self.rows if match.score >= threshold])
        chosen = one_to_one(likely, _coherence(likely))
        return tuple(sorted(chosen, key=lambda match: (-match.score, match.source)))


def one_to_one(matches: Iterable[Match], bonus: Mapping[tuple[str, str], float] | None = None) -> list[Match]:
    """Take each source and each destination once, the better score first; `bonus` is by the parents' paths."""
    bonuses = bonus or {}
    taken: tuple[set[str], set[str]] = (set(), set())
    chosen: list[Match] = []

    def worth(match: Match) -> tuple[float, str, str]:
        return (-match.score - COHERENCE * bonuses.get(_parents(match), 0.0), match.source, match.destination)

    for match in sorted(matches, key=worth):
        if match.source not in taken[0] and match.destination not in taken[1]:
            taken[0].add(match.source)
            taken[1].add(match.destination)
            chosen.append(match)
    return chosen


def _carried(matches: list[Match]) -> list[Match]:
    """Keep the matches within one level of lists, and across levels those whose objects share enough fields."""
    sources: dict[tuple[str, str], set[str]] = {}
    for match in matches:
        sources.setdefault(_parents(match), set()).add(match.source)
    return [
        match
        for match in matches
        if match.source.count("[]") == match.destination.count("[]") or len(sources[_parents(match)]) >= CARRIED
    ]


def _coherence(matches: Iterable[Match]) -> dict[tuple[str, str], float]:
    """Compute for each two parents the share of the source parent's likely fields that find a match there."""
    matched: dict[tuple[str, str], set[str]] = {}
    children: dict[str, set[str]] = {}
    for match in matches:
        matched.setdefault(_parents(match), set()).add(match.source)
        children.setdefault(_parents(match)[0], set()).add(match.source)
    return {pair: len(sources) / len(children[pair[0]]) * _size(len(sources)) for pair, sources in matched.items()}


def _size(fields: int) -> float:
    """Weigh the number of fields: one field alone shows no coherence, many do."""
    return 1 - 1 / fields


def _parents(match: Match) -> tuple[str, str]:
    return Field(match.source).parent, Field(match.destination).parent


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
    return Matches(tuple(match for row in range(len(left)) for match in _ranked(row, left, right, table, top)))


@dataclass(frozen=True, slots=True)
class _Scored:
    evidence: Mapping[str, Table]
    scores: Table


def _scored(left: tuple[Traits, ...], right: tuple[Traits, ...], thesaurus: Thesaurus, own: frozenset[str]) -> _Scored:
    from ipaas_discovery.matching.evidence_parts import gather  # noqa: PLC0415  numpy is slow to import
    from ipaas_discovery.matching.scoring import propagate, score  # noqa: PLC0415  it imports numpy, too

    evidence = gather(left, right, thesaurus, own)
    parents = ([traits.field.parent for traits in side] for side in (left, right))
    specificity = [thesaurus.specificity(traits.meanings[0][0]) for traits in left]
    evidence["path"] = propagate(evidence["path"], score(evidence, specificity), *parents)
    return _Scored(evidence, score(evidence, specificity))


def _own_words(schemas: tuple[Schema, ...], thesaurus: Thesaurus) -> frozenset[str]:
    """List words that name the collections themselves: `transaction` in `transaction_number` says little."""
    return frozenset(
        word for schema in schemas for meaning in thesaurus.meanings(split_words(schema.collection)) for word in meaning
    )


def _ranked(row: int, left: tuple[Traits, ...], right: tuple[Traits, ...], table: _Scored, top: int) -> list[Match]:
    scores = [round(float(score), 4) for score in table.scores[row]]
    order = sorted(range(len(right)), key=lambda column: (-scores[column], right[column].path))[: max(top, 0)]
    rows = []
    for rank, column in enumerate(order, 1):
        parts = {kind: _known(table.evidence[kind][row, column]) for kind in EVIDENCE}
        relation, why = relation_of(left[row], right[column]), why_of(left[row], right[column], parts)
        rows.append(Match(left[row].path, right[column].path, rank, scores[column], relation, why, parts))
    return rows


def _known(value: Any) -> float | None:  # noqa: ANN401  a numpy scalar
    return None if value != value else round(float(value), 4)  # noqa: PLR0124  only NaN differs from itself


def _row(match: Match) -> dict[str, Any]:
    plain = {name: getattr(match, name) for name in ("source", "destination", "rank", "score", "relation", "why")}
    return plain | dict(match.evidence)

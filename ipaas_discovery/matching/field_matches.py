"""Matches between the fields of two schemas: ranked, with the evidence in parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from ipaas_discovery.knowledge.name_words import split_words
from ipaas_discovery.knowledge.thesaurus import Thesaurus
from ipaas_discovery.matching.fields.assignment import FLOOR, assign
from ipaas_discovery.matching.fields.candidate import Candidate
from ipaas_discovery.matching.fields.refusals import Refusals
from ipaas_discovery.matching.fields.relation import mapping_kind, refers, relation_of, why_of
from ipaas_discovery.matching.traits import Traits, traits_of
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.tabular import Tabular, Wording, share_text, shows
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.schemas.schema import Schema

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from ipaas_discovery.matching.fields.embeddings import Embeddings
    from ipaas_discovery.matching.fields.evidence_parts import Evidence
    from ipaas_discovery.matching.fields.likeness import Table
    from ipaas_discovery.matching.fields.scoring import Sums


class SameRecords(Protocol):
    """The same records of both sides, as they speak for a match of two fields or against it."""

    def shares(self, sources: Sequence[str], destinations: Sequence[str]) -> Table:
        """Give the share of the records holding both fields in which they are equal, NaN where none does."""

    def weighed(self, scores: Table, sources: Sequence[str], destinations: Sequence[str], looked_up: Table) -> Table:
        """Raise and lower the scores by what the records say; values that are looked up may differ."""

    def kind(self, source: str, destination: str, kind: str) -> str:
        """Correct the kind of a match."""

    def why(self, source: str, destination: str) -> str:
        """Say how often two fields are equal."""


__all__ = ["THRESHOLD", "Match", "Matches", "match_fields", "one_to_one"]

THRESHOLD = 0.6
"""The score from which a match is proposed."""

EVIDENCE = (
    "name", "concept", "path", "type", "values", "texts", "look", "description", "keyness", "agreement", "embedding",
)  # fmt: skip

LOOKED_AT = 20
"""Destinations of each source among which the proposals are chosen."""

COLUMNS = {
    "source": "str",
    "destination": "str",
    "rank": "Int64",
    "score": "Float64",
    "relation": "str",
    "kind": "str",
    "why": "str",
    "confidence": "Float64",
    "ambiguous": "boolean",
} | dict.fromkeys(EVIDENCE, "Float64")


@dataclass(frozen=True, slots=True)
class Match(Card):
    """A source field and a destination field that may correspond.

    `rank` counts from 1 within the source field; `score` and each part of `evidence` run from 0 to 1,
    a part is None where there is nothing to judge by. `relation` is one of "equivalent", "source
    narrower" (every source value fits), "source broader" (some may not fit) and "related", `kind` one of "field",
    "look-up" and "formula". `confidence` is how far the score stands above the best other one of the source, 0 where
    it does not; `ambiguous` says that the source's best destinations tie, and that nothing is proposed for it.
    """

    source: str
    destination: str
    rank: int
    score: float
    relation: str
    why: str
    evidence: Mapping[str, float | None]
    kind: str = "field"
    confidence: float = 0.0
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Matches(Tabular):
    """Ranked matches, by source path and rank. A ranking is a proposal: nothing is decided by it."""

    rows: tuple[Match, ...] = ()
    chosen: tuple[Match, ...] = ()

    wording: ClassVar[Wording] = dict.fromkeys(("score", "confidence", *EVIDENCE), share_text)

    def _title(self) -> str:
        return f"Matches: {counted(len(self.rows), 'candidate')}, {len(self.proposals())} of them proposed"

    def _sections(self) -> Sequence[str]:
        return ["best of its source" if row.rank == 1 else f"rank {row.rank} of its source" for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """Return one row per match: source, destination, rank, score, relation, kind, why, margin, evidence.

        Dtypes: text, Int64 for rank, boolean for ambiguous, Float64 for score, confidence and each kind of evidence.
        """
        return frame_of((_row(match) for match in self.rows), COLUMNS)

    def best(self, source: str) -> Match | None:
        """Return the first match of `source`, or None."""
        return next((match for match in self.rows if match.source == source and match.rank == 1), None)

    @shows("Proposed matches")
    def proposals(self, threshold: float = THRESHOLD) -> tuple[Match, ...]:
        """Return the matches that are proposed and score at least `threshold`, best first.

        Whole objects go together: between two that want the same destination the one whose object fits there
        better has it, and a tie is left open. A destination in a list may be fed by several objects of which there
        is one each, as by a billing and a shipping address; any other by one source.

        >>> left = Schema.from_fields([{"path": "zip"}, {"path": "qty"}])
        >>> right = Schema.from_fields([{"path": "postal_code"}, {"path": "quantity"}])
        >>> [(match.source, match.destination) for match in match_fields(left, right).proposals()]
        [('qty', 'quantity'), ('zip', 'postal_code')]
        """
        likely = (match for match in self.chosen if match.score >= threshold)
        return tuple(sorted(likely, key=lambda match: (-match.score, match.source)))


def one_to_one(matches: Iterable[Match]) -> list[Match]:
    """Take each source and each destination once, the better score first."""
    taken: tuple[set[str], set[str]] = (set(), set())
    chosen: list[Match] = []
    for match in sorted(matches, key=lambda match: (-match.score, match.source, match.destination)):
        if match.source not in taken[0] and match.destination not in taken[1]:
            taken[0].add(match.source)
            taken[1].add(match.destination)
            chosen.append(match)
    return chosen


def match_fields(
    source: Schema,
    destination: Schema,
    *,
    top: int = 5,
    witness: Schema | None = None,
    same: SameRecords | None = None,
    embeddings: Embeddings | None = None,
) -> Matches:
    """Rank, for every source field, the destination fields it may correspond to.

    Only fields that hold values are matched; objects and lists of objects are their context. The
    ranking is complete up to `top`: nothing is left out for a low score.

    Args:
        source: the schema values come from, declared, observed or both.
        destination: the schema they go to.
        top: how many matches to keep for each source field.
        witness: what the destination's system returns, whose values stand for those of the destination.
        same: the same records of both sides, a `FieldAgreement`: fields that are equal there score higher, those that
            differ nearly everywhere lower.
        embeddings: a model of the user's that tells how near two names are, as one more kind of evidence; off by
            default.

    Returns:
        The matches, sorted by source path and rank; the same input gives the same output.

    >>> orders = Schema.from_fields([{"path": "billing_address.email", "types": ["string"]}])
    >>> theirs = Schema.from_fields([{"path": "email_address", "types": ["string"]}, {"path": "total"}])
    >>> match_fields(orders, theirs).best("billing_address.email").destination
    'email_address'
    """
    names = (split_words(field.name) for schema in (source, destination) for field in schema.fields)
    thesaurus = Thesaurus.load().knowing(word for words in names for word in words)
    entity = tuple(thesaurus.container(split_words(f"{source.collection} {destination.collection}")))
    left = traits_of(source, thesaurus, entity, given=True)
    right = traits_of(destination, thesaurus, entity, witness)
    if not left or not right:
        return Matches()
    named = _meanings_of_names((source, destination), thesaurus)
    refusals = Refusals.of(right, named)
    table = _scored(left, right, thesaurus, refusals.own, embeddings)
    if same is not None:
        table = table.judged(same)
    assignment = assign(table.candidates(), left, right, refusals)
    rows = tuple(
        table.match(row, rank, column, ambiguous=row in assignment.ambiguous)
        for row in range(len(left))
        for rank, column in enumerate(table.order[row, : max(top, 0)].tolist(), 1)
    )
    chosen = (table.match(one.source, table.rank(one), one.destination, compared=True) for one in assignment.chosen)
    return Matches(rows, tuple(chosen))


@dataclass(frozen=True, slots=True)
class _Scored:
    """The scores of every source field with every destination field, and what they are made of.

    `order` lists the destinations of each source, best first; equal ones as their paths stand. `alone` are the scores
    without the same records.
    """

    left: tuple[Traits, ...]
    right: tuple[Traits, ...]
    evidence: Mapping[str, Table]
    shared: Table
    order: NDArray[np.intp]
    scores: Table
    alone: Table
    same: SameRecords | None = None

    def judged(self, same: SameRecords) -> _Scored:
        """Let the same records of both sides speak."""
        import numpy as np  # noqa: PLC0415  numpy is slow to import

        ours, theirs = ([traits.path for traits in side] for side in (self.left, self.right))
        looked_up: Table = np.logical_and.outer(*([*map(refers, side)] for side in (self.left, self.right)))
        scores = same.weighed(self.scores, ours, theirs, looked_up).round(4)
        before = np.take_along_axis(scores, self.order, axis=1)
        order = np.take_along_axis(self.order, (-before).argsort(axis=1, kind="stable"), axis=1)
        evidence = {**self.evidence, "agreement": same.shares(ours, theirs)}
        return replace(self, evidence=evidence, scores=scores, order=order, same=same)

    def rank(self, candidate: Candidate) -> int:
        order: list[int] = self.order[candidate.source].tolist()
        return order.index(candidate.destination) + 1

    def candidates(self) -> Iterator[Candidate]:
        for row in range(len(self.left)):
            for column in self.order[row, :LOOKED_AT].tolist():
                if (score := float(self.scores[row, column])) >= FLOOR:
                    yield Candidate(
                        row,
                        column,
                        score,
                        alone=float(self.alone[row, column]),
                        named=_known(self.evidence["concept"][row, column]) or 0.0,
                        shown=_known(self.evidence["agreement"][row, column]) or 0.0 if self.same else 0.0,
                        valued=_known(self.evidence["values"][row, column]) or 0.0,
                    )

    def match(self, row: int, rank: int, column: int, *, ambiguous: bool = False, compared: bool = False) -> Match:
        source, destination = self.left[row], self.right[column]
        parts = dict.fromkeys(EVIDENCE) | {kind: _known(table[row, column]) for kind, table in self.evidence.items()}
        score = float(self.scores[row, column])
        others = [float(self.scores[row, other]) for other in self.order[row, :2].tolist() if other != column]
        why = why_of(source, destination, parts, int(self.shared[row, column]))
        kind = mapping_kind(source, destination, parts["values"] if parts["agreement"] != 0 else None)
        known = parts.get("agreement") is not None and score >= THRESHOLD
        if self.same is not None and known and (compared or rank == 1):
            why = f"{self.same.why(source.path, destination.path)}; {why}"
            kind = self.same.kind(source.path, destination.path, kind)
        return Match(
            source.path,
            destination.path,
            rank,
            round(score, 4),
            relation_of(source, destination),
            why,
            parts,
            kind,
            round(max(score - max(others, default=0.0), 0.0), 4),
            ambiguous,
        )


def _scored(
    left: tuple[Traits, ...],
    right: tuple[Traits, ...],
    thesaurus: Thesaurus,
    own: frozenset[str],
    embeddings: Embeddings | None = None,
) -> _Scored:
    from ipaas_discovery.matching.fields import scoring  # noqa: PLC0415  numpy is slow to import
    from ipaas_discovery.matching.fields.rivals import Rivals  # noqa: PLC0415  it imports numpy, too

    evidence, shared, weighed = weighed_evidence(left, right, thesaurus, own, embeddings)
    rivals = scoring.without_settled(weighed, evidence, Rivals.of(left, right, weighed.sums))
    order = scoring.ordered(weighed.sums, rivals)
    scores = scoring.calibrated(scoring.falling(scoring.ranked(weighed, evidence, rivals), order))
    return _Scored(left, right, evidence, shared, order, scores, scores)


def weighed_evidence(
    left: tuple[Traits, ...],
    right: tuple[Traits, ...],
    thesaurus: Thesaurus,
    own: frozenset[str],
    embeddings: Embeddings | None = None,
) -> tuple[Evidence, Table, Sums]:
    """Gather the evidence of every two fields, how many values they share, and weigh it."""
    from ipaas_discovery.matching.fields import scoring  # noqa: PLC0415  numpy is slow to import
    from ipaas_discovery.matching.fields.evidence_parts import gather, names_of  # noqa: PLC0415  it imports numpy, too

    evidence, shared, near = gather(left, right, thesaurus, own)
    if embeddings:
        evidence["embedding"] = embeddings.likeness(*([traits.spelled for traits in side] for side in (left, right)))
    parents = [[traits.parent for traits in side] for side in (left, right)]
    names = names_of(left, right, thesaurus)
    first = scoring.weighed(evidence, shared.strength, names, near)
    evidence["path"] = scoring.propagated(evidence["path"], first.sums, *parents)
    lists = [[traits.list for traits in side] for side in (left, right)]
    meant = {traits.list: traits.list_words for side in (left, right) for traits in side}
    names = replace(names, crossing=scoring.apart(first.sums, lists[0], lists[1], meant))
    second = scoring.weighed(evidence, shared.strength, names, near)
    return evidence, shared.count, scoring.described(second, evidence["description"])


def _meanings_of_names(schemas: tuple[Schema, ...], thesaurus: Thesaurus) -> list[tuple[str, ...]]:
    """List what the names of the collections mean: `transaction` in `transaction_number` says little."""
    return [words for schema in schemas for words in thesaurus.meanings(split_words(schema.collection)) if words]


def _known(value: Any) -> float | None:  # noqa: ANN401  a numpy scalar
    return None if value != value else min(max(round(float(value), 4), 0.0), 1.0)  # noqa: PLR0124  only NaN differs


def _row(match: Match) -> dict[str, Any]:
    return {name: getattr(match, name) for name in COLUMNS if name not in EVIDENCE} | dict(match.evidence)

"""Mappings: what fills each field of a destination, from matches, formulas and what people decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ipaas_discovery.matching.field_matches import THRESHOLD, Match, Matches, one_to_one
from ipaas_discovery.matching.formulas import operations as op
from ipaas_discovery.matching.formulas.find_formula import Formula
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows

__all__ = ["Explained", "Mapping", "filled_by", "map_fields", "mapping_by"]

AS_GOOD = 1.25
"""Factor between the odds of two sources below which they are equally good."""
SURE = 0.9999
"""Highest score that has odds."""

Kind = Literal["field", "constant", "formula", "look-up", ""]
Status = Literal["proposed", "accepted", "rejected", "manual"]
Standing = Literal["matched", "ambiguous", "no counterpart"]


@dataclass(frozen=True, slots=True)
class Mapping(Card):
    """The one thing that fills a destination field in a flow, be it proposed or a person's word.

    What is written is, in this order: nothing for a record that does not meet `condition`; else the field, the
    constant, the formula's result or what is looked up; and `default` where that gives nothing.

    Attributes:
        destination: path of the field that is filled.
        kind: "field", "constant", "formula" or "look-up"; empty where nothing fills it.
        sources: paths of the source fields; those of a formula in its order, none for a constant.
        formula: operations on the sources, where `kind` is "formula".
        value: a constant's text; for a look-up without `values`, the iPaaS.com collection whose linked record is meant:
            the id that this record has on the other side is written.
        values: the value map of a look-up: source value and what is written for it; nothing for one not listed.
        default: written where the rest gives nothing.
        condition: a `Condition` on the source record, as text; empty: always.
        status: proposed, accepted (a proposal that a person took), manual (a person's own), or rejected.
        standing: of a proposal: "matched", "ambiguous" (several sources are as good: `sources` lists them, and none is
            taken), or "no counterpart".
        score: how well it fits, 0 to 1; None where a person wrote it.
        evidence: why it is proposed, in a sentence.
        why: a person's reason.
        by: who said so.
        date: when (ISO).
    """

    destination: str
    kind: Kind = ""
    sources: tuple[str, ...] = ()
    formula: Formula | None = None
    value: str = ""
    values: tuple[tuple[str, str], ...] = ()
    default: str = ""
    condition: str = ""
    status: Status = "proposed"
    standing: Standing = "no counterpart"
    score: float | None = None
    evidence: str = ""
    why: str = ""
    by: str = ""
    date: str = ""

    @property
    def decided(self) -> bool:
        """True if a person took it or wrote it; evidence never replaces it."""
        return self.status in {"accepted", "manual"}

    @property
    def only_csharp(self) -> bool:
        """True for a formula in C# alone, which the platform runs and nobody else."""
        return self.kind == "formula" and self.formula is None

    @property
    def fills(self) -> bool:
        """True if it gives its destination a value: proposed and clear, or decided."""
        return bool(self.kind) and self.status != "rejected"


Explained = dict[str, Mapping]
"""Mappings that the same records explain, by destination."""


def mapping_by(formula: Formula, score: float | None = None) -> Mapping:
    """Propose what a formula says: one operation that is a copy, a constant or a value map is that, and no formula."""
    explained = formula.explained / formula.of if formula.of else None
    row = Mapping(
        formula.destination,
        formula.kind,
        formula.sources,
        standing="matched",
        score=max(explained or 0.0, score or 0.0),
        evidence=str(formula),
    )
    match formula.steps:
        case (op.Copy(),):
            return row
        case (op.Constant(text),):
            return replace(row, value=text)
        case (op.ValueMap(values),):
            return replace(row, values=values)
        case _:
            return filled_by(row, formula)


def filled_by(row: Mapping, formula: Formula) -> Mapping:
    """Fill a field by a formula, written in C# too; a field of a related record is looked up, and said in words."""
    match formula.steps:
        case (op.LookUp() as step,):
            return replace(row, kind="look-up", sources=formula.sources, formula=formula, value=str(step))
        case _:
            return replace(row, kind="formula", sources=formula.sources, formula=formula, value=formula.csharp())


@shows("Mappings")
def map_fields(
    matches: Matches,
    destinations: Iterable[str],
    *,
    explained: Explained | None = None,
    decided: Iterable[Mapping] = (),
) -> tuple[Mapping, ...]:
    """Propose what fills each destination field, one mapping a field, in the order given.

    Args:
        matches: ranked matches of source and destination fields.
        destinations: paths of the fields to fill.
        explained: what the same records of both sides explain, by destination; it goes before a match of names.
        decided: mappings of the worksheet. Accepted and manual ones stand as they are, and their sources are not
            proposed elsewhere, unless both were; a rejected source is not proposed for its field again.

    >>> from ipaas_discovery.matching.field_matches import match_fields
    >>> from ipaas_discovery.schemas.schema import Schema
    >>> matches = match_fields(Schema.from_fields([{"path": "qty"}]), Schema.from_fields([{"path": "quantity"}]))
    >>> [(row.destination, row.sources, row.standing) for row in map_fields(matches, ["quantity", "note"])]
    [('quantity', ('qty',), 'matched'), ('note', (), 'no counterpart')]
    """
    decided = tuple(decided)
    fixed = {row.destination: row for row in decided if row.status in {"accepted", "manual"}}
    refused = {(source, row.destination) for row in decided if row.status == "rejected" for source in row.sources}
    taken = {source for row in fixed.values() for source in row.sources if row.kind == "field"}
    made = explained or {}
    beside = {source for path in fixed if path in made for source in made[path].sources}
    open_matches, proposed = _open(matches, fixed, taken, refused, beside)
    rows = []
    for path in destinations:
        row = made.get(path)
        if path in fixed:
            rows.append(fixed[path])
        elif row and not any((source, path) in refused for source in row.sources):
            rows.append(row)
        else:
            rows.append(_by_match(path, proposed.get(path), open_matches))
    return tuple(rows)


def _open(
    matches: Matches, fixed: Collection[str], taken: set[str], refused: set[tuple[str, str]], beside: set[str]
) -> tuple[Matches, dict[str, Match]]:
    """Return the matches that decisions leave, and the proposal of each destination.

    A destination that loses its proposal to a decision gets the best of what is left. What was proposed `beside`, from
    a source that fills another field by its values as well, stays proposed when that one is accepted.
    """
    proposals = matches.proposals()
    both = {(match.source, match.destination) for match in proposals if match.source in beside}

    def is_open(match: Match) -> bool:
        pair = match.source, match.destination
        return match.destination not in fixed and (match.source not in taken or pair in both) and pair not in refused

    rows = tuple(filter(is_open, matches.rows))
    kept = [match for match in proposals if is_open(match)]
    freed = {match.destination for match in proposals if not is_open(match)}
    used = {match.source for match in kept}
    rest = (match for match in rows if match.destination in freed and match.source not in used)
    instead = one_to_one(match for match in rest if match.score >= THRESHOLD and not match.ambiguous)
    return Matches(rows, tuple(kept)), {match.destination: match for match in (*instead, *kept)}


def _odds(score: float) -> float:
    """Return the odds of a score, since near to 1 small differences of scores are large ones.

    >>> [round(_odds(score), 2) for score in (0.5, 0.9, 0.99, 1.0)]
    [1.0, 9.0, 99.0, 9999.0]
    """
    score = min(score, SURE)
    return score / (1 - score)


def _by_match(path: str, match: Match | None, matches: Matches) -> Mapping:
    rivals = sorted(
        (row for row in matches.rows if row.destination == path and row.score >= THRESHOLD),
        key=lambda row: (-row.score, row.source),
    )
    best = rivals[0].score if rivals else 0.0
    near = tuple(row.source for row in rivals if _odds(best) < AS_GOOD * _odds(row.score) and row.rank == 1)
    if match is None and not rivals:
        return Mapping(path, evidence="no source field is like it")
    if len(near) > 1 and (match is None or match.source in near):
        return Mapping(
            path, sources=near, standing="ambiguous", score=rivals[0].score, evidence="these are equally good"
        )
    if match is None:
        elsewhere = any(row.source == rivals[0].source for row in matches.chosen)
        why = "and fits another field better" if elsewhere else "and not surely enough to be proposed"
        return Mapping(path, evidence=f"{rivals[0].source} is like it, {why}")
    kind: Kind = "look-up" if match.kind == "look-up" and match.evidence.get("agreement") == 0 else "field"
    return Mapping(path, kind, (match.source,), standing="matched", score=match.score, evidence=match.why)

"""The decision that the evidence proposes for a pair of collections, where it proposes one at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.renderings.texts import counted
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Decision, Evidence

__all__ = ["ProposedDecision", "parent_decision", "proposed_decision"]

USABLE = {Outcome.POSSIBLE: 2, Outcome.WITH_DEFAULTS: 1}
"""Outcomes that a decision can build on, the better one higher."""


@dataclass(frozen=True, slots=True)
class ProposedDecision:
    """Direction and methods that the evidence speaks for, and why; without a direction it says why it is open."""

    direction: Direction | None
    methods: tuple[Method, ...]
    why: str

    @property
    def decision(self) -> Decision | None:
        """The decision as the worksheet writes it, without who and when; None where the evidence leaves it open."""
        return Decision(self.direction, self.methods, self.why) if self.direction else None


def proposed_decision(entry: Entry, parent: Decision | None = None) -> ProposedDecision:
    """Propose the way that the sample's records pass best; two ways that are as good are left to a person.

    Both ways at once are never proposed, nor is a delete: that a thing can be done does not say that it should.

    Args:
        entry: the pair, with its evidence.
        parent: what is decided of the collection in whose records this one's stand; it goes where that goes.

    >>> proofs = [Evidence(Direction.TO, Method.ADD, Outcome.POSSIBLE, passed=9, records=10),
    ...           Evidence(Direction.FROM, Method.ADD, Outcome.BLOCKED)]
    >>> proposed_decision(Entry("CUSTOMER", 8, "users", evidence=proofs)).why
    'To iPaaS.com: 9 of 10 records pass on add. From iPaaS.com: blocked on add.'
    """
    usable = {way: _usable(entry, way) for way in (Direction.TO, Direction.FROM)}
    why = " ".join(filter(None, (_sentence(entry, way) for way in usable)))
    open_ways = [way for way, methods in usable.items() if methods]
    if parent and len(parent.flows) == 1 and parent.flows[0] in open_ways:
        return ProposedDecision(parent.flows[0], usable[parent.flows[0]], f"Its parent goes {parent.title}. {why}")
    if not open_ways:
        return ProposedDecision(None, (), f"No way is known to be possible. {why}".strip())
    ranks = {way: _rank(entry, way) for way in open_ways}
    best = max(ranks.values())
    chosen = [way for way in open_ways if ranks[way] == best]
    if len(chosen) > 1:
        passes = any(proof.passed != 0 for way in chosen for proof in _proofs(entry, way) if proof.outcome in USABLE)
        judged = "Both ways are as good" if passes else "No record passes either way"
        return ProposedDecision(None, (), f"{judged}: choose. {why}")
    return ProposedDecision(chosen[0], usable[chosen[0]], why)


def parent_decision(entry: Entry, entries: Iterable[Entry]) -> Decision | None:
    """Find what is decided of the collection in whose records those of `entry` stand, as far as it says one way."""
    known = ipaas_collections().get(entry.collection)
    ways = {other.decision for other in entries if known and known.parent == other.collection and other.decision}
    return ways.pop() if len({decision.direction for decision in ways}) == 1 else None


def _proofs(entry: Entry, way: Direction) -> list[Evidence]:
    proofs = (proof for proof in entry.evidence if proof.direction is way and not proof.flow)
    return [proof for proof in proofs if proof.method is not Method.DELETE]


def _usable(entry: Entry, way: Direction) -> tuple[Method, ...]:
    return tuple(proof.method for proof in _proofs(entry, way) if proof.outcome in USABLE)


def _rank(entry: Entry, way: Direction) -> tuple[bool, float, int]:
    """Rank a way: records can be added, the share of them that passes, and how good the outcomes are."""
    proofs = _proofs(entry, way)
    adds = any(proof.method is Method.ADD and proof.outcome in USABLE for proof in proofs)
    shares = [proof.passed / proof.records for proof in proofs if proof.records and proof.passed is not None]
    return adds, max(shares, default=0.0), sum(USABLE.get(proof.outcome, 0) for proof in proofs)


def _sentence(entry: Entry, way: Direction) -> str:
    facts = [f"{_fact(proof)} on {proof.method}" for proof in _proofs(entry, way)]
    return f"{way}: {', '.join(facts)}." if facts else ""


def _fact(proof: Evidence) -> str:
    if proof.outcome in USABLE and proof.records and proof.passed is not None:
        return f"{proof.passed:,} of {counted(proof.records, 'record')} pass"
    return proof.outcome.value

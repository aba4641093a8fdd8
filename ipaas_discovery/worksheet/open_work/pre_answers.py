"""Answers that the data gives to the planning questions of a collection, each with the evidence; a person confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.renderings.texts import counted, listed
from ipaas_discovery.vocabulary import Direction, Method
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.proposed_decision import ProposedDecision, proposed_decision
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.questions import COLLECTION

__all__ = ["pre_answers"]

Answering = Callable[["Asked"], str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a question of one pair can be answered by."""

    entry: Entry
    comparison: Comparison | None
    planned: frozenset[str]
    proposed: ProposedDecision


def pre_answers(
    entry: Entry,
    comparison: Comparison | None = None,
    *,
    planned: frozenset[str] = frozenset(),
    parent: Decision | None = None,
) -> Mapping[str, str]:
    """Answer the planning questions as far as the data does, by the question's text; what nobody knows is left out.

    Args:
        entry: the pair, with what people decided.
        comparison: both sides' fields and their paired records, where they were compared.
        planned: iPaaS.com's collections that the worksheet moves.
        parent: what is decided of the collection in whose records this one's stand.

    >>> entry = Entry("CUSTOMER", 8, "users", decision=Decision(Direction.TO, (Method.ADD,)))
    >>> list(pre_answers(entry).values())[0]
    'To iPaaS.com, by add (decided). A delete is not sent.'
    """
    asked = Asked(entry, comparison, planned, proposed_decision(entry, parent))
    answers = {text: answer(asked) for text, answer in zip(COLLECTION, ANSWERS, strict=True)}
    return {text: answer for text, answer in answers.items() if answer}


def _way(asked: Asked) -> str:
    """Answer which way and by which methods: the decision, else what the evidence proposes."""
    decision = asked.entry.decision
    if decision and not decision.direction:
        return "Nowhere: it is left out (decided)."
    if decision:
        deletes = "A delete is sent, too." if Method.DELETE in decision.methods else "A delete is not sent."
        return f"{decision.title}, by {listed(decision.methods)} (decided). {deletes}" if decision.methods else ""
    proposed = asked.proposed
    if not proposed.direction:
        return ""
    how = f"{proposed.direction}, by {listed(proposed.methods)}"
    return f"{how} (proposed: {proposed.why.rstrip('.')}). A delete is not sent."


def _which_records(asked: Asked) -> str:
    """Answer which records move and how a change is learned of."""
    flows, counts = asked.entry.named_flows, {count.name: str(count) for count in asked.entry.counts}
    named = [
        f"{flow.name}: {flow.condition or 'every record'}"
        + (f" ({counts[flow.name]} of the sample)" if flow.name in counts else "")
        for flow in flows
    ]
    ways = asked.entry.directions or (asked.proposed.direction,)
    learned = dict.fromkeys(
        f"{proof.direction}: {finding.fact}"
        for proof in asked.entry.evidence if proof.direction in ways
        for finding in proof.findings if finding.rule == "changes"
    )  # fmt: skip
    which = "; ".join(named) if named else ""
    return ". ".join(filter(None, (which, *learned)))


def _one_to_one(asked: Asked) -> str:
    """Answer how many records of one side stand for one of the other, as far as pairs of the samples tell."""
    pairs = asked.comparison.pairs if asked.comparison else None
    if pairs is None or not pairs.pairs:
        return ""
    several = len(pairs.left_ties) + len(pairs.right_ties)
    copies = len(pairs.left_copies) + len(pairs.right_copies)
    facts = [f"{counted(len(pairs), 'record')} of the samples {'stands' if len(pairs) == 1 else 'stand'} one to one"]
    facts += [f"{counted(several, 'record')} could belong to several"] if several else []
    facts += (
        [f"{counted(copies, 'record')} {'repeats' if copies == 1 else 'repeat'} another of the same side"]
        if copies
        else []
    )
    return f"{', '.join(facts)}."


def _unique_id(asked: Asked) -> str:
    """Answer whether the third party's id is there and different in all that was read."""
    returned = asked.comparison.third_party.returned if asked.comparison else None
    keys = [field for field in returned.fields if field.observed and field.observed.key_candidate] if returned else []
    top = [field for field in keys if "." not in field.path and "[]" not in field.path]
    best = sorted(top, key=lambda field: (field.path != "id", not field.path.endswith("id"), field.path))
    if not best or best[0].observed is None:
        return ""
    others = [
        field.path
        for field in best[1:]
        if not (field.format or "").startswith("date") and not field.path.endswith("_id")
    ]
    beside = f"; so {'is' if len(others) == 1 else 'are'} {listed(others)}" if others else ""
    return f"{best[0].path} is filled and different in all {best[0].observed.of:,} records that were read{beside}."


def _alone(asked: Asked) -> str:
    """Answer whether the data moves alone or in its parent."""
    ways = asked.entry.directions or (Direction.TO, Direction.FROM)
    facts = {
        proof.direction: f"{proof.direction}: {finding.fact}"
        for proof in reversed(asked.entry.evidence) if proof.direction in ways
        for finding in proof.findings if finding.rule == "parent"
    }  # fmt: skip
    known = ipaas_collections().get(asked.entry.collection)
    if facts:
        return f"{'; '.join(facts[way] for way in ways if way in facts)}."
    if known and known.parent:
        return f"Inside its parent: on the platform a {known.name} belongs to a {known.parent}."
    return f"On its own: the platform gives {known.name} no parent." if known else ""


def _links(asked: Asked) -> str:
    """Answer which other collections have to exist first, and whether they move, too."""
    known = ipaas_collections().get(asked.entry.collection)
    if not known or not known.needs:
        return ""
    moved = [name for name in known.needs if name in asked.planned]
    outside = [name for name in known.needs if name not in asked.planned]
    facts = [f"{listed(moved)} {'moves' if len(moved) == 1 else 'move'}, too"] if moved else []
    facts += [f"{listed(outside)} {'does' if len(outside) == 1 else 'do'} not move"] if outside else []
    return f"On the platform it needs {listed(known.needs)}: {'; '.join(facts)}."


ANSWERS: tuple[Answering, ...] = (_way, _which_records, _one_to_one, _unique_id, _alone, _links)
"""The answer to each question of a collection, in the order in which they are asked."""

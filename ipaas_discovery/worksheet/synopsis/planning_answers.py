"""Planning questions, asked once, with an answer for each pair: a person's, and what the data say with its grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.vocabulary import Direction, Grade
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument
from ipaas_discovery.worksheet.facts.pair_facts import Facts, PairFacts
from ipaas_discovery.worksheet.parts import Question
from ipaas_discovery.worksheet.questions import default_questions
from ipaas_discovery.worksheet.synopsis.profile_proposal import profile_proposal

__all__ = ["PlanningAnswer", "PlanningQuestion", "planning_questions"]


@dataclass(frozen=True, slots=True)
class PlanningAnswer(Card):
    """Answer to a question about one pair: what a person said, and beside it what the data say with its grade."""

    pair: tuple[str, str]
    answer: str = ""
    by: str = ""
    date: str = ""
    proposal: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class PlanningQuestion(Card):
    """A question, numbered, and its answers: one a pair, or a single one for the whole integration."""

    number: int
    text: str
    answers: tuple[PlanningAnswer, ...]


Proposal = tuple[str, str]
Propose = Callable[[Entry, PairFacts, tuple[str, ...]], Proposal]


def planning_questions(document: WorksheetDocument, facts: Facts) -> tuple[PlanningQuestion, ...]:
    """List the questions of the whole integration, then those of each pair, every text once."""
    planned = tuple(entry.collection for entry in document.entries)
    asked: dict[str, list[PlanningAnswer]] = {}
    for question in document.questions:
        proposal = profile_proposal(question.text, facts.ipaas, facts.third_party)
        asked.setdefault(question.text, []).append(_answer(("", ""), question, proposal))
    for entry in document.entries:
        for question in entry.questions:
            propose = _proposals().get(question.text)
            proposal = propose(entry, facts.of(entry.key), planned) if propose else ("", "")
            asked.setdefault(question.text, []).append(_answer(entry.key, question, proposal))
    return tuple(PlanningQuestion(number, text, tuple(rows)) for number, (text, rows) in enumerate(asked.items(), 1))


def _answer(pair: tuple[str, str], question: Question, proposal: Proposal = ("", "")) -> PlanningAnswer:
    return PlanningAnswer(pair, question.answer, question.by, question.date, *proposal)


def _proposals() -> dict[str, Propose]:
    """Give what proposes the answer to each of the guide's questions about a pair, in their order."""
    ways = (_direction, _which_records, _one_to_one, _unique_id, _on_its_own, _related)
    return dict(zip((question.text for question in default_questions("collection")), ways, strict=True))


def _direction(entry: Entry, _facts: PairFacts, _planned: tuple[str, ...]) -> Proposal:
    if entry.decision:
        methods = ", ".join(entry.methods)
        return f"{entry.decided}{f': {methods}' if methods else ''}, as decided", ""
    known = [f"{way}: {entry.outcomes(way)}" for way in (Direction.TO, Direction.FROM) if entry.outcomes(way)]
    return "; ".join(known), Grade.INFERRED.value if known else ""


def _which_records(entry: Entry, _facts: PairFacts, _planned: tuple[str, ...]) -> Proposal:
    counts = {count.name: f" ({count})" for count in entry.counts}
    flows = [f"{flow.name}: {flow.condition}{counts.get(flow.name, '')}" for flow in entry.flows if flow.condition]
    if flows:
        return "; ".join(flows), Grade.OBSERVED.value
    return ("every record: no condition is ordered", "") if entry.flows else ("", "")


def _one_to_one(_entry: Entry, facts: PairFacts, _planned: tuple[str, ...]) -> Proposal:
    if facts.paired is None or not facts.forecast:
        return "", ""
    parts = [f"{facts.paired} records were found on both sides, one to one"]
    for row in facts.forecast:
        if row.duplicates:
            parts.append(f"{row.direction}: {row.duplicates} repeat a record")
        if row.undecided:
            parts.append(f"{row.direction}: of {row.undecided} it is open which of several is theirs")
    return "; ".join(parts), f"{Grade.OBSERVED.value}, of the records read"


def _unique_id(_entry: Entry, facts: PairFacts, _planned: tuple[str, ...]) -> Proposal:
    side = facts.third_party
    known = side.field(side.id) if side.id else None
    if known is None or known.of is None or known.key is None:
        return "", ""
    grade = f"{Grade.OBSERVED.value} {known.present} of {known.of}"
    if known.key:
        return f"{side.id} is filled and different in all {known.of} records read", grade
    inside = f"; it may be unique within {side.parent}" if side.parent else ""
    return f"{side.id} is not different in all {known.of} records read{inside}", grade


def _on_its_own(entry: Entry, facts: PairFacts, _planned: tuple[str, ...]) -> Proposal:
    known, side = ipaas_collections().get(entry.collection), facts.third_party
    if known is None or not side.capabilities:
        return "", ""
    ours = f"in iPaaS.com inside {known.parent}" if known.parent else "in iPaaS.com on its own"
    theirs = "on its own"
    if side.parent:
        theirs = f"inside {side.parent}" if side.embedded else f"by a call for each record of {side.parent}"
    return f"{ours}; in the third party {theirs}", Grade.DECLARED.value


def _related(entry: Entry, _facts: PairFacts, planned: tuple[str, ...]) -> Proposal:
    known = ipaas_collections().get(entry.collection)
    needs = known.needs if known else ()
    named = sorted(set(entry.linked) - set(needs))
    moves = [f"{name} ({'moves' if name in planned else 'is not in this order'})" for name in (*needs, *named)]
    if known and not moves:
        return "names no other collection, as far as the platform's order says", Grade.INFERRED.value
    if not moves:
        return "", ""
    return f"names {', '.join(moves)}", Grade.DECLARED.value

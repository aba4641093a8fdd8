"""Rows of the board as plain JSON: the one module of the widgets that knows the worksheet's values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.knowledge.ipaas_collections import ipaas_collections
from ipaas_discovery.matching.comparison import Comparison
from ipaas_discovery.matching.records.forecast import ForecastRow
from ipaas_discovery.renderings.texts import counted, percent
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.open_work.proposed_decision import parent_decision, proposed_decision
from ipaas_discovery.worksheet.parts import Evidence
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = [
    "LEAVE_OUT",
    "decision_of",
    "flows_of",
    "forecast_of",
    "in_words",
    "proposals_of",
    "proposed_methods",
    "rows_of",
]

LEAVE_OUT = "Leave out"
"""Spelling of a decision without a direction on the board."""

Row = dict[str, Any]


def rows_of(worksheet: Worksheet) -> list[Row]:
    """List one dict per collection pair, in the worksheet's order: key, names, evidence per direction, decision.

    `to` and `from` hold, per method, `outcome`, `reason` and `findings` (sentences). `decision` is None
    where nothing is decided; else its `against` lists the chosen methods that the evidence blocks.
    """
    return [_row(entry) for entry in worksheet.entries]


def proposed_methods(row: Mapping[str, Any], direction: Direction | None) -> list[Method]:
    """Propose add and update, less what is blocked one way; both if both are, as the choice is made knowingly.

    A delete is never proposed.

    >>> blocked = {"add": {"outcome": "blocked"}, "update": {"outcome": "possible"}}
    >>> proposed_methods({"to": blocked, "from": {}}, Direction.TO)
    [<Method.UPDATE: 'update'>]
    """
    if direction is None:
        return []
    usual = [Method.ADD, Method.UPDATE]
    free = [method for method in usual if not any(_blocked(row, flow, method) for flow in direction.flows)]
    return free or usual


def _row(entry: Entry) -> Row:
    return {
        "key": entry.title,
        "collection": entry.collection,
        "third_party": entry.third_party,
        "gone": entry.gone,
        "words": _words(entry),
        "to": _evidence(entry, Direction.TO),
        "from": _evidence(entry, Direction.FROM),
        "decision": decision_of(entry),
    }


def _words(entry: Entry) -> str:
    """List what else a pair is searched by: the guide's plain name, and the fields of both sides."""
    known = ipaas_collections().get(entry.collection)
    paths = {row.destination for row in (*entry.to, *entry.from_)} | {*entry.to_sources, *entry.from_sources}
    return " ".join([known.plain if known else "", *sorted(paths)]).strip()


def proposals_of(entries: Sequence[Entry]) -> dict[str, Row]:
    """Give, by pair, what the evidence proposes where nothing is decided and something is proposed."""
    made = {}
    for entry in entries:
        proposed = proposed_decision(entry, parent_decision(entry, entries))
        if entry.decision is None and not entry.gone and proposed.direction:
            methods = [method.value for method in proposed.methods]
            made[entry.title] = {"direction": proposed.direction.value, "methods": methods, "why": proposed.why}
    return made


def flows_of(entry: Entry) -> list[Row]:
    """List the named flows of a pair: what each moves, how many of the sample's records, and what the evidence says."""
    counts = {count.name: str(count) for count in entry.counts}
    return [
        {
            "name": flow.name,
            "direction": flow.direction.value,
            "methods": [method.value for method in flow.methods],
            "condition": flow.condition,
            "verdict": "; ".join([*_meets(counts.get(flow.name)), *_outcomes(entry, flow.name)]),
        }
        for flow in entry.named_flows
    ]


def _meets(count: str | None) -> list[str]:
    return [f"{count} of the sample meet it"] if count else []


def forecast_of(comparison: Comparison) -> list[str]:
    """Say for each direction what a first transfer of the sample's records would do; empty where none were paired."""
    if comparison.pairs is None:
        return []
    edges = [(match.source, match.destination) for match in comparison.both_ways()]
    back, to = comparison.pairs.forecast(edges).rows
    return [text for way, row in ((Direction.TO, to), (Direction.FROM, back)) if (text := _forecast(way, row))]


def _forecast(way: Direction, row: ForecastRow) -> str:
    if row.match is None:
        return f"{way}: {row.note}." if row.note else ""
    update = f"{row.match:,} exist on the other side, {row.update:,} of them differ"
    more = [f"{row.create:,} would be created"]
    more += [f"{row.duplicates:,} repeat another"] if row.duplicates else []
    more += [f"{row.undecided:,} could be one of several"] if row.undecided else []
    return f"{way}: {update}; {', '.join(more)}" + (f" ({row.note})." if row.note else ".")


def _outcomes(entry: Entry, flow: str) -> list[str]:
    proofs = (proof for proof in entry.evidence if proof.flow == flow)
    return [
        f"{proof.method}: {proof.outcome}" + (f", {_passing(proof)}" if _passing(proof) else "") for proof in proofs
    ]


def _passing(proof: Evidence) -> str:
    if not proof.records or proof.passed is None:
        return ""
    return f"{percent(proof.passed / proof.records)} of {counted(proof.records, 'record')} pass"


def _evidence(entry: Entry, direction: Direction) -> Row:
    return {
        evidence.method.value: {
            "outcome": evidence.outcome.value,
            "passing": _passing(evidence),
            "reason": evidence.reason,
            "findings": [_sentence(finding) for finding in evidence.findings],
        }
        for evidence in entry.evidence
        if evidence.direction is direction and not evidence.flow
    }


def _sentence(finding: Finding) -> str:
    """Put a finding in one line: field, fact, fix.

    >>> from ipaas_discovery.flows.finding import Effect
    >>> _sentence(Finding("required", Effect.NEEDS_DEFAULT, "email", "empty in 6 of 200", "give a default"))
    'email: empty in 6 of 200; give a default'
    """
    fact = f"{finding.field}: {finding.fact}" if finding.field else finding.fact
    return f"{fact}; {finding.fix}" if finding.fix else fact


def decision_of(entry: Entry) -> Row | None:
    """Give the decision on a pair as the board shows it; None while it is undecided."""
    if (decision := entry.decision) is None:
        return None
    return {
        "direction": decision.direction.value if decision.direction else LEAVE_OUT,
        "methods": [method.value for method in decision.methods],
        "why": decision.why,
        "by": decision.by,
        "on": decision.date,
        "against": list(entry.against_evidence),
    }


def in_words(decision: Mapping[str, Any] | None) -> str:
    """Put a decision of the board in a few words.

    >>> in_words({"direction": "Leave out", "why": "no model", "by": "Ada"}), in_words(None)
    ('Leave out, because no model, by Ada', 'undecided')
    """
    if not decision or not decision.get("direction"):
        return "undecided"
    why, by = decision.get("why"), decision.get("by")
    return str(decision["direction"]) + (f", because {why}" if why else "") + (f", by {by}" if by else "")


def _blocked(row: Mapping[str, Any], flow: Direction, method: Method) -> bool:
    side = row["to" if flow is Direction.TO else "from"]
    return bool(side.get(method.value, {}).get("outcome") == Outcome.BLOCKED.value)

"""Rows of the board as plain JSON: the one module of the widgets that knows the worksheet's values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipaas_discovery.flows.finding import Finding
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.parts import Decision
from ipaas_discovery.worksheet.worksheet import Worksheet

__all__ = ["LEAVE_OUT", "in_words", "proposed_methods", "rows_of"]

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
        "to": _evidence(entry, Direction.TO),
        "from": _evidence(entry, Direction.FROM),
        "decision": _decision(entry, entry.decision) if entry.decision else None,
    }


def _evidence(entry: Entry, direction: Direction) -> Row:
    return {
        evidence.method.value: {
            "outcome": evidence.outcome.value,
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


def _decision(entry: Entry, decision: Decision) -> Row:
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

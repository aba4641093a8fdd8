"""Project plan: what is built after what, by whom, and what it costs as far as that is published or was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ipaas_discovery.flows.order import plan_findings, prerequisites
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.worksheet.entry import Entry, WorksheetDocument

__all__ = ["PlanStep", "plan_steps"]

DISCOVERY = "1 to 2 days (published by the platform)"
"""The only effort that the platform publishes."""
NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True)
class PlanStep(Card):
    """One step of the plan.

    Attributes:
        number: its place, from 1.
        step: what is done.
        pair: the pair of collections it is about, empty for a step of the whole integration.
        after: the steps that come before it, by what they are about.
        effort: what it costs; "not given" where nobody said.
        owner: who does it.
        state: how far it is decided.
        flows: the flows that it builds.
    """

    number: int
    step: str
    pair: tuple[str, str] = ("", "")
    after: tuple[str, ...] = ()
    effort: str = NOT_GIVEN
    owner: str = ""
    state: str = ""
    flows: tuple[str, ...] = ()


def plan_steps(document: WorksheetDocument) -> tuple[PlanStep, ...]:
    """List the steps in the order of dependency: discovery, each pair that moves or may move, test, hand-over."""
    moving = [entry for entry in document.entries if not (entry.decision and entry.decision.direction is None)]
    names = [entry.collection for entry in moving]
    decided = f"{sum(entry.decision is not None for entry in document.entries)} of {len(document.entries)} decided"
    steps = [PlanStep(0, "Discovery: flows, APIs, field mappings, this order", effort=DISCOVERY, state=decided)]
    steps += [PlanStep(0, "Connection: authentication, presets, a call that validates it", after=("Discovery",))]
    steps += _building(moving, names)
    built = tuple(dict.fromkeys(names))
    steps += [PlanStep(0, "Test: a development test per flow, on both systems' test environments", after=built)]
    steps += [PlanStep(0, "Hand-over: templates, documentation, sign-off", after=("Test",), state=_signed(document))]
    return tuple(
        PlanStep(number, row.step, row.pair, row.after, row.effort, row.owner, row.state, row.flows)
        for number, row in enumerate(steps, 1)
    )


def _building(moving: list[Entry], names: list[str]) -> Iterator[PlanStep]:
    """Yield a step for each pair, after what its records stand in or point at; where that cannot be, it says so."""
    needs: dict[str, dict[str, None]] = {}
    for entry in moving:
        named = dict.fromkeys((*prerequisites(entry.collection), *entry.linked))
        named.pop(entry.collection, None)
        needs[entry.collection] = needs.get(entry.collection, {}) | named
    wrong: dict[str, list[str]] = {}
    for finding in plan_findings(names, lambda name: needs.get(name, ())):
        wrong.setdefault(finding.field, []).append(f"{finding.fact}; {finding.fix}")
    for at, entry in enumerate(moving):
        words = dict(entry.plan)
        before = tuple(name for name in needs[entry.collection] if name in names[:at])
        yield PlanStep(
            0,
            f"Build {entry.title}",
            entry.key,
            after=before or ("Connection",),
            effort=words.get("effort", NOT_GIVEN),
            owner=words.get("owner", ""),
            state="\n".join((entry.decided, *wrong.get(entry.collection, ()))),
            flows=tuple(flow.name for flow in entry.flows),
        )


def _signed(document: WorksheetDocument) -> str:
    return "; ".join(f"{step} by {text}" for step, text in document.sign_off) or "not signed off"

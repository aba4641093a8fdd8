"""Changes of verdicts: the outcome of each method, the findings that came and went, and the records that pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ipaas_discovery.changes.changes import Aspect, FlowChange
from ipaas_discovery.changes.pair_state import PairState
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.verdict import Verdict
from ipaas_discovery.schemas.comparing.chance import beyond_chance
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction, Outcome

__all__ = ["verdict_changes"]

WORSE = {Outcome.POSSIBLE: 0, Outcome.WITH_DEFAULTS: 1, Outcome.UNKNOWN: 2, Outcome.BLOCKED: 3}
SUMS = frozenset({"pass rate", "to", "from"})
"""Rules of findings that sum up others."""
WEIGHT = {Effect.BLOCKS: ChangeEffect.BREAKING, Effect.UNKNOWN: ChangeEffect.RISKY,
          Effect.NEEDS_DEFAULT: ChangeEffect.RISKY}  # fmt: skip
"""The effect of a new finding on its flow; that of any other is harmless."""


def verdict_changes(old: PairState, new: PairState, direction: Direction) -> Iterator[FlowChange]:
    """List the changes of each method's verdict in one direction; what methods share is one row."""
    known = {(verdict.name, verdict.method): verdict for verdict in old.verdicts if verdict.direction is direction}
    parts: dict[tuple[Aspect, str, str, str, str, ChangeEffect], list[str]] = {}
    for verdict in new.verdicts:
        earlier = known.get((verdict.name, verdict.method))
        if verdict.direction is direction and earlier is not None:
            for row in _changes(earlier, verdict):
                parts.setdefault(row, []).append(", ".join(filter(None, (verdict.name, verdict.method.value))))
    for (aspect, field, change, before, after, effect), methods in parts.items():
        yield FlowChange(
            new.collection, new.third_party, direction, aspect, "", ", ".join(methods),
            field, change, before, after, effect,
        )  # fmt: skip


def _changes(old: Verdict, new: Verdict) -> Iterator[tuple[Aspect, str, str, str, str, ChangeEffect]]:
    if old.outcome is not new.outcome:
        yield Aspect.VERDICT, "", "outcome", old.outcome.value, f"{new.outcome.value}: {new.reason}", _turned(old, new)
    before, after = ({_key(finding): finding for finding in _weighty(verdict.findings)} for verdict in (old, new))
    for finding in (after[key] for key in after if key not in before):
        yield Aspect.VERDICT, finding.field, "new finding", "", _sentence(finding), WEIGHT[finding.effect]
    for finding in (before[key] for key in before if key not in after):
        yield Aspect.VERDICT, finding.field, "finding gone", _sentence(finding), "", ChangeEffect.HARMLESS
    yield from _pass_rate(old, new)


def _turned(old: Verdict, new: Verdict) -> ChangeEffect:
    if WORSE[new.outcome] <= WORSE[old.outcome]:
        return ChangeEffect.HARMLESS
    return ChangeEffect.BREAKING if new.outcome is Outcome.BLOCKED else ChangeEffect.RISKY


def _weighty(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Keep the findings that decide; a rate has a row of its own, and so has each of both ways."""
    return (finding for finding in findings if finding.effect in WEIGHT and finding.rule not in SUMS)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.field, finding.effect.value


def _sentence(finding: Finding) -> str:
    return f"{finding.rule}: {finding.fact}"


def _pass_rate(old: Verdict, new: Verdict) -> Iterator[tuple[Aspect, str, str, str, str, ChangeEffect]]:
    """Compare the shares of records that pass; a fall to none breaks, another one beyond chance is a risk."""
    if not (old.run and new.run and old.run.records and new.run.records) or old.pass_rate == new.pass_rate:
        return
    one, other = ((run.passed, run.records) for run in (old.run, new.run))
    falls = (new.pass_rate or 0) < (old.pass_rate or 0)
    effect = ChangeEffect.HARMLESS
    if falls and not new.run.passed:
        effect = ChangeEffect.BREAKING
    elif falls and beyond_chance(one, other):
        effect = ChangeEffect.RISKY
    before, after = (f"{passed} of {records}" for passed, records in (one, other))
    yield Aspect.PASS_RATE, "", "fewer pass" if falls else "more pass", before, after, effect

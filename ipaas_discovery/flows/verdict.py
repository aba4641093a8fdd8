"""Verdict on a flow and method, with the findings that lead to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ipaas_discovery.flows import fits, rules
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.matching.field_matches import Matches
from ipaas_discovery.matching.mapping import Mapping
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Verdict", "bidirectional", "check_flow"]

Rule = Callable[[Flow], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    rules.call,
    rules.shape_known,
    rules.readable,
    rules.mapped,
    rules.required,
    rules.fill,
    rules.key,
    fits.types,
    fits.formats,
    fits.structure,
    fits.enum,
    fits.length,
    fits.writable,
    fits.big_integers,
    fits.zone,
    rules.unmapped,
)
"""Rules of an add and an update, in the order in which findings of one weight are listed."""

DELETE_RULES: tuple[Rule, ...] = (rules.call, rules.key)
"""A delete sends no fields: it needs the call and a key."""

_ORDER = list(Effect)
_OUTCOMES = {
    Effect.BLOCKS: Outcome.BLOCKED,
    Effect.UNKNOWN: Outcome.UNKNOWN,
    Effect.NEEDS_DEFAULT: Outcome.WITH_DEFAULTS,
}
_BY_RECORDS = (Grade.OBSERVED, Grade.DECLARED, Grade.UNKNOWN)
"""Grades of a verdict, the one that says most first."""
COLUMNS = {"rule": "str", "effect": "str", "field": "str", "fact": "str", "fix": "str"}


@dataclass(frozen=True, slots=True)
class Verdict(Tabular):
    """Verdict on one method of one flow: the findings, worst first, and the outcome they add up to.

    `grade` says how the source is known: "observed" if records of it were read, "declared" if none was.
    """

    source: str
    destination: str
    direction: Direction
    method: Method
    findings: tuple[Finding, ...] = ()
    grade: Grade = Grade.UNKNOWN

    @property
    def outcome(self) -> Outcome:
        """Outcome of the worst finding; nothing but support and warnings is "possible"."""
        worst = min((finding.effect for finding in self.findings), key=_ORDER.index, default=Effect.UNKNOWN)
        return _OUTCOMES.get(worst, Outcome.POSSIBLE)

    @property
    def reason(self) -> str:
        """Deciding finding in one sentence, and the number of others of its weight.

        Where nothing decides against the flow it says how it would go, and counts the warnings.

        >>> fact = Finding("required", Effect.NEEDS_DEFAULT, "type", "required, and nothing is mapped to it")
        >>> Verdict("orders", "TRANSACTION", Direction.TO, Method.ADD, (fact,)).reason
        'type: required, and nothing is mapped to it.'
        """
        if not self.findings:
            return "Nothing was found."
        first = min(self.findings, key=lambda finding: _ORDER.index(finding.effect))
        if first.effect not in _OUTCOMES:
            return self._in_favour()
        more = sum(finding.effect is first.effect for finding in self.findings) - 1
        return _sentence(first) + (f"; {more} more like it" if more else "") + "."

    def _in_favour(self) -> str:
        supports = [
            finding.fact for finding in self.findings if finding.rule in {"call", "mapped"} and not finding.field
        ]
        warnings = [finding for finding in self.findings if finding.effect is Effect.WARNS]
        summary = ", ".join(supports) or "nothing stands against it"
        if not warnings:
            return f"{summary}."
        return f"{summary}; {len(warnings)} warning{'s'[: len(warnings) != 1]}, first: {_sentence(warnings[0])}."

    def frame(self) -> pd.DataFrame:
        """Return one row per finding, worst first: rule, effect, field, fact, fix; all text."""
        rows = (
            {
                "rule": finding.rule,
                "effect": finding.effect.value,
                "field": finding.field,
                "fact": finding.fact,
                "fix": finding.fix,
            }
            for finding in self.findings
        )
        return frame_of(rows, COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain data: both collections, direction, method, outcome, grade, reason, `findings`."""
        return {**plain(self), "outcome": self.outcome.value, "reason": self.reason}


def _sentence(finding: Finding) -> str:
    return f"{finding.field}: {finding.fact}" if finding.field else finding.fact


def check_flow(
    source: Schema,
    destination: Schema,
    mappings: Matches | Iterable[Mapping | tuple[str, str]],
    *,
    direction: Direction,
    method: Method,
) -> Verdict:
    """Judge whether records can move from `source` to `destination`, by the evidence.

    A flow is sound if whatever the source returns, once mapped, is something the destination takes;
    each rule looks at one part of that, with the numbers of the sample where there is one.

    Args:
        source: the collection as its system returns it.
        destination: the collection as its system receives it for `method`.
        mappings: matches, whose proposals are used, or pairs of source and destination path.
        direction: To or From, for the record; it does not change the rules.
        method: add, update or delete.

    Returns:
        The verdict with its findings, worst first.

    Raises:
        UnknownNameError: if a path of a pair stands in no known schema.

    >>> ours = Schema.from_fields([{"path": "mail"}], collection="users")
    >>> theirs = Schema.from_fields([{"path": "email_address", "required": True}], collection="CUSTOMER")
    >>> edges = [("mail", "email_address")]
    >>> check_flow(ours, theirs, edges, direction=Direction.TO, method=Method.ADD).outcome.value
    'unknown'
    """
    flow = Flow.of((source, destination), mappings, direction, method)
    chosen = DELETE_RULES if method is Method.DELETE else RULES
    findings = [finding for rule in chosen for finding in rule(flow)]
    ranked = tuple(sorted(findings, key=lambda finding: _ORDER.index(finding.effect)))
    return Verdict(source.collection, destination.collection, direction, method, ranked, _grade(source))


def _grade(source: Schema) -> Grade:
    """Grade what is known of a source."""
    return Grade.OBSERVED if source.records else Grade.DECLARED if source.fields else Grade.UNKNOWN


def bidirectional(to: Verdict, from_: Verdict) -> Verdict:
    """Join both ways in one verdict: every finding of both, so its outcome is the worse of the two.

    The rule of each finding says which way it is about.
    """
    marked = [
        replace(finding, rule=f"{finding.rule} ({verdict.direction.value})")
        for verdict in (to, from_)
        for finding in verdict.findings
    ]
    findings = tuple(sorted(marked, key=lambda finding: _ORDER.index(finding.effect)))
    grade = max(to.grade, from_.grade, key=_BY_RECORDS.index)
    return Verdict(to.source, to.destination, Direction.BIDIRECTIONAL, to.method, findings, grade)

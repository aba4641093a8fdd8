"""Verdict on a flow and method, with the findings that lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from ipaas_discovery.flows.execution.record_columns import RecordColumns
from ipaas_discovery.flows.execution.round_trip import RoundTrip, round_trips
from ipaas_discovery.flows.execution.run_flow import run_flow
from ipaas_discovery.flows.execution.select_records import select_records
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.flows.flow import Flow, Mappings
from ipaas_discovery.flows.rules.registry import PLANNING, RULES, rules_for
from ipaas_discovery.flows.rules.round_trips import there_and_back
from ipaas_discovery.flows.sample_run import Execution
from ipaas_discovery.flows.selection import Selection
from ipaas_discovery.flows.surroundings import Surroundings
from ipaas_discovery.gc_pause import gc_paused
from ipaas_discovery.renderings.frames import frame_of
from ipaas_discovery.renderings.plain import plain
from ipaas_discovery.renderings.tabular import Tabular
from ipaas_discovery.renderings.texts import percent
from ipaas_discovery.samples.sample import Record, Sample
from ipaas_discovery.schemas.schema import Schema
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Verdict", "bidirectional", "check_flow"]

_ORDER = list(Effect)
_OUTCOMES = {
    Effect.BLOCKS: Outcome.BLOCKED,
    Effect.UNKNOWN: Outcome.UNKNOWN,
    Effect.NEEDS_DEFAULT: Outcome.WITH_DEFAULTS,
}
_PLACES = {rule.name: place for place, rule in enumerate(RULES)}
_BY_RECORDS = (Grade.OBSERVED, Grade.DECLARED, Grade.UNKNOWN)
"""Grades of a verdict, the one that says most first."""
COLUMNS = dict.fromkeys(("rule", "effect", "field", "fact", "fix", "grade", "accepted"), "str")


class Acceptance(Protocol):
    """A word of the worksheet that accepts a finding: the rule, the field and the flow, until when, by whom and why."""

    @property
    def direction(self) -> Direction:
        """The flow's direction."""

    @property
    def rule(self) -> str:
        """The finding's rule."""

    @property
    def field(self) -> str:
        """The finding's field; empty: every field."""

    @property
    def method(self) -> Method | None:
        """The flow's method; None: each."""

    @property
    def flow(self) -> str:
        """The name of the flow; empty: each."""

    @property
    def until(self) -> str:
        """The last day (ISO) on which it is accepted; empty: for good."""

    @property
    def why(self) -> str:
        """The reason."""

    @property
    def by(self) -> str:
        """Person who accepts it."""


@dataclass(frozen=True, slots=True)
class Verdict(Tabular):
    """Verdict on one method of one flow: the findings, worst first, and the outcome they add up to.

    `grade` says how the source is known: "observed" if records of it were read, "declared" if none was. `run` is what
    became of the sample's records, None if none was run; `flow` what was judged. `name` is that of a flow that people
    named, and `selection` says which records it moves; empty, all that the direction moves. `trips` are of both ways
    together: each field of the third party that goes there and back.
    """

    source: str
    destination: str
    direction: Direction
    method: Method
    findings: tuple[Finding, ...] = ()
    grade: Grade = Grade.UNKNOWN
    run: Execution | None = None
    name: str = ""
    selection: Selection = field(default_factory=Selection)
    trips: tuple[RoundTrip, ...] = field(default=(), metadata={"plain": False})
    flow: Flow | None = field(default=None, repr=False, compare=False, metadata={"plain": False})

    section: ClassVar[str] = "effect"

    @property
    def pass_rate(self) -> float | None:
        """Share of the sample's records that the destination would take as they are mapped now; None if none was run.

        Records are those of the destination.
        """
        return self.run.pass_rate if self.run else None

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
        if first.rule == "pass rate":
            return f"{first.fact}."
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
        """Return one row per finding, worst first: rule, effect, field, fact, fix, grade, accepted; all text."""
        return frame_of(({name: str(getattr(finding, name)) for name in COLUMNS} for finding in self.findings), COLUMNS)

    def _title(self) -> str:
        ways = f"{self.source} → {self.destination}, {self.direction.value}, {self.method.value}"
        name = f", {self.name}" if self.name else ""
        rate = "" if self.pass_rate is None else f", {percent(self.pass_rate)} of the records pass"
        return f"Verdict on {ways}{name}: {self.outcome.value}{rate}"

    def accepting(self, accepted: Iterable[Acceptance], *, today: str = "") -> Verdict:
        """Return this verdict with what people accept shown as accepted; it counts against the flow no longer.

        Args:
            accepted: what is accepted; without a field, the rule's findings of every field.
            today: the day (ISO), after which an acceptance has run out. Defaults to one before all of them.
        """
        rows = [row for row in accepted if not (row.until and today > row.until)]
        findings = [_accepted(finding, self, rows) for finding in self.findings]
        return replace(self, findings=_ranked(findings))

    def among(self, planned: tuple[str, ...] | None, outside: tuple[str, ...]) -> Verdict:
        """Return this verdict with its place among other flows judged anew.

        Args:
            planned: iPaaS.com's collections that are moved, in the order in which they are built; None: unknown.
            outside: those that are left out on purpose.
        """
        if self.flow is None or (self.flow.surroundings.planned, self.flow.surroundings.outside) == (planned, outside):
            return self
        around = replace(self.flow.surroundings, planned=planned, outside=outside)
        flow = replace(self.flow, surroundings=around)
        rules = [rule for rule in rules_for(self.method) if rule.check in PLANNING]
        names = {rule.name for rule in rules}
        kept = [finding for finding in self.findings if finding.rule not in names]
        anew = [finding for rule in rules for finding in rule.check(flow)]
        return replace(self, findings=_ranked([*kept, *anew]), flow=flow)

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain data: both collections, direction, method, outcome, grade, reason, `findings`."""
        about = {"outcome": self.outcome.value, "reason": self.reason, "pass_rate": self.pass_rate}
        return {**plain(self), **about}


def _ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (_ORDER.index(finding.effect), _PLACES.get(finding.rule, 0))))


def _accepted(finding: Finding, verdict: Verdict, rows: Iterable[Acceptance]) -> Finding:
    for row in rows:
        same = row.direction is verdict.direction and row.rule == finding.rule and row.field in {"", finding.field}
        same = same and row.method in {None, verdict.method} and row.flow in {"", verdict.name}
        if same and finding.effect not in {Effect.SUPPORTS, Effect.ACCEPTED}:
            until = f" until {row.until}" if row.until else ""
            by, why = f" by {row.by}" if row.by else "", f": {row.why}" if row.why else ""
            sentence = f"accepted{until}{by}{why} (it {finding.effect.value})"
            return replace(finding, effect=Effect.ACCEPTED, accepted=sentence)
    return finding


def _sentence(finding: Finding) -> str:
    return f"{finding.field}: {finding.fact}" if finding.field else finding.fact


def check_flow(  # noqa: PLR0913  a flow is two schemas, a mapping and what is known of it
    source: Schema,
    destination: Schema,
    mappings: Mappings,
    *,
    direction: Direction,
    method: Method,
    samples: Sample | RecordColumns | Iterable[Record] | None = None,
    surroundings: Surroundings | None = None,
    condition: str = "",
    name: str = "",
) -> Verdict:
    """Judge whether records can move from `source` to `destination`, by the evidence.

    A flow is sound if whatever the source returns, once mapped, is something the destination takes. The mapping is
    run over the sample's records, and each rule looks at one part of that, with the numbers.

    Args:
        source: the collection as its system returns it.
        destination: the collection as its system receives it for `method`.
        mappings: matches, whose proposals are used; mappings; or pairs of source and destination path.
        direction: To or From.
        method: add, update or delete.
        samples: records of the source, to run the mapping over; as `RecordColumns`, if several methods share them.
            Defaults to none: the schemas alone are judged.
        surroundings: what else is known: the other flows of the worksheet, how changes are learned of.
        condition: which records of the source move, such as `status = refunded`; the others count nowhere.
        name: the flow's, where a pair of collections has several.

    Returns:
        The verdict with its findings, worst first.

    Raises:
        UnknownNameError: if a path of a pair stands in no known schema.
        ConfigurationError: if `condition` is none.

    >>> ours = Schema.from_fields([{"path": "mail"}], collection="users")
    >>> theirs = Schema.from_fields([{"path": "email_address", "required": True}], collection="CUSTOMER")
    >>> edges, records = [("mail", "email_address")], [{"mail": "a"}, {}, {"mail": "b"}, {"mail": "c"}]
    >>> verdict = check_flow(ours, theirs, edges, direction=Direction.TO, method=Method.ADD, samples=records)
    >>> verdict.outcome.value, verdict.pass_rate
    ('unknown', 0.75)
    """
    columns = samples if isinstance(samples, RecordColumns) else RecordColumns(_records(samples))
    with gc_paused():
        chosen, columns, selection = select_records(source, columns, condition)
        records = tuple(columns.records)
        flow = Flow.of((chosen, destination), mappings, direction, method, surroundings, records)
        flow = replace(flow, selection=selection)
        if records and flow.mappings and method is not Method.DELETE:
            flow = flow.ran(run_flow(flow, columns))
        findings = [finding for rule in rules_for(method) for finding in rule.check(flow)]
    names = source.collection, destination.collection
    grade, ranked = _grade(source), _ranked(findings)
    return Verdict(*names, direction, method, ranked, grade, flow.run, name, selection, flow=flow)


def _records(samples: Sample | Iterable[Record] | None) -> tuple[Record, ...]:
    return tuple(samples.records if isinstance(samples, Sample) else samples or ())


def _grade(source: Schema) -> Grade:
    """Grade what is known of a source."""
    return Grade.OBSERVED if source.records else Grade.DECLARED if source.fields else Grade.UNKNOWN


def bidirectional(
    to: Verdict,
    from_: Verdict,
    owners: Mapping[str, str] | None = None,
    trips: tuple[RoundTrip, ...] | None = None,
) -> Verdict:
    """Judge both ways together: neither may be worse, each field comes back as it was, and no record is without an id.

    Args:
        to: the verdict on the way To iPaaS.com.
        from_: the verdict on the way back, of the same method.
        owners: the side whose value counts, by the field of iPaaS.com: "iPaaS.com", "third party" or "newest". Where
            both sides write a field and it has none, that is a finding.
        trips: the round trip of each field, if it was followed already.
    """
    ways = [_way(verdict) for verdict in (to, from_)]
    both: Iterable[Finding] = ()
    if to.flow and from_.flow:
        trips = tuple(round_trips(to.flow, from_.flow)) if trips is None else trips
        both = there_and_back(to.flow, from_.flow, trips, owners or {})
    grade = max(to.grade, from_.grade, key=_BY_RECORDS.index)
    findings = _ranked([*ways, *both])
    return Verdict(to.source, to.destination, Direction.BIDIRECTIONAL, to.method, findings, grade, trips=trips or ())


def _way(verdict: Verdict) -> Finding:
    """Sum up the verdict on one way as a finding on both."""
    effect = next((effect for effect, outcome in _OUTCOMES.items() if outcome is verdict.outcome), Effect.SUPPORTS)
    fact = f"{verdict.direction}, {verdict.method}: {verdict.outcome}, {verdict.reason.rstrip('.')}"
    rule = "to" if verdict.direction is Direction.TO else "from"
    return Finding(rule, effect, "", fact, "", verdict.grade)

"""Parts of a worksheet's entry: decision, evidence, questions."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, PlainSerializer
from pydantic.dataclasses import dataclass

from ipaas_discovery.errors import ConfigurationError, UnknownNameError
from ipaas_discovery.flows.finding import Effect, Finding
from ipaas_discovery.renderings.card import Card
from ipaas_discovery.renderings.tabular import shows
from ipaas_discovery.vocabulary import Direction, Grade, Method, Outcome

__all__ = [
    "LEAVE_OUT",
    "STRICT",
    "AnyWay",
    "Claims",
    "CollectionSide",
    "Decided",
    "Decision",
    "Evidence",
    "OneWay",
    "Question",
    "Text",
    "as_value_error",
    "clean_text",
    "decided_direction",
    "in_order",
    "ordered",
    "rank",
]

LEAVE_OUT = "leave out"
"""Words by which a decision takes a collection out of the integration."""

STRICT = ConfigDict(extra="forbid")


class Keyed(Protocol):
    """A part that can be told from its siblings."""

    @property
    def key(self) -> tuple[Any, ...]:
        """Key that tells it from its siblings; sorted by it, parts stand in the same order in every file."""


K = TypeVar("K", bound=Keyed)


def ordered(parts: tuple[K, ...]) -> tuple[K, ...]:
    """Sort `parts` by key, so that the same parts give the same bytes.

    Raises:
        ValueError: if two of them have the same key.
    """
    return tuple(sorted(unique(parts), key=lambda part: part.key))


def unique(parts: tuple[K, ...]) -> tuple[K, ...]:
    """Return `parts` as they are, once it is sure that no two have the same key."""
    seen: set[Hashable] = set()
    for part in parts:
        if part.key in seen:
            named = " ".join(str(word) for word in part.key if word != "")
            raise ValueError(f"'{named}' stands here twice; keep one")
        seen.add(part.key)
    return parts


def decided_direction(value: object) -> Direction | None:
    """Read the direction that the analyst wrote; None for "leave out".

    >>> decided_direction("to"), decided_direction("Leave out")
    (<Direction.TO: 'To iPaaS.com'>, None)

    Raises:
        UnknownNameError: if it is neither a direction nor "leave out".
    """
    if value is None or isinstance(value, Direction):
        return value
    text = str(value).strip()
    if text.lower().replace("_", " ") in {LEAVE_OUT, "left out", "none"}:
        return None
    try:
        return Direction.parse(text)
    except UnknownNameError as error:
        raise UnknownNameError("direction", text, [*Direction, LEAVE_OUT]) from error


def as_value_error(parse: Callable[[object], object]) -> Callable[[object], object]:
    """Turn `parse`'s errors into the validator's own, which know where they are."""

    def parsed(value: object) -> object:
        try:
            return parse(value)
        except ConfigurationError as error:
            raise ValueError(str(error)) from error

    return parsed


def _one_way(direction: Direction) -> Direction:
    if direction is Direction.BIDIRECTIONAL:
        raise ValueError(f"this belongs to one flow: '{Direction.TO}' or '{Direction.FROM}'")
    return direction


def _clean(value: object) -> object:
    """Make text that any file can hold: lone surrogates replaced, every line break a newline; the rest as it is."""
    return clean_text(value) if isinstance(value, str) else value


def clean_text(text: str) -> str:
    """Make text that any file can hold."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _clean_findings(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        replace(
            finding,
            rule=clean_text(finding.rule),
            field=clean_text(finding.field),
            fact=clean_text(finding.fact),
            fix=clean_text(finding.fix),
            accepted=clean_text(finding.accepted),
        )
        for finding in findings
    )


def in_order(methods: tuple[Method, ...]) -> tuple[Method, ...]:
    """Sort methods as the platform does, each once."""
    return tuple(method for method in Method if method in methods)


def rank(direction: Direction) -> int:
    """Sort To before From, as in the platform's ids."""
    return list(Direction).index(direction)


Text = Annotated[str, BeforeValidator(_clean)]
AnyWay = Annotated[Direction, BeforeValidator(as_value_error(lambda value: Direction.parse(str(value))))]
OneWay = Annotated[AnyWay, AfterValidator(_one_way)]
Decided = Annotated[
    Direction | None,
    BeforeValidator(as_value_error(decided_direction)),
    PlainSerializer(lambda direction: direction.value if direction else LEAVE_OUT),
]


@dataclass(frozen=True, slots=True, config=STRICT)
class CollectionSide(Card):
    """One of the two systems, as the worksheet names it."""

    name: Text = ""
    environment: Text = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.environment})" if self.environment else self.name


@dataclass(frozen=True, slots=True, config=STRICT)
class Claims(Card):
    """Claims that each side's sample allows about its collection, in a sentence."""

    ipaas: Text = ""
    third_party: Text = ""


@dataclass(frozen=True, slots=True, config=STRICT)
class Decision(Card):
    """Decision of the analyst on one collection; `direction` None leaves it out of the integration.

    >>> decision = Decision(Direction.BIDIRECTIONAL, (Method.UPDATE, Method.ADD), "both sides edit", "A. Analyst")
    >>> decision.methods, decision.flows
    ((<Method.ADD: 'add'>, <Method.UPDATE: 'update'>),
     (<Direction.TO: 'To iPaaS.com'>, <Direction.FROM: 'From iPaaS.com'>))
    """

    direction: Decided
    methods: Annotated[tuple[Method, ...], AfterValidator(in_order)] = ()
    why: Text = ""
    by: Text = ""
    date: Text = ""

    @property
    @shows("Directions", "direction")
    def flows(self) -> tuple[Direction, ...]:
        """The one-way flows that are ordered."""
        return self.direction.flows if self.direction else ()

    @property
    def title(self) -> str:
        """The direction, or "leave out"."""
        return self.direction.value if self.direction else LEAVE_OUT


@dataclass(frozen=True, slots=True, config=STRICT)
class Evidence(Card):
    """Outcome of the evidence for one flow and method, with its findings; `grade` says how its source is known.

    `passed` of `records` of the sample would be taken as they are mapped; both are None where none was run. `flow` is
    the name of a flow that people named, judged on the records that meet its condition; empty, the direction with all
    its records. Of Bi-directional it says what both ways together need: that each field comes back as it was.
    """

    direction: AnyWay
    method: Method
    outcome: Outcome
    reason: Text = ""
    findings: Annotated[tuple[Finding, ...], AfterValidator(_clean_findings)] = ()
    grade: Grade = Grade.OBSERVED
    passed: int | None = None
    records: int | None = None
    flow: Text = ""

    @property
    @shows("Direction, flow and method")
    def key(self) -> tuple[int, str, int]:
        """The flow and the method."""
        return rank(self.direction), self.flow, self.method.sync_type

    @property
    def title(self) -> str:
        """The direction, and the name of the flow if it is of one."""
        return f"{self.direction}, {self.flow}" if self.flow else self.direction.value

    @property
    def known_by(self) -> str:
        """Grade of what decides: that of the first finding against the flow, else that of the source.

        >>> gone = Finding("call", Effect.BLOCKS, "", "no call", grade="declared")
        >>> Evidence(Direction.TO, Method.DELETE, Outcome.BLOCKED, findings=(gone,)).known_by
        'declared'
        """
        deciding = min(self.findings, key=lambda row: list(Effect).index(row.effect), default=None)
        against = deciding is not None and deciding.effect in {Effect.BLOCKS, Effect.UNKNOWN, Effect.NEEDS_DEFAULT}
        return str(deciding.grade) if deciding and against else self.grade.value

    @property
    @shows("Gaps")
    def gaps(self) -> tuple[Finding, ...]:
        """The findings that ask for something: all but those that support the flow."""
        return tuple(finding for finding in self.findings if finding.effect is not Effect.SUPPORTS)


@dataclass(frozen=True, slots=True, config=STRICT)
class Question(Card):
    """A question of discovery and planning, and its answer once somebody gave one."""

    text: Text
    answer: Text = ""
    by: Text = ""
    date: Text = ""

    @property
    @shows("Question")
    def key(self) -> tuple[str]:
        """The question itself."""
        return (self.text,)

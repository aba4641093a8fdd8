"""Words that the findings of several rules share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ipaas_discovery.flows.execution.masked_examples import WHOLES
from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.sample_run import Rejection
from ipaas_discovery.vocabulary import Direction

__all__ = ["counted", "destination_name", "ipaas_collection", "listed", "refused", "source_name", "spelled_out"]

NAMED = 5
"""Names that a sentence lists before it only counts."""


def source_name(flow: Flow) -> str:
    """Name the source: system and collection, as far as they are known."""
    return _name(flow.source.system, flow.source.collection) or "the source"


def destination_name(flow: Flow) -> str:
    """Name the destination: system and collection, as far as they are known."""
    return _name(flow.destination.system, flow.destination.collection) or "the destination"


def ipaas_collection(flow: Flow) -> str:
    """Return iPaaS.com's collection of a flow."""
    return (flow.destination if flow.direction is Direction.TO else flow.source).collection


def listed(names: Iterable[object]) -> str:
    """List some names, and count the rest.

    >>> listed("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    texts = [str(name) for name in names]
    rest = f" and {len(texts) - NAMED} more" if len(texts) > NAMED else ""
    return ", ".join(texts[:NAMED]) + rest


def counted(number: int, word: str) -> str:
    """Count things.

    >>> counted(1, "record"), counted(2, "record")
    ('1 record', '2 records')
    """
    return f"{number} {word}{'s'[: number != 1]}"


def spelled_out(rejection: Rejection) -> str:
    """List the values that a rejection is about, with the records that have them."""
    return listed(f"{text if text in WHOLES else repr(text)} ({records})" for text, records in rejection.values)


def refused(flow: Flow, problem: str, what: str | Callable[[str], str], fix: str) -> Iterator[Finding]:
    """Report the records of a run that one kind of constraint rejects, field by field.

    Args:
        flow: the flow; it may not have been run.
        problem: the kind of constraint, which is the rule's name, too.
        what: what is wrong with the values, in words that follow on "2 of 9 records would be refused:"; or a function
            that says it of a field's path.
        fix: what to do about it.
    """
    for rejection in flow.run.rejected(problem) if flow.run else ():
        examples = f": {spelled_out(rejection)}" if rejection.values else ""
        wrong = what if isinstance(what, str) else what(rejection.field)
        fact = f"{rejection.records} of {rejection.of} records would be refused: {wrong}{examples}"
        grade = observed(rejection.records, rejection.of)
        yield Finding(problem, Effect.NEEDS_DEFAULT, rejection.field, fact, fix, grade)


def _name(system: str, collection: str) -> str:
    return " ".join(part for part in (system, collection) if part)

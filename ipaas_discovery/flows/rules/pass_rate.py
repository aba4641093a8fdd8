"""Rules for a flow that was run: how many records pass, and what is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator

from ipaas_discovery.flows.finding import Effect, Finding, observed
from ipaas_discovery.flows.flow import Flow
from ipaas_discovery.flows.rules.wording import listed
from ipaas_discovery.flows.sample_run import Execution, Rejection
from ipaas_discovery.flows.value_shares import bound

__all__ = ["losses", "passes"]

MENDED = frozenset({"required", "nullable", "enum"})
"""Problems that a default or a value map mends."""
_VERBS = {"the": "is", "digits": "may be"}


def passes(flow: Flow) -> Iterator[Finding]:
    """Report how many records of the sample the destination would take, as it is declared and as it is mapped now."""
    run = flow.run
    if run is None or not run.records or not flow.mappings or not flow.destination.fields:
        return
    grade = observed(run.passed, run.records)
    if run.passed == run.records:
        fact = f"all {run.records} records pass as mapped now; of others, {bound(run.records)} would be refused"
        yield Finding("pass rate", Effect.SUPPORTS, "", fact, "", grade)
        return
    named = listed(_worst(run))
    share = f"{run.passed or 'none'} of {run.records} records {'pass' if run.passed > 1 else 'passes'}"
    fact = f"{share} as mapped now; refused for {named}"
    effect = Effect.UNKNOWN if _beyond_defaults(flow, run) else Effect.NEEDS_DEFAULT
    yield Finding("pass rate", effect, "", fact, "see each field's finding", grade)


def _worst(run: Execution) -> Iterator[str]:
    """Yield the fields that refuse records, the most first, each with how many; by reason where it has several."""
    fields: dict[str, list[Rejection]] = {}
    for rejection in sorted(run.rejections, key=lambda rejection: (-rejection.records, rejection.field)):
        fields.setdefault(rejection.field, []).append(rejection)
    for field, rejections in fields.items():
        several = len(rejections) > 1
        parts = (
            f"{rejection.records} {rejection.problem}" if several else f"{rejection.records}"
            for rejection in rejections
        )
        yield f"{field} ({', '.join(parts)})"


def _beyond_defaults(flow: Flow, run: Execution) -> bool:
    """Tell whether no record passes even if every missing value had a default and every foreign one a map.

    A proposal that nobody took is no such obstacle: it can be replaced, or left out.
    """
    return not run.passed and any(
        rejection.records == run.records
        and rejection.problem not in MENDED
        and any(mapping.decided for mapping in flow.into(rejection.field))
        for rejection in run.rejections
    )


def losses(flow: Flow) -> Iterator[Finding]:
    """Report the conversions that lose something: digits, a zone, the time of day, further values of a list."""
    for loss in flow.run.losses if flow.run else ():
        shown = f", such as {listed(map(repr, loss.examples))}" if loss.examples else ""
        verb = "" if loss.what.endswith("assumed") else f" {_VERBS.get(loss.what.split()[0], 'are')} lost"
        fact = f"{loss.what}{verb} in {loss.records} of {loss.of} records{shown}"
        grade = observed(loss.records, loss.of)
        yield Finding("loss", Effect.WARNS, loss.field, fact, "give a formula, or accept it", grade)

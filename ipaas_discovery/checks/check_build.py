"""Check of a build: every decided flow is still possible, and nothing changed for one that nobody accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ipaas_discovery.changes.changes import FlowChange
from ipaas_discovery.checks.check_report import CheckItem, CheckReport, CheckStatus
from ipaas_discovery.discovery import Discovery
from ipaas_discovery.errors import ConfigurationError
from ipaas_discovery.schemas.comparing.drift import ChangeEffect
from ipaas_discovery.vocabulary import Direction, Method, Outcome
from ipaas_discovery.worksheet.entry import Entry
from ipaas_discovery.worksheet.ordered_flow import OrderedFlow
from ipaas_discovery.worksheet.parts import Evidence

__all__ = ["check_build"]

POSSIBLE = frozenset({Outcome.POSSIBLE, Outcome.WITH_DEFAULTS})


def check_build(
    discovery: Discovery,
    *,
    since: str | None = None,
    fail_on: ChangeEffect | None = ChangeEffect.BREAKING,
    delivered: bool = True,
) -> CheckReport:
    """Check what guards a build, and write nothing.

    Args:
        discovery: the integration.
        since: the day of the earlier pull to compare with; by default the one before.
        fail_on: the effect from which on a change of a decided flow fails; None looks at no change.
        delivered: compare what the platform was told to do with the order, where the settings name its subscription.

    Raises:
        UnknownNameError: if nothing was pulled on that day.
        WorksheetError: if the worksheet cannot be read.
    """
    parts: tuple[Callable[[], Iterator[CheckItem]], ...] = (
        lambda: _readable(discovery),
        lambda: _possible(discovery),
        lambda: _unchanged(discovery, since, fail_on) if fail_on else iter(()),
        lambda: _as_ordered(discovery) if delivered and discovery.integration.ipaas.subscription else iter(()),
    )
    return CheckReport(discovery.integration.title, tuple(item for part in parts for item in part()))


def _readable(discovery: Discovery) -> Iterator[CheckItem]:
    """Check that every collection of a decided pair can be read."""
    keys = {entry.key for entry in _ordered(discovery)}
    pairs = [pair for pair in discovery.pairs if (pair.ipaas, pair.third_party) in keys]
    samples = (sample for pair in pairs for sample in discovery.samples(pair.ipaas) if sample.problem)
    for name, problem in dict.fromkeys((f"{sample.system}, {sample.collection}", sample.problem) for sample in samples):
        yield CheckItem("collections", name, CheckStatus.FAILED, problem)


def _possible(discovery: Discovery) -> Iterator[CheckItem]:
    """Check that every flow that was decided is possible, method by method."""
    now = {entry.key: entry for entry in discovery.entries()}
    ordered = _ordered(discovery)
    if not ordered:
        yield CheckItem("flows", "the worksheet", CheckStatus.SKIPPED, "no direction is decided yet")
    for entry in ordered:
        if entry.key not in now:
            yield CheckItem("flows", entry.title, CheckStatus.FAILED, "it is decided, and the systems do not pair it")
            continue
        for flow in entry.flows:
            before = {row.method: row for row in entry.evidence_of(flow)}
            for row in now[entry.key].evidence_of(flow):
                if row.method in flow.methods:
                    yield _flow_item(entry, flow, before.get(row.method), row)


def _flow_item(entry: Entry, flow: OrderedFlow, before: Evidence | None, now: Evidence) -> CheckItem:
    """Judge one method of a flow: by what is known now, and by what was known when the evidence was written."""
    subject = f"{entry.title}, {flow.name}, {now.method}"
    rate = f" ({now.passed} of {now.records} records pass)" if now.records else ""
    detail = f"{now.outcome}{rate}"
    stopped = bool(now.records and not now.passed and before and before.passed)
    if now.outcome in POSSIBLE and not stopped:
        return CheckItem("flows", subject, CheckStatus.PASSED, detail)
    detail = f"{detail}: {now.reason}"
    why = entry.decision.why if entry.decision else ""
    if before and before.outcome is now.outcome and why and not stopped:
        by = f" by {entry.decision.by}" if entry.decision and entry.decision.by else ""
        return CheckItem("flows", subject, CheckStatus.ACCEPTED, f"{detail} Decided{by} all the same: {why}")
    was = f" It was {before.outcome}." if before and before.outcome is not now.outcome else ""
    return CheckItem("flows", subject, CheckStatus.FAILED, f"{detail}{was}")


def _unchanged(discovery: Discovery, since: str | None, fail_on: ChangeEffect) -> Iterator[CheckItem]:
    """Check that nothing changed for a decided flow since an earlier pull, or that somebody accepts it."""
    flows = {(*entry.key, way): entry.methods_of(way) for entry in _ordered(discovery) for way in entry.directions}
    try:
        changes = discovery.changes(since)
    except ConfigurationError as error:
        if since is not None:
            raise
        yield CheckItem("changes", "the pull before", CheckStatus.SKIPPED, str(error))
        return
    concerned = [row for row in changes.at_least(fail_on).rows if _concerns(row, flows)]
    for row in concerned:
        status = CheckStatus.ACCEPTED if row.accepted else CheckStatus.FAILED
        detail = f"{row.effect}: {row.event}" + f" ({row.accepted})" * bool(row.accepted)
        yield CheckItem("changes", f"{row.collection} ↔ {row.third_party}, {row.direction}", status, detail)
    if not concerned:
        detail = f"no {fail_on} change of a decided flow between {changes.since} and {changes.until}"
        yield CheckItem("changes", "all decided flows", CheckStatus.PASSED, detail)


def _as_ordered(discovery: Discovery) -> Iterator[CheckItem]:
    """Check that the subscription holds what is ordered; looked at once the settings name it."""
    delivered = discovery.delivered()
    for gap in delivered.gaps:
        subject = ", ".join(filter(None, (f"{gap.collection} ↔ {gap.third_party}", gap.direction, gap.field)))
        detail = f"{gap.kind}: {gap.ordered} is ordered, {gap.delivered} is delivered"
        yield CheckItem("delivered", subject, CheckStatus.FAILED, detail)
    if not delivered.gaps:
        status = CheckStatus.PASSED if delivered.as_ordered else CheckStatus.FAILED
        yield CheckItem("delivered", "all decided flows", status, str(delivered))


def _concerns(row: FlowChange, flows: Mapping[tuple[str, str, Direction], tuple[Method, ...]]) -> bool:
    """Tell whether a change is of a flow that is ordered, and of a method of it where it is of one."""
    ordered = flows.get((row.collection, row.third_party, row.direction), ())
    return bool({*ordered} & {*row.methods})


def _ordered(discovery: Discovery) -> list[Entry]:
    """List the pairs for which a direction is decided, with the evidence that stands beside the worksheet."""
    return [entry for entry in discovery.written.entries if entry.flows]

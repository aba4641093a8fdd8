"""Reach of both systems before a long pull: the log-in, one page of each collection, and what nobody verified yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ipaas_discovery.checks.check_report import CheckItem, CheckStatus
from ipaas_discovery.discovery import Discovery
from ipaas_discovery.errors import DiscoveryError, FetchError
from ipaas_discovery.renderings.texts import listed
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.sample import Sample
from ipaas_discovery.system import System

__all__ = ["Reach", "reach"]

ONE = Plan(pages=1, size=1, edges=False, values=0, until_quiet=0, details=0)
"""As little of a collection as can be asked for."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Result of reaching out: an item for each system, and the corrections that first answers support."""

    items: tuple[CheckItem, ...]
    diffs: tuple[str, ...] = field(default=())


def reach(discovery: Discovery) -> Reach:
    """Log in to both systems and ask each paired collection for one record.

    At the first contact with a live system, how its collections page is proved as well: what its connector states is
    often taken from documents that nobody tried, and each correction is a diff.
    """
    items: list[CheckItem] = []
    diffs: list[str] = []
    sides = (
        (discovery.ipaas, [pair.ipaas for pair in discovery.pairs]),
        (discovery.third_party, [pair.third_party for pair in discovery.pairs]),
    )
    for system, names in sides:
        asked = [name for name in dict.fromkeys(names) if name in system.collections()]
        reached, item = _reached(system, asked)
        items.append(item)
        if reached and not (system.synthetic or system.environment.files or system.pulled_before):
            for probed, corrections in _probed(system, reached):
                items.append(probed)
                diffs += corrections
    return Reach(tuple(items), tuple(diffs))


def _reached(system: System, names: list[str]) -> tuple[list[str], CheckItem]:
    """Ask each collection for one record, and say in a sentence how far that went."""
    try:
        results = system.read_all(names, ONE)
    except DiscoveryError as error:
        return [], CheckItem("reach", system.name, CheckStatus.FAILED, str(error))
    reached = [name for name in names if isinstance(result := results[name], Sample) and not result.problem]
    errors = {name: str(result) for name, result in results.items() if isinstance(result, FetchError) and name in names}
    if not errors:
        way = "nobody has to log in" if system.connector.auth.kind == "none" else "the log-in works"
        return reached, CheckItem("reach", system.name, CheckStatus.PASSED, f"{way}; {listed(reached)} can be read")
    lost = "; ".join(f"{name}: {problem}" for name, problem in errors.items())
    some = f"{listed(reached)} can be read; " if reached else ""
    return reached, CheckItem("reach", system.name, CheckStatus.FAILED, f"{some}{lost}")


def _probed(system: System, names: list[str]) -> Iterator[tuple[CheckItem, list[str]]]:
    """Prove how each collection pages that has a list of its own; each refuted setting is a failure with its diff."""
    for name in names:
        if system.connector.collections[name].parent:
            continue
        try:
            report = system.probe(name)
        except DiscoveryError as error:
            yield CheckItem("probe", f"{system.name}, {name}", CheckStatus.FAILED, str(error)), []
            continue
        status = CheckStatus.PASSED if report.sound else CheckStatus.FAILED
        wrong = "; ".join(f"not so: {proof.claim}, {proof.evidence}" for proof in report.proofs if proof.holds is False)
        diffs = [f"{proposal.diff}\n# {proposal.why}" for proposal in report.proposals]
        yield CheckItem("probe", f"{system.name}, {name}", status, wrong or "it pages as its connector says"), diffs

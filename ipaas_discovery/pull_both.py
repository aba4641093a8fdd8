"""Pull from both systems side by side; Ctrl-C ends it and keeps what was fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from threading import Event

from ipaas_discovery.errors import FetchError
from ipaas_discovery.samples.plan import Plan
from ipaas_discovery.samples.requests.executor import DaemonExecutor
from ipaas_discovery.samples.requests.interrupt import interrupts
from ipaas_discovery.samples.sample import Sample, Stop
from ipaas_discovery.settings import CollectionPair, Settings
from ipaas_discovery.system import System

__all__ = ["PullInterrupt", "Pulled", "SystemJob", "finished", "pull_jobs", "pull_together", "unread"]

HEARTBEAT = 0.5
"""Seconds between two looks for Ctrl-C on systems where waiting hides it."""


class PullInterrupt(KeyboardInterrupt):
    """Ctrl-C during a pull, after what was fetched has been kept."""

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone in a notebook."""
        return [f"Interrupted: {self}"]


@dataclass(frozen=True, slots=True)
class SystemJob:
    """Job of pulling from one system: its collections, and how much of each."""

    system: System
    collections: tuple[str, ...]
    plan: Plan
    plans: Mapping[str, Plan]

    def run(self, cancel: Event) -> dict[str, Sample]:
        """Pull the samples; those of a system that gives nothing before it is cancelled say why.

        The system's API descriptions come first: whoever compares the samples asks for nothing any more.

        Raises:
            FetchError: if it gives nothing at all.
        """
        _ = self.system.documents
        try:
            return self.system.pull_all(self.collections, self.plan, plans=self.plans, cancel=cancel)
        except FetchError as error:
            if not cancel.is_set():
                raise
            name, message = self.system.name, str(error)
            return {
                collection: Sample(name, collection, (), Stop.INTERRUPTED, problem=message)
                for collection in self.collections
            }


@dataclass(frozen=True, slots=True)
class Pulled:
    """Samples by system and collection, and whether Ctrl-C ended the pull."""

    samples: Mapping[str, Mapping[str, Sample]]
    interrupted: bool = False

    @property
    def everything(self) -> list[Sample]:
        """List of all samples."""
        return [sample for side in self.samples.values() for sample in side.values()]

    @property
    def summary(self) -> str:
        """Summary of what is there, in a sentence, with the way to go on."""
        begun = [sample for sample in self.everything if len(sample)]
        whole = sum(sample.stop is not Stop.INTERRUPTED for sample in self.everything)
        return (
            f"{sum(map(len, begun))} records of {len(begun)} collections are kept, {whole} of {len(self.everything)} "
            "collections are complete; overview() shows them, and pull() goes on"
        )


def pull_jobs(
    integration: Settings, pairs: Iterable[CollectionPair], ipaas: System, third_party: System
) -> dict[str, SystemJob]:
    """List what an integration asks of its two systems, by "ipaas" and "third_party"."""
    ours, theirs = zip(*((pair.ipaas, pair.third_party) for pair in pairs), strict=True)
    ours = tuple(name for name in ours if name in ipaas.collections())
    our_plans, their_plans = integration.plans()
    return {
        "ipaas": SystemJob(ipaas, ours, integration.plan, our_plans),
        "third_party": SystemJob(third_party, theirs, integration.plan, their_plans),
    }


def unread(system: System, pairs: Iterable[CollectionPair]) -> dict[str, Sample]:
    """Give an empty sample for each paired type that no known call of iPaaS.com reads."""
    missing = {pair.ipaas for pair in pairs} - {*system.collections()}
    return {
        name: Sample(system.name, name, (), Stop.FAILED, problem=f"no call that reads {name} is publicly known")
        for name in sorted(missing)
    }


def finished(systems: Iterable[System]) -> tuple[str, ...]:
    """Put what was recorded in use; give a sentence for each system of which an answer did not last."""
    return tuple(
        f"The pull from {system.name} is not complete, as not every answer lasts: pull again; "
        "a complete one that was stored before stays in use"
        for system in systems
        if not system.finish()
    )


def pull_together(jobs: Mapping[str, SystemJob]) -> Pulled:
    """Pull from several systems at once, each by a name.

    The first Ctrl-C ends the pull: every sample then holds what was fetched. A second one is as ever.

    Raises:
        FetchError: if one of the systems gives nothing at all.
    """
    cancel, executor = Event(), DaemonExecutor(len(jobs), "pull")
    try:
        with interrupts(cancel):
            pulls = {name: executor.submit(job.run, cancel) for name, job in jobs.items()}
            _wait(pulls.values(), cancel)
            samples = {name: pull.result() for name, pull in pulls.items()}
    finally:
        executor.shutdown(wait=False, cancel_futures=True)  # a second Ctrl-C does not wait for a system that is silent
    return Pulled(samples, interrupted=cancel.is_set())


def _wait(pulls: Iterable[Future[dict[str, Sample]]], cancel: Event) -> None:
    waiting = set(pulls)
    while waiting:
        try:
            waiting = wait(waiting, timeout=HEARTBEAT).not_done
        except KeyboardInterrupt:  # where Python's own answer to Ctrl-C was replaced
            if cancel.is_set():
                raise
            cancel.set()

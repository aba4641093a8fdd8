"""Pull from both systems side by side; Ctrl-C ends it and keeps what was fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Event

from ipaas_discovery.errors import FetchError
from ipaas_discovery.renderings.texts import listed
from ipaas_discovery.samples.absence import Lack, absence_after
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
    """Job of pulling from one system: its collections, and how much of each.

    `absent` are the samples that nobody can pull yet, as the address or a secret is missing for them.
    """

    system: System
    collections: tuple[str, ...]
    plan: Plan
    plans: Mapping[str, Plan]
    absent: Mapping[str, Sample] = field(default_factory=dict)

    def run(self, cancel: Event) -> dict[str, Sample]:
        """Pull the samples; those of a system that gives nothing before it is cancelled say why.

        The system's API descriptions come first: whoever compares the samples asks for nothing any more.

        Raises:
            FetchError: if it gives nothing at all, and nothing declared can stand in for that.
        """
        _ = self.system.documents
        asked = [name for name in self.collections if name not in self.absent]
        results = self.system.read_all(asked, self.plan, plans=self.plans, cancel=cancel)
        errors = {name: result for name, result in results.items() if isinstance(result, FetchError)}
        samples = {name: result for name, result in results.items() if isinstance(result, Sample)}
        if errors and not samples:
            return {**self.absent, **self._nothing(errors, interrupted=cancel.is_set())}
        return {**self.absent, **samples, **{name: self._unread(name, error) for name, error in errors.items()}}

    def _nothing(self, errors: Mapping[str, FetchError], *, interrupted: bool) -> dict[str, Sample]:
        """Give the samples of a system of which nothing came."""
        if interrupted:
            return {name: self._unread(name, error, Stop.INTERRUPTED) for name, error in errors.items()}
        unsigned = self.system.connector.auth.kind == "none"
        absences = {name: absence_after(error, unsigned=unsigned) for name, error in errors.items()}
        if not any(absences.values()) or not dispensable(self.system):
            raise next(iter(errors.values()))
        return {
            name: Sample.absent(self.system.name, name, absence) if absence else self._unread(name, errors[name])
            for name, absence in absences.items()
        }

    def _unread(self, name: str, error: FetchError, stop: Stop = Stop.FAILED) -> Sample:
        return Sample(self.system.name, name, (), stop, problem=str(error))


@dataclass(frozen=True, slots=True)
class Pulled:
    """Samples by system and collection, whether Ctrl-C ended the pull, and what the platform was told to do."""

    samples: Mapping[str, Mapping[str, Sample]]
    interrupted: bool = False
    delivery: Mapping[str, Sample] = field(default_factory=dict)

    @property
    def everything(self) -> list[Sample]:
        """List of all samples."""
        return [sample for side in self.samples.values() for sample in side.values()]

    @property
    def missing(self) -> str:
        """Sentence on the samples that were not pulled, and on what would bring them; empty if there is none."""
        groups: dict[tuple[str, Lack, tuple[str, ...]], list[Sample]] = {}
        for sample in self.everything:
            if sample.absence:
                key = sample.system, sample.absence.lack, sample.absence.variables
                groups.setdefault(key, []).append(sample)
        parts = [
            f"{listed(sample.collection for sample in samples)} of {system} ({str(samples[0].absence).rstrip('.')})"
            for (system, *_), samples in groups.items()
        ]
        return f"What is shown of these is declared, as no sample was pulled: {'; '.join(parts)}" if parts else ""

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
    """List what an integration asks of its two systems, by "ipaas" and "third_party".

    Somebody at a prompt is asked for the secrets that are missing, before anything runs at once.
    """
    ours, theirs = zip(*((pair.ipaas, pair.third_party) for pair in pairs), strict=True)
    ours = tuple(name for name in ours if name in ipaas.collections())
    our_plans, their_plans = integration.plans()
    return {
        "ipaas": SystemJob(ipaas, ours, integration.plan, our_plans, absent(ipaas, ours)),
        "third_party": SystemJob(third_party, theirs, integration.plan, their_plans, absent(third_party, theirs)),
    }


def dispensable(system: System) -> bool:
    """Tell whether declarations can stand in for samples: there are some, and no earlier pull is stored."""
    return system.declared and not system.pulled_before


def absent(system: System, collections: Iterable[str]) -> dict[str, Sample]:
    """Give the samples that cannot be pulled yet, as the address or a secret is missing for them."""
    absences = {name: absence for name in collections if (absence := system.absence(name))}
    if not absences or not dispensable(system):
        return {}
    return {name: Sample.absent(system.name, name, absence) for name, absence in absences.items()}


def unread(system: System, pairs: Iterable[CollectionPair]) -> dict[str, Sample]:
    """Give an empty sample for each paired type that no known call of iPaaS.com reads."""
    missing = {pair.ipaas for pair in pairs} - {*system.collections()}
    return {
        name: Sample(system.name, name, (), Stop.FAILED, problem=f"no call that reads {name} is publicly known")
        for name in sorted(missing)
    }


def finished(systems: Mapping[str, System], pulled: Pulled) -> tuple[str, ...]:
    """Put what was recorded in use; give a sentence for each system of which an answer did not last.

    A pull that lacks samples for want of an address or a secret is not complete: it goes on once that is there.
    """
    return tuple(
        f"The pull from {system.name} is not complete, as not every answer lasts: pull again; "
        "a complete one that was stored before stays in use"
        for side, system in systems.items()
        if not any(sample.absence for sample in pulled.samples[side].values()) and not system.finish()
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
